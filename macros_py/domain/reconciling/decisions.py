"""What people decided on the sheet 资金流水: a case number with 是, several with amounts, or 撤销 for a posting that was wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Texts, text, whole
from macros_py.domain.problems import Problem

SPLIT: Final = re.compile(r"[、,，;；\n]+|\s\+\s")  # also as match_words.shown proposes it
LARGEST: Final = 12  # digits of an amount before its point, less one: beyond it is no amount
_EQUALS: Final = re.compile(r"[=＝:：]")


@dataclass
class Decisions:
    """taken: line → cases with their fen; undone: lines whose posting a person took back; waiting: typed but not confirmed."""

    taken: dict[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    undone: frozenset[int] = frozenset()
    waiting: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def decided(lines: pd.DataFrame, known: set[str], money: Flags) -> Decisions:
    """lines: case_id, confirmed, match, amount; known: the case numbers of the ledger; money: lines that belong to a case, receipts and refunds.

    A case number that a person typed stands where match is not posted; one that a press posted is no decision.
    """
    said, typed, match = text(lines, "confirmed"), text(lines, "case_id"), text(lines, "match")
    fen = whole(lines, "amount")
    out = Decisions(undone=frozenset(np.flatnonzero(said == p.UNDO).tolist()))
    for i in np.flatnonzero(money & (typed != "") & (said != p.UNDO)).tolist():
        if said[i] == p.YES:
            _take(out, lines, i, str(typed[i]), int(fen[i]), known)
        elif match[i] != p.POSTED:
            out.waiting[i] = str(typed[i])
            out.problems.append(_problem("payment-case-unconfirmed", lines, i, str(typed[i])))
    return out


def typed_elsewhere(lines: pd.DataFrame, money: Flags) -> Texts:
    """Case numbers that people typed on lines that belong to no case now (pending, or reversed until another line explains it): kept."""
    typed, theirs = text(lines, "case_id"), (text(lines, "confirmed") == p.YES) | (text(lines, "match") != p.POSTED)
    return np.asarray(np.where(~money & theirs, typed, ""), dtype=object)


def _take(out: Decisions, lines: pd.DataFrame, i: int, typed: str, fen: int, known: set[str]) -> None:
    parts = parts_of(typed, fen)
    if parts is None:
        out.problems.append(_problem("payment-split-wrong", lines, i, typed))
    elif any(case not in known for case, _ in parts) and text(lines, "match")[i] != p.POSTED:
        out.problems.append(_problem("payment-case-unknown", lines, i, typed))
    else:
        out.taken[i] = parts
        return
    out.waiting[i] = typed


def parts_of(typed: str, fen: int) -> tuple[tuple[str, int], ...] | None:
    """ "A" → all of it; "A=500、B=300" → as said, when that is the whole amount; None when it is not. Of what was given back all parts are negative."""
    parts: list[tuple[str, int]] = []
    words = [w.strip() for w in SPLIT.split(typed) if w.strip()]
    if len(words) == 1 and not _EQUALS.search(words[0]):
        return ((words[0], fen),)
    for word in words:
        case, *amount = _EQUALS.split(word)
        try:
            yuan = Decimal(amount[0].strip().strip("¥￥元")) if amount else None
        except InvalidOperation:
            yuan = None
        if yuan is None or not yuan.is_finite() or yuan.adjusted() > LARGEST or yuan * 100 != int(yuan * 100):
            return None
        parts.append((case.strip(), int(yuan * 100)))
    if not parts or sum(f for _, f in parts) != abs(fen) or not all(f > 0 for _, f in parts):
        return None
    return tuple(parts) if fen > 0 else tuple((case, -f) for case, f in parts)


def _problem(code: str, lines: pd.DataFrame, i: int, shown: str) -> Problem:
    return at_line(code, lines, i, {"shown": shown[:40]})


def at_line(code: str, lines: pd.DataFrame, i: int, values: dict[str, object]) -> Problem:
    """A problem of one line, with its cell."""
    cell = f"A{int(lines['row'].iloc[i])}" if "row" in lines else ""
    sheet = str(lines["sheet"].iloc[i]) if "sheet" in lines else ""
    return Problem(code, sheet, cell, values)
