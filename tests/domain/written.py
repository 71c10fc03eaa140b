"""Tables written as text in tests: a header line, then one line per row, cells parted by |. Money is in yuan, '' unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from macros_py.buttons.procedure import JUDGING
from macros_py.domain import columns as c
from macros_py.domain import (
    promises,
)
from macros_py.domain.kinds import Column, Kind, conform
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables

MONDAY = date(2026, 11, 23)


def table(text: str, columns: tuple[Column, ...]) -> pd.DataFrame:
    """The table as rules get it."""
    lines = [line.strip() for line in text.strip().splitlines()]
    names = [name.strip() for name in lines[0].split("|")]
    by_name = {column.name: column for column in columns}
    rows = [[cell.strip() for cell in line.split("|")] for line in lines[1:]]
    data = {name: [_value(row[i], by_name[name].kind) for row in rows] for i, name in enumerate(names)}
    return conform(pd.DataFrame(data), columns)


def _value(cell: str, kind: Kind) -> Any:
    if kind is Kind.FLAG:
        return cell == "是"
    if cell == "":
        return {Kind.MONEY: pd.NA, Kind.INT: pd.NA, Kind.DATE: pd.NaT, Kind.TIME: pd.NaT, Kind.NUMBER: float("nan")}.get(kind, "")
    if kind is Kind.MONEY:
        return int(Decimal(cell) * 100)
    if kind is Kind.INT:
        return int(cell)
    return pd.Timestamp(cell) if kind in (Kind.DATE, Kind.TIME) else cell


def cases(text: str) -> pd.DataFrame:
    return table(text, c.CASE_COLUMNS)


def contacts(text: str) -> pd.DataFrame:
    return table(text, c.CONTACT_COLUMNS)


def receipts(text: str) -> pd.DataFrame:
    return table(text, c.RECEIPT_COLUMNS)


def hold_rows(text: str) -> pd.DataFrame:
    return table(text, c.HOLD_COLUMNS)


def letters(text: str) -> pd.DataFrame:
    return table(text, c.LETTER_COLUMNS)


def judged(tables: Tables, rules: Rules | None = None, today: date = MONDAY) -> tuple[Tables, list[Problem]]:
    """Every rule in the order of the procedure."""
    rules = rules or Rules()
    made, problems = promises.judge(tables, rules, today)
    tables = tables.having(promises=made)
    for step in JUDGING:
        worked, found = step(tables, rules, today)
        tables = tables.having(cases=worked)
        problems = [*problems, *found]
    return tables, problems


def shown(frame: pd.DataFrame, *names: str) -> list[str]:
    """Rows as text, to compare with what a test expects; dates as ISO, unknown as ''."""
    return [" | ".join(_cell(v) for v in row) for row in frame[list(names)].itertuples(index=False)]


def _cell(value: Any) -> str:
    if value is pd.NA or value is pd.NaT or value != value:
        return ""
    return str(value.date()) if isinstance(value, pd.Timestamp) else str(value)


def codes(problems: list[Problem]) -> dict[str, object]:
    return {p.code: p.values.get("count", "") for p in problems}
