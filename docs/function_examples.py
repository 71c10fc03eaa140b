"""One example for every worksheet function: the formula as it is typed, and what it answers. The answers are computed, never written down."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from macros_py import udfs

Argument = str | int | float | dt.date | None
DUE, TODAY, MOMENT = dt.date(2026, 9, 1), dt.date(2026, 11, 23), dt.datetime(2026, 11, 23, 22, 30)
CASE: Final[tuple[Argument, ...]] = (12500, DUE, TODAY)
EXAMPLES: Final[dict[str, tuple[Argument, ...]]] = {
    "DC_DAYS_PAST_DUE": (DUE, TODAY),
    "DC_BUCKET": (DUE, TODAY),
    "DC_PRIORITY": (*CASE, 1),
    "DC_PRIORITY_WHY": (*CASE, 1),
    "DC_TIER": CASE,
    "DC_NEXT_ACTION": CASE,
    "DC_NEXT_DATE": CASE,
    "DC_MAY_CONTACT": (DUE, MOMENT),
    "DC_MAY_CONTACT_WHEN": (DUE, MOMENT),
    "DC_MAY_CONTACT_WHY": (DUE, MOMENT),
    "DC_PROMISE_STATE": (2000, dt.date(2026, 11, 16), 1200, TODAY),
    "DC_RECOVERY_RATE": (3000, 12500),
    "DC_AMOUNT_IN_CAPITALS": (12500.5,),
    "DC_MASK_ID": ("440100199003071234",),
    "DC_MASK_PHONE": ("15400000001",),
    "DC_MASK_NAME": ("张三丰",),
    "DC_CHECK_ID": ("440100199003071234",),
    "DC_CHECK_PHONE": ("154-0000-0001",),
    "DC_WORKING_DAYS": (dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
    "DC_LIMITATION_DATE": (DUE, dt.date(2026, 11, 10)),
    "DC_AFFORDABLE": (8000, 3000, 1000, 1),
    "DC_INSTALMENT": (12000, 12, dt.date(2026, 12, 15)),
    "DC_SCHEDULE": (12000, 3, dt.date(2026, 12, 15)),
    "DC_PAYMENT_SPLIT": (500, 20, 100, 130, 9000),
}


def formula(name: str) -> str:
    """The example as a person types it."""
    return f"={name}({', '.join(_typed(a) for a in EXAMPLES[name])})"


def answer(name: str) -> list[list[str]]:
    """What the function gives for its example, row by row, as cells show it."""
    given = [[[_cell(a)]] for a in EXAMPLES[name]]
    return [[_shown(v) for v in row] for row in getattr(udfs, name)(*given)]


def _cell(value: Argument) -> Any:
    is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return dt.datetime.combine(value, dt.time()) if is_day else value  # as a spreadsheet hands it over


def _typed(value: Argument) -> str:
    if isinstance(value, dt.datetime):
        return f"DATE({value.year},{value.month},{value.day})+TIME({value.hour},{value.minute},0)"
    if isinstance(value, dt.date):
        return f"DATE({value.year},{value.month},{value.day})"
    return f'"{value}"' if isinstance(value, str) else "" if value is None else str(value)


def _shown(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float | Decimal):
        return f"{value:,.2f}" if value != int(value) else f"{value:,.0f}"
    return "" if value is None else str(value)
