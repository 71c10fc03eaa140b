"""货款账龄: trade receivables are shown under an ageing of their own, everything else under M0 … M7+."""

from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros_py.buttons.writing import SCORED, filled
from macros_py.domain import ageing, balances, priority
from macros_py.domain.rules import OfficeRules, Rules, StrategyRules
from macros_py.domain.tables import Place, Tables
from macros_py.sheets.settings import read_rules
from tests.domain.written import cases

TODAY = date(2026, 12, 7)
LEDGER = """
case_id | product  | invoice_date | due_date   | overdue_amount | written_off
A       | 货款     |              | 2026-12-20 | 10             |
B       | 货款     |              | 2026-12-07 | 20             |
C       | 应收账款 |              | 2026-11-06 | 30             |
D       |          | 2026-01-01   | 2026-06-01 | 40             |
E       | 货款     |              | 2025-12-07 | 50             |
F       | 货款     |              | 2024-12-06 | 60             |
G       | 货款     |              | 2021-01-01 | 70             |
H       | 货款     |              |            | 80             |
I       | 货款     |              | 2025-12-07 | 90             | 是
J       | 个人贷款 |              | 2026-11-06 | 99             |
K       | 信用卡   |              | 2026-12-20 | 99             |
"""


def judged(ledger: str = LEDGER, rules: Rules | None = None) -> pd.DataFrame:
    rules = rules or Rules()
    tables = Tables(cases=cases(ledger))
    for rule in (balances.as_of, ageing.told):
        tables = tables.having(cases=rule(tables, rules, TODAY)[0])
    return tables.cases


def test_invoices_are_shown_by_their_own_ageing_and_loans_by_months() -> None:
    table = judged()
    assert dict(zip(table["case_id"], table["ageing"], strict=True)) == {
        "A": "未到期",
        "B": "0–30天",
        "C": "31–60天",
        "D": "181–365天",
        "E": "181–365天",
        "F": "2–3年",
        "G": "3年以上",
        "H": "",
        "I": "已核销",
        "J": "M2",
        "K": "M0",
    }


def test_the_bucket_by_which_rules_go_stays_that_of_the_days() -> None:
    assert judged()["bucket"].tolist() == ["M0", "M0", "M2", "M7+", "M7+", "M7+", "M7+", "", "已核销", "M2", "M0"]


def test_labels_follow_the_language_of_the_sheets() -> None:
    english = judged(rules=Rules(office=dataclasses.replace(OfficeRules(), language="en")))["ageing"].tolist()
    assert english[:7] == ["not due", "0–30 days", "31–60 days", "181–365 days", "181–365 days", "2–3 years", "over 3 years"]


def test_a_manager_sets_other_limits() -> None:
    typed = pd.DataFrame({"setting": ["货款账龄分段"], "value": ["45、 90，365"]})
    rules, problems = read_rules(typed, {})
    assert (rules.strategy.trade_ageing, problems) == ("45、90、365", [])
    assert judged(rules=rules)["ageing"].tolist()[:7] == ["未到期", "0–45天", "0–45天", "91–365天", "91–365天", "1年以上", "1年以上"]


@pytest.mark.parametrize("typed", ["30,30", "60,30", "0,30", "一个月", "30-60"])
def test_limits_that_do_not_rise_in_whole_days_are_said_and_the_defaults_kept(typed: str) -> None:
    rules, problems = read_rules(pd.DataFrame({"setting": ["货款账龄分段"], "value": [typed]}), {})
    assert (rules.strategy.trade_ageing, [p.code for p in problems]) == (StrategyRules().trade_ageing, ["setting-unreadable"])


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=12, unique=True).map(sorted), st.integers(0, 5000))
def test_every_day_has_exactly_the_label_whose_limits_hold_it(ends: list[int], past: int) -> None:
    rules = Rules(strategy=dataclasses.replace(StrategyRules(), trade_ageing=",".join(map(str, ends))))
    one = pd.DataFrame({"product": ["货款"], "bucket": ["M1"], "days_past_due": [past], "days_to_due": [0]})
    names = ageing.trade_labels(tuple(ends), "zh")
    assert len(set(names)) == len(ends) + 2
    at = names.index(ageing.labels(one, rules, "zh")[0])
    assert 1 <= at <= len(ends) + 1
    assert at == len(ends) + 1 or past <= ends[at - 1]
    assert at == 1 or past > ends[at - 2]
    assert set(names) < set(ageing.order(rules))


def test_the_ledger_shows_it_and_ranks_within_it() -> None:
    ledger = LEDGER.replace("2021-01-01", "2026-05-01")  # G is older than 180 days as D and E are, and less than a year
    tables = Tables(cases=judged(ledger).assign(sheet="台账"))
    tables = tables.having(cases=priority.score(tables, Rules(), TODAY)[0])
    place = Place("台账", 1, 1, tuple(range(2, 13)), tuple(tables.cases["case_id"]))
    (fill,) = filled(dataclasses.replace(tables, places=(place,)), SCORED)
    shown = fill.table.assign(case=tables.cases["case_id"].to_numpy()).set_index("case")
    assert shown.loc[["D", "F", "J"], "bucket"].tolist() == ["181–365天", "2–3年", "M2"]
    assert "30天后进入逾期第61天时为" in shown.loc["C", "what_would_change"]
    assert "30天后进入M3时为" in shown.loc["J", "what_would_change"]
    assert sorted(shown.loc[["D", "E", "G"], "bucket_rank"]) == [1, 2, 3]
    assert (shown.loc["F", "bucket_rank"], shown.loc["C", "bucket_rank"], shown.loc["J", "bucket_rank"]) == (1, 1, 1)
