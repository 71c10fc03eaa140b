"""The sheet 承诺检查 and the tasks that broken promises make."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from macros_py.domain import columns as c
from macros_py.domain import personal_plan, plan_day
from macros_py.domain.kinds import conform
from macros_py.domain.plan_lines import CALLBACKS, PROMISES, gather
from macros_py.domain.promise_check import check
from macros_py.domain.rules import OfficeRules, Rules
from macros_py.domain.tables import Tables
from macros_py.domain.thanks import thanks_due
from tests.domain.written import MONDAY, cases, contacts, judged, receipts, shown, table

LEDGER = """
    case_id | customer | phone       | owner | product | due_date   | overdue_amount
    A1      | 张三     | 13800000001 | 王丽  | 消费贷  | 2026-08-01 | 5000
    A2      | 李四     | 13800000002 | 王丽  | 消费贷  | 2026-08-01 | 5000
    A3      | 王五     | 13800000003 | 孙浩  | 消费贷  | 2026-08-01 | 5000
    A4      | 赵六     | 13800000004 | 孙浩  | 消费贷  | 2026-08-01 | 5000
"""
LOG = """
    case_id | contacted_at     | channel | outcome  | promised_on | promised_amount
    A1      | 2026-11-09 10:00 | 电话    | 承诺还款 | 2026-11-12  | 100
    A2      | 2026-11-09 10:00 | 电话    | 承诺还款 | 2026-11-12  | 100
    A3      | 2026-11-20 10:00 | 电话    | 承诺还款 | 2026-11-23  | 100
    A4      | 2026-11-16 10:00 | 电话    | 承诺还款 | 2026-11-18  | 100
    A4      | 2026-11-20 10:00 | 电话    | 承诺还款 | 2026-11-27  | 300
"""
PAID = "case_id | paid_on | amount \n A2 | 2026-11-12 | 40 \n A4 | 2026-11-18 | 100"


def book(log: str = LOG) -> Tables:
    tables, _ = judged(Tables(cases=cases(LEDGER), contacts=contacts(log), receipts=receipts(PAID)))
    return tables


def block(tables: Tables, name: str) -> list[str]:
    return shown(
        check(tables, Rules(), MONDAY).tables[name], "case_id", "check_owner", "check_due", "check_missing", "check_state", "check_task"
    )


def test_promises_are_due_not_kept_coming_and_kept() -> None:
    tables = book()
    assert block(tables, "due") == ["A3 | 孙浩 | 2026-11-23 | 10000 | 今日到期 | "]
    assert block(tables, "tasks") == [
        "A1 | 王丽 | 2026-11-12 | 10000 | 未兑现 | 联系客户，重新约定",
        "A2 | 王丽 | 2026-11-12 | 6000 | 部分兑现 | 联系客户，重新约定",
    ]
    assert block(tables, "ahead") == ["A4 | 孙浩 | 2026-11-27 | 30000 | 未到期 | "]
    assert block(tables, "kept") == ["A4 | 孙浩 | 2026-11-18 | 0 | 已兑现 | "]


EARLY = """
    case_id | contacted_at     | channel | outcome  | promised_on | promised_amount
    A1      | 2026-11-20 10:00 | 电话    | 承诺还款 | 2026-11-27  | 100
    A2      | 2026-11-20 10:00 | 电话    | 承诺还款 | 2026-12-20  | 100
    A3      | 2026-11-20 10:00 | 电话    | 承诺还款 | 2026-11-27  | 100
"""


def kept_early() -> Tables:
    """A1 and A2 have paid before the day that they promised, A3 a part."""
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-22 | 100 \n A2 | 2026-11-21 | 99 \n A3 | 2026-11-22 | 30")
    return judged(Tables(cases=cases(LEDGER), contacts=contacts(EARLY), receipts=paid))[0]


def test_what_was_kept_before_its_day_stands_among_the_kept_and_nowhere_else() -> None:
    tables = kept_early()
    assert block(tables, "kept") == ["A1 | 王丽 | 2026-11-27 | 0 | 提前兑现 | ", "A2 | 王丽 | 2026-12-20 | 100 | 提前兑现 | "]
    assert block(tables, "ahead") == ["A3 | 孙浩 | 2026-11-27 | 7000 | 未到期 | "]
    assert block(tables, "due") == block(tables, "tasks") == []


def test_who_has_kept_a_promise_early_is_thanked_once_and_asked_for_nothing() -> None:
    tables = kept_early()
    rules = Rules(office=OfficeRules(sms_signature="明光", contact="020-1"))
    first = thanks_due(tables, rules, MONDAY)[0]
    told = shown(first, "case_id", "paid", "next_due", "next_amount")
    assert told == ["A2 | 9900 |  | ", "A1 | 10000 |  | ", "A3 | 3000 | 2026-11-27 | 7000"]
    register = conform(first, c.LETTER_COLUMNS)
    for day in (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)):
        later, _ = judged(dataclasses.replace(tables, letters=register), rules, day)
        assert thanks_due(later, rules, day)[0].empty
        lines = gather(later, rules, day)
        promised = dict(zip(later.cases["case_id"].iloc[lines.lead], (lines.turn == PROMISES).tolist(), strict=True))
        assert (promised["A1"], promised["A2"]) == (False, False)
        assert later.cases["promise_due"].isna().tolist() == [True, True, False, True]


def test_instalments_paid_far_ahead_wait_for_their_time() -> None:
    plans = table("plan_id | case_id | plan_state | plan_signed_on \n A1-1-1 | A1 | 已签 | 2026-10-15", c.PLAN_COLUMNS)
    lines = table(
        "plan_id | case_id | instalment_no | instalment_due | instalment_amount \n A1-1-1 | A1 | 1 | 2026-11-29 | 40 \n A1-1-1 | A1 | 2 | 2026-12-29 | 40",
        c.INSTALMENT_COLUMNS,
    )
    assert block(kept_early().having(plans=plans, instalments=lines), "kept")[1:2] == ["A1 | 王丽 | 2026-11-29 | 0 | 提前兑现 | "]
    assert len(block(kept_early().having(plans=plans, instalments=lines), "kept")) == 3


def test_a_promise_whose_money_may_have_come_is_to_be_confirmed_and_not_to_be_asked_for() -> None:
    waiting = "case_id | paid_on | amount | customer | pay_channel \n | 2026-11-12 | 100 | 张三 | 待确认 \n A2 | 2026-11-12 | 40 | | "
    tables, _ = judged(Tables(cases=cases(LEDGER), contacts=contacts(LOG), receipts=receipts(waiting)))
    assert block(tables, "tasks")[0] == "A1 | 王丽 | 2026-11-12 | 10000 | 有收款待确认 | 先在资金流水确认该客户的收款，确认前不追问"
    assert tables.cases["broken_promises"].tolist()[:2] == [0, 0]


def test_the_share_kept_counts_what_fell_due_this_month_and_can_be_judged() -> None:
    facts = check(book(), Rules(), MONDAY).facts
    assert (facts["kept_month"], facts["judged_month"], facts["due"], facts["due_amount"], facts["tasks"]) == (1, 3, 1, 10_000, 2)


def test_what_somebody_has_followed_up_stands_behind_the_rest() -> None:
    called = LOG + "    A1      | 2026-11-18 10:00 | 电话    | 无人接听 |  | \n"
    assert [line.rsplit(" | ", 1)[1] for line in block(book(called), "tasks")] == ["联系客户，重新约定", "已于2026-11-18跟进"]


def test_instalments_of_signed_plans_stand_beside_promises() -> None:
    plans = table("plan_id | case_id | plan_state | plan_signed_on \n A1-1-1 | A1 | 已签 | 2026-10-15", c.PLAN_COLUMNS)
    lines = table(
        "plan_id | case_id | instalment_no | instalment_due | instalment_amount \n A1-1-1 | A1 | 1 | 2026-11-15 | 80 \n A1-1-1 | A1 | 2 | 2026-11-22 | 80",
        c.INSTALMENT_COLUMNS,
    )
    tables = book().having(plans=plans, instalments=lines)
    assert "A1 | 王丽 | 2026-11-15 | 8000 | 未还 | 提醒补足；违约的重做还款方案" in block(tables, "tasks")
    assert block(tables, "due")[0] == "A1 | 王丽 | 2026-11-22 | 8000 | 已到期，宽限中 | "


def test_a_workbook_without_promises_has_a_sheet_that_says_so() -> None:
    model = check(Tables(cases=book().cases, promises=book("case_id | contacted_at | outcome").promises), Rules(), MONDAY)
    assert {name: len(rows) for name, rows in model.tables.items()} == {"due": 0, "tasks": 0, "ahead": 0, "kept": 0}


def test_a_broken_promise_is_a_task_on_its_collectors_plan_until_somebody_calls() -> None:
    def turns(log: str) -> dict[str, bool]:
        lines = gather(book(log), Rules(), MONDAY)
        return dict(
            zip(book(log).cases["case_id"].iloc[lines.lead], ((lines.turn == CALLBACKS) & lines.after_promise).tolist(), strict=True)
        )

    assert turns(LOG) == {"A1": True, "A2": True, "A3": False, "A4": False}
    assert turns(LOG + "    A1 | 2026-11-18 10:00 | 电话 | 无人接听 |  | \n")["A1"] is False


def test_the_follow_up_says_what_it_is_for() -> None:
    tables = book().having(collectors=table("person | skill \n 王丽 | 电催 \n 孙浩 | 电催", c.COLLECTOR_COLUMNS))
    tables = tables.having(cases=tables.cases.assign(assigned_owner=tables.cases["owner"]))
    plans = personal_plan.plans(tables, Rules(), MONDAY, plan_day.divide(tables, Rules(), MONDAY))
    callbacks = next(p for p in plans if p.facts["person"] == "王丽").tables["callbacks"]
    assert [task.split("；")[0] for task in callbacks["task"]] == ["承诺未兑现，联系客户重新约定"] * 2
