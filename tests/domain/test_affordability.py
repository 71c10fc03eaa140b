"""What a household can pay a month."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros_py.domain.account_rules import RepaymentRules
from macros_py.domain.affordability import Means, assess
from tests.domain.written import shown


def test_every_line_of_the_working_is_shown() -> None:
    ability = assess(Means(800_000, 300_000, 100_000, 1), RepaymentRules())
    assert shown(ability.lines, "line", "amount") == [
        "月收入 | 800000",
        "申报月支出 | 300000",
        "最低生活费 | 200000",
        "认定月支出 | 300000",
        "其他债务月还款 | 100000",
        "月结余 | 400000",
        "预留 | 40000",
        "按结余可还 | 360000",
        "按占比可还 | 300000",
        "可负担月还款 | 300000",
    ]
    assert ability.lines["working_en"].iloc[-1] == "the lower (the share of income), rounded down to 10 yuan"


def test_expenses_below_the_least_living_costs_are_not_believed() -> None:
    ability = assess(Means(500_000, 50_000, 0, 2), RepaymentRules())
    assert ability.affordable_fen == 198_000  # (5000 − 1200 − 2 × 800) × 90%, down to ten yuan
    assert ability.lines["working"].iloc[3] == "取最低生活费"


def test_who_has_nothing_left_can_pay_nothing() -> None:
    assert assess(Means(100_000, 90_000), RepaymentRules()).affordable_fen == 0


@pytest.mark.parametrize("means", [Means(-1, 0), Means(0, -1), Means(0, 0, -1), Means(0, 0, 0, -1)])
def test_figures_below_zero_are_refused(means: Means) -> None:
    with pytest.raises(ValueError, match="below zero"):
        assess(means, RepaymentRules())


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 9))
def test_nobody_is_asked_for_more_than_is_left_or_than_the_share_of_income(income: int, expenses: int, debts: int, people: int) -> None:
    rules = RepaymentRules()
    paid = assess(Means(income, expenses, debts, people), rules).affordable_fen
    assert 0 <= paid <= max(income - expenses - debts, 0)
    assert paid == 0 or paid + debts <= income * rules.debt_share_percent // 100
    assert paid % rules.step_fen == 0
