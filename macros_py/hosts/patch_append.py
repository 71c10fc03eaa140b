"""Rows below the last used row of a log: formats and formulas of the row above, and everything that ended there grows with it.

Where the log ends in a total row, a table's own or a typed one, the rows go above it (hosts.total_row).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from macros_py.hosts.cell_xml import escaped
from macros_py.hosts.host import HostError, RowAppend
from macros_py.hosts.patch import OpenSheet, Targets, Workbook
from macros_py.hosts.patch_fill import columns_for, header_row_xml
from macros_py.hosts.references import MAX_COLUMN, MAX_ROW, Area, cell_name, lower, taller
from macros_py.hosts.row_filler import Place
from macros_py.hosts.shared_formulas import formula_at, translated
from macros_py.hosts.sheet_rows import STYLE
from macros_py.hosts.table_xml import Table
from macros_py.hosts.total_row import Foot, grow_formulas, is_total, take_out


def append(book: Workbook, rows: RowAppend) -> int:
    """Add rows under the headers named; gives how many cells were written. Headers that are missing are added at the right end.

    HostError: "total-row", "table-total-row" (the log ends in a total row that cannot be moved down), "rows-below" (something stands where the rows would go), "too-many-rows",
    "merged", "array-formula".
    """
    count = max((len(c.values) for c in rows.columns), default=0)
    if not count:
        return 0
    sheet = book.open(rows.sheet)
    table = next((t for t in sheet.tables if t.area.top == rows.header_row and t.headers), None)
    last, foot = _ends(sheet, rows.header_row, table, count)
    places, added = columns_for(sheet, rows.header_row, rows.columns, max(last, rows.header_row + 1))
    new_last = last + count
    if max(new_last, foot.row + foot.by if foot else 0) > MAX_ROW:
        raise HostError("too-many-rows", sheet=rows.sheet)
    _check_room(sheet, table, last, new_last)
    sheet.guard(Targets(range(last + 1, new_last + 1), [p.column for p in places]))
    head = [(rows.header_row, header_row_xml(sheet, rows.header_row, added))] if added else []
    tail = [_taken_out(sheet, foot)] if foot else []
    body = list(_rows(sheet, rows, last, places, table))
    if foot:
        _lower(sheet, foot)
    _grow(sheet, table, rows.header_row, last, new_last)
    sheet.xml.grow_dimension(Area(rows.header_row, places[0].column, max(new_last, *(r for r, _ in tail), 0), places[-1].column))
    sheet.put(chain(head, body, tail))
    return sum(1 for c in rows.columns for v in c.values if v is not None)


def total_below(book: Workbook, rows: RowAppend) -> Foot | None:
    """The total row that an append would move down; None where there is none."""
    count = max((len(c.values) for c in rows.columns), default=0)
    sheet = book.open(rows.sheet)
    table = next((t for t in sheet.tables if t.area.top == rows.header_row and t.headers), None)
    return _ends(sheet, rows.header_row, table, count)[1]


def _taken_out(sheet: OpenSheet, foot: Foot) -> tuple[int, bytes]:
    if foot.table:
        sheet.guard(Targets(range(foot.row, foot.row + foot.by + 1), foot.columns))
    made = take_out(sheet, foot)
    if foot.table:
        grow_formulas(sheet, foot)
    return made


def _ends(sheet: OpenSheet, header_row: int, table: Table | None, count: int) -> tuple[int, Foot | None]:
    """The last row of the log that holds something (the header row when it is empty), and the total row below it that has to move."""
    if table is None:
        last = max(sheet.xml.last_used_row(), header_row)
        if last == header_row or not is_total(sheet, last):
            return last, None
        above = last - 1
        while above > header_row and not any(c.filled for c in sheet.xml.cells(sheet.xml.row_bytes(above))):
            above -= 1
        return above, Foot(last, range(header_row, above + 1), count)
    last = table.last
    while last > header_row and not any(_filled(sheet, last, table)):
        last -= 1
    by = last + count - table.last
    return last, Foot(table.area.bottom, range(header_row, table.last + 1), by, table) if table.totals and by > 0 else None


def _filled(sheet: OpenSheet, row: int, table: Table) -> Iterator[bool]:
    calculated = table.formulas()
    for cell in sheet.xml.cells(sheet.xml.row_bytes(row)):
        yield cell.filled and table.area.left <= cell.column <= table.area.right and cell.column not in calculated


def _check_room(sheet: OpenSheet, table: Table | None, last: int, new_last: int) -> None:
    """What stands below a table, in its columns, is neither overwritten nor pushed away."""
    if table is None:
        return
    below = range(max(table.area.bottom, last) + 1, new_last + table.totals + 1)
    strip = Area(below.start, table.area.left, below.stop - 1, table.area.right)
    taken = any(c.filled and strip.left <= c.column <= strip.right for row in below for c in sheet.xml.cells(sheet.xml.row_bytes(row)))
    if below and (taken or any(t.area.meets(strip) for t in sheet.tables if t is not table)):
        raise HostError("rows-below", sheet=sheet.name, row=below.start)


def _rows(sheet: OpenSheet, rows: RowAppend, last: int, places: list[Place], table: Table | None) -> Iterator[tuple[int, bytes]]:
    model = last if last > rows.header_row else rows.header_row + 1  # an empty log may have a formatted first row
    above = {c.column: c.style for c in sheet.xml.cells(sheet.xml.row_bytes(model))}
    if last == rows.header_row and not sheet.xml.row_bytes(model):
        above = {}
    styles = {p.column: p.new_style or sheet.fitting(above.get(p.column, "0"), p.fill.number_format) for p in places}
    ours = set(styles)
    carried = {c: f for c, f in _carried(sheet, rows.header_row, last, table).items() if c not in ours}
    left, right = (table.area.left, table.area.right) if table else (1, MAX_COLUMN)
    for offset in range(max(len(c.values) for c in rows.columns)):
        row = last + 1 + offset
        new = {c: b"" if s == "0" else _styled(sheet, row, c, s) for c, s in above.items() if left <= c <= right}
        for column, (formula, origin) in carried.items():
            new[column] = _formula(sheet, row, column, formula, origin, above.get(column, "0"))
        for place in places:
            value = place.fill.values[offset] if offset < len(place.fill.values) else None
            new[place.column] = sheet.cell_xml(row, place.column, value, styles[place.column])
        yield row, _like(sheet.xml.row_bytes(model), sheet.xml.merge_cells(row, dict(sorted(new.items()))))


def _like(model: bytes, made: bytes) -> bytes:
    """A new row stands as the row above does: its own row format, not its height (that belongs to its text)."""
    tag = model[: model.find(b">")]
    style = STYLE.search(tag) if b"customFormat" in tag else None
    gt = made.index(b">")
    if style and not STYLE.search(made[:gt]):
        return made[:gt] + b' s="%s" customFormat="1"' % style.group(1) + made[gt:]
    return made


def _styled(sheet: OpenSheet, row: int, column: int, style: str) -> bytes:
    return f'<{sheet.writer.prefix}c r="{cell_name(row, column)}" s="{style}"/>'.encode()


def _formula(sheet: OpenSheet, row: int, column: int, formula: str, origin: str, style: str) -> bytes:
    p, name = sheet.writer.prefix, cell_name(row, column)
    text = escaped(translated(formula, origin, name))
    lead = f' s="{style}"' if style != "0" else ""
    return f'<{p}c r="{name}"{lead}><{p}f>{text}</{p}f></{p}c>'.encode()


def _carried(sheet: OpenSheet, header_row: int, last: int, table: Table | None) -> dict[int, tuple[str, str]]:
    """Formulas to carry down, with the cell where they stand: a table's calculated columns, else what the last two rows have in common."""
    found: dict[int, tuple[str, str]] = {}
    if last == header_row:
        return {c: (f, cell_name(last + 1, c)) for c, f in (table.formulas() if table else {}).items()}
    columns = [c.column for c in sheet.xml.cells(sheet.xml.row_bytes(last)) if b"f" in c.content]
    for column in columns:
        formula = formula_at(sheet.xml, last, column)
        if formula is None or (table and not table.area.left <= column <= table.area.right):
            continue
        before = formula_at(sheet.xml, last - 1, column) if last - 1 > header_row else formula
        if (table and column in table.formulas()) or before is not None:
            found[column] = (formula, cell_name(last, column))
    return found


def _grow(sheet: OpenSheet, table: Table | None, header_row: int, last: int, new_last: int) -> None:
    """Filters, conditional formats, validation, names and the table that ended in the last row end in the new one."""
    ends = {last, table.last} if table and new_last > table.last else {last}
    for end in ends:
        for ref, change in list(sheet.xml.ranges()):
            longer = taller(ref, end, new_last, header_row)
            if longer != ref:
                change(longer)
        sheet.book.workbook.grow_names(sheet.name, 1, end, new_last)
    if table is not None and new_last > table.last:
        table.add_rows(new_last)


def _lower(sheet: OpenSheet, foot: Foot) -> None:
    """What reached as far as the total row does so still; before the log grows, which may come to end where the total row was."""
    for ref, change in list(sheet.xml.ranges()):
        longer = lower(ref, foot.row, foot.by, foot.log.start)
        if longer != ref:
            change(longer)
    sheet.book.workbook.grow_names(sheet.name, 1, foot.row, foot.row + foot.by)
