"""What a workbook can do for us, whatever program or file it lives in: raw cells and whole sheets, nothing of our meaning."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt


class CellError(str):
    """An error value such as #DIV/0!: neither blank nor zero. Compares equal to its text."""

    __slots__ = ()


class Uncached(Enum):
    """A formula without a stored result: neither blank nor zero."""

    UNCACHED = "uncached"


UNCACHED = Uncached.UNCACHED


class Formula(str):
    """A formula in Excel's own words, without the sign =, for a cell that gets it back (CellWrite)."""

    __slots__ = ()


class ShownAs(NamedTuple):
    """How one section of a number format shows a figure: words before and behind it; it shows the stored number × 10^power."""

    before: str
    after: str
    power: int


class Look(NamedTuple):
    """What a number format says beside the digits. width: least digits of whole numbers with leading zeros, 0 where there are none."""

    code: str
    sections: tuple[ShownAs, ...]
    width: int = 0

    def text(self, value: float) -> str:
        """A whole number as people see it (HT0012); "" where the format is not of plain whole numbers."""
        if not self.width or value < 0 or value != int(value):
            return ""
        return f"{self.sections[0].before}{int(value):0{self.width}d}{self.sections[0].after}"


class ShownInt(int):
    """A whole number whose format says more than its digits do; equal to the number."""

    look: Look

    @property
    def shown(self) -> str:
        """As people see it (00001235), "" where that is not of plain digits."""
        return self.look.text(self)


class ShownFloat(float):
    """A number with a fraction whose format says more than its digits do; equal to the number."""

    look: Look

    @property
    def shown(self) -> str:
        """Nothing: a fraction has no leading zeros."""
        return ""


def shown_number(value: float, look: Look) -> ShownInt | ShownFloat:
    """A number with the look that its format gives it; whole ones below 10^15 as int."""
    whole = float(value).is_integer() and abs(value) < 1e15
    made: ShownInt | ShownFloat = ShownInt(value) if whole else ShownFloat(value)
    made.look = look
    return made


class TablePlace(NamedTuple):
    """Where a list object stands, header and total row included. totals: how many rows at its end are the total row, 0 or 1."""

    top: int
    left: int
    bottom: int
    right: int
    totals: int = 0


RawCell = None | str | bool | int | float | dt.datetime | dt.date | dt.time | dt.timedelta | CellError | Uncached
WriteCell = None | str | bool | int | Decimal | float | dt.datetime | dt.date


@dataclass(frozen=True)
class Grid:
    """The raw cells of one sheet: `cells[i, j]` is the cell in row `top + i`, column `left + j` (both 1-based).

    Blank is None. Whole numbers come as int, others as float; a number that is shown as a date comes as date or datetime
    (1904 workbooks already settled). A numeric cell with more than 15 significant digits, whose last digits the
    spreadsheet lost, comes as float. merged: (top, left, bottom, right) of merged ranges.
    """

    sheet: str
    cells: npt.NDArray[np.object_]
    top: int = 1
    left: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    date1904: bool = False
    tables: tuple[TablePlace, ...] = ()


@dataclass(frozen=True)
class SheetInfo:
    """name, whether a person sees it, and whether it is a worksheet with cells (not a chart or macro sheet)."""

    name: str
    visible: bool = True
    worksheet: bool = True
    protected: bool = False


@dataclass(frozen=True)
class ColumnFill:
    """One of our columns: `header` is found in the header row or added at the sheet's right end."""

    header: str
    values: Sequence[WriteCell]
    number_format: str = "General"
    width: float = 12.0


@dataclass(frozen=True)
class BlockFill:
    """Values for rows that exist; keys are read again just before writing and must still stand there."""

    sheet: str
    header_row: int
    key_column: int
    rows: Sequence[int]
    keys: Sequence[str]
    columns: Sequence[ColumnFill]


@dataclass(frozen=True)
class RowAppend:
    """Rows below the last used row of a sheet, under the headers named; formats follow the row above."""

    sheet: str
    header_row: int
    columns: Sequence[ColumnFill]


@dataclass(frozen=True)
class CellWrite:
    """Single cells (used by undo): old values put back. tables: where list objects end again that begin there; the rows that leave them
    are among the cells."""

    sheet: str
    cells: Sequence[tuple[int, int, WriteCell]] = field(default_factory=tuple)
    tables: Sequence[TablePlace] = ()


class HostError(Exception):
    """The host cannot do it. `code` is a stable word (see REFUSALS in the host), `values` fill its message; no personal data."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def key_text(cell: RawCell | Decimal) -> str:
    """What stands in a key cell, as BlockFill.keys are compared: type, width of characters, case and blanks make no difference."""
    if cell is None:
        return ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == cell and abs(cell) < 1e18 and cell == int(cell):
        return str(int(cell))
    text = str(cell)
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split()).upper()


def header_text(cell: object) -> str:
    """A header as it is compared: width of characters, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", str(cell)).split()).casefold()


class Host(Protocol):
    """About ten methods over raw cells and whole sheets. Nothing is written before save(); to_bytes() is the workbook as it will be then."""

    path: Path

    def sheets(self) -> list[SheetInfo]: ...
    def read(self, sheet: str) -> Grid: ...
    def fill(self, block: BlockFill) -> int: ...
    def append(self, rows: RowAppend) -> int: ...
    def write(self, cells: CellWrite) -> int: ...
    def adopt(self, drawn: bytes, sheets: Sequence[str]) -> list[str]: ...
    def remove(self, sheet: str) -> None: ...
    def to_bytes(self) -> bytes: ...
    def save(self) -> bytes: ...
    def close(self) -> None: ...
