"""Where the header of a table stands and what each of its columns is headed.

A header is one to three rows: parents over children (联系方式 over 手机 and 地址), merged or left empty to the right of the
parent. It may stand under titles and blank rows; the rows that name most known columns win.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from macros_py.sheets import header_words as words
from macros_py.sheets.aliases import Aliases
from macros_py.sheets.tables import Sheet

SEARCHED_ROWS: Final = 200
LEVELS: Final = 3
_UNIT: Final = re.compile(
    r"[(（]?(?:单位[:：])?(?:人民币)?(?:[百千]?万|亿|千|百)?(?:元|美元|港元|港币|欧元)[)）]?"
    r"|[(（]?(?:天|日|年|月|期|个月|户|笔|件|人|次|个|%|％|‰|万|rmb|cny|usd|hkd|yuan|days?|rmb'000|'000|-|—|/)[)）]?"
)
_TITLE: Final = re.compile(r"[:：]|\d{4}|^单位|日期$")
OTHER_PEOPLE: Final = frozenset(
    [
        "联系人",
        "紧急联系人",
        "紧急联系人信息",
        "联系人信息",
        "联系人1",
        "联系人2",
        "第一联系人",
        "第二联系人",
        "担保人",
        "担保人信息",
        "保证人",
        "配偶",
        "配偶信息",
        "共同借款人",
        "共借人",
        "单位",
        "单位信息",
        "催收员",
        "经办人",
        "客户经理",
    ]
)


class RawGrid(Protocol):
    """What is read of a host's grid: cells[i, j] is row top + i, column left + j, both from 1."""

    @property
    def sheet(self) -> str: ...
    @property
    def cells(self) -> npt.NDArray[np.object_]: ...
    @property
    def top(self) -> int: ...
    @property
    def left(self) -> int: ...
    @property
    def merged(self) -> tuple[tuple[int, int, int, int], ...]: ...
    @property
    def date1904(self) -> bool: ...


@dataclass(frozen=True)
class Heading:
    """One column's header: `place` is its 0-based position in the grid, `texts` its words from parent to child."""

    place: int
    texts: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The header as a person says it: 金额|本金."""
        return "|".join(" ".join(t.split()) for t in self.texts)

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms to look up, best first: parent and child together, then the child alone."""
        together = words.keys("".join(self.texts))
        if len(self.texts) == 1 or words.bare(self.texts[-2]) in OTHER_PEOPLE:
            return together
        return tuple(dict.fromkeys((*together, *words.keys("".join(self.texts[-2:])), *words.keys(self.texts[-1]))))

    @property
    def unit(self) -> int | None:
        """Yuan per number, where the header states a unit."""
        return next((u for t in reversed(self.texts) if (u := words.unit_of_header(t))), None)


@dataclass(frozen=True)
class Header:
    """The header rows of one sheet (0-based positions first..last in the grid) and the headings of its columns."""

    first: int
    last: int
    headings: tuple[Heading, ...]
    score: int


def find_header(grid: RawGrid, sheet: Sheet, aliases: Aliases) -> Header | None:
    """The rows that name most columns of `sheet`; on a tie those that cut no merged cell, fewer rows, then the higher one. None when none names two (one will do for a sheet that needs one)."""
    labels = _labels(grid)
    known = [any(t and t != "\0" and len(t) < 40 and aliases.name(sheet, words.keys(t)) for t in row) for row in labels]
    best: Header | None = None
    best_size = (True, LEVELS)  # whether a merged cell is cut, and how many rows more than one
    for first in range(len(labels)):
        for last in range(first, min(first + LEVELS, len(labels))):
            if not _may_be_header(labels, first, last):
                break
            if not known[last]:
                continue
            headings = tuple(_headings(grid, labels, first, last))
            score = len({name for h in headings if (name := aliases.name(sheet, h.forms))})
            size = (_cut(grid, first, last), last - first)
            fewer = best is not None and score == best.score and first <= best.last and size < best_size
            if fewer and size[1] < best_size[1] and first and _parents(grid, labels, first - 1):
                continue  # the row above is part of the header
            if fewer or score > (best.score if best else min(1, len(sheet.required) - 1)):
                best_size = size
                best = Header(first, last, headings, score)
    return _with_units(grid, best) if best else None


def _with_units(grid: RawGrid, header: Header) -> Header:
    """A row of units right below (万元, 天) belongs to the header: each is said in brackets behind what it is the unit of."""
    below = header.last + 1
    if below >= len(grid.cells):
        return header
    said = {h.place: grid.cells[below, h.place] for h in header.headings}
    filled = {p: v for p, v in said.items() if v is not None and v != ""}
    if not filled or not all(isinstance(v, str) and _UNIT.fullmatch(v.strip().lower()) for v in filled.values()):
        return header
    headings = tuple(
        Heading(h.place, (*h.texts[:-1], f"{h.texts[-1]}({filled[h.place].strip(' ()（）')})")) if h.place in filled else h
        for h in header.headings
    )
    return Header(header.first, below, headings, header.score)


def title_cells(grid: RawGrid, before: int) -> Iterator[tuple[int, int, object]]:
    """The filled cells above the header: row and column positions with the value."""
    for i in range(min(before, len(grid.cells))):
        for j, value in enumerate(grid.cells[i]):
            if value is not None and value != "":
                yield i, j, value


def _labels(grid: RawGrid) -> list[list[str]]:
    """The texts of the first rows, words of merged ranges repeated over the range."""
    rows = grid.cells[:SEARCHED_ROWS]
    labels = [[v.strip() if isinstance(v, str) else ("" if v is None else "\0") for v in row] for row in rows]
    for top, left, bottom, right in grid.merged:
        i, j = top - grid.top, left - grid.left
        if 0 <= i < len(labels) and 0 <= j < len(labels[i]) and bottom - top < LEVELS:
            text = labels[i][j]
            for a in range(i, min(bottom - grid.top + 1, len(labels))):
                for b in range(j, min(right - grid.left + 1, len(labels[a]))):
                    labels[a][b] = text
    return labels


def _may_be_header(labels: list[list[str]], first: int, last: int) -> bool:
    """Words, hardly any numbers; rows of a header in several rows share at least one column."""
    row = labels[last]
    filled = sum(map(bool, row))
    if filled == 0 or sum(t == "\0" for t in row) * 4 > filled:
        return False
    if first == last:
        return len({t for t in row if t}) >= 1
    above = labels[last - 1]
    return any(a and b and a != b for a, b in zip(above, row, strict=True)) and len({t for t in above if t}) > 1


def _parents(grid: RawGrid, labels: list[list[str]], row: int) -> bool:
    """A row of group names over a header that is complete by itself: 贷款情况（万元） over 放款金额 and 剩余本金. Titles and days are none."""
    words = {t for t in labels[row] if t and t not in labels[row + 1]}
    wide = _ranges(grid, row)
    return len(words) > 1 and bool(wide) and not any(t == "\0" or _TITLE.search(t) for t in words)


def _cut(grid: RawGrid, first: int, last: int) -> bool:
    """Whether a cell merged over several rows reaches beyond these rows: a header is as high as its highest cell."""
    spans = [(top - grid.top, bottom - grid.top) for top, _, bottom, _ in grid.merged if 0 < bottom - top < LEVELS]
    return any(top <= last and bottom >= first and (top < first or bottom > last) for top, bottom in spans)


def _ranges(grid: RawGrid, row: int) -> set[int]:
    """The places that merged ranges of several columns cover in a row."""
    at = grid.top + row
    return {
        j - grid.left for top, left, bottom, right in grid.merged if top <= at <= bottom and right > left for j in range(left, right + 1)
    }


def _headings(grid: RawGrid, labels: list[list[str]], first: int, last: int) -> Iterator[Heading]:
    rows = [labels[i] if i == last else _spread(labels[i], labels[i + 1], _ranges(grid, i)) for i in range(first, last + 1)]
    for place in range(len(rows[0])):
        texts = tuple(dict.fromkeys(r[place] for r in rows if r[place] and r[place] != "\0"))
        if texts:
            yield Heading(place, texts)


def _spread(parents: list[str], children: list[str], ranges: set[int]) -> list[str]:
    """A parent stands over the children to its right that have no parent of their own; a merged one over its range (`ranges`) only."""
    out, current = [], ""
    for place, (parent, child) in enumerate(zip(parents, children, strict=True)):
        if parent:
            current = parent if child and child != parent and place not in ranges else ""
        out.append(parent or (current if child else ""))
        if not parent and not child:
            current = ""
    return out
