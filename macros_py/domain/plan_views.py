"""The week and the month of each person: working days, what falls due on them, target and cash received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.arrays import Days, Ints
from macros_py.domain.plan_day import PersonDay
from macros_py.domain.plan_lines import NOT_NOW, Lines
from macros_py.domain.plan_words import frame
from macros_py.domain.received import cash, day_targets, month_target, week_name, week_of
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
        self.targets = [month_target(tables, today, person) for person in people]
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

    def week(self, number: int, day: PersonDay) -> pd.DataFrame:
        """Working days of this ISO week (and today): what falls due; days gone show what came in only."""
        targets = self._day_targets(number)
        at = [n for n, d in enumerate(self.week_days) if bool(self.calendar.is_working(d)) or d == self.today]
        coming = [self.week_days[n] >= self.today for n in at]
        planned = {n: self.counts["tasks"][number, n] for n in at}
        here = self.today.isoweekday() - 1
        planned[here] = len(day.planned)

        def due(name: str) -> list[Any]:
            return [int(self.counts[name][number, n]) if ahead else pd.NA for n, ahead in zip(at, coming, strict=True)]

        shown = [self.week_days[n] for n in at]
        values: dict[str, object] = {
            c.VIEW_DAY.name: np.array(shown, dtype="datetime64[s]"),
            c.VIEW_WEEKDAY.name: [self.weekdays[n] for n in at],
            c.PROMISES_DUE.name: due("promises"),
            c.PROMISES_DUE_AMOUNT.name: [int(self.promised[number, n]) if a else pd.NA for n, a in zip(at, coming, strict=True)],
            c.CALLBACKS_DUE.name: due("callbacks"),
            c.TASKS_DUE.name: [int(planned[n]) if a else pd.NA for n, a in zip(at, coming, strict=True)],
            c.VIEW_TARGET.name: [targets.get(d, pd.NA) for d in shown],
            c.VIEW_RECEIVED.name: [self.received(number, d, d) if d <= self.today else pd.NA for d in shown],
        }
        return frame(c.PLAN_WEEK_VIEW, values, len(at))

    def month(self, number: int) -> pd.DataFrame:
        """ISO weeks of this month, cut at its ends: working days, target, cash received, what is missing."""
        targets = self._day_targets(number)
        working = [d.item() for d in self.calendar.working_days_in(self.today)]
        first = self.today.replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        rows = []
        start = first
        while start <= last:
            end = min(week_of(start)[6], last)
            inside = [d for d in working if start <= d <= end]
            target = sum(targets[d] for d in inside) if targets else None
            received = self.received(number, start, min(end, self.today)) if start <= self.today else None
            gap = None if target is None or received is None else max(target - received, 0)
            rows.append((week_name(start), np.datetime64(start, "s"), np.datetime64(end, "s"), len(inside), target, received, gap))
            start = end + timedelta(days=1)
        names = [column.name for column in c.PLAN_MONTH_VIEW]
        return frame(c.PLAN_MONTH_VIEW, dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), len(rows))

    def facts(self, number: int) -> dict[str, Any]:
        """Targets and cash of today and the month, in fen; None where no target is known."""
        targets = self._day_targets(number)
        return {
            "target_today": targets.get(self.today, 0) if targets else None,
            "target_month": self.targets[number],
            "received_today": self.received(number, self.today, self.today),
            "received_month": self.received(number, self.today.replace(day=1), self.today),
        }
