"""Affordable amounts, instalments and the split of a payment in cells: to the fen, and by the rules of the buttons."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from macros_py import udfs
from macros_py.domain.affordability import Means, assess
from macros_py.domain.rules import Rules

DAY = dt.datetime(2026, 11, 23)


def test_the_affordable_amount_is_that_of_the_repayment_plan() -> None:
    wanted = assess(Means(800_000, 300_000, 50_000, 1), Rules().repayment).affordable_fen / 100
    assert udfs.DC_AFFORDABLE(8000, 3000, 500, 1) == [[wanted]]
    assert udfs.DC_AFFORDABLE([[8000], [None], [-1]], [[3000], [None], [0]], 500, 1) == [
        [wanted],
        [""],
        ["收入、支出、债务和人数不能小于零 · nothing may be below zero"],
    ]


@given(st.integers(1, 10**8), st.integers(1, 60), st.integers(0, 10**6), st.integers(0, 10**5))
def test_a_schedule_sums_to_the_debt_to_the_fen(principal: int, months: int, interest: int, penalty: int) -> None:
    table = udfs.DC_SCHEDULE(principal / 100, months, DAY, interest / 100, penalty / 100)
    assert table[0] == ["期数", "还款日", "应还", "本金", "利息", "费用"]
    assert len(table) <= months + 1
    assert sum(round(row[2] * 100) for row in table[1:]) == principal + interest + penalty
    assert sum(round(row[3] * 100) for row in table[1:]) == principal
    assert udfs.DC_INSTALMENT(principal / 100, months, DAY, interest / 100, penalty / 100)[0][0] == max(row[2] for row in table[1:])


def test_due_dates_are_a_month_apart_and_impossible_plans_are_refused_in_words() -> None:
    assert [row[1] for row in udfs.DC_SCHEDULE(300, 3, dt.datetime(2026, 12, 31))[1:]] == [
        dt.datetime(2026, 12, 31),
        dt.datetime(2027, 1, 31),
        dt.datetime(2027, 2, 28),
    ]
    assert "至少为 1" in udfs.DC_SCHEDULE(300, 0)[0][0]
    assert "期数读不懂" in udfs.DC_INSTALMENT(300, "很多")[0][0]


def test_a_payment_is_split_by_the_order_that_binds() -> None:
    assert udfs.DC_PAYMENT_SPLIT(90, 50, 30, 20, 1000, None, 60, DAY) == [[50.0, 30.0, 10.0, 0.0, 0.0]]
    assert udfs.DC_PAYMENT_SPLIT(60, 50, 30, 20, 1000, "信用卡", 120, DAY) == [[0.0, 0.0, 0.0, 60.0, 0.0]]
    assert udfs.DC_PAYMENT_SPLIT(1200, 50, 30, 20, 1000, None, 60, DAY) == [[50.0, 30.0, 20.0, 1000.0, 100.0]]
    assert "大于零" in udfs.DC_PAYMENT_SPLIT(None, 50, 30, 20, 1000)[0][0]
