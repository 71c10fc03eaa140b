"""What the contact log says of each case: the last contact, the last time the debtor in person was reached, the calls of today.

What the words of the log mean stands in domain.contact_results. The log is read up to the end of the day: any past day can be replayed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import contact_results as results
from macros_py.domain.arrays import NO_DAY, Days, Flags, Ints, Texts, days, text
from macros_py.domain.characters import simplified
from macros_py.domain.customers import customer_keys
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables

BAD_NUMBER: Final = re.compile(r"号码无效|无效号|空号|停机|错号|非本人|invalid|wrong number", re.IGNORECASE)
REFUSES: Final = re.compile(r"拒绝还|拒还|refus", re.IGNORECASE)
IN_HARDSHIP: Final = re.compile(r"困难|无力|失业|生病|住院|hardship|cannot pay|unemployed", re.IGNORECASE)
CLAIMS_PAID: Final = re.compile(r"已还|称还|已付|已转账|claims? paid|already paid", re.IGNORECASE)
FREE_WORDS: Final = re.compile(
    r"^\s*(?:[-=+@]\s*)?(?:其他|备注|见备注|other)?\s*$", re.IGNORECASE
)  # the outcome says nothing: the note may
NONE: Final = -1


def of(tables: Tables, rules: Rules, today: date) -> Result:
    """The history of every case as of the day.

    tables.cases: case_id, customer_key, phone; tables.contacts: the log
    → cases + last_contact (date), customer_last_contact (of any case of the customer), last_result (text), last_effective (date; of the
      customer), days_since_effective (Int; NA never), attempts (int),
      reach_rate (0..1; NaN never called), dialled_today (calls to the case's number), effective_today (of the customer),
      callback (date), misses_in_a_row (int), number_bad, refuses, hardship_said (flags), claims_paid (date), last_visit, last_sms (dates)
    """
    seen = _Seen.of(tables, today)
    return tables.cases.assign(**_contacts(seen, today), **_calls(seen), **_last_days(seen)), []


@dataclass(frozen=True)
class _Seen:
    """The log up to the day. line: row of the case of each entry (NONE: not ours); words: what was said to have happened; called, visited,
    reached, now (of that day): per entry; same: rows with one case number share its log.
    """

    cases: pd.DataFrame
    log: pd.DataFrame
    line: Ints
    words: Texts
    called: Flags
    visited: Flags
    reached: Flags
    now: Flags
    same: Ints

    @classmethod
    def of(cls, tables: Tables, today: date) -> _Seen:
        log, line = _until(tables, today)
        words = _words(log)
        judged = log.assign(outcome=pd.Series(words, index=log.index, dtype="str"))
        now = days(log, "contacted_at") == np.datetime64(today, "D")
        marks = results.dialled(log), results.visited(log), results.reached(judged)
        return cls(tables.cases, judged, line, words, *marks, now, first_rows(tables.cases))

    @property
    def n(self) -> int:
        return len(self.cases)

    @property
    def when(self) -> npt.NDArray[np.datetime64]:
        return self.log["contacted_at"].to_numpy()

    @property
    def ours(self) -> Flags:
        return self.line >= 0

    def latest(self, take: Flags) -> Ints:
        """The latest entry per case among `take`."""
        return _latest(self.line, self.when, self.ours & take, self.n)

    def last_day(self, take: Flags) -> Days:
        """The day of each case's latest entry among `take`."""
        return _day_at(self.when, self.latest(take))[self.same]


def _contacts(seen: _Seen, today: date) -> dict[str, Any]:
    """The last contact of each case, and when its customer was last reached in person."""
    customer, everything = _customers(seen.cases), np.ones(len(seen.log), dtype=bool)
    last_contact = seen.last_day(everything)
    effective = _latest_of(customer, seen.last_day(seen.reached))
    since = (np.datetime64(today, "D") - effective).astype("timedelta64[D]")
    never = np.isnat(since)
    return {
        "last_contact": last_contact.astype("datetime64[s]"),
        "customer_last_contact": _latest_of(customer, last_contact).astype("datetime64[s]"),
        "last_result": pd.Series(np.append(seen.words, "")[seen.latest(everything)][seen.same], index=seen.cases.index, dtype="str"),
        "last_effective": effective.astype("datetime64[s]"),
        "days_since_effective": pd.Series(np.where(never, 0, since).astype(np.int64), index=seen.cases.index, dtype="Int64").mask(never),
    }


def _calls(seen: _Seen) -> dict[str, Any]:
    """Attempts, those of today, and what they say of the number."""
    n, same, calls_today = seen.n, seen.same, seen.now & seen.called
    calls = np.bincount(seen.line[seen.ours & seen.called], minlength=n)
    talks = np.bincount(seen.line[seen.ours & seen.called & seen.reached], minlength=n)
    return {
        "attempts": calls[same],
        "reach_rate": np.divide(talks, calls, out=np.full(n, np.nan), where=calls > 0)[same],
        "dialled_today": _dialled_today(seen.cases, seen.log, seen.ours & calls_today, seen.line),
        "effective_today": _of_customer(_customers(seen.cases), seen.line[seen.ours & calls_today & seen.reached]),
        "callback": _callback(seen.log, seen.line, seen.when, n)[same].astype("datetime64[s]"),
        "misses_in_a_row": _misses(seen.line, seen.when, seen.ours & seen.called, seen.reached, n)[same],
        "number_bad": _bad_number(seen),
    }


def _last_days(seen: _Seen) -> dict[str, Any]:
    """What the debtor last said, and the days of the last visit and SMS."""
    reached = seen.latest(seen.reached)
    days_of = {"claims_paid": results.says(seen.log["outcome"], CLAIMS_PAID), "last_visit": seen.visited, "last_sms": _sms(seen.log)}
    return {
        "refuses": _said(seen.words, reached, REFUSES)[seen.same],
        "hardship_said": _said(seen.words, reached, IN_HARDSHIP)[seen.same],
        **{name: seen.last_day(take).astype("datetime64[s]") for name, take in days_of.items()},
    }


def _until(tables: Tables, today: date) -> tuple[pd.DataFrame, Ints]:
    """The log up to the end of the day, and the row of the case of each entry (−1: not ours)."""
    log = tables.contacts
    log = log[~(log["contacted_at"].to_numpy() >= np.datetime64(today, "s") + np.timedelta64(1, "D"))].reset_index(drop=True)
    if log.empty:
        return log, np.empty(0, dtype=np.int64)
    ids = text(tables.cases, "case_id")
    first = ~pd.Series(ids).duplicated().to_numpy() & (ids != "")
    rows = np.append(np.flatnonzero(first), NONE)
    return log, np.asarray(rows[pd.Index(ids[first]).get_indexer(pd.Index(text(log, "case_id")))], dtype=np.int64)


def _words(log: pd.DataFrame) -> Texts:
    """What was said to have happened: the outcome, or the note where the outcome column is empty or points there."""
    outcome = text(log, "outcome")
    code, distinct = pd.factorize(outcome)
    silent = np.array([bool(FREE_WORDS.match(w)) for w in simplified(distinct)] + [False], dtype=bool)[code]
    return np.where(silent, text(log, "note"), outcome)


def _latest(line: Ints, when: npt.NDArray[np.datetime64], take: Flags, n: int) -> Ints:
    """The latest entry per case among `take` (later rows win at equal times), −1 for none."""
    out = np.full(n, NONE, dtype=np.int64)
    at = np.flatnonzero(take)
    stamp = np.where(np.isnat(when[at]), np.datetime64(0, "s"), when[at])
    at = at[np.argsort(stamp, kind="stable")]
    out[line[at]] = at
    return out


def _day_at(when: npt.NDArray[np.datetime64], position: Ints) -> Days:
    return np.append(when.astype("datetime64[D]"), NO_DAY)[position]


def _dialled_today(cases: pd.DataFrame, log: pd.DataFrame, today_calls: Flags, line: Ints) -> Ints:
    """Calls today to the number of each case: a number shared by several cases counts for all of them."""
    number = text(log, "number")[today_calls]
    own = text(cases, "phone")
    number = np.where(number == "", np.append(own, "")[line[today_calls]], number)
    per_number = pd.Series(number[number != ""]).value_counts()
    counted = np.append(per_number.to_numpy(dtype=np.int64), 0)[per_number.index.get_indexer(pd.Index(own))] if len(per_number) else 0
    unnumbered = np.bincount(line[today_calls][number == ""], minlength=len(cases))
    return np.asarray(np.where(own == "", unnumbered, counted), dtype=np.int64)


def first_rows(cases: pd.DataFrame) -> Ints:
    """For each case the first row with its case number (itself where it has none)."""
    ids = text(cases, "case_id")
    code, _ = pd.factorize(ids)
    first = np.full(int(code.max(initial=-1)) + 1, len(cases), dtype=np.int64)
    np.minimum.at(first, code, np.arange(len(cases)))
    return np.where(ids == "", np.arange(len(cases)), first[code])


def _customers(cases: pd.DataFrame) -> Ints:
    """The number of each case's customer."""
    return np.asarray(pd.factorize(customer_keys(cases))[0], dtype=np.int64)


def _latest_of(group: Ints, day: Days) -> Days:
    """The latest day among the cases of each customer: who was spoken to was spoken to for all of them."""
    latest = np.full(int(group.max(initial=-1)) + 1, np.iinfo(np.int64).min, dtype=np.int64)
    np.maximum.at(latest, group, day.astype(np.int64))
    return latest[group].astype("datetime64[D]")  # the least number is NaT


def _of_customer(group: Ints, line: Ints) -> Ints:
    """How many of the entries belong to each case's customer."""
    count = np.bincount(group[line], minlength=int(group.max(initial=-1)) + 1)
    return np.asarray(count[group], dtype=np.int64)


def _callback(log: pd.DataFrame, line: Ints, when: npt.NDArray[np.datetime64], n: int) -> Days:
    """The agreed day of the case's latest entry, where it agreed one: a later contact overtakes it."""
    agreed = days(log, "callback_on")
    return np.append(agreed, NO_DAY)[_latest(line, when, line >= 0, n)]


def _misses(line: Ints, when: npt.NDArray[np.datetime64], calls: Flags, reached: Flags, n: int) -> Ints:
    """Calls since the debtor was last reached."""
    last = _latest(line, when, calls & reached, n)
    since = np.where(last < 0, np.datetime64("NaT", "s"), np.append(when, np.datetime64("NaT", "s"))[last])
    newer = calls & ~reached & ~(when <= since[line])
    return np.bincount(line[newer], minlength=n)


def _bad_number(seen: _Seen) -> Flags:
    """Where the latest call to the case's number found it invalid. A call to the debtor that names no number went to the ledger's."""
    log, own = seen.log, text(seen.cases, "phone")
    number = text(log, "number")
    unnamed = (number == "") & log["relation"].isin(results.SELF).to_numpy(dtype=bool)
    number = np.where(unnamed, np.append(own, "")[seen.line], number)
    at = np.flatnonzero(seen.called & (number != ""))
    at = at[np.argsort(log["contacted_at"].to_numpy()[at], kind="stable")]
    last = pd.Series(at, index=number[at])
    last = last[~last.index.duplicated(keep="last")]
    bad = last[results.says(log["outcome"], BAD_NUMBER)[last.to_numpy()]].index
    return np.asarray(pd.Index(own).isin(list(bad)), dtype=bool)


def _said(words: Texts, last: Ints, pattern: re.Pattern[str]) -> Flags:
    """Whether the debtor's own last word matches."""
    said = results.says(pd.Series(words, dtype="str"), pattern)
    return np.append(said, False)[last]


def _sms(log: pd.DataFrame) -> Flags:
    return results.says(log["channel"], re.compile(r"短信|sms|text message", re.IGNORECASE))
