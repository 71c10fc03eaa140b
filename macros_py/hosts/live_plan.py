"""What has to be written into an open workbook: the cells in which a sheet as it stands and as it is to be differ, in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from macros_py.hosts.host import UNCACHED, BlockFill, CellWrite, ColumnFill, Formula, Grid, RawCell, RowAppend, TablePlace, header_text
from macros_py.hosts.total_row import Foot

Write = BlockFill | RowAppend | CellWrite


@dataclass(frozen=True)
class Block:
    """A rectangle of new values; row and column are those of its first cell (1-based)."""

    row: int
    column: int
    values: list[list[RawCell]]

    @property
    def bottom(self) -> int:
        return self.row + len(self.values) - 1

    @property
    def right(self) -> int:
        return self.column + len(self.values[0]) - 1


@dataclass(frozen=True)
class NewRows:
    """Rows that an append adds: `count` below row `above`; formulas: columns whose formula the rows take over from it; foot: the total row
    that they push down."""

    above: int
    count: int
    header_row: int
    formulas: frozenset[int]
    foot: Foot | None = None


@dataclass
class Plan:
    """Everything that one sheet takes. formats: column → number format for cells that have none; added: column → width."""

    sheet: str
    blocks: list[Block] = field(default_factory=list)
    rows: list[NewRows] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    added: dict[int, float] = field(default_factory=dict)
    formulas: list[tuple[int, int, Formula]] = field(default_factory=list)  # row, column: cells that get a formula back
    header_row: int = 0
    ends: list[TablePlace] = field(default_factory=list)  # tables that end there again


def plan(before: Grid, after: Grid, writes: Sequence[Write], feet: Sequence[Foot | None] = ()) -> Plan:
    """From what a sheet holds and what it is to hold. writes: the calls that led from the one to the other; feet: for each of them the
    total row that it pushed down."""
    out = Plan(after.sheet)
    old, new = _aligned(before, after)
    differs = np.asarray(old != new, dtype=bool)
    formulas = np.asarray(new == np.array(UNCACHED, dtype=object), dtype=bool)
    for write, foot in zip_longest(writes, feet):
        if isinstance(write, CellWrite):
            out.formulas += [(row, column, value) for row, column, value in write.cells if isinstance(value, Formula)]
            out.ends += write.tables
        else:
            _columns(out, write, old, new)
        if isinstance(write, RowAppend) and foot:
            for j, value in enumerate(new[foot.row - 1]):  # what the total row showed there goes with it
                differs[foot.row - 1, j] |= value is not None and j + 1 in foot.columns
            out.rows.append(NewRows(foot.log[-1], foot.by, write.header_row, _carried(formulas, foot.log[-1]), foot))
        elif isinstance(write, RowAppend):
            out.rows += _new_rows(write, old, new, formulas, out)
    heads = {w.header_row for w in writes if not isinstance(w, CellWrite)}
    out.blocks = list(_blocks(new, differs & ~formulas, heads))
    return out


def _aligned(before: Grid, after: Grid) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Both from A1 on, of one size."""
    rows = max(g.top - 1 + g.cells.shape[0] for g in (before, after))
    columns = max(g.left - 1 + g.cells.shape[1] for g in (before, after))
    out = []
    for grid in (before, after):
        whole = np.full((rows, columns), None, dtype=object)
        n, m = grid.cells.shape
        whole[grid.top - 1 : grid.top - 1 + n, grid.left - 1 : grid.left - 1 + m] = grid.cells
        out.append(whole)
    return out[0], out[1]


def _columns(out: Plan, write: BlockFill | RowAppend, old: npt.NDArray[np.object_], new: npt.NDArray[np.object_]) -> None:
    head = write.header_row - 1
    places: dict[str, int] = {}
    for j in range(new.shape[1]):
        if new[head, j] is not None:
            places.setdefault(header_text(new[head, j]), j + 1)
    out.header_row = write.header_row
    for column in write.columns:
        at = places.get(header_text(column.header))
        if at is not None:
            out.formats[at] = column.number_format
            if old[head, at - 1] is None:
                out.added[at] = column.width


def _new_rows(
    write: RowAppend, old: npt.NDArray[np.object_], new: npt.NDArray[np.object_], formulas: npt.NDArray[np.bool_], out: Plan
) -> Iterator[NewRows]:
    count = max((len(c.values) for c in write.columns), default=0)
    ours = _ours(write.columns, new[write.header_row - 1])
    grown = [i + 1 for i in range(write.header_row, len(new)) if _taken(new[i], ours) and not _taken(old[i], ours)]
    if count and grown:
        first = max(grown[-1] - count + 1, write.header_row + 1)
        yield NewRows(first - 1, count, write.header_row, _carried(formulas, first - 1))


def _carried(formulas: npt.NDArray[np.bool_], above: int) -> frozenset[int]:
    """The columns that hold a formula in the first new row."""
    return frozenset(int(j) + 1 for j in np.flatnonzero(formulas[above]))


def _ours(columns: Iterable[ColumnFill], header: npt.NDArray[np.object_]) -> list[int]:
    names = {header_text(c.header) for c in columns}
    return [j for j, v in enumerate(header) if v is not None and header_text(v) in names]


def _taken(row: npt.NDArray[np.object_], columns: list[int]) -> bool:
    return any(row[j] is not None for j in columns)


def _blocks(new: npt.NDArray[np.object_], differs: npt.NDArray[np.bool_], heads: set[int]) -> Iterator[Block]:
    """Rectangles of cells that differ: runs down a column, joined with equal runs beside them. A header row stands alone."""
    open_runs: dict[tuple[int, int], int] = {}  # (first row, end) → first column
    for j in range(new.shape[1] + 1):
        runs = set(_runs(differs[:, j], heads)) if j < new.shape[1] else set()
        for start, end in [r for r in open_runs if r not in runs]:
            left = open_runs.pop((start, end))
            yield Block(start + 1, left + 1, [list(row) for row in new[start:end, left:j]])
        for run in sorted(runs):
            open_runs.setdefault(run, j)


def _runs(column: npt.NDArray[np.bool_], heads: set[int]) -> Iterator[tuple[int, int]]:
    at = np.flatnonzero(column)
    if not len(at):
        return
    breaks = [k for k in range(1, len(at)) if at[k] != at[k - 1] + 1 or at[k] + 1 in heads or at[k - 1] + 1 in heads]
    for first, last in zip([0, *breaks], [*breaks, len(at)], strict=True):
        yield int(at[first]), int(at[last - 1]) + 1
