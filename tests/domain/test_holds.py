"""停催: who must be left alone, and what is only reported."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from macros_py.domain import customers, holds
from macros_py.domain.legal_rules import DEFAULT_RULES
from macros_py.domain.rules import ComplianceRules, Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, codes, contacts, hold_rows, shown

LEDGER = """case_id | customer_id | customer | region | address        | case_status | disputed | note
            A       | K1          | 陶英     |        | 广东省广州市   |             |          |
            B       | K1          | 陶英     |        | 广东省广州市   |             |          |
            C       | K2          | 赵辉     | 成都   | 四川省成都市   |             |          | """


def applied(ledger: str = LEDGER, register: str = "target | hold_code", log: str = "case_id | contacted_at | outcome"):
    tables = Tables(cases=cases(ledger), holds=hold_rows(register), contacts=contacts(log))
    tables = tables.having(cases=customers.gather(tables, Rules(), MONDAY)[0])
    table, problems = holds.apply(tables, Rules(), MONDAY)
    return table, codes(problems)


FULL = "scope | target | hold_code | approved_by | hold_from | review_on\n"


def test_a_hold_on_one_case_holds_the_debtor_and_says_whence() -> None:
    table, problems = applied(register=FULL + "案件 | A | 死亡 | 韩梅 | 2026-11-01 | 2026-12-01")
    assert shown(table, "case_id", "hold", "hold_by", "hold_review", "hold_of") == [
        "A | 死亡 | 韩梅 | 2026-12-01 | ",
        "B | 死亡 | 韩梅 | 2026-12-01 | A",
        "C |  |  |  | ",
    ]
    assert problems == {}


def test_a_hold_whose_review_date_has_passed_stays_and_is_reported() -> None:
    table, problems = applied(register=FULL + "案件 | C | 投诉 | 韩梅 | 2026-10-01 | 2026-11-01")
    assert table["hold"].tolist() == ["", "", "投诉"]
    assert problems == {"hold-review-passed": 1}


def test_a_hold_that_nobody_approved_is_respected_and_reported() -> None:
    table, problems = applied(register=FULL + "客户 | K2 |  |  | 2026-10-01 | ")
    assert table["hold"].tolist() == ["", "", "停催"]
    assert problems == {"hold-no-approver": 1, "hold-no-review": 1}


def test_a_hold_that_begins_later_does_not_hold_yet() -> None:
    table, _ = applied(register=FULL + "案件 | A | 争议 | 韩梅 | 2026-11-24 | 2026-12-01")
    assert table["hold"].tolist() == ["", "", ""]


@pytest.mark.parametrize("place", ["四川省", "四川", "成都市", "成都"])
def test_a_region_is_held_in_bulk_by_its_name_with_or_without_its_rank(place: str) -> None:
    table, _ = applied(register=FULL + f"地区 | {place} | 宽缓 | 韩梅 | 2026-11-01 | 2026-12-01")
    assert table["hold"].tolist() == ["", "", "宽缓"]


def test_a_target_under_the_wrong_scope_still_stops_the_calls_and_an_unknown_one_is_reported() -> None:
    table, problems = applied(
        register=FULL + "客户 | C | 争议 | 韩梅 | 2026-11-01 | 2026-12-01\n案件 | X | 争议 | 韩梅 | 2026-11-01 | 2026-12-01"
    )
    assert table["hold"].tolist() == ["", "", "争议"]
    assert problems == {"hold-no-match": 1}


@pytest.mark.parametrize(
    ("status", "hold"),
    [("停催", "停催"), ("已起诉", "诉讼执行"), ("强制执行中", "诉讼执行"), ("投诉处理", "投诉"), ("无争议", ""), ("催收中", ""), ("撤诉", ""), ("分期履行中", "履行协议")],
)  # fmt: skip
def test_the_ledgers_status_holds(status: str, hold: str) -> None:
    table, _ = applied(f"case_id | case_status\nA | {status}")
    assert table["hold"].tolist() == [hold]


def test_the_ledgers_disputed_flag_holds() -> None:
    table, _ = applied("case_id | disputed\nA | 是\nB | 否")
    assert shown(table, "hold", "hold_source") == ["争议 | ledger", " | "]


def test_a_complaint_entered_as_a_result_holds_for_15_days_until_reviewed() -> None:
    table, problems = applied(log="case_id | contacted_at | outcome\nA | 2026-11-20 09:00 | 投诉\nC | 2026-11-08 09:00 | 投诉")
    assert shown(table, "hold", "hold_source") == ["投诉 | provisional", "投诉 | provisional", " | "]
    assert problems == {"hold-provisional": 1}


@pytest.mark.parametrize(
    ("note", "hold", "reported"),
    [
        ("客户已去世", "死亡", "hold-provisional"),
        ("本人死亡，家属告知", "死亡", "hold-provisional"),
        ("其父去世，暂缓几天", "", None),
        ("在看守所", "羁押", "hold-provisional"),
        ("已委托律师处理", "委托律师", "hold-provisional"),
        ("我司发律师函", "", "note-hint"),
        ("生病住院,申请延期", "", "note-hint"),
        ("威胁投诉", "", "note-hint"),
        ("借款时未成年", "", "note-hint"),
        ("关机", "", None),
    ],
)
def test_notes_hold_only_where_a_wrong_call_does_harm_and_never_silently(note: str, hold: str, reported: str | None) -> None:
    table, problems = applied(f"case_id | note\nA | {note}")
    assert table["hold"].tolist() == [hold]
    assert set(problems) == ({reported} if reported else set())


def test_a_note_with_two_hints_is_one_finding_that_names_the_first_cases() -> None:
    rows = "\n".join(f"A{n} | 生病住院,申请延期" for n in range(1, 6))
    _, problems = holds.apply(Tables(cases=cases(f"case_id | note\n{rows}\nB1 | 失业")), Rules(), MONDAY)
    said = [p.text() for p in problems if p.code == "note-hint"]
    assert said == [
        "1 个案件的备注提到“生活困难”，请看是否需要停催或困难宽缓：B1",
        "5 个案件的备注提到“疾病或住院、生活困难”，请看是否需要停催或困难宽缓：A1、A2、A3…",
    ]


@pytest.mark.parametrize("target", ["a", "Ａ", " A ", "K1", "k-1", "陶 英", "A、B", "A，没有的编号"])
def test_a_target_written_otherwise_or_among_others_still_stops_the_calls(target: str) -> None:
    table, _ = applied(register=FULL + f"客户 | {target} | 死亡 | 韩梅 | 2026-11-01 | 2026-12-01")
    assert table["hold"].tolist() == ["死亡", "死亡", ""]


def test_each_target_that_stands_nowhere_is_counted() -> None:
    _, problems = applied(register=FULL + "案件 | A、X、Y | 死亡 | 韩梅 | 2026-11-01 | 2026-12-01")
    assert problems == {"hold-no-match": 2}


DELIVERIES = """case_id | customer_id | product | invoice_date | disputed
                A       | K1          | {of}    | {day}        | 是
                B       | K1          | {of}    | {day}        | """


@pytest.mark.parametrize(
    ("of", "day", "held"),
    [
        ("货款", "", ["争议", ""]),
        ("", "2026-09-01", ["争议", ""]),  # a row with an invoice date and no product is an invoice
        ("个人贷款", "", ["争议", "争议"]),
        ("", "", ["争议", "争议"]),
    ],
)
def test_a_disputed_invoice_holds_itself_and_a_consumer_s_dispute_the_debtor(of: str, day: str, held: list[str]) -> None:
    table, _ = applied(DELIVERIES.format(of=of, day=day))
    assert table["hold"].tolist() == held
    assert table["hold_own_case"].tolist() == [held[1] == "", False]


def test_another_hold_on_an_invoice_holds_the_debtor_too() -> None:
    table, _ = applied(DELIVERIES.format(of="货款", day=""), register=FULL + "案件 | A | 诉讼执行 | 韩梅 | 2026-11-01 | 2026-12-01")
    assert table["hold"].tolist() == ["诉讼执行", "诉讼执行"]


def test_which_segments_dispute_single_cases_is_a_row_of_the_rules() -> None:
    rows = tuple(dataclasses.replace(r, applies_to="货款、个人贷款") if r.id == "dispute_scope" else r for r in DEFAULT_RULES)
    tables = Tables(cases=cases(DELIVERIES.format(of="个人贷款", day="")))
    tables = tables.having(cases=customers.gather(tables, Rules(), MONDAY)[0])
    assert holds.apply(tables, Rules(compliance=ComplianceRules(rows)), MONDAY)[0]["hold"].tolist() == ["争议", ""]


@pytest.mark.parametrize(("state", "hold"), [("kept", "履行协议"), ("late", "履行协议"), ("breached", ""), ("done", ""), ("", "")])
def test_a_signed_plan_pauses_the_debtor_until_it_is_breached(state: str, hold: str) -> None:
    tables = Tables(cases=cases(LEDGER).assign(plan_state=[state, "", ""], plan_due=pd.Timestamp("2026-12-15")))
    tables = tables.having(cases=customers.gather(tables, Rules(), MONDAY)[0])
    table, _ = holds.apply(tables, Rules(), MONDAY)
    assert table["hold"].tolist() == [hold, hold, ""]
    if hold:
        assert shown(table, "hold_source", "hold_review", "hold_of")[:2] == ["plan | 2026-12-18 | ", "plan | 2026-12-18 | A"]
