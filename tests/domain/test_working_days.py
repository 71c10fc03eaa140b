"""Working days: the notices, the make-up workdays, the workbook's own days, and years that nobody has published."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros_py.domain.working_days import WorkingDays

OCTOBER_2026 = """
2026-09-30 working
2026-10-01 rest
2026-10-07 rest
2026-10-08 working
2026-10-10 working   a Saturday that makes up
2026-10-11 rest
2026-02-14 working   a Saturday before the spring festival
2026-09-20 working   a Sunday that makes up
"""
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def _calendar(*rows: tuple[str, str]) -> pd.DataFrame:
    day = pd.Series([r[0] for r in rows], dtype="datetime64[s]")
    return pd.DataFrame({"day": day, "working": [r[1] for r in rows]})


@pytest.mark.parametrize("line", OCTOBER_2026.strip().splitlines())
def test_public_holidays_and_make_up_workdays_are_known(line: str) -> None:
    day, expected = line.split()[:2]
    assert bool(WorkingDays.of().is_working(date.fromisoformat(day))) is (expected == "working")


def test_adding_skips_holidays_and_a_rest_day_does_not_count_itself() -> None:
    days = WorkingDays.of()
    assert days.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert days.after(date(2026, 10, 3), 0) == date(2026, 10, 8)
    assert days.after(date(2026, 10, 3), 1) == date(2026, 10, 8)
    assert days.after(date(2026, 10, 9), 1) == date(2026, 10, 10)


def test_unknown_days_stay_unknown_and_count_nothing() -> None:
    days, some = WorkingDays.of(), pd.Series([pd.NaT, pd.Timestamp("2026-11-21")]).astype("datetime64[s]")
    assert np.isnat(days.add(some, 2)[0])
    assert np.isnat(days.next(some)[0])
    assert days.is_working(some).tolist() == [False, False]
    assert days.count(some, date(2026, 11, 24)).tolist() == [0, 2]


def test_the_workbooks_own_days_win_and_the_last_row_counts() -> None:
    days = WorkingDays.of(
        _calendar(("2026-11-23", "休息"), ("2026-11-22", "上班"), ("2026-11-25", "休"), ("2026-11-25", "是"), ("2026-11-26", ""))
    )
    assert days.is_working(np.array(["2026-11-23", "2026-11-22", "2026-11-25", "2026-11-26"])).tolist() == [False, True, True, True]


def test_a_word_that_is_not_understood_is_said_and_not_used() -> None:
    days = WorkingDays.of(_calendar(("2026-11-23", "也许")))
    assert bool(days.is_working(date(2026, 11, 23)))
    assert [p.values["shown"] for p in days.problems()] == ["也许"]


def test_an_uncovered_year_is_counted_monday_to_friday_but_for_holidays_of_fixed_dates_and_said() -> None:
    days = WorkingDays.of()
    assert [p.code for p in days.problems(date(2027, 3, 1), date(2026, 3, 1))] == ["year-uncovered"]
    off = [f"2027-{day}" for day in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")]
    assert not days.is_working(np.array(off, dtype="datetime64[D]")).any()
    assert days.is_working(np.array(["2027-01-04", "2027-02-05", "2027-05-03", "2027-10-04"], dtype="datetime64[D]")).all()
    assert days.after(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_one_day_off_does_not_supply_a_year_but_a_list_of_holidays_does() -> None:
    one = WorkingDays.of(_calendar(("2027-01-01", "休息")))
    assert [p.values["year"] for p in one.problems(date(2027, 5, 1))] == [2027]
    whole = WorkingDays.of(_calendar(*[(f"2027-10-{d:02}", "休息") for d in range(1, 12)]))
    assert whole.problems(date(2027, 5, 1)) == []


def test_days_far_outside_the_calendar_do_not_break_it() -> None:
    days = WorkingDays.of(_calendar(("1900-01-01", "休息"), ("2999-01-01", "休息")))
    assert days.count(date(2026, 1, 1), date(9999, 12, 31)) > 0


def test_the_working_days_of_a_month_are_listed() -> None:
    october = WorkingDays.of().working_days_in("2026-10")
    assert len(october) == 18
    assert str(october[0]) == "2026-10-08"
    assert len(WorkingDays.of().working_days_in(date(2026, 11, 23))) == 21


@given(DAYS, st.integers(0, 40))
def test_adding_and_counting_agree(start: date, n: int) -> None:
    days = WorkingDays.of()
    end = days.after(start, n)
    assert bool(days.is_working(end))
    assert days.count(start, end) == (n + 1 if bool(days.is_working(start)) else max(n, 1))
