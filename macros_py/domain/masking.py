"""Names and numbers masked for sheets that travel: 张*, 138****5678, 4401**********1234. Source: domain.md, What would make a department throw it away."""

from __future__ import annotations

from typing import Final

import numpy as np

from macros_py.domain.arrays import Texts

STAR: Final = "*"
COMPOUND: Final = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "夏侯",
        "宇文",
        "长孙",
        "司徒",
        "端木",
        "南宫",
        "独孤",
        "百里",
        "呼延",
        "澹台",
        "轩辕",
        "闻人",
        "申屠",
        "钟离",
        "赫连",
        "万俟",
    ]
)


def names(values: Texts) -> Texts:
    """The surname stays (a compound one whole), every further character is a star; of a name in Latin letters the first letter of each word."""
    masked = {name: _name(str(name)) if name else "" for name in set(values.tolist())}  # names recur
    return _column([masked[name] for name in values.tolist()])


def _name(name: str) -> str:
    if name.isascii():
        return " ".join(word[:1] + STAR * (len(word) - 1) for word in name.split())
    kept = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    return name[:kept] + STAR * max(len(name) - kept, 1)


def phones(values: Texts) -> Texts:
    """The first three and the last four digits of a mobile number stay; of a shorter one the last three."""
    return _column(
        [f"{n[:3]}****{n[-4:]}" if len(n) == 11 else _middle(n, 3, 4) if len(n) >= 10 else _middle(n, 0, 3) for n in map(str, values)]
    )


def identity_numbers(values: Texts) -> Texts:
    """The first four and the last four characters stay."""
    return _column([f"{n[:4]}**********{n[-4:]}" if len(n) == 18 else _middle(n, 4, 4) for n in map(str, values)])


def _middle(text: str, first: int, last: int) -> str:
    if len(text) <= first + last:
        return text[:1] + STAR * (len(text) - 1)
    return text[:first] + STAR * (len(text) - first - last) + text[-last:]


def _column(masked: list[str]) -> Texts:
    return np.fromiter(masked, dtype=object, count=len(masked))
