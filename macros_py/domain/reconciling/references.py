"""Case and contract numbers in the words of a payment, in any spelling: width, case, spaces, dashes, text before and behind.

A number that stands in the memo for itself (案号 1001), that bears letters, or that is long, is a reference. A short plain number, or one
that reads as a date, is weak: it counts only beside the customer's own name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from macros_py.domain import spelling
from macros_py.domain.arrays import Ints, Texts

NONE: Final = -1
MANY: Final = -2
PARTS: Final = 6  # pieces that one number may be written in
SURE_LENGTH: Final = 8  # digits of a plain number that nobody writes by chance
_RUN: Final = re.compile(r"[A-Z0-9]+(?:[ \t\-_/.#·:—–~]{1,3}[A-Z0-9]+)*")
_PIECE: Final = re.compile(r"[A-Z0-9]+")
_NOT_PLAIN: Final = re.compile(r"[^A-Z0-9]+")
_NOT_WORDS: Final = re.compile(r"[^\w]|_")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_DATE: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_LABEL: Final = re.compile(
    r"(?:案件?编?号|合同编?号?|借据号?|贷款编?号|编号|账单号|发票号?|CASE|CONTRACT|LOAN|INVOICE|INV|REF)(?:NO|NUMBER|ID)?[\W_]*$"
)


@dataclass
class References:
    """The numbers of a ledger. A number means a contract (a group of rows) and, where it is a case number, one row of it."""

    case_ids: Texts
    contracts: Texts
    group: Ints
    _row: dict[str, int] = field(default_factory=dict)  # number → first row, or MANY for different contracts
    _exact: dict[str, bool] = field(default_factory=dict)  # whether the number names one row
    _han: dict[str, list[str]] = field(default_factory=dict)  # letters and digits → the numbers with Chinese words that have them
    _lengths: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self._add(self.case_ids, exact=True)
        self._add(self.contracts, exact=False)
        self._row.pop("", None)
        self._lengths = frozenset(map(len, self._row))

    def _add(self, numbers: Texts, *, exact: bool) -> None:
        group = self.group
        for row, (number, plain) in enumerate(zip(numbers.tolist(), plain_numbers(numbers), strict=True)):
            if len(plain) < 3:
                continue
            worded = not number.isascii() and _HAN.search(number) is not None
            key = spelling.form(number) if worded else plain
            there = self._row.get(key, NONE)
            if there == NONE:
                self._row[key] = row
                self._exact[key] = exact
                if worded:
                    self._han.setdefault(plain, []).append(key)
            elif there != MANY and group[there] != group[row]:
                self._row[key] = MANY
            elif exact and there != row:
                self._exact[key] = False

    def hits(self, memo: str) -> Iterator[tuple[str, bool]]:
        """(number, strong) of every number of the ledger in a memo that is folded already."""
        for run in _RUN.finditer(memo):
            yield from self._of_run(run[0], memo, run.start())
        if self._han:
            yield from self._spelled_out(memo)

    def _of_run(self, run: str, memo: str, at: int) -> Iterator[tuple[str, bool]]:
        pieces = _PIECE.findall(run) if not run.isalnum() else [run]
        taken = -1
        for start in range(len(pieces)):
            if start <= taken:
                continue
            for stop in range(min(len(pieces), start + PARTS), start, -1):  # the longest spelling first
                number = self._known("".join(pieces[start:stop]))
                if number:
                    place = at + run.find(pieces[start])
                    yield number, strong(number) or bool(_LABEL.search(memo[max(0, place - 14) : place]))
                    taken = stop - 1
                    break

    def _known(self, text: str) -> str:
        """The number that a piece is, or is once letters before or behind it are dropped (NOCS2026001, CS2026001HK)."""
        if len(text) in self._lengths and text in self._row:
            return text
        front = len(text) - len(text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        for cut in range(1, min(front, 12) + 1):
            if len(text) - cut in self._lengths and text[cut:] in self._row:
                return text[cut:]
        bare = text.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return bare if bare != text and len(bare) in self._lengths and bare in self._row else ""

    def _spelled_out(self, memo: str) -> Iterator[tuple[str, bool]]:
        """Numbers with Chinese words inside (2026沪借字第0012号): the plain parts find them, the full spelling proves them."""
        pieces, whole = _PIECE.findall(memo), _NOT_WORDS.sub("", memo)
        for start in range(len(pieces)):
            for stop in range(start + 1, min(len(pieces), start + PARTS) + 1):
                for number in self._han.get("".join(pieces[start:stop]), ()):
                    if number in whole:
                        yield number, True

    def row(self, number: str) -> int:
        """The first row that a number means; MANY when it is a number of different contracts."""
        return self._row[number]

    def exact(self, number: str) -> bool:
        """Whether a number names one row of the ledger."""
        return self._exact[number]


def strong(number: str) -> bool:
    """Whether nobody would write this number by chance: letters with three digits, or eight digits that are no date."""
    digits = sum(ch.isdigit() for ch in number)
    if digits == len(number):
        return digits >= SURE_LENGTH and not _DATE.fullmatch(number)
    return digits >= 3 and len(number) >= 5


def folded(text: str) -> str:
    """Full-width forms as ordinary ones, in capitals."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).upper()


def plain_numbers(numbers: Texts) -> list[str]:
    """Letters and digits of each number only."""
    return [n.upper() if n.isascii() and n.isalnum() else _NOT_PLAIN.sub("", folded(n)) for n in numbers.tolist()]


@dataclass(frozen=True)
class Referred:
    """Per memo: the row (NONE, MANY), whether that very row is named, whether the reference is strong, and the number as written there."""

    row: Ints
    exact: Ints
    sure: np.ndarray[tuple[int], np.dtype[np.bool_]]
    number: Texts
    rows: dict[int, tuple[int, ...]]  # memo → rows of several contracts


def refer(references: References, memos: Sequence[str]) -> Referred:
    """The one contract that each memo names. Several numbers of one contract are one; numbers of several are told and not decided."""
    count = len(memos)
    row, exact = np.full(count, NONE, dtype=np.int64), np.zeros(count, dtype=np.int64)
    sure, number = np.zeros(count, dtype=bool), np.full(count, "", dtype=object)
    several: dict[int, tuple[int, ...]] = {}
    group = references.group
    for i, memo in enumerate(memos):
        if not memo:
            continue
        found = list(dict.fromkeys(references.hits(folded(memo))))
        if not found:
            continue
        if any(s for _, s in found):
            found = [f for f in found if f[1]]
        rows = [references.row(n) for n, _ in found]
        if MANY in rows or len({int(group[r]) for r in rows}) > 1:
            row[i], several[i] = MANY, tuple(r for r in rows if r != MANY)
        else:
            named = [r for r, (n, _) in zip(rows, found, strict=True) if references.exact(n)]
            row[i] = named[0] if len(set(named)) == 1 else rows[0]
            exact[i] = int(len(set(named)) == 1)
        sure[i], number[i] = found[0][1], found[0][0]
    return Referred(row, exact, sure, number, several)
