"""A1 references: letters and numbers, rectangles, and what becomes of a list of ranges when rows or columns are added."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384
_CELL: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")


class Area(NamedTuple):
    """A rectangle of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        return not (self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top)

    def text(self, absolute: bool = False) -> str:
        first, last = cell_name(self.top, self.left, absolute), cell_name(self.bottom, self.right, absolute)
        return first if first == last and not absolute else f"{first}:{last}"


@lru_cache(maxsize=20_000)
def letters(column: int) -> str:
    """28 → AB."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


@lru_cache(maxsize=20_000)
def column_number(name: str) -> int:
    """AB → 28."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int, absolute: bool = False) -> str:
    """(3, 28) → AB3, or $AB$3."""
    return f"${letters(column)}${row}" if absolute else f"{letters(column)}{row}"


def area(ref: str) -> Area | None:
    """A1 or A1:C9 as a rectangle; None for whole columns, other sheets and what is no reference."""
    first, _, last = ref.partition(":")
    a, b = _CELL.match(first), _CELL.match(last or first)
    if not a or not b:
        return None
    rows, columns = (int(a[2]), int(b[2])), (column_number(a[1]), column_number(b[1]))
    return Area(min(rows), min(columns), max(rows), max(columns))


def areas(sqref: str) -> list[Area]:
    """The rectangles of a space-separated list."""
    return [found for ref in sqref.split() if (found := area(ref))]


def taller(sqref: str, old_last: int, new_last: int, top: int) -> str:
    """The ranges that end in row `old_last` (and do not begin above `top`) reach down to `new_last`; others stay to the letter."""
    out = []
    for ref in sqref.split():
        found = area(ref)
        if found and found.bottom == old_last and found.top >= top:
            out.append(found._replace(bottom=new_last).text("$" in ref))
        else:
            out.append(ref)
    return " ".join(out)


def lower(sqref: str, row: int, by: int, top: int) -> str:
    """As `taller` for ranges that end in a row which moves `by` rows down; those that are within the row move with it."""
    out = []
    for ref in sqref.split():
        found = area(ref)
        if found and found.top == found.bottom == row:
            out.append(found._replace(top=row + by, bottom=row + by).text("$" in ref))
        else:
            out.append(taller(ref, row, row + by, top))
    return " ".join(out)
