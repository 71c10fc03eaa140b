"""Whole sheets of an open workbook: drawn ones taken in, old ones of the same name replaced, what points at them put back."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from collections.abc import Mapping, Sequence
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
            there = [sheet.name for sheet in (_there(book, name) for name in names) if sheet is not None]
            outside = _formulas(calls, book, there) if there else []
            charts = calls.chart_sources(book, there) if there else {}
            for name in names:
                _take(calls, book, source.sheets[name], [f for f in outside if _names(f.text, name)], charts)
        finally:
            source.close()


def remove(calls: Calls, book: xw.Book, name: str) -> None:
    """Take a sheet out. HostError: "no-sheet", "last-sheet", "structure-protected"."""
    _check_structure(calls, book)
    sheet = _there(book, name)
    if sheet is None:
        raise HostError("no-sheet", sheet=name)
    if not any(int(s.visible) in _SEEN for s in book.sheets if s.name != sheet.name):
        raise HostError("last-sheet", sheet=name)
    sheet.delete()


def _check_structure(calls: Calls, book: xw.Book) -> None:
    if calls.structure_locked(book):
        raise HostError("structure-protected", file=book.name)


@dataclass(frozen=True)
class Formula:
    """A formula on a person's sheet, as Calls.formulas tells it."""

    sheet: str
    row: int
    column: int
    text: str


def _there(book: xw.Book, name: str) -> xw.Sheet | None:
    return next((s for s in book.sheets if s.name.casefold() == name.casefold()), None)


def _take(calls: Calls, book: xw.Book, drawn: xw.Sheet, pointing: Sequence[Formula], charts: Mapping[str, list[Any]]) -> None:
    """One sheet in; formulas, names and charts that point at the one that it replaces point at it afterwards."""
    name = drawn.name
    old = _there(book, name)
    if old is None:
        _copied(book, drawn, book.sheets[-1], name)
        return
    for formula in pointing:
        if formula.text.startswith("{"):
            place = book.sheets[formula.sheet].range((formula.row, formula.column))
            raise HostError("array-reference", sheet=formula.sheet, cell=place.address.replace("$", ""))
    names = [(n.name, str(n.refers_to)) for n in book.names if _names(str(n.refers_to), old.name)]
    drawing = charts.get(old.name, [])
    new = _copied(book, drawn, old)
    old.delete()
    new.name = name
    for known, refers_to in names:
        if known in book.names:
            book.names[known].refers_to = refers_to
    for formula in pointing:
        with calls.unprotected(book.sheets[formula.sheet]):
            calls.set_formula(book.sheets[formula.sheet].range((formula.row, formula.column)), formula.text)
    calls.restore_charts(drawing)


def _copied(book: xw.Book, drawn: xw.Sheet, after: xw.Sheet, name: str | None = None) -> xw.Sheet:
    """The sheet in its new place. Where the application gives up half-way, what it had made by then goes again."""
    there = [s.name for s in book.sheets]
    try:
        return drawn.copy(after=after, name=name)
    except Exception:
        with contextlib.suppress(Exception):  # the first refusal is the one to tell
            for stray in [s for s in book.sheets if s.name not in there]:
                stray.delete()
        raise


def _formulas(calls: Calls, book: xw.Book, names: Sequence[str]) -> list[Formula]:
    """Every formula that names one of these sheets, on all other sheets."""
    return [
        Formula(sheet.name, row, column, text)
        for sheet in book.sheets
        if sheet.name not in names
        for row, column, text in calls.formula_cells(sheet)
        if any(_names(text, name) for name in names)
    ]


def _names(formula: str, sheet: str) -> bool:
    """Sheet names are quoted where they hold blanks or signs, a quote in them doubled."""
    return sheet in formula or sheet.replace("'", "''") in formula
