"""Gather single cells into a grid, row by row, as tables of documents come."""

from __future__ import annotations

from array import array
from typing import Final

import numpy as np

from macros_py.hosts.host import Grid, HostError, RawCell
from macros_py.hosts.references import MAX_COLUMN, MAX_ROW, cell_name

MAX_AREA: Final = 40_000_000


class SheetBuilder:
    """Takes cells by 1-based row and column, in any order; blanks are left out, of two at one place the later counts."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._rows, self._columns = array("q"), array("q")
        self._values: list[RawCell] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden: list[int] = []

    def put(self, row: int, column: int, value: RawCell, down: int = 1, across: int = 1) -> None:
        """A value, standing in `down` rows and `across` columns. HostError("far-cell") beyond what a sheet can have."""
        if value is None or value == "":
            return
        last_row, last_column = row + down - 1, column + across - 1
        if last_row > MAX_ROW or last_column > MAX_COLUMN or len(self._values) + down * across > MAX_AREA:
            raise HostError("far-cell", sheet=self.name, cell=cell_name(min(last_row, MAX_ROW), min(last_column, MAX_COLUMN)))
        for at in range(row, last_row + 1):
            self._rows.extend([at] * across)
            self._columns.extend(range(column, last_column + 1))
            self._values.extend([value] * across)

    def merge(self, row: int, column: int, down: int, across: int) -> None:
        """down, across: how many rows and columns further the cell reaches."""
        if down > 0 or across > 0:
            self.merged.append((row, column, row + down, column + across))

    def grid(self) -> Grid:
        """The sheet from A1 to its last cell. HostError("far-cell") when a stray cell would make it too large."""
        rows, columns = max(self._rows, default=0), max(self._columns, default=0)
        if rows * columns > MAX_AREA:
            raise HostError("far-cell", sheet=self.name, cell=cell_name(rows, columns))
        cells = np.full((rows, columns), None, object)
        held = np.empty(len(self._values), object)
        held[:] = self._values
        cells[np.array(self._rows, np.int64) - 1, np.array(self._columns, np.int64) - 1] = held
        hidden = frozenset(row for row in self.hidden if row <= rows)
        return Grid(self.name, cells, merged=tuple(self.merged), hidden_rows=hidden)


def number(text: str) -> RawCell:
    """A number of an XML document as the grid holds it: int when whole and exact; the text itself when it is none."""
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
