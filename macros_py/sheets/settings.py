"""What a manager set → frozen Rules: the 设置 sheet here, the sheets of priority, strategy and legal rules in rule_rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.ageing import last_days
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules, scalars
from macros_py.domain.slots import NOT_FITTED, clock, spans, spelled
from macros_py.sheets import account_sheets, rule_rows
from macros_py.sheets.amounts import money
from macros_py.sheets.cells import Cells, folded
from macros_py.sheets.dates import dates
from macros_py.sheets.headers import RawGrid
from macros_py.sheets.memory import OURS, PREFIX
from macros_py.sheets.rule_sheets import default_sheets, default_table
from macros_py.sheets.tables import COMPLIANCE_SHEET, LPR_SHEET, PAYMENT_ORDER_SHEET, PRIORITY_RULES_SHEET, SETTINGS, STRATEGY_SHEET

__all__ = ["default_sheets", "default_table", "read_rules"]

LANGUAGES: Final = {"zh": "zh", "中文": "zh", "汉语": "zh", "chinese": "zh", "en": "en", "英文": "en", "英语": "en", "english": "en"}
_NUMBER: Final = re.compile(r"(-?\d+(?:\.\d+)?)\s*(%|％)?\s*(?:分钟|分|个?工作日|天|日|次|行|个|户|minutes?|days?|times?)?")


def read_rules(settings: pd.DataFrame, grids: Mapping[str, RawGrid]) -> tuple[Rules, list[Problem]]:
    """settings: setting (label zh or en, or the field's name), value, and row where known; grids: title → raw cells of the rule sheets.

    → Rules with defaults for everything that is not set, and what could not be used: setting-unknown, setting-unreadable,
    rule-row-unknown, points-scaled. A later row for the same setting wins.
    """
    rules, problems = _scalars(settings, rule_rows.with_legal_defaults(Rules()))
    readers = {
        PRIORITY_RULES_SHEET: rule_rows.read_priority,
        STRATEGY_SHEET: rule_rows.read_strategy,
        COMPLIANCE_SHEET: rule_rows.read_compliance,
        PAYMENT_ORDER_SHEET: account_sheets.read_orders,
        LPR_SHEET: account_sheets.read_lpr,
    }
    for title, reader in readers.items():
        if title in grids:
            rules, found = reader(grids[title], rules)
            problems += found
    return rules, problems


def _scalars(settings: pd.DataFrame, rules: Rules) -> tuple[Rules, list[Problem]]:
    known = _names()
    changed: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for number, row in enumerate(settings.to_dict("records") if len(settings) else []):
        key, typed = str(row.get("setting") or "").strip(), str(row.get("value") or "").strip()
        if not key or key.replace("：", ":").startswith((PREFIX, OURS)):
            continue
        cell = f"B{int(row['row'])}" if "row" in row else ""
        entry = known.get(_key(key))
        if entry is None:
            near = difflib.get_close_matches(_key(key), list(known), 1, 0.3)
            nearest = known[near[0]][2].metadata["zh"] if near else "—"
            problems.append(Problem("setting-unknown", SETTINGS.zh, cell, {"key": key[:40], "nearest": nearest, "row": number}))
        elif typed:
            section, name, field = entry
            value = parse_scalar(name, field.default, typed)
            if value is None:
                values = {"key": field.metadata["zh"], "shown": typed[:24], "hint": field.metadata["hint_zh"]}
                problems.append(Problem("setting-unreadable", SETTINGS.zh, cell, values))
            else:
                changed.setdefault(section, {})[name] = value
    sections = {section: dataclasses.replace(getattr(rules, section), **values) for section, values in changed.items()}
    return dataclasses.replace(rules, **sections), problems


def _names() -> dict[str, tuple[str, str, dataclasses.Field[Any]]]:
    every: dict[str, tuple[str, str, dataclasses.Field[Any]]] = {}
    for section, name, entry in scalars():
        for label in (entry.metadata["zh"], entry.metadata["en"], name):
            every.setdefault(_key(label), (section, name, entry))
    return every


def _key(label: str) -> str:
    return re.sub(r"[\s_:：]", "", folded(label)).lower()


def parse_scalar(name: str, default: Any, typed: str) -> Any:
    """The value of a setting in the type of its default; None when it cannot be read."""
    if name in SPECIAL:
        return SPECIAL[name](typed)
    if isinstance(default, bool):
        return {"是": True, "yes": True, "true": True, "1": True, "否": False, "no": False, "false": False, "0": False}.get(
            folded(typed).lower()
        )
    if name.endswith("_fen"):
        fen, found = money(Cells.of(np.array([typed], dtype=object)))
        return None if found or pd.isna(fen[0]) or int(fen[0]) < 0 else int(fen[0])
    if isinstance(default, int):
        return _whole(name, typed)
    return typed


def _whole(name: str, typed: str) -> int | None:
    """ "5", "5天", "10%" and, for percentages, the 0.1 that a spreadsheet makes of a typed 10%."""
    found = _NUMBER.fullmatch(folded(typed).replace(",", ""))
    if not found:
        return None
    number, percent = Decimal(found[1]), name.endswith("_percent")
    if percent and not found[2] and 0 < number < 1:
        number *= 100
    whole = number.quantize(Decimal(1), ROUND_HALF_UP) if percent else number
    if whole != whole.to_integral_value() or whole < 0 or whole > (100 if percent else 1_000_000):
        return None
    return int(whole)


def _shift(typed: str) -> str | None:
    found = spans(folded(typed))
    return ",".join(f"{spelled(a)}-{spelled(b)}" for a, b in found) if found else None


def _time(typed: str) -> str | None:
    second = clock(folded(typed))
    return None if second == NOT_FITTED else spelled(second)


def _date(typed: str) -> str | None:
    moments, found = dates(Cells.of(np.array([typed], dtype=object)))
    return None if found or pd.isna(moments[0]) else str(moments[0])[:10]


SPECIAL: Final[Mapping[str, Callable[[str], str | None]]] = {
    "language": lambda typed: LANGUAGES.get(folded(typed).lower()),
    "day_shift": _shift,
    "evening_shift": _shift,
    "work_start": _time,
    "late_from": _time,
    "data_as_of": _date,
    "trade_ageing": lambda typed: "、".join(str(day) for day in last_days(folded(typed))) or None,
}


def day_of(typed: str) -> dt.date | None:
    """A day typed as a setting, in any way in which a ledger may write it."""
    cells = np.empty(1, object)
    cells[0] = typed
    found = dates(cells)[0][0]
    return None if np.isnat(found) else found.astype("datetime64[D]").item()
