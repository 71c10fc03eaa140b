"""List objects (Excel tables): what they cover, and what they must say when columns and rows are added or a header changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from macros_py.hosts.package import Package
from macros_py.hosts.references import Area, area, taller

_CONTROL: Final = re.compile(r"[\t\n\r]")


class Table:
    """One table part of a sheet."""

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.part = part
        self.root = package.xml(part)
        self.ns = str(etree.QName(self.root).namespace)
        self.area: Area = area(self.root.get("ref") or "") or Area(0, 0, 0, 0)

    @property
    def headers(self) -> bool:
        return self.root.get("headerRowCount") != "0"

    @property
    def totals(self) -> int:
        """How many rows at the end are the total row."""
        return int(self.root.get("totalsRowCount") or 0)

    @property
    def last(self) -> int:
        """The last row that is no total row."""
        return self.area.bottom - self.totals

    @property
    def bound(self) -> bool:
        """Do its columns come from elsewhere (a query, an XML map), so that nobody else may add one?"""
        return self.root.get("tableType") not in (None, "worksheet") or self.package.related(self.part, "queryTable") is not None

    @property
    def columns(self) -> list[etree._Element]:
        group = self.root.find(f"{{{self.ns}}}tableColumns")
        return [] if group is None else [e for e in group if isinstance(e.tag, str)]

    def formulas(self) -> dict[int, str]:
        """Sheet column → formula, for the calculated columns."""
        found = {}
        for offset, column in enumerate(self.columns):
            text = column.findtext(f"{{{self.ns}}}calculatedColumnFormula")
            if text:
                found[self.area.left + offset] = text
        return found

    def add_columns(self, names: list[str]) -> None:
        """New columns at the right end."""
        group = self.root.find(f"{{{self.ns}}}tableColumns")
        assert group is not None
        number = max((int(c.get("id") or 0) for c in self.columns), default=0)
        for name in names:
            number += 1
            etree.SubElement(group, f"{{{self.ns}}}tableColumn", id=str(number), name=_encoded(self._unique(name)))
        group.set("count", str(len(self.columns)))
        self._cover(self.area._replace(right=self.area.right + len(names)))

    def total_formulas(self) -> Iterator[etree._Element]:
        """What the total row works out by formulas of people's own."""
        return self.root.iter(f"{{{self.ns}}}totalsRowFormula")

    def add_rows(self, last: int) -> None:
        """The rows of the table reach down to row `last`, a total row stands below it; sorting and filter follow."""
        for element in self.root.iter(f"{{{self.ns}}}sortState", f"{{{self.ns}}}sortCondition"):
            element.set("ref", taller(element.get("ref") or "", self.last, last, self.area.top))
        self._cover(self.area._replace(bottom=last + self.totals))

    def end_at(self, bottom: int, totals: int, formulas: Mapping[int, str]) -> None:
        """The table ends in row `bottom`; formulas: sheet column → what its total row works out there."""
        if totals:
            self.root.set("totalsRowCount", str(totals))
        else:
            self.root.attrib.pop("totalsRowCount", "")
        for offset, column in enumerate(self.columns):
            own, text = column.find(f"{{{self.ns}}}totalsRowFormula"), formulas.get(self.area.left + offset)
            if own is not None and text:
                own.text = text
        for element in self.root.iter(f"{{{self.ns}}}sortState", f"{{{self.ns}}}sortCondition"):
            sorted_by = area(element.get("ref") or "")
            if sorted_by and sorted_by.bottom > bottom - totals:
                element.set("ref", sorted_by._replace(bottom=bottom - totals).text())
        self._cover(self.area._replace(bottom=bottom))

    def rename(self, headers: Mapping[int, str]) -> None:
        """Header cells were written (sheet column → text, '' for blank): names follow; blank ones at the right end leave the table."""
        columns = self.columns
        for offset, column in enumerate(columns):
            text = headers.get(self.area.left + offset)
            if text:
                column.set("name", _encoded(text))
        drop = 0
        while drop < len(columns) - 1 and headers.get(self.area.right - drop) == "":
            drop += 1
        group = self.root.find(f"{{{self.ns}}}tableColumns")
        assert group is not None
        for column in columns[len(columns) - drop :]:
            group.remove(column)
        group.set("count", str(len(columns) - drop))
        self._cover(self.area._replace(right=self.area.right - drop))

    def _cover(self, new: Area) -> None:
        self.area = new
        self.root.set("ref", new.text() if new.text().count(":") else f"{new.text()}:{new.text()}")
        found = self.root.find(f"{{{self.ns}}}autoFilter")
        if found is not None:
            found.set("ref", new._replace(bottom=new.bottom - self.totals).text())
        self.package.put_xml(self.part, self.root)

    def _unique(self, name: str) -> str:
        taken = {(c.get("name") or "").casefold() for c in self.columns}
        made, number = name, 2
        while _encoded(made).casefold() in taken:
            made, number = f"{name}{number}", number + 1
        return made


def tables_of(package: Package, sheet_part: str) -> list[Table]:
    """The tables of a sheet."""
    found = [r.target for r in package.rels(sheet_part) if r.kind == "table" and package.has(r.target)]
    return [Table(package, part) for part in found]


def _encoded(name: str) -> str:
    """Line breaks in a column's name are written as _x000a_."""
    return _CONTROL.sub(lambda m: f"_x{ord(m.group()):04x}_", name)
