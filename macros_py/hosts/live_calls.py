"""The few calls on an open workbook that xlwings has no member for, named here and made by each application in its own way.

Every one of them stands on the check list for Excel (docs/excel-claims.md); Calc's run in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import xlwings as xw

from macros_py.hosts.host import HostError

Form = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]


class Calls(Protocol):
    """Raw calls of one application."""

    def ready(self, book: xw.Book) -> bool:
        """Whether the application takes calls now; not while a person edits a cell or a dialog is open."""

    def needs_password(self, book: xw.Book) -> bool:
        """Whether the workbook is saved under a password to open."""

    def save_copy(self, book: xw.Book, folder: Path, secret: str = "") -> Path:
        """A copy of the workbook as it is now, unsaved edits included; the workbook itself stays as it is.

        secret: the password to open, where there is one; the copy lies under it too. HostError("wrong-password", "password-format").
        """

    def structure_locked(self, book: xw.Book) -> bool:
        """Whether sheets can neither be added nor removed."""

    def unprotected(self, sheet: xw.Sheet) -> AbstractContextManager[None]:
        """Sheet protection without a password taken off and put back. HostError("sheet-protected") where there is a password."""

    def unfiltered(self, sheet: xw.Sheet) -> AbstractContextManager[bool]:
        """Filters cleared and put back; → whether whole blocks may be written (else hidden rows cell by cell)."""

    def widen_filter(self, sheet: xw.Sheet, header_row: int, right: int, by: int) -> None:
        """A filter of the sheet's own that ends in this cell takes in so many columns more, and hides the same rows."""

    def copy_formats(self, source: xw.Range, target: xw.Range) -> None:
        """How cells look, not what they hold."""

    def extend_down(self, row: xw.Range, count: int) -> None:
        """`count` rows below like this one: formats and formulas; its constants are not repeated."""

    def formulas(self, cells: xw.Range) -> list[list[Any]]:
        """Formulas as set_formula takes them; what is no formula as its value."""

    def formula_cells(self, sheet: xw.Sheet) -> list[tuple[int, int, str]]:
        """Row, column and text of every formula of a sheet, as `formulas` gives them."""

    def set_formula(self, cell: xw.Range, formula: str) -> None:
        """Put a formula back as `formulas` gave it. HostError("array-reference") for one that spans several cells."""

    def put_formula(self, cell: xw.Range, formula: str) -> None:
        """A formula in Excel's own words, as files hold it, without the sign =."""

    def chart_sources(self, book: xw.Book, sheets: Sequence[str]) -> dict[str, list[Any]]:
        """What charts on all other sheets draw from each of these, for restore_charts."""

    def restore_charts(self, sources: list[Any]) -> None:
        """Let the charts draw from there again."""

    def look_at(self, sheet: xw.Sheet) -> None:
        """Bring a sheet to the front of its workbook; xlwings' own way also moves windows, and raises where that fails."""

    def hide_name(self, name: xw.main.Name) -> None:
        """Take a name out of people's sight."""

    def form(self, book: xw.Book) -> Form | None:
        """What shows a form (run/asking.py) in the application itself: it gives what was typed, None when cancelled. None where there is none."""


def calls_for(book: xw.Book) -> Calls:
    """The calls of the application in which a workbook is open."""
    engine = book.app.engine.name
    if engine == "calc":
        from macros_py.hosts.calc.calls import CalcCalls

        return CalcCalls()
    if engine == "excel":
        from macros_py.hosts.excel_calls import ExcelCalls

        return ExcelCalls()
    raise HostError("no-application")
