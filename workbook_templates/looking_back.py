"""What the fictional department kept of the past: month-end snapshots and the register of weekly reports."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.rules import BUCKET_STARTS, BUCKETS
from macros_py.sheets import amounts, quantities

SNAPSHOT_HEADERS: Final = ("月末", "案件编号", "账龄", "月末余额", "留存日")
REPORT_HEADERS: Final = ("周", "姓名", "提交日", "备注")
CASE_ID, OVERDUE, PAST = 0, 10, 12  # places in a row of the ledger
PAID_ON, PAID_CASE, PAID = 1, 2, 4  # places in a row of receipts
GONE_SHARE: Final = 0.12  # of the cases: as many more were settled between the two month ends
BACK_SHARE: Final = 0.15  # of the cases in M2 and later: they stood one bucket higher a month before and paid an instalment


def snapshots(cases: list[list[Any]], receipts: list[list[Any]], as_of: dt.date, seed: int = 7) -> list[list[Any]]:
    """The two month ends before the day, from days past due, amounts (in any notation of the ledger) and receipts."""
    rng = random.Random(seed)
    last = as_of.replace(day=1) - dt.timedelta(days=1)
    first = last.replace(day=1) - dt.timedelta(days=1)
    owed = _column(cases, OVERDUE, amounts.money)
    past = _column(cases, PAST, quantities.ints)
    stood = {str(row[CASE_ID]): (p, fen) for row, p, fen in zip(cases, past, owed, strict=True)}
    back = {case for case, (days, _) in stood.items() if days > 60 and rng.random() < BACK_SHARE}
    gone = [
        [f"{first:%Y-%m}", f"AJ{first.year}9{n:04d}", rng.choices(BUCKETS[1:4], (6, 3, 1))[0], rng.randrange(300, 20_000), _at(first)]
        for n in range(1, int(len(cases) * GONE_SHARE) + 1)
    ]
    paid = [(row[PAID_ON], row[PAID_CASE], fen) for row, fen in zip(receipts, _column(receipts, PAID, amounts.money), strict=True)]
    return [*_month_end(first, as_of, stood, paid, back), *gone, *_month_end(last, as_of, stood, paid, set())]


def _column(rows: list[list[Any]], place: int, read: Callable[[Any], Any]) -> list[int]:
    cells = np.empty(len(rows), object)
    cells[:] = [row[place] for row in rows]
    return [0 if pd.isna(v) else int(v) for v in read(cells)[0]]


def _month_end(
    end: dt.date, as_of: dt.date, stood: dict[str, tuple[int, int]], paid: list[tuple[dt.date, str, int]], back: set[str]
) -> list[list[Any]]:
    since: dict[str, int] = {}
    for on, case, fen in paid:
        since[case] = since.get(case, 0) + fen * (on > end)
    out = []
    for case, (days, owed) in stood.items():
        past = days - (as_of - end).days + 60 * (case in back)
        fen = owed + since.get(case, 0)
        if past > 0 and fen > 0:
            out.append([f"{end:%Y-%m}", case, _bucket(past), fen / 100, _at(end)])
    return out


def _bucket(past: int) -> str:
    return BUCKETS[sum(past >= start for start in BUCKET_STARTS)]


def reports(people: list[str], as_of: dt.date) -> list[list[Any]]:
    """The reports of the two weeks before: most on Friday, one late, one never handed in."""
    out = []
    for weeks in (2, 1):
        monday = as_of - dt.timedelta(days=as_of.isoweekday() - 1 + 7 * weeks)
        year, week, _ = monday.isocalendar()
        for n, name in enumerate(people):
            if n != len(people) - weeks:
                out.append([f"{year}W{week:02d}", name, _at(monday + dt.timedelta(days=7 if n == weeks else 4)), ""])
    return out


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)
