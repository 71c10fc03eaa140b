"""The words of a score: three reasons with their points, and what would change it.

Made of finished pieces looked up by number, so that a million cases cost seconds. Amounts in reasons are cut to three digits (¥2.78万):
the exact amount stands in the same row, and so a few thousand pieces serve every case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from macros_py.domain.arrays import Flags, Ints, Texts
from macros_py.domain.rules import BUCKET_STARTS, BUCKETS

Points = npt.NDArray[np.int16]
Codes = npt.NDArray[np.int8]

MOST: Final = 3_000  # larger counts of days are told as "more than"
DECADES: Final = 16
FULL: Final = 10_000

COUNTED: Final = {
    "next_bucket": ("距下一账龄{n}天", "next bucket in {n} days"),
    "broken": ("失信{n}次", "{n} broken promises"),
    "silence": ("{n}天未触达本人", "not reached for {n} days"),
    "days": ("逾期{n}天", "{n} days past due"),
    "limitation": ("时效剩{n}天", "limitation ends in {n} days"),
}
MONEY: Final = {"amount": ("逾期{m}", "{m} overdue"), "expected": ("预期可回{m}", "{m} expected")}
FIXED: Final = {
    "reachable": (
        ("无有效号码", "no valid number"),
        ("号码有效或曾触达", "valid number or reached before"),
        ("号码有效且曾触达", "valid number, reached before"),
    ),
    "unwilling": (("", ""), ("有能力无意愿", "able but unwilling")),
}
NEVER_REACHED: Final = ("从未触达本人", "never reached in person")
NOT_SCORED: Final = (  # by what stands in the way, the strongest first
    ("不评分：已结清", "not scored: settled"),
    ("不评分：回款待核对", "not scored: a receipt is to be confirmed"),
    ("不评分：时效存疑", "not scored: limitation in doubt"),
    ("不评分：账龄未知", "not scored: days past due unknown"),
    ("不评分：未逾期", "not scored: not overdue"),
)
SEPARATOR: Final = ("；", "; ")
POINTS: Final = ("（{p}分）", " ({p})")
PAYMENT: Final = ("还款{m}后为", "after {m} paid ")
ON_DAY: Final = ("逾期第{n}天", "day {n} past due")
NEXT_BUCKET: Final = ("；{n}天后进入{b}时为", "; in {n} days, entering {b}, ")


def why(names: Sequence[str], top: Codes, points: Points, values: Mapping[str, Ints], unscored: Ints, lang: str) -> Texts:
    """Three reasons per case in one text: "预期可回¥7,400（26.10分）；距下一账龄3天（20.00分）；…".

    names: of the components; top: their positions, −1 for none; points: hundredths, one row per component; values: what each
    component was judged on (fen, days, counts); unscored: what stands in the way of a score (a place in NOT_SCORED), −1 for nothing.
    """
    en = lang == "en"
    said = [_place(names, top[:, place], points, values, en, place) for place in range(top.shape[1])]
    pairs = [half for place in said for half in place]
    out = np.empty(len(unscored), dtype=object)
    out[:] = ["".join(parts) for parts in zip(*pairs, strict=True)] if len(unscored) else []
    rows = np.flatnonzero(unscored >= 0)
    out[rows] = np.array([words[en] for words in NOT_SCORED], dtype=object)[unscored[rows]]
    return out


def change(scored: Flags, paid: Ints, after: Points, wait: Ints, bucket: Ints, later: Points, lang: str) -> Texts:
    """What the score would be after a payment of `paid` fen, and on entering `bucket` in `wait` days (0: there is no next one).

    bucket: a position in BUCKETS; len(BUCKETS) more where the case is shown under an ageing of its own: its first day is told, not its name.
    """
    en = lang == "en"
    scores = _numbers("{p}")
    code = money_code(paid)
    first = _take(_money(PAYMENT[en], en, 1 + int(code.max(initial=0)) // 1000), code)
    coming = _entering(wait, bucket, en)
    moves = wait > 0
    lines = zip(first, _take(scores, after), coming, np.where(moves, scores[later], "").tolist(), strict=True)
    out = np.empty(len(scored), dtype=object)
    out[:] = [f"{a}{b}{c}{d}" for a, b, c, d in lines] if len(scored) else []
    out[~scored | (paid <= 0)] = ""
    return out


def money_code(fen: Ints) -> Ints:
    """A number for the first three digits of an amount: 0–999 stand for themselves, then 1000 for each decade."""
    decade = np.searchsorted(POWERS, fen, side="right")
    return np.asarray(decade * 1000 + fen // SCALE[decade], dtype=np.int64)


POWERS: Final = 10 ** np.arange(3, 3 + DECADES - 1)
SCALE: Final = np.append(1, POWERS // 100)


def cut(fen: Ints) -> Ints:
    """The amount cut to its first three digits."""
    scale = SCALE[np.searchsorted(POWERS, fen, side="right")]
    return np.asarray(fen // scale * scale, dtype=np.int64)


def _place(
    names: Sequence[str], which: Codes, points: Points, values: Mapping[str, Ints], en: bool, place: int
) -> tuple[list[str], list[str]]:
    """The pieces and the points of one place (first, second or third reason)."""
    prefix = SEPARATOR[en] if place else ""
    said = np.full(len(which), "", dtype=object)
    marks = np.full(len(which), "", dtype=object)
    table = _numbers(POINTS[en])
    for k, name in enumerate(names):
        rows = np.flatnonzero(which == k)
        if len(rows):
            code = _code(name, values[name][rows])
            said[rows] = _pieces(name, prefix, en, 1 + int(code.max()) // 1000)[code]
            marks[rows] = table[points[k, rows]]
    return said.tolist(), marks.tolist()


def _code(name: str, value: Ints) -> Ints:
    return money_code(value) if name in MONEY else np.clip(value, 0, MOST if name in COUNTED else len(FIXED[name]) - 1)


@lru_cache(maxsize=64)
def _pieces(name: str, prefix: str, en: bool, decades: int) -> Texts:
    if name in MONEY:
        return _money(prefix + MONEY[name][en], en, decades)
    if name in FIXED:
        return np.array([prefix + words[en] for words in FIXED[name]], dtype=object)
    last = NEVER_REACHED[en] if name == "silence" else COUNTED[name][en].format(n=f">{MOST}")
    return np.array([*(prefix + COUNTED[name][en].format(n=n) for n in range(MOST)), prefix + last], dtype=object)


@lru_cache(maxsize=16)
def _money(pattern: str, en: bool, decades: int) -> Texts:
    """The pattern with every amount of three digits, by money_code, as far up as is needed."""
    return np.array([pattern.replace("{m}", short_yuan(k % 1000 * int(SCALE[k // 1000]), en)) for k in range(decades * 1000)], dtype=object)


def short_yuan(fen: int, en: bool = False) -> str:
    """ "¥9.50", "¥512", "¥2.78万", "¥1.2亿": three digits at most (in English ¥27,800)."""
    if fen % 100 or fen < 1000:
        return f"¥{fen / 100:,.2f}".removesuffix(".00")
    yuan = fen // 100
    for unit, word in ((100_000_000, "亿"), (10_000, "万")):
        if yuan >= unit and not en:
            return f"¥{yuan / unit:g}{word}"
    return f"¥{yuan:,}"


@lru_cache(maxsize=8)
def _numbers(pattern: str) -> Texts:
    return np.array([pattern.format(p=f"{k // 100}.{k % 100:02d}") for k in range(FULL + 1)], dtype=object)


def _entering(wait: Ints, bucket: Ints, en: bool) -> list[str]:
    most = int(wait.max(initial=0)) + 1
    names = (*BUCKETS, *(ON_DAY[en].format(n=day) for day in (0, *BUCKET_STARTS)))
    table = [NEXT_BUCKET[en].format(n=n, b=name) if n else "" for name in names for n in range(most)]
    return _take(np.array(table, dtype=object), bucket * most + wait)


def _take(words: Texts, code: npt.NDArray[np.integer]) -> list[str]:
    return list(words[code].tolist())
