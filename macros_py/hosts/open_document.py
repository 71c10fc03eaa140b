"""Read the sheets of an OpenDocument spreadsheet (.ods), errors and long repetitions included."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from macros_py.hosts.cell_values import iso_moment
from macros_py.hosts.host import UNCACHED, CellError, Grid, HostError, Look, RawCell, shown_number
from macros_py.hosts.open_document_styles import looks_by_style
from macros_py.hosts.package import parsed
from macros_py.hosts.references import MAX_COLUMN, MAX_ROW
from macros_py.hosts.safety import sound_zip
from macros_py.hosts.sheet_builder import SheetBuilder, number
from macros_py.hosts.zip_parts import inflated

_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_CALC: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_DURATION: Final = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?")
_ERROR: Final = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d+")


def read_open_document(data: bytes) -> list[Grid]:
    """Every sheet in its order. HostError: "encrypted", "corrupt", "bomb", "far-cell"."""
    parts = sound_zip(data)
    manifest = parts.get("meta-inf/manifest.xml")
    if manifest is not None and b"encryption-data" in inflated(manifest):
        raise HostError("encrypted")
    if "content.xml" not in parts:
        raise HostError("corrupt", part="content.xml")
    root = parsed(inflated(parts["content.xml"]))
    common = [parsed(inflated(parts["styles.xml"]))] if "styles.xml" in parts else []
    looks = looks_by_style([*common, root])
    return [_sheet(table, looks) for table in root.iterfind(f".//{{{_OFFICE}}}spreadsheet/{{{_TABLE}}}table")]


def _sheet(table: etree._Element, looks: Mapping[str, Look]) -> Grid:
    sheet = SheetBuilder(table.get(f"{{{_TABLE}}}name") or "")
    looked = _Looked(looks, _of_columns(table) if looks else [])
    row = 1
    for element in table.iter(f"{{{_TABLE}}}table-row"):
        repeated = _count(element, "number-rows-repeated")
        looked.row = element.get(f"{{{_TABLE}}}default-cell-style-name") or ""
        _row(element, row, repeated, sheet, looked)
        if element.get(f"{{{_TABLE}}}visibility") in ("collapse", "filter"):
            sheet.hidden += range(row, min(row + repeated, MAX_ROW + 1))
        row += repeated
    return sheet.grid()


@dataclass
class _Looked:
    """The look of a number: by its own style, else its row's, else its column's."""

    looks: Mapping[str, Look]
    columns: list[str]
    row: str = ""

    def value(self, cell: etree._Element, column: int) -> RawCell:
        value = _value(cell)
        if not self.looks or isinstance(value, bool) or not isinstance(value, int | float):
            return value
        by_column = self.columns[column - 1] if column <= len(self.columns) else ""
        look = self.looks.get(cell.get(f"{{{_TABLE}}}style-name") or self.row or by_column)
        return shown_number(value, look) if look else value


def _of_columns(table: etree._Element) -> list[str]:
    out: list[str] = []
    for column in table.iter(f"{{{_TABLE}}}table-column"):
        out += [column.get(f"{{{_TABLE}}}default-cell-style-name") or ""] * min(
            _count(column, "number-columns-repeated"), MAX_COLUMN - len(out)
        )
    return out


def _row(element: etree._Element, row: int, down: int, sheet: SheetBuilder, looked: _Looked) -> None:
    """Put the cells of a row that stands `down` times."""
    column = 1
    for cell in element.iterchildren(f"{{{_TABLE}}}table-cell", f"{{{_TABLE}}}covered-table-cell"):
        across = _count(cell, "number-columns-repeated")
        if str(cell.tag).endswith("}table-cell"):
            sheet.put(row, column, looked.value(cell, column), down, across)
            sheet.merge(row, column, _count(cell, "number-rows-spanned") - 1, _count(cell, "number-columns-spanned") - 1)
        column += across


def _count(element: etree._Element, name: str) -> int:
    text = element.get(f"{{{_TABLE}}}{name}") or "1"
    return max(int(text), 1) if text.isdecimal() else 1


def _value(cell: etree._Element) -> RawCell:
    kind = cell.get(f"{{{_OFFICE}}}value-type") or ""
    if not kind:
        return UNCACHED if cell.get(f"{{{_TABLE}}}formula") else None
    shown = "\n".join(_text(p) for p in cell.iterchildren(f"{{{_TEXT}}}p"))
    failed = cell.get(f"{{{_CALC}}}value-type") == "error" or (cell.get(f"{{{_TABLE}}}formula") and _ERROR.fullmatch(shown))
    if failed:
        return CellError(shown)
    if kind == "date":
        return iso_moment(cell.get(f"{{{_OFFICE}}}date-value") or shown)
    if kind == "time":
        return _duration(cell.get(f"{{{_OFFICE}}}time-value") or shown)
    if kind == "boolean":
        return cell.get(f"{{{_OFFICE}}}boolean-value") == "true"
    if kind == "string":
        return cell.get(f"{{{_OFFICE}}}string-value") or shown
    return number(cell.get(f"{{{_OFFICE}}}value") or shown)


def _duration(text: str) -> RawCell:
    found = _DURATION.fullmatch(text)
    if not found:
        return text
    sign, days, hours, minutes, seconds, part = found.groups()
    span = dt.timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds or 0))
    span += dt.timedelta(milliseconds=int((part or "0")[:3].ljust(3, "0")))
    if sign or span >= dt.timedelta(days=1):
        return -span if sign else span
    return (dt.datetime.min + span).time()


def _text(paragraph: etree._Element) -> str:
    """A paragraph's text: repeated spaces, tabs and line breaks are elements here."""
    out = [paragraph.text or ""]
    for child in paragraph:
        name = str(child.tag).rsplit("}", 1)[-1]
        if name == "s":
            count = child.get(f"{{{_TEXT}}}c") or "1"
            out.append(" " * min(int(count) if count.isdecimal() else 1, 32_767))
        elif name in ("tab", "line-break"):
            out.append("\t" if name == "tab" else "\n")
        elif name in ("span", "a"):
            out.append(_text(child))
        out.append(child.tail or "")
    return "".join(out)
