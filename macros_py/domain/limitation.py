"""诉讼时效: when the period for suing ends, and how sure that is.

3 years from the due date (民法典 188; of instalments from the last one's, 189: a ledger that knows only one due date is taken at its
word), again from the day on which a demand arrived, the debt was acknowledged or suit was brought (195). An expired limitation is
never hidden: the case goes to legal review. Evidence of a restart that nobody has confirmed makes it doubtful, not saved.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import NO_DAY, Days, Ints, days, text, whole
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables

EXPIRED, DOUBTFUL, NEAR, RUNNING, UNKNOWN = "expired", "doubtful", "near", "running", ""  # limitation_state
DEFAULT_YEARS: Final = 3
ACKNOWLEDGED: Final = re.compile(r"承诺|同意还|分期|延期|promise|ptp", re.IGNORECASE)
RETURNED: Final = re.compile(r"退回|退件|拒收|未签|无人签收|returned|refused", re.IGNORECASE)
DELIVERED: Final = re.compile(r"签收|送达|妥投|delivered", re.IGNORECASE)


def state(tables: Tables, rules: Rules, today: date) -> Result:
    """How far the limitation of each case has run.

    tables.cases: due_date, last_demand; tables.letters, contacts, receipts: evidence of a restart
    → cases + limitation_on (last day), limitation_days (Int, days left; negative = expired; NA unknown), limitation_from (its start),
      limitation_state: expired | doubtful (expired but for unconfirmed evidence) | near | running | '' (no due date known)
    """
    cases = tables.cases
    years = _years(rules, today)
    day = np.datetime64(today, "D")
    due, demand = days(cases, "due_date"), days(cases, "last_demand")
    begun = np.where(np.isnat(due), demand, np.fmax(due, np.where(demand <= day, demand, NO_DAY)))
    ends = years_after(begun, years)
    left = np.where(np.isnat(ends), 0, (ends - day).astype("timedelta64[D]").astype(np.int64))
    known_ = ~np.isnat(ends)
    over = known_ & (left < 0)
    evidence = _evidence(tables, today)
    saved = over & ~np.isnat(evidence) & (evidence > begun) & (years_after(evidence, years) >= day)
    word = np.select(
        [~known_, saved, over, left <= rules.strategy.limitation_warning_days], [UNKNOWN, DOUBTFUL, EXPIRED, NEAR], RUNNING
    ).astype(object)
    table = cases.assign(
        limitation_from=begun.astype("datetime64[s]"),
        limitation_on=ends.astype("datetime64[s]"),
        limitation_days=pd.Series(left, index=cases.index, dtype="Int64").mask(~known_),
        limitation_state=pd.Series(word, index=cases.index, dtype="str"),
    )
    return table, _problems(word)


def years_after(day: Days, years: int) -> Days:
    """The same day so many years later; 29 February ends on the 28th where there is none (民法典 202)."""
    month = day.astype("datetime64[M]")
    later = month + 12 * years
    last = (later + 1).astype("datetime64[D]") - 1
    return np.asarray(np.fmin(later.astype("datetime64[D]") + (day - month.astype("datetime64[D]")), last), dtype="datetime64[D]")


def _years(rules: Rules, today: date) -> int:
    """The years of the rule "limitation" in force; 3 where the sheet has none that reads."""
    for rule in rules.compliance.rules:
        in_force = (rule.valid_from is None or rule.valid_from <= today) and (rule.valid_until is None or today <= rule.valid_until)
        found = re.search(r"\d+", rule.value) if rule.id == "limitation" and in_force else None
        if found and int(found[0]) > 0:
            return int(found[0])
    return DEFAULT_YEARS


def _evidence(tables: Tables, today: date) -> Days:
    """The latest day on which each case's limitation may have restarted: a payment, a promise, a letter that arrived."""
    if tables.receipts.empty and tables.contacts.empty and tables.letters.empty:
        return np.full(len(tables.cases), NO_DAY)
    ids = text(tables.cases, "case_id")
    first = ~pd.Series(ids).duplicated().to_numpy()
    index = pd.Index(ids[first])
    latest = np.full(len(index) + 1, np.iinfo(np.int64).min, dtype=np.int64)
    for table, when, take in _sources(tables):
        where = index.get_indexer(pd.Index(text(table, "case_id")))
        good = take & (where >= 0) & ~np.isnat(when) & (when <= np.datetime64(today, "D"))
        np.maximum.at(latest, where[good], when[good].astype(np.int64))
    found: Ints = latest[index.get_indexer(pd.Index(ids))]
    return np.where(found == np.iinfo(np.int64).min, NO_DAY, found.astype("datetime64[D]"))


def _sources(tables: Tables) -> list[tuple[pd.DataFrame, Days, Any]]:
    receipts, log, letters = tables.receipts, tables.contacts, tables.letters
    promised = _says(text(log, "outcome"), ACKNOWLEDGED) | ~np.isnat(days(log, "promised_on"))
    arrived = _says(text(letters, "delivery"), DELIVERED) & ~_says(text(letters, "delivery"), RETURNED)
    return [
        (receipts, days(receipts, "paid_on"), whole(receipts, "amount") > 0),
        (log, days(log, "contacted_at"), promised),
        (letters, days(letters, "sent_on"), arrived),
    ]


def _says(words: Any, pattern: re.Pattern[str]) -> Any:
    code, distinct = pd.factorize(words)
    return np.array([bool(pattern.search(str(w))) for w in distinct] + [False], dtype=bool)[code]


def _problems(word: Any) -> list[Problem]:
    counts = {"limitation-expired": int((word == EXPIRED).sum()), "limitation-doubtful": int((word == DOUBTFUL).sum())}
    return [Problem(code, values={"count": count}) for code, count in counts.items() if count]
