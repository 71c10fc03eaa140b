"""What of a fill a sheet does not show yet. The rest need not be compared cell by cell in the sheet's XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from macros_py.hosts.host import BlockFill, CellError, ColumnFill, Grid, RawCell, WriteCell, header_text, key_text


def unlike(block: BlockFill, grid: Grid) -> BlockFill:
    """The rows and columns of a fill in which something may differ from what stands; whole where headers are merged.

    A cell counts as the same only where that is certain: a fill compares by itself what is left, and says which rows have moved.
    """
    if not block.rows or any(top <= block.header_row <= bottom for top, _, bottom, _ in grid.merged) or not _keys_stand(block, grid):
        return block
    there = _places(grid, block.header_row)
    rows = np.array(block.rows) - grid.top
    differing: list[tuple[ColumnFill, npt.NDArray[np.bool_]]] = []
    for column in block.columns:
        at = there.get(header_text(column.header))
        differs = np.ones(len(rows), dtype=bool) if at is None else _differs(grid.cells[rows, at].tolist(), column.values)
        if differs.any():
            differing.append((column, differs))
    if not differing:
        return replace(block, rows=(), keys=(), columns=())
    kept = np.flatnonzero(np.logical_or.reduce([d for _, d in differing])).tolist()
    columns = [replace(c, values=[c.values[i] for i in kept]) for c, _ in differing]
    return replace(block, rows=[block.rows[i] for i in kept], keys=[block.keys[i] for i in kept], columns=columns)


def _keys_stand(block: BlockFill, grid: Grid) -> bool:
    """Whether every row lies in the grid and holds its key."""
    if min(block.rows) < grid.top or max(block.rows) >= grid.top + len(grid.cells):
        return False
    held = grid.cells[np.array(block.rows) - grid.top, block.key_column - grid.left].tolist()
    return all(a == b or key_text(a) == key_text(b) for a, b in zip(held, block.keys, strict=True))


def _places(grid: Grid, header_row: int) -> dict[str, int]:
    """Header → where in the grid; the leftmost where one stands twice."""
    found: dict[str, int] = {}
    if 0 <= header_row - grid.top < len(grid.cells):
        for j, cell in enumerate(grid.cells[header_row - grid.top]):
            if cell is not None:
                found.setdefault(header_text(cell), j)
    return found


def _differs(held: Sequence[RawCell], wanted: Sequence[WriteCell]) -> npt.NDArray[np.bool_]:
    kinds = {*map(type, held), *map(type, wanted)}
    if Decimal in kinds:
        wanted = [float(v) if isinstance(v, Decimal) else v for v in wanted]
    if "" in wanted:
        wanted = [None if v == "" else v for v in wanted]
    if bool in kinds or CellError in kinds:  # True equals 1, an error value its text
        return np.array([type(a) is not type(b) or a != b for a, b in zip(held, wanted, strict=True)], dtype=bool)
    return np.array([a != b for a, b in zip(held, wanted, strict=True)], dtype=bool)
