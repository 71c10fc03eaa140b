"""Dunbook's worksheet functions in LibreOffice Calc: every method hands its arguments to the function of macros_py.udfs."""

from datetime import datetime, timedelta
from itertools import chain

import dunbook_names
import dunbook_path
import unohelper
from com.sun.star.lang import XServiceInfo
from org.dunbook.calc import XFunctions

NAME = "org.dunbook.calc.Functions"
DAY_ZERO = datetime(1899, 12, 30)  # days are numbers in a cell; the format shows them as a date
PLAIN = {bool, int, float, str}
DATED = {*PLAIN, datetime}
SERVICES = ("com.sun.star.sheet.AddIn", NAME)


class Functions(unohelper.Base, XFunctions, XServiceInfo):
    """The methods are added below, one for every function that the extension declares."""

    def __init__(self, context):
        self.context = context

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name in SERVICES

    def getSupportedServiceNames(self):
        return SERVICES


def method(name):
    def call(self, *arguments):
        try:
            dunbook_path.make_importable()
            from macros_py import udfs

            return cells(getattr(udfs, name)(*given(name, arguments)))
        except dunbook_path.NotInstalledError:
            return cells("未安装催收簿 / Dunbook is not installed")
        except Exception as error:
            return cells(f"#{type(error).__name__}")

    return call


def given(name, arguments):
    """Calc hands over one empty cell as 0 (of a range it says that it is empty): where nobody means a 0, it is empty here too."""
    empty = dunbook_names.EMPTY[name]
    return [None if at in empty and type(value) is float and value == 0 else value for at, value in enumerate(arguments)]


def cells(result):
    """What Calc takes, always: rows of values, one row of one value for a single one; nothing is an empty text."""
    rows = result if isinstance(result, (list, tuple)) else [result]
    if not set(map(type, rows)) <= {list, tuple}:
        rows = [row if isinstance(row, (list, tuple)) else [row] for row in rows]
    kinds = set(map(type, chain.from_iterable(rows)))
    if kinds <= PLAIN:
        return tuple(map(tuple, rows))
    if kinds <= DATED:
        days = {v: cell(v) for v in set(chain.from_iterable(rows)) if type(v) is datetime}  # a column has far fewer days than cells
        return tuple([tuple([days[v] if type(v) is datetime else v for v in row]) for row in rows])
    return tuple([tuple(map(cell, row)) for row in rows])


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return (value - DAY_ZERO) / timedelta(days=1)
    return value if isinstance(value, (int, float, str)) else str(value)


for method_name, function in dunbook_names.METHODS.items():
    setattr(Functions, method_name, method(function))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Functions, NAME, SERVICES)
