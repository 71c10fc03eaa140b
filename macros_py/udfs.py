"""The worksheet functions as Excel's UDF server and Calc's extension call them, made from the catalogue: `macros_py.udfs.DC_PRIORITY(…)`.

What they do stands in macros_py.functions. Every argument may be a cell or a range; ranges are read as rows of cells whatever their size.
An error is a sentence in the cell.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import inspect
import marshal
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import xlwings as xw

from macros_py.functions.catalogue import FUNCTIONS
from macros_py.functions.declaring import Function

Cells = Any  # a value, or rows of values
Area = list[list[Any]]
LONG, MOST_KEPT = 200, 24  # rows of a range, answers
CHINA_SECONDS = 8 * 3600  # ahead of UTC
_KEPT: dict[bytes, Area] = {}
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
    """What the function gives, of a long range kept until other cells are asked about: opening a book and a forced recalculation ask again."""
    asked = _asked(function, given)
    if asked is None:
        return _worked_out(function, given)
    if asked not in _KEPT:
        _KEPT[asked] = _worked_out(function, given)
        while len(_KEPT) > MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
    return [row.copy() for row in _KEPT[asked]]


def _asked(function: Function, given: Mapping[str, Cells]) -> bytes | None:
    """A digest of the question, type by type and to the last digit; None where a short one is sooner worked out than remembered."""
    if max((len(v) for v in given.values() if isinstance(v, (list, tuple))), default=0) < LONG:
        return None
    try:
        cells = marshal.dumps((function.name, _now(function), *given.values()), 2)  # version 2: equal cells, equal bytes
    except ValueError:  # dates as Excel hands them over
        return None
    return hashlib.blake2b(cells, digest_size=16).digest()


def _now(function: Function) -> float:
    """The minute or the day in China, by which an answer may change of itself; 0 where none does."""
    names = {p.name for p in function.parameters}
    return time.time() // 60 if "moment" in names else (time.time() + CHINA_SECONDS) // 86_400 if "as_of" in names else 0


def _worked_out(function: Function, given: Mapping[str, Cells]) -> Area:
    """The module of the function is imported when it is first called."""
    module, _, call = function.call.partition(":")
    from macros_py.functions.troubles import FunctionError, said

    try:
        found: Area = getattr(importlib.import_module(f"macros_py.functions.{module}"), call)(**given)
    except FunctionError as error:
        return [[str(error)]]
    except Exception as error:  # noqa: BLE001 - a cell shows a sentence, never a traceback
        return [[said("failed", error=type(error).__name__)]]
    _settle()
    return found


@cache
def _settle() -> None:
    """What the first call has loaded stays. A long range makes tens of thousands of small lists, and each time Python's collector would
    look through pandas as well: half of the time of a call."""
    gc.freeze()


globals().update({f.name: _worksheet(f) for f in FUNCTIONS})
