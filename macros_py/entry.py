"""Where Excel's macro and Calc's extension come in: `import macros_py.entry; macros_py.entry.press('monday')`.

Names are checked against the buttons that exist; nothing else of a workbook decides what runs. Imports wait for the press, so that the
application waits as short as can be.
"""

from __future__ import annotations

from typing import Any


def press(name: str) -> None:
    """Press a button on the workbook from which Excel called (RunPython)."""
    import xlwings as xw

    from macros_py.run.in_application import Desk

    Desk(xw.Book.caller()).press(name)


def press_in_calc(document: Any, name: str) -> None:
    """Press a button on a document that is open in the LibreOffice in which this runs. document: its UNO model."""
    from macros_py.hosts.calc.bridge import uno
    from macros_py.hosts.calc.engine import attached, book_of
    from macros_py.run.in_application import Desk

    app = attached(uno().getComponentContext())
    Desk(book_of(app, document)).press(name)
