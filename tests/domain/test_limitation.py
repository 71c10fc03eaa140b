"""诉讼时效: three years, restarts, and doubt."""

from __future__ import annotations

from datetime import date

import pytest

from macros_py.domain import limitation
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, codes, contacts, letters, receipts, shown


def state(ledger: str, today: date = MONDAY, **more):
    table, problems = limitation.state(Tables(cases=cases(ledger), **more), Rules(), today)
    return shown(table, "limitation_on", "limitation_days", "limitation_state"), codes(problems)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2023-11-23", "2026-11-23 | 0 | near"),  # the last day still counts
        ("2023-11-22", "2026-11-22 | -1 | expired"),
        ("2024-05-22", "2027-05-22 | 180 | near"),
        ("2024-05-23", "2027-05-23 | 181 | running"),
        ("2024-02-29", "2027-02-28 | 97 | near"),
        ("", " |  | "),
    ],
)
def test_three_years_from_the_due_date_to_the_day(due: str, expected: str) -> None:
    assert state(f"case_id | due_date\nA | {due}")[0] == [expected]


def test_a_confirmed_demand_restarts_it_but_one_of_the_future_does_not() -> None:
    rows, problems = state(
        """case_id | due_date   | last_demand
           A       | 2022-01-10 | 2024-12-01
           B       | 2022-01-10 | 2027-01-01"""
    )
    assert rows == ["2027-12-01 | 373 | running", "2025-01-10 | -682 | expired"]
    assert problems == {"limitation-expired": 1}


def test_unconfirmed_evidence_makes_it_doubtful_and_saves_nothing() -> None:
    rows, problems = state(
        "case_id | due_date\nA | 2022-01-10\nB | 2022-01-10\nC | 2022-01-10\nD | 2022-01-10\nE | 2022-01-10",
        receipts=receipts("case_id | paid_on | amount\nA | 2024-06-01 | 10\nE | 2021-06-01 | 10"),
        contacts=contacts("case_id | contacted_at | outcome\nB | 2024-06-01 | 承诺还款\nE | 2024-06-01 | 无人接听"),
        letters=letters("letter_no | case_id | sent_on | delivery\n1 | C | 2024-06-01 | 已签收\n2 | D | 2024-06-01 | 退回未签收"),
    )
    assert [row.split(" | ")[2] for row in rows] == ["doubtful", "doubtful", "doubtful", "expired", "expired"]
    assert problems == {"limitation-expired": 2, "limitation-doubtful": 3}
