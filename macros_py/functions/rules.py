"""Rules out of a range: a rules sheet given to a function, understood as the buttons understand it, once per content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from macros_py.domain.kinds import conform
from macros_py.domain.rules import Rules
from macros_py.functions import areas
from macros_py.functions.areas import Given
from macros_py.functions.troubles import FunctionError, said
from macros_py.sheets.cells import Objects
from macros_py.sheets.settings import read_rules
from macros_py.sheets.tables import COMPLIANCE_SHEET, PRIORITY_RULES_SHEET, SETTINGS, STRATEGY_SHEET


@dataclass(frozen=True)
class Range:
    """The cells of a range as a sheet of rules, wherever it stands."""

    sheet: str
    cells: Objects
    top: int = 1
    left: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()
    date1904: bool = False


_HEADS = frozenset(label for column in SETTINGS.columns[:2] for label in (column.zh, column.en))


def rules_of(given: Given) -> Rules:
    """The defaults, changed by what the range says. FunctionError when a row of it cannot be read."""
    return _understood(tuple(tuple(row) for row in areas.rows(given)))


@lru_cache(maxsize=32)
def _understood(rows: tuple[tuple[Any, ...], ...]) -> Rules:
    cells = np.empty((len(rows), max(map(len, rows), default=0)), dtype=object)
    for i, row in enumerate(rows):
        cells[i, : len(row)] = row
    grids = {name: Range(name, cells) for name in (PRIORITY_RULES_SHEET, STRATEGY_SHEET, COMPLIANCE_SHEET)} if rows else {}
    rules, problems = read_rules(_settings(rows), grids)
    unread = next((p for p in problems if p.code in ("setting-unreadable", "rule-row-unknown")), None)
    if unread is not None:
        raise FunctionError(said("rules", cell=unread.cell, zh=unread.text("zh"), en=unread.text("en")))
    return rules


def _settings(rows: tuple[tuple[Any, ...], ...]) -> pd.DataFrame:
    """setting and value, where the range is a settings sheet."""
    head = next((i for i, row in enumerate(rows) if len(row) >= 2 and {str(v).strip() for v in row[:2]} <= _HEADS), None)
    body = [] if head is None else rows[head + 1 :]
    table = pd.DataFrame(
        {"setting": [str(r[0] or "") for r in body], "value": ["" if r[1] is None else str(r[1]) for r in body]}, dtype="str"
    )
    return conform(table, SETTINGS.columns)
