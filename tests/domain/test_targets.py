"""Targets: shared by expectation and hours, exact to the fen, spread over working days, and never invented."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.domain.received import month_key
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.domain.targets import DEFAULT, OWN, cure_rates, headcount_gap, largest_remainder, outlook, schedule, share_out
from macros_py.domain.working_days import WorkingDays

TODAY = date(2026, 11, 23)


def _targets(*rows: tuple[str, str, int | None]) -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=["month", "person", "target_amount"])
    return conform(made.assign(target_amount=made["target_amount"].astype("Int64")), c.TARGET_COLUMNS)


def _department(*targets: tuple[str, str, int | None]) -> Tables:
    cases = pd.DataFrame(
        {
            "case_id": ["a", "b", "c", "d"],
            "owner": ["张三", "张三", "李四", "王五"],
            "open_amount": pd.array([1_000_000, 1_000_000, 1_000_000, 9_000_000], dtype="Int64"),
            "bucket": ["M1", "M1", "M2", "M1"],
            "hold": ["", "", "", "投诉"],
        }
    )
    return Tables(cases=conform(cases, c.CASE_COLUMNS), targets=_targets(*targets))


def _now(table: pd.DataFrame) -> dict[str, int]:
    return {str(r["person"]): int(r["target_amount"]) for r in table.to_dict("records")}


def test_the_teams_target_is_shared_by_expected_recovery_and_held_cases_bring_nothing() -> None:
    shared, problems = share_out(_department(("2026-11", "团队", 1_650_000)), Rules(), TODAY)
    assert _now(shared) == {"团队": 1_650_000, "张三": 1_200_000, "李四": 450_000, "王五": 0}
    assert problems == []


def test_a_persons_own_target_stands_and_the_others_share_what_is_left() -> None:
    shared, problems = share_out(_department(("2026年11月", "", 1_000_000), ("2026年11月", "李四", 900_000)), Rules(), TODAY)
    assert _now(shared) == {"": 1_000_000, "李四": 900_000, "张三": 100_000, "王五": 0}
    assert problems == []


def test_personal_targets_above_the_teams_are_said_and_nobody_else_gets_one() -> None:
    shared, problems = share_out(_department(("2026-11", "", 100), ("2026-11", "李四", 900)), Rules(), TODAY)
    assert [p.code for p in problems] == ["target-persons-differ"]
    assert _now(shared)["张三"] == 0


def test_a_month_without_a_target_is_said_and_not_invented() -> None:
    shared, problems = share_out(_department(("2026-10", "", 100)), Rules(), TODAY)
    assert len(shared) == 1
    assert [p.code for p in problems] == ["no-target"]
    assert headcount_gap(_department(), Rules(), TODAY) is None


def test_a_month_that_cannot_be_read_is_said() -> None:
    _, problems = share_out(_department(("十一月", "", 100), ("2026-11", "", 100)), Rules(), TODAY)
    assert [(p.code, p.values["shown"]) for p in problems] == [("target-unreadable", "十一月")]


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-11", "2026-11"),
        ("2026年1月", "2026-01"),
        ("202611", "2026-11"),
        ("2026/11/1", "2026-11"),
        ("20261101", "2026-11"),
        ("11月", ""),
        ("", ""),
        ("2026-13", ""),
        ("目标", ""),
    ],
)
def test_months_are_read_as_people_write_them(typed: str, month: str) -> None:
    assert month_key(typed) == month


def test_a_collector_without_the_hours_for_his_cases_gets_less() -> None:
    tables = _department(("2026-11", "", 1_000))
    few = pd.DataFrame({"person": ["张三", "李四", "王五"], "minutes": pd.array([1, 450, 450], dtype="Int64")})
    people = outlook(tables.having(collectors=conform(few, c.COLLECTOR_COLUMNS)), Rules(), TODAY).set_index("person")
    assert people.loc["张三", "reachable"] < people.loc["张三", "expected"] == 1_200_000
    assert people.loc["李四", "reachable"] == people.loc["李四", "expected"] == 450_000


def test_what_is_missing_lies_on_the_days_that_remain() -> None:
    plan = schedule(2_100_000, 900_000, WorkingDays.of(), TODAY)
    assert plan["target"].tolist() == [100_000] * 15 + [200_000] * 6
    assert plan[plan["week"] == "2026W48"]["target"].sum() == 1_000_000


def test_the_gap_in_people_follows_from_what_is_missing() -> None:
    tables = _department(("2026-11", "", 10_000_000))
    gap = headcount_gap(tables, Rules(), TODAY)
    assert gap is not None
    assert gap > 10
    received = conform(
        pd.DataFrame({"case_id": ["a"], "paid_on": [pd.Timestamp(TODAY)], "amount": pd.array([10_000_000], dtype="Int64")}),
        c.RECEIPT_COLUMNS,
    )
    assert headcount_gap(tables.having(receipts=received), Rules(), TODAY) == 0


def test_cure_rates_come_from_enough_own_history_and_else_are_marked_as_defaults() -> None:
    count = 400
    cases = pd.DataFrame({"case_id": [f"c{n}" for n in range(count)], "open_amount": 100_000, "days_past_due": 40})
    receipts = pd.DataFrame({"case_id": cases["case_id"][:100], "paid_on": pd.Timestamp(2026, 11, 10), "amount": 100_000})
    cases.loc[:99, "open_amount"] = 0
    tables = Tables(
        cases=conform(cases.astype({"open_amount": "Int64"}), c.CASE_COLUMNS),
        receipts=conform(receipts.astype({"amount": "Int64"}), c.RECEIPT_COLUMNS),
    )
    found = cure_rates(tables, Rules(), TODAY)
    assert found.rates[1] == pytest.approx(0.25)
    assert found.source == (DEFAULT, OWN, *[DEFAULT] * 6)
    assert found.rates[2:] == Rules().priority.cure_rates[2:]


@given(st.integers(0, 10**14), st.lists(st.floats(0, 1e15) | st.integers(0, 10**14), min_size=1, max_size=30))
def test_the_parts_add_up_to_the_whole_to_the_fen(amount: int, weights: list[float]) -> None:
    parts = largest_remainder(amount, weights)
    assert int(sum(int(p) for p in parts)) == amount
    assert (parts >= 0).all()


@given(st.integers(0, 10**11), st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_no_part_is_off_by_more_than_a_rounding(amount: int, weights: list[int]) -> None:
    parts = largest_remainder(amount, weights)
    exact = amount * np.array(weights) / sum(weights)
    assert (np.abs(parts - exact) <= 1 + exact * 1e-6).all()


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_days_that_remain_carry_exactly_what_is_missing(target: int, received: int) -> None:
    plan = schedule(target, received, WorkingDays.of(), TODAY)
    assert plan["target"][plan["day"] >= pd.Timestamp(TODAY)].sum() == max(target - received, 0)


@given(st.integers(0, 10**10), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_personal_targets_add_up_to_the_teams(team: int, own: int) -> None:
    rows: list[tuple[str, str, int | None]] = [("2026-11", "", team), *[("2026-11", name, team // 5) for name in ("张三", "李四")[:own]]]
    shared, _ = share_out(_department(*rows), Rules(), TODAY)
    assert int(shared["target_amount"][shared["person"].ne("")].sum()) == team


def test_numbers_of_cases_are_shared_too() -> None:
    tables = _department(("2026-11", "", 1_000_000))
    with_cases = tables.targets.assign(target_cases=pd.array([10], dtype="Int64"))
    shared, _ = share_out(dataclasses.replace(tables, targets=with_cases), Rules(), TODAY)
    assert int(shared["target_cases"].iloc[1:].sum()) == 10
