"""The engine itself, the application and its open documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import xlwings as xw
from xlwings import base_classes

from macros_py.hosts.calc.book import Book, Sheet
from macros_py.hosts.calc.bridge import desktop, properties, uno
from macros_py.hosts.calc.cells import Range
from macros_py.hosts.host import HostError

NAME: Final = "calc"
_SPREADSHEET: Final = "com.sun.star.sheet.SpreadsheetDocument"
_CELLS: Final = "com.sun.star.sheet.SheetCellRange"  # a single cell supports it too
_NO_MACROS: Final = 0  # com.sun.star.document.MacroExecMode.NEVER_EXECUTE: what is opened here is data
_BUTTONS: Final = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_ANSWERS: Final = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


class Engine:
    """What xlwings asks of an engine beyond its objects: how values go in and come out."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """A value on its way into a cell: blank as '', numbers as float."""
        if value is None or value != value:
            return ""
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @staticmethod
    def clean_value_data(data: Any, dates: Any, empty: Any, numbers: Any, errors: Any) -> list[list[Any]]:
        """Values as read. Dates stay the serial numbers that they are in Calc."""
        return [
            [empty if cell is None or cell == "" else numbers(cell) if numbers and isinstance(cell, float) else cell for cell in row]
            for row in data
        ]


class Apps(base_classes.Apps):
    """The offices that we are attached to."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._apps: dict[int, App] = {}

    def attach(self, context: Any, pid: int = 0) -> App:
        """The application behind a UNO component context; pid 0 is the process that we run in."""
        key = pid or os.getpid()
        if key not in self._apps:
            self._apps[key] = App(self.engine, context, key)
        return self._apps[key]

    def keys(self) -> list[int]:
        return list(self._apps)

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps.values()))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return self._apps[pid]

    def forget(self, pid: int) -> None:
        """An office has ended."""
        self._apps.pop(pid, None)


class App(base_classes.App):
    """One running office."""

    engine: Any = None
    books: Any = None
    pid: Any = 0
    version = "16.0"  # of the Excel whose members it has: xlwings asks before it trusts names that are not Latin
    enable_events = display_alerts = True  # nothing that we call raises events or asks

    def __init__(self, engine: Engine, context: Any, pid: int) -> None:
        self.engine, self.context, self.pid = engine, context, pid
        self.desktop = desktop(context)
        self.books = Books(self)
        self._quiet = False
        self._said: Any = False

    @property
    def api(self) -> Any:
        return self.desktop

    @property
    def hwnd(self) -> int:
        return 0

    @property
    def screen_updating(self) -> bool:
        return not self._quiet

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value is not self._quiet:
            return
        self._quiet = not value
        for book in self.books:
            _quietened(book.doc) if value is False else _awake(book.doc)

    @property
    def status_bar(self) -> Any:
        return self._said

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        frame = self.desktop.getCurrentFrame()
        indicator = frame.createStatusIndicator() if frame is not None else None
        if indicator is not None:
            if value:
                indicator.start(str(value), 0)
            else:
                indicator.end()
        self._said = value

    @property
    def selection(self) -> Range | None:
        """The cells that are selected in the document before the person; None where it is anything but one rectangle of cells."""
        component = self.desktop.getCurrentComponent()
        book = next((b for b in self.books if b.doc == component), None)
        found = book.doc.getCurrentSelection() if book is not None else None
        if book is None or found is None or not found.supportsService(_CELLS):
            return None
        return Range(Sheet(book, found.Spreadsheet), found)

    def activate(self, steal_focus: bool = False) -> None:
        """The document's own frame is activated; the office needs nothing beside."""

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any = None) -> str | None:
        """A message box over the document's window; without a window nobody can answer, and nobody is asked."""
        frame = self.desktop.getCurrentFrame()
        window = frame.getContainerWindow() if frame is not None else None
        if window is None or not window.isVisible():
            return "ok" if buttons in (None, "ok") else "cancel"
        kind = uno().Enum(
            "com.sun.star.awt.MessageBoxType",
            "WARNINGBOX" if mode == "critical" else "QUERYBOX" if buttons not in (None, "ok") else "INFOBOX",
        )
        box = window.getToolkit().createMessageBox(window, kind, _BUTTONS[buttons or "ok"], title or "", prompt)
        return _ANSWERS.get(box.execute(), "cancel")


def _quietened(doc: Any) -> None:
    """No painting after every block, and rows keep their heights where what is written cannot change them (cells.py): Calc would lay out
    every text of every row again for each block."""
    doc.lockControllers()
    doc.addActionLock()
    doc.IsAdjustHeightEnabled = False


def _awake(doc: Any) -> None:
    doc.IsAdjustHeightEnabled = True
    doc.removeActionLock()
    doc.unlockControllers()


class Books(base_classes.Books):
    """The open spreadsheet documents."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        return self.app.desktop.Components

    @property
    def active(self) -> Book:
        current = self.app.desktop.getCurrentComponent()
        return next((b for b in self if b.doc == current), next(iter(self)))

    def __iter__(self) -> Iterator[Book]:
        components = self.app.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            doc = components.nextElement()
            if doc.supportsService(_SPREADSHEET):
                yield Book(self.app, doc)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int | str) -> Book:
        books = list(self)
        if isinstance(key, int):
            return books[key - 1]
        found = next((b for b in books if key.casefold() in (b.name.casefold(), b.fullname.casefold())), None)
        if found is None:
            raise KeyError(key)
        return found

    def open(self, fullname: str, update_links: Any = None, read_only: bool = False, *others: Any) -> Book:
        """Open a document out of sight. HostError("corrupt") when Calc cannot load it."""
        url = uno().systemPathToFileUrl(str(Path(fullname).resolve()))
        how = properties(Hidden=True, ReadOnly=bool(read_only), MacroExecutionMode=_NO_MACROS)
        doc = self.app.desktop.loadComponentFromURL(url, "_blank", 0, how)
        if doc is None:
            raise HostError("corrupt", file=Path(fullname).name)
        return Book(self.app, doc)


def engine() -> xw.Engine:
    """The engine, registered with xlwings once and made the active one."""
    if NAME not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=Engine()))
    found: xw.Engine = xw.engines.engines_by_name[NAME]
    found.activate()
    return found


def attached(context: Any, pid: int = 0) -> xw.App:
    """The xlwings App behind a UNO component context."""
    return xw.App(impl=engine().impl.apps.attach(context, pid))


def book_of(app: xw.App, document: Any) -> xw.Book:
    """The xlwings Book of an open document."""
    return xw.Book(impl=Book(app.impl, document))
