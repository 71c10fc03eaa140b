"""Whether signed plans are kept."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from macros_py.domain import columns as c
from macros_py.domain import plan_monitor
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, codes, judged, receipts, shown, table

PLANS = """
    plan_id | case_id | plan_state | plan_signed_on
    A1-1-1  | A1      | 建议       |
    A1-1-1  | A1      | 已签       | 2026-08-15
"""
LINES = """
    plan_id | case_id | instalment_no | instalment_due | instalment_amount
    A1-1-1  | A1      | 1             | 2026-09-15     | 100
    A1-1-1  | A1      | 2             | 2026-10-15     | 100
    A1-1-1  | A1      | 3             | 2026-11-20     | 100
    A1-1-1  | A1      | 4             | 2026-12-15     | 100
"""


def book(paid: str, plans: str = PLANS) -> Tables:
    return Tables(
        cases=cases("case_id | principal \n A1 | 400 \n A2 | 10"),
        plans=table(plans, c.PLAN_COLUMNS),
        instalments=table(LINES, c.INSTALMENT_COLUMNS),
        receipts=receipts("case_id | paid_on | amount | pay_channel \n" + paid),
        present=frozenset({"receipts"}),
    )


def states(tables: Tables, today: date = MONDAY) -> list[str]:
    made, _ = plan_monitor.instalments(tables, Rules(), today)
    return shown(made, "instalment_no", "paid_fen", "state")


def test_instalments_are_kept_late_part_due_and_open() -> None:
    paid = "A1 | 2026-09-18 | 100 | \n A1 | 2026-10-25 | 100 | \n A1 | 2026-11-21 | 40 |"
    assert states(book(paid)) == ["1 | 10000 | kept", "2 | 10000 | late", "3 | 4000 | due", "4 | 0 | open"]
    assert states(book(paid), date(2026, 11, 24))[2] == "3 | 4000 | part"
    assert states(book(""), date(2026, 9, 19))[0] == "1 | 0 | missed"


def test_money_from_before_the_signing_waivers_and_other_cases_do_not_count() -> None:
    paid = "A1 | 2026-08-14 | 100 | \n A1 | 2026-09-10 | 100 | 减免 \n A2 | 2026-09-10 | 100 |"
    assert states(book(paid))[0] == "1 | 0 | missed"


def test_a_reversal_takes_its_instalment_back() -> None:
    paid = "A1 | 2026-09-10 | 100 | 银行 \n A1 | 2026-09-12 | 100 | 冲正"
    assert states(book(paid))[0] == "1 | 0 | missed"


def test_paying_ahead_keeps_what_comes_due_later() -> None:
    assert states(book("A1 | 2026-09-01 | 250 |")) == ["1 | 10000 | kept", "2 | 10000 | kept", "3 | 5000 | due", "4 | 0 | open"]


@pytest.mark.parametrize(
    ("paid", "state", "missed", "due"),
    [
        ("A1 | 2026-09-15 | 100 | \n A1 | 2026-10-15 | 200 |", "kept", 0, "2026-12-15"),
        ("A1 | 2026-09-15 | 100 |", "late", 1, "2026-10-15"),
        ("", "breached", 2, "2026-09-15"),
        ("A1 | 2026-09-15 | 400 |", "done", 0, ""),
    ],
)
def test_a_plan_is_kept_late_breached_or_done(paid: str, state: str, missed: int, due: str) -> None:
    table_, _ = plan_monitor.per_case(book(paid), Rules(), MONDAY)
    assert shown(table_, "plan_state", "plan_missed", "plan_due") == [f"{state} | {missed} | {due}", " | 0 | "]


def test_a_plan_that_stands_as_void_is_no_plan_any_more() -> None:
    table_, _ = plan_monitor.per_case(book("", PLANS + "    A1-1-1 | A1 | 作废 |\n"), Rules(), MONDAY)
    assert shown(table_, "plan_state", "plans_broken") == [" | 0", " | 0"]


def test_an_overdue_last_instalment_is_a_breach() -> None:
    tables = book("A1 | 2026-09-15 | 350 |")
    table_, problems = plan_monitor.per_case(tables, Rules(), date(2026, 12, 19))
    assert (shown(table_, "plan_state", "plans_broken")[0], codes(problems)) == ("breached | 1", {"plan-breached": 1})


def test_without_receipts_nothing_is_judged_and_it_is_said() -> None:
    tables = book("").having(present=frozenset(), receipts=receipts("case_id | paid_on | amount"))
    made, problems = plan_monitor.instalments(tables, Rules(), MONDAY)
    assert (set(made["state"]), codes(problems)) == ({"unjudged"}, {"plans-unjudged": 1})


def test_a_signed_plan_without_instalments_is_said() -> None:
    tables = book("").having(instalments=table("plan_id | case_id \n ", c.INSTALMENT_COLUMNS).iloc[:0])
    _, problems = plan_monitor.per_case(tables, Rules(), MONDAY)
    assert codes(problems) == {"instalments-missing": 1}


def test_the_order_of_the_receipts_does_not_matter() -> None:
    tables = book("A1 | 2026-09-18 | 100 | \n A1 | 2026-10-25 | 100 | \n A1 | 2026-11-21 | 40 |")
    turned = tables.having(receipts=tables.receipts.iloc[::-1].reset_index(drop=True))
    one, two = (plan_monitor.instalments(t, Rules(), MONDAY)[0] for t in (tables, turned))
    pd.testing.assert_frame_equal(one, two)


def test_a_later_plan_replaces_a_breached_one_which_still_counts_as_broken() -> None:
    plans = PLANS + "    A1-2-1 | A1 | 已签 | 2026-11-01\n"
    lines = LINES + "    A1-2-1 | A1 | 1 | 2026-11-20 | 50\n    A1-2-1 | A1 | 2 | 2026-12-20 | 350\n"
    tables = book("A1 | 2026-11-19 | 50 |", plans).having(instalments=table(lines, c.INSTALMENT_COLUMNS))
    made, _ = plan_monitor.instalments(tables, Rules(), MONDAY)
    assert shown(made, "plan_id", "instalment_no", "paid_fen", "state", "replaced") == [
        "A1-1-1 | 1 | 0 | missed | True",
        "A1-1-1 | 2 | 0 | missed | True",
        "A1-1-1 | 3 | 0 | open | True",
        "A1-1-1 | 4 | 0 | open | True",
        "A1-2-1 | 1 | 5000 | kept | False",
        "A1-2-1 | 2 | 0 | open | False",
    ]
    cases_, problems = plan_monitor.per_case(tables, Rules(), MONDAY)
    assert shown(cases_, "plan_id", "plan_state", "plans_broken")[0] == "A1-2-1 | kept | 1"
    assert problems == []


WAIVING = """
    plan_id | case_id | plan_state | plan_signed_on | waived_penalty | waived_interest | approved_by
    A1-1-1  | A1      | 已签       | 2026-08-15     | 50             | 10              | 王经理
"""


def test_the_waiver_of_a_plan_kept_to_its_end_is_booked_once() -> None:
    tables = book("A1 | 2026-09-15 | 400 |", WAIVING)
    due = plan_monitor.waivers_due(tables, Rules(), MONDAY)
    assert shown(due, "case_id", "adjust_kind", "adjusted_penalty", "adjusted_interest", "approved_by", "note") == [
        "A1 | 减免 | 5000 | 1000 | 王经理 | 方案 A1-1-1 履行完毕"
    ]
    assert plan_monitor.waivers_due(tables.having(adjustments=due), Rules(), MONDAY).empty
    assert plan_monitor.waivers_due(book("A1 | 2026-09-15 | 399 |", WAIVING), Rules(), MONDAY).empty


def test_who_kept_a_plan_to_its_end_is_not_called_for_what_was_waived() -> None:
    ledger = cases("case_id | overdue_amount | due_date \n A1 | 460 | 2026-06-01")
    paid = book("A1 | 2026-09-15 | 400 |", WAIVING).having(cases=ledger, data_as_of=date(2026, 8, 15))
    before, _ = judged(paid)
    assert shown(before.cases, "open_amount", "settled", "hold") == ["6000 | False | 履行协议"]
    after, _ = judged(paid.having(adjustments=plan_monitor.waivers_due(paid, Rules(), MONDAY)))
    assert shown(after.cases, "open_amount", "settled", "balance_state") == ["0 | True | paid"]
