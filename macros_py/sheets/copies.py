"""Which of several sheets of cases are read: all parts of a ledger, but of two states of the same cases only one, the newer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from macros_py.domain.problems import Problem
from macros_py.sheets.above import day_above
from macros_py.sheets.quantities import kept_as_text
from macros_py.sheets.recognise import Piece

KEYS: Final = ("line_key", "case_id", "customer_id", "id_number", "customer", "letter_no", "person", "setting")
COPY_SHARE: Final = 0.5
_TITLE_DAY: Final = re.compile(r"(20\d\d)\s*[-年./]?\s*(\d{1,2})\s*(?:[-月./]?\s*(\d{1,2}))?(?!\d)")
_TITLE_MONTH: Final = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月(?:\s*(\d{1,2})[日号])?")


def key_place(piece: Piece) -> int:
    """The place of the column by which rows are known again."""
    columns = piece.matched.columns
    return next((columns[n] for n in KEYS if n in columns), min(columns.values(), default=0))


def key_texts(piece: Piece) -> list[str]:
    """The keys of the records as text."""
    return [kept_as_text(v) for v in piece.body[piece.rows.kept, key_place(piece)]]


def day_of_title(title: str, today: dt.date) -> dt.date | None:
    """The day or month that a tab names: 2026-10, 20261023, 10月台账 (the last October up to today)."""
    if match := _TITLE_DAY.search(title):
        return _day(int(match[1]), int(match[2]), int(match[3] or 1))
    if match := _TITLE_MONTH.search(title):
        month = int(match[1])
        return _day(today.year - (month > today.month), month, int(match[2] or 1))
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@dataclass
class Ledgers:
    """The sheets of cases to read, the fullest first. today: by which a month without a year is placed."""

    today: dt.date
    kept: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _days: dict[int, dt.date | None] = field(default_factory=dict)
    _seen: dict[str, Piece] = field(default_factory=dict)

    @classmethod
    def of(cls, pieces: list[Piece], today: dt.date | None) -> Ledgers:
        """Of the sheets that hold mostly the same cases the newer stays, the fuller where their days are not known."""
        out = cls(today or dt.date.max)
        if len(pieces) < 2:
            return cls(out.today, pieces)
        out._days = {id(p): day_above(p.grid, p.header.first) or day_of_title(p.grid.sheet, out.today) for p in pieces}
        rank: Callable[[Piece], tuple[int, dt.date]] = lambda p: (len(p.matched.columns), out._days[id(p)] or dt.date.min)  # noqa: E731
        for piece in sorted(pieces, key=rank, reverse=True):
            out._add(piece)
        return out

    def _add(self, piece: Piece) -> None:
        keys = key_texts(piece)
        known = [self._seen[key] for key in keys if key in self._seen]
        if not known or len(known) <= COPY_SHARE * len(keys):
            self.kept.append(piece)
            self._seen = {**dict.fromkeys(filter(None, keys), piece), **self._seen}
            return
        other = known[0]
        if self._is_newer(piece, other) and len(known) > COPY_SHARE * len(key_texts(other)):
            self.kept = [piece if k is other else k for k in self.kept]
            self._seen |= dict.fromkeys(filter(None, keys), piece)
            piece, other = other, piece
        self._say(piece, other)

    def _is_newer(self, piece: Piece, other: Piece) -> bool:
        mine, theirs = self._days[id(piece)], self._days[id(other)]
        return mine is not None and theirs is not None and mine > theirs

    def _say(self, left_out: Piece, read: Piece) -> None:
        dated = all(self._days[id(p)] for p in (left_out, read))
        code = "sheet-copy" if dated or not _differ(left_out, read) else "sheet-copy-differs"
        self.problems.append(Problem(code, left_out.grid.sheet, "", {"other": left_out.grid.sheet, "sheet": read.grid.sheet}))


def _differ(one: Piece, other: Piece) -> bool:
    """True when a case has another overdue amount or principal on the one sheet than on the other."""
    for name in ("overdue_amount", "principal"):
        if name in one.matched.columns and name in other.matched.columns:
            values = [dict(zip(key_texts(p), p.column(p.matched.columns[name]).raw.tolist(), strict=True)) for p in (one, other)]
            return any(values[0][key] != values[1][key] for key in values[0].keys() & values[1].keys())
    return False
