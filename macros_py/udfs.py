"""The worksheet functions as Excel's UDF server and Calc's extension call them, made from the catalogue: `macros_py.udfs.DC_PRIORITY(…)`.

What they do stands in macros_py.functions. Every argument may be a cell or a range; ranges are read as rows of cells whatever their size.
An error is a sentence in the cell.
"""

from __future__ import annotations

import gc
import importlib
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import xlwings as xw

from macros_py.functions.catalogue import FUNCTIONS
from macros_py.functions.declaring import Function

Cells = Any  # a value, or rows of values
Area = list[list[Any]]
__all__ = ["FUNCTIONS", *(f.name for f in FUNCTIONS)]


def _worksheet(function: Function) -> Callable[..., Area]:
    """A function of the sheet with the arguments that it declares, not run while the function wizard is open, ranges as rows of cells."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    declared = [
        inspect.Parameter(p.name, kind, default=None) if p.optional else inspect.Parameter(p.name, kind) for p in function.parameters
    ]
    signature = inspect.Signature(declared)

    def call(*cells: Cells, **named: Cells) -> Area:
        given = signature.bind(*cells, **named)
        given.apply_defaults()
        return _computed(function, given.arguments)

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = f"{function.zh} · {function.en}"
    call.__signature__ = signature  # type: ignore[attr-defined]
    made: Callable[..., Area] = call
    for parameter in function.parameters:
        made = xw.arg(parameter.name, ndim=2)(made)
    decorated: Callable[..., Area] = xw.func(call_in_wizard=False, category="Dunbook")(made)
    return decorated


def _computed(function: Function, given: Mapping[str, Cells]) -> Area:
    """What the function gives. Its module is imported when it is first called."""
    module, _, call = function.call.partition(":")
    from macros_py.functions.areas import FunctionError

    try:
        found: Area = getattr(importlib.import_module(f"macros_py.functions.{module}"), call)(**given)
    except FunctionError as error:
        return [[str(error)]]
    except Exception as error:  # noqa: BLE001 - a cell shows a sentence, never a traceback
        return [[f"算不出来，请检查参数（{type(error).__name__}） · cannot be computed, check the arguments"]]
    _settle()
    return found


@cache
def _settle() -> None:
    """What the first call has loaded stays. A long range makes tens of thousands of small lists, and each time Python's collector would
    look through pandas as well: half of the time of a call."""
    gc.freeze()


globals().update({f.name: _worksheet(f) for f in FUNCTIONS})
