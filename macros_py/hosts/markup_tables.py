"""Tables that programs export as HTML or as Excel 2003 XML and call .xls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree, html

from macros_py.hosts.cell_values import iso_moment
from macros_py.hosts.host import UNCACHED, CellError, Grid, HostError, Look, RawCell, shown_number
from macros_py.hosts.looks import look_of
from macros_py.hosts.package import parsed
from macros_py.hosts.sheet_builder import SheetBuilder, number
from macros_py.hosts.text_files import decoded

_SS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MAX_SPAN: Final = 16_384


def read_html(data: bytes, sheet: str) -> list[Grid]:
    """Each table that holds no other table is a sheet of text cells. HostError("not-workbook") when there is none."""
    root = html.document_fromstring(
        decoded(data).encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    )
    tables = [table for table in root.iter("table") if next(table.iterdescendants("table"), None) is None]
    if not tables:
        raise HostError("not-workbook")
    names = [sheet] if len(tables) == 1 else [f"{sheet[:28]} {i}" for i in range(1, len(tables) + 1)]
    return [_html_table(table, name) for table, name in zip(tables, names, strict=True)]


def _html_table(table: etree._Element, name: str) -> Grid:
    sheet = SheetBuilder(name)
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr"), start=1):
        column = 1
        for cell in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            sheet.put(row, column, " ".join("".join(str(t) for t in cell.itertext()).split()))
            sheet.merge(row, column, down - 1, across - 1)
            taken |= {(row + d, column + a) for d in range(1, down) for a in range(across)}
            column += across
    return sheet.grid()


def _span(cell: etree._Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), _MAX_SPAN if name == "colspan" else 1000) if text.isdecimal() else 1


def read_xml2003(data: bytes) -> list[Grid]:
    """Every worksheet of an Excel 2003 XML workbook. HostError: "corrupt", "dtd", "far-cell"."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise HostError("dtd", part="XML")
    root = parsed(data)
    looks = {}
    for style in root.iterfind(f"{_SS}Styles/{_SS}Style"):
        form = style.find(f"{_SS}NumberFormat")
        if form is not None and (look := look_of(form.get(f"{_SS}Format") or "General")):
            looks[style.get(f"{_SS}ID") or ""] = look
    return [_xml_sheet(sheet, looks) for sheet in root.iterfind(f".//{_SS}Worksheet")]


def _xml_sheet(element: etree._Element, looks: Mapping[str, Look]) -> Grid:
    sheet = SheetBuilder(element.get(f"{_SS}Name") or "")
    row = 0
    for line in element.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _index(line, row)
        if line.get(f"{_SS}Hidden") == "1":
            sheet.hidden.append(row)
        column = 0
        for cell in line.iterchildren(f"{_SS}Cell"):
            column = _index(cell, column)
            value = _xml_value(cell)
            look = looks.get(cell.get(f"{_SS}StyleID") or "")
            sheet.put(
                row, column, shown_number(value, look) if look and isinstance(value, int | float) and not isinstance(value, bool) else value
            )
            across = _whole(cell.get(f"{_SS}MergeAcross"))
            sheet.merge(row, column, _whole(cell.get(f"{_SS}MergeDown")), across)
            column += across
    return sheet.grid()


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _index(element: etree._Element, before: int) -> int:
    return _whole(element.get(f"{_SS}Index")) or before + 1


def _xml_value(cell: etree._Element) -> RawCell:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return UNCACHED if cell.get(f"{_SS}Formula") else None
    text, kind = "".join(str(t) for t in data.itertext()), data.get(f"{_SS}Type")
    if kind == "Number":
        return number(text)
    if kind == "DateTime":
        return iso_moment(text)
    if kind == "Boolean":
        return text.strip() == "1"
    return CellError(text) if kind == "Error" else text
