"""The inverse of a press on a workbook in which people have typed since.

Three images are compared cell by cell: before the press, after it, and now. What still stands as the press left it goes
back to what it was; what a person changed since stays and is listed. Nothing typed is lost. Rows and columns that people
inserted, deleted or sorted are followed by their keys and headers (records.followed).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np

from macros_py.records.followed import Anchor, PlaceOfTable, RawGrid, Way, block, cell, renamed, way
from macros_py.records.grown_tables import grown_tables, writable

Place = tuple[int, int]
Formulas = Callable[[str, Place, Place], Any]
SHOWN: Final = 20  # cells of one kept sheet that are listed one by one


@dataclass(frozen=True)
class Conflict:
    """A place that a person changed after the press: it stays as it is. row and column are 0 when the whole sheet stays."""

    sheet: str
    row: int = 0
    column: int = 0


@dataclass
class Inverse:
    """What takes the press back: cells to write, tables that end again where they ended, sheets to remove, sheets to take over from the
    image before the press."""

    cells: dict[str, list[tuple[int, int, Any]]] = field(default_factory=dict)
    tables: dict[str, list[PlaceOfTable]] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    restore: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def finds_the_press(self) -> bool:
        """Whether anything of the press stands in the workbook."""
        return bool(self.cells or self.remove or self.restore)


def _differences(a: RawGrid, b: RawGrid) -> list[tuple[int, int]]:
    """(row, column) of every cell in which two grids differ."""
    top, left = min(a.top, b.top), min(a.left, b.left)
    bottom = max(g.top + g.cells.shape[0] for g in (a, b))
    right = max(g.left + g.cells.shape[1] for g in (a, b))
    differs = block(a, top, left, bottom - top, right - left) != block(b, top, left, bottom - top, right - left)
    rows, columns = np.nonzero(np.asarray(differs, dtype=bool))
    return [(int(r) + top, int(c) + left) for r, c in zip(rows, columns, strict=True)]


def inverse(
    before: Mapping[str, RawGrid],
    after: Mapping[str, RawGrid],
    now: Mapping[str, RawGrid],
    anchors: Mapping[str, Anchor],
    drawn: frozenset[str],
    formula: Formulas = lambda sheet, at, there: None,
) -> Inverse:
    """What takes a press back in a workbook that was changed since.

    formula: what to write for a cell at `at` of the sheet before the press that held a formula and stands at `there` now; else None.

    before, after, now: sheet name → raw cells; anchors: by what the rows of a sheet are known again (others by the whole row);
    drawn: the sheets that the press drew whole.
    """
    out = Inverse()
    for sheet, grid in after.items():
        here = sheet if sheet in now else renamed(grid, {n: g for n, g in now.items() if n not in after})
        if sheet in drawn:
            if here:
                _undo_sheet(sheet, here, before.get(sheet), grid, now[here], out)
        elif sheet in before and (changed := _differences(before[sheet], grid)):
            if here:
                _undo_cells(here, before[sheet], changed, way(grid, now[here], anchors.get(sheet)), out, partial(formula, sheet))
            else:
                out.conflicts.append(Conflict(sheet))
    return out


def _undo_sheet(sheet: str, here: str, before: RawGrid | None, after: RawGrid, now: RawGrid, out: Inverse) -> None:
    """A drawn sheet goes, or goes back, when nobody touched it; otherwise it stays and the cells typed in are listed."""
    typed = _differences(after, now)
    if typed or here != sheet:
        out.conflicts += [Conflict(here), *(Conflict(here, *at) for at in typed[:SHOWN])]
    elif before is None:
        out.remove.append(sheet)
    elif _differences(before, after):
        out.restore.append(sheet)


def _undo_cells(sheet: str, before: RawGrid, changed: list[Place], to: Way, out: Inverse, formula: Callable[[Place, Place], Any]) -> None:
    cells: list[tuple[int, int, Any]] = []
    tables = list(grown_tables(before, to))
    shrinking = [t for t in tables if t.shrinks]
    for row, column in sorted(
        {*changed, *(place for t in shrinking for place in t.places())}
    ):  # its formulas may have shown what was written
        table = next((t for t in tables if t.holds(row, column)), None)
        there = (row, column) if table in shrinking else to.place(row, column)
        if there is None:
            continue  # the row or the column is gone: nothing is left to take back
        was, wrote, stands = cell(before, row, column), cell(to.after, row, column), cell(to.now, *there)
        if table is not None and not table.shrinks and table.total_row:  # it stays as long as it is, and its total row with it
            if row == table.total_row:
                continue
            was = None
        ours = stands == wrote or table in shrinking
        held = formula((row, column), there) if ours and was is not None else None
        if ours and (held is not None or writable(was)):
            cells.append((*there, was if held is None else held))
        elif stands != was:
            out.conflicts.append(Conflict(sheet, *there))
    if cells:
        out.cells[sheet] = cells
    if shrinking:
        out.tables[sheet] = [t.was for t in shrinking]
    gone = {column for row, column, value in cells if value is None and row == to.header}
    done = {(row, column) for row, column, _ in cells} | {(c.row, c.column) for c in out.conflicts if c.sheet == sheet}
    out.conflicts += [Conflict(sheet, *at) for at in _filled(to.now, to.header, gone) if at not in done]


def _filled(now: RawGrid, header: int, columns: set[int]) -> list[tuple[int, int]]:
    """What stands below headers that go: typed by people where the press had left a blank."""
    rows = range(header + 1, now.top + now.cells.shape[0])
    return [(row, column) for column in sorted(columns) for row in rows if cell(now, row, column) not in (None, "")]
