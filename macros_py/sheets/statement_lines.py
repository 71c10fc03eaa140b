"""One table of a statement → its lines in our columns, and the rows of it that were not understood."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.sheets import cells as k
from macros_py.sheets import dates, identifiers
from macros_py.sheets import header_words as words
from macros_py.sheets import statement_headers as heads
from macros_py.sheets.statement_amounts import Money, fees, money_of, one_of
from macros_py.sheets.statement_section import DASHES, Section
from macros_py.sheets.statement_states import Flags, Ints, Texts, found, per_distinct, states

_TOTAL: Final = re.compile(
    r"合\s*计|总\s*计|小\s*计|总笔数|总交易|总金额|汇总|承前页|过次页|期初|期末|上期|本页|以上|注[：:]|说明|打印|共\s*\d+|^#|^-{3,}|total|opening|closing|brought forward",
    re.IGNORECASE,
)
_SUMMARY: Final = re.compile(
    r"(?:本[日月年期页]|当[日月期]|今日|累计)?(?:合\s*计|总\s*计|小\s*计|累\s*计)(?:数|额|金额)?|(?:上?期|本期|[日月年])[初末](?:余额|结余)|上[期页日](?:余额|结余|结转)|承前页|过次页|结转[上下][页期年]"
    r"|(?:opening|closing|starting|ending|final|previous)\s+balance|balance\s+(?:brought|carried)\s+(?:forward|down)|[bc]/f|(?:sub|grand)?\s*totals?(?:\s+(?:debits?|credits?|in|out|amount))?",
    re.IGNORECASE,
)  # the whole of a cell, also beside a date and amounts: sums of the statement, no transaction
_HOME: Final = re.compile(r"人民币|CNY|RMB|CNH|￥|¥|^元$|^156$|^01$|^10$|本币", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?=(?:\D*\d){4})\S+")
_TIME: Final = re.compile(r"(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?")
_GIVEN_BACK: Final = re.compile(r"退款|退回|退还|退汇|冲正|冲销|refund|revers(?:al|ed)", re.IGNORECASE)
_FLAG: Final = re.compile(r"标志|标识|flag", re.IGNORECASE)


@dataclass(frozen=True)
class Trouble:
    """A row that is not understood: its Excel row, and a code of the catalogue."""

    row: int
    code: str
    shown: str = ""


def lines(section: Section) -> tuple[pd.DataFrame, list[Trouble]]:
    """→ columns IMPORTED without source, file and key (account only where a column names it), `row` (Excel row), and what is not understood.

    Rows of totals, notes and page footers are passed over; zero amounts and other currencies are told.
    """
    when = _moments(section)
    number = _ids(section, ~np.isnat(when))
    memo, kind = _memo(section, number), section.text("type")
    money = money_of(section, memo + "|" + kind)
    dated = ~np.isnat(when)
    summed = _summed(section)
    good = dated & money.known & (money.fen != 0) & ~_foreign(section) & ~summed
    table = _table(section, when, money, memo, kind).assign(transaction_id=number)
    trouble = _troubles(section, dated, money, good | (dated & summed))
    return conform(table[good].reset_index(drop=True), c.IMPORTED).assign(row=section.rows[good]), trouble


def _table(section: Section, when: dates.Moments, money: Money, memo: Texts, kind: Texts) -> pd.DataFrame:
    status, flag = _status(section)
    said = np.where((kind == "") | (memo == kind), memo, np.where(memo == "", kind, kind + " " + memo))
    payer, number, own = _parties(section, money.fen, found(_GIVEN_BACK, status + "|" + said))
    return pd.DataFrame(
        {
            "paid_at": when,
            "amount": pd.array(money.fen, dtype="Int64"),
            "payer": payer,
            "payer_account": number,
            "account": own,
            "memo": said,
            "balance": one_of(section, "balance"),
            "fee": fees(section, memo),
            "stated": states(money.fen, status, kind, memo, payer, flag, money.neutral, money.red),
        }
    )


def _parties(section: Section, fen: Ints, given_back: Flags) -> tuple[Texts, Texts, Texts]:
    """Counterparty, its account, and the own account of each row.

    Who paid and who was paid are told by the way of the money. Where a file has columns of payers only, they stand for the customer also on a
    line that gives something back, and of a line that went out they tell the own account never: a customer's would pass for it.
    """
    inwards = fen >= 0
    payer, number, own = section.text("payer"), section.text("payer_account"), section.text("account")
    both = bool(section.roles.get("to_name") or section.roles.get("to_account"))
    theirs = inwards if both else inwards | given_back | _also_paid(section, inwards)
    payer = np.where(payer == "", np.where(theirs, section.text("from_name"), section.text("to_name")), payer)
    number = np.where(number == "", np.where(theirs, section.text("from_account"), section.text("to_account")), number)
    sent = section.text("from_account") if both else np.full(len(fen), "", dtype=object)
    return payer, number, np.where(own == "", np.where(inwards, section.text("to_account"), sent), own)


def _also_paid(section: Section, inwards: Flags) -> Flags:
    """Rows whose payer stands as the payer of money that came in as well: not the company."""
    name = section.text("from_name")
    return np.asarray(np.isin(name, list(set(name[inwards]) - {""})), dtype=bool)


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


def _memo(section: Section, number: Texts) -> Texts:
    """Everything that the file says in words, each once; the transaction number has a column of its own."""
    out = np.full(len(section.body), "", dtype=object)
    for place, header in section.headers.items():
        typed = heads.ALSO_MEMO.fullmatch(words.bare(header)) is not None
        if not typed and place not in section.roles.get("memo", ()):
            continue
        more = section.texts(place)
        fresh = np.array([bool(m) and m not in o and (typed or m != n) for m, o, n in zip(more, out, number, strict=True)], dtype=bool)
        out = np.where(fresh, np.where(out == "", more, out + " " + more), out)
    return out


def _ids(section: Section, dated: Flags) -> Texts:
    """The column that numbers the transactions: among those that may, the best known whose values are distinct enough (a payment and its
    fee may share one).

    A reference that people type (LOAN CS20260001) numbers nothing: such a column counts only where every value is one word with digits, and
    no two are the same.
    """
    best, best_key = np.full(len(section.body), "", dtype=object), (0.0, 0)
    for place in section.roles.get("id", ()):
        values, _ = identifiers.ids(section.column(place))
        filled = values[dated & (values != "")]
        typed = heads.ALSO_MEMO.fullmatch(words.bare(section.headers[place])) is not None
        told = (
            len(set(filled)) == len(filled) and all(map(_NUMBERED.fullmatch, filled))
            if typed
            else sum(" " in v for v in filled) * 2 <= len(filled)
        )
        if not len(filled) or not told:
            continue
        key = (float(len(set(filled)) >= 0.45 * int(dated.sum())), -heads.rank(section.headers[place], heads.IDS))
        if best_key == (0.0, 0) or key > best_key:
            best, best_key = values, key
    return np.array(["" if DASHES.fullmatch(str(v)) or set(str(v)) == {"0"} else v for v in best], dtype=object)


def _summed(section: Section) -> Flags:
    """Rows that say 本日合计, 期末余额, closing balance: they repeat what other rows said."""
    out = np.zeros(len(section.body), dtype=bool)
    for role in ("memo", "type", "payer", "from_name", "status", "id", "ignored", ""):
        for place in section.roles.get(role, ()):
            said = per_distinct(section.texts(place), lambda v: bool(_SUMMARY.fullmatch(v.strip(" ：:"))), "bool")
            out |= np.asarray(said, dtype=bool)
    return out


def _foreign(section: Section) -> Flags:
    """Lines in another currency than the yuan."""
    said = section.text("currency")
    return np.asarray(said != "", dtype=bool) & ~found(_HOME, said)


def _troubles(section: Section, dated: Flags, money: Money, good: Flags) -> list[Trouble]:
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
