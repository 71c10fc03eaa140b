"""What binds a repayment plan: the rate cap, the longest plan, who may waive how much, and whose approval it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.compliance import Book
from macros_py.domain.money_words import yuan
from macros_py.domain.people import Authority, authority
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.segments import SMALL

MANAGER: Final = re.compile(r"经理|主管|总监|负责人|manager|head|director", re.IGNORECASE)
PLANS: Final = re.compile(r"方案|分期|减免|全部|所有|plan|all", re.IGNORECASE)
LAWYER: Final = re.compile(r"法务|法律|legal", re.IGNORECASE)
LPR_AGE: Final = timedelta(days=60)  # published monthly: an older last row is worth a look
Words = tuple[str, str]  # zh, en


@dataclass(frozen=True)
class Cap:
    """The highest yearly rate in basis points (None = not known), and by which rule."""

    points: int | None
    why: Words


def rate_cap(segment: str, day: date, rules: Rules) -> tuple[Cap, list[Problem]]:
    """Small-loan companies: their own rule; else four times the one-year LPR of the day (rules rate_cap, small_loan; LPR is data)."""
    book = Book(rules.compliance, day)
    one = np.array([segment], dtype=object)
    if segment == SMALL and book.binds("small_loan", one)[0]:
        percent = book.number("small_loan", 24)
        return Cap(percent * 100, (f"小额贷款 {percent}%", f"small loans {percent}%")), book.problems
    times = book.number("rate_cap", 4)
    known = [rate for rate in rules.repayment.lpr if rate.valid_from <= day]
    if not known:
        return Cap(None, ("没有当日的LPR", "no LPR for the day")), [Problem("lpr-missing", values={"day": day})]
    last = max(known, key=lambda rate: rate.valid_from)
    shown = percent_text(last.basis_points)
    old = [Problem("lpr-old", values={"day": last.valid_from, "rate": shown})] if day - last.valid_from > LPR_AGE else []
    return Cap(last.basis_points * times, (f"{times} 倍一年期LPR（{shown}）", f"{times} × one-year LPR ({shown})")), book.problems + old


def longest(segment: str, day: date, rules: Rules) -> int:
    """The most months of a plan: the setting, for cards also rule card_plan (60)."""
    book = Book(rules.compliance, day)
    bound = book.binds("card_plan", np.array([segment], dtype=object))[0]
    return min(rules.repayment.longest_months, book.number("card_plan", 60)) if bound else rules.repayment.longest_months


@dataclass(frozen=True)
class Asks:
    """What of a plan needs a word of approval. waived in fen."""

    waived: int
    long: bool
    over_affordable: bool
    limitation: bool


def asks_words(asks: Asks) -> list[Words]:
    """The same in words."""
    out: list[Words] = []
    if asks.waived:
        out.append((f"减免 {yuan(asks.waived)} 元", f"waiver of {yuan(asks.waived)} yuan"))
    if asks.long:
        out.append(("超过免审批期数", "longer than without approval"))
    if asks.over_affordable:
        out.append(("月还款超过可负担额", "payment above what is affordable"))
    if asks.limitation:
        out.append(("时效存疑", "limitation in doubt"))
    return out


def may(who: Authority | None, asks: Asks) -> bool:
    """Whether one person may decide all of it alone."""
    if not any((asks.waived, asks.long, asks.over_affordable, asks.limitation)):
        return True
    if who is None or (asks.limitation and not LAWYER.search(who.role + who.may_approve)):
        return False
    head = bool(MANAGER.search(who.role) or PLANS.search(who.may_approve))
    waives = asks.waived <= (who.waiver_limit or 0)
    return waives and (head or not (asks.long or asks.over_affordable))


def approvers(people: pd.DataFrame, asks: Asks) -> list[str]:
    """The people who may, the smallest sufficient waiver limit first."""
    every = [a for name in people["person"] if (a := authority(people, str(name))) is not None]
    able = sorted((a for a in every if may(a, asks)), key=lambda a: a.waiver_limit or 0)
    return list(dict.fromkeys(a.person for a in able))


def percent_text(points: int | None) -> str:
    """345 → "3.45%"; None → "—"."""
    return "—" if points is None else f"{points // 100}.{points % 100:02d}%"
