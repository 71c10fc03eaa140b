"""One table of a statement → its lines in our columns, and the rows of it that were not understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.sheets import amounts, dates, identifiers
from macros_py.sheets import cells as k
from macros_py.sheets import header_words as words
from macros_py.sheets import statement_headers as heads
from macros_py.sheets.statement_states import Flags, Ints, Texts, found, states, way

_DASHES: Final = re.compile(r"[-—_*/\\.\s]*")
_TOTAL: Final = re.compile(
    r"合\s*计|总\s*计|小\s*计|总笔数|总交易|总金额|汇总|承前页|过次页|期初|期末|上期|本页|以上|注[：:]|说明|打印|共\s*\d+|^#|^-{3,}|total|opening|closing|brought forward",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"(.*\d[)]?)\s*(CR|DR|贷|借)\.?$", re.IGNORECASE)
_HOME: Final = re.compile(r"人民币|CNY|RMB|CNH|￥|¥|^元$|^156$|^01$|^10$|本币", re.IGNORECASE)
_TIME: Final = re.compile(r"(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?")
_FEE: Final = re.compile(r"(?:服务费|手续费)[¥￥:： ]*(\d+(?:\.\d+)?)")
_FLAG: Final = re.compile(r"标志|标识|flag", re.IGNORECASE)


@dataclass
class Section:
    """One table of a grid: headers by place, the rows below (texts trimmed), the Excel row of each."""

    headers: dict[int, str]
    body: k.Objects
    rows: Ints
    date1904: bool
    roles: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, header in self.headers.items():
            self.roles.setdefault(heads.role_of(header), []).append(place)

    def column(self, place: int) -> k.Cells:
        """The cells at one place."""
        return k.Cells.of(self.body[:, place])

    def texts(self, place: int) -> Texts:
        """A column as plain text, "" where it says nothing (blank, dashes, 无)."""
        out = np.array(["" if v is None else v if isinstance(v, str) else k.number_text(v) for v in self.body[:, place]], dtype=object)
        code, distinct = pd.factorize(out)
        plain = np.array(
            ["" if _DASHES.fullmatch(t) or k.is_unknown_word(t) else " ".join(t.split()) for t in map(str, distinct)] + [""], dtype=object
        )
        return np.asarray(plain[code], dtype=object)

    def text(self, role: str) -> Texts:
        """The first column of a role that holds anything in each row."""
        out = np.full(len(self.body), "", dtype=object)
        for place in self.roles.get(role, ()):
            out = np.where(out == "", self.texts(place), out)
        return out


@dataclass(frozen=True)
class Trouble:
    """A row that is not understood: its Excel row, and a code of the catalogue."""

    row: int
    code: str
    shown: str = ""


@dataclass(frozen=True)
class _Money:
    fen: Ints
    known: Flags
    neutral: Flags
    red: Flags
    written: Flags  # something stands in a cell of an amount


def lines(section: Section) -> tuple[pd.DataFrame, list[Trouble]]:
    """→ columns IMPORTED without source, file and key (account only where a column names it), `row` (Excel row), and what is not understood.

    Rows of totals, notes and page footers are passed over; zero amounts and other currencies are told.
    """
    when, number = _moments(section), _ids(section)
    memo, kind = _memo(section, number), section.text("type")
    money = _money(section, memo + "|" + kind)
    dated = ~np.isnat(when)
    good = dated & money.known & (money.fen != 0) & ~_foreign(section)
    table = _table(section, when, money, memo, kind).assign(transaction_id=number)
    trouble = _troubles(section, dated, money, good)
    return conform(table[good].reset_index(drop=True), c.IMPORTED).assign(row=section.rows[good]), trouble


def _table(section: Section, when: dates.Moments, money: _Money, memo: Texts, kind: Texts) -> pd.DataFrame:
    inwards = money.fen >= 0
    payer, number = section.text("payer"), section.text("payer_account")
    payer = np.where(payer == "", np.where(inwards, section.text("from_name"), section.text("to_name")), payer)
    number = np.where(number == "", np.where(inwards, section.text("from_account"), section.text("to_account")), number)
    own = section.text("account")
    own = np.where(own == "", np.where(inwards, section.text("to_account"), section.text("from_account")), own)
    status, flag = _status(section)
    said = np.where((kind == "") | (memo == kind), memo, np.where(memo == "", kind, kind + " " + memo))
    return pd.DataFrame(
        {
            "paid_at": when,
            "amount": pd.array(money.fen, dtype="Int64"),
            "payer": payer,
            "payer_account": number,
            "account": own,
            "memo": said,
            "balance": _one(section, "balance"),
            "fee": _fee(section, memo),
            "stated": states(money.fen, status, kind, memo, payer, flag, money.neutral, money.red),
        }
    )


def _status(section: Section) -> tuple[Texts, Texts]:
    """The columns of status as words, and those that are mere marks of a reversal."""
    status, flag = np.full(len(section.body), "", dtype=object), np.full(len(section.body), "", dtype=object)
    for place in section.roles.get("status", ()):
        if _FLAG.search(section.headers[place]):
            flag = np.where(flag == "", section.texts(place), flag)
        else:
            status = status + "|" + section.texts(place)
    return status, flag


def _moments(section: Section) -> dates.Moments:
    """Date and time of day of each row, from one column or from two."""
    order = sorted(section.roles.get("date", ()), key=lambda i: heads.rank(section.headers[i], heads.LATE_DATES))
    out = np.full(len(section.body), np.datetime64("NaT", "s"), "datetime64[s]")
    clock = np.full(len(section.body), -1, dtype=np.int64)
    for place in order:
        cells = section.column(place)
        seconds = _clock(cells.raw)
        if (seconds >= 0).sum() * 2 > cells.present.sum():
            clock = np.where(clock < 0, seconds, clock)
            continue
        moments, _ = dates.dates(cells, section.date1904, keep_time=True)
        out = np.where(np.isnat(out), moments, out)
    midnight = ~np.isnat(out) & (out == out.astype("datetime64[D]"))
    return np.where(midnight & (clock >= 0), out + np.maximum(clock, 0).astype("timedelta64[s]"), out)


def _clock(raw: k.Objects) -> Ints:
    """Seconds since midnight of cells that hold a time of day only; −1 for all others."""
    out = np.full(len(raw), -1, dtype=np.int64)
    for i, value in enumerate(raw):
        if isinstance(value, dt.time):
            out[i] = value.hour * 3600 + value.minute * 60 + value.second
        elif isinstance(value, float) and 0 <= value < 1:
            out[i] = round(value * 86400)
        elif isinstance(value, (str, int)) and not isinstance(value, bool):
            out[i] = _clock_text(str(value).strip())
    return out


def _clock_text(text: str) -> int:
    match = _TIME.fullmatch(text) or re.fullmatch(r"(\d{2})(\d{2})(\d{2})", text.zfill(6) if text.isdigit() and len(text) in (5, 6) else "")
    if not match:
        return -1
    hour, minute, second = (int(g or 0) for g in match.groups())
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else -1


def _fee(section: Section, memo: Texts) -> pd.arrays.IntegerArray:
    """The fee that a channel kept: a column of its own, else 服务费¥0.10 among the words."""
    if "fee" in section.roles:
        return _one(section, "fee")
    said = np.full(len(memo), None, dtype=object)
    for i, words_of in enumerate(memo.tolist()):
        match = _FEE.search(words_of)
        said[i] = match[1] if match else None
    return amounts.money(said)[0]


def _memo(section: Section, number: Texts) -> Texts:
    """Everything that the file says in words, each once; the transaction number has a column of its own."""
    places = [p for p in section.headers if p in section.roles.get("memo", ()) or heads.ALSO_MEMO.fullmatch(words.bare(section.headers[p]))]
    out = np.full(len(section.body), "", dtype=object)
    for place in places:
        more = section.texts(place)
        fresh = np.array([bool(m) and m not in o and m != n for m, o, n in zip(more, out, number, strict=True)], dtype=bool)
        out = np.where(fresh, np.where(out == "", more, out + " " + more), out)
    return out


def _ids(section: Section) -> Texts:
    """The column that numbers the transactions: among those that may, the best known whose values are the most distinct."""
    best, best_key = np.full(len(section.body), "", dtype=object), (0.0, 0)
    for place in section.roles.get("id", ()):
        values, _ = identifiers.ids(section.column(place))
        filled = values[values != ""]
        if not len(filled) or sum(" " in v for v in filled) * 2 > len(filled):
            continue
        share = round(len(set(filled)) / len(values) * 4)
        key = (float(share), -heads.rank(section.headers[place], heads.IDS))
        if best_key == (0.0, 0) or key > best_key:
            best, best_key = values, key
    return np.array(["" if _DASHES.fullmatch(str(v)) or set(str(v)) == {"0"} else v for v in best], dtype=object)


def _one(section: Section, role: str) -> pd.arrays.IntegerArray:
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
            raw[i] = None if _DASHES.fullmatch(text) else text
    return amounts.money(raw, words.unit_of_header(section.headers[place]) or 1)[0], sign


def _money(section: Section, said: Texts) -> _Money:
    """Signed fen of every row: from a pair of columns, from a mark, from the sign itself, or from the running balance."""
    income, expense = _fullest(section, "income"), _fullest(section, "expense")
    place = _fullest(section, "amount")
    if place is None or (income is not None and expense is not None):
        if income is not None or expense is not None:
            return _of_pair(section, income, expense)
        place = _fullest(section, "net")
    if place is None:
        blank = np.zeros(len(section.body), dtype=bool)
        return _Money(np.zeros(len(section.body), np.int64), blank, blank, blank, blank)
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


def _of_pair(section: Section, income: int | None, expense: int | None) -> _Money:
    n = len(section.body)
    parts = []
    for place in (income, expense):
        values = _fen(section, place)[0] if place is not None else pd.arrays.IntegerArray(np.zeros(n, np.int64), np.ones(n, bool))
        parts.append((values.to_numpy(np.int64, na_value=0), ~values.isna()))
    (come, come_known), (gone, gone_known) = parts
    if len(gone[gone != 0]) and (gone <= 0).all():
        gone = -gone  # 支出金额（-元）: this file writes what goes out with a minus
    red = (come < 0) | (gone < 0)
    known = come_known | gone_known
    return _Money(come - gone, known, np.zeros(n, dtype=bool), red, _filled(section, [i for i in (income, expense) if i is not None]))


def _of_one(section: Section, place: int, said: Texts) -> _Money:
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
        fen = _by_balance(fen, known, _one(section, "balance"))
    fen, known = np.where(back > 0, -back, fen), known | (back > 0)
    return _Money(fen, known, neutral, red, _filled(section, [place]))


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


def _foreign(section: Section) -> Flags:
    """Lines in another currency than the yuan."""
    said = section.text("currency")
    return np.asarray(said != "", dtype=bool) & ~found(_HOME, said)


def _troubles(section: Section, dated: Flags, money: _Money, good: Flags) -> list[Trouble]:
    foreign = _foreign(section)
    out: list[Trouble] = []
    footer = False
    for i in np.flatnonzero(~good).tolist():
        cells: list[Any] = [v for v in section.body[i] if v is not None and v != ""]
        if not cells:
            continue
        if not dated[i]:
            footer = (footer and not good[i - 1]) or any(isinstance(v, str) and _TOTAL.search(v) for v in cells)
            if footer or len(cells) <= 2:
                continue
        elif not money.written[i] and any(isinstance(v, str) and _TOTAL.search(v) for v in cells):
            continue  # 承前页, 期初余额: a balance under a date, no transaction
        row = int(section.rows[i])
        if not dated[i]:
            out.append(Trouble(row, "statement-line-date"))
        elif foreign[i]:
            out.append(Trouble(row, "statement-line-currency", str(section.text("currency")[i])[:12]))
        elif money.known[i]:
            out.append(Trouble(row, "statement-line-zero"))
        else:
            out.append(Trouble(row, "statement-line-amount"))
    return out
