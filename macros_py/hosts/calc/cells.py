"""A rectangle of cells in Calc, in blocks."""

from __future__ import annotations

from typing import Any, Final

from xlwings import base_classes

from macros_py.hosts.calc.bridge import plainly, struct
from macros_py.hosts.references import letters

_CONTENTS: Final = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: numbers, dates, texts, formulas
_TYPED: Final = 1 | 2 | 4
_STANDARD: Final = "General"
_WIDTH: Final = 220.0  # hundredths of a millimetre per character of Excel's column width, about


class Range(base_classes.Range):
    """Cells of one sheet."""

    sheet: Any = None
    max_cells_per_read: Any = None
    max_cells_per_write: Any = None
    options: Any = None

    def __init__(self, sheet: Any, cells: Any) -> None:
        self.sheet, self.cells = sheet, cells
        self.address_struct = cells.RangeAddress

    @property
    def api(self) -> Any:
        return self.cells

    @property
    def row(self) -> int:
        return int(self.address_struct.StartRow) + 1

    @property
    def column(self) -> int:
        return int(self.address_struct.StartColumn) + 1

    @property
    def shape(self) -> tuple[int, int]:
        a = self.address_struct
        return a.EndRow - a.StartRow + 1, a.EndColumn - a.StartColumn + 1

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        rows, columns = self.shape
        return self.sheet.name, self.row, self.column, self.row + rows - 1, self.column + columns - 1

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    def __call__(self, row: int, column: int | None = None) -> Any:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return self.sheet.range((self.row + row - 1, self.column + column - 1))  # it may lie outside of this range

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        """$A$1:$B$2, as xlwings shows it."""
        _, top, left, bottom, right = self.coords
        r, c = "$" if row_absolute else "", "$" if column_absolute else ""
        first = f"{c}{letters(left)}{r}{top}"
        return first if len(self) == 1 else f"{first}:{c}{letters(right)}{r}{bottom}"

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    @property
    def raw_value(self) -> Any:
        """Numbers as float (dates and booleans too), texts, '' for blank, None for errors."""
        found = self.cells.getDataArray()
        return found[0][0] if len(self) == 1 else found

    @raw_value.setter
    @plainly
    def raw_value(self, value: Any) -> None:
        """Text is text whatever it looks like; one leading apostrophe is taken away, as Excel does."""
        rows, columns = self.shape
        table = value if isinstance(value, (list, tuple)) else [[value] * columns] * rows
        if not isinstance(table[0], (list, tuple)):
            table = [table]
        data = tuple(tuple(_stored(v) for v in row) for row in table)
        doc = self.sheet.book.doc
        kept = doc.IsAdjustHeightEnabled
        doc.IsAdjustHeightEnabled = kept or self._grows(data)
        try:
            self.cells.setDataArray(data)
        finally:
            doc.IsAdjustHeightEnabled = kept

    def _grows(self, data: tuple[tuple[str | float, ...], ...]) -> bool:
        """Whether rows may have to be higher: they wrap their text, have lines in it, or are new."""
        if self.cells.IsTextWrapped or self._mixed("IsTextWrapped"):
            return True
        if any(isinstance(v, str) and "\n" in v for row in data for v in row):
            return True
        bottom = self.address_struct.EndRow
        row = self.sheet.sheet.Rows.getByIndex(bottom)
        return not row.queryContentCells(_TYPED).Count

    @property
    def formula(self) -> Any:
        """In Calc's own words ($Sheet.A1), as the setter takes them; what is no formula as its text."""
        found = self.cells.getFormulaArray()
        return found[0][0] if len(self) == 1 else found

    @formula.setter
    @plainly
    def formula(self, value: Any) -> None:
        table = value if isinstance(value, (list, tuple)) else ((value,),)
        self.cells.setFormulaArray(tuple(tuple(row) for row in table))

    @property
    def number_format(self) -> str | None:
        """None where the cells differ."""
        key = self.cells.NumberFormat
        if self._mixed("NumberFormat"):
            return None
        found = self._formats().getByKey(key)
        return _STANDARD if found.Type & 16 and found.StandardFormat else str(found.FormatString)

    @number_format.setter
    @plainly
    def number_format(self, value: str) -> None:
        locale = struct("com.sun.star.lang.Locale", Language="en", Country="US")
        key = self._formats().queryKey(value, locale, False)
        self.cells.NumberFormat = key if key != -1 else self._formats().addNew(value, locale)

    def _formats(self) -> Any:
        return self.sheet.book.doc.NumberFormats

    def _mixed(self, member: str) -> bool:
        return str(self.cells.getPropertyState(member).value) == "AMBIGUOUS_VALUE"

    @property
    def column_width(self) -> float:
        return float(self.cells.Columns.Width) / _WIDTH

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.cells.Columns.Width = int(value * _WIDTH)

    @plainly
    def copy(self, destination: Any = None) -> None:
        """Onto another place: contents and formats, relative formulas adjusted."""
        place = destination.impl
        to = struct("com.sun.star.table.CellAddress", Sheet=place.sheet.index - 1, Row=place.row - 1, Column=place.column - 1)
        place.sheet.sheet.copyRange(to, self.address_struct)

    @plainly
    def clear_contents(self) -> None:
        self.cells.clearContents(_CONTENTS)


def _stored(value: Any) -> str | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.removeprefix("'")
    return float(value)
