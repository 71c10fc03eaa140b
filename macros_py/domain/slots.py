"""Call slots of one person's day: shift within legal hours, the best quarter of an hour first, never more minutes than there are.

Order of preference (domain.md, Planning): 15 minutes before the customer's work starts, two or three calls by rank; late afternoon and
evening; else free time. Whoever asked for a time is called then: the default is for those of whom nothing is known. Lunch is off because shifts leave it out.
All times are whole seconds since midnight inside, "HH:MM" at the edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from macros_py.domain.rules import ComplianceRules, PlanningRules

MINUTE: Final = 60
HOUR: Final = 3600
PRIME: Final = 15 * MINUTE  # the quarter of an hour before the customer's work starts
LEGAL_HOURS: Final = (8 * HOUR, 22 * HOUR)  # where the 合规规则 sheet has no "hours": GB/T 45251—2025
NOT_FITTED: Final = -1
EVENING_WORDS: Final = ("晚", "evening")
DAY_WORDS: Final = ("白", "日", "早", "全", "day")

Window = tuple[int, int]  # from, to
NOWHERE: Final[Window] = (NOT_FITTED, NOT_FITTED)

_CLOCK: Final = re.compile(
    r"(上午|早上|早晨|中午|下午|傍晚|晚上|晚|am|pm)?\s*(?<!\d)(\d{1,2})\s*(?:[:：时点]|h)\s*(半|[0-5]?\d)?(?:\s*分?)\s*(am|pm)?",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(r"(\d{1,2}[:：]\d{2})\s*(?:-|–|—|~|～|至|到)\s*(\d{1,2}[:：]\d{2})")
_PART_OF_DAY: Final = ((re.compile(r"上午|早上"), 9 * HOUR), (re.compile(r"下午"), 14 * HOUR), (re.compile(r"晚上|傍晚|下班后"), 18 * HOUR))


@dataclass(frozen=True)
class Task:
    """One thing to do, in the order in which tasks may claim time. kind: call, visit or desk (no customer on the line)."""

    kind: str
    seconds: int
    work_start: int = NOT_FITTED  # of the customer; NOT_FITTED = unknown
    asked: int = NOT_FITTED  # the time that the customer asked for
    early: bool = False  # as early as possible (a promise due today must still reach the bank)


@dataclass(frozen=True)
class Hours:
    """A person's working windows of the day and how many seconds of them may be filled."""

    windows: tuple[Window, ...]
    legal: Window
    seconds: int


def clock(text: str) -> int:
    """Seconds since midnight of "09:00", "9点半", "下午3点", "上午" (its start); NOT_FITTED when there is no time in the text."""
    found = _CLOCK.search(text)
    if found:
        part, hour, minute, english = found.groups()
        hours = int(hour)
        afternoon = (part or english or "").lower() in ("下午", "傍晚", "晚上", "晚", "pm")
        hours += 12 if afternoon and hours < 12 else 0
        if hours < 24:
            return hours * HOUR + (30 if minute == "半" else int(minute or 0)) * MINUTE
    for pattern, start in _PART_OF_DAY:
        if pattern.search(text):
            return start
    return NOT_FITTED


def spelled(second: int) -> str:
    """ "HH:MM" of a second of the day."""
    return f"{second // HOUR:02d}:{second % HOUR // MINUTE:02d}"


def spans(text: str) -> list[Window]:
    """The windows that a text names: "08:30-12:00,14:00-18:00"; spans that do not rise are left out."""
    found = [(clock(a), clock(b)) for a, b in _SPAN.findall(text)]
    return sorted((a, b) for a, b in found if NOT_FITTED < a < b)


def legal_hours(rules: ComplianceRules, today: date) -> Window:
    """When contact is allowed, from the rule "hours" ("22:00-08:00": no contact between) in force on the day."""
    for rule in rules.rules:
        in_force = (rule.valid_from is None or rule.valid_from <= today) and (rule.valid_until is None or today <= rule.valid_until)
        found = _SPAN.search(rule.value) if rule.id == "hours" and in_force else None
        if found:
            closes, opens = clock(found[1]), clock(found[2])
            return (opens, closes) if opens < closes else (closes, opens)
    return LEGAL_HOURS


def hours_of(shift: str, minutes: int | None, planning: PlanningRules, legal: Window) -> Hours:
    """A person's hours. shift: spans, or a word for the day or evening shift, '' = default; minutes: None = the whole shift."""
    windows = spans(shift)
    if not windows:
        evening = any(word in shift.lower() for word in EVENING_WORDS)
        day = not evening or any(word in shift.lower() for word in DAY_WORDS)
        windows = (spans(planning.day_shift) if day else []) + (spans(planning.evening_shift) if evening else [])
    merged = _merged(windows)
    clamped = tuple((max(a, legal[0]), min(b, legal[1])) for a, b in merged if max(a, legal[0]) < min(b, legal[1]))
    there = sum(b - a for a, b in clamped)
    return Hours(clamped, legal, there if minutes is None else min(there, max(minutes, 0) * MINUTE))


def _merged(windows: Iterable[Window]) -> list[Window]:
    out: list[Window] = []
    for start, end in sorted(windows):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def place(tasks: Sequence[Task], hours: Hours, planning: PlanningRules) -> list[Window]:
    """When each task is done, NOWHERE where the day is full.

    Tasks claim time in their order; no two overlap, all lie in the person's windows, and together they take no more than
    hours.seconds. Calls in the customer's best quarter take planning.talk_minutes, so that two or three of them fit.
    """
    free = list(hours.windows)
    left = hours.seconds
    done = [NOWHERE] * len(tasks)
    late = clock(planning.late_from)
    shortest = min((task.seconds for task in tasks), default=0)
    for number, task in enumerate(tasks):
        if left < shortest or not free:
            break
        if task.seconds > left:
            continue
        start, seconds = _claim(task, free, left, hours, planning.talk_minutes * MINUTE, late)
        if start != NOT_FITTED:
            done[number] = (start, start + seconds)
            left -= seconds
            _take(free, start, start + seconds)
    return done


def without(hours: Hours, taken: Iterable[Window]) -> Hours:
    """The hours that remain when these windows, which lie in them, are taken."""
    free = list(hours.windows)
    gone = 0
    for start, end in taken:
        _take(free, start, end)
        gone += end - start
    return Hours(tuple(free), hours.legal, max(hours.seconds - gone, 0))


def common(one: Hours, other: Hours) -> Hours:
    """The hours that two people both have."""
    both = [(max(a, c), min(b, d)) for a, b in one.windows for c, d in other.windows if max(a, c) < min(b, d)]
    return Hours(tuple(sorted(both)), one.legal, min(one.seconds, other.seconds))


def _claim(task: Task, free: list[Window], left: int, hours: Hours, talk: int, late: int) -> tuple[int, int]:
    """Where the task would like to be, by preference, and the time it takes there."""
    if task.kind == "call":
        if task.asked != NOT_FITTED:
            start = _first(free, task.seconds, task.asked, task.asked + HOUR)
            if start != NOT_FITTED:
                return start, task.seconds
        best = _best_quarter(task.work_start, hours.legal)
        took = max(task.seconds, talk)
        if best and took <= left:
            start = _first(free, took, best[0], best[1])
            if start != NOT_FITTED:
                return start, took
        if not task.early and late != NOT_FITTED:
            start = _first(free, task.seconds, late, 24 * HOUR)
            if start != NOT_FITTED:
                return start, task.seconds
    if task.kind == "visit":  # the first hour is left to calls before work
        start = _first(free, task.seconds, hours.windows[0][0] + HOUR, 24 * HOUR)
        if start != NOT_FITTED:
            return start, task.seconds
    return _first(free, task.seconds, 0, 24 * HOUR), task.seconds


def _best_quarter(work_start: int, legal: Window) -> Window | None:
    """The quarter of an hour before work starts; one that begins before legal hours is moved to where they open."""
    if work_start == NOT_FITTED:
        return None
    start = max(work_start - PRIME, legal[0])
    return start, start + PRIME


def _first(free: list[Window], seconds: int, earliest: int, before: int) -> int:
    """The first start of `seconds` free seconds that begins in [earliest, before)."""
    for a, b in free:
        start = max(a, earliest)
        if start >= before:
            return NOT_FITTED
        if start + seconds <= b:
            return start
    return NOT_FITTED


def _take(free: list[Window], start: int, end: int) -> None:
    """Cut [start, end) out of the free windows."""
    for place_, (a, b) in enumerate(free):
        if a <= start and end <= b:
            free[place_ : place_ + 1] = [w for w in ((a, start), (end, b)) if w[0] < w[1]]
            return
