"""Our columns beside a person's rows: found by their header or added at the right end, written row by row, keys checked first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from lxml import etree

from macros_py.hosts.cell_xml import cell_value
from macros_py.hosts.host import BlockFill, ColumnFill, HostError, header_text, key_text
from macros_py.hosts.patch import OpenSheet, Targets, Workbook
from macros_py.hosts.references import MAX_COLUMN, Area, areas
from macros_py.hosts.row_filler import Place, RowFiller


def fill(book: Workbook, block: BlockFill) -> int:
    """Write our columns for rows that exist; gives how many cells changed. Rows hidden by a filter are written like all others.

    HostError: "rows-moved" (another key stands in a row), "merged", "array-formula", "text-too-long", "too-many-columns".
    """
    sheet = book.open(block.sheet)
    order = sorted(range(len(block.rows)), key=block.rows.__getitem__)
    rows = [block.rows[i] for i in order]
    _check_keys(sheet, block, order)
    if not block.columns:
        return 0
    places, added = columns_for(sheet, block.header_row, block.columns, rows[0] if rows else block.header_row + 1)
    old = [p.column for p in places if not p.new_style]
    if old:
        sheet.guard(Targets(rows, old))
    filling = RowFiller(sheet, places)
    head = [(block.header_row, header_row_xml(sheet, block.header_row, added))] if added else []
    in_order = order == list(range(len(order)))
    body = filling.rows(rows, [p.fill.values if in_order else [p.fill.values[i] for i in order] for p in places])
    first = next(body, None)
    if first is None and not added:
        return 0
    sheet.xml.grow_dimension(Area(block.header_row, 1, rows[-1] if rows else block.header_row, max(p.column for p in places)))
    sheet.put(chain(head, (first,) if first else (), body))
    return filling.changed + len(added)


def _check_keys(sheet: OpenSheet, block: BlockFill, order: list[int]) -> None:
    """The keys are read out of the sheet's own bytes in one pass and compared: as bytes where they are plain texts."""
    rows, keys = [block.rows[i] for i in order], [block.keys[i] for i in order]
    for i, found in sheet.xml.unlike(rows, block.key_column, sheet.writer.inline_texts(keys)):
        value = _plain(sheet.value(rows[i], block.key_column) if found is None else cell_value(*found, sheet.book.strings))
        if value != keys[i] and key_text(value) != key_text(keys[i]):
            raise HostError("rows-moved", sheet=block.sheet, row=rows[i])


def _plain(value: str | float | bool | bytes | None) -> str | float | bool | None:
    return value.decode() if isinstance(value, bytes) else value


def headers(sheet: OpenSheet, row: int) -> dict[str, int]:
    """Header text → column, the leftmost where a text stands twice; a header merged over several rows counts for the last."""
    found: dict[str, int] = {}
    for cell in sheet.xml.cells(sheet.xml.row_bytes(row)):
        merged = sheet.merge_at(row, cell.column)
        value = sheet.value(merged.top if merged else row, cell.column)
        if value is not None:
            found.setdefault(header_text(str(_plain(value))), cell.column)
    for merged in sheet.xml.merged:
        if merged.holds(row, merged.left) and merged.top < row:
            found.setdefault(header_text(str(_plain(sheet.value(merged.top, merged.left)) or "")), merged.left)
    found.pop("", None)
    return found


def columns_for(sheet: OpenSheet, header_row: int, fills: Sequence[ColumnFill], first_row: int) -> tuple[list[Place], list[Place]]:
    """Every column with its place, and those of them that are new; tables, filters, widths and names follow the new ones."""
    known = headers(sheet, header_row)
    places = [Place(known[header_text(f.header)], f) for f in fills if header_text(f.header) in known]
    new = [f for f in fills if header_text(f.header) not in known]
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
