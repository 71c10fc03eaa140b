"""对账函: one a month for every firm that owes for deliveries, numbered after the letters, listing every open invoice."""

from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd
import pytest

from macros_py.domain import balances, compliance, customers, history, holds, limitation, strategy
from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.domain.rules import OfficeRules, Rules, StrategyRules
from macros_py.domain.statements import statements_due
from macros_py.domain.tables import Tables
from tests.domain.written import cases, hold_rows, receipts

OFFICE = OfficeRules(
    creditor="海棠有限公司", account_name="海棠有限公司", account_bank="演示银行", account_number="0000000001", contact="020-0000 0000"
)
MONDAY = date(2026, 12, 7)
FIRST = """case_id | customer_id | customer | address | product | due_date   | overdue_amount | disputed
           A       | K1          | 甲公司   | 广州    | 货款    | 2026-10-01 | 100.50         |
           B       | K1          | 甲公司   | 广州    | 货款    | 2026-09-01 | 900            | 是
           C       | K1          | 甲公司   | 广州    | 货款    | 2026-12-20 | 50             |
           D       | K2          | 张三     | 广州    | 个人贷款 | 2026-10-01 | 70            | """


def due(ledger: str = FIRST, day: date = MONDAY, rules: Rules | None = None, **more: pd.DataFrame):
    rules = rules or Rules(office=OFFICE)
    tables = Tables(cases=cases(ledger), data_as_of=day, **more)
    for rule in (customers.gather, balances.as_of, history.of, limitation.state, holds.apply):
        tables = tables.having(cases=rule(tables, rules, day)[0])
    tables = tables.having(cases=tables.cases.assign(broken_promises=0, promise_due=pd.NaT))
    for rule in (strategy.place, compliance.permit):
        tables = tables.having(cases=rule(tables, rules, day)[0])
    return statements_due(tables, rules, day)


def test_a_firm_gets_one_statement_of_all_its_open_invoices_and_a_person_none() -> None:
    made, problems = due()
    assert made.register[["letter_no", "case_id", "recipient", "template", "letter_state"]].to_numpy().tolist() == [
        ["催〔2026〕0001号", "B", "甲公司（本单位）", "对账函", "待寄"]
    ]
    said = made.files[0].context
    assert said["components"] == [
        {"name": "B（应还2026-09-01，账龄91–180天，有异议）", "amount": 900_00},
        {"name": "A（应还2026-10-01，账龄61–90天）", "amount": 100_50},
        {"name": "C（应还2026-12-20，未到期）", "amount": 50_00},
    ]
    assert (said["total"], said["total_in_words"], said["case_id"]) == (1050_50, "人民币壹仟零伍拾元伍角", "B 等3笔")
    assert problems == []


def registered(**cells: object) -> pd.DataFrame:
    row = {
        "letter_no": "催〔2026〕0041号",
        "case_id": "A",
        "template": "对账函",
        "made_on": pd.Timestamp("2026-12-01"),
        "letter_state": "待寄",
    }
    return conform(pd.DataFrame([row | cells]), c.LETTER_COLUMNS)


def test_there_is_one_a_month_whatever_invoice_the_last_one_stood_under() -> None:
    assert due(letters=registered())[0].register.empty
    for again in ({"made_on": pd.Timestamp("2026-11-30")}, {"letter_state": "作废"}, {"template": "首次提醒函"}):
        assert due(letters=registered(**again))[0].register["letter_no"].tolist() == ["催〔2026〕0042号"]


@pytest.mark.parametrize(("until", "day", "count"), [(7, 7, 1), (7, 8, 0), (31, 31, 1), (0, 1, 0)])
def test_the_days_on_which_they_go_out_are_a_setting(until: int, day: int, count: int) -> None:
    rules = Rules(office=OFFICE, strategy=dataclasses.replace(StrategyRules(), statement_days=until))
    assert len(due(day=date(2026, 12, day), rules=rules)[0].files) == count


def test_whose_account_is_not_certain_or_who_is_on_hold_gets_none() -> None:
    lawsuit = hold_rows(
        "scope | target | hold_code | approved_by | hold_from | review_on\n案件 | A | 诉讼执行 | 韩梅 | 2026-11-01 | 2027-01-01"
    )
    assert due(holds=lawsuit)[0].files == ()
    assert due(receipts=receipts("case_id | paid_on | amount\nA | 2026-12-07 | 100.50"))[0].files == ()


def test_an_expired_invoice_is_not_listed() -> None:
    old = FIRST.replace("2026-10-01 | 100.50", "2021-10-01 | 100.50")
    assert [line["name"][0] for line in due(old)[0].files[0].context["components"]] == ["B", "C"]


def test_without_an_address_a_name_or_the_office_it_is_said_and_nothing_is_made() -> None:
    made, problems = due(FIRST.replace("| 甲公司   | 广州    ", "| 甲公司   |         "))
    assert (made.files, [p.code for p in problems]) == ((), ["letter-address-missing"])
    made, problems = due(FIRST.replace("甲公司", "      "))
    assert (made.files, [p.code for p in problems]) == ((), ["letter-recipient-missing"])
    made, problems = due(rules=Rules())
    assert (made.files, [p.code for p in problems]) == ((), ["letter-office-missing"])
