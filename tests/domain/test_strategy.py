"""The ladder: tier, channels, next step and its day, letters due."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, contacts, hold_rows, judged, letters, receipts, shown


def placed(ledger: str, today: date = MONDAY, **more) -> pd.DataFrame:
    return judged(Tables(cases=cases(ledger), data_as_of=today, **more), None, today)[0].cases


@pytest.mark.parametrize(
    ("due", "amount", "tier", "why"),
    [
        ("2026-10-24", 5000, "正常", "逾期30天"),
        ("2026-10-23", 5000, "预警", "逾期31天"),
        ("2026-09-24", 5000, "预警", "逾期60天"),
        ("2026-09-23", 5000, "加强", "逾期61天"),
        ("2026-08-25", 5000, "加强", "逾期90天"),
        ("2026-08-24", 5000, "法律", "逾期91天"),
        ("2026-08-24", 999, "加强", "逾期91天；低于诉讼最低金额"),
        ("2026-08-24", 1000, "法律", "逾期91天"),
        ("2024-05-22", 999, "法律", "逾期915天；诉讼时效临近；低于诉讼最低金额"),
        ("2023-11-22", 5000, "法律", "逾期1097天；时效存疑，转法务复核"),
    ],
)
def test_the_tier_follows_the_cases_own_days_and_the_minimum_claim(due: str, amount: int, tier: str, why: str) -> None:
    assert shown(placed(f"case_id | due_date | overdue_amount\nA | {due} | {amount}"), "tier", "tier_why") == [f"{tier} | {why}"]


BROKEN = "A | 2026-10-0{n} 09:00 | 承诺还款 | 2026-10-0{n} | 10"


@pytest.mark.parametrize(("promises", "tier"), [(1, "正常"), (2, "预警"), (3, "加强")])
def test_broken_promises_raise_the_tier(promises: int, tier: str) -> None:
    log = "case_id | contacted_at | outcome | promised_on | promised_amount\n" + "\n".join(BROKEN.format(n=n + 1) for n in range(promises))
    paid = "case_id | paid_on | amount\nZ | 2026-01-01 | 1"
    table = placed("case_id | due_date | overdue_amount\nA | 2026-11-01 | 5000", contacts=contacts(log), receipts=receipts(paid))
    assert table["tier"].tolist() == [tier]


@pytest.mark.parametrize(
    ("ability", "willingness", "due", "tier", "plan"),
    [
        ("有", "有", "2026-11-10", "正常", False),
        ("无", "有", "2026-11-10", "正常", True),
        ("有", "无", "2026-11-10", "加强", False),
        ("有", "无", "2026-09-01", "法律", False),
        ("无", "无", "2026-11-10", "正常", False),
    ],
)
def test_willing_times_able_decides_between_remind_plan_and_one_tier_up(
    ability: str, willingness: str, due: str, tier: str, plan: bool
) -> None:
    table = placed(f"case_id | due_date | overdue_amount | ability | willingness\nA | {due} | 5000 | {ability} | {willingness}")
    assert shown(table, "tier", "offer_plan") == [f"{tier} | {plan}"]


def test_who_refuses_though_able_goes_to_the_legal_tier() -> None:
    log = "case_id | contacted_at | channel | outcome\nA | 2026-11-20 09:00 | 电话 | 拒绝还款"
    table = placed("case_id | due_date | overdue_amount | ability\nA | 2026-11-01 | 5000 | 有", contacts=contacts(log))
    assert shown(table, "tier", "tier_why") == ["法律 | 逾期22天；有能力而拒绝还款"]


def test_hardship_is_one_tier_gentler_without_a_visit_and_a_plan_comes_first() -> None:
    table = placed(
        """case_id | due_date   | overdue_amount | hardship | address
           A       | 2026-09-01 | 5000           | 失业     | 某路1号
           B       | 2026-09-01 | 5000           | 无       | 某路1号
           C       | 2026-08-01 | 5000           | 重病     | 某路1号"""
    )
    assert shown(table, "tier", "channels", "next_action") == [
        "预警 | 电话、短信、邮件 | 协商还款方案（困难宽缓）",
        "加强 | 电话、短信、信函、外访 | 外访（已过期限2026-11-11）",
        "加强 | 电话、短信、信函 | 协商还款方案（困难宽缓）",
    ]


def test_a_visit_is_due_within_ten_days_of_entering_the_intensive_tier_until_somebody_came() -> None:
    ledger = "case_id | due_date | overdue_amount | address\nA | 2026-09-20 | 5000 | 某路1号\nB | 2026-09-20 | 5000 | 某路1号\nC | 2026-09-20 | 5000 |"
    table = placed(ledger, contacts=contacts("case_id | contacted_at | channel | outcome\nB | 2026-11-21 09:00 | 外访 | 无人"))
    assert shown(table, "next_action", "visit_by") == ["外访（2026-11-30前） | 2026-11-30", "加强催收 | ", "首次电话联系 | "]


def test_expired_claims_go_to_the_legal_desk_and_get_no_channel() -> None:
    table = placed("case_id | due_date | overdue_amount\nA | 2023-11-22 | 5000")
    assert shown(table, "channels", "next_action", "letter_due") == [" | 法务复核时效 | "]


@pytest.mark.parametrize(
    ("due", "last", "expected"),
    [
        ("2026-11-22", "", "2026-11-24"),  # first contact on day 2
        ("2026-11-10", "", "2026-11-23"),
        ("2026-11-10", "2026-11-20 09:00", "2026-11-25"),  # every third working day from Friday
        ("2026-10-10", "2026-11-20 09:00", "2026-11-24"),  # every second
        ("2026-11-10", "2026-10-20 09:00", "2026-11-23"),
    ],
)
def test_the_next_contact_keeps_the_cadence_in_working_days(due: str, last: str, expected: str) -> None:
    log = "case_id | contacted_at | channel | outcome" + (f"\nA | {last} | 电话 | 无人接听" if last else "")
    assert shown(placed(f"case_id | due_date | overdue_amount\nA | {due} | 5000", contacts=contacts(log)), "next_on") == [expected]


def test_on_a_rest_day_the_next_step_falls_on_the_next_working_day() -> None:
    table = placed("case_id | due_date | overdue_amount\nA | 2026-09-10 | 5000", date(2026, 10, 3))
    assert shown(table, "next_on") == ["2026-10-08"]


def test_promises_callbacks_and_holds_decide_what_is_next() -> None:
    table = placed(
        "case_id | due_date | overdue_amount\n" + "\n".join(f"{x} | 2026-11-01 | 5000" for x in "ABC"),
        contacts=contacts(
            """case_id | contacted_at     | channel | outcome  | promised_on | promised_amount | callback_on
               A       | 2026-11-20 09:00 | 电话    | 承诺还款 | 2026-11-26  | 100             |
               B       | 2026-11-20 09:00 | 电话    | 本人接通 |             |                 | 2026-11-24"""
        ),
        receipts=receipts("case_id | paid_on | amount\nZ | 2026-01-01 | 1"),
        holds=hold_rows("target | hold_code | approved_by | review_on\nC | 争议 | 韩梅 | 2026-12-01"),
    )
    assert shown(table, "next_action", "next_on", "letter_due") == [
        "跟进承诺 | 2026-11-26 | ",
        "按约回访 | 2026-11-24 | reminder",
        "停催：到期复核 | 2026-12-01 | ",
    ]


def test_a_letter_is_due_once_per_tier_and_overdue_cycle_and_a_void_one_does_not_count() -> None:
    ledger = "case_id | due_date | overdue_amount\n" + "\n".join(
        (
            "A | 2026-11-16 | 5000",
            "B | 2026-11-17 | 5000",
            "C | 2026-10-10 | 5000",
            "D | 2026-10-10 | 5000",
            "E | 2026-10-10 | 5000",
            "F | 2026-10-10 |",
        )
    )
    register = letters(
        """letter_no | case_id | template        | made_on    | letter_state
           1         | C       | second_reminder | 2026-11-16 | 待寄
           2         | D       | second_reminder | 2026-11-16 | 作废
           3         | E       | second_reminder | 2026-09-01 | 已寄"""
    )
    table = placed(ledger, letters=register)
    assert shown(table, "case_id", "letter_due") == ["A | reminder", "B | ", "C | ", "D | second_reminder", "E | second_reminder", "F | "]


@pytest.mark.parametrize(
    ("made_on", "state", "template", "due"),
    [
        ("2026-11-20", "已寄", "首次提醒函", ""),  # its term of seven days runs to Friday
        ("2026-11-16", "已寄", "首次提醒函", ""),  # today is the last day
        ("2026-11-15", "已寄", "首次提醒函", "second_reminder"),
        ("2026-11-20", "作废", "首次提醒函", "second_reminder"),
        ("2026-11-20", "已寄", "对账函", "second_reminder"),  # sets no term
        ("2026-11-23", "待寄", "首次提醒函", ""),  # the tier changed between two presses of one day
    ],
)
def test_the_next_tiers_letter_waits_until_the_term_of_the_last_one_is_over(made_on: str, state: str, template: str, due: str) -> None:
    register = letters(f"letter_no | case_id | template | made_on | letter_state\n1 | A | {template} | {made_on} | {state}")
    table = placed("case_id | due_date | overdue_amount\nA | 2026-10-20 | 5000\nB | 2026-10-20 | 5000", letters=register)
    assert table["letter_due"].tolist() == [due, "second_reminder"]


def test_a_claim_about_to_lapse_waits_for_no_term() -> None:
    register = letters("letter_no | case_id | template | made_on | letter_state\n1 | A | 正式催收函 | 2026-11-20 | 已寄")
    table = placed("case_id | due_date | overdue_amount\nA | 2024-01-10 | 5000", letters=register)
    assert shown(table, "limitation_state", "letter_due") == ["near | legal_notice"]


def test_no_letter_names_an_amount_that_a_receipt_puts_in_doubt() -> None:
    tables = Tables(
        cases=cases("case_id | due_date | overdue_amount\nA | 2026-10-10 | 5000"),
        receipts=receipts("case_id | paid_on | amount\nA | 2026-11-20 | 10"),
    )
    table = judged(tables)[0].cases
    assert shown(table, "letter_due", "hold_why", "settled") == [" |  | False"]


def test_a_case_is_new_in_its_first_days_until_somebody_spoke() -> None:
    ledger = "case_id | due_date | overdue_amount\nA | 2026-11-21 | 100\nB | 2026-11-21 | 100\nC | 2026-11-01 | 100\nD | 2026-11-25 | 100"
    table = placed(ledger, contacts=contacts("case_id | contacted_at | channel | outcome\nB | 2026-11-23 09:00 | 电话 | 无人接听"))
    assert table["is_new"].tolist() == [True, False, False, False]


def test_a_call_for_one_case_counts_for_the_cadence_of_all_cases_of_the_debtor_and_hardship_too() -> None:
    ledger = """case_id | customer_id | due_date   | overdue_amount
                A       | K           | 2026-11-10 | 5000
                B       | K           | 2026-09-10 | 5000"""
    log = "case_id | contacted_at | channel | outcome\nA | 2026-11-20 09:00 | 电话 | 困难"
    table = placed(ledger, contacts=contacts(log))
    assert shown(table, "tier", "hard", "next_on") == ["正常 | True | 2026-11-25", "预警 | True | 2026-11-24"]


def test_a_ledger_without_cases_goes_through_every_rule() -> None:
    tables, problems = judged(Tables())
    assert len(tables.cases) == 0
    assert problems == []
