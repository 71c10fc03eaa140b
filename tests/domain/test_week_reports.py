"""周报状态: handed in, late, missing, not due yet — from the register, by the day on which reports are due."""

from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd
import pytest

from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.domain.week_reports import due_on, states

IN_WEEK = date(2026, 11, 18)  # 2026W47, Friday is the 20th


def register(*rows: tuple[str, str, str]) -> Tables:
    week, person, on = map(list, zip(*rows, strict=True))
    made = {"report_week": week, "person": person, "report_submitted": pd.to_datetime(on, format="%Y-%m-%d").astype("datetime64[s]")}
    return Tables(week_reports=conform(pd.DataFrame(made), c.WEEK_REPORT_COLUMNS))


def told(tables: Tables, today: date, rules: Rules | None = None, *people: str) -> list[str]:
    return states(list(people or ("王丽",)), tables, rules or Rules(), IN_WEEK, today)


@pytest.mark.parametrize(("on", "state"), [("2026-11-19", "已交"), ("2026-11-20", "已交"), ("2026-11-21", "迟交"), ("2026-11-24", "未交")])
def test_a_report_is_in_time_up_to_the_day_it_is_due_and_late_after_it(on: str, state: str) -> None:
    assert told(register(("2026W47", "王丽", on)), date(2026, 11, 23)) == [state]  # what is entered for a later day is not there yet


def test_before_the_day_it_is_due_nothing_is_missing() -> None:
    other = register(("2026W46", "王丽", "2026-11-13"))
    assert [told(other, date(2026, 11, day)) for day in (20, 21)] == [["未到期"], ["未交"]]


def test_where_nobody_ever_registered_a_report_no_state_is_known() -> None:
    assert told(Tables(), date(2026, 11, 23), None, "王丽", "李强") == ["未登记", "未登记"]


@pytest.mark.parametrize("week", ["2026W47", "2026-W47", "2026w47", "2026年第47周", "2026年47周", "2026-11-16", "2026 W47"])
def test_a_week_is_written_in_several_ways(week: str) -> None:
    assert told(register((week, " 王丽 ", "2026-11-20")), date(2026, 11, 23)) == ["已交"]


def test_the_first_of_several_hand_ins_counts() -> None:
    twice = register(("2026W47", "王丽", "2026-11-23"), ("2026W47", "王丽", "2026-11-20"))
    assert told(twice, date(2026, 11, 23)) == ["已交"]


def test_the_day_is_a_setting_and_moves_before_a_holiday() -> None:
    thursday = Rules(planning=dataclasses.replace(Rules().planning, report_weekday=4))
    assert due_on(Tables(), thursday, IN_WEEK) == date(2026, 11, 19)
    assert due_on(Tables(), Rules(), date(2026, 9, 28)) == date(2026, 9, 30)  # the national holiday begins on Thursday
    assert due_on(Tables(), Rules(), date(2026, 10, 5)) == date(2026, 10, 9)
    closed = conform(
        pd.DataFrame({"day": pd.to_datetime([f"2026-11-{d}" for d in range(16, 21)]), "working": ["休息"] * 5}), c.CALENDAR_COLUMNS
    )
    assert told(register(("2026W46", "王丽", "2026-11-13")).having(calendar=closed), date(2026, 11, 23)) == ["免交"]


def test_states_are_told_in_english_too() -> None:
    english = Rules(office=dataclasses.replace(Rules().office, language="en"))
    assert told(register(("2026W47", "王丽", "2026-11-23")), date(2026, 11, 23), english, "王丽", "李强") == ["late", "missing"]
