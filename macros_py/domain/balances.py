"""What is owed today: days past due, bucket, and the amounts after the receipts that the ledger does not know of yet.

The four amounts stay four columns: overdue due now (open_amount), principal left, payoff, minimum due. When it is unknown whether
the ledger counts a receipt already, the case is not called: `nobody who has paid is called` stands over everything (domain.md).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.account_rules import COMPONENTS
from macros_py.domain.arrays import Flags, Ints, Texts, days, flags, known, text, whole
from macros_py.domain.bank_receipts import WAITING
from macros_py.domain.characters import simplified
from macros_py.domain.problems import Problem
from macros_py.domain.rules import BUCKET_STARTS, BUCKETS, WRITTEN_OFF, Rules
from macros_py.domain.spelling import may_mean
from macros_py.domain.tables import Result, Tables

UNKNOWN: Final = -1
ANY_SUM: Final = 10**14  # fen: more than anybody owes
PAID, UNCONFIRMED = "paid", "unconfirmed"  # balance_state
ASKED: Final = ("已收到回款，待核对台账", "a receipt covers it; to be confirmed with the ledger")  # why not now, zh and en
SETTLED_WORDS: Final = re.compile(
    r"(?<!未)(?<!没)(?:结清|还清|清偿|已还款?$|已付|销户|已收回|全额收回|settled|closed)|^(?:fully |already )?paid(?: off| in full)?$",
    re.IGNORECASE,
)
WRITTEN_OFF_WORDS: Final = re.compile(r"(?<!未)(?<!待)(?<!拟)核销|written.?off|charged.?off", re.IGNORECASE)
NO_MONEY: Final = re.compile(
    r"核销|退案|回购|债权转让|write.?off|hand.?back|buy.?back", re.IGNORECASE
)  # settles nothing that the debtor owes
WAIVED: Final = r"减免|免除|豁免|waive|Waive"
REVERSED: Final = re.compile(r"退款|冲正|退票|退回|refund|reversal|chargeback", re.IGNORECASE)


def as_of(tables: Tables, rules: Rules, today: date) -> Result:
    """The balances of every case as of the day.

    tables.cases: due_date, days_past_due (printed), overdue_amount, case_status, settled_on, written_off, customer
    tables.receipts: case_id, paid_on, amount, customer, payer, pay_channel
    tables.adjustments: what accrued (计提) and what was waived (减免) since the ledger's day; both change what is stated
    → cases + days_past_due (computed; NA unknown), days_to_due (int; > 0 before the due date), bucket,
      paid_fen (receipts that the ledger lacks), open_amount (still overdue; NA unknown), amount_confirmed (flag),
      settled (flag), balance_state ('' | paid | unconfirmed)
    """
    cases = tables.cases
    past, ahead = _days_past_due(cases, tables.data_as_of, today)
    sure, unsure = _receipts_since(tables, rules, today)
    stated, has_amount = whole(cases, "overdue_amount"), known(cases, "overdue_amount")
    stated, has_amount = _from_components(cases, stated, has_amount)
    stated = _adjusted(tables, stated, today)
    whole_sure, sure = sure, _shared_out(cases, sure, stated)
    left = np.maximum(stated - sure, 0)
    again = (sure < stated) & (whole_sure >= stated)  # a repeated case number: the money may have been meant for this row
    covered = has_amount & (stated > 0) & (((unsure > 0) & (sure + unsure >= stated)) | again)
    closed = _closed(cases, today) | (has_amount & (stated <= 0))
    settled = closed | (has_amount & (sure > 0) & (sure >= stated))
    state = np.where(settled & ~closed, PAID, np.where(covered & ~settled, UNCONFIRMED, "")).astype(object)
    open_fen = pd.Series(np.where(settled, 0, left), index=cases.index, dtype="Int64").mask(~has_amount & ~settled)
    table = cases.assign(
        days_to_due=ahead,
        **_aged(cases, past),
        paid_fen=pd.Series(sure, index=cases.index, dtype="Int64"),
        open_amount=open_fen,
        amount_confirmed=(unsure == 0) & has_amount,
        settled=settled,
        balance_state=pd.Series(state, index=cases.index, dtype="str"),
    )
    return table, _problems(tables, past, has_amount | settled, state)


def ageing(tables: Tables, rules: Rules, today: date) -> Result:
    """How long overdue, as as_of says it, where nobody asks for the balances: cases + days_past_due, bucket."""
    cases = tables.cases
    past, _ = _days_past_due(cases, tables.data_as_of, today)
    return cases.assign(**_aged(cases, past)), []


def _aged(cases: pd.DataFrame, past: Ints) -> dict[str, pd.Series]:
    return {
        "days_past_due": pd.Series(past, index=cases.index, dtype="Int64").mask(past < 0),
        "bucket": pd.Series(bucket_names(past, written_off(cases)), index=cases.index, dtype="str"),
    }


def bucket_codes(past: Ints) -> Ints:
    """Position in BUCKETS of days past due; −1 for unknown (negative) days."""
    return np.where(past < 0, UNKNOWN, np.searchsorted(BUCKET_STARTS, past, side="right"))


def bucket_names(past: Ints, written_off: Flags) -> Texts:
    """M0 … M7+, 已核销 kept apart, '' for unknown days."""
    names = np.array([*BUCKETS, ""], dtype=object)
    return np.where(written_off, WRITTEN_OFF, names[bucket_codes(past)])


def _days_past_due(cases: pd.DataFrame, data_as_of: date | None, today: date) -> tuple[Ints, Ints]:
    """Days past due (UNKNOWN where neither due date nor printed days are known) and days until the due date.

    The printed column serves only where no due date is known; it speaks of the ledger's day and grows from there.
    """
    due = days(cases, "due_date")
    dated = ~np.isnat(due)
    since = np.where(dated, (np.datetime64(today, "D") - np.where(dated, due, np.datetime64(today, "D"))).astype(np.int64), 0)
    printed = whole(cases, "days_past_due", UNKNOWN)
    aged = (today - data_as_of).days if data_as_of else 0
    undated = np.where(printed > 0, np.maximum(printed + aged, 0), printed)
    return np.where(dated, np.maximum(since, 0), undated), np.where(dated, np.maximum(-since, 0), 0)


def _from_components(cases: pd.DataFrame, stated: Ints, has: Flags) -> tuple[Ints, Flags]:
    """Where a case states no overdue amount: its principal, interest, penalty and fees, where the principal is known."""
    parts = sum((whole(cases, name) for name in ("principal", "interest", "penalty", "fees")), np.zeros(len(cases), dtype=np.int64))
    usable = ~has & known(cases, "principal")
    return np.where(usable, parts, stated), has | usable


def _adjusted(tables: Tables, stated: Ints, today: date) -> Ints:
    """What is stated, with what accrued and was waived after the ledger's day (all of it where the ledger names no day that can be relied on)."""
    table = tables.adjustments
    if table.empty:
        return stated
    on, base = days(table, "adjusted_on"), None if tables.as_of_counted else tables.data_as_of
    fen = sum((whole(table, f"adjusted_{part}") for part in COMPONENTS), np.zeros(len(table), dtype=np.int64))
    counts = (on <= np.datetime64(today, "D")) & (fen > 0) & ((on > np.datetime64(base, "D")) if base else ~np.isnat(on))
    waiver = pd.Series(text(table, "adjust_kind")).str.contains(WAIVED).to_numpy(dtype=bool)
    same, ids = pd.factorize(text(tables.cases, "case_id"))
    case = pd.Index(ids).get_indexer(pd.Index(text(table, "case_id")))
    counts &= (case >= 0) & (text(table, "case_id") != "")
    accrued, waived = (_sum(case[rows], fen[rows], len(ids))[same] for rows in (counts & ~waiver, counts & waiver))
    first = ~pd.Series(same).duplicated().to_numpy()
    more = stated + np.where(first, accrued, 0)
    return more - np.minimum(_shared_out(tables.cases, waived, more), more)


def _closed(cases: pd.DataFrame, today: date) -> Flags:
    """Closed by the ledger's own word. A settlement after the day does not count yet, so that any past day can be replayed."""
    code, distinct = pd.factorize(text(cases, "case_status"))
    says = np.array([bool(SETTLED_WORDS.search(str(w).strip())) for w in simplified(distinct)] + [False], dtype=bool)[code]
    on = days(cases, "settled_on")
    return np.where(np.isnat(on), says, on <= np.datetime64(today, "D"))


def written_off(cases: pd.DataFrame) -> Flags:
    """Written off by the ledger's flag or by the word of its status column."""
    code, distinct = pd.factorize(text(cases, "case_status"))
    says = np.array([bool(WRITTEN_OFF_WORDS.search(str(w))) for w in simplified(distinct)] + [False], dtype=bool)[code]
    return np.asarray(flags(cases, "written_off") | says, dtype=bool)


def _receipts_since(tables: Tables, rules: Rules, today: date) -> tuple[Ints, Ints]:
    """Fen per case number received after the ledger's day (sure), and fen of which nobody knows whether the ledger counts them (unsure).

    Sure: after data_as_of. Unsure: on that very day, or on a day that nobody can read; the last days (rules.promises.unconfirmed_days)
    where the ledger names no day or is known by its days past due only (as_of_counted), and for a case that the last press asked about
    all days since it is due: a question does not lapse; of an amount that nobody can read (it may be all); and receipts without a known
    case whose customer or payer is one of ours, or whose number may mean several cases. The day of the last press tells nothing of the
    ledger, and using it would let a second press on the same day forget what the first one asked about.
    """
    cases, receipts = tables.cases, tables.receipts
    nothing = np.zeros(len(cases), dtype=np.int64)
    if receipts.empty or cases.empty:
        return nothing, nothing.copy()
    fen, counts = _money(receipts)
    on = days(receipts, "paid_on")
    day = np.datetime64(today, "D")
    undated = counts & np.isnat(on) & known(receipts, "amount")
    counts &= on <= day
    base = tables.data_as_of
    window = timedelta(days=rules.promises.unconfirmed_days)
    since = np.datetime64(base or today - window, "D")
    doubt = np.datetime64(base - window, "D") if base and tables.as_of_counted else since
    same, ids = pd.factorize(text(cases, "case_id"))
    case = np.where(text(receipts, "case_id") == "", UNKNOWN, pd.Index(ids).get_indexer(pd.Index(text(receipts, "case_id"))))
    fresh = counts & (on > since)
    certain = fresh & (case >= 0) & known(receipts, "amount") if base else np.zeros(len(receipts), dtype=bool)
    asked = _asked(cases) & (base is None or tables.as_of_counted)
    waits, due = (pd.Series(v).groupby(same) for v in (asked, days(cases, "due_date")))
    still = np.append(waits.any().to_numpy(), False)[case] & ~(on < np.append(due.min().to_numpy(), np.datetime64("NaT"))[case])
    doubtful = (undated | (counts & ((on >= doubt) | still) & ~certain)) & (case >= 0)
    sure, unsure = (_sum(case[rows], fen[rows], len(ids))[same] for rows in (certain, doubtful))
    lost = (undated | (counts & (on >= doubt))) & (case < 0)
    older = counts & (on < doubt) & (case < 0)
    unsure += _by_name(cases, receipts[lost], fen[lost]) + np.where(asked, _by_name(cases, receipts[older], fen[older]), 0)
    word, meant = may_mean(text(receipts, "case_id")[lost], text(cases, "case_id"))
    np.add.at(unsure, meant, fen[lost][word])
    return np.maximum(sure, 0), np.maximum(unsure, 0)


def _asked(cases: pd.DataFrame) -> Flags:
    """Whom the last press left alone because of a receipt, as its own column in the ledger says."""
    code, distinct = pd.factorize(text(cases, "hold_why"))
    return np.array([str(why).startswith(ASKED) for why in distinct] + [False], dtype=bool)[code]


def _money(receipts: pd.DataFrame) -> tuple[Ints, Flags]:
    """Signed fen of each receipt (a refund takes away; an unknown amount may be all), and which rows are money or a waiver at all."""
    code, distinct = pd.factorize(text(receipts, "pay_channel"))
    none = np.array([bool(NO_MONEY.search(str(w))) for w in simplified(distinct)] + [False], dtype=bool)[code]
    back = np.array([bool(REVERSED.search(str(w))) for w in simplified(distinct)] + [False], dtype=bool)[code]
    fen = whole(receipts, "amount", ANY_SUM)
    return np.where(back, -np.abs(fen), fen), ~none & (known(receipts, "amount") | ~back)


def _sum(case: Ints, fen: Ints, n: int) -> Ints:
    out = np.zeros(n, dtype=np.int64)
    np.add.at(out, case, fen)
    return out


def _shared_out(cases: pd.DataFrame, sure: Ints, stated: Ints) -> Ints:
    """What each row gets of the receipts of its case number: instalments under one number are served in the order of their due dates."""
    if not (sure > 0).any():
        return sure
    ids = text(cases, "case_id")
    at = np.flatnonzero(pd.Series(ids).duplicated(keep=False).to_numpy() & (sure > 0))
    if not len(at):
        return sure
    out = sure.copy()
    at = at[np.lexsort((days(cases, "due_date")[at], pd.factorize(ids[at])[0]))]
    group = pd.factorize(ids[at])[0]
    before = pd.Series(stated[at]).groupby(group).cumsum().to_numpy() - stated[at]
    out[at] = np.clip(sure[at] - before, 0, stated[at])
    return out


def _by_name(cases: pd.DataFrame, lost: pd.DataFrame, fen: Ints) -> Ints:
    """Receipts without a known case, per case whose customer is named as customer or payer there: a reason to ask, no posting."""
    out = np.zeros(len(cases), dtype=np.int64)
    if lost.empty:
        return out
    named = np.where(text(lost, "customer") != "", text(lost, "customer"), text(lost, "payer"))
    total = pd.Series(fen).groupby(named).sum()
    total = total[total.index != ""]
    where = pd.Index(total.index).get_indexer(pd.Index(text(cases, "customer"))) if len(total) else np.full(len(cases), -1)
    return np.where(where >= 0, np.append(total.to_numpy(dtype=np.int64), 0)[where], 0)


def _problems(tables: Tables, past: Ints, has_amount: Flags, state: Texts) -> list[Problem]:
    found = []
    for code, count in (
        ("receipt-unconfirmed", int((state == UNCONFIRMED).sum())),
        ("overdue-unknown", int((~has_amount).sum())),
        ("days-unknown", int((past < 0).sum())),
        ("receipt-without-case", _without_case(tables)),
    ):
        if count:
            found.append(Problem(code, values={"count": count}))
    return found


def _without_case(tables: Tables) -> int:
    """Receipts whose case number is empty or stands in no ledger row; lines of statements that wait are told by 对账."""
    if tables.receipts.empty:
        return 0
    known = pd.Index(text(tables.receipts, "case_id")).isin(set(text(tables.cases, "case_id")) - {""})
    return int((~known & (text(tables.receipts, "pay_channel") != WAITING)).sum())
