"""The raw calls in Excel, over COM. Each names the members of Excel's object model that it uses and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from macros_py.hosts.host import HostError

_ALLOWED: Final = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns", "AllowInsertingRows",
    "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting", "AllowFiltering", "AllowUsingPivotTables",
)  # fmt: skip
_RESTORABLE: Final = frozenset({0, 1, 2, 3, 4, 5, 6, 7, 11})  # XlAutoFilterOperator: all but cell colour, font colour and icon
_CONSTANTS: Final = 2  # xlCellTypeConstants


class ExcelCalls:
    """Excel on Windows, driven from the same machine."""

    def ready(self, book: xw.Book) -> bool:
        """Application.Ready, asked past xlwings' own patience, which has no end."""
        application = book.app.api
        try:
            return bool(getattr(application, "_inner", application).Ready)
        except Exception:  # noqa: BLE001 - pywin32's error for a call that is rejected; Excel is busy
            return False

    def needs_password(self, book: xw.Book) -> bool:
        """Workbook.HasPassword."""
        return bool(book.api.HasPassword)

    def save_copy(self, book: xw.Book, folder: Path, secret: str = "") -> Path:
        """Workbook.SaveCopyAs, in the format and under the password that the workbook has."""
        path = folder / f"copy{Path(book.name).suffix}"
        book.api.SaveCopyAs(str(path))
        return path

    def structure_locked(self, book: xw.Book) -> bool:
        """Workbook.ProtectStructure."""
        return bool(book.api.ProtectStructure)

    @contextmanager
    def unprotected(self, sheet: xw.Sheet) -> Iterator[None]:
        """Worksheet.Unprotect and Protect with what Worksheet.Protection allowed."""
        api = sheet.api
        if not api.ProtectContents:
            yield
            return
        allowed = {name: bool(getattr(api.Protection, name)) for name in _ALLOWED}
        shapes, scenarios, selection = bool(api.ProtectDrawingObjects), bool(api.ProtectScenarios), api.EnableSelection
        try:
            api.Unprotect("")
        except Exception as error:
            raise HostError("sheet-protected", sheet=sheet.name) from error
        if api.ProtectContents:
            raise HostError("sheet-protected", sheet=sheet.name)
        try:
            yield
        finally:
            api.Protect(Password="", DrawingObjects=shapes, Contents=True, Scenarios=scenarios, **allowed)
            api.EnableSelection = selection

    @contextmanager
    def unfiltered(self, sheet: xw.Sheet) -> Iterator[bool]:
        """AutoFilter.ShowAllData, then Range.AutoFilter field by field. Filters that cannot be told are left on: False."""
        filters = self._filters(sheet)
        if not filters:
            yield not sheet.api.FilterMode  # an advanced filter has no AutoFilter object
            return
        kept = [_criteria(f) for f in filters]
        if any(k is None for k in kept):
            yield False
            return
        ranges = [f.Range for f in filters]
        for found in filters:
            found.ShowAllData()
        try:
            yield True
        finally:
            for area, criteria in zip(ranges, kept, strict=True):
                for how in criteria or ():
                    area.AutoFilter(**how)

    def widen_filter(self, sheet: xw.Sheet, header_row: int, right: int, by: int) -> None:
        """Worksheet.AutoFilterMode off, Range.AutoFilter over the wider range. Filters that cannot be told stay as wide as they are."""
        api = sheet.api
        found = api.AutoFilter if api.AutoFilterMode else None
        area = found.Range if found is not None else None
        if area is None or (area.Row, area.Column + area.Columns.Count - 1) != (header_row, right):
            return
        kept = _criteria(found)
        if kept is None:
            return
        wide = sheet.range((header_row, area.Column), (header_row + area.Rows.Count - 1, right + by)).api
        api.AutoFilterMode = False
        for how in kept or [{}]:  # without a criterion the arrows alone
            wide.AutoFilter(**how)

    @staticmethod
    def _filters(sheet: xw.Sheet) -> list[Any]:
        """The filters of the sheet and of its tables that hide something."""
        api = sheet.api
        found = [api.AutoFilter] if api.AutoFilterMode else []
        found += [t.AutoFilter for t in (api.ListObjects(n + 1) for n in range(api.ListObjects.Count)) if t.ShowAutoFilter]
        return [f for f in found if f is not None and f.FilterMode]

    def copy_formats(self, source: xw.Range, target: xw.Range) -> None:
        """Range.Copy and PasteSpecial; the clipboard's frame is taken away again."""
        source.copy()
        target.paste("formats")
        source.sheet.book.app.cut_copy_mode = False

    def extend_down(self, row: xw.Range, count: int) -> None:
        """Range.Copy onto the rows below, Range.SpecialCells(constants).ClearContents there."""
        below = row.offset(1, 0).resize(count, row.shape[1])
        row.copy(below)
        try:
            below.api.SpecialCells(_CONSTANTS).ClearContents()
        except Exception:  # noqa: BLE001 - Excel's answer where there is no constant
            return

    def formulas(self, cells: xw.Range) -> list[list[Any]]:
        """Range.Formula2 where Excel knows it, for it tells spilling formulas from others; else Range.Formula."""
        found = _formula_member(cells, "get")
        if not isinstance(found, (list, tuple)):
            return [[found]]
        return [list(row) for row in found]

    def formula_cells(self, sheet: xw.Sheet) -> list[tuple[int, int, str]]:
        """As formulas, of the used range."""
        used = sheet.used_range
        return [
            (used.row + i, used.column + j, text)
            for i, row in enumerate(self.formulas(used))
            for j, text in enumerate(row)
            if isinstance(text, str) and text.startswith(("=", "{="))
        ]

    def set_formula(self, cell: xw.Range, formula: str) -> None:
        """Range.HasArray is asked first: part of an array cannot be changed."""
        if cell.api.HasArray:
            raise HostError("array-reference", sheet=cell.sheet.name, cell=cell.address.replace("$", ""))
        _formula_member(cell, "set", formula)

    def put_formula(self, cell: xw.Range, formula: str) -> None:
        """As set_formula: these are Excel's words."""
        self.set_formula(cell, "=" + formula)

    def chart_sources(self, book: xw.Book, sheets: Sequence[str]) -> dict[str, list[Any]]:
        """Series.Formula of every ChartObject that names one of the sheets."""
        found: dict[str, list[Any]] = {name: [] for name in sheets}
        for other in book.sheets:
            charts = other.api.ChartObjects()
            for n in range(0 if other.name in sheets else charts.Count):
                series = charts.Item(n + 1).Chart.SeriesCollection()
                for one in (series.Item(k + 1) for k in range(series.Count)):
                    formula = str(one.Formula)
                    for name in (n for n in sheets if n in formula):
                        found[name].append((one, formula))
        return found

    def restore_charts(self, sources: list[Any]) -> None:
        """Series.Formula as it was."""
        for series, formula in sources:
            series.Formula = formula

    def look_at(self, sheet: xw.Sheet) -> None:
        """Worksheet.Activate."""
        sheet.api.Activate()

    def hide_name(self, name: xw.main.Name) -> None:
        """Name.Visible."""
        name.api.Visible = False

    def form(self, book: xw.Book) -> None:
        """Excel has none that can be reached from here."""


def _criteria(found: Any) -> list[dict[str, Any]] | None:
    """The arguments of Range.AutoFilter for each field that filters; None where one cannot be put back as it was."""
    out = []
    for field in range(1, found.Filters.Count + 1):
        one = found.Filters.Item(field)
        if not one.On:
            continue
        try:
            operator = int(one.Operator)
            how: dict[str, Any] = {"Field": field, "Criteria1": one.Criteria1}
            if operator:
                how["Operator"] = operator
            if operator in (1, 2):
                how["Criteria2"] = one.Criteria2
        except Exception:  # noqa: BLE001 - Excel does not tell the criteria of date groups
            return None
        if operator not in _RESTORABLE:
            return None
        out.append(how)
    return out


def _formula_member(cells: xw.Range, act: str, formula: str = "") -> Any:
    inner = getattr(cells.api, "_inner", cells.api)
    name = "Formula2" if hasattr(inner, "Formula2") else "Formula"
    return getattr(inner, name) if act == "get" else setattr(inner, name, formula)
