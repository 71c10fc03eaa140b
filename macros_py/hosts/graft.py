"""A sheet of another workbook taken in whole: its parts under free names, its formats among ours, its strings in its cells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from typing import Final

from macros_py.hosts.dialect import in_dialect
from macros_py.hosts.grafted_sheet import SheetTranslation
from macros_py.hosts.host import HostError
from macros_py.hosts.package import Package, SheetPart, parsed, serialised
from macros_py.hosts.part_names import relative, rels_name, resolved
from macros_py.hosts.patch import SharedStrings, Workbook, any_formula
from macros_py.hosts.styles import StyleMap
from macros_py.hosts.workbook_xml import WorkbookXml, retitled

# Parts of the whole workbook that a sheet may point at: the workbook's own is meant, never a second copy
_WORKBOOK_WIDE: Final = {"pivotCacheDefinition", "slicerCache", "timelineCache", "theme", "person", "styles", "sharedStrings"}
_XML: Final = (".xml", ".rels", ".vml")
_NAME_LIMIT: Final = 31
_BAD_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")


def adopt(book: Workbook, source: Package, names: Sequence[str], at: int | None = None) -> list[str]:
    """Take sheets of `source` in; gives the names that changed.

    A sheet of the same name is replaced where it stands: place, number and name stay, so that formulas elsewhere keep meaning it. New
    ones go to the end (or before place `at`). A workbook whose structure is protected takes them all the same and stays protected.
    HostError: "no-sheet", "sheet-kind", "sheet-name", "pivot-in-sheet".
    """
    before = [s.name for s in book.package.sheets()]
    graft = Graft(book, source)
    changed = []
    for offset, name in enumerate(names):
        if graft.sheet(source.sheet(name), None if at is None else at + offset):
            changed.append(name)
    graft.finish()
    retitled(book.package, before, [s.name for s in book.package.sheets()])
    return changed


def remove(book: Workbook, name: str) -> None:
    """Take a sheet out, with the parts that nothing else uses and its own names. HostError: "no-sheet", "last-sheet"."""
    package = book.package
    sheet = package.sheet(name)
    before = [s.name for s in package.sheets()]
    if sum(s.state == "visible" for s in package.sheets() if s.name != sheet.name) == 0:
        raise HostError("last-sheet", sheet=name)
    formulas = sheet.kind == "worksheet" and any_formula(package.read(sheet.part))
    place = book.workbook.position(sheet.name)
    assert place is not None
    _drop_parts(package, sheet.part, lambda: package.drop_rel(package.workbook, sheet.rel_id))
    book.workbook.take_out(place)
    book.flush(formulas)
    retitled(package, before, [s.name for s in package.sheets()])


def _reachable(package: Package, part: str = "") -> set[str]:
    found: set[str] = set()
    waiting = [part]
    while waiting:
        for rel in package.rels(waiting.pop()):
            key = rel.target.lower()
            if not rel.external and key not in found and package.has(rel.target):
                found.add(key)
                waiting.append(rel.target)
    return found


def _drop_parts(package: Package, part: str, let_go: Callable[[], None]) -> None:
    """Remove a part and all that only it led to; let_go drops the relationship that pointed at it."""
    candidates = _reachable(package, part) | {part.lower()}
    let_go()
    for gone in sorted(candidates - _reachable(package)):
        package.remove(gone)


class Graft:
    """One source workbook being grafted into one target."""

    def __init__(self, book: Workbook, source: Package) -> None:
        self.book = book
        self.source = source
        self.target = book.package
        self.strict = self.target.strict
        styles = source.related(source.workbook, "styles")
        self._style_root = parsed(in_dialect(source.read(styles), self.strict)) if styles else None
        self._styles: StyleMap | None = None
        self._strings = SharedStrings(source)
        self._source_book = WorkbookXml(source)
        self._formulas = False  # formula cells have gone
        self._brings = False  # formula cells have come

    @property
    def styles(self) -> StyleMap:
        if self._styles is None:
            empty = StyleMap({}, {})
            self._styles = self.book.styles.merge(self._style_root) if self._style_root is not None else empty
        return self._styles

    def finish(self) -> None:
        """Styles and workbook go back once all sheets are in."""
        self.book.flush(self._formulas, self._brings)

    def sheet(self, sheet: SheetPart, at: int | None) -> bool:
        """Take one sheet in. Did anything change?"""
        if sheet.kind != "worksheet":
            raise HostError("sheet-kind", sheet=sheet.name)
        place = self.book.workbook.position(sheet.name)
        if place is None:
            part = self.target.free_name("xl/worksheets/sheet1.xml")
            self._carry(sheet, part, {})
            rel_id = self.target.add_rel(self.target.workbook, f"{self.target.rel_base}/worksheet", part)
            place = self.book.workbook.insert(_checked_name(sheet.name), rel_id, at)
            changed = True
        else:
            changed = self._replace(sheet)
        self._take_names(sheet.name, place)
        return changed

    def _replace(self, sheet: SheetPart) -> bool:
        old = self.target.sheet(sheet.name)
        if old.kind != "worksheet":
            raise HostError("sheet-kind", sheet=sheet.name)
        before = self.target.raw(old.part)
        frame = _frame_facts(self.target.read(old.part))
        self._formulas |= any_formula(self.target.read(old.part)) and not self._same_formulas(old, sheet)
        for rel in list(self.target.rels(old.part)):
            if not rel.external:
                _drop_parts(self.target, rel.target, lambda r=rel: self.target.drop_rel(old.part, r.id))  # type: ignore[misc]
        if self.target.has(rels_name(old.part)):
            self.target.remove(rels_name(old.part))
        self._carry(sheet, old.part, frame)
        return self.target.raw(old.part) != before

    def _same_formulas(self, old: SheetPart, new: SheetPart) -> bool:
        pattern = re.compile(rb"<(?:\w+:)?c(?=\s)[^>]*?\br=[\"']([A-Z0-9]+)[\"'][^>]*[^/]>\s*<(?:\w+:)?f[\s>]")
        return pattern.findall(self.target.read(old.part)) == pattern.findall(self.source.read(new.part))

    def _carry(self, sheet: SheetPart, part: str, facts: dict[str, str]) -> None:
        """The sheet part itself; what it points at goes under free names, its relationship ids stay."""
        renamed: dict[str, str] = {}
        moved = {sheet.part.lower(): part}
        content_type = self.source.content_type(sheet.part)
        self.target.put(part, b"<x/>", content_type)  # its name is taken from now on
        self._carry_rels(sheet.part, part, moved, renamed)
        xml = in_dialect(self.source.read(sheet.part), self.strict)
        self._brings |= any_formula(xml)
        translation = SheetTranslation(xml, self.styles, self._strings.item, renamed)
        has_metadata = any(r.kind == "sheetMetadata" for r in self.target.rels(self.target.workbook))
        self.target.put(part, translation.made(facts, has_metadata))

    def _carry_rels(self, old: str, new: str, moved: dict[str, str], renamed: dict[str, str]) -> None:
        name = rels_name(old)
        if not self.source.has(name):
            return
        root = parsed(in_dialect(self.source.read(name), self.strict))
        for element in root:
            if isinstance(element.tag, str) and element.get("TargetMode") != "External":
                kind = (element.get("Type") or "").rpartition("/")[2]
                target = self._carry_part(resolved(old, element.get("Target") or ""), kind, moved, renamed)
                element.set("Target", relative(new, target))
        self.target.put(rels_name(new), serialised(root), "application/vnd.openxmlformats-package.relationships+xml")

    def _carry_part(self, part: str, kind: str, moved: dict[str, str], renamed: dict[str, str]) -> str:
        if part.lower() in moved:
            return moved[part.lower()]
        if kind in _WORKBOOK_WIDE:
            if not self.target.has(part):
                raise HostError("pivot-in-sheet")
            return part
        new = moved[part.lower()] = self.target.free_name(part)
        content = self.source.read(part)
        if posixpath.splitext(part)[1].lower() in _XML:
            content = in_dialect(content, self.strict)
        self.target.put(new, b"<x/>", self.source.content_type(part))
        self._carry_rels(part, new, moved, renamed)
        self.target.put(new, self._table(content, renamed) if kind == "table" else content)
        return new

    def _table(self, xml: bytes, renamed: dict[str, str]) -> bytes:
        """A table under a number and a name that the target does not use yet."""
        root = parsed(xml)
        ids, names = self._table_names()
        root.set("id", str(next(n for n in range(1, len(ids) + 2) if n not in ids)))
        wanted = root.get("displayName") or "Table"
        name = next(n for n in (wanted, *(f"{wanted}_{k}" for k in range(2, len(names) + 4))) if n.casefold() not in names)
        if name != wanted:
            renamed[wanted] = name
        root.set("name", name)
        root.set("displayName", name)
        for element in root.iter():
            for attribute in [str(a) for a in element.attrib if str(a).endswith("DxfId") or a == "dxfId"]:
                number = self.styles.differential.get(int(element.get(attribute) or 0))
                if number is not None:
                    element.set(attribute, str(number))
        info = root.find("{*}tableStyleInfo")
        if info is not None and self._style_root is not None:
            self.book.styles.take_table_style(info.get("name") or "", self._style_root, self.styles.differential)
        return serialised(root)

    def _table_names(self) -> tuple[set[int], set[str]]:
        ids: set[int] = set()
        names = {(e.get("name") or "").casefold() for e in self.book.workbook.root.iter("{*}definedName")}
        for sheet in self.target.sheets():
            for rel in self.target.rels(sheet.part) if sheet.kind == "worksheet" else ():
                if rel.kind == "table" and self.target.has(rel.target):
                    head = parsed(self.target.read(rel.target))
                    ids.add(int(head.get("id") or 0))
                    names.add((head.get("displayName") or "").casefold())
        return ids, names

    def _take_names(self, name: str, place: int) -> None:
        theirs = self._source_book.position(name)
        self.book.workbook.set_names(place, self._source_book.names(theirs))
        quoted = {name.casefold() + "!", "'" + name.replace("'", "''").casefold() + "'!"}
        for element in self._source_book.names(None).values():
            if any((element.text or "").casefold().startswith(q) for q in quoted):
                self.book.workbook.add_global_name(element)


def _frame_facts(xml: bytes) -> dict[str, str]:
    """What a redrawn sheet keeps of the old one: the name that macros know it by, and whether it is the tab in front."""
    head = xml[: max(xml.find(b"<sheetData"), 0) or 4000]
    code, front = re.search(rb'codeName="([^"]+)"', head), re.search(rb'tabSelected="(1|true)"', head)
    return ({"codeName": code.group(1).decode()} if code else {}) | ({"tabSelected": "1"} if front else {})


def _checked_name(name: str) -> str:
    if not name or len(name) > _NAME_LIMIT or _BAD_NAME.search(name) or name.casefold() == "history":
        raise HostError("sheet-name", sheet=name)
    return name
