"""One headless LibreOffice for a test session, and workbooks opened in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlwings as xw

from macros_py.hosts.calc.bridge import Office, properties, uno
from macros_py.hosts.calc.engine import attached, book_of


@contextmanager
def running(program: str) -> Iterator[xw.App]:
    """An office without windows, as an xlwings App."""
    office = Office(program)
    app = attached(office.context, office.pid)
    try:
        yield app
    finally:
        app.engine.impl.apps.forget(app.pid)
        office.close()


@contextmanager
def opened(app: xw.App, path: Path) -> Iterator[xw.Book]:
    """A workbook open in the office, as a person would have it."""
    document = load(app, path)
    try:
        yield book_of(app, document)
    finally:
        document.close(True)


def load(app: xw.App, path: Path) -> Any:
    """The document; not Hidden, or frozen panes are lost."""
    document = app.api.loadComponentFromURL(uno().systemPathToFileUrl(str(path)), "_blank", 0, properties(Hidden=False))
    document.calculateAll()
    return document
