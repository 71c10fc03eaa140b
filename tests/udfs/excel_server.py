"""Run by itself: xlwings' UDF server code with pywin32 stubbed, called as Excel's VBA wrapper calls it. Prints the results as JSON."""

from __future__ import annotations

import ctypes
import json
import sys
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, ClassVar
from unittest.mock import MagicMock

MISSING = -2147352572  # what VBA's missing Optional arrives as


class Stub(ModuleType):
    """A module of pywin32: whatever is asked of it is there."""

    __path__: ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Exception,), {}) if name.endswith(("error", "Error")) else MagicMock(name=name)
        setattr(self, name, made)
        return made


def stubbed() -> None:
    """Stand-ins for pywin32, before xlwings is imported."""
    for name in [
        "pythoncom",
        "pywintypes",
        "win32api",
        "win32con",
        "win32gui",
        "win32process",
        "win32timezone",
        "win32com",
        "win32com.client",
        "win32com.client.dynamic",
        "win32com.server",
        "win32com.server.util",
        "win32com.server.dispatcher",
        "win32com.server.policy",
        "comtypes",
    ]:
        sys.modules[name] = Stub(name)
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(sys.modules["win32com.client"], name, type(name, (), {}))
        setattr(sys.modules["win32com.client.dynamic"], name, type(name, (), {}))
    ctypes.oledll = ctypes.windll = ctypes.PyDLL = MagicMock()  # type: ignore[attr-defined]
    sys.modules["win32timezone"].TimeZoneInfo.utc.return_value = UTC
    sys.modules["pythoncom"].__file__ = ""
    sys.modules["pywintypes"].TimeType = datetime  # type: ignore[attr-defined]


def main(calls: list[list[Any]]) -> list[Any]:
    """Every call: function and arguments; dates as text that begins with "day "."""
    stubbed()
    import xlwings as xw
    import xlwings._xlwindows as windows
    from xlwings import udfs as server

    xw.func, xw.sub, xw.arg, xw.ret = server.xlfunc, server.xlsub, server.xlarg, server.xlret
    xw._xlwindows = windows
    if not any(e.name == "excel" for e in xw.engines):
        xw.engines.add(xw.Engine(impl=windows.engine))
    xw.engines["excel"].activate()
    windows.is_range_instance = lambda value: False
    sys.modules["xlwings.com_server"] = Stub("xlwings.com_server")
    from macros_py import udfs

    for function in udfs.FUNCTIONS:
        found = getattr(udfs, function.name).__xlfunc__
        assert [a["name"] for a in found["args"]] == [p.name for p in function.parameters]
    return [server.call_udf("macros_py.udfs", name, tuple(map(_argument, args)), None, None) for name, *args in calls]


def _argument(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(tuple(_argument(v) for v in row) for row in value)
    if isinstance(value, str) and value.startswith("day "):
        return datetime.fromisoformat(value.removeprefix("day "))
    return MISSING if value == "missing" else value


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1])), default=str, ensure_ascii=False))
