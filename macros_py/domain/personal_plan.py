"""A person's plan for one day: who is called when, who may not be called and why, what did not fit.

SheetModel(kind="personal_plan", name="计划-<person>"); tables by the names of BLOCKS, in that order; facts by FACTS.
One line is one customer; its row_key is "<customer_key>@<YYYY-MM-DD of the plan>".
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.arrays import Ints, Texts, text
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column
from macros_py.domain.plan_day import CALL, LETTER, SEARCH, SMS, VISIT, Department, PersonDay, divide, no_day
from macros_py.domain.plan_lines import ROUTINE
from macros_py.domain.plan_views import Views
from macros_py.domain.plan_words import frame, letter_names, part, say, shown
from macros_py.domain.rule_names import rule_name, uncited
from macros_py.domain.rules import Rules
from macros_py.domain.slots import MINUTE, Window, spelled
from macros_py.domain.tables import Tables

KIND: Final = "personal_plan"
NAME_PREFIX: Final = "计划-"
NOT_A_CALL: Final = re.compile(r"外访|上门|法务|visit|legal", re.IGNORECASE)  # next steps that others take while the case is called
WORK_BLOCKS: Final = ("promises", "callbacks", "new", "routine", "visits", "letters")
BLOCK_OF_TURN: Final = ("promises", "callbacks", "new", "routine", "routine")  # by plan_lines' turns PROMISES … ROUTINE

BLOCKS: Final = (
    Block("promises", "今日承诺", "Promises due", c.PLAN_LINE, "今天没有到期的承诺。", "No promise is due today."),
    Block("callbacks", "回访", "Callbacks", c.PLAN_LINE, "今天没有到期的回访。", "No callback is due today."),
    Block("new", "新案", "New cases", c.PLAN_LINE, "今天没有新案。", "There are no new cases today."),
    Block("routine", "常规", "Routine", c.PLAN_LINE, "今天没有常规任务。", "There is no routine work today."),
    Block("visits", "外访", "Visits", c.PLAN_LINE, "今天没有外访。", "No visit is planned today."),
    Block("letters", "信函", "Letters", c.PLAN_LINE, "今天没有只寄信函的客户。", "No customer gets a letter only today."),
    Block("entered", "今日已登记", "Entered today", c.PLAN_LINE, "今天还没有登记结果。", "No result has been entered today."),
    Block("not_now", "暂不可联", "May not be contacted now", c.PLAN_NOT_NOW, "没有暂不可联的客户。", "Nobody has to be left alone."),
    Block("not_fitted", "未排入", "Did not fit", c.PLAN_NOT_FITTED, "今天该做的都已排入。", "Everything that is due today fits."),
    Block("week", "本周", "This week", c.PLAN_WEEK_VIEW, "本周没有剩余的工作日。", "No working day is left this week."),
    Block("month", "本月", "This month", c.PLAN_MONTH_VIEW, "本月没有工作日历。", "There is no calendar for this month."),
)

FACTS: Final = {
    "person": "str: the collector",
    "plan_day": "date",
    "data_as_of": "date or None: the day for which the ledger states its amounts",
    "language": "zh or en",
    "target_today": "fen or None: unknown",
    "target_month": "fen or None",
    "received_today": "fen",
    "received_month": "fen",
    "minutes_available": "int",
    "minutes_planned": "int, never more than minutes_available",
    "partner": "str: the colleague of the visits, '' when none",
    "accompanies": "tuple of str: when the person goes along on the partner's visits, such as 09:30–11:00",
    "counts": "dict block name → customers",
    "amounts": "dict block name → fen",
    "not_listed": "dict block name → (customers, fen) beyond the rows that the sheet lists",
    "later": "(customers, fen): nothing is due today by cadence",
}


def plans(tables: Tables, rules: Rules, today: date, department: Department | None = None) -> list[SheetModel]:
    """The plan of every active collector, in the order of the roster.

    tables: see plan_lines for cases, contacts, promises and plan_entries; collectors: person, skill, shift, minutes, active;
    receipts, targets and calendar for the week and the month. department: today's work where it has been divided already.
    → one SheetModel per person.
    """
    work = department or divide(tables, rules, today)
    drawn = _Drawn(tables, work, rules, today)
    views = Views(tables, work.lines, [day.person for day in work.days], today, rules.office.language)
    weeks, months = views.weeks(work.days), views.months(len(work.days))
    return [
        SheetModel(
            NAME_PREFIX + day.person,
            KIND,
            {**drawn.tables(number), "week": weeks[number], "month": months[number]},
            {**drawn.facts(number), **views.facts(number)},
        )
        for number, day in enumerate(work.days)
    ]


def with_away(tables: Tables, work: Department) -> Department:
    """`work` and a day without work for those of the roster who are away while their plan of another day still stands.

    Others have those customers now: two collectors would call them. A sheet of somebody who is not on the roster may be a person's own.
    """
    here = {day.person for day in work.days}
    away = [name for name in dict.fromkeys(text(tables.collectors, "person").tolist()) if name and name not in here]
    stands = [name for name in away if len(tables.typed.get(NAME_PREFIX + name, ()))]
    return Department(work.lines, (*work.days, *map(no_day, stands)))


def plan(person: str, tables: Tables, rules: Rules, today: date) -> SheetModel:
    """The plan of one collector. KeyError for somebody who is not on the roster or is away."""
    found = {model.facts["person"]: model for model in plans(tables, rules, today)}
    return found[person]


class _Drawn:
    """The lines of all plans made at once, then cut into people and blocks."""

    def __init__(self, tables: Tables, work: Department, rules: Rules, today: date) -> None:
        self.lang = rules.office.language
        self.tables_in, self.lines, self.days, self.today = tables, work.lines, work.days, today
        self.most = rules.planning.list_rows
        self.rows = [self._blocks(day) for day in work.days]
        self.frames = {
            "work": self._working(),
            "not_now": self._not_now(),
            "not_fitted": self._not_fitted(),
        }

    def _blocks(self, day: PersonDay) -> dict[str, Ints]:
        """Block → places in `planned` by time, or listed positions of lines."""
        turn = self.lines.turn[day.planned]
        start = np.array([a for a, _ in day.when], dtype=np.int64)
        by_time = np.argsort(start, kind="stable")
        visit, letter = day.kinds == VISIT, (day.kinds == LETTER) & (turn == ROUTINE)
        block = np.select([visit, letter], ["visits", "letters"], np.array(BLOCK_OF_TURN, dtype=object)[turn])
        out = {name: by_time[block[by_time] == name] for name in WORK_BLOCKS}
        listed = {"entered": day.entered, "not_now": day.not_now, "not_fitted": day.not_fitted}
        return out | {name: lines if name == "entered" else lines[: self.most] for name, lines in listed.items()}

    def _working(self) -> pd.DataFrame:
        """All work blocks of all people below one another, then `entered`; cut again by _cut."""
        at: list[int] = []
        slot: list[str] = []
        task: list[str] = []
        number: list[int] = []
        for day, rows in zip(self.days, self.rows, strict=True):
            for name in WORK_BLOCKS:
                places = rows[name].tolist()
                at += day.planned[places].tolist()
                slot += [_slot(day.when[i], int(day.kinds[i])) for i in places]
                task += [self._task(day, i, name) for i in places]
                number += range(1, len(places) + 1)
            at += rows["entered"].tolist()
            slot += [""] * len(rows["entered"])
            task += [say("entered", self.lang)] * len(rows["entered"])
            number += range(1, len(rows["entered"]) + 1)
        return self._frame(c.PLAN_LINE, at, {c.SLOT.name: slot, c.TASK.name: task, c.PLAN_NO.name: number})

    def _frame(self, columns: tuple[Column, ...], at: list[int], more: dict[str, Any]) -> pd.DataFrame:
        where = np.array(at, dtype=np.int64)
        values: dict[str, Any] = {**shown(self.tables_in, self.lines, where, self.today, self.lang), **more}
        unknown_payoff = ~self.lines.payoff_known[where]
        values[c.PLAN_PAYOFF.name] = pd.Series(values[c.PLAN_PAYOFF.name], dtype="Int64").mask(unknown_payoff)
        unknown = self.lines.asked_amount[where] <= 0
        values[c.DUE_NOW.name] = pd.Series(values[c.DUE_NOW.name], dtype="Int64").mask(unknown)
        return frame(columns, values, len(at))

    def _not_now(self) -> pd.DataFrame:
        at = [line for rows in self.rows for line in rows["not_now"].tolist()]
        channel = [flag for day, rows in zip(self.days, self.rows, strict=True) for flag in day.no_channel[: len(rows["not_now"])].tolist()]
        why, rule = self._reasons(at, channel)
        may_on = [short or say("unknown_day", self.lang) for short in ("" if np.isnat(d) else str(d) for d in self.lines.may_on[at])]
        more = {
            c.MAY_ON_SHOWN.name: may_on,
            c.WHY_NOT.name: why,
            c.BY_RULE.name: rule,
            c.TASK.name: [say("left_alone", self.lang)] * len(at),
        }
        return self._frame(c.PLAN_NOT_NOW, at, more | {c.PLAN_NO.name: self._numbers("not_now")})

    def _reasons(self, at: list[int], no_channel: list[bool]) -> tuple[list[str], list[str]]:
        """Why, and by which rule: as the rules said it, else the cap or the tier's channels."""
        cases, position = self.tables_in.cases, self.lines.why_position[at]
        reasons, holds, rules_ = (text(cases, name)[position] for name in ("hold_why", "hold", "hold_rule"))
        why, rule = [], []
        for reason, hold, by, channel in zip(reasons, holds, rules_, no_channel, strict=True):
            if reason or hold:
                why.append(uncited(reason, by, self.lang) or hold)
                rule.append(rule_name(by, self.lang) or say("hold_rule" if hold else "rule", self.lang))
            else:
                why.append(say("no_channel" if channel else "cap", self.lang))
                rule.append(say("ladder_rule" if channel else "cap_rule", self.lang))
        return why, rule

    def _not_fitted(self) -> pd.DataFrame:
        at = [line for rows in self.rows for line in rows["not_fitted"].tolist()]
        cases = self.tables_in.cases
        score = cases["priority"].to_numpy(dtype=float)[self.lines.lead[at]] if "priority" in cases else np.full(len(at), np.nan)
        known_number = self.lines.number[at] != ""
        task = np.where(known_number, text(cases, "next_action")[self.lines.lead[at]], say("search", self.lang))
        return self._frame(
            c.PLAN_NOT_FITTED, at, {c.SCORE_SHOWN.name: score, c.TASK.name: task, c.PLAN_NO.name: self._numbers("not_fitted")}
        )

    def _numbers(self, name: str) -> list[int]:
        return [number for rows in self.rows for number in range(1, len(rows[name]) + 1)]

    def _task(self, day: PersonDay, i: int, block: str) -> str:
        """The action of a planned line, in words."""
        line, kind = int(day.planned[i]), int(day.kinds[i])
        template = self.lines.letter[line]
        if kind == LETTER:
            return say("letter", self.lang, what=letter_names(template, self.lang))
        return self._action(day, line, kind, block) + (
            say("letter_due", self.lang, what=letter_names(template, self.lang)) if template else ""
        )

    def _action(self, day: PersonDay, line: int, kind: int, block: str) -> str:
        if kind == VISIT:
            return say("visit_with", self.lang, who=day.partner) if day.partner else say("visit_alone", self.lang)
        if kind == SEARCH:
            return say("search", self.lang)
        if block == "promises":
            late = int((np.datetime64(self.today, "D") - self.lines.due[line]).astype(int))
            return say("promise_late", self.lang, n=late) if late else say("promise", self.lang)
        if block == "callbacks" and self.lines.after_promise[line]:
            return say("promise_broken", self.lang)
        if block in ("callbacks", "new"):
            return say("callback" if block == "callbacks" else "first", self.lang)
        if kind == SMS:
            return say("sms", self.lang)
        step = str(self._next_actions[self.lines.lead[line]])
        beside = kind == CALL and not day.legal and bool(NOT_A_CALL.search(step))
        return say("call_beside", self.lang, step=step) if beside else step or say("call", self.lang)

    @cached_property
    def _next_actions(self) -> Texts:
        return text(self.tables_in.cases, "next_action")

    def tables(self, number: int) -> dict[str, pd.DataFrame]:
        """The blocks of one person, in the order of BLOCKS."""
        out = {}
        for source, names in (("work", (*WORK_BLOCKS, "entered")), ("not_now", ("not_now",)), ("not_fitted", ("not_fitted",))):
            start = sum(len(rows[name]) for rows in self.rows[:number] for name in names)
            for name in names:
                end = start + len(self.rows[number][name])
                out[name] = part(self.frames[source], start, end)
                start = end
        return out

    def facts(self, number: int) -> dict[str, Any]:
        """Who, when, minutes, and how much is in each block."""
        day, rows = self.days[number], self.rows[number]
        members = {name: day.planned[rows[name]] for name in WORK_BLOCKS}
        members |= {"entered": day.entered, "not_now": day.not_now, "not_fitted": day.not_fitted}
        beyond = {name: members[name][len(rows[name]) :] for name in ("not_now", "not_fitted")}
        return {
            "person": day.person,
            "plan_day": self.today,
            "data_as_of": self.tables_in.data_as_of,
            "language": self.lang,
            "minutes_available": day.hours.seconds // MINUTE,
            "minutes_planned": day.minutes_planned,
            "partner": day.partner,
            "accompanies": tuple(_slot(window, VISIT) for window in day.accompanies),
            "counts": {name: len(at) for name, at in members.items()},
            "amounts": {name: int(self.lines.asked_amount[at].sum()) for name, at in members.items()},
            "not_listed": {name: (len(at), int(self.lines.asked_amount[at].sum())) for name, at in beyond.items() if len(at)},
            "later": (len(day.later), int(self.lines.asked_amount[day.later].sum())),
        }


def _slot(window: Window, kind: int) -> str:
    return f"{spelled(window[0])}–{spelled(window[1])}" if kind == VISIT else spelled(window[0])
