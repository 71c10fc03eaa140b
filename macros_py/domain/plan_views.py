"""The week and the month of each person: working days, what falls due on them, target and cash received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.arrays import Days, Ints
from macros_py.domain.kinds import Column
from macros_py.domain.plan_day import PersonDay
from macros_py.domain.plan_lines import NOT_NOW, Lines
from macros_py.domain.plan_words import frame, part
from macros_py.domain.received import cash, day_targets, even_targets, month_targets, week_name, week_of
from macros_py.domain.tables import Tables
from macros_py.domain.working_days import WorkingDays

WEEKDAYS: Final = {"zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


class Views:
    """Counted once for all people, then asked person by person (`number`: the place in `people`)."""

    def __init__(self, tables: Tables, lines: Lines, people: Sequence[str], today: date, lang: str = "zh") -> None:
        self.weekdays = WEEKDAYS["en" if lang == "en" else "zh"]
        self.today = today
        self.lines = lines
        self.calendar = WorkingDays.of(tables.calendar)
        self.week_days = week_of(today)
        paid = cash(tables, today)
        self.paid = dict(iter(paid.groupby("owner", sort=False))) if len(paid) else {}
        self.people = people
        of_month = month_targets(tables, today)
        self.targets = [of_month.get(person) for person in people]
        self.even_targets = [even_targets(target or 0, self.calendar, today) for target in self.targets]
        self.day_targets = [self._day_targets(number) for number in range(len(people))]
        owner = pd.Index(people).get_indexer(pd.Index(lines.owner))
        owner = np.where(lines.turn == NOT_NOW, -1, owner)
        self.counts = {
            "promises": self._per_day(owner, lines.next_promise),
            "callbacks": self._per_day(owner, lines.next_callback),
            "tasks": self._per_day(owner, lines.next_on),
        }
        self.promised = self._per_day(owner, lines.next_promise, lines.next_promise_fen)

    def _per_day(self, owner: Ints, when: Days, values: Ints | None = None) -> Ints:
        """people × seven days; what fell due before today stands on today."""
        monday = np.datetime64(self.week_days[0], "D")
        day = np.maximum(when, np.datetime64(self.today, "D"))
        place = np.where(np.isnat(when), -1, (day - monday).astype("int64"))
        keep = (owner >= 0) & (place >= 0) & (place < 7)
        out = np.zeros((len(self.people), 7), dtype=np.int64)
        np.add.at(out, (owner[keep], place[keep]), 1 if values is None else values[keep])
        return out

    def received(self, number: int, first: date, last: date) -> int:
        """Cash of the person's cases from first to last, both included, in fen."""
        mine = self.paid.get(self.people[number])
        if mine is None:
            return 0
        day = mine["day"].to_numpy()
        inside = (day >= np.datetime64(first, "D")) & (day <= np.datetime64(last, "D"))
        return int(mine["fen"].to_numpy()[inside].sum())

    def _day_targets(self, number: int) -> dict[date, int]:
        target = self.targets[number]
        if target is None:
            return {}
        before = self.received(number, self.today.replace(day=1), self.today - timedelta(days=1))
        return day_targets(target, before, self.calendar, self.today)

    def weeks(self, days: Sequence[PersonDay]) -> list[pd.DataFrame]:
        """Per person the working days of this ISO week (and today): what falls due; days gone show what came in only."""
        at = [n for n, d in enumerate(self.week_days) if bool(self.calendar.is_working(d)) or d == self.today]
        rows = [self._week_row(number, n, len(day.planned)) for number, day in enumerate(days) for n in at]
        return _cut(c.PLAN_WEEK_VIEW, rows, len(days))

    def _week_row(self, number: int, n: int, planned: int) -> tuple[Any, ...]:
        day = self.week_days[n]
        came = self.received(number, day, day) if day <= self.today else pd.NA
        head = (np.datetime64(day, "s"), self.weekdays[n])
        tail = (self.day_targets[number].get(day, pd.NA), came)
        if day < self.today:
            return (*head, pd.NA, pd.NA, pd.NA, pd.NA, *tail)
        counts = (self.counts["promises"][number, n], self.promised[number, n], self.counts["callbacks"][number, n])
        tasks = planned if day == self.today else self.counts["tasks"][number, n]
        return (*head, *map(int, counts), int(tasks), *tail)

    def months(self, people: int) -> list[pd.DataFrame]:
        """Per person the ISO weeks of this month, cut at its ends: working days, even target, cash received, what is still to come."""
        working = [d.item() for d in self.calendar.working_days_in(self.today)]
        first = self.today.replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        weeks = []
        while first <= last:
            end = min(week_of(first)[6], last)
            weeks.append((first, end, [d for d in working if first <= d <= end]))
            first = end + timedelta(days=1)
        rows = [self._month_row(number, *week) for number in range(people) for week in weeks]
        return _cut(c.PLAN_MONTH_VIEW, rows, people)

    def _month_row(self, number: int, first: date, last: date, working: list[date]) -> tuple[Any, ...]:
        """The even targets add to the month's; what is still to come lies on the working days that remain."""
        targets, even = self.day_targets[number], self.even_targets[number]
        target = sum(even[d] for d in working) if targets else None
        came = self.received(number, first, min(last, self.today)) if first <= self.today else None
        to_go = sum(targets[d] for d in working if d >= self.today) if targets and last >= self.today else None
        return week_name(first), np.datetime64(first, "s"), np.datetime64(last, "s"), len(working), target, came, to_go

    def facts(self, number: int) -> dict[str, Any]:
        """Targets and cash of today and the month, in fen; None where no target is known."""
        targets = self.day_targets[number]
        return {
            "target_today": targets.get(self.today, 0) if targets else None,
            "target_month": self.targets[number],
            "received_today": self.received(number, self.today, self.today),
            "received_month": self.received(number, self.today.replace(day=1), self.today),
        }


def _cut(columns: tuple[Column, ...], rows: list[tuple[Any, ...]], people: int) -> list[pd.DataFrame]:
    """One table of all people's rows, cut into as many equal parts as there are people."""
    values = dict(zip([column.name for column in columns], map(list, zip(*rows, strict=True)), strict=False))
    whole = frame(columns, values, len(rows))
    each = len(rows) // people if people else 0
    return [part(whole, number * each, (number + 1) * each) for number in range(people)]
