"""The inverse of a press on a workbook in which people have typed since.

Three images are compared cell by cell: before the press, after it, and now. What still stands as the press left it goes
back to what it was; what a person changed since stays and is listed. Nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt


class RawGrid(Protocol):
    """Raw cells of a sheet as a host reads them."""

    @property
    def cells(self) -> npt.NDArray[np.object_]: ...
    @property
    def top(self) -> int: ...
    @property
    def left(self) -> int: ...


@dataclass(frozen=True)
class Conflict:
    """A place that a person changed after the press: it stays as it is. cell is "" when the whole sheet stays."""

    sheet: str
    row: int = 0
    column: int = 0


@dataclass
class Inverse:
    """What takes the press back: cells to write, sheets to remove, sheets to take over from the image before the press."""

    cells: dict[str, list[tuple[int, int, Any]]] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    restore: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def _cell(grid: RawGrid, row: int, column: int) -> Any:
    i, j = row - grid.top, column - grid.left
    inside = 0 <= i < grid.cells.shape[0] and 0 <= j < grid.cells.shape[1]
    return grid.cells[i, j] if inside else None


def _block(grid: RawGrid, top: int, left: int, rows: int, columns: int) -> npt.NDArray[np.object_]:
    """The grid's cells over a given area, blank outside of what it holds."""
    out = np.full((rows, columns), None, dtype=object)
    i0, j0 = grid.top - top, grid.left - left
    n = min(grid.cells.shape[0], rows - i0)
    m = min(grid.cells.shape[1], columns - j0)
    if n > 0 and m > 0:
        out[i0 : i0 + n, j0 : j0 + m] = grid.cells[:n, :m]
    return out


def _differences(a: RawGrid, b: RawGrid) -> list[tuple[int, int]]:
    """(row, column) of every cell in which two grids differ."""
    top, left = min(a.top, b.top), min(a.left, b.left)
    bottom = max(g.top + g.cells.shape[0] for g in (a, b))
    right = max(g.left + g.cells.shape[1] for g in (a, b))
    left_block = _block(a, top, left, bottom - top, right - left)
    right_block = _block(b, top, left, bottom - top, right - left)
    differs = left_block != right_block
    rows, columns = np.nonzero(np.asarray(differs, dtype=bool))
    return [(int(r) + top, int(c) + left) for r, c in zip(rows, columns, strict=True)]


def _same(a: RawGrid, b: RawGrid) -> bool:
    return not _differences(a, b)


def _moved(after: RawGrid, now: RawGrid, key_column: int) -> dict[int, int]:
    """Row after the press → row now, by the text of the key column, where it names one row in both."""

    def places(grid: RawGrid) -> dict[str, int]:
        found: dict[str, int] = {}
        twice: set[str] = set()
        for i in range(grid.cells.shape[0]):
            value = _cell(grid, grid.top + i, key_column)
            if value is None or value == "":
                continue
            text = str(value)
            if text in found:
                twice.add(text)
            found[text] = grid.top + i
        return {k: v for k, v in found.items() if k not in twice}

    old, new = places(after), places(now)
    return {row: new[key] for key, row in old.items() if key in new}


def inverse(
    before: Mapping[str, RawGrid],
    after: Mapping[str, RawGrid],
    now: Mapping[str, RawGrid],
    keys: Mapping[str, int],
    drawn: frozenset[str],
) -> Inverse:
    """What takes a press back in a workbook that was changed since.

    before, after, now: sheet name → raw cells; keys: sheet → its key column (1-based), for sheets whose rows may have moved;
    drawn: the sheets that the press drew whole.
    """
    out = Inverse()
    for sheet, grid in after.items():
        if sheet not in now:
            continue  # a person removed the sheet: nothing is there to take back
        if sheet in drawn:
            if not _same(grid, now[sheet]):
                out.conflicts.append(Conflict(sheet))
            elif sheet in before:
                if not _same(before[sheet], grid):
                    out.restore.append(sheet)
            else:
                out.remove.append(sheet)
        elif sheet in before:
            _undo_cells(sheet, before[sheet], grid, now[sheet], keys.get(sheet), out)
    return out


def _undo_cells(sheet: str, before: RawGrid, after: RawGrid, now: RawGrid, key_column: int | None, out: Inverse) -> None:
    changed = _differences(before, after)
    rows = _moved(after, now, key_column) if key_column else {}
    cells = out.cells.setdefault(sheet, [])
    for row, column in changed:
        there = rows.get(row, row)
        wrote, stands = _cell(after, row, column), _cell(now, there, column)
        if stands == wrote:
            cells.append((there, column, _cell(before, row, column)))
        elif stands != _cell(before, row, column):
            out.conflicts.append(Conflict(sheet, there, column))
    if not cells:
        del out.cells[sheet]
