"""货款账龄: the buckets under which people see a case. Trade receivables have an ageing of their own, all others M0 … M7+.

It is for reading only: cure rates, urgency, strata, month-end migration and the ladder go by the case's days (`bucket`), whatever the
segment, for they are measured in them. Source: domain.md, Segments.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Flags, Texts, text, whole
from macros_py.domain.rules import BUCKETS, WRITTEN_OFF, Rules
from macros_py.domain.segments import TRADE, segments_of
from macros_py.domain.tables import Result, Tables

YEAR: Final = 365
NOT_DUE: Final = ("未到期", "not due")
DAYS: Final = ("{a}–{b}天", "{a}–{b} days")
YEARS: Final = ("{a}–{b}年", "{a}–{b} years")
OVER_DAYS: Final = ("{a}天以上", "over {a} days")
OVER_YEARS: Final = ("{a}年以上", "over {a} years")


def last_days(typed: str) -> tuple[int, ...]:
    """ "30、60、90" → (30, 60, 90): the last day of each bucket; () where they are not whole, positive and rising."""
    parts = [part for part in re.split(r"[\s,，、;；/]+", typed.strip()) if part]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        return ()
    found = tuple(int(part) for part in parts)
    return found if all(a < b for a, b in zip((0, *found), found, strict=False)) else ()


def trade_labels(ends: tuple[int, ...], lang: str) -> tuple[str, ...]:
    """Not due, then a label for each bucket, from day 0, and for what is beyond the last; whole years are told in years."""
    en = int(lang == "en")
    out = [NOT_DUE[en]]
    for before, end in zip((-1, *ends), ends, strict=False):
        years = before > 0 and before % YEAR == 0 and end % YEAR == 0
        out.append(YEARS[en].format(a=before // YEAR, b=end // YEAR) if years else DAYS[en].format(a=before + 1, b=end))
    last = ends[-1] if ends else 0
    return (*out, OVER_YEARS[en].format(a=last // YEAR) if last and last % YEAR == 0 else OVER_DAYS[en].format(a=last))


def order(rules: Rules) -> tuple[str, ...]:
    """Every label that a case may be shown under, from young to old; what is written off comes last."""
    return (*BUCKETS, *trade_labels(last_days(rules.strategy.trade_ageing), rules.office.language), WRITTEN_OFF)


def told(tables: Tables, rules: Rules, today: date) -> Result:
    """The bucket that people see. tables.cases: product, invoice_date, bucket, days_past_due, days_to_due → cases + ageing ('' unknown)."""
    cases = tables.cases
    return cases.assign(ageing=pd.Series(labels(cases, rules, rules.office.language), index=cases.index, dtype="str")), []


def labels(cases: pd.DataFrame, rules: Rules, lang: str) -> Texts:
    """The label of each case, as the balances leave the cases; what is written off or of unknown age keeps its bucket."""
    plain = text(cases, "bucket")
    trade: Flags = (segments_of(cases) == TRADE) & (plain != WRITTEN_OFF) & (plain != "")
    if not trade.any():
        return plain
    ends = last_days(rules.strategy.trade_ageing)
    names = np.array(trade_labels(ends, lang), dtype=object)
    place = 1 + np.searchsorted(np.array(ends, dtype=np.int64), whole(cases, "days_past_due"), side="left")
    return np.where(trade, names[np.where(whole(cases, "days_to_due") > 0, 0, place)], plain)


def shown(cases: pd.DataFrame) -> Texts:
    """The label as `told` left it; where that has not been done, the bucket by days."""
    return text(cases, "ageing" if "ageing" in cases else "bucket")
