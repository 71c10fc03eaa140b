"""Working days in China: weekends, public holidays and make-up workdays, with the workbook's own days over them.

Source: the yearly notices of the State Council as kept by the `chinesecalendar` package (make-up workdays included), then the rows
of the 工作日 sheet. A year that neither covers is counted Monday to Friday without the holidays that have the same date every year, and
`problems` says so: it is not guessed silently.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.problems import Problem

Days = npt.NDArray[np.datetime64]
Dates = Any  # a Series of dates, an array of datetime64, or one date

SHEET: Final = "工作日"
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
REST_DAYS_OF_A_YEAR: Final = 11  # so many rest days on the 工作日 sheet supply a year (the statutory holidays; 13 since 2025)
FIXED_HOLIDAYS: Final = (
    "01-01",
    "05-01",
    "05-02",
    "10-01",
    "10-02",
    "10-03",
)  # 全国年节及纪念日放假办法 art. 2; the others follow the moon
AT_WORK: Final = frozenset({"上班", "班", "工作", "工作日", "补班", "是", "1", "1.0", "true", "yes", "y", "working", "work"})
AT_REST: Final = frozenset({"休息", "休", "休息日", "放假", "假", "节假日", "否", "0", "0.0", "false", "no", "n", "rest", "off", "holiday"})


@dataclass(frozen=True)
class WorkingDays:
    """Which days are working days. Every method takes a Series, an array or one date, and is vectorised; NaT stays NaT."""

    busy: np.busdaycalendar
    covered: frozenset[int]
    unreadable: tuple[str, ...] = ()

    @classmethod
    def of(cls, calendar: pd.DataFrame | None = None) -> WorkingDays:
        """calendar: day (date), working (上班 or 休息) → the calendar; later rows win over earlier ones for the same day."""
        statutory, covered = _statutory()
        if calendar is None or calendar.empty:
            return cls(_busdays(statutory), covered)
        words = calendar["working"].astype(str).str.strip().str.lower()
        dated = calendar["day"].notna() & words.ne("")
        day = _days(calendar["day"][dated])
        words = words[dated]
        works, rests = words.isin(AT_WORK).to_numpy(), words.isin(AT_REST).to_numpy()
        off = statutory.copy()
        inside = _position(day) >= 0
        inside &= _position(day) < len(off)
        known = (works | rests) & inside
        off[_position(day[known])] = rests[known]
        years = pd.Series(day[rests & inside].astype("datetime64[Y]").astype(int) + 1970).value_counts()
        supplied = frozenset(int(y) for y in years.index[years >= REST_DAYS_OF_A_YEAR])
        unread = tuple(words[~(works | rests)].drop_duplicates())
        return cls(_busdays(off), covered | supplied, unread)

    def is_working(self, days: Dates) -> npt.NDArray[np.bool_]:
        """True on working days; False for NaT."""
        return np.is_busday(_days(days), busdaycal=self.busy)

    def add(self, days: Dates, n: int | npt.NDArray[np.int64]) -> Days:
        """The n-th working day after each day, n ≥ 0; add 0 is the day itself, or the next working day when it is a rest day.

        From a Saturday, 1 is the Monday: the rest day itself does not count. Source of add 0: 民法典 203 (a period that
        ends on a holiday ends on the day after it).
        """
        start = _days(days)
        counted = np.broadcast_to(np.asarray(n, dtype="int64"), start.shape)
        if not counted.any():
            return self.next(start)
        later = np.busday_offset(start, counted, roll="backward", busdaycal=self.busy)
        return np.where(counted == 0, self.next(start), later)

    def next(self, days: Dates) -> Days:
        """Each day itself when it is a working day, else the next working day."""
        return np.busday_offset(_days(days), 0, roll="forward", busdaycal=self.busy)

    def count(self, start: Dates, end: Dates) -> npt.NDArray[np.int64]:
        """How many working days from start to end, both included; 0 where end is before start or either is unknown."""
        first, last = np.broadcast_arrays(_days(start), _days(end))
        known = ~(np.isnat(first) | np.isnat(last))
        out = np.zeros(first.shape, dtype="int64")
        out[known] = np.busday_count(first[known], last[known] + 1, busdaycal=self.busy)
        return np.maximum(out, 0)

    def working_days_in(self, month: date | str) -> Days:
        """The working days of a month, given as any day of it or as "2026-11"."""
        first = _month(month)
        last = months.monthrange(first.year, first.month)[1]
        day = np.arange(np.datetime64(first, "D"), np.datetime64(first.replace(day=last), "D") + 1)
        return day[self.is_working(day)]

    def after(self, day: date, n: int) -> date:
        """`add` for one day."""
        return date.fromisoformat(str(self.add(day, n)))

    def problems(self, *days: Dates) -> list[Problem]:
        """year-uncovered, once for each year of `days` that is not covered, and calendar-unreadable for words not understood."""
        years: set[int] = set()
        for some in days:
            known = np.atleast_1d(_days(some))
            years |= {int(y) + 1970 for y in np.unique(known[~np.isnat(known)].astype("datetime64[Y]")).astype(int)}
        uncovered = [Problem("year-uncovered", SHEET, "", {"year": y}) for y in sorted(years - self.covered)]
        return uncovered + [Problem("calendar-unreadable", SHEET, "", {"shown": shown}) for shown in self.unreadable]


def _month(month: date | str) -> date:
    return date.fromisoformat(f"{month[:7]}-01") if isinstance(month, str) else date(month.year, month.month, 1)


def _days(days: Dates) -> Days:
    raw = days.to_numpy() if isinstance(days, pd.Series) else days
    out: Days = np.asarray(raw, dtype="datetime64[D]")
    return out


ORIGIN: Final = np.datetime64(f"{FIRST_YEAR}-01-01", "D")


def _position(day: Days) -> npt.NDArray[np.int64]:
    return (day - ORIGIN).astype("int64")


def _busdays(off: npt.NDArray[np.bool_]) -> np.busdaycalendar:
    """numpy knows no make-up workdays: so every day of the week counts as working, and every rest day is a holiday."""
    return np.busdaycalendar(weekmask="1111111", holidays=ORIGIN + np.flatnonzero(off))


@lru_cache(maxsize=1)
def _statutory() -> tuple[npt.NDArray[np.bool_], frozenset[int]]:
    """Rest days since ORIGIN by the notices, and the years they cover."""
    from chinese_calendar import constants  # a second of imports is spared where no calendar is needed

    every = np.arange(ORIGIN, np.datetime64(f"{LAST_YEAR + 1}-01-01", "D"))
    off = ~np.is_busday(every)
    covered = frozenset(d.year for d in constants.holidays)
    coming = range(max(covered) + 1, LAST_YEAR + 1)
    off[_position(np.array([f"{year}-{day}" for year in coming for day in FIXED_HOLIDAYS], dtype="datetime64[D]"))] = True
    off[_position(np.array(list(constants.holidays), dtype="datetime64[D]"))] = True
    off[_position(np.array(list(constants.workdays), dtype="datetime64[D]"))] = False
    off.flags.writeable = False
    return off, covered
