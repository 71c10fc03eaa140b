"""Whole numbers, rates, flags and free text as people write them."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.characters import simplified
from macros_py.sheets import cells as k

_DAYS: Final = re.compile(
    r"已?(?:逾期|超期|拖欠)?:?([-−]?\d{1,3}(?:,?\d{3})*)(?:\.0+)?(?:天|日|分钟|户|笔|件|个|人|days?|d|min)?", re.IGNORECASE
)
_RATE: Final = re.compile(r"([-−]?\d+(?:\.\d+)?)(%|分)?")
YES: Final = frozenset(
    [
        "是",
        "有",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "√",
        "✓",
        "✔",
        "☑",
        "v",
        "对",
        "已",
        "已核销",
        "有争议",
        "争议",
        "争议中",
        "disputed",
        "在岗",
        "启用",
        "上班",
    ]
)
NO: Final = frozenset(
    ["否", "无", "没有", "n", "no", "false", "f", "0", "×", "x", "✗", "☐", "未", "未核销", "无争议", "停用", "离岗", "休息"]
)
_NAME_GAP: Final = re.compile(r"(?<=[\u4e00-\u9fff·])[ \u3000]+(?=[\u4e00-\u9fff·])")


def ints(raw: k.Objects | k.Cells) -> tuple[pd.arrays.IntegerArray, list[k.Found]]:
    """Whole numbers (Int64) from 92, 92.0, "92天", "逾期92天"; found: number-unreadable."""
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    values, known = np.zeros(len(column.raw), np.int64), np.zeros(len(column.raw), bool)
    at = column.at(k.WHOLE, k.FLOAT)
    numbers = column.raw[at].astype(np.float64)
    fits = (np.abs(numbers) < 1e12) & (np.abs(numbers - np.rint(numbers)) < 1e-6) & ~np.isin(at, _counting_something_else(column))
    values[at[fits]], known[at[fits]] = np.rint(numbers[fits]).astype(np.int64), True
    bad = at[~fits].tolist() + column.at(k.BOOL, k.MOMENT, k.DAY, k.OTHER).tolist()
    at, texts = column.texts()
    for i, value in zip(at.tolist(), k.by_distinct(texts, _whole), strict=True):
        if isinstance(value, int):
            values[i], known[i] = value, True
        elif value == "bad":
            bad.append(i)
    bad.sort()
    shown = [k.number_text(column.raw[i]) for i in bad]
    return pd.arrays.IntegerArray(values, ~known), column.lost() + k.found("number-unreadable", bad, shown)


def _counting_something_else(column: k.Cells) -> list[int]:
    """Numbers that their format shows as something else than a plain count: 3期, M3, 12%."""
    return [
        int(i)
        for look, at in column.looks.items()
        if any(power or not isinstance(_whole(f"{before}1{after}"), int) for before, after, power in look.sections)
        for i in at
    ]


def _whole(text: str) -> int | str | None:
    body = re.sub(r"\s", "", k.folded(text)).removeprefix("'")
    match = _DAYS.fullmatch(body)
    if match:
        return int(match[1].replace("−", "-").replace(",", ""))
    return None if k.is_unknown_word(body) else "bad"


def numbers(raw: k.Objects | k.Cells) -> tuple[npt.NDArray[np.float64], list[k.Found]]:
    """Scores and rates (float64, NaN unknown): 0.35, "35%"; found: number-unreadable."""
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    out = np.full(len(column.raw), np.nan)
    at = column.at(k.WHOLE, k.FLOAT)
    out[at] = column.raw[at].astype(np.float64)
    bad = column.at(k.BOOL, k.MOMENT, k.DAY, k.OTHER).tolist()
    at, texts = column.texts()
    for i, text in zip(at.tolist(), texts, strict=True):
        body = k.folded(text).replace(",", "")
        match = _RATE.fullmatch(body)
        if match:
            out[i] = float(match[1].replace("−", "-")) / (100 if match[2] == "%" else 1)
        elif not k.is_unknown_word(body):
            bad.append(i)
    bad.sort()
    return out, column.lost() + k.found("number-unreadable", bad, [k.number_text(column.raw[i]) for i in bad])


def flags(raw: k.Objects | k.Cells) -> tuple[k.Mask, list[k.Found]]:
    """True for 是, Yes, √, 1 …; False for 否, No, 0 and blank; found: flag-unreadable."""
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    out = np.zeros(len(column.raw), bool)
    at = column.at(k.BOOL, k.WHOLE, k.FLOAT)
    out[at] = [bool(v) for v in column.raw[at]]
    at, texts = column.texts()
    bad: list[int] = []
    for i, text in zip(at.tolist(), simplified(texts), strict=True):
        word = k.folded(text).lower()
        out[i] = word in YES
        if word not in YES and word not in NO and not k.is_unknown_word(word):
            bad.append(i)
    return out, column.lost() + k.found("flag-unreadable", bad, [str(column.raw[i]) for i in bad])


def texts(raw: k.Objects | k.Cells, *, names: bool = False) -> tuple[k.Objects, list[k.Found]]:
    """Text without outer spaces ("" unknown). names: 张 三 becomes 张三."""
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    out = np.full(len(column.raw), "", object)
    at = column.at(k.WHOLE, k.FLOAT, k.BOOL, k.MOMENT, k.DAY, k.OTHER)
    out[at] = [getattr(v, "shown", "") or k.number_text(v) for v in column.raw[at]]
    at, words = column.texts()
    out[at] = _trimmed(words)
    if names:
        out[at] = _names(out[at].tolist())
    return out, column.lost()


def _trimmed(words: list[str]) -> list[str]:
    trimmed = list(map(str.strip, words))
    joined = "\n".join(trimmed)
    if any(c in joined for c in "\u200b\ufeff\u200c\u200d\u2060"):
        return [w.strip(k.SPACES) for w in trimmed]
    return trimmed


def _names(words: list[str]) -> list[str]:
    joined = "\n".join(words)
    if " " not in joined and "\u3000" not in joined:
        return ["" if w in k.UNKNOWN_WORDS else w for w in words]
    return [_name(w) if " " in w or "\u3000" in w or w in k.UNKNOWN_WORDS else w for w in words]


def _name(text: str) -> str:
    joined = _NAME_GAP.sub("", text)
    return "" if k.is_unknown_word(joined) else joined


def kept_as_text(value: Any) -> str:
    """A key cell as the text under which a host will find it again."""
    return "" if value is None else value if isinstance(value, str) else k.number_text(value)
