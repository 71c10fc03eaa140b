"""The signed amount of every row of a statement, from whichever columns a bank prints it in; balances and fees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from macros_py.sheets import amounts
from macros_py.sheets import header_words as words
from macros_py.sheets.statement_section import DASHES, Section
from macros_py.sheets.statement_states import Flags, Ints, Texts, found, way

_MARK: Final = re.compile(r"(.*\d[)]?)\s*(CR|DR|贷|借)\.?$", re.IGNORECASE)
_PAID: Final = re.compile(r"付款|payment", re.IGNORECASE)
_FEE: Final = re.compile(r"(?:服务费|手续费)[¥￥:： ]*(\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Money:
    """Per row: signed fen (0 where not known), whether it is known, said to be neither in nor out, booked in red on its own side."""

    fen: Ints
    known: Flags
    neutral: Flags
    red: Flags
    written: Flags  # something stands in a cell of an amount


def fees(section: Section, memo: Texts) -> pd.arrays.IntegerArray:
    """The fee that a channel kept: a column of its own, else 服务费¥0.10 among the words."""
    if "fee" in section.roles:
        return one_of(section, "fee")
    said = np.full(len(memo), None, dtype=object)
    for i, words_of in enumerate(memo.tolist()):
        match = _FEE.search(words_of)
        said[i] = match[1] if match else None
    return amounts.money(said)[0]


def one_of(section: Section, role: str) -> pd.arrays.IntegerArray:
    """The amounts of a role that has one column, unknown throughout where it has none."""
    places = section.roles.get(role, ())
    if not places:
        return pd.arrays.IntegerArray(np.zeros(len(section.body), np.int64), np.ones(len(section.body), bool))
    return _fen(section, max(places, key=lambda i: int(section.column(i).present.sum())))[0]


def _fen(section: Section, place: int) -> tuple[pd.arrays.IntegerArray, Ints]:
    """Fen, and the sign that a mark behind the amount (CR, 借) gives it: +1, −1, 0 for none."""
    raw = section.body[:, place].copy()
    sign = np.zeros(len(raw), dtype=np.int64)
    for i, value in enumerate(raw):
        if isinstance(value, str):
            text = value.lstrip("+＋ ")
            if match := _MARK.match(text):
                text, sign[i] = match[1], 1 if match[2].upper() in ("CR", "贷") else -1
            raw[i] = None if DASHES.fullmatch(text) else text
    return amounts.money(raw, words.unit_of_header(section.headers[place]) or 1)[0], sign


def money_of(section: Section, said: Texts) -> Money:
    """Signed fen of every row: from a pair of columns, from a mark, from the sign itself, or from the running balance."""
    income, expense = _fullest(section, "income"), _fullest(section, "expense")
    place = _fullest(section, "amount")
    if place is None or (income is not None and expense is not None):
        if income is None and expense is not None and _PAID.search(section.headers[expense]):
            return _of_one(section, expense, said)  # a list of what debtors paid: 付款金额 beside 付款人
        if income is not None or expense is not None:
            return _of_pair(section, income, expense)
        place = _fullest(section, "net")
    if place is None:
        blank = np.zeros(len(section.body), dtype=bool)
        return Money(np.zeros(len(section.body), np.int64), blank, blank, blank, blank)
    return _of_one(section, place, said)


def _fullest(section: Section, role: str) -> int | None:
    """Of several columns of a role the one in which most amounts stand (a channel prints some of them with dashes only)."""
    places = section.roles.get(role, [])
    return max(places, key=lambda i: (int(_fen(section, i)[0].isna().sum()) * -1, -i), default=None)


def _filled(section: Section, places: Sequence[int]) -> Flags:
    out = np.zeros(len(section.body), dtype=bool)
    for place in places:
        out |= section.texts(place) != ""
    return out


def _of_pair(section: Section, income: int | None, expense: int | None) -> Money:
    n = len(section.body)
    parts = []
    for place in (income, expense):
        values = _fen(section, place)[0] if place is not None else pd.arrays.IntegerArray(np.zeros(n, np.int64), np.ones(n, bool))
        parts.append((values.to_numpy(np.int64, na_value=0), ~values.isna()))
    (come, come_known), (gone, gone_known) = parts
    if len(gone[gone != 0]) and (gone <= 0).all():
        gone = -gone  # 支出金额（-元）: this file writes what goes out with a minus
    fen, red = _proved(section, come - gone, (come < 0) | (gone < 0))
    known = come_known | gone_known
    return Money(fen, known, np.zeros(n, dtype=bool), red, _filled(section, [i for i in (income, expense) if i is not None]))


def _proved(section: Section, fen: Ints, red: Flags) -> tuple[Ints, Flags]:
    """Amounts below zero on their own side are corrections, unless the running balance shows that the sign is mere habit: (35.00) paid out."""
    if not red.any():
        return fen, red
    balance, fen, red = one_of(section, "balance"), fen.copy(), red.copy()
    stand, printed = balance.to_numpy(np.int64, na_value=0), ~balance.isna()
    for i in np.flatnonzero(red & printed).tolist():
        steps = [int(stand[i] - stand[j]) for j in (i - 1, i + 1) if 0 <= j < len(fen) and printed[j]]
        if -fen[i] in steps and fen[i] not in steps:
            fen[i], red[i] = -fen[i], False
    return fen, red


def _of_one(section: Section, place: int, said: Texts) -> Money:
    values, marks = _fen(section, place)
    fen, known = values.to_numpy(np.int64, na_value=0), ~values.isna()
    none = np.zeros(len(fen), dtype=bool)
    back = _refunded(section)
    neutral, red = none, none
    if "direction" in section.roles:
        sign, neutral = way(section.text("direction"), said)
        signed = bool(((fen < 0) & (sign < 0)).any())
        red = (fen < 0) & (sign > 0) & ~neutral
        fen = np.where(neutral, np.abs(fen) * sign, np.where(fen < 0, -np.abs(fen) if signed else fen * sign, fen * sign))
    elif marks.any():
        fen = np.abs(fen) * np.where(marks == 0, 1, marks)
    elif not (fen < 0).any():
        fen = _by_balance(fen, known, one_of(section, "balance"))
    fen, known = np.where(back > 0, -back, fen), known | (back > 0)
    return Money(fen, known, neutral, red, _filled(section, [place]))


def _refunded(section: Section) -> Ints:
    """Where a bill of a channel has a column of refunds: what went back, on the lines that are refunds."""
    places = section.roles.get("refunded", ())
    if not places:
        return np.zeros(len(section.body), dtype=np.int64)
    back = _fen(section, places[0])[0].to_numpy(np.int64, na_value=0)
    return np.where(found(re.compile("refund|退款", re.IGNORECASE), section.text("status")), back, 0)


def _by_balance(fen: Ints, known: Flags, balance: pd.arrays.IntegerArray) -> Ints:
    """Amounts without any sign: where the running balance says which way they went, upwards or downwards through the file."""
    at = np.flatnonzero(known & ~balance.isna() & (fen != 0))
    if len(at) < 2:
        return fen
    stand = balance.to_numpy(np.int64, na_value=0)[at]
    for order in (1, -1):
        step = np.diff(stand[::order])
        moved = fen[at][::order][1:]
        if (np.abs(step) == moved).mean() >= 0.9:
            sign = np.concatenate([[1], np.where(step == -moved, -1, 1)])[::order]
            out = fen.copy()
            out[at] *= sign
            return out
    return fen
