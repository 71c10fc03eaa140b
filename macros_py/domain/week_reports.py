"""周报状态: whether each person's report of a week was handed in, in time or late. Source: the sheet 周报登记 and the day it is due.

Due on a weekday of the week itself (设置: 周报截止), moved to the working day before where that is a holiday.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

import numpy as np

from macros_py.domain.arrays import days, text
from macros_py.domain.received import week_name, week_of
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.domain.working_days import WorkingDays

STATES: Final = {
    "submitted": ("已交", "submitted"),
    "late": ("迟交", "late"),
    "missing": ("未交", "missing"),
    "waiting": ("未到期", "not due yet"),
    "none": ("免交", "none due"),
    "unkept": ("未登记", "not kept"),
}
WEEK: Final = re.compile(r"(\d{4})\D{0,3}?[Ww第周\-]*\s*(\d{1,2})\s*周?$")


def states(people: list[str], tables: Tables, rules: Rules, day: date, today: date) -> list[str]:
    """The state of each person's report of the week of `day`, as of today, in words.

    tables.week_reports: report_week ("2026W48"), person, report_submitted (a row without a day says nothing); calendar.
    Where nobody has ever registered a report, no state is known: 未登记.
    """
    at = int(rules.office.language == "en")
    if tables.week_reports.empty:
        return [STATES["unkept"][at]] * len(people)
    handed, due = _handed_in(tables, week_name(day), today), due_on(tables, rules, day)
    return [STATES[_state(handed.get(name), due, today)][at] for name in people]


def due_on(tables: Tables, rules: Rules, day: date) -> date | None:
    """The day on which the reports of a week are due; None in a week without a working day up to then."""
    week = week_of(day)[: min(max(rules.planning.report_weekday, 1), 7)]
    working = WorkingDays.of(tables.calendar).is_working(np.array(week, dtype="datetime64[D]"))
    return next((d for d, works in zip(reversed(week), reversed(working.tolist()), strict=True) if works), None)


def _state(handed: date | None, due: date | None, today: date) -> str:
    if handed is not None:
        return "late" if due is not None and handed > due else "submitted"
    if due is None:
        return "none"
    return "missing" if today > due else "waiting"


def _handed_in(tables: Tables, week: str, today: date) -> dict[str, date]:
    """Person → the first day on which the report of the week was handed in, up to today."""
    table = tables.week_reports
    out: dict[str, date] = {}
    for name, said, on in zip(text(table, "person"), text(table, "report_week"), days(table, "report_submitted"), strict=True):
        if not np.isnat(on) and on.item() <= today and _named(str(said)) == week:
            out[str(name).strip()] = min(on.item(), out.get(str(name).strip(), date.max))
    return out


def _named(said: str) -> str:
    """ "2026W48", "2026-W48", "2026年第48周" and the Monday of the week mean the same."""
    if found := re.fullmatch(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?.*", said):
        try:
            return week_name(date(*map(int, found.groups())))
        except ValueError:
            return ""
    found = WEEK.search(said.strip())
    return f"{found[1]}W{int(found[2]):02d}" if found else ""


def last_week(day: date) -> date:
    """A day of the week before."""
    return day - timedelta(days=7)
