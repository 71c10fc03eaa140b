"""styles.xml, only ever appended to: a format that is there already is used again, so that pressing every week does not let it grow."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from macros_py.hosts.host import HostError
from macros_py.hosts.package import Package, parsed

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_GROUPS: Final = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_LIMIT: Final = 64_000  # cell formats that Excel takes in one workbook
_BUILT_IN: Final = {
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "0.00E+00": 11, "@": 49
}  # fmt: skip
_EMPTY: Final = (
    '<styleSheet xmlns="{ns}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class StyleMap:
    """Where another workbook's formats went: its cell format and differential format numbers → ours."""

    cells: Mapping[int, int]
    differential: Mapping[int, int]


class Styles:
    """The formats of a package; `flush()` puts the part back when something was added."""

    def __init__(self, package: Package) -> None:
        self.package = package
        part = package.related(package.workbook, "styles")
        self.part = part or "xl/styles.xml"
        self.root = package.xml(part) if part else parsed(_EMPTY.format(ns=package.main_ns).encode())
        self.ns = str(etree.QName(self.root).namespace)
        self._new_part = part is None
        self._added = False
        self._known: dict[str, dict[bytes, int]] = {}
        self._derived: dict[tuple[object, ...], int] = {}

    def flush(self) -> None:
        """Write the part, if anything was appended."""
        if not self._added:
            return
        self.package.put_xml(self.part, self.root, CONTENT_TYPE)
        if self._new_part:
            self.package.add_rel(self.package.workbook, f"{self.package.rel_base}/styles", self.part)
        self._added = self._new_part = False

    # ---- one format --------------------------------------------------------------------------------------------

    def format_of(self, xf: int) -> str:
        """The number format code of a cell format ('General' where it has none; built-in ones without a code as their number)."""
        element = self._xf(xf)
        number = int(element.get("numFmtId") or 0) if element is not None else 0
        group = self._find("numFmts")
        for entry in group if group is not None else ():
            if entry.get("numFmtId") == str(number):
                return entry.get("formatCode") or "General"
        return next((code for code, known in _BUILT_IN.items() if known == number), str(number))

    def with_format(self, xf: int, number_format: str, plain: bool = False) -> int:
        """The cell format `xf` with another number format; plain: its font face and borders only, without fill and alignment."""
        key = (xf, number_format, plain)
        if key not in self._derived:
            base = self._xf(xf)
            made = copy.deepcopy(base) if base is not None else self._element("xf", fontId="0", fillId="0", borderId="0", xfId="0")
            made.tail = None
            if plain:
                for child in list(made):
                    made.remove(child)
                made.set("fillId", "0")
                for name in ("applyFill", "applyAlignment", "applyProtection", "quotePrefix", "pivotButton"):
                    made.attrib.pop(name, "")
            number = self.number_format(number_format)
            made.set("numFmtId", str(number))
            if number:
                made.set("applyNumberFormat", "1")
            else:
                made.attrib.pop("applyNumberFormat", "")
            self._derived[key] = self._append("cellXfs", made)
        return self._derived[key]

    def number_format(self, code: str) -> int:
        """The id of a number format, declared when it is new."""
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        group = self._group("numFmts")
        taken = {int(e.get("numFmtId") or 0) for e in group}
        for entry in group:
            if entry.get("formatCode") == code:
                return int(entry.get("numFmtId") or 0)
        number = max(taken | {163}) + 1
        group.append(self._element("numFmt", numFmtId=str(number), formatCode=code))
        group.set("count", str(len(group)))
        self._added = True
        return number

    # ---- a whole workbook's formats ----------------------------------------------------------------------------

    def merge(self, source: etree._Element) -> StyleMap:
        """Take in the formats of another styles part (its namespace already ours); equal ones are shared."""
        formats = {e.get("numFmtId"): e.get("formatCode") or "General" for e in source.iterfind("{*}numFmts/{*}numFmt")}
        renumber = {number: str(self.number_format(code)) for number, code in formats.items()}
        fonts = self._take(source, "fonts", _without_theme_face)
        fills, borders = self._take(source, "fills"), self._take(source, "borders")
        named = self._named_styles(source)

        def cell_format(xf: etree._Element) -> None:
            xf.set("numFmtId", renumber.get(xf.get("numFmtId"), xf.get("numFmtId") or "0"))
            for name, numbers in (("fontId", fonts), ("fillId", fills), ("borderId", borders)):
                xf.set(name, str(numbers.get(int(xf.get(name) or 0), 0)))
            xf.set("xfId", str(named.get(int(xf.get("xfId") or 0), 0)))
            xf.set("applyFont", "1")

        def differential(dxf: etree._Element) -> None:
            for entry in dxf.iterfind("{*}numFmt"):
                entry.set("numFmtId", renumber.get(entry.get("numFmtId"), entry.get("numFmtId") or "0"))

        cells = self._take(source, "cellXfs", cell_format)
        cells[0] = 0  # a cell without a format of its own looks like the workbook that it has come to
        return StyleMap(cells, self._take(source, "dxfs", differential))

    def take_table_style(self, name: str, source: etree._Element, differential: Mapping[int, int]) -> None:
        """Bring a custom table style along, unless the workbook has one of that name."""
        found = next((e for e in source.iterfind("{*}tableStyles/{*}tableStyle") if e.get("name") == name), None)
        group = self._group("tableStyles")
        if found is None or any(e.get("name") == name for e in group):
            return
        made = copy.deepcopy(found)
        for element in made:
            if element.get("dxfId"):
                element.set("dxfId", str(differential.get(int(element.get("dxfId") or 0), 0)))
        group.append(made)
        group.set("count", str(len(group)))
        self._added = True

    def _named_styles(self, source: etree._Element) -> dict[int, int]:
        ours = {e.get("name"): int(e.get("xfId") or 0) for e in self.root.iterfind("{*}cellStyles/{*}cellStyle")}
        theirs = {int(e.get("xfId") or 0): e.get("name") for e in source.iterfind("{*}cellStyles/{*}cellStyle")}
        return {number: ours[name] for number, name in theirs.items() if name in ours}

    def _take(self, source: etree._Element, group: str, edit: Callable[[etree._Element], None] = lambda _: None) -> dict[int, int]:
        numbers: dict[int, int] = {}
        found = source.find(f"{{*}}{group}")
        elements = [e for e in found if isinstance(e.tag, str)] if found is not None else []
        for number, element in enumerate(elements):
            made = copy.deepcopy(element)
            made.tail = None
            edit(made)
            numbers[number] = self._append(group, made)
        return numbers

    # ---- groups ------------------------------------------------------------------------------------------------

    def _append(self, group: str, element: etree._Element) -> int:
        parent = self._group(group)
        known = self._known.get(group)
        if known is None:
            known = self._known[group] = {}
            for number, there in enumerate(e for e in parent if isinstance(e.tag, str)):
                known.setdefault(_canonical(there), number)
        key = _canonical(element)
        if key not in known:
            number = sum(1 for e in parent if isinstance(e.tag, str))
            if group == "cellXfs" and number >= _LIMIT:
                raise HostError("too-many-formats", limit=_LIMIT)
            parent.append(element)
            parent.set("count", str(number + 1))
            for name in [a for a in parent.attrib if str(a).endswith("knownFonts")]:
                del parent.attrib[name]
            known[key] = number
            self._added = True
        return known[key]

    def _xf(self, number: int) -> etree._Element | None:
        group = self._find("cellXfs")
        found = [e for e in group if isinstance(e.tag, str)] if group is not None else []
        return found[number] if number < len(found) else None

    def _find(self, name: str) -> etree._Element | None:
        return self.root.find(f"{{{self.ns}}}{name}")

    def _group(self, name: str) -> etree._Element:
        found = self._find(name)
        if found is None:
            found = self._element(name, count="0")
            later = {f"{{{self.ns}}}{n}" for n in _GROUPS[_GROUPS.index(name) + 1 :]}
            self.root.insert(next((i for i, e in enumerate(self.root) if e.tag in later), len(self.root)), found)
        return found

    def _element(self, name: str, **attributes: str) -> etree._Element:
        element = etree.Element(f"{{{self.ns}}}{name}")
        for key, value in attributes.items():
            element.set(key, value)
        return element


def _without_theme_face(font: etree._Element) -> None:
    """A font tied to the theme would change its face with the workbook's theme."""
    for scheme in font.findall("{*}scheme"):
        font.remove(scheme)


def _canonical(element: etree._Element) -> bytes:
    """What an element says, whatever its prefixes, order of attributes and white space."""
    children = b"".join(_canonical(child) for child in element if isinstance(child.tag, str))
    attributes = "|".join(f"{k}={v}" for k, v in sorted((str(k), str(v)) for k, v in element.attrib.items()))
    return f"<{element.tag}|{attributes}>".encode() + (element.text or "").strip().encode() + children + b"/"
