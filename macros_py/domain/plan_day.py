"""One day of every collector: what each line asks for, what it costs, and where it lies in the day.

First whatever the score: promises due, callbacks, new cases; then visits of field collectors, in pairs; then routine by rank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import contact_results as log
from macros_py.domain.arrays import Flags, Ints, flags, text
from macros_py.domain.plan_lines import CALLBACKS, ENTERED, LATER, NEW, NOT_NOW, PROMISES, ROUTINE, Lines, gather
from macros_py.domain.rules import Rules
from macros_py.domain.slots import (
    LEGAL_HOURS,
    MINUTE,
    NOT_FITTED,
    NOWHERE,
    Hours,
    Task,
    Window,
    clock,
    common,
    hours_of,
    legal_hours,
    place,
    without,
)
from macros_py.domain.tables import Tables

CALL, LETTER, SMS, VISIT, SEARCH, NO_CHANNEL = range(6)
FRONT: Final = (PROMISES, CALLBACKS, NEW)
FIELD: Final = re.compile(r"外访|上门|现场|field|visit", re.IGNORECASE)
LEGAL: Final = re.compile(r"法务|法律|律师|legal", re.IGNORECASE)
AWAY: Final = re.compile(r"^(否|不|n|no|0|false|离|休|停|请假|辞)", re.IGNORECASE)
HISTORY_DAYS: Final = 90
ENOUGH_CALLS: Final = 30  # fewer calls than these say little of a person's own reach rate


@dataclass(frozen=True)
class PersonDay:
    """A person's lines (positions in Lines) and, for `planned`, when and by what."""

    person: str
    hours: Hours
    partner: str
    planned: Ints
    when: tuple[Window, ...]
    kinds: Ints
    accompanies: tuple[Window, ...]
    not_fitted: Ints
    seconds_not_fitted: int  # taken for calls
    not_now: Ints
    entered: Ints
    later: Ints
    no_channel: Flags
    legal: bool = False  # prepares cases for court: a legal review is its own work, not something beside a call

    @property
    def minutes_planned(self) -> int:
        """Minutes of the day that are spoken for, those beside the partner included."""
        return -(-sum(b - a for a, b in (*self.when, *self.accompanies)) // MINUTE)


def no_day(person: str) -> PersonDay:
    """The day of somebody who is away."""
    none: Ints = np.empty(0, dtype=np.int64)
    hours = Hours((), LEGAL_HOURS, 0)
    return PersonDay(person, hours, "", none, (), none, (), none, 0, none, none, none, np.empty(0, dtype=bool))


@dataclass(frozen=True)
class Department:
    """Today's work of everybody: the personal plans and the team plan are drawn from the same one."""

    lines: Lines
    days: tuple[PersonDay, ...]


def divide(tables: Tables, rules: Rules, today: date) -> Department:
    """tables: as in plan_lines → who does what today."""
    lines = gather(tables, rules, today)
    return Department(lines, tuple(days_of(tables, lines, rules, today)))


@dataclass(frozen=True)
class _Person:
    name: str
    hours: Hours
    field: bool
    legal: bool
    call_seconds: int


def days_of(tables: Tables, lines: Lines, rules: Rules, today: date) -> list[PersonDay]:
    """The day of every active collector, in the order of the roster; lines of others are nobody's here (the team plan says so)."""
    people = _people(tables, lines, rules, today)
    by_owner = _by_owner(lines, people)
    kinds, may_visit, may_write = _kinds(tables, lines, {p.name for p in people if p.field})
    start = clock(rules.planning.work_start)
    asked_start = {word: clock(word) for word in set(text(tables.cases, "work_start")[lines.lead].tolist())}
    work_start = np.array([asked_start[w] for w in text(tables.cases, "work_start")[lines.lead]], dtype=np.int64)
    work_start = np.where(work_start == NOT_FITTED, start, work_start)
    days = [_Draft(p, by_owner[p.name], lines, kinds, rules) for p in people]
    wishes_visit = log.says(pd.Series(text(tables.cases, "next_action")[lines.lead]), log.VISIT)
    _pair_visits(days, may_visit, wishes_visit, rules)
    return [day.fill(work_start, may_write) for day in days]


def active(collectors: pd.DataFrame) -> Flags:
    """Who is at work: `active` is empty or no word for being away."""
    return np.array([not AWAY.match(str(word).strip()) for word in collectors["active"]], dtype=bool)


def _people(tables: Tables, lines: Lines, rules: Rules, today: date) -> list[_Person]:
    roster = tables.collectors[active(tables.collectors) & tables.collectors["person"].ne("").to_numpy()].drop_duplicates("person")
    legal = legal_hours(rules.compliance, today)
    reach = _reach_rates(tables.contacts, today)
    default = rules.planning.reach_percent / 100
    rows = list(zip(roster["person"], roster["skill"], roster["shift"], roster["minutes"], strict=True))
    if not len(tables.collectors):
        rows = [(str(name), "", "", pd.NA) for name in pd.unique(lines.owner) if name]
    out = []
    for name, skill, shift, minutes in rows:
        rate = reach.get(name, default)
        seconds = round(MINUTE * (rate * rules.planning.talk_minutes + (1 - rate) * rules.planning.call_minutes))
        hours = hours_of(str(shift), None if pd.isna(minutes) else int(minutes), rules.planning, legal)
        out.append(_Person(str(name), hours, bool(FIELD.search(str(skill))), bool(LEGAL.search(str(skill))), max(seconds, 1)))
    return out


def _reach_rates(contacts: pd.DataFrame, today: date) -> dict[str, float]:
    """Connected ÷ dialled of the last 90 days, of those who dialled enough to know."""
    when = contacts["contacted_at"].to_numpy()
    day = np.datetime64(today, "D")
    recent = contacts[(when >= day - HISTORY_DAYS) & (when < day)]
    calls = recent[log.dialled(recent)]
    if calls.empty:
        return {}
    code, names = pd.factorize(calls["collector"])
    dialled = np.bincount(code, minlength=len(names))
    connected = np.bincount(code, weights=log.connected(calls), minlength=len(names))
    return {str(n): float(c / d) for n, c, d in zip(names, connected, dialled, strict=True) if d >= ENOUGH_CALLS}


def _by_owner(lines: Lines, people: list[_Person]) -> dict[str, Ints]:
    """Each person's lines, first in time first: by block, then rank, then the ledger's order."""
    code = pd.Index([p.name for p in people]).get_indexer(pd.Index(lines.owner))
    order = np.lexsort((lines.lead, lines.rank, lines.turn, code))
    bounds = np.searchsorted(code[order], np.arange(len(people) + 1))
    return {p.name: order[bounds[i] : bounds[i + 1]] for i, p in enumerate(people)}


def _kinds(tables: Tables, lines: Lines, field_people: set[str]) -> tuple[Ints, Flags, Flags]:
    """What may be done with each line, where a field collector may go, and to whom one may write.

    A customer without a number is not called: a letter or a visit where the tier allows it, else the number is looked for.
    """
    code, channels = pd.factorize(text(tables.cases, "channels")[lines.lead])
    unknown = "channels" not in tables.cases  # an empty cell means that no channel is open (limitation in doubt)
    in_tier = {word: np.array([word in c for c in channels], dtype=bool)[code] for word in ("电话", "短信", "信函", "外访")}
    call, sms, write, visit = (_permitted(tables, lines, f"may_{what}") for what in ("call", "sms", "letter", "visit"))
    address = text(tables.cases, "address")[lines.lead] != ""
    number = lines.number != ""
    in_field = np.isin(lines.owner, list(field_people))
    may_visit = in_field & in_tier["外访"] & address & visit & ~lines.letter_only
    may_write = (in_tier["信函"] | (lines.letter != "")) & address & write
    choices = [
        lines.letter_only,
        number & (in_tier["电话"] | unknown) & call,
        may_visit,
        may_write,
        number & in_tier["短信"] & sms,
        ~number & call,
    ]
    kinds = np.select(choices, [LETTER, CALL, VISIT, LETTER, SMS, SEARCH], NO_CHANNEL)
    return kinds.astype(np.int64), may_visit, may_write


def _permitted(tables: Tables, lines: Lines, name: str) -> Flags:
    """What the compliance rules permit for the case of each line; everything where they have not been asked."""
    return flags(tables.cases, name)[lines.lead] if name in tables.cases else np.ones(len(lines), dtype=bool)


class _Draft:
    """A person's day while it is being filled."""

    def __init__(self, person: _Person, mine: Ints, lines: Lines, kinds: Ints, rules: Rules) -> None:
        turn = lines.turn[mine]
        self.person, self.lines, self.rules, self.kinds = person, lines, rules, kinds[mine].copy()
        self.mine = mine
        self.work = (turn <= ROUTINE) & (self.kinds != NO_CHANNEL)
        self.partner = ""
        self.hours = person.hours
        self.visits: list[tuple[int, Window]] = []  # place in `mine`, when
        self.accompanies: tuple[Window, ...] = ()

    def front_seconds(self) -> int:
        """What promises, callbacks and new cases will take: kept free of visits."""
        front = np.flatnonzero(self.work & np.isin(self.lines.turn[self.mine], FRONT) & (self.kinds != VISIT))
        return sum(self.seconds(i) for i in front.tolist())

    def seconds(self, i: int) -> int:
        """What the line at place i of `mine` takes. A letter beside a call is made by the press and takes no time of the call."""
        planning = self.rules.planning
        kind, turn = int(self.kinds[i]), int(self.lines.turn[self.mine[i]])
        if kind == VISIT:
            return (planning.visit_minutes + planning.travel_minutes) * MINUTE
        if self.person.legal:
            return planning.legal_minutes * MINUTE
        if kind == LETTER:
            return planning.letter_minutes * MINUTE
        if turn == CALLBACKS and kind == CALL:
            return planning.callback_minutes * MINUTE
        other = {SMS: planning.sms_minutes * MINUTE, SEARCH: planning.callback_minutes * MINUTE}
        return other.get(kind, self.person.call_seconds)

    def visit_candidates(self, may_visit: Flags, wishes: Flags) -> list[int]:
        """Places in `mine` where a visit is possible: those whose next action it is first, then by rank."""
        turn = self.lines.turn[self.mine]
        free = np.flatnonzero(self.work & may_visit[self.mine] & ((turn == ROUTINE) | (self.kinds == VISIT)))
        return list(free[np.argsort(~wishes[self.mine[free]], kind="stable")])

    def plan_visits(self, places: Sequence[int], together: Hours) -> list[Window]:
        """Lay these visits into the hours that both have; the windows that they took."""
        seconds = (self.rules.planning.visit_minutes + self.rules.planning.travel_minutes) * MINUTE
        when = place([Task("visit", seconds)] * len(places), together, self.rules.planning)
        self.visits = [(i, w) for i, w in zip(places, when, strict=True) if w != NOWHERE]
        for i, _ in self.visits:
            self.kinds[i] = VISIT
        taken = [w for _, w in self.visits]
        self.hours = without(self.hours, taken)
        return taken

    def accompany(self, when: Sequence[Window]) -> None:
        """Keep the time of the partner's visits free of anything else."""
        self.accompanies = tuple(when)
        self.hours = without(self.hours, when)

    def fill(self, work_start: Ints, may_write: Flags) -> PersonDay:
        """Place everything but the visits, in order; what finds no place did not fit. Where no visit fits, a letter goes."""
        visiting = {i for i, _ in self.visits}
        unvisited = (self.kinds == VISIT) & may_write[self.mine]
        unvisited[list(visiting)] = False
        self.kinds[unvisited] = LETTER
        rest = [i for i in np.flatnonzero(self.work).tolist() if i not in visiting and self.kinds[i] != VISIT]
        tasks = [self.task(i, work_start) for i in rest[: self.hours.seconds // MINUTE + 1]]
        when = place(tasks, self.hours, self.rules.planning)
        done = self.visits + [(i, w) for i, w in zip(rest, when, strict=False) if w != NOWHERE]
        places = np.array([i for i, _ in done], dtype=np.int64)
        left = self.work.copy()
        left[places] = False
        turn = self.lines.turn[self.mine]
        no_channel = (turn <= ROUTINE) & (self.kinds == NO_CHANNEL)
        return PersonDay(
            person=self.person.name,
            hours=self.person.hours,
            partner=self.partner,
            planned=self.mine[places],
            when=tuple(w for _, w in done),
            kinds=self.kinds[places],
            accompanies=self.accompanies,
            not_fitted=self.mine[left],
            seconds_not_fitted=int(left.sum()) * self.person.call_seconds,
            not_now=self.mine[(turn == NOT_NOW) | no_channel],
            entered=self.mine[turn == ENTERED],
            later=self.mine[turn == LATER],
            no_channel=no_channel[(turn == NOT_NOW) | no_channel],
            legal=self.person.legal,
        )

    def task(self, i: int, work_start: Ints) -> Task:
        """The line at place i of `mine` as a task: only calls and SMS care for the customer's time."""
        line = int(self.mine[i])
        kind = "call" if self.kinds[i] == CALL and not self.person.legal else "desk"
        early = int(self.lines.turn[line]) == PROMISES
        return Task(kind, self.seconds(i), int(work_start[line]), int(self.lines.asked[line]), early)


def _pair_visits(days: list[_Draft], may_visit: Flags, wishes: Flags, rules: Rules) -> None:
    """Field collectors go in pairs, neighbours on the roster: each has half of the time that both have, and stands by for the other half.

    Source: rules-cn.md, visits: at least two collectors.
    """
    seconds = (rules.planning.visit_minutes + rules.planning.travel_minutes) * MINUTE
    field = [day for day in days if day.person.field]
    for first, second in zip(field[::2], [*field[1::2], None], strict=False):
        pair = [first] if second is None else [first, second]
        spare = min(day.hours.seconds - day.front_seconds() for day in pair)
        most = max(spare // len(pair) // seconds, 0)
        for day, other in zip(pair, reversed(pair), strict=True):
            taken = day.plan_visits(day.visit_candidates(may_visit, wishes)[:most], common(day.hours, other.hours))
            if other is not day:
                day.partner = other.person.name
                other.accompany(taken)
