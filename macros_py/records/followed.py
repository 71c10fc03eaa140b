"""Where a cell of the sheet as a press left it stands now: rows followed by their key, columns by their header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

DEPTH: Final = 60  # rows from the top among which a header is looked for
ALIKE: Final = 0.5  # share of equal cells from which a sheet or a row is taken for the same one


PlaceOfTable = tuple[int, int, int, int, int]  # top, left, bottom, right, how many rows at the end are its total row


class RawGrid(Protocol):
    """Raw cells of a sheet as a host reads them."""

    @property
    def cells(self) -> npt.NDArray[np.object_]: ...
    @property
    def top(self) -> int: ...
    @property
    def left(self) -> int: ...
    @property
    def tables(self) -> Sequence[PlaceOfTable]: ...


@dataclass(frozen=True)
class Anchor:
    """By what the rows of a sheet are known again: the key column and the header row (1-based)."""

    key_column: int
    header_row: int


@dataclass
class Way:
    """From places in `after` to places in `now`. A row or column that is gone leads to None; one not named stays where it was."""

    after: RawGrid
    now: RawGrid
    rows: dict[int, int | None] = field(default_factory=dict)
    columns: dict[int, int | None] = field(default_factory=dict)
    header: int = 0  # the header row in `now`; 0 where none is known

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """The place of a cell now; None when its row or its column was deleted."""
        r, c = self.rows.get(row, row), self.columns.get(column, column)
        return None if r is None or c is None else (r, c)


def cell(grid: RawGrid, row: int, column: int) -> Any:
    """One cell; None outside of what the grid holds."""
    i, j = row - grid.top, column - grid.left
    inside = 0 <= i < grid.cells.shape[0] and 0 <= j < grid.cells.shape[1]
    return grid.cells[i, j] if inside else None


def block(grid: RawGrid, top: int, left: int, rows: int, columns: int) -> npt.NDArray[np.object_]:
    """The grid's cells over a given area, blank outside of what it holds."""
    out = np.full((rows, columns), None, dtype=object)
    i0, j0 = grid.top - top, grid.left - left
    n, m = min(grid.cells.shape[0], rows - i0), min(grid.cells.shape[1], columns - j0)
    if n > 0 and m > 0:
        out[i0 : i0 + n, j0 : j0 + m] = grid.cells[:n, :m]
    return out


def way(after: RawGrid, now: RawGrid, anchor: Anchor | None) -> Way:
    """How the sheet's rows and columns have moved since the press."""
    if anchor is None:
        return Way(after, now, _rows_by_content(after, now))
    header = _header_now(after, now, anchor.header_row)
    columns = _paired(_labels(after, anchor.header_row), _labels(now, header)) if header else {}
    key = columns.get(anchor.key_column, anchor.key_column)
    rows: dict[int, int | None] = {}
    if key is not None and header:
        rows = _paired(_keys(after, anchor.key_column, anchor.header_row), _keys(now, key, header))
        rows[anchor.header_row] = header
    return Way(after, now, rows, columns, header)


def renamed(grid: RawGrid, others: Mapping[str, RawGrid]) -> str:
    """The sheet among `others` that is this one under another name; "" when there is none."""
    return next((name for name, other in others.items() if _alike(grid, other)), "")


def _alike(a: RawGrid, b: RawGrid) -> bool:
    rows, columns = a.cells.shape
    mine, other = block(a, a.top, a.left, rows, columns), block(b, a.top, a.left, rows, columns)
    filled = np.asarray(mine != np.array(None, dtype=object), dtype=bool)
    return bool(filled.any()) and float(np.asarray(mine == other, dtype=bool)[filled].mean()) > ALIKE


def _row(grid: RawGrid, row: int) -> Sequence[Any]:
    i = row - grid.top
    return list(grid.cells[i]) if 0 <= i < grid.cells.shape[0] else []


def _header_now(after: RawGrid, now: RawGrid, row: int) -> int:
    """The row of `now` that shares most header texts; 0 when none shares half of them."""
    wanted = {str(v) for v in _row(after, row) if v is not None}
    shared = [(len(wanted & {str(v) for v in _row(now, r) if v is not None}), -abs(r - row), r) for r in range(now.top, now.top + DEPTH)]
    most, _, found = max(shared, default=(0, 0, 0))
    return found if wanted and most >= ALIKE * len(wanted) else 0


def _labels(grid: RawGrid, row: int) -> list[tuple[int, str]]:
    return [(grid.left + j, str(v)) for j, v in enumerate(_row(grid, row)) if v is not None]


def _keys(grid: RawGrid, column: int, header: int) -> list[tuple[int, str]]:
    j = column - grid.left
    if not 0 <= j < grid.cells.shape[1]:
        return []
    return [(grid.top + i, str(v)) for i, v in enumerate(grid.cells[:, j]) if grid.top + i > header and v is not None and v != ""]


def _paired(old: list[tuple[int, str]], new: list[tuple[int, str]]) -> dict[int, int | None]:
    """Place → place by text, the nth of a text to the nth; None where the text is gone or stands there another number of times."""
    there: dict[str, list[int]] = {}
    for place, text in new:
        there.setdefault(text, []).append(place)
    times = Counter(text for _, text in old)
    seen: Counter[str] = Counter()
    out: dict[int, int | None] = {}
    for place, text in old:
        places = there.get(text, [])
        out[place] = places[seen[text]] if len(places) == times[text] else None
        seen[text] += 1
    return out


def _rows_by_content(after: RawGrid, now: RawGrid) -> dict[int, int | None]:
    """Rows of a log by everything that they say; a row that was edited is looked for where it stood."""
    places = _paired(_contents(after), _contents(now))
    taken = {there for there in places.values() if there is not None}
    return {row: there if there is not None else _where_it_stood(after, now, row, taken) for row, there in places.items()}


def _contents(grid: RawGrid) -> list[tuple[int, str]]:
    rows = ((grid.top + i, [v for v in row if v is not None]) for i, row in enumerate(grid.cells))
    return [(row, repr(said)) for row, said in rows if said]


def _where_it_stood(after: RawGrid, now: RawGrid, row: int, taken: set[int]) -> int | None:
    old, new = _row(after, row), _row(now, row)
    said = [(a, new[j] if j < len(new) else None) for j, a in enumerate(old) if a is not None]
    return row if row not in taken and sum(a == b for a, b in said) >= ALIKE * len(said) else None
