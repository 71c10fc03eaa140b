"""Proposals for one case: what fits, what it costs, who must approve it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import plan_register
from macros_py.domain.account_rules import LprRate, RepaymentRules
from macros_py.domain.affordability import Means
from macros_py.domain.problems import Problem
from macros_py.domain.repayment import PlanRequest, Proposed, order_of, propose
from macros_py.domain.rules import Rules
from macros_py.domain.schedules import instalments, largest
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, codes, judged, receipts, table

PEOPLE = table(
    """
    person | login | role     | waiver_limit | may_approve
    李催收 | li    | 催收员   | 500          |
    王经理 | wang  | 催收经理 | 5000         | 减免
    赵总   | zhao  | 总监     | 100000       | 全部
    """,
    c.PEOPLE_COLUMNS,
)
LOAN = """
    case_id | customer | product | due_date   | fees | penalty | interest | principal | overdue_amount | payoff
    A1      | 张三     | 消费贷  | 2026-08-01 | 100  | 800     | 1100     | 10000     | 12000          | 30000
"""
COMFORTABLE = Means(800_000, 300_000, 100_000, 1)  # 3,000.00 a month


def book(ledger: str = LOAN, presser: str = "li", **more: pd.DataFrame) -> Tables:
    tables, _ = judged(Tables(cases=cases(ledger), people=PEOPLE, presser=presser, **more))
    return tables


def made(tables: Tables, means: Means = COMFORTABLE, rules: Rules | None = None, case: str = "A1", whole: bool = False) -> Proposed:
    found, _ = propose(tables, rules or Rules(), MONDAY, PlanRequest(case, means, whole))
    assert found is not None
    return found


def lines(proposed: Proposed, lang: str = "zh") -> list[str]:
    return [
        f"{p.number} {p.name[lang == 'en']} {len(p.schedule)}×{largest(p.schedule)} = {p.total}, {p.waived} | {plan_register.approval_text(p, lang)}"
        for p in proposed.proposals
    ]


def said(tables: Tables, rules: Rules | None = None, case: str = "A1") -> list[Problem]:
    return propose(tables, rules or Rules(), MONDAY, PlanRequest(case, COMFORTABLE))[1]


def repayment(**changed: object) -> Rules:
    return Rules(repayment=dataclasses.replace(RepaymentRules(), **changed))


def test_three_proposals_within_what_is_affordable_and_within_the_pressers_authority() -> None:
    assert lines(made(book())) == [
        "1 等额分期 4×300000 = 1200000, 0 | 无须审批",
        "2 减免后等额分期 4×287500 = 1150000, 50000 | 本人权限内（减免 500.00 元）",
        "3 阶梯还款 6×266667 = 1200000, 0 | 无须审批",
    ]


def test_without_authority_the_whole_waiver_is_proposed_for_another_to_approve() -> None:
    assert lines(made(book(presser="nobody")))[1] == "2 减免后等额分期 4×252500 = 1010000, 190000 | 减免 1,900.00 元：须 王经理、赵总 批准"
    assert lines(made(book(presser="")), "en")[1].endswith("waiver of 1,900.00 yuan: 王经理, 赵总")


def test_a_waiver_takes_penalty_first_then_interest_and_never_principal() -> None:
    waived = made(book(presser="zhao")).proposals[1]
    assert (waived.waived_penalty, waived.waived_interest, waived.terms.principal) == (80_000, 110_000, 1_000_000)


def test_a_card_is_planned_over_its_payoff_and_over_60_months_at_most() -> None:
    card = made(book(LOAN.replace("消费贷", "信用卡")), Means(250_000, 150_000))  # little is affordable: 790.00
    assert sum(card.debt.values()) == 3_000_000
    poor = made(book(LOAN.replace("消费贷", "信用卡").replace("30000", "300000")), Means(250_000, 150_000))
    assert [len(p.schedule) for p in poor.proposals] == [60, 60, 60]
    assert lines(poor)[0].endswith("超过免审批期数、月还款超过可负担额：须 王经理、赵总 批准")


def test_other_debts_are_planned_over_what_is_overdue_unless_the_payoff_is_asked_for() -> None:
    assert (sum(made(book()).debt.values()), sum(made(book(), whole=True).debt.values())) == (1_200_000, 3_000_000)


def test_a_card_whose_payoff_is_unknown_is_planned_over_what_is_overdue_and_it_is_said() -> None:
    tables = book(LOAN.replace("消费贷", "信用卡").replace("| 30000", "|"))
    assert (sum(made(tables).debt.values()), made(tables).whole) == (1_200_000, False)
    assert codes(said(tables)) == {"lpr-old": "", "plan-no-payoff": ""}


def test_payments_pay_in_the_order_of_the_day_on_which_they_were_proposed() -> None:
    card = book(LOAN.replace("消费贷", "信用卡").replace("2026-08-01", "2026-08-25")).cases
    later = card.assign(days_past_due=card["days_past_due"] + 3)
    thursday = date(2026, 11, 26)
    assert order_of(Rules(), MONDAY, card, MONDAY)[-1] == "principal"
    assert order_of(Rules(), thursday, later, thursday)[0] == "principal"
    assert order_of(Rules(), thursday, later, MONDAY)[-1] == "principal"


def test_receipts_since_the_ledgers_day_are_taken_off() -> None:
    paid = receipts("receipt_id | case_id | paid_on | amount \n R1 | A1 | 2026-11-22 | 1000")
    tables = book(receipts=paid).having(data_as_of=date(2026, 11, 20))
    debt = made(tables).debt
    assert debt == {"cost": 0, "penalty": 0, "interest": 100_000, "principal": 1_000_000}


def test_where_the_ledger_names_no_day_receipts_are_not_deducted_but_recent_ones_are_said() -> None:
    recent, old = (receipts(f"receipt_id | case_id | paid_on | amount \n R1 | A1 | {day} | 1000") for day in ("2026-11-22", "2026-10-01"))
    assert (sum(made(book(receipts=recent)).debt.values()), codes(said(book(receipts=recent)))) == (
        1_200_000,
        {"lpr-old": "", "plan-receipts-unconfirmed": ""},
    )
    assert codes(said(book(receipts=old))) == {"lpr-old": ""}


def test_who_can_pay_nothing_gets_an_extension_that_a_manager_decides() -> None:
    poor = made(book(), Means(100_000, 100_000))
    assert [p.terms.put_off for p in poor.proposals] == [3, 3, 0]
    assert poor.proposals[0].schedule[0].due_on == date(2027, 3, 23)
    assert len(poor.proposals[0].schedule) == 57, "the extension counts among the longest months"
    assert poor.proposals[0].approved_by == ("王经理", "赵总")


def test_a_repeat_defaulter_gets_a_long_plan() -> None:
    promises = table(
        """
        case_id | contacted_at     | promised_on | promised_amount
        A1      | 2026-09-01 10:00 | 2026-09-05  | 100
        A1      | 2026-09-15 10:00 | 2026-09-20  | 100
        A1      | 2026-10-01 10:00 | 2026-10-05  | 100
        """,
        c.CONTACT_COLUMNS,
    )
    paid = receipts("case_id | paid_on | amount \n A9 | 2026-11-01 | 1")
    assert lines(made(book(contacts=promises, receipts=paid)))[2] == "3 长期计划 6×200000 = 1200000, 0 | 无须审批"


def test_with_interest_equal_principal_is_proposed_and_the_rate_is_told() -> None:
    plan = made(book(), rules=repayment(rate_points=600)).proposals[2]
    assert (plan.name[0], plan.apr > 0, plan.allowed) == ("等额本金", True, True)
    assert plan.schedule[0].fen > plan.schedule[-1].fen


def test_a_rate_above_four_times_the_lpr_is_not_allowed() -> None:
    rules = repayment(rate_points=3_000)
    dear = made(book(LOAN.replace("| 100  | 800     | 1100     | 10000 ", "| 0 | 0 | 0 | 12000 ")), rules=rules)
    assert dear.cap.points == 1_200
    assert [p.allowed for p in dear.proposals] == [False, False]
    assert codes(said(book(), rules)) == {"lpr-old": "", "plan-over-cap": ""}


def test_the_cap_follows_the_lpr_of_the_day_and_small_loans_have_their_own() -> None:
    fresh = repayment(lpr=(LprRate(date(2026, 10, 20), 290), LprRate(date(2026, 12, 20), 280)))
    assert made(book(), rules=fresh).cap.points == 1_160
    assert made(book(LOAN.replace("消费贷", "小额贷款"))).cap.points == 2_400
    assert codes(said(book(), repayment(lpr=()))) == {"lpr-missing": ""}


def test_an_expired_limitation_is_for_the_legal_desk() -> None:
    old = made(book(LOAN.replace("2026-08-01", "2020-08-01"), presser="zhao"))
    assert [(p.asks.limitation, p.alone) for p in old.proposals] == [(True, False)] * 3


def test_what_owes_nothing_or_does_not_exist_has_no_plan() -> None:
    settled = LOAN.replace("12000          | 30000", "0 | 0").replace("| 100  | 800     | 1100     | 10000 ", "| 0 | 0 | 0 | 0 ")
    assert codes(said(book(settled))) == {"plan-nothing-owed": ""}
    assert codes(said(book(), case="A9")) == {"plan-no-case": ""}


def test_the_register_makes_the_same_schedules_again() -> None:
    tables = book(presser="wang")
    proposed = made(tables, rules=repayment(rate_points=600))
    order = order_of(Rules(), MONDAY, tables.cases, MONDAY)
    lines_ = plan_register.rows(proposed, tables.plans, MONDAY, "zh").to_dict("records")
    assert [row["plan_id"] for row in lines_] == ["A1-1-1", "A1-1-2", "A1-1-3"]
    assert [instalments(plan_register.terms_of(row, order)) for row in lines_] == [p.schedule for p in proposed.proposals]


def test_the_same_proposals_are_registered_once_and_others_begin_a_new_round() -> None:
    tables = book()
    first = plan_register.rows(made(tables), tables.plans, MONDAY, "zh")
    tables = tables.having(plans=first)
    assert plan_register.rows(made(tables), tables.plans, MONDAY, "zh").empty
    other = plan_register.rows(made(tables, Means(600_000, 300_000)), tables.plans, MONDAY, "zh")
    assert other["plan_id"].tolist() == ["A1-2-1", "A1-2-2", "A1-2-3"]
