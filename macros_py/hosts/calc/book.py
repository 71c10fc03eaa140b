"""An open document, its sheets, its names and its tables (Calc's database ranges)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from xlwings import base_classes

from macros_py.hosts.calc.bridge import plainly, struct, uno
from macros_py.hosts.calc.cells import Range
from macros_py.hosts.calc.taking_in import take_in

HIDDEN_NAME: Final = 16  # com.sun.star.sheet.NamedRangeFlag.HIDDEN: the constant is newer than some offices in use


class Book(base_classes.Book):
    """One open document."""

    app: Any = None

    def __init__(self, app: Any, doc: Any) -> None:
        self.app, self.doc = app, doc

    @property
    def api(self) -> Any:
        return self.doc

    @property
    def fullname(self) -> str:
        """Its path; for a document never saved its title, as in Excel."""
        return str(uno().fileUrlToSystemPath(self.doc.URL)) if self.doc.URL else str(self.doc.Title)

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        controller = self.doc.CurrentController
        if controller is not None:
            controller.Frame.activate()

    def close(self) -> None:
        self.doc.close(True)


class Sheets(base_classes.Sheets):
    """The sheets of a document."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.doc.Sheets

    @property
    def active(self) -> Sheet:
        controller = self.book.doc.CurrentController
        return Sheet(self.book, controller.ActiveSheet) if controller is not None else self(1)

    def __call__(self, key: int | str) -> Sheet:
        if isinstance(key, int):
            return Sheet(self.book, self.api.getByIndex(key - 1))
        name = next((n for n in self.api.ElementNames if n.casefold() == key.casefold()), None)
        if name is None:
            raise KeyError(key)
        return Sheet(self.book, self.api.getByName(name))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, name=str(n)) for n in self.api.ElementNames)


class Sheet(base_classes.Sheet):
    """One sheet. Where only its name is known, the sheet itself is asked for when it is first used: xlwings looks through the names of
    all sheets again and again, and every question takes a millisecond."""

    book: Any = None

    def __init__(self, book: Book, sheet: Any = None, name: str = "") -> None:
        self.book, self._sheet, self._name = book, sheet, name

    @property
    def sheet(self) -> Any:
        if self._sheet is None:
            self._sheet = self.book.doc.Sheets.getByName(self._name)
        return self._sheet

    @property
    def api(self) -> Any:
        return self.sheet

    @property
    def name(self) -> str:
        return self._name if self._sheet is None else str(self._sheet.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.Name = value

    @property
    def index(self) -> int:
        return int(self.sheet.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self.sheet.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.sheet.IsVisible = bool(value)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def used_range(self) -> Range:
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        return self.range((1, 1), (end.EndRow + 1, end.EndColumn + 1))

    def range(self, first: Any, last: Any = None) -> Range:
        """By (row, column) pairs, by the ranges that xlwings hands back, or by an address."""
        if isinstance(first, str):
            return Range(self, self.sheet.getCellRangeByName(first.replace("$", "")))
        top, left = _corner(first)
        bottom, right = _corner(last) if last is not None else (top, left)
        return Range(self, self.sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1))

    def activate(self) -> None:
        controller = self.book.doc.CurrentController
        if controller is not None:
            controller.setActiveSheet(self.sheet)

    @plainly
    def delete(self) -> None:
        self.book.doc.Sheets.removeByName(self.name)

    @plainly
    def copy(self, before: Any = None, after: Any = None) -> None:
        """Into the same or another document; what importSheet leaves behind (page, frozen panes) is copied too, and tints are made to last."""
        target = before or after
        place = target.index - 1 if before else target.index
        take_in(self, target.book, place)


def _corner(place: Any) -> tuple[int, int]:
    if isinstance(place, Range):
        return place.row, place.column
    return int(place[0]), int(place[1])


class Names(base_classes.Names):
    """The names of a document."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.doc.NamedRanges

    def __len__(self) -> int:
        return int(self.api.Count)

    def __call__(self, key: int | str) -> Name:
        if isinstance(key, int):
            return Name(self.book, self.api.getByIndex(key - 1))
        found = next((n for n in self.api.ElementNames if n.casefold() == key.casefold()), None)
        if found is None:
            raise KeyError(key)
        return Name(self.book, self.api.getByName(found))

    def contains(self, key: int | str) -> bool:
        if isinstance(key, int):
            return 1 <= key <= len(self)
        return any(n.casefold() == key.casefold() for n in self.api.ElementNames)

    __contains__ = contains

    @plainly
    def add(self, name: str, refers_to: str) -> Name:
        self.api.addNewByName(
            name, refers_to.lstrip("="), struct("com.sun.star.table.CellAddress"), HIDDEN_NAME if name.startswith("_") else 0
        )
        return self(name)


class Name(base_classes.Name):
    """One name."""

    def __init__(self, book: Book, name: Any) -> None:
        self.book, self._name = book, name

    @property
    def api(self) -> Any:
        return self._name

    @property
    def name(self) -> str:
        return str(self._name.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._name.Name = value

    @property
    def refers_to(self) -> str:
        """In Calc's own words, $Sheet.$A$1, as the setter takes them."""
        return "=" + str(self._name.Content)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._name.Content = re.sub("^=", "", value)

    def delete(self) -> None:
        self.book.doc.NamedRanges.removeByName(self.name)


class Tables(base_classes.Tables):
    """The database ranges on a sheet stand in for Excel's tables."""

    def __init__(self, sheet: Sheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Any:
        return self.parent.book.doc.DatabaseRanges

    def __iter__(self) -> Iterator[Table]:
        every = (self.api.getByName(n) for n in self.api.ElementNames)
        return (Table(self.parent, t) for t in every if t.DataArea.Sheet == self.parent.index - 1)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int | str) -> Table:
        if isinstance(key, int):
            return list(self)[key - 1]
        return next(t for t in self if t.name == key)


class Table(base_classes.Table):
    """One database range."""

    def __init__(self, sheet: Sheet, table: Any) -> None:
        self._sheet, self._table = sheet, table

    @property
    def api(self) -> Any:
        return self._table

    @property
    def name(self) -> str:
        return str(self._table.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._table.Name = value

    @property
    def range(self) -> Range:
        area = self._table.DataArea
        return self._sheet.range((area.StartRow + 1, area.StartColumn + 1), (area.EndRow + 1, area.EndColumn + 1))

    @property
    def show_totals(self) -> bool:
        return bool(self._table.TotalsRow)

    @show_totals.setter
    @plainly
    def show_totals(self, value: bool) -> None:
        """The total row goes, emptied, or comes, blank, below the last row: Calc remembers nothing of it. What stands below stays there."""
        if value is self.show_totals:
            return
        area = self._table.DataArea
        if not value:
            self._sheet.range((area.EndRow + 1, area.StartColumn + 1), (area.EndRow + 1, area.EndColumn + 1)).clear_contents()
        area.EndRow += 1 if value else -1
        self._table.TotalsRow = value  # first: formulas that name the table are read anew when its area changes
        self._table.DataArea = area

    @plainly
    def resize(self, place: Any) -> None:
        cover(self._table, place.impl.address_struct)


def cover(database_range: Any, area: Any) -> None:
    """Let a database range cover other cells. Calc draws the arrows of its filter when the filter is turned on, and keeps its criteria."""
    filtered = database_range.AutoFilter
    database_range.AutoFilter = False
    database_range.DataArea = area
    database_range.AutoFilter = filtered
