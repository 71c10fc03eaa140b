"""行键: what a plan that travels says of its customer, and that lines typed under a former key are found again."""

from __future__ import annotations

import pandas as pd
import pytest

from macros_py.domain import customers, line_keys
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases

IDENTITY, OTHER = "440106198001010011", "440106199002020024"
LEDGER = f"""
    case_id | customer_id | id_number  | customer | phone
    B2      |             | {IDENTITY} | 张三     | 13800000001
    B1      |             | {IDENTITY} | 张三     | 13800000001
    B3      | C-77        | {OTHER}    | 李四     | 13800000002
    B4      |             |            | 王五     | 13800000003
    B5      |             |            |          |
    B6      | 13900000009 |            | 赵六     |
"""


def gathered(ledger: str = LEDGER) -> pd.DataFrame:
    return customers.gather(Tables(cases=cases(ledger)), Rules(), MONDAY)[0]


def test_a_line_bears_the_customers_own_number_or_a_case_and_nothing_that_can_be_found_by_trying() -> None:
    made = gathered()
    assert line_keys.line_keys(made).tolist() == ["CASE-B1", "CASE-B1", "C-77", "CASE-B4", "CASE-B5", "CASE-B6"]
    assert made["customer_key"].iloc[0].startswith("ID-")


def test_the_order_of_the_ledger_does_not_matter() -> None:
    made = gathered().iloc[::-1].reset_index(drop=True)
    assert dict(zip(made["case_id"], line_keys.line_keys(made), strict=True))["B2"] == "CASE-B1"


def test_a_case_number_made_of_a_row_is_not_taken_for_another_customer_after_rows_have_moved() -> None:
    made = gathered().assign(case_id=[f"第{row}行" for row in range(2, 8)], case_id_made=True)
    before = line_keys.line_keys(made)[0]
    moved = pd.concat([made.iloc[2:3], made.iloc[:2], made.iloc[3:]], ignore_index=True).assign(case_id=made["case_id"])
    assert line_keys.positions(moved, [before]).tolist() == [-1]
    assert line_keys.positions(made, [before]).tolist() == [0]


@pytest.mark.parametrize("former", ["CASE-B1", "CASE-B2", "B2", "customer_key"])
def test_a_line_is_found_by_every_key_that_it_had(former: str) -> None:
    made = gathered()
    key = made["customer_key"].iloc[0] if former == "customer_key" else former
    assert line_keys.positions(made, [key, "nobody"]).tolist()[1] == -1
    assert made["customer"].iloc[line_keys.positions(made, [key])[0]] == "张三"


def typed(*keys: str) -> Tables:
    rows = pd.DataFrame({"row_key": [f"{key}@2026-11-23" for key in keys], "plan_note": [f"说{n}" for n in range(len(keys))]})
    week = pd.DataFrame({"row_key": ["received"], "week_cause": ["请假"]})
    entries = rows.assign(case_id="", sheet="计划-王丽")
    return Tables(cases=gathered(), typed={"计划-王丽": rows, "周进度2026W48": week}, plan_entries=entries)


def test_what_was_typed_stands_under_the_present_key() -> None:
    old = str(gathered()["customer_key"].iloc[0])
    tables = line_keys.renamed(typed(old, "C-77", "gone"))
    for rows in (tables.typed["计划-王丽"], tables.plan_entries):
        assert rows["row_key"].tolist() == ["CASE-B1@2026-11-23", "C-77@2026-11-23", "gone@2026-11-23"]
    assert tables.typed["周进度2026W48"]["row_key"].tolist() == ["received"]


def test_two_lines_of_one_customer_do_not_become_one() -> None:
    old = str(gathered()["customer_key"].iloc[0])
    keys = line_keys.renamed(typed(old, "CASE-B1", "CASE-B2")).typed["计划-王丽"]["row_key"].tolist()
    assert keys == [f"{old}@2026-11-23", "CASE-B1@2026-11-23", "CASE-B2@2026-11-23"]


def test_a_line_whose_key_says_nothing_any_more_is_found_by_the_case_that_it_showed() -> None:
    tables = typed("ID-000000000000")
    tables = tables.having(plan_entries=tables.plan_entries.assign(case_id="B2"))
    assert line_keys.renamed(tables).typed["计划-王丽"]["row_key"].tolist() == ["CASE-B1@2026-11-23"]


def test_cases_without_customers_keep_their_numbers() -> None:
    assert line_keys.line_keys(cases(f"case_id \n A1 \n {IDENTITY}")).tolist() == ["A1", IDENTITY]
