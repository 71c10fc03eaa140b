"""The few members of Excel's own object model that the raw calls use, over the workbook in memory of faulty_engine."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.table import TableColumn

from macros_py.hosts.passwords import encrypted


class ComError(Exception):
    """What pywin32 raises when Excel refuses."""


class Application:
    """Application.Ready; while a cell is edited the call is rejected."""

    def __init__(self, app: Any) -> None:
        self._app = app

    @property
    def Ready(self) -> bool:
        if self._app.refused_calls > 0:
            self._app.refused_calls -= 1
            raise ComError("call was rejected by callee")
        return True


class Workbook:
    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def ProtectStructure(self) -> bool:
        return bool(self._book.structure_locked)

    @property
    def HasPassword(self) -> bool:
        return bool(self._book.password)

    def SaveCopyAs(self, path: str) -> None:
        self._book.workbook.save(path)
        if self._book.password:
            Path(path).write_bytes(encrypted(Path(path).read_bytes(), self._book.password))


class Protection:
    AllowFiltering = AllowSorting = True

    def __getattr__(self, name: str) -> bool:
        return False


class Worksheet:
    """Filters, tables, protection and charts of a sheet."""

    ProtectDrawingObjects = ProtectScenarios = True
    EnableSelection = 0
    Protection = Protection()

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet.sheet
        self.owner = sheet

    @property
    def AutoFilterMode(self) -> bool:
        return bool(self._sheet.auto_filter.ref)

    @AutoFilterMode.setter
    def AutoFilterMode(self, value: bool) -> None:
        assert value is False, "Excel refuses to turn it on"
        self.AutoFilter.ShowAllData()
        self._sheet.auto_filter.ref = None
        self._sheet.auto_filter.filterColumn = []

    @property
    def AutoFilter(self) -> AutoFilter | None:
        return AutoFilter(self.owner) if self.AutoFilterMode else None

    @property
    def FilterMode(self) -> bool:
        return self.AutoFilterMode and any(d.hidden for d in self._sheet.row_dimensions.values())

    @property
    def ListObjects(self) -> Any:
        return ListObjects()

    @property
    def ProtectContents(self) -> bool:
        return bool(self._sheet.protection.sheet)

    def Unprotect(self, password: str) -> None:
        if self._sheet.protection.password:
            raise ComError("the password is not right")
        self._sheet.protection.sheet = False

    def Protect(self, Password: str, DrawingObjects: bool, Contents: bool, Scenarios: bool, **allowed: bool) -> None:
        assert allowed["AllowFiltering"], "what the protection allowed has to come back"
        self._sheet.protection.sheet = Contents

    def Activate(self) -> None:
        self.owner.activate()

    def ChartObjects(self) -> Any:
        return ListObjects()


class ListObjects:
    """None: tables are told by xlwings, and no table here has a filter on."""

    Count = 0


class AutoFilter:
    """Worksheet.AutoFilter, its filters by value, and Range.AutoFilter to set one."""

    def __init__(self, sheet: Any) -> None:
        self._owner, self._sheet = sheet, sheet.sheet

    @property
    def FilterMode(self) -> bool:
        return bool(self._owner.api.FilterMode)

    @property
    def Filters(self) -> Filters:
        return Filters(self._sheet)

    @property
    def Range(self) -> FilterRange:
        return FilterRange(self._sheet)

    def ShowAllData(self) -> None:
        for dimension in self._sheet.row_dimensions.values():
            dimension.hidden = False


class Filters:
    def __init__(self, sheet: Any) -> None:
        left, _, right, _ = range_boundaries(sheet.auto_filter.ref)
        self.Count = right - left + 1
        self._sheet = sheet

    def Item(self, field: int) -> Filter:
        found = next((f for f in self._sheet.auto_filter.filterColumn if f.colId == field - 1), None)
        return Filter(found)


class Filter:
    """Values as Excel tells them: "=已约" in a tuple, operator xlFilterValues; a colour has operator 8 and no text."""

    def __init__(self, column: Any) -> None:
        self.On = column is not None
        self._column = column

    @property
    def Operator(self) -> int:
        return 8 if self._column.colorFilter is not None else 7

    @property
    def Criteria1(self) -> tuple[str, ...]:
        if self._column.colorFilter is not None:
            return ()
        return tuple("=" + v for v in self._column.filters.filter)


class FilterRange:
    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self.Column, self.Row, right, bottom = range_boundaries(sheet.auto_filter.ref)
        self.Columns, self.Rows = SimpleNamespace(Count=right - self.Column + 1), SimpleNamespace(Count=bottom - self.Row + 1)

    def AutoFilter(self, Field: int, Criteria1: tuple[str, ...], Operator: int) -> None:
        left, top, _, bottom = range_boundaries(self._sheet.auto_filter.ref)
        wanted = {v.removeprefix("=") for v in Criteria1}
        for row in range(top + 1, bottom + 1):
            shown = self._sheet.cell(row, left + Field - 1).value
            self._sheet.row_dimensions[row].hidden = str(shown or "") not in wanted


class Cells:
    """Range.HasArray, Formula2 and SpecialCells(constants)."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    HasArray = False

    def AutoFilter(self, Field: int = 0, Criteria1: tuple[str, ...] = (), Operator: int = 0) -> None:
        """Sets the sheet's filter over these cells where there is none, else one more criterion of it."""
        sheet, (_, top, left, bottom, right) = self._cells.sheet.sheet, self._cells.coords
        if not sheet.auto_filter.ref:
            sheet.auto_filter.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        if Field:
            sheet.auto_filter.add_filter_column(Field - 1, [v.removeprefix("=") for v in Criteria1])
            FilterRange(sheet).AutoFilter(Field, Criteria1, Operator)

    @property
    def Formula2(self) -> Any:
        found = tuple(
            tuple("" if c.value is None else c.value if c.data_type == "f" else str(c.value).lstrip("=") for c in row)
            for row in self._cells.cells()
        )
        return found[0][0] if len(self._cells) == 1 else found

    @Formula2.setter
    def Formula2(self, formula: str) -> None:
        self._cells.cells()[0][0].value = formula

    def SpecialCells(self, kind: int) -> Constants:
        found = [c for row in self._cells.cells() for c in row if c.value is not None and c.data_type != "f"]
        if not found:
            raise ComError("no cells were found")
        return Constants(found)


class Constants:
    def __init__(self, cells: list[Any]) -> None:
        self._cells = cells

    def ClearContents(self) -> None:
        for cell in self._cells:
            cell.value = None


class Named:
    def __init__(self, name: Any) -> None:
        object.__setattr__(self, "_name", name)

    def __setattr__(self, member: str, value: Any) -> None:
        assert member == "Visible"
        self._name.hidden = not value


def break_references(workbook: Any, sheet: str) -> None:
    """What Excel does when a sheet is deleted."""
    pattern = re.compile(rf"'?{re.escape(sheet)}'?!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?")
    for other in workbook.worksheets:
        for row in other.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = pattern.sub("#REF!", cell.value)
    for name in workbook.defined_names.values():
        name.attr_text = pattern.sub("#REF!", name.attr_text)


FUNCTIONS = {"sum": 109, "average": 101, "count": 103, "countNums": 102, "max": 104, "min": 105}


def cover(table: Any, box: tuple[int, int, int, int]) -> None:
    """A table covers these cells (left, top, right, bottom); its filter leaves the total row out."""
    left, top, right, bottom = box
    table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
    if table.autoFilter is not None:
        table.autoFilter.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom - (table.totalsRowCount or 0)}"


def name_columns(sheet: Any, table: Any) -> None:
    """A table names its columns by its header cells, and blank ones itself; without a list of columns yet, the writer makes it."""
    left, top, right, _ = range_boundaries(table.ref)
    columns = table.tableColumns
    del columns[right - left + 1 :]
    while columns and len(columns) < right - left + 1:
        number, cell = 1 + max(c.id for c in columns), sheet.cell(top, left + len(columns))
        cell.value = cell.value or f"列{number}"
        columns.append(TableColumn(id=number, name=str(cell.value)))


def hide_total_row(sheet: Any, table: Any) -> None:
    """Its cells are deleted: what stands below in the table's columns moves up, formats too."""
    left, top, right, bottom = range_boundaries(table.ref)
    for column in range(left, right + 1):
        for row in range(bottom, sheet.max_row + 1):
            _moved(sheet.cell(row + 1, column), sheet.cell(row, column))
    asked = [c for s in sheet.parent.worksheets for row in s.iter_rows() for c in row if "[#Totals]" in str(c.value)]
    for cell in asked:
        cell.value = "=#REF!"
    table.totalsRowCount = 0
    cover(table, (left, top, right, bottom - 1))


def show_total_row(sheet: Any, table: Any) -> None:
    """It is put in below the last row: what stands there moves down. Labels and functions come back, not people's own formulas."""
    left, top, right, bottom = range_boundaries(table.ref)
    for column in range(left, right + 1):
        for row in range(sheet.max_row + 1, bottom, -1):
            _moved(sheet.cell(row, column), sheet.cell(row + 1, column))
    for cell, column in zip(sheet[bottom + 1][left - 1 : right], table.tableColumns, strict=True):
        known = column.totalsRowFunction in FUNCTIONS
        cell.value = f"=SUBTOTAL({FUNCTIONS[column.totalsRowFunction]},[{column.name}])" if known else column.totalsRowLabel
        cell.number_format, cell.font = "General", Font()
    table.totalsRowCount = 1
    cover(table, (left, top, right, bottom + 1))


def _moved(source: Any, target: Any) -> None:
    target.value, target.number_format, target.font = source.value, source.number_format, copy.copy(source.font)
