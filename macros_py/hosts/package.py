"""An OPC package (.xlsx, .xlsm) in memory: parts by name, relationships, content types; parts that nobody touches keep their very bytes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt
from lxml import etree

from macros_py.hosts.host import HostError
from macros_py.hosts.part_names import relative, rels_name, resolved, same_part
from macros_py.hosts.zip_parts import Entry, deflated, entries, inflated, written

CONTENT_TYPES: Final = "[Content_Types].xml"
RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
TRANSITIONAL_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_REL: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def parsed(xml: bytes) -> etree._Element:
    """The root element; nothing external is ever fetched and no entity is expanded. HostError("corrupt") when it is not XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise HostError("corrupt") from error


def serialised(root: etree._Element) -> bytes:
    """The part's bytes: UTF-8 with the declaration that Excel itself writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True)
class Relationship:
    """kind: the last word of `type` (worksheet, table, …); target: a part name, or the address when external."""

    id: str
    kind: str
    target: str
    type: str
    external: bool = False


@dataclass(frozen=True)
class SheetPart:
    """One tab: kind is worksheet, chartsheet, dialogsheet, xlMacrosheet, xlIntlMacrosheet or '' where the file points nowhere."""

    name: str
    kind: str
    part: str
    state: str
    sheet_id: int
    rel_id: str


class Package:
    """The parts of one file. Nothing touches the disk; `to_bytes()` gives the new file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._entries: dict[str, Entry] = entries(data)
        self._original = dict(self._entries)
        self._rels: dict[str, tuple[Relationship, ...]] = {}
        self._types: etree._Element | None = None
        self._made: bytes | None = None  # what to_bytes() gave, until a part changes
        self._strings: tuple[Entry, npt.NDArray[np.object_]] | None = None

    @classmethod
    def open(cls, path: Path) -> Package:
        """The package in a file. OSError when it cannot be read, HostError("corrupt") when it is no package."""
        return cls(path.read_bytes())

    # ---- parts -------------------------------------------------------------------------------------------------

    def _key(self, part: str) -> str:
        key = part.replace("\\", "/").lstrip("/").lower()
        return key if key in self._entries else unquote(key) if unquote(key) in self._entries else key

    def parts(self) -> list[str]:
        """Every part's name as stored, in the file's order."""
        return [entry.name.replace("\\", "/").lstrip("/") for entry in self._entries.values()]

    def has(self, part: str) -> bool:
        return self._key(part) in self._entries

    def size(self, part: str) -> int:
        """Unpacked bytes, as the directory says."""
        return self._entry(part).size

    def entry(self, part: str) -> Entry:
        """The part's zip entry, for reading it in pieces. HostError("corrupt") when it is missing."""
        return self._entry(part)

    def _entry(self, part: str) -> Entry:
        try:
            return self._entries[self._key(part)]
        except KeyError:
            raise HostError("corrupt", part=part) from None

    def strings_of(self, part: str) -> npt.NDArray[np.object_] | None:
        """The texts that were read out of a part, as long as it is the same."""
        return self._strings[1] if self._strings and self._strings[0] is self._entry(part) else None

    def note_strings(self, part: str, texts: npt.NDArray[np.object_]) -> None:
        """Remember the texts of a part."""
        self._strings = (self._entry(part), texts)

    def forget_strings(self) -> None:
        """They can need as much memory as everything else."""
        self._strings = None

    def raw(self, part: str) -> bytes:
        """The part's packed bytes: equal raw bytes mean an untouched part."""
        return bytes(self._entry(part).packed)

    def read(self, part: str) -> bytes:
        """The part's bytes. HostError("corrupt") when it is missing or its checksum is wrong."""
        return inflated(self._entry(part))

    def xml(self, part: str) -> etree._Element:
        return parsed(self.read(part))

    def put(self, part: str, content: bytes | Iterable[bytes], content_type: str | None = None) -> None:
        """Replace or add a part; a stream of pieces is packed as it comes, so that it never stands in memory whole."""
        key = self._key(part)
        old = self._entries.get(key)
        pieces: Iterable[bytes] = (content,) if isinstance(content, (bytes, bytearray)) else content
        self.put_packed(part, deflated(old.name if old else part.lstrip("/"), pieces))
        if content_type is not None:
            self.set_content_type(part, content_type)

    def put_packed(self, part: str, entry: Entry) -> None:
        """As put, for a part that is packed already. Content equal to the file's own takes the file's own bytes again."""
        key = self._key(part)
        before = self._original.get(key)
        if before and (before.crc, before.size) == (entry.crc, entry.size) and inflated(before) == inflated(entry):
            entry = before
        self._entries[key] = entry
        self._forget(key)

    def put_xml(self, part: str, root: etree._Element, content_type: str | None = None) -> None:
        self.put(part, serialised(root), content_type)

    def remove(self, part: str) -> None:
        """Drop a part with its relationships part and its content type; the caller drops what points at it."""
        for name in (part, rels_name(part)):
            key = self._key(name)
            if self._entries.pop(key, None) is not None:
                self._forget(key)
        root = self._type_root()
        gone = [e for e in _elements(root) if same_part(e.get("PartName"), part)]
        for element in gone:
            root.remove(element)
        if gone:
            self._put_types(root)

    @property
    def changed(self) -> set[str]:
        """The parts (lower-case names) that are no longer as the file has them: replaced, new or gone."""
        keys = self._entries.keys() | self._original.keys()
        return {key for key in keys if self._entries.get(key) is not self._original.get(key)}

    def _forget(self, key: str) -> None:
        self._rels.clear()
        self._made = None
        if key == CONTENT_TYPES.lower():
            self._types = None

    def free_name(self, like: str) -> str:
        """A part name in the style of `like` (xl/charts/chart1.xml) that the package does not have yet."""
        stem, extension = posixpath.splitext(like)
        stem = stem.rstrip("0123456789")
        number = 1
        while self.has(f"{stem}{number}{extension}"):
            number += 1
        return f"{stem}{number}{extension}"

    # ---- content types -----------------------------------------------------------------------------------------

    def _type_root(self) -> etree._Element:
        if self._types is None:
            self._types = self.xml(CONTENT_TYPES)
        return self._types

    def _put_types(self, root: etree._Element) -> None:
        self.put(CONTENT_TYPES, serialised(root))
        self._types = root

    def content_type(self, part: str) -> str:
        """The declared content type, '' when there is none."""
        extension = posixpath.splitext(part)[1].lstrip(".").lower()
        default = ""
        for element in _elements(self._type_root()):
            if same_part(element.get("PartName"), part):
                return element.get("ContentType") or ""
            if (element.get("Extension") or "").lower() == extension and not default:
                default = element.get("ContentType") or ""
        return default

    def set_content_type(self, part: str, content_type: str) -> None:
        """Declare it, unless the package says so already."""
        if self.content_type(part) == content_type:
            return
        root = self._type_root()
        for element in _elements(root):
            if same_part(element.get("PartName"), part):
                element.set("ContentType", content_type)
                break
        else:
            etree.SubElement(root, f"{{{CONTENT_TYPES_NS}}}Override", PartName="/" + part.lstrip("/"), ContentType=content_type)
        self._put_types(root)

    # ---- relationships -----------------------------------------------------------------------------------------

    def rels(self, part: str = "") -> tuple[Relationship, ...]:
        """What a part points at ('' for the package itself), in the file's order."""
        key = self._key(part)
        if key not in self._rels:
            self._rels[key] = tuple(self._read_rels(part))
        return self._rels[key]

    def _read_rels(self, part: str) -> Iterator[Relationship]:
        name = rels_name(part)
        if not self.has(name):
            return
        for element in _elements(self.xml(name)):
            type_, target = element.get("Type") or "", element.get("Target") or ""
            external = element.get("TargetMode") == "External"
            yield Relationship(
                element.get("Id") or "", type_.rsplit("/", 1)[-1], target if external else resolved(part, target), type_, external
            )

    def related(self, part: str, kind: str) -> str | None:
        """The first part of a kind that `part` points at and that is there."""
        return next((r.target for r in self.rels(part) if r.kind == kind and not r.external and self.has(r.target)), None)

    def add_rel(self, part: str, type_: str, target: str, external: bool = False) -> str:
        """Point from `part` at `target` (a part name, or an address when external); gives the new relationship's id."""
        name = rels_name(part)
        root = self.xml(name) if self.has(name) else parsed(b'<Relationships xmlns="%s"/>' % RELATIONSHIPS_NS.encode())
        taken = {e.get("Id") for e in _elements(root)}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        element = etree.SubElement(root, f"{{{RELATIONSHIPS_NS}}}Relationship", Id=f"rId{number}", Type=type_)
        element.set("Target", target if external else relative(part, target))
        if external:
            element.set("TargetMode", "External")
        self.put_xml(name, root, None if self.has(name) else "application/vnd.openxmlformats-package.relationships+xml")
        return f"rId{number}"

    def drop_rel(self, part: str, rel_id: str) -> None:
        """Forget one relationship; a relationships part left empty goes too."""
        name = rels_name(part)
        root = self.xml(name)
        for element in [e for e in _elements(root) if e.get("Id") == rel_id]:
            root.remove(element)
        if len(root):
            self.put_xml(name, root)
        else:
            self.remove(name)

    # ---- the workbook ------------------------------------------------------------------------------------------

    @property
    def workbook(self) -> str:
        """The workbook part. HostError("not-workbook") when the package is no spreadsheet."""
        found = self.related("", "officeDocument")
        if found is None or not any(word in self.content_type(found) for word in ("sheet", "excel", "template.m")):
            raise HostError("not-workbook")
        return found

    @property
    def strict(self) -> bool:
        """Is it strict OOXML (ISO/IEC 29500 strict namespaces)?"""
        return any(r.kind == "officeDocument" and r.type.startswith("http://purl.oclc.org") for r in self.rels())

    @property
    def main_ns(self) -> str:
        """The spreadsheet namespace that the workbook part itself uses."""
        return str(etree.QName(self.xml(self.workbook)).namespace)

    @property
    def rel_base(self) -> str:
        """How relationship types begin here, without the last word."""
        return STRICT_REL if self.strict else TRANSITIONAL_REL

    def sheets(self) -> list[SheetPart]:
        """Every tab in its order, of whatever kind."""
        part = self.workbook
        by_id = {r.id: r for r in self.rels(part)}
        found = []
        for element in self.xml(part).iterfind("{*}sheets/{*}sheet"):
            rel_id = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
            rel = by_id.get(str(rel_id))
            kind = rel.kind if rel and self.has(rel.target) else ""
            found.append(
                SheetPart(
                    element.get("name") or "",
                    kind,
                    rel.target if rel else "",
                    element.get("state") or "visible",
                    int(element.get("sheetId") or 0),
                    str(rel_id),
                )
            )
        return found

    def sheet(self, name: str) -> SheetPart:
        """A tab by its name, as Excel compares names (without regard to case). HostError("no-sheet") when there is none."""
        for sheet in self.sheets():
            if sheet.name.casefold() == name.casefold():
                return sheet
        raise HostError("no-sheet", sheet=name)

    @property
    def date1904(self) -> bool:
        """Do serial days count from 1904-01-01?"""
        properties = self.xml(self.workbook).find("{*}workbookPr")
        return properties is not None and (properties.get("date1904") or "").lower() in ("1", "true")

    def _settle(self) -> None:
        """Relationships and content types that came back to what they said before take their old bytes again."""
        for key in self.changed & self._entries.keys() & self._original.keys():
            if key.endswith(".rels") or key == CONTENT_TYPES.lower():
                old, new = (
                    sorted(str(sorted(e.attrib.items())) for e in _elements(parsed(inflated(entry))))
                    for entry in (self._original[key], self._entries[key])
                )
                if old == new:
                    self._entries[key] = self._original[key]
                    self._forget(key)

    def to_bytes(self) -> bytes:
        """The file: untouched parts as raw packed bytes in their old order, new parts after them by name."""
        if self._made is None:
            self._settle()
            place = {key: number for number, key in enumerate(self._original)}
            ordered = sorted(self._entries.items(), key=lambda item: (place.get(item[0], len(place)), item[0]))
            self._made = written(entry for _, entry in ordered) if self.changed else self.data
        return self._made


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return (e for e in root if isinstance(e.tag, str))
