"""Whole sheets of an open workbook: drawn ones taken in, old ones of the same name replaced, what points at them put back."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from macros_py.hosts.host import HostError
from macros_py.hosts.live_calls import Calls

_SEEN: Final = (1, -1)  # True, or xlSheetVisible; hidden sheets are 0 and 2


def adopt(calls: Calls, book: xw.Book, drawn: bytes, names: Sequence[str]) -> None:
    """Copy sheets of a drawn workbook in, one at a time. One of the same name is replaced where it stands.

    HostError: "structure-protected"; "array-reference" when an array formula points at a sheet that is to be replaced.
    """
    if not names:
        return
    _check_structure(calls, book)
    with tempfile.TemporaryDirectory(prefix="dunbook-") as folder:
        path = Path(folder) / f"dunbook-{secrets.token_hex(6)}.xlsx"  # Excel opens no two workbooks of one name
        path.write_bytes(drawn)
        source = book.app.books.open(str(path), update_links=False, read_only=True)
        try:
            for name in names:
                _take(calls, book, source.sheets[name])
        finally:
            source.close()


def remove(calls: Calls, book: xw.Book, name: str) -> None:
    """Take a sheet out. HostError: "no-sheet", "last-sheet", "structure-protected"."""
    _check_structure(calls, book)
    sheet = next((s for s in book.sheets if s.name.casefold() == name.casefold()), None)
    if sheet is None:
        raise HostError("no-sheet", sheet=name)
    if not any(int(s.visible) in _SEEN for s in book.sheets if s.name != sheet.name):
        raise HostError("last-sheet", sheet=name)
    sheet.delete()


def _check_structure(calls: Calls, book: xw.Book) -> None:
    if calls.structure_locked(book):
        raise HostError("structure-protected", file=book.name)


def _take(calls: Calls, book: xw.Book, drawn: xw.Sheet) -> None:
    name = drawn.name
    old = next((s for s in book.sheets if s.name.casefold() == name.casefold()), None)
    if old is None:
        drawn.copy(after=book.sheets[-1], name=name)
        return
    pointing = Pointing.at(calls, book, old)
    new = drawn.copy(after=old)
    old.delete()
    new.name = name
    pointing.restore(calls, book)


@dataclass(frozen=True)
class Pointing:
    """What the rest of a workbook says of one sheet: formulas by (sheet, row, column), names, charts."""

    formulas: list[tuple[str, int, int, str]]
    names: list[tuple[str, str]]
    charts: list[Any]

    @classmethod
    def at(cls, calls: Calls, book: xw.Book, sheet: xw.Sheet) -> Pointing:
        """Everything outside of the sheet that names it."""
        formulas = [found for other in book.sheets if other.name != sheet.name for found in _formulas(calls, other, sheet.name)]
        names = [(n.name, str(n.refers_to)) for n in book.names if _names(str(n.refers_to), sheet.name)]
        return cls(formulas, names, calls.chart_sources(book, sheet.name))

    def restore(self, calls: Calls, book: xw.Book) -> None:
        """Let it all point at the sheet that has the name now."""
        for name, refers_to in self.names:
            if name in book.names:
                book.names[name].refers_to = refers_to
        for sheet, row, column, formula in self.formulas:
            with calls.unprotected(book.sheets[sheet]):
                calls.set_formula(book.sheets[sheet].range((row, column)), formula)
        calls.restore_charts(self.charts)


def _formulas(calls: Calls, other: xw.Sheet, name: str) -> list[tuple[str, int, int, str]]:
    used = other.used_range
    found = calls.formulas(used)
    hits = [
        (other.name, used.row + i, used.column + j, text)
        for i, row in enumerate(found)
        for j, text in enumerate(row)
        if isinstance(text, str) and text.startswith(("=", "{=")) and _names(text, name)
    ]
    for _, row, column, text in hits:
        if text.startswith("{"):
            raise HostError("array-reference", sheet=other.name, cell=other.range((row, column)).address.replace("$", ""))
    return hits


def _names(formula: str, sheet: str) -> bool:
    """Sheet names are quoted where they hold blanks or signs, a quote in them doubled."""
    return sheet in formula or sheet.replace("'", "''") in formula
