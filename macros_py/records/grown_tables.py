"""Tables that a press made longer: whether they can end again where they ended, and what becomes of the total row that went down with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from macros_py.records.followed import PlaceOfTable, RawGrid, Way, cell


@dataclass(frozen=True)
class GrownTable:
    """was, made: where it stood before the press and after it. shrinks: nobody typed into its new rows or below them since."""

    was: PlaceOfTable
    made: PlaceOfTable
    shrinks: bool

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell belongs to the rows that came, or to its total row before or after them."""
        return row in self.rows and column in self.columns

    def places(self) -> Iterator[tuple[int, int]]:
        """Its cells in those rows."""
        return ((row, column) for row in self.rows for column in self.columns)

    @property
    def rows(self) -> range:
        _, _, bottom, _, totals = self.was
        return range(bottom + 1 - totals, self.made[2] + 1)

    @property
    def columns(self) -> range:
        return range(self.made[1], self.made[3] + 1)

    @property
    def total_row(self) -> int:
        """Where the total row stands after the press; 0 without one."""
        return self.made[2] if self.made[4] else 0


def grown_tables(before: RawGrid, to: Way) -> Iterator[GrownTable]:
    """The tables that stand in one corner before and after a press and end further down after it; not where the press never came to them."""
    known = {table[:2]: table for table in before.tables}
    for made in to.after.tables:
        was = known.get(made[:2])
        if was is not None and made[2] > was[2]:
            table = GrownTable(was, made, shrinks=False)
            if was in to.now.tables and all(cell(to.now, *at) == cell(before, *at) for at in table.places()):
                continue
            yield replace(table, shrinks=_stands(made, to) and _untouched(table, before, to))


def _stands(made: PlaceOfTable, to: Way) -> bool:
    """Whether the table is still there, and not longer than the press made it."""
    return any(table[:2] == made[:2] and table[2] <= made[2] for table in to.now.tables)


def _untouched(table: GrownTable, before: RawGrid, to: Way) -> bool:
    """Every cell is as the press left it, as it was, or blank, as where a press was cut off; nothing stands below."""
    end = to.now.top + to.now.cells.shape[0]
    if any(to.place(*at) not in (at, None) for at in table.places()):
        return False
    if any(cell(to.now, row, column) not in (None, "") for row in range(table.made[2] + 1, end) for column in table.columns):
        return False
    return all(_ours(cell(to.now, *at), cell(to.after, *at), cell(before, *at)) for at in table.places())


def _ours(stands: Any, wrote: Any, was: Any) -> bool:
    return stands in (None, "") or stands in (wrote, was) or not writable(wrote) or not writable(was)


def writable(value: Any) -> bool:
    """Whether a cell can be put back by its value: errors and formulas without a result cannot."""
    return value is None or type(value).__module__ in ("builtins", "datetime")
