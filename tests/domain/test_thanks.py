"""Thanks for money that came, with what comes next."""

from __future__ import annotations

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.rules import OfficeRules, Rules
from macros_py.domain.tables import Tables
from macros_py.domain.thanks import thanks_due, thanks_file
from tests.domain.written import MONDAY, cases, codes, receipts, shown

RULES = Rules(office=OfficeRules(sms_signature="明光", contact="020-1"))
LEDGER = """
    case_id | customer | phone
    A1      | 张三     | 13800000001
    A2      | 李四     | 13800000002
    A3      | 王五     | 0201234567
"""


def book(paid: str, **columns: object) -> Tables:
    more = {
        "hold": "",
        "number_bad": False,
        "plan_state": "",
        "plan_due": pd.NaT,
        "plan_due_fen": pd.NA,
        "promise_due": pd.NaT,
        "promise_left": 0,
    }
    made = cases(LEDGER).assign(**(more | columns))
    kinds = {"plan_due": "datetime64[s]", "promise_due": "datetime64[s]", "plan_due_fen": "Int64", "promise_left": "Int64"}
    return Tables(cases=made.astype(kinds), receipts=receipts("case_id | paid_on | amount | pay_channel \n" + paid))


def due(tables: Tables, rules: Rules = RULES) -> list[str]:
    return shown(thanks_due(tables, rules, MONDAY)[0], "letter_no", "case_id", "template", "paid", "next_due", "next_amount")


def test_one_message_for_a_case_and_day_with_the_sum_of_that_day() -> None:
    paid = "A1 | 2026-11-22 | 100 | \n A1 | 2026-11-22 | 50 | \n A2 | 2026-11-23 | 10 |"
    assert due(book(paid)) == [
        "短信〔2026〕0001号 | A1 | 短信 receipt_thanks 2026-11-22 | 15000 |  | ",
        "短信〔2026〕0002号 | A2 | 短信 receipt_thanks 2026-11-23 | 1000 |  | ",
    ]


def test_the_next_date_is_that_of_the_plan_else_of_the_promise() -> None:
    promised = {"promise_due": pd.Timestamp("2026-11-27"), "promise_left": 70_00}
    plan = {"plan_state": "kept", "plan_due": pd.Timestamp("2026-12-15"), "plan_due_fen": 300_00}
    assert due(book("A1 | 2026-11-22 | 100 |", **promised))[0].endswith("| 2026-11-27 | 7000")
    assert due(book("A1 | 2026-11-22 | 100 |", **promised, **plan))[0].endswith("| 2026-12-15 | 30000")


def test_a_day_that_is_past_is_no_next_date_and_what_came_of_a_promise_is_not_asked_for_again() -> None:
    late = {"promise_due": pd.Timestamp("2026-11-20"), "promise_left": 70_00}
    assert due(book("A1 | 2026-11-22 | 100 |", **late)) == ["短信〔2026〕0001号 | A1 | 短信 receipt_thanks 2026-11-22 | 10000 |  | "]
    overdue = {"plan_state": "late", "plan_due": pd.Timestamp("2026-11-15"), "plan_due_fen": 300_00}
    assert due(book("A1 | 2026-11-22 | 100 |", **overdue))[0].endswith("| 10000 |  | ")


def test_old_receipts_refunds_waivers_and_those_of_other_cases_get_none() -> None:
    paid = "A1 | 2026-11-19 | 100 | \n A1 | 2026-11-22 | 100 | 减免 \n A2 | 2026-11-22 | 50 | \n A2 | 2026-11-22 | 50 | 退款 \n A9 | 2026-11-22 | 5 |"
    assert due(book(paid)) == []


def test_who_is_on_hold_gets_none_but_who_keeps_a_plan_does() -> None:
    assert due(book("A1 | 2026-11-22 | 100 |", hold="投诉")) == []
    assert len(due(book("A1 | 2026-11-22 | 100 |", hold="履行协议"))) == 1
    assert due(book("A1 | 2026-11-22 | 100 |", number_bad=True)) == []


def test_a_message_that_stands_in_the_register_is_not_sent_again_unless_it_was_voided() -> None:
    tables = book("A1 | 2026-11-22 | 100 |")
    made, _ = thanks_due(tables, RULES, MONDAY)
    register = made[[k.name for k in c.LETTER_COLUMNS]]
    assert due(tables.having(letters=register)) == []
    assert due(tables.having(letters=register.assign(letter_state="作废")))[0].startswith("短信〔2026〕0002号")


def test_an_unfit_number_and_a_missing_signature_are_said() -> None:
    tables = book("A3 | 2026-11-22 | 100 |")
    assert codes(thanks_due(tables, RULES, MONDAY)[1]) == {"sms-phone-unfit": 1}
    assert codes(thanks_due(tables, Rules(), MONDAY)[1]) == {"sms-signature-missing": ""}


def test_the_file_holds_what_the_template_says() -> None:
    made, _ = thanks_due(book("A1 | 2026-11-22 | 100 |"), RULES, MONDAY)
    (file,) = thanks_file(made, RULES, MONDAY)
    row = file.context["rows"][0]
    assert (file.name, row["template_file"], row["context"]["paid"], row["context"]["next_due"]) == (
        "致谢短信-20261123.xlsx",
        "receipt_thanks",
        10_000,
        None,
    )
    assert thanks_file(made.iloc[:0], RULES, MONDAY) == ()
