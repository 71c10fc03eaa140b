"""The raw calls in Calc, over UNO."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from macros_py.hosts.calc.book import cover
from macros_py.hosts.calc.bridge import plainly, properties, struct, uno
from macros_py.hosts.calc.form import form
from macros_py.hosts.host import HostError
from macros_py.hosts.live_calls import Form
from macros_py.hosts.passwords import decrypted, under_password

_VALUES: Final = 1 | 2 | 4  # com.sun.star.sheet.CellFlags: numbers, dates, texts
_FORMULAS: Final = 16
_EXCEL_FILE, _CALC = 3, 0  # com.sun.star.sheet.AddressConvention.XL_OOX, OOO
_COLUMNS: Final = re.compile(r"""("[^"]*"|'[^']*')|[^\W\d][\w.]*\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]""")
_STAND_IN: Final = 918_273_640_000  # a number that nobody writes
_XLSX: Final = "Calc MS Excel 2007 XML"


class CalcCalls:
    """LibreOffice Calc. A block written over hidden rows goes where it should, so filters may stay on."""

    def ready(self, book: xw.Book) -> bool:
        """Calc takes calls at any time."""
        return True

    @plainly
    def needs_password(self, book: xw.Book) -> bool:
        """The media descriptor tells."""
        return any(one.Name == "EncryptionData" for one in book.api.getArgs())

    @plainly
    def save_copy(self, book: xw.Book, folder: Path, secret: str = "") -> Path:
        """Always as .xlsx, whatever the document is; storeToURL leaves the document and its file alone.

        Calc would take any password for the copy, so it is tried on the document's own file.
        """
        if secret:
            stored = Path(book.fullname).read_bytes()
            if not under_password(stored):
                raise HostError("password-format")
            decrypted(stored, secret)
        path = folder / "copy.xlsx"
        how = {"FilterName": _XLSX, **({"Password": secret} if secret else {})}
        book.api.storeToURL(uno().systemPathToFileUrl(str(path)), properties(**how))
        return path

    @plainly
    def structure_locked(self, book: xw.Book) -> bool:
        """Document protection."""
        return bool(book.api.isProtected())

    @contextmanager
    def unprotected(self, sheet: xw.Sheet) -> Iterator[None]:
        """Protection without a password. Which acts it allowed beside cannot be told over UNO: Calc's defaults come back."""
        if not sheet.api.isProtected():
            yield
            return
        try:
            sheet.api.unprotect("")
        except Exception as error:
            raise HostError("sheet-protected", sheet=sheet.name) from error
        if sheet.api.isProtected():
            raise HostError("sheet-protected", sheet=sheet.name)
        try:
            yield
        finally:
            sheet.api.protect("")

    @contextmanager
    def unfiltered(self, sheet: xw.Sheet) -> Iterator[bool]:
        """Nothing to clear."""
        yield True

    @plainly
    def widen_filter(self, sheet: xw.Sheet, header_row: int, right: int, by: int) -> None:
        """The sheet's database range without a name is its filter."""
        place, ranges = sheet.index - 1, sheet.book.api.getPropertyValue("UnnamedDatabaseRanges")
        if not ranges.hasByTable(place):
            return
        found = ranges.getByTable(place)
        area = found.DataArea
        if found.AutoFilter and (area.StartRow + 1, area.EndColumn + 1) == (header_row, right):
            area.EndColumn += by
            cover(found, area)

    def copy_formats(self, source: xw.Range, target: xw.Range) -> None:
        """Copied whole, then emptied: only formats are wanted and the target holds nothing yet."""
        source.copy(target)
        target.clear_contents()

    @plainly
    def extend_down(self, row: xw.Range, count: int) -> None:
        """Copied twice as many each time; the constants go, the formulas stay."""
        done = 1
        while done < count + 1:
            step = min(done, count + 1 - done)
            row.resize(step, row.shape[1]).copy(row.offset(done, 0))
            done += step
        row.offset(1, 0).resize(count, row.shape[1]).api.clearContents(_VALUES)

    @plainly
    def formulas(self, cells: xw.Range) -> list[list[Any]]:
        """In Calc's own words."""
        return [list(row) for row in cells.api.getFormulaArray()]

    @plainly
    def formula_cells(self, sheet: xw.Sheet) -> list[tuple[int, int, str]]:
        """Only cells with formulas are asked for, and they are found by Calc."""
        found = sheet.api.queryContentCells(_FORMULAS)
        return [
            (area.StartRow + i + 1, area.StartColumn + j + 1, text)
            for n, area in enumerate(found.RangeAddresses)
            for i, row in enumerate(found.getByIndex(n).getFormulaArray())
            for j, text in enumerate(row)
        ]

    def set_formula(self, cell: xw.Range, formula: str) -> None:
        """An array formula is shown in braces."""
        if formula.startswith("{"):
            raise HostError("array-reference", sheet=cell.sheet.name, cell=cell.address.replace("$", ""))
        cell.formula = formula

    @plainly
    def put_formula(self, cell: xw.Range, formula: str) -> None:
        """Calc's parser of formulas, told that these are in the words of Excel's files. It knows no columns of tables: numbers stand in for
        them, and they are put into what it prints, in Calc's own words."""
        document, place = cell.sheet.book.api, cell.api.RangeAddress
        parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish, parser.FormulaConvention = True, _EXCEL_FILE
        at = struct("com.sun.star.table.CellAddress", Sheet=place.Sheet, Column=place.StartColumn, Row=place.StartRow)
        plain, columns = _without_columns(formula)
        tokens = parser.parseFormula(plain, at)
        if not columns:
            cell.api.getCellByPosition(0, 0).setTokens(tokens)
            return
        parser.FormulaConvention = _CALC
        text = parser.printFormula(tokens, at)
        for stand_in, column in columns.items():
            text = text.replace(stand_in, column)
        cell.api.getCellByPosition(0, 0).setFormula("=" + text)

    @plainly
    def chart_sources(self, book: xw.Book, sheets: Sequence[str]) -> dict[str, list[Any]]:
        """The ranges of charts that lie on these sheets."""
        places = {book.sheets[name].index - 1: name for name in sheets}
        found: dict[str, list[Any]] = {name: [] for name in sheets}
        for other in book.sheets:
            charts = other.api.Charts
            for chart in (charts.getByIndex(n) for n in range(0 if other.name in sheets else charts.Count)):
                ranges = chart.getRanges()
                for name in {places[r.Sheet] for r in ranges if r.Sheet in places}:
                    found[name].append((chart, ranges))
        return found

    @plainly
    def restore_charts(self, sources: list[Any]) -> None:
        """The sheet stands where it stood, so the ranges hold."""
        for chart, ranges in sources:
            chart.setRanges(ranges)

    @plainly
    def look_at(self, sheet: xw.Sheet) -> None:
        """By the controller of the document."""
        sheet.impl.activate()

    def hide_name(self, name: xw.main.Name) -> None:
        """Names that begin with an underline are made hidden by the engine."""

    def form(self, book: xw.Book) -> Form:
        """A dialog over the document's window."""
        controller = book.api.getCurrentController()
        window = controller.getFrame().getContainerWindow() if controller is not None else None
        return lambda spec: form(book.app.impl.context, window, spec)


def _without_columns(formula: str) -> tuple[str, dict[str, str]]:
    """A formula with a number in place of each Table[Column], and what they stand for in Calc's words, where ; parts what is inside."""
    columns: dict[str, str] = {}

    def taken(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        stand_in = str(_STAND_IN + len(columns))
        columns[stand_in] = found[0].replace("],[", "];[")
        return stand_in

    return _COLUMNS.sub(taken, formula), columns
