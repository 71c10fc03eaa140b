"""One sheet of an open workbook written: looked at again first, in blocks, and read back afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import xlwings as xw

from macros_py.hosts import live_tables, live_totals
from macros_py.hosts.host import BlockFill, CellError, Grid, HostError, RawCell, Uncached, key_text
from macros_py.hosts.live_calls import Calls
from macros_py.hosts.live_plan import Block, NewRows, Plan
from macros_py.hosts.total_row import Foot, grown

_TEXT, _GENERAL = "@", "General"
_DAY_ZERO: Final = dt.datetime(1899, 12, 30)
_DAYS_1904: Final = 1462
_CLOSE: Final = 1e-9
_FEW: Final = 40  # blocks that are written as they are
_SPARSE, _SMALL = 20, 100_000  # a covering block may be so many times larger than what is wanted, or hold so many cells


def check_stands(sheet: xw.Sheet, before: Grid, planned: Plan, fills: Sequence[BlockFill]) -> None:
    """Refuse when people have typed since the workbook was read. HostError: "rows-moved", "changed-meanwhile"."""
    for fill in fills:
        if fill.rows:
            top, bottom = min(fill.rows), max(fill.rows)
            column = _read(sheet, Block(top, fill.key_column, [[None]] * (bottom - top + 1)))
            for row, key in zip(fill.rows, fill.keys, strict=True):
                if key_text(column[row - top][0]) != key_text(key):
                    raise HostError("rows-moved", sheet=sheet.name, row=row)
    seen = _Seen(sheet, planned.blocks)
    for block in planned.blocks:
        stood = _part(before, block)
        found = seen.part(block)
        differing = [pair for pair in zip(stood, found, strict=True) if pair[0] != pair[1]]  # most rows are told alike to the bit
        if any(not _equal(a, b, before.date1904) for was, now in differing for a, b in zip(was, now, strict=True)):
            raise HostError("changed-meanwhile", file=sheet.book.name)


def write(calls: Calls, sheet: xw.Sheet, before: Grid, after: Grid, planned: Plan) -> None:
    """Write what is planned. HostError: "sheet-protected"; "not-taken" when a cell does not hold what was written.

    Many scattered cells are written as longer stretches with what stands between them, as long as that is no formula and no error value:
    a call costs as much as a thousand cells.
    """
    with calls.unprotected(sheet), calls.unfiltered(sheet) as whole:
        for place in planned.ends:
            live_totals.end_again(calls, sheet, place)
        for rows in planned.rows:
            _appended(calls, sheet, rows, _right_end(before, planned))
        for column, width in planned.added.items():
            _new_column(calls, sheet, planned.header_row, column, width)
        live_tables.narrow(calls, sheet, before, after)
        for block in _fewer(calls, sheet, after, planned):
            for part in _pieces(block, planned.header_row, frozenset() if whole else before.hidden_rows):
                _put(sheet, part, planned, before.date1904)
        for row, column, formula in planned.formulas:
            calls.put_formula(sheet.range((row, column)), formula)
        if whole:  # Excel may refuse to resize what is filtered
            live_tables.widen(calls, sheet, before, after)
        seen = _Seen(sheet, planned.blocks)
        for block in planned.blocks:
            _verify(sheet, block, seen.part(block), before.date1904)
    if planned.added:
        with calls.unprotected(sheet):
            calls.widen_filter(sheet, planned.header_row, min(planned.added) - 1, len(planned.added))


class _Seen:
    """What stands where something is to be written, read in one block that covers it all unless that would be far larger."""

    def __init__(self, sheet: xw.Sheet, blocks: Sequence[Block]) -> None:
        self._sheet, self._corner = sheet, (0, 0)
        self._cells: list[list[Any]] | None = None
        if not blocks:
            return
        top, left = min(b.row for b in blocks), min(b.column for b in blocks)
        rows, columns = max(b.bottom for b in blocks) - top + 1, max(b.right for b in blocks) - left + 1
        if rows * columns <= max(_SPARSE * sum(len(b.values) * len(b.values[0]) for b in blocks), _SMALL):
            self._corner = (top, left)
            self._cells = _read(sheet, Block(top, left, [[None] * columns] * rows))

    def part(self, block: Block) -> list[list[Any]]:
        """The cells of one block."""
        if self._cells is None:
            return _read(self._sheet, block)
        i, j = block.row - self._corner[0], block.column - self._corner[1]
        return [row[j : j + len(block.values[0])] for row in self._cells[i : i + len(block.values)]]


def _fewer(calls: Calls, sheet: xw.Sheet, after: Grid, planned: Plan) -> list[Block]:
    """The planned blocks, or where they are many, few that cover them."""
    body = [b for b in planned.blocks if b.row != planned.header_row]
    if len(body) <= _FEW:
        return planned.blocks
    top, bottom = min(b.row for b in body), max(b.bottom for b in body)
    columns = sorted({c for b in body for c in range(b.column, b.right + 1)})
    changed = np.zeros((bottom - top + 1, columns[-1] + 1), dtype=bool)
    for block in body:
        changed[block.row - top : block.bottom - top + 1, block.column : block.right + 1] = True
    out = [b for b in planned.blocks if b.row == planned.header_row]
    for group in _adjacent(columns):
        whole = Block(top, group[0], _part(after, Block(top, group[0], [[None] * len(group)] * (bottom - top + 1))))
        out += _stretches(whole, changed[:, group[0] : group[-1] + 1], calls.formulas(_range(sheet, whole)))
    return out


def _adjacent(columns: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for column in columns:
        if groups and groups[-1][-1] == column - 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _stretches(whole: Block, changed: npt.NDArray[np.bool_], formulas: list[list[Any]]) -> Iterator[Block]:
    """Stretches of rows between those that hold a cell which must stay as it is, each from its first change to its last."""
    kept = [
        any(not c and (str(f).startswith(("=", "{=")) or isinstance(v, (CellError, Uncached))) for c, f, v in zip(*row, strict=True))
        for row in zip(changed.tolist(), formulas, whole.values, strict=True)
    ]
    start = 0
    for i in range(len(kept) + 1):
        if i < len(kept) and not kept[i]:
            continue
        rows = start + np.flatnonzero(changed[start:i].any(axis=1))
        if len(rows):
            yield Block(whole.row + int(rows[0]), whole.column, whole.values[int(rows[0]) : int(rows[-1]) + 1])
        if i < len(kept):  # the row itself, cell by cell
            at = np.flatnonzero(changed[i])
            yield from (Block(whole.row + i, whole.column + int(j), [[whole.values[i][j]]]) for j in at)
        start = i + 1


def _right_end(before: Grid, planned: Plan) -> int:
    width: int = before.cells.shape[1]
    return max([before.left - 1 + width, *(b.right for b in planned.blocks)])


def _appended(calls: Calls, sheet: xw.Sheet, rows: NewRows, right: int) -> None:
    """The new rows, above the total row where there is one."""
    total = live_totals.taken_off(calls, sheet, rows.foot) if rows.foot and rows.foot.table else None
    if rows.foot and not total:
        _lower(calls, sheet, rows.foot, right)
    _new_rows(calls, sheet, rows, right)
    if rows.foot and total:
        live_totals.put_back(calls, sheet, rows.foot, total)


def _new_rows(calls: Calls, sheet: xw.Sheet, rows: NewRows, right: int) -> None:
    """The rows take over formats and formulas of the last one; the table that ends there ends with them. What stands beside a table stays."""
    above, header_row = rows.above, rows.header_row
    table = next((t for t in sheet.tables if t.range.row == header_row), None)
    bottom, left = above + rows.count, 1
    if table is not None:
        left, right = table.range.column, table.range.column + table.range.shape[1] - 1
    if above > header_row:
        calls.extend_down(sheet.range((above, left), (above, right)), rows.count)
        for column in range(left, right + 1):
            if column not in rows.formulas and _holds_formula(calls, sheet, above, column):
                sheet.range((above + 1, column), (bottom, column)).clear_contents()
    if table is not None and table.range.row + table.range.shape[0] - 1 < bottom:
        corner = table.range
        table.resize(sheet.range((corner.row, corner.column), (bottom, corner.column + corner.shape[1] - 1)))


def _lower(calls: Calls, sheet: xw.Sheet, foot: Foot, right: int) -> None:
    """Formats and formulas of the total row stand `by` rows further down; its words are part of the blocks."""
    old = sheet.range((foot.row, 1), (foot.row, right))
    found = calls.formulas(old)[0]
    calls.copy_formats(old, old.offset(foot.by, 0))
    for column, formula in enumerate(found, start=1):
        if str(formula).startswith("="):
            text = grown(str(formula)[1:], foot)
            if text is None:
                raise foot.refused(sheet.name)
            calls.set_formula(sheet.range((foot.row + foot.by, column)), "=" + text)
    old.clear_contents()
    if foot.row - 1 > foot.log[-1]:  # a gap that stood above it stands there now
        calls.copy_formats(old.offset(-1, 0), old)


def _holds_formula(calls: Calls, sheet: xw.Sheet, row: int, column: int) -> bool:
    return str(calls.formulas(sheet.range((row, column)))[0][0]).startswith("=")


def _new_column(calls: Calls, sheet: xw.Sheet, header_row: int, column: int, width: float) -> None:
    """Its header looks like the one to its left."""
    if column > 1:
        calls.copy_formats(sheet.range((header_row, column - 1)), sheet.range((header_row, column)))
    sheet.range((header_row, column)).column_width = width


def _pieces(block: Block, header_row: int, hidden: frozenset[int]) -> Iterator[Block]:
    """A block as it may be written: whole, or stretches of rows that are seen and the cells of rows that are not, one by one."""
    if not hidden or len(block.values) == 1 == len(block.values[0]):
        yield block
        return
    start = 0
    for i in range(len(block.values) + 1):
        if i < len(block.values) and block.row + i not in hidden:
            continue
        if start < i:
            yield Block(block.row + start, block.column, block.values[start:i])
        if i < len(block.values):
            yield from (Block(block.row + i, block.column + j, [[v]]) for j, v in enumerate(block.values[i]))
        start = i + 1


def _put(sheet: xw.Sheet, block: Block, planned: Plan, date1904: bool) -> None:
    """Formats first, so that what is written is taken for what it is; then the values at once."""
    texts: list[bool] = []
    for first, last, wanted in _alike(block, planned):
        texts += _formatted(sheet, block, first, last, wanted)
    _range(sheet, block).value = [[_out(v, text, date1904) for v, text in zip(row, texts, strict=True)] for row in block.values]


def _alike(block: Block, planned: Plan) -> Iterator[tuple[int, int, str]]:
    """(first column, last column, format for cells that have none) for columns side by side that take one format."""
    head = block.row == planned.header_row
    columns = range(block.column, block.right + 1)
    for wanted, group in groupby(columns, lambda c: _GENERAL if head else planned.formats.get(c, _GENERAL)):
        found = list(group)
        yield found[0], found[-1], wanted


def _formatted(sheet: xw.Sheet, block: Block, first: int, last: int, wanted: str) -> list[bool]:
    """Give cells without a format of their own the one that is wanted; → for each column whether its cells are text."""
    cells = sheet.range((block.row, first), (block.bottom, last))
    shown: Any = cells.number_format  # None where the cells differ
    if shown is None and first < last:
        return [text for column in range(first, last + 1) for text in _formatted(sheet, block, column, column, wanted)]
    if shown == _GENERAL != wanted:
        cells.number_format = shown = wanted
    return [shown == _TEXT] * (last - first + 1)


def _range(sheet: xw.Sheet, block: Block) -> xw.Range:
    return sheet.range((block.row, block.column), (block.bottom, block.right))


def _out(value: RawCell, text_cell: bool, date1904: bool) -> Any:
    """A value as an application takes it: numbers and days as float; text with an apostrophe where it might be taken for something else."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if text_cell and not value.startswith("'") else "'" + value
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return _serial(value, date1904)
    return float(value)  # type: ignore[arg-type]  # formulas without a result are no part of a block


def _serial(value: dt.date | dt.time | dt.timedelta, date1904: bool) -> float:
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86400
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
    return (moment.replace(tzinfo=None) - _DAY_ZERO) / dt.timedelta(days=1) - _DAYS_1904 * date1904


def _read(sheet: xw.Sheet, block: Block) -> list[list[Any]]:
    found: list[list[Any]] = _range(sheet, block).options(ndim=2).value
    return found


def _part(grid: Grid, block: Block) -> list[list[Any]]:
    out = np.full((len(block.values), len(block.values[0])), None, dtype=object)
    i, j = block.row - grid.top, block.column - grid.left
    found = grid.cells[max(i, 0) : i + out.shape[0], max(j, 0) : j + out.shape[1]]
    out[: found.shape[0], : found.shape[1]] = found
    return [list(row) for row in out]


def _verify(sheet: xw.Sheet, block: Block, seen: list[list[Any]], date1904: bool) -> None:
    """Read back; a cell that does not hold what was written is written once more by itself."""
    for i, (wanted, found) in enumerate(zip(block.values, seen, strict=True)):
        if wanted == found:
            continue
        for j, (a, b) in enumerate(zip(wanted, found, strict=True)):
            if _equal(a, b, date1904):
                continue
            cell = sheet.range((block.row + i, block.column + j))
            cell.value = _out(a, isinstance(b, str) and cell.number_format == _TEXT, date1904)
            if not _equal(a, cell.options(ndim=2).value[0][0], date1904):
                raise HostError("not-taken", sheet=sheet.name, cell=cell.address.replace("$", ""))


def _equal(held: Any, live: Any, date1904: bool) -> bool:
    """Whether a cell as read from a copy and as the application tells it is the same. An error value or a formula's result cannot be compared."""
    if isinstance(held, CellError) or (held is not None and not isinstance(held, (str, int, float, dt.date, dt.time, dt.timedelta))):
        return True
    if held is None or live is None:
        return held in (None, "") and live in (None, "")
    a, b = _number(held, date1904), _number(live, date1904)
    if a is not None and b is not None:
        return abs(a - b) <= _CLOSE * max(1.0, abs(a))
    return _text(held, a) == _text(live, b)


def _number(value: Any, date1904: bool) -> float | None:
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return _serial(value, date1904)
    return float(value) if isinstance(value, (int, float)) else None


def _text(value: Any, number: float | None) -> str:
    """A number kept as text shows its shortest form."""
    if number is None:
        return str(value).replace("\r\n", "\n")
    return str(int(number)) if number == int(number) else repr(number)
