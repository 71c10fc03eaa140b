"""付款能力: what a household can pay each month, with every line of the working.

What is left of the income after living costs and other debts, less a reserve, and never more than a share of the income for all debts
together. Stated expenses below the least living costs of the household are not believed: a plan that starves its debtor is broken.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from macros_py.domain.account_rules import RepaymentRules
from macros_py.domain.arrays import Flags, Ints
from macros_py.domain.money_words import yuan


@dataclass(frozen=True)
class Means:
    """What the debtor told, a month: fen, and how many people live on it besides."""

    income_fen: int
    expenses_fen: int
    other_debts_fen: int = 0
    dependants: int = 0


@dataclass(frozen=True)
class Ability:
    """affordable_fen a month; lines: line (zh), line_en, amount (fen), working (zh), working_en, in the order of the working."""

    affordable_fen: int
    lines: pd.DataFrame


@dataclass(frozen=True)
class _Worked:
    """The figures of the working, in fen: one household's, or many households' side by side."""

    least: Any
    costs: Any
    left: Any
    reserve: Any
    by_share: Any
    affordable: Any


def _worked(income: Any, expenses: Any, other_debts: Any, dependants: Any, rules: RepaymentRules) -> _Worked:
    least = rules.living_fen + dependants * rules.dependant_fen
    costs = np.maximum(expenses, least)
    left = income - costs - other_debts
    reserve = -(-np.maximum(left, 0) * rules.reserve_percent // 100)
    by_share = income * rules.debt_share_percent // 100 - other_debts
    most = np.maximum(np.minimum(left - reserve, by_share), 0)
    return _Worked(least, costs, left, reserve, by_share, most // rules.step_fen * rules.step_fen if rules.step_fen else most)


def affordable(income: Ints, expenses: Ints, other_debts: Ints, dependants: Ints, rules: RepaymentRules) -> tuple[Ints, Flags]:
    """The affordable monthly amount of many households as `assess` has it, and where no figure is below zero; 0 where one is."""
    sound = np.minimum.reduce([income, expenses, other_debts, dependants]) >= 0
    return np.where(sound, _worked(income, expenses, other_debts, dependants, rules).affordable, 0), np.asarray(sound, dtype=bool)


def assess(means: Means, rules: RepaymentRules) -> Ability:
    """The affordable monthly amount. ValueError where a figure is below zero."""
    if min(means.income_fen, means.expenses_fen, means.other_debts_fen, means.dependants) < 0:
        raise ValueError("income, expenses, debts and dependants are not below zero")
    told = _worked(means.income_fen, means.expenses_fen, means.other_debts_fen, means.dependants, rules)
    least, costs, left, reserve, by_share, most = (int(getattr(told, f.name)) for f in fields(told))
    higher = ("取申报支出", "the expenses stated") if means.expenses_fen >= least else ("取最低生活费", "the least living costs")
    household = f"{_short(rules.living_fen)} + {means.dependants} × {_short(rules.dependant_fen)}"
    binding = ("结余", "what is left") if left - reserve <= by_share else ("占比上限", "the share of income")
    rows = (
        ("月收入", "Monthly income", means.income_fen, "申报", "as stated"),
        ("申报月支出", "Monthly expenses", means.expenses_fen, "申报", "as stated"),
        ("最低生活费", "Least living costs", least, f"本人 + 家属 {means.dependants} 人：{household}", f"own + dependants ({means.dependants}): {household}"),
        ("认定月支出", "Expenses counted", costs, *higher),
        ("其他债务月还款", "Other debts a month", means.other_debts_fen, "申报", "as stated"),
        ("月结余", "Left a month", left, "收入 − 认定支出 − 其他债务", "income − expenses counted − other debts"),
        ("预留", "Reserve", reserve, f"结余的 {rules.reserve_percent}%", f"{rules.reserve_percent}% of what is left"),
        ("按结余可还", "By what is left", left - reserve, "结余 − 预留", "what is left − reserve"),
        ("按占比可还", "By share of income", by_share, f"收入的 {rules.debt_share_percent}% − 其他债务", f"{rules.debt_share_percent}% of income − other debts"),
        ("可负担月还款", "Affordable a month", most, f"取低者（{binding[0]}），按 {_short(rules.step_fen)} 元向下取整",
         f"the lower ({binding[1]}), rounded down to {_short(rules.step_fen)} yuan"),
    )  # fmt: skip
    return Ability(most, _table(rows))


def _table(rows: tuple[tuple[str, str, int, str, str], ...]) -> pd.DataFrame:
    names = ("line", "line_en", "amount", "working", "working_en")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    return pd.DataFrame({name: pd.Series(values, dtype="Int64" if name == "amount" else "str") for name, values in columns.items()})


def _short(fen: int) -> str:
    return yuan(fen).removesuffix(".00")
