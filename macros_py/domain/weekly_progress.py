"""One tab per ISO week: what was to be done, what was done, what came in.

SheetModel(kind="weekly_progress", name="周进度2026W48"); tables by the names of BLOCKS, in that order; facts by FACTS.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import week_reports
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column
from macros_py.domain.month_end import Migration, migration
from macros_py.domain.plan_words import frame
from macros_py.domain.received import week_name, week_of
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.domain.week_figures import Figures, Span

KIND: Final = "weekly_progress"
NAME_PREFIX: Final = "周进度"

BLOCKS: Final = (
    Block("indicators", "指标", "Indicators", c.WEEK_INDICATORS, "没有指标。", "There are no indicators."),
    Block("people", "催收员", "Collectors", c.WEEK_PEOPLE, "本周没有人有作业或回款。", "Nobody worked or collected this week."),
    Block("trend", "回款与目标", "Received against target", c.WEEK_TREND, "没有回款流水，无法画趋势。", "No receipts, so no trend."),
    Block(
        "migration",
        "账龄迁徙",
        "Bucket migration",
        c.WEEK_MIGRATION,
        "留存的月末快照不足两个，无法计算账龄迁徙。",
        "Fewer than two month-end snapshots are stored, so bucket migration is unknown.",
    ),
)

FACTS: Final = {
    "week": "str, such as 2026W48 (ISO year and week)",
    "monday": "date",
    "sunday": "date",
    "as_of": "date: the day up to which is counted",
    "data_as_of": "date or None",
    "language": "zh or en",
    "said": "tuple of sentences: what is unknown and why, to stand under the indicators",
}

SAID: Final = {
    "no_log": ("没有催收记录，作业类指标未知。", "There is no contact log, so the work figures are unknown."),
    "no_receipts": ("没有回款流水，回款类指标未知。", "There are no receipts, so the cash figures are unknown."),
    "no_promises": ("没有承诺台账，到期与兑现未知。", "Promises are not known, so what fell due and was kept is unknown."),
    "no_target": ("本月没有团队目标，达成率未知。", "There is no team target for this month, so achievement is unknown."),
    "grace": ("宽限期未满的承诺不计入兑现率。", "Promises whose grace still runs are not in the kept rate."),
    "cash": (
        "回收率＝期内现金回款（逐案封顶）÷期初逾期余额；减免、核销、退案、回购不算回收。",
        "Recovery rate = cash in the period, capped case by case ÷ overdue balance at its start; waivers, write-offs, hand-backs and "
        "buy-backs are no recovery.",
    ),
    "reports": ("“周报登记”没有任何记录，周报状态未知。", "Nobody has registered a report, so the state of the weekly reports is unknown."),
    "migration": (
        "账龄迁徙：{first} 月末至 {last} 月末，按期初余额；新增按期末余额。滚动率 {rolled}。",
        "Bucket migration: end of {first} to end of {last} by the balance at its start, new cases by that at its end. Roll rates {rolled}.",
    ),
}
INDICATORS: Final = (
    ("received", "money", "回款金额", "Received"),
    ("payers", "count", "回款户数", "Customers paid"),
    ("recovery", "rate", "回收率（金额）", "Recovery rate by amount"),
    ("recovery_customers", "rate", "回收率（户数）", "Recovery rate by customers"),
    ("new_overdue", "money", "期内新增逾期", "New overdue in the period"),
    ("worked", "count", "作业户", "Customers worked"),
    ("dialled", "count", "拨打", "Dialled"),
    ("connected", "count", "接通", "Connected"),
    ("connect_rate", "rate", "接通率", "Connect rate"),
    ("reached", "count", "本人触达户", "Customers reached in person"),
    ("reachable", "rate", "可联率", "Reachable"),
    ("promisers", "count", "承诺户", "Customers promised"),
    ("ptp_rate", "rate", "承诺率", "PTP rate"),
    ("promised", "money", "承诺金额", "Promised"),
    ("due", "count", "到期承诺", "Promises due"),
    ("kept", "count", "兑现承诺", "Promises kept"),
    ("kept_rate", "rate", "兑现率", "Kept rate"),
)
TREND_WEEKS: Final = 12


def week(tables: Tables, rules: Rules, today: date) -> SheetModel:
    """The tab of today's ISO week, up to today. The same input gives the same model, so a second press changes nothing.

    tables: cases (customer_key, open_amount, overdue_amount, due_date, days_past_due, settled, assigned_owner), contacts, receipts, promises
    (case_id, due_on, state), targets, calendar, collectors, snapshots, week_reports.
    Units of the indicators: money in fen, count in pieces, rate in 1/100 of a percent.
    """
    figures = Figures(tables, today)
    lang = rules.office.language
    whole_week = week_of(today)
    this = Span(whole_week[0], today)
    moved = migration(tables, rules, today)
    blocks = {
        "indicators": _indicators(figures, this, whole_week[6], lang),
        "people": _people(figures, tables, rules, this),
        "trend": _trend(figures, today),
        "migration": moved.table,
    }
    facts = {
        "week": week_name(today),
        "monday": whole_week[0],
        "sunday": whole_week[6],
        "as_of": today,
        "data_as_of": tables.data_as_of,
        "language": lang,
        "said": _said(figures, this, moved, lang),
    }
    return SheetModel(NAME_PREFIX + week_name(today), KIND, blocks, facts)


def _measured(figures: Figures, span: Span) -> dict[str, int | None]:
    return {**figures.work(span), **figures.promises(span), **figures.money(span), **figures.recovery(span)}


def _indicators(figures: Figures, this: Span, sunday: date, lang: str) -> pd.DataFrame:
    """One row per indicator; of targets only the cash one is known (a week's target is what its working days owe to the month)."""
    before = Span(this.first - timedelta(days=7), this.first - timedelta(days=1))
    now, last, month = (_measured(figures, span) for span in (this, before, Span(this.last.replace(day=1), this.last)))
    target: dict[str, int | None] = {"received": figures.target(Span(this.first, sunday))}
    rows = []
    for name, unit, zh, en in INDICATORS:
        wanted, actual = target.get(name), now[name]
        achieved = actual / wanted if actual is not None and wanted else float("nan")
        rows.append((name, en if lang == "en" else zh, unit, wanted, actual, achieved, last[name], month[name], "", ""))
    return _table(c.WEEK_INDICATORS, rows)


def _people(figures: Figures, tables: Tables, rules: Rules, this: Span) -> pd.DataFrame:
    """Everybody on the roster, then others who logged or whose cases paid this week."""
    listed = [str(name) for name in tables.collectors["person"] if name]
    names = list(dict.fromkeys([*listed, *figures.names_in(this)]))
    now, before = (week_reports.states(names, tables, rules, day, this.last) for day in (this.first, week_reports.last_week(this.first)))
    rows = []
    for name, *reports in zip(names, now, before, strict=True):
        span = Span(this.first, this.last, name)
        work, promises, money = figures.work(span), figures.promises(span), figures.money(span)
        told = (work["worked"], work["dialled"], work["connected"], work["reached"], work["promisers"], work["promised"])
        row = (name, *told, promises["due"], promises["kept"], money["payers"], money["received"], *reports)
        rows.append(row)
    return _table(c.WEEK_PEOPLE, rows)


def _trend(figures: Figures, today: date) -> pd.DataFrame:
    """The last weeks of which receipts are known, the oldest first."""
    rows = []
    for back in range(TREND_WEEKS - 1, -1, -1):
        days = week_of(today - timedelta(weeks=back))
        span = Span(days[0], min(days[6], today))
        received = figures.money(span)["received"]
        if received is not None:
            target = figures.target(Span(days[0], days[6]))
            achieved = received / target if target else float("nan")
            rows.append((week_name(days[0]), np.datetime64(days[0], "s"), target, received, achieved))
    return _table(c.WEEK_TREND, rows)


def _said(figures: Figures, this: Span, moved: Migration, lang: str) -> tuple[str, ...]:
    """What is unknown, and how the rates are meant."""
    said = [
        ("no_log", not figures.logged(this)),
        ("no_receipts", not figures.banked(this)),
        ("no_promises", not figures.promises_known),
        ("no_target", figures.target(this) is None),
        ("grace", figures.promises_known),
        ("cash", figures.banked(this)),
        ("reports", figures.tables.week_reports.empty),
        ("migration", moved.first != ""),
    ]
    rolled = ("、" if lang != "en" else ", ").join(f"{bucket} {share:.1%}" for bucket, share in moved.rolled.items()) or "—"
    facts = {"first": moved.first, "last": moved.last, "rolled": rolled}
    return tuple(SAID[key][lang == "en"].format(**facts) for key, holds in said if holds)


def _table(columns: tuple[Column, ...], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    values = dict(zip([column.name for column in columns], map(list, zip(*rows, strict=True)), strict=False))
    return frame(columns, values, len(rows))
