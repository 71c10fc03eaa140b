"""Our columns beside a person's rows: found by their header or added at the right end, written row by row, keys checked first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from macros_py.hosts.host import BlockFill, ColumnFill, HostError, WriteCell, key_text
from macros_py.hosts.patch import OpenSheet, Targets, Workbook, is_formula
from macros_py.hosts.references import MAX_COLUMN, Area, areas, letters

_LAST_REF = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})""")


@dataclass(frozen=True)
class Place:
    """Where one column stands: its number, what is written, and for a new one the style of its cells ('' for one that exists)."""

    column: int
    fill: ColumnFill
    new_style: str = ""


def fill(book: Workbook, block: BlockFill) -> int:
    """Write our columns for rows that exist; gives how many cells changed. Rows hidden by a filter are written like all others.

    HostError: "rows-moved" (another key stands in a row), "merged", "array-formula", "text-too-long", "too-many-columns".
    """
    sheet = book.open(block.sheet)
    order = sorted(range(len(block.rows)), key=block.rows.__getitem__)
    rows = [block.rows[i] for i in order]
    _check_keys(sheet, block, order)
    places, added = columns_for(sheet, block.header_row, block.columns, rows[0] if rows else block.header_row + 1)
    old = [p.column for p in places if not p.new_style]
    if old:
        sheet.guard(Targets(rows, old))
    filling = _Filling(sheet, places)
    head = [(block.header_row, header_row_xml(sheet, block.header_row, added))] if added else []
    body = filling.rows(rows, [_ordered(p.fill.values, order) for p in places])
    first = next(body, None)
    if first is None and not added:
        return 0
    sheet.xml.grow_dimension(Area(block.header_row, 1, rows[-1] if rows else block.header_row, max(p.column for p in places)))
    sheet.put(chain(head, (first,) if first else (), body))
    return filling.changed + len(added)


def _ordered(values: Sequence[WriteCell], order: list[int]) -> Sequence[WriteCell]:
    return values if order == list(range(len(values))) else [values[i] for i in order]


def _check_keys(sheet: OpenSheet, block: BlockFill, order: list[int]) -> None:
    for i in order:
        if key_text(_plain(sheet.value(block.rows[i], block.key_column))) != key_text(block.keys[i]):
            raise HostError("rows-moved", sheet=block.sheet, row=block.rows[i])


def _plain(value: str | float | bool | bytes | None) -> str | float | bool | None:
    return value.decode() if isinstance(value, bytes) else value


def headers(sheet: OpenSheet, row: int) -> dict[str, int]:
    """Header text → column, the leftmost where a text stands twice; a header merged over several rows counts for the last."""
    found: dict[str, int] = {}
    for cell in sheet.xml.cells(sheet.xml.row_bytes(row)):
        merged = sheet.merge_at(row, cell.column)
        value = sheet.value(merged.top if merged else row, cell.column)
        if value is not None:
            found.setdefault(_folded(str(_plain(value))), cell.column)
    for merged in sheet.xml.merged:
        if merged.holds(row, merged.left) and merged.top < row:
            found.setdefault(_folded(str(_plain(sheet.value(merged.top, merged.left)) or "")), merged.left)
    found.pop("", None)
    return found


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def columns_for(sheet: OpenSheet, header_row: int, fills: Sequence[ColumnFill], first_row: int) -> tuple[list[Place], list[Place]]:
    """Every column with its place, and those of them that are new; tables, filters, widths and names follow the new ones."""
    known = headers(sheet, header_row)
    places = [Place(known[_folded(f.header)], f) for f in fills if _folded(f.header) in known]
    new = [f for f in fills if _folded(f.header) not in known]
    if not new:
        return sorted(places, key=lambda p: p.column), []
    start = _free_column(sheet, header_row, len(new))
    base = int(sheet.style_of(first_row, start - 1)) if start > 1 else 0
    styles = [str(sheet.book.styles.with_format(base, f.number_format, plain=True)) for f in new]
    added = [Place(start + i, f, styles[i]) for i, f in enumerate(new)]
    for place in added:
        set_width(sheet, place.column, place.fill.width)
    _extend_right(sheet, header_row, start, [f.header for f in new])
    return sorted(places + added, key=lambda p: p.column), added


def _free_column(sheet: OpenSheet, header_row: int, count: int) -> int:
    last = max([sheet.xml.last_used_column(header_row), *(t.area.right for t in sheet.tables if t.area.bottom >= header_row)])
    last = max([last, *(a.right for a in sheet.xml.merged if a.bottom >= header_row)])
    if last + count > MAX_COLUMN:
        raise HostError("too-many-columns", sheet=sheet.name)
    return last + 1


def header_row_xml(sheet: OpenSheet, row: int, added: Sequence[Place]) -> bytes:
    """The header row with the new headers, styled like the header to their left."""
    style = sheet.style_of(row, added[0].column - 1) if added[0].column > 1 else "0"
    return sheet.xml.merge_cells(row, {p.column: sheet.cell_xml(row, p.column, p.fill.header, style) for p in added})


def _extend_right(sheet: OpenSheet, header_row: int, start: int, names: list[str]) -> None:
    """A table or filter that ends just left of the new columns takes them in; others stay, the columns stand beside them."""
    for table in sheet.tables:
        if table.area.top == header_row and table.area.right == start - 1 and table.headers and not table.bound:
            table.add_columns(names)
    element = sheet.xml.element("autoFilter")
    found = areas(element.get("ref") or "") if element is not None else []
    if element is not None and found and found[0].top == header_row and found[0].right == start - 1:
        wide = found[0]._replace(right=start - 1 + len(names))
        element.set("ref", wide.text())
        place = sheet.book.workbook.position(sheet.name)
        if place is not None:
            sheet.book.workbook.widen_filter_name(place, wide.text(absolute=True))


def set_width(sheet: OpenSheet, column: int, width: float) -> None:
    """The column's width, shown even where a person had hidden the unused columns; its neighbours keep theirs."""
    group = sheet.xml.make("cols")
    at = len(group)
    for i, element in enumerate(list(group)):
        first, last = int(element.get("min") or 0), int(element.get("max") or 0)
        if first > column:
            at = min(at, i)
        if not first <= column <= last:
            continue
        group.remove(element)
        for low, high in ((column + 1, last), (first, column - 1)):
            if low <= high:
                kept = etree.Element(element.tag)
                kept.attrib.update({**element.attrib, "min": str(low), "max": str(high)})
                group.insert(i, kept)
        at = i + (first < column)
    made = etree.Element(f"{{{sheet.xml.ns}}}col", min=str(column), max=str(column), width=f"{width:g}", customWidth="1")
    group.insert(at, made)


class _Filling:
    """Makes the new bytes of each row; rows that show the values already are left alone."""

    def __init__(self, sheet: OpenSheet, places: list[Place]) -> None:
        self.sheet = sheet
        self.places = places
        self.changed = 0
        prefix = sheet.writer.prefix
        self._heads = [f'<{prefix}c r="{letters(p.column)}' for p in places]
        self._columns = (places[0].column, places[-1].column) if places else (1, 1)
        self._opening = b"<" + sheet.xml.prefix + b"c "
        self._close = b"</" + sheet.xml.prefix + b"row>"
        self._tails: list[Callable[[WriteCell], str]] = [sheet.writer.tailer(p.new_style) for p in places]

    def rows(self, rows: Sequence[int], values: Sequence[Sequence[WriteCell]]) -> Iterator[tuple[int, bytes]]:
        xml, heads = self.sheet.xml, self._heads
        for row, cells in zip(rows, zip(*values, strict=True), strict=True):
            found = xml.find_row(row)
            start, end = found or (0, 0)
            if self._last_column(start, end) < self._columns[0]:
                ending = f'{row}"'
                try:
                    tails = [write(value) for write, value in zip(self._tails, cells, strict=True)]
                except HostError as error:
                    raise HostError(error.code, **error.values, sheet=self.sheet.name, row=row) from None
                added = "".join([h + ending + t for h, t in zip(heads, tails, strict=True) if t != "/>"])
                count = len(cells) - cells.count(None)
                if added:
                    self.changed += count
                    yield row, self._with_end(row, start, end, added.encode())
            else:
                made = self._merged(row, xml.body[start:end], cells)
                if made:
                    yield row, made

    def _last_column(self, start: int, end: int) -> int:
        """The last column that has a cell in a row; past every column where that cannot be told at a glance."""
        body = self.sheet.xml.body
        found = body.rfind(self._opening, start, end)
        if found < 0:
            return 0
        ref = _LAST_REF.search(body, found, body.find(b">", found))
        return _number(ref.group(1)) if ref else MAX_COLUMN

    def _with_end(self, row: int, start: int, end: int, added: bytes) -> bytes:
        xml = self.sheet.xml
        tag, skip = xml.row_tag(row, xml.body[start : xml.body.find(b">", start) + 1] if end else b"", self._columns)
        kept = b"" if end == 0 or (xml.body[end - 2] == 47 and end - start == skip) else xml.body[start + skip : end - len(self._close)]
        return tag + kept + added + self._close

    def _merged(self, row: int, old: bytes, values: Sequence[WriteCell]) -> bytes | None:
        sheet = self.sheet
        first = old.find(b' r="%s%d"' % (letters(self._columns[0]).encode(), row))
        cells = {c.column: c for c in sheet.xml.cells(old, old.rfind(b"<", 0, first) if first > 0 else old.index(b">") + 1)}
        new: dict[int, bytes] = {}
        for place, value in zip(self.places, values, strict=True):
            cell = cells.get(place.column)
            if sheet.same(cell, value):
                continue
            if cell is not None and is_formula(cell.content):
                sheet.formulas_gone = True
            style = place.new_style or sheet.fitting(cell.style if cell else "0", place.fill.number_format)
            new[place.column] = sheet.cell_xml(row, place.column, value, style)
        self.changed += len(new)
        return sheet.xml.merge_cells(row, new) if new else None


def _number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + (letter & 0x5F) - 64
    return number
