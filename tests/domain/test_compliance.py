"""May this person be contacted now, and if not: why, by which rule, and when."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from macros_py.domain import compliance
from macros_py.domain.compliance import DEFAULT_RULES
from macros_py.domain.rules import ComplianceRules, OfficeRules, Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, contacts, hold_rows, judged, receipts, shown

DEFAULTS = Rules(compliance=ComplianceRules(DEFAULT_RULES))


def asked(ledger: str, at: date | None = None, rules: Rules = DEFAULTS, **more):
    tables, _ = judged(Tables(cases=cases(ledger), data_as_of=MONDAY, **more), rules)
    return tables.cases if at is None else compliance.permit(tables, rules, at)[0]


def changed(rule_id: str, **values: object) -> Rules:
    rows = tuple(dataclasses.replace(r, **values) if r.id == rule_id else r for r in DEFAULT_RULES)
    return Rules(compliance=ComplianceRules(rows))


def test_every_rule_of_the_list_is_a_row_with_source_and_confidence() -> None:
    ids = {r.id for r in DEFAULT_RULES}
    assert len(ids) == len(DEFAULT_RULES) == 26
    assert {"hours", "calls_effective", "calls_attempted", "third_party", "visits", "limitation", "sms_words", "rate_cap"} <= ids
    assert all(
        r.text and r.value and r.source and r.confidence in ("可靠", "待核实") and r.force in ("禁止", "应", "宜") for r in DEFAULT_RULES
    )


@pytest.mark.parametrize(
    ("minute", "why", "when"),
    [
        ("07:59", "22:00-08:00不得联系〔联系时段〕", "2026-11-23 08:00:00"),
        ("08:00", "", "2026-11-23 08:00:00"),
        ("21:59", "", "2026-11-23 21:59:00"),
        ("22:00", "22:00-08:00不得联系〔联系时段〕", "2026-11-24 08:00:00"),
    ],
)
def test_the_quiet_hours_say_when_they_end(minute: str, why: str, when: str) -> None:
    table = asked("case_id | due_date | overdue_amount\nA | 2026-10-01 | 100", datetime.fromisoformat(f"2026-11-23 {minute}"))
    assert table["hold_why"].tolist() == [why]
    assert str(table["may_at"][0]) == when


def test_business_receivables_are_not_bound_by_the_rules_of_persons() -> None:
    ledger = "case_id | product | due_date | overdue_amount\nA | 货款 | 2026-10-01 | 100\nB | 消费贷 | 2026-10-01 | 100"
    table = asked(ledger, datetime(2026, 11, 23, 23, 0))
    assert table["may_call"].tolist() == [True, False]
    assert shown(table, "calls_cap") == ["", "6"]


def test_a_rule_outside_its_dates_does_not_bind() -> None:
    ledger = "case_id | due_date | overdue_amount\nA | 2026-10-01 | 100"
    night = datetime(2026, 11, 23, 23, 0)
    assert asked(ledger, night, changed("hours", valid_until=date(2026, 11, 22)))["may_call"].tolist() == [True]
    assert asked(ledger, night, changed("hours", valid_from=date(2026, 11, 24)))["may_call"].tolist() == [True]
    assert asked(ledger, night, changed("hours", valid_until=date(2026, 11, 23)))["may_call"].tolist() == [False]


def test_three_effective_calls_a_day_are_enough_for_all_cases_of_the_debtor() -> None:
    log = "case_id | contacted_at | channel | outcome\n" + "\n".join(f"A | 2026-11-23 09:0{n} | 电话 | 本人接通" for n in range(3))
    table = asked(
        "case_id | customer_id | due_date | overdue_amount\nA | K | 2026-10-01 | 100\nB | K | 2026-10-01 | 100\nC | L | 2026-10-01 | 100",
        contacts=contacts(log),
    )
    assert shown(table, "hold_why", "may_on") == [
        "今日有效通话已达3次〔有效通话次数〕 | 2026-11-24",
        "今日有效通话已达3次〔有效通话次数〕 | 2026-11-24",
        " | 2026-11-23",
    ]


def test_six_unanswered_calls_to_a_number_end_the_calls_of_the_day_and_letters_go_on() -> None:
    log = "case_id | contacted_at | channel | number | outcome\n" + "\n".join(
        f"A | 2026-11-23 09:0{n} | 电话 | 13800000001 | 无人接听" for n in range(6)
    )
    table = asked("case_id | phone | due_date | overdue_amount\nA | 13800000001 | 2026-10-01 | 100", contacts=contacts(log))
    assert shown(table, "may_call", "may_letter", "calls_cap", "may_third_party") == ["False | True | 6 | False"]


def test_an_unrelated_third_party_is_allowed_after_three_misses_or_with_a_dead_number() -> None:
    log = """case_id | contacted_at     | channel | number      | outcome
             A       | 2026-11-20 09:00 | 电话    | 13800000001 | 号码无效
             B       | 2026-11-18 09:00 | 电话    | 13800000002 | 无人接听
             B       | 2026-11-19 09:00 | 电话    | 13800000002 | 无人接听
             C       | 2026-11-18 09:00 | 电话    | 13800000003 | 无人接听
             C       | 2026-11-19 09:00 | 电话    | 13800000003 | 无人接听
             C       | 2026-11-20 09:00 | 电话    | 13800000003 | 拒接"""
    ledger = "case_id | phone | due_date | overdue_amount\n" + "\n".join(
        f"{x} | 1380000000{n} | 2026-10-01 | 100" for n, x in enumerate("ABC", 1)
    )
    assert asked(ledger, contacts=contacts(log))["may_third_party"].tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("product", "due", "amount", "why"),
    [
        ("消费贷", "2026-11-22", 100, "宽限期内〔宽限设置〕"),
        ("消费贷", "2026-11-21", 100, ""),
        ("信用卡", "2026-11-20", 100, "信用卡容时容差内〔容时容差〕"),
        ("信用卡", "2026-11-19", 100, ""),
        ("信用卡", "2026-10-19", 10, "信用卡容时容差内〔容时容差〕"),
        ("信用卡", "2026-10-19", "10.01", ""),
        ("消费贷", "2026-12-23", 100, "未到期〔宽限设置〕"),
        ("消费贷", "2026-11-26", 100, ""),  # the friendly SMS three days before
    ],
)
def test_nobody_is_contacted_within_the_days_of_grace(product: str, due: str, amount: object, why: str) -> None:
    assert asked(f"case_id | product | due_date | overdue_amount\nA | {product} | {due} | {amount}")["hold_why"].tolist() == [why]


def test_before_the_due_date_only_an_sms_is_allowed() -> None:
    table = asked("case_id | due_date | overdue_amount\nA | 2026-11-26 | 100")
    assert shown(table, "may_call", "may_sms", "may_visit", "may_letter", "next_on") == ["False | True | False | False | 2026-11-23"]


def test_why_not_names_the_hold_its_approver_and_its_review() -> None:
    table = asked(
        "case_id | customer_id | due_date | overdue_amount\nA | K | 2026-10-01 | 100\nB | K | 2026-10-01 | 100",
        holds=hold_rows("target | hold_code | approved_by | review_on\nA | 争议 | 韩梅 | 2026-12-01"),
    )
    assert shown(table, "hold_why", "hold_rule", "may_on") == [
        "停催：争议（批准人韩梅；复核2026-12-01）〔停催登记〕 | holds | 2026-12-01",
        "停催：争议（批准人韩梅；复核2026-12-01；同一客户案件A）〔停催登记〕 | holds | 2026-12-01",
    ]


def test_the_words_are_english_where_the_sheets_are() -> None:
    rules = dataclasses.replace(DEFAULTS, office=OfficeRules(language="en"))
    table = asked("case_id | hand_back | due_date | overdue_amount\nA | 2026-11-22 | 2026-10-01 | 100", rules=rules)
    assert table["hold_why"].tolist() == ["past the hand-back date [hand-back date]"]


def test_who_says_he_has_paid_is_left_alone_while_the_receipt_is_looked_for() -> None:
    ledger = "case_id | due_date | overdue_amount\nA | 2026-10-01 | 100\nB | 2026-10-01 | 100"
    log = "case_id | contacted_at | channel | outcome\nA | 2026-11-22 09:00 | 电话 | 称已还款\nB | 2026-11-15 09:00 | 电话 | 称已还款"
    table = asked(ledger, contacts=contacts(log))
    assert shown(table, "hold_why", "may_on") == ["客户称已还款，核对回款〔回款核对〕 | 2026-11-25", " | 2026-11-23"]


def test_payers_are_told_apart_from_the_settled() -> None:
    tables, _ = judged(
        Tables(
            cases=cases("case_id | due_date | overdue_amount | case_status\nA | 2026-10-01 | 100 |\nB | 2026-10-01 | 100 | 结清"),
            receipts=receipts("case_id | paid_on | amount\nA | 2026-11-22 | 100"),
            data_as_of=date(2026, 11, 20),
        )
    )
    assert tables.cases["hold_why"].tolist() == ["回款已足额，待销账〔回款核对〕", "已结清〔台账结清〕"]


def test_banned_words_are_found_however_they_are_spaced_and_by_date() -> None:
    def found(text: str, day: date = MONDAY) -> list[str]:
        return compliance.words_in(text, compliance.banned_words(DEFAULTS.compliance, day))

    assert found("关于您的贷 款，请避免-上门追讨") == ["贷款", "上门追讨"]
    assert found("可办理征信修复") == ["征信修复"]
    assert found("可办理征信修复", date(2026, 3, 1)) == []
    assert found("请按时还款") == []


def test_a_value_that_cannot_be_read_is_reported_and_the_default_binds() -> None:
    rules = changed("calls_attempted", value="若干")
    tables, problems = judged(Tables(cases=cases("case_id | due_date | overdue_amount\nA | 2026-10-01 | 100")), rules)
    assert tables.cases["calls_cap"].tolist() == [6]
    assert [p.values["rule"] for p in problems if p.code == "rule-unreadable"] == ["calls_attempted"]
