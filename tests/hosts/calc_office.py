"""One headless LibreOffice for a test session, and workbooks opened in it."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import xlwings as xw

from macros_py.hosts.calc.bridge import Office, properties, uno
from macros_py.hosts.calc.engine import attached, book_of

T = TypeVar("T")
_WHERE = threading.local()


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


def inside(app: xw.App, body: Callable[[], T]) -> T:
    """What `body` gives, run as a click runs a press: while it runs, every call to the office is worked off by the office's own thread.

    Calls from outside are worked off by other threads of the office. Between two of them it paints its window, and what these threads and
    the painting do to the same windows brings it down sooner or later: within a few presses that take in many sheets.
    """
    from com.sun.star.awt import XCallback  # type: ignore[import-not-found]

    if getattr(_WHERE, "inside", False):
        return body()
    unohelper = importlib.import_module("unohelper")
    ended: Future[T] = Future()

    class Called(unohelper.Base, XCallback):  # type: ignore[misc, name-defined]
        def notify(self, data: object) -> None:
            _WHERE.inside = True
            try:
                ended.set_result(body())
            except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
                ended.set_exception(error)
            finally:
                _WHERE.inside = False

    service = app.impl.context.ServiceManager.createInstanceWithContext("com.sun.star.awt.AsyncCallback", app.impl.context)
    service.addCallback(Called(), None)
    return ended.result()


@contextmanager
def opened(app: xw.App, path: Path) -> Iterator[xw.Book]:
    """A workbook open in the office, as a person would have it."""
    document = inside(app, lambda: load(app, path))
    try:
        yield book_of(app, document)
    finally:
        inside(app, lambda: document.close(True))


def load(app: xw.App, path: Path) -> Any:
    """The document; not Hidden, or frozen panes are lost."""
    document = app.api.loadComponentFromURL(uno().systemPathToFileUrl(str(path)), "_blank", 0, properties(Hidden=False))
    document.calculateAll()
    return document
