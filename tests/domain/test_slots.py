"""Call slots: the quarter before work first, legal hours always, never more minutes than there are."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain.rules import ComplianceRules, LegalRule, PlanningRules
from macros_py.domain.slots import HOUR, MINUTE, NOT_FITTED, NOWHERE, Hours, Task, clock, hours_of, legal_hours, place, spelled, without

PLANNING = PlanningRules()
LEGAL = (8 * HOUR, 22 * HOUR)
DAY = hours_of("", None, PLANNING, LEGAL)


def call(work_start: str = "", asked: str = "", seconds: int = 150, *, early: bool = False) -> Task:
    return Task("call", seconds, clock(work_start), clock(asked), early)


def starts(tasks: list[Task], hours: Hours = DAY) -> list[str]:
    return ["" if w == NOWHERE else spelled(w[0]) for w in place(tasks, hours, PLANNING)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("09:00", "09:00"),
        ("9点半", "09:30"),
        ("上午9:00", "09:00"),
        ("下午2点", "14:00"),
        ("晚上8点", "20:00"),
        ("09:00:00", "09:00"),
        ("8：15", "08:15"),
        ("14时", "14:00"),
        ("3pm", ""),
        ("下午方便联系", "14:00"),
        ("关机", ""),
        ("", ""),
        ("25:00", ""),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, read: str) -> None:
    found = clock(typed)
    assert ("" if found == NOT_FITTED else spelled(found)) == read


def test_two_or_three_calls_fit_before_work_and_the_next_goes_to_the_late_afternoon() -> None:
    assert starts([call("09:00")] * 5) == ["08:45", "08:51", "08:57", "17:00", "17:02"]


def test_a_quarter_before_legal_hours_is_moved_to_where_they_open() -> None:
    early_shift = hours_of("07:30-12:00,13:00-17:00", None, PLANNING, LEGAL)
    assert starts([call("08:00")], early_shift) == ["08:00"]
    assert early_shift.windows[0] == (8 * HOUR, 12 * HOUR)


def test_no_slot_before_the_own_shift_begins() -> None:
    assert starts([call("08:00")]) == ["17:00"]


def test_the_time_that_the_customer_asked_for_is_kept() -> None:
    assert starts([call(asked="下午3点")]) == ["15:00"]
    assert starts([call("09:00", asked="下午3点"), call("09:00")]) == ["15:00", "08:45"]  # also before the quarter that suits most people


def test_a_promise_due_today_is_called_as_early_as_possible() -> None:
    assert starts([call(early=True)]) == ["08:30"]


def test_lunch_is_off() -> None:
    full = [Task("desk", 20 * MINUTE)] * 40
    assert not [s for s in starts(full) if "11:41" <= s < "14:00"]


def test_visits_leave_the_first_hour_to_calls() -> None:
    assert starts([Task("visit", 90 * MINUTE)]) == ["09:30"]


def test_the_evening_shift_is_known_by_its_word() -> None:
    assert hours_of("晚班", None, PLANNING, LEGAL).windows == ((17 * HOUR + 1800, 20 * HOUR),)
    assert hours_of("白班+晚班", None, PLANNING, LEGAL).windows[-1] == (14 * HOUR, 20 * HOUR)


def test_own_minutes_limit_the_day_and_never_exceed_the_shift() -> None:
    assert hours_of("", 60, PLANNING, LEGAL).seconds == 3600
    assert hours_of("", 9999, PLANNING, LEGAL).seconds == 450 * MINUTE


def test_legal_hours_come_from_the_rule_in_force() -> None:
    old = LegalRule("hours", "", "21:00-09:00", "", "", "禁止", valid_until=dt.date(2026, 10, 31))
    new = LegalRule("hours", "", "21:30-08:30", "", "", "禁止", valid_from=dt.date(2026, 11, 1))
    rules = ComplianceRules((old, new))
    assert legal_hours(rules, dt.date(2026, 11, 23)) == (8 * HOUR + 1800, 21 * HOUR + 1800)
    assert legal_hours(rules, dt.date(2026, 10, 1)) == (9 * HOUR, 21 * HOUR)
    assert legal_hours(ComplianceRules(), dt.date(2026, 10, 1)) == LEGAL


def test_what_is_taken_is_no_longer_there() -> None:
    rest = without(DAY, [(9 * HOUR, 10 * HOUR)])
    assert rest.seconds == DAY.seconds - HOUR
    assert starts([Task("desk", 2 * HOUR)], rest) == ["10:00"]


tasks_drawn = st.lists(
    st.builds(
        Task,
        st.sampled_from(["call", "visit", "desk"]),
        st.integers(30, 5400),
        st.sampled_from([NOT_FITTED, 8 * HOUR, 9 * HOUR, 14 * HOUR]),
        st.sampled_from([NOT_FITTED, 10 * HOUR, 16 * HOUR]),
        st.booleans(),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(tasks_drawn, st.integers(0, 600), st.sampled_from(["", "晚班", "07:00-23:30", "08:00-12:00"]))
def test_no_day_is_overfilled_doubled_or_outside_shift_and_law(tasks: list[Task], minutes: int, shift: str) -> None:
    hours = hours_of(shift, minutes, PLANNING, LEGAL)
    done = sorted(w for w in place(tasks, hours, PLANNING) if w != NOWHERE)
    assert sum(b - a for a, b in done) <= min(minutes * MINUTE, hours.seconds)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(done))
    assert all(any(a <= start and end <= b for a, b in hours.windows) for start, end in done)
    assert all(start >= LEGAL[0] and end <= LEGAL[1] for start, end in done)
