"""An xlwings engine with Excel's documented faults, over a workbook in memory: what our raw calls and writes must withstand.

Faults: a block written over rows that a filter hides lands in the rows that are seen (xlwings#747, #2619); text that looks like a number,
a date or a formula is taken for one, unless the cell is text; numbers become text in text cells; locked cells of protected sheets refuse;
while a cell is edited every call is rejected; formulas, names and charts that point at a deleted sheet say #REF!; a table's total row
that is hidden takes what stands below it along, and comes back in the way that the table remembers, with formulas of people's own forgotten and those that asked for it at #REF!.
"""

from __future__ import annotations

import copy
import re
import warnings
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl
import xlwings as xw
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.table import Table as SheetTable
from xlwings import base_classes

from tests.hosts import faulty_com as com

NUMBER = re.compile(r"-?[\d,]*\.?\d+%?")
DAY = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}月\d{1,2}日")


class Engine:
    """The name is Excel's, so that Excel's raw calls are used."""

    name = "excel"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = base_classes.Apps()

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(data: Any, dates: Any, empty: Any, numbers: Any, errors: Any) -> list[list[Any]]:
        return [[empty if v == "" else v for v in row] for row in data]


class App(base_classes.App):
    engine: Any = Engine()
    books: Any = None
    pid: Any = 4711
    version = "16.0"
    screen_updating = enable_events = display_alerts = True
    status_bar: Any = False
    cut_copy_mode: Any = None
    selection: Any = None  # None as where a shape is selected

    def __init__(self) -> None:
        self.books, self.refused_calls = Books(self), 0
        self.said: list[str] = []

    @property
    def api(self) -> Any:
        return com.Application(self)

    def activate(self, steal_focus: bool = False) -> None:
        return None

    def alert(self, prompt: str, title: Any, buttons: Any, mode: Any, callback: Any = None) -> str:
        self.said.append(prompt)
        return "ok"


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app
        self.open_ones: list[Book] = []

    def open(self, fullname: str, *arguments: Any, **named: Any) -> Book:
        book = Book(self.app, Path(fullname))
        self.open_ones.append(book)
        return book

    def __iter__(self) -> Iterator[Book]:
        return iter(self.open_ones)

    def __len__(self) -> int:
        return len(self.open_ones)

    def __call__(self, key: int | str) -> Book:
        found = [b for i, b in enumerate(self.open_ones, 1) if key in (i, b.name)]
        if not found:
            raise KeyError(key)
        return found[0]


class Book(base_classes.Book):
    app: Any = None

    def __init__(self, app: App, path: Path) -> None:
        self.app, self.path, self.password = app, path, ""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl would lose
            self.workbook = openpyxl.load_workbook(path)
        self.structure_locked = bool(self.workbook.security and self.workbook.security.lockStructure)

    @property
    def api(self) -> Any:
        return com.Workbook(self)

    @property
    def fullname(self) -> str:
        return str(self.path)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        return None

    def close(self) -> None:
        self.app.books.open_ones.remove(self)


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.workbook.active)

    def __call__(self, key: int | str) -> Sheet:
        sheets = self.book.workbook.worksheets
        return Sheet(self.book, sheets[key - 1] if isinstance(key, int) else self.book.workbook[key])

    def __len__(self) -> int:
        return len(self.book.workbook.worksheets)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, s) for s in self.book.workbook.worksheets)


class Sheet(base_classes.Sheet):
    book: Any = None

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.sheet = book, sheet

    @property
    def api(self) -> Any:
        return com.Worksheet(self)

    @property
    def name(self) -> str:
        return str(self.sheet.title)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.title = value

    @property
    def index(self) -> int:
        return int(self.book.workbook.worksheets.index(self.sheet)) + 1

    @property
    def visible(self) -> Any:
        return -1 if self.sheet.sheet_state == "visible" else 0  # xlSheetVisible

    @property
    def used_range(self) -> Range:
        return Range(self, 1, 1, self.sheet.max_row, self.sheet.max_column)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    def range(self, first: Any, last: Any = None) -> Range:
        top, left = (first.row, first.column) if isinstance(first, Range) else first
        bottom, right = (top, left) if last is None else (last.row, last.column) if isinstance(last, Range) else last
        return Range(self, top, left, bottom, right)

    def activate(self) -> None:
        self.book.workbook.active = self.sheet

    def delete(self) -> None:
        self._refuse_structure(self.book)
        self.book.workbook.remove(self.sheet)
        self.book.workbook.active = min(
            self.book.workbook.index(self.book.workbook.active or self.book.workbook.worksheets[-1]), len(self.book.workbook.worksheets) - 1
        )
        com.break_references(self.book.workbook, self.name)

    def copy(self, before: Any = None, after: Any = None) -> None:
        target = before or after
        self._refuse_structure(target.book)
        there = target.book.workbook
        title = self.name if self.name not in there.sheetnames else f"{self.name} (2)"
        made = there.create_sheet(title, target.index - (1 if before else 0))
        for row in self.sheet.iter_rows():
            for cell in row:
                new = made.cell(cell.row, cell.column, cell.value)
                new.number_format, new.font, new.fill = cell.number_format, copy.copy(cell.font), copy.copy(cell.fill)
        for table in self.sheet.tables.values():
            taken = {t for s in there.worksheets for t in s.tables}
            name = table.displayName if table.displayName not in taken else f"{table.displayName}_2"
            made.add_table(SheetTable(displayName=name, ref=table.ref))

    @staticmethod
    def _refuse_structure(book: Book) -> None:
        if book.structure_locked:
            raise com.ComError("the structure is protected")


class Range(base_classes.Range):
    sheet: Any = None
    max_cells_per_read: Any = None
    max_cells_per_write: Any = None
    options: Any = None

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet, self._box = sheet, (top, left, bottom, right)

    @property
    def api(self) -> Any:
        return com.Cells(self)

    @property
    def row(self) -> int:
        return self._box[0]

    @property
    def column(self) -> int:
        return self._box[1]

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self._box
        return bottom - top + 1, right - left + 1

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, *self._box)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        assert column is not None
        return self.sheet.range((self.row + row - 1, self.column + column - 1))  # type: ignore[no-any-return]

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        return f"${get_column_letter(self.column)}${self.row}"

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def cells(self) -> list[list[Any]]:
        top, left, bottom, right = self._box
        return [[self.sheet.sheet.cell(r, c) for c in range(left, right + 1)] for r in range(top, bottom + 1)]

    @property
    def raw_value(self) -> Any:
        found = tuple(tuple(cell.value for cell in row) for row in self.cells())
        return found[0][0] if len(self) == 1 else found

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows, columns = self.shape
        table = value if isinstance(value, (list, tuple)) else [[value] * columns] * rows
        table = table if isinstance(table[0], (list, tuple)) else [table]
        places = self.cells()
        if len(self) > 1 and self.sheet.api.FilterMode:  # the fault: hidden rows are passed over, and the rest of the values with them
            places = [row for row in places if not self.sheet.sheet.row_dimensions[row[0].row].hidden]
        for cells, values in zip(places, table, strict=False):
            for cell, new in zip(cells, values, strict=True):
                self._refuse_locked(cell)
                cell.value = taken = _taken(new, cell.number_format)
                if isinstance(taken, str):
                    cell.data_type = "s"  # text is no formula, whatever it begins with

    def _refuse_locked(self, cell: Any) -> None:
        if self.sheet.sheet.protection.sheet and cell.protection.locked:
            raise com.ComError("the cell is protected")

    @property
    def number_format(self) -> str | None:
        found = {cell.number_format for row in self.cells() for cell in row}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        for row in self.cells():
            for cell in row:
                self._refuse_locked(cell)
                cell.number_format = value

    @property
    def column_width(self) -> float:
        return float(self.sheet.sheet.column_dimensions[get_column_letter(self.column)].width)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.sheet.sheet.column_dimensions[get_column_letter(self.column)].width = value

    def copy(self, destination: Any = None) -> None:
        if destination is None:
            self.sheet.book.app.clipboard = self
            return
        onto = destination.impl if hasattr(destination, "impl") else destination
        source = self.cells()[0]
        for row in onto.cells():
            for old, new in zip(source, row, strict=True):
                self._refuse_locked(new)
                formula = old.data_type == "f"
                new.value = Translator(old.value, old.coordinate).translate_formula(new.coordinate) if formula else old.value
                new.number_format = old.number_format

    def paste(self, paste: Any = None, *others: Any, **named: Any) -> None:
        assert paste == "formats"
        sources = self.sheet.book.app.clipboard.cells()[0]
        for row in self.cells():
            for cell, source in zip(row, cycle(sources), strict=False):
                cell.number_format, cell.font, cell.fill = source.number_format, copy.copy(source.font), copy.copy(source.fill)

    def clear_contents(self) -> None:
        for row in self.cells():
            for cell in row:
                self._refuse_locked(cell)
                cell.value = None


def _taken(value: Any, shown: str) -> Any:
    """What Excel makes of a value that is assigned to a cell."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        if value.startswith("'"):
            return value[1:]
        if shown == "@":
            return value
        if NUMBER.fullmatch(value):
            return float(value.replace(",", "").rstrip("%"))
        return 46000.0 if DAY.fullmatch(value) else value
    if shown == "@" and not isinstance(value, bool):
        return f"{value:g}"
    return value


class Names(base_classes.Names):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self

    def __len__(self) -> int:
        return len(self.book.workbook.defined_names)

    def contains(self, key: Any) -> bool:
        return key in self.book.workbook.defined_names

    __contains__ = contains

    def __call__(self, key: int | str) -> Name:
        names = list(self.book.workbook.defined_names)
        return Name(self.book, names[key - 1] if isinstance(key, int) else key)

    def add(self, name: str, refers_to: str) -> Name:
        self.book.workbook.defined_names[name] = openpyxl.workbook.defined_name.DefinedName(name, attr_text=refers_to.lstrip("="))
        return Name(self.book, name)


class Name(base_classes.Name):
    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name

    @property
    def api(self) -> Any:
        return com.Named(self.book.workbook.defined_names[self._name])

    @property
    def name(self) -> str:
        return self._name

    @property
    def refers_to(self) -> str:
        return "=" + str(self.book.workbook.defined_names[self._name].attr_text)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.book.workbook.defined_names[self._name].attr_text = value.lstrip("=")

    def delete(self) -> None:
        del self.book.workbook.defined_names[self._name]


class Tables(base_classes.Tables):
    def __init__(self, sheet: Sheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Any:
        return self

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.parent, t) for t in self.parent.sheet.tables.values())

    def __len__(self) -> int:
        return len(self.parent.sheet.tables)

    def __call__(self, key: int | str) -> Table:
        return list(self)[int(key) - 1]


class Table(base_classes.Table):
    def __init__(self, sheet: Sheet, table: Any) -> None:
        self._sheet, self._table = sheet, table

    @property
    def range(self) -> Range:
        left, top, right, bottom = range_boundaries(self._table.ref)
        return Range(self._sheet, top, left, bottom, right)

    @property
    def show_totals(self) -> bool:
        return bool(self._table.totalsRowCount)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if value is self.show_totals:
            return
        com.show_total_row(self._sheet.sheet, self._table) if value else com.hide_total_row(self._sheet.sheet, self._table)

    def resize(self, place: Any) -> None:
        if self.show_totals:
            raise com.ComError("the total row is in the way")
        _, top, left, bottom, right = place.impl.coords
        com.cover(self._table, (left, top, right, bottom))
        com.name_columns(self._sheet.sheet, self._table)


def opened(path: Path) -> xw.Book:
    """A workbook as a person has it open in Excel."""
    app = App()
    book = app.books.open(str(path))
    return xw.Book(impl=book)
