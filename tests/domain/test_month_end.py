"""月末快照: kept once, as of the month's last day, by the first press soon after it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd
import pytest

from macros_py.domain import balances, month_end
from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import cases, codes, receipts, shown

LEDGER = """case_id | due_date   | overdue_amount | case_status | written_off
            A       | 2026-10-20 | 100            |             |
            B       | 2026-09-30 | 100            |             |
            C       | 2026-12-05 | 100            |             |
            D       | 2026-06-01 | 100            | 已结清      |
            E       | 2025-06-01 | 100            |             | 是"""
PAID = "case_id | paid_on | amount\nB | 2026-12-01 | 40\nA | 2026-11-30 | 10"


def kept(today: date, ledger: str = LEDGER, paid: str = PAID, data_as_of: date | None = date(2026, 11, 30), **more: object):
    tables = Tables(cases=cases(ledger), receipts=receipts(paid), data_as_of=data_as_of, **more)
    tables = tables.having(cases=balances.as_of(tables, Rules(), today)[0])
    return month_end.snapshot(tables, Rules(), today)


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 10)])
def test_the_first_press_after_a_month_end_keeps_how_it_stood_on_that_day(day: date) -> None:
    rows, problems = kept(day)
    assert shown(rows, "snapshot_month", "case_id", "bucket", "snapshot_balance") == [
        "2026-11 | A | M2 | 10000",
        "2026-11 | B | M3 | 10000",  # the receipt of December is added back
        "2026-11 | C | M0 | 10000",
        "2026-11 | E | 已核销 | 10000",
    ]
    assert codes(problems) == {}


def test_a_month_end_that_is_kept_already_or_long_past_is_not_kept_again() -> None:
    stored, _ = kept(date(2026, 12, 1))
    assert kept(date(2026, 12, 2), snapshots=stored)[0].empty
    assert kept(date(2026, 12, 11))[0].empty
    assert kept(date(2026, 11, 29))[0].empty


def test_a_month_that_a_spreadsheet_shows_otherwise_is_the_same_month() -> None:
    stored = kept(date(2026, 12, 1))[0]
    for word in ("2026年11月", "202611", "2026/11/30"):
        assert kept(date(2026, 12, 2), snapshots=stored.assign(snapshot_month=pd.Series([word] * len(stored), dtype="str")))[0].empty


def test_one_case_number_has_one_row() -> None:
    rows, _ = kept(
        date(2026, 11, 30), "case_id | due_date | overdue_amount\nA | 2026-10-20 | 100\nA | 2026-08-20 | 50", "case_id | paid_on | amount"
    )
    assert shown(rows, "case_id", "bucket", "snapshot_balance") == ["A | M4 | 15000"]


def test_a_sheet_that_would_overflow_is_said_and_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_end, "MOST_ROWS", 5)
    old = conform(pd.DataFrame({"snapshot_month": ["2026-09", "2026-10"]}), c.SNAPSHOT_COLUMNS)
    rows, problems = kept(date(2026, 12, 1), snapshots=old)
    assert rows.empty
    assert [p.code for p in problems] == ["snapshots-full"]


def test_how_many_days_after_the_month_end_a_press_may_keep_it_is_a_setting() -> None:
    rules = Rules(planning=dataclasses.replace(Rules().planning, snapshot_days=0))
    tables = Tables(cases=cases(LEDGER), data_as_of=date(2026, 11, 30))
    for day, count in ((date(2026, 11, 30), 4), (date(2026, 12, 1), 0)):
        judged = tables.having(cases=balances.as_of(tables, rules, day)[0])
        assert len(month_end.snapshot(judged, rules, day)[0]) == count
