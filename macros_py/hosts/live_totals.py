"""Tables with a total row of their own in an open workbook: the row is taken off, the table resized, the row put back with its formulas.

What stands below a table may be moved when its total row goes and comes, each application in its own way; so nothing may stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import xlwings as xw

from macros_py.hosts.host import Grid, HostError, TablePlace
from macros_py.hosts.live_calls import Calls
from macros_py.hosts.total_row import Foot, grown

ASKING: Final = ("[#Totals]", "[#All]")  # what formulas say that ask for a table's total row by its name


@contextmanager
def asked_for(calls: Calls, book: xw.Book, cells: Sequence[tuple[str, int, int]]) -> Iterator[None]:
    """Formulas in these cells (sheet, row, column) are put back where an application gave them up while a total row was off."""
    held = [(book.sheets[name].range((row, column)), name) for name, row, column in cells]
    was = [calls.formulas(cell)[0][0] for cell, _ in held]
    yield
    for (cell, name), formula in zip(held, was, strict=True):
        if calls.formulas(cell)[0][0] != formula:
            with calls.unprotected(book.sheets[name]):
                calls.set_formula(cell, formula)


def check_below(grid: Grid, foot: Foot) -> None:
    """Refuse where something stands under the table, however far. HostError("table-total-row")."""
    if stands_below(grid, TablePlace(0, foot.columns[0], foot.row, foot.columns[-1])):
        raise foot.refused(grid.sheet)


def stands_below(grid: Grid, place: TablePlace) -> bool:
    """Whether a cell or another table stands under a table, however far."""
    left, right = place.left, place.right
    below = grid.cells[max(place.bottom + 1 - grid.top, 0) :, left - grid.left : right + 1 - grid.left]
    taken = any(cell is not None for row in below for cell in row)
    return taken or any(t.top > place.bottom and t.left <= right and t.right >= left for t in grid.tables)


@contextmanager
def without_total(calls: Calls, sheet: xw.Sheet, table: xw.main.Table) -> Iterator[bool]:
    """Whether a table has a total row; it is off meanwhile and stands in its row again afterwards, with its formulas and words."""
    if not table.show_totals:
        yield False
        return
    old = _row(sheet, table, _bottom(table))
    formulas, words, formats = calls.formulas(old)[0], old.options(ndim=2).value[0], _formats(sheet, old)
    table.show_totals = False
    old.clear_contents()  # where the application left it there
    yield True
    table.show_totals = True
    for n, (formula, word) in enumerate(zip(formulas, words, strict=True)):
        cell = sheet.range((old.row, old.column + n))
        held = calls.formulas(cell)[0][0]
        if str(formula).startswith("=") and held != formula:
            calls.set_formula(cell, formula)
        elif not str(formula).startswith("=") and cell.value != word:
            cell.value = word
    _format(sheet, old, formats)


@dataclass(frozen=True)
class Total:
    """A total row that was taken off: its table, and for each of its cells the formula (or value) and the number format."""

    table: xw.main.Table
    formulas: Sequence[Any]
    formats: Sequence[str | None]


def taken_off(calls: Calls, sheet: xw.Sheet, foot: Foot) -> Total:
    """Take the total row off, so that rows can follow. HostError("changed-meanwhile") when it is no longer where it was."""
    table = table_at(sheet, foot.log.start, foot.columns[0])
    if table is None or not table.show_totals or _bottom(table) != foot.row:
        raise HostError("changed-meanwhile", file=sheet.book.name)
    old = _row(sheet, table, foot.row)
    formulas = calls.formulas(old)[0]
    formats = _formats(sheet, old)
    calls.copy_formats(old, old.offset(foot.by, 0))
    table.show_totals = False
    old.clear_contents()  # where the application left it there
    return Total(table, formulas, formats)


def put_back(calls: Calls, sheet: xw.Sheet, foot: Foot, total: Total) -> None:
    """Show the total row again below the new rows. What the application does not remember of it is written; its words are part of the blocks."""
    total.table.show_totals = True
    row = foot.row + foot.by
    if _bottom(total.table) != row:
        raise HostError("not-taken", sheet=sheet.name, cell=_row(sheet, total.table, row).address.replace("$", ""))
    held = calls.formulas(_row(sheet, total.table, row))[0]
    _format(sheet, _row(sheet, total.table, row), total.formats)
    for n, formula in enumerate(total.formulas):
        cell = sheet.range((row, foot.columns[0] + n))
        if not str(formula).startswith("="):
            if held[n] not in (None, "", formula):
                cell.clear_contents()
            continue
        text = grown(str(formula)[1:], foot)
        if text is None:
            raise foot.refused(sheet.name)
        if held[n] != "=" + text:
            calls.set_formula(cell, "=" + text)


def end_again(calls: Calls, sheet: xw.Sheet, place: TablePlace) -> None:
    """A table ends where it ended before a press. The rows that leave it are emptied first, and what its total row shows is put back after."""
    table = table_at(sheet, place.top, place.left)
    if table is None:
        return
    bottom, shown = _bottom(table), bool(table.show_totals)
    if bottom == place.bottom and shown == bool(place.totals):
        return
    formats = _formats(sheet, _row(sheet, table, bottom)) if shown else []
    if shown:
        if bottom != place.bottom:
            calls.copy_formats(_row(sheet, table, bottom), _row(sheet, table, place.bottom))
        table.show_totals = False
    last = place.bottom - place.totals
    corner = table.range
    right = corner.column + corner.shape[1] - 1
    if bottom > last:
        sheet.range((last + 1, place.left), (bottom, right)).clear_contents()
    table.resize(sheet.range((place.top, place.left), (last, right)))
    if place.totals:
        table.show_totals = True
        _format(sheet, _row(sheet, table, place.bottom), formats)


def _formats(sheet: xw.Sheet, row: xw.Range) -> list[str | None]:
    return [sheet.range((row.row, row.column + n)).number_format for n in range(row.shape[1])]


def _format(sheet: xw.Sheet, row: xw.Range, formats: Sequence[str | None]) -> None:
    for n, wanted in enumerate(formats):
        cell = sheet.range((row.row, row.column + n))
        if wanted and cell.number_format != wanted:
            cell.number_format = wanted


def table_at(sheet: xw.Sheet, top: int, left: int) -> xw.main.Table | None:
    """The table that begins in this cell."""
    return next((t for t in sheet.tables if (t.range.row, t.range.column) == (top, left)), None)


def _bottom(table: xw.main.Table) -> int:
    return int(table.range.row) + int(table.range.shape[0]) - 1


def _row(sheet: xw.Sheet, table: xw.main.Table, row: int) -> xw.Range:
    whole = table.range
    return sheet.range((row, whole.column), (row, whole.column + whole.shape[1] - 1))
