"""Gather single cells into a grid, row by row, as tables of documents come."""

from __future__ import annotations

from typing import Final

import numpy as np

from macros_py.hosts.host import Grid, HostError, RawCell
from macros_py.hosts.references import MAX_ROW, cell_name

MAX_AREA: Final = 40_000_000


class SheetBuilder:
    """Takes cells by 1-based row and column, in any order; blanks are left out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._cells: dict[tuple[int, int], RawCell] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden: list[int] = []

    def put(self, row: int, column: int, value: RawCell) -> None:
        if value is not None and value != "":
            self._cells[row, column] = value
            if len(self._cells) > MAX_AREA:
                raise HostError("too-large")

    def merge(self, row: int, column: int, down: int, across: int) -> None:
        """down, across: how many rows and columns further the cell reaches."""
        if down > 0 or across > 0:
            self.merged.append((row, column, row + down, column + across))

    def grid(self) -> Grid:
        """The sheet from A1 to its last cell. HostError("far-cell") when a stray cell would make it too large."""
        rows = max((row for row, _ in self._cells), default=0)
        columns = max((column for _, column in self._cells), default=0)
        if rows > MAX_ROW or rows * columns > MAX_AREA:
            raise HostError("far-cell", sheet=self.name, cell=cell_name(rows, columns))
        cells = np.full((rows, columns), None, object)
        for (row, column), value in self._cells.items():
            cells[row - 1, column - 1] = value
        hidden = frozenset(row for row in self.hidden if row <= rows)
        return Grid(self.name, cells, merged=tuple(self.merged), hidden_rows=hidden)


def number(text: str) -> RawCell:
    """A number of an XML document as the grid holds it: int when whole and exact; the text itself when it is none."""
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
