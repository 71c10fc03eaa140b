"""The worksheet functions as Excel's UDF server and Calc's extension call them. What they do stands in macros_py.functions.

Every argument may be a cell or a range; ranges are read as rows of cells whatever their size. An error is a sentence in the cell.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any, Final, TypeVar

import xlwings as xw

from macros_py.functions.catalogue import FUNCTIONS
from macros_py.functions.declaring import Function

Cells = Any  # a value, or rows of values
Area = list[list[Any]]
F = TypeVar("F", bound=Callable[..., Area])
_BY_NAME: Final[dict[str, Function]] = {f.name: f for f in FUNCTIONS}
__all__ = ["FUNCTIONS", *_BY_NAME]


def _worksheet(function: F) -> F:
    """xlwings' decorators: a function of the sheet, not run while the function wizard is open, its arguments always as rows of cells."""
    made = function
    for name in inspect.signature(function).parameters:
        made = xw.arg(name, ndim=2)(made)
    decorated: F = xw.func(call_in_wizard=False, category="Dunbook")(made)
    return decorated


def _computed(name: str, given: dict[str, Cells]) -> Area:
    """What the function gives. Its module is imported when it is first called."""
    module, _, call = _BY_NAME[name].call.partition(":")
    from macros_py.functions.areas import FunctionError

    try:
        found: Area = getattr(importlib.import_module(f"macros_py.functions.{module}"), call)(**given)
    except FunctionError as error:
        return [[str(error)]]
    except Exception as error:  # noqa: BLE001 - a cell shows a sentence, never a traceback
        return [[f"算不出来，请检查参数（{type(error).__name__}） · cannot be computed, check the arguments"]]
    return found


@_worksheet
def DC_DAYS_PAST_DUE(due_date: Cells, as_of: Cells = None) -> Area:
    return _computed("DC_DAYS_PAST_DUE", locals())


@_worksheet
def DC_BUCKET(due_date: Cells, as_of: Cells = None, written_off: Cells = None) -> Area:
    return _computed("DC_BUCKET", locals())


@_worksheet
def DC_PRIORITY(
    overdue_amount: Cells,
    due_date: Cells,
    as_of: Cells = None,
    broken_promises: Cells = None,
    last_effective: Cells = None,
    phone: Cells = None,
    ability: Cells = None,
    willingness: Cells = None,
    last_demand: Cells = None,
    product: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_PRIORITY", locals())


@_worksheet
def DC_PRIORITY_WHY(
    overdue_amount: Cells,
    due_date: Cells,
    as_of: Cells = None,
    broken_promises: Cells = None,
    last_effective: Cells = None,
    phone: Cells = None,
    ability: Cells = None,
    willingness: Cells = None,
    last_demand: Cells = None,
    product: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_PRIORITY_WHY", locals())


@_worksheet
def DC_TIER(
    overdue_amount: Cells,
    due_date: Cells,
    as_of: Cells = None,
    broken_promises: Cells = None,
    last_contact: Cells = None,
    product: Cells = None,
    ability: Cells = None,
    willingness: Cells = None,
    hardship: Cells = None,
    last_demand: Cells = None,
    address: Cells = None,
    last_visit: Cells = None,
    hold: Cells = None,
    hold_review: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_TIER", locals())


@_worksheet
def DC_NEXT_ACTION(
    overdue_amount: Cells,
    due_date: Cells,
    as_of: Cells = None,
    broken_promises: Cells = None,
    last_contact: Cells = None,
    product: Cells = None,
    ability: Cells = None,
    willingness: Cells = None,
    hardship: Cells = None,
    last_demand: Cells = None,
    address: Cells = None,
    last_visit: Cells = None,
    hold: Cells = None,
    hold_review: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_NEXT_ACTION", locals())


@_worksheet
def DC_NEXT_DATE(
    overdue_amount: Cells,
    due_date: Cells,
    as_of: Cells = None,
    broken_promises: Cells = None,
    last_contact: Cells = None,
    product: Cells = None,
    ability: Cells = None,
    willingness: Cells = None,
    hardship: Cells = None,
    last_demand: Cells = None,
    address: Cells = None,
    last_visit: Cells = None,
    hold: Cells = None,
    hold_review: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_NEXT_DATE", locals())


@_worksheet
def DC_MAY_CONTACT(
    due_date: Cells,
    moment: Cells = None,
    product: Cells = None,
    overdue_amount: Cells = None,
    hold: Cells = None,
    hold_review: Cells = None,
    last_demand: Cells = None,
    effective_today: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_MAY_CONTACT", locals())


@_worksheet
def DC_MAY_CONTACT_WHEN(
    due_date: Cells,
    moment: Cells = None,
    product: Cells = None,
    overdue_amount: Cells = None,
    hold: Cells = None,
    hold_review: Cells = None,
    last_demand: Cells = None,
    effective_today: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_MAY_CONTACT_WHEN", locals())


@_worksheet
def DC_MAY_CONTACT_WHY(
    due_date: Cells,
    moment: Cells = None,
    product: Cells = None,
    overdue_amount: Cells = None,
    hold: Cells = None,
    hold_review: Cells = None,
    last_demand: Cells = None,
    effective_today: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_MAY_CONTACT_WHY", locals())


@_worksheet
def DC_PROMISE_STATE(promised_amount: Cells, due_on: Cells, paid_amount: Cells, as_of: Cells = None, rules: Cells = None) -> Area:
    return _computed("DC_PROMISE_STATE", locals())


@_worksheet
def DC_RECOVERY_RATE(received: Cells, balance: Cells) -> Area:
    return _computed("DC_RECOVERY_RATE", locals())


@_worksheet
def DC_AMOUNT_IN_CAPITALS(cells: Cells) -> Area:
    return _computed("DC_AMOUNT_IN_CAPITALS", locals())


@_worksheet
def DC_MASK_ID(cells: Cells) -> Area:
    return _computed("DC_MASK_ID", locals())


@_worksheet
def DC_MASK_PHONE(cells: Cells) -> Area:
    return _computed("DC_MASK_PHONE", locals())


@_worksheet
def DC_MASK_NAME(cells: Cells) -> Area:
    return _computed("DC_MASK_NAME", locals())


@_worksheet
def DC_CHECK_ID(cells: Cells) -> Area:
    return _computed("DC_CHECK_ID", locals())


@_worksheet
def DC_CHECK_PHONE(cells: Cells) -> Area:
    return _computed("DC_CHECK_PHONE", locals())


@_worksheet
def DC_WORKING_DAYS(first_day: Cells, last_day: Cells, own_days: Cells = None) -> Area:
    return _computed("DC_WORKING_DAYS", locals())


@_worksheet
def DC_LIMITATION_DATE(due_date: Cells, last_demand: Cells = None, as_of: Cells = None, rules: Cells = None) -> Area:
    return _computed("DC_LIMITATION_DATE", locals())


@_worksheet
def DC_AFFORDABLE(income: Cells, expenses: Cells, other_debts: Cells = None, dependants: Cells = None, rules: Cells = None) -> Area:
    return _computed("DC_AFFORDABLE", locals())


@_worksheet
def DC_INSTALMENT(
    principal: Cells,
    months: Cells,
    first_on: Cells = None,
    interest: Cells = None,
    penalty: Cells = None,
    cost: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_INSTALMENT", locals())


@_worksheet
def DC_SCHEDULE(
    principal: Cells,
    months: Cells,
    first_on: Cells = None,
    interest: Cells = None,
    penalty: Cells = None,
    cost: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_SCHEDULE", locals())


@_worksheet
def DC_PAYMENT_SPLIT(
    payment: Cells,
    cost: Cells,
    penalty: Cells,
    interest: Cells,
    principal: Cells,
    product: Cells = None,
    days_past_due: Cells = None,
    as_of: Cells = None,
    rules: Cells = None,
) -> Area:
    return _computed("DC_PAYMENT_SPLIT", locals())
