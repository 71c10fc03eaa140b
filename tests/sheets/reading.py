"""Reading a made ledger and comparing it with its truth, value by value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np

from macros_py.hosts.host import UNCACHED, CellError, Grid
from macros_py.sheets.as_text import as_text_table
from macros_py.sheets.read import Book, understand
from macros_py.sheets.tables import BY_NAME
from tests.sheets.mess import AS_OF, Ledger


def read(*ledgers: Ledger, as_of: dt.date | None = AS_OF, confirmed: dict[str, str] | None = None) -> Book:
    """The ledgers as the sheets of one workbook, understood."""
    return understand([ledger.grid() for ledger in ledgers], as_of=as_of, confirmed=confirmed)


def told(book: Book) -> dict[str, int]:
    """How often each problem was found, cell by cell."""
    out: dict[str, int] = {}
    for problem in book.problems:
        out[problem.code] = out.get(problem.code, 0) + int(str(problem.values.get("alike", 1)))
    return out


def values(book: Book, names: Iterable[str]) -> list[dict[str, Any]]:
    """Every row of the cases, repeated ones included, as plain values."""
    table = book.as_understood("cases")
    out: dict[str, list[Any]] = {}
    for name in names:
        column = table[name]
        if column.dtype.kind == "M":
            out[name] = ["" if v != v else v.date().isoformat() for v in column]
        else:
            out[name] = [None if v is None or v != v else v for v in column.astype(object).where(column.notna(), None)]
    return [dict(zip(out, row, strict=True)) for row in zip(*out.values(), strict=True)]


def assert_true(book: Book, ledger: Ledger, *, without: Iterable[str] = ()) -> None:
    """Every value of every record as in the truth, on the right Excel row."""
    expected = ledger.expected()
    names = [n for n in expected[0] if n not in set(without)]
    assert values(book, names) == [{n: t[n] for n in names} for t in expected]


def grid(sheet: str, text: str) -> Grid:
    """A sheet written as lines of cells parted by |, first line the header; whole numbers become numbers, ∅ a formula without result."""
    rows = [[_cell(w.strip()) for w in line.split("|")] for line in text.strip().splitlines()]
    cells = np.full((len(rows), max(map(len, rows))), None, object)
    for i, row in enumerate(rows):
        cells[i, : len(row)] = row
    return Grid(sheet, cells)


def _cell(word: str) -> object:
    if word.startswith("#"):
        return CellError(word)
    return None if word == "" else UNCACHED if word == "∅" else int(word) if word.isdecimal() and len(word) < 9 else word


def shown(book: Book, *names: str, table: str = "cases") -> list[str]:
    """Rows of a table as text, the columns named, parted by |."""
    made = as_text_table(book.as_understood(table), BY_NAME[table].columns)
    return ["|".join(row) for row in made[list(names)].to_numpy().tolist()]


def codes(book: Book) -> list[str]:
    return sorted({p.code for p in book.problems})
