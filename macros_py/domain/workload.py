"""Customers as units of work: who has them now, what they are worth, how many seconds they take, whom they suit.

One debtor has one owner, so everything is gathered by customer_key before anything is shared out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import contact_results as log
from macros_py.domain.arrays import Flags, Ints, Texts, days, flags, known, text, whole
from macros_py.domain.open_lines import sum_of
from macros_py.domain.rules import BUCKETS, Rules
from macros_py.domain.tables import Tables

Floats = npt.NDArray[np.float64]

AMOUNT_BANDS: Final = (0, 100_000, 500_000, 2_000_000, 10_000_000)  # lower ends in fen: 0, ¥1,000, ¥5,000, ¥20,000, ¥100,000
VISIT_STEP: Final = ("外访", "上门", "visit")
NOBODY: Final = -1
LEAST_VALUE: Final = 0.1  # a customer with score 0 still deserves an owner where there is room


@dataclass(frozen=True)
class Units:
    """One entry per customer in every array but of_case (the unit of each case of the ledger).

    lead: the case with most owed; owner: position in the roster, NOBODY when there is none; owner_name: also of people who left;
    edited: a manager changed the collector since the last press; moved: an earlier press gave it to another than the ledger names;
    named: the ledger names an active collector for it;
    stale: its owner has not reached it for stale_days.
    value: the best priority of its cases; seconds: expected work in the period; stratum: bucket × amount band.
    """

    of_case: Ints
    lead: Ints
    settled: Flags
    held: Flags
    owner: Ints
    owner_name: Texts
    edited: Flags
    moved: Flags
    named: Flags
    stale: Flags
    value: Floats
    seconds: Ints
    bucket: Ints
    stratum: Ints
    amount: Ints
    visit: Flags
    senior: Flags  # intensive or legal tier: field collectors may have it
    legal: Flags

    def __len__(self) -> int:
        return len(self.lead)

    @property
    def workable(self) -> Flags:
        """Those that cost minutes: something is owed and nothing holds them."""
        out: Flags = ~(self.settled | self.held)
        return out


def gather(tables: Tables, people: pd.DataFrame, rules: Rules, today: date) -> Units:
    """cases: customer_key, open_amount, settled, hold, priority, bucket, tier, next_action, letter_due, owner, assigned_owner, owner_seen
    and contacts → Units. A missing column counts as unknown."""
    cases = tables.cases
    of_case, count = _units(cases)
    owed = ~flags(cases, "settled") & (~known(cases, "open_amount") | (whole(cases, "open_amount") > 0))
    money = np.where(owed, whole(cases, "open_amount"), 0)
    lead = _first_of(of_case, np.lexsort((-money, ~owed, of_case)), count)
    tier = _worst_tier(cases, of_case, owed, count, rules)
    bucket = _most(of_case, np.where(owed, _bucket(cases), 0), count)
    amount = sum_of(of_case, money, count)
    owner_name, edited = _present_owner(cases, of_case, owed, money, count)
    named, moved = _named_and_moved(cases, of_case, owed, money, owner_name, people)
    owner = pd.Index(people["person"].to_numpy(dtype=object)).get_indexer(pd.Index(owner_name)).astype(np.int64)
    visit = _any(of_case, owed & _says(cases, "next_action", VISIT_STEP), count)
    letter = _any(of_case, owed & (text(cases, "letter_due") != ""), count)
    band = np.searchsorted(AMOUNT_BANDS, amount, side="right") - 1
    names = [step.name for step in rules.strategy.ladder]
    return Units(
        of_case=of_case,
        lead=lead,
        settled=~_any(of_case, owed, count),
        held=_held(cases, of_case, owed, today, count),
        owner=owner,
        owner_name=owner_name,
        edited=edited,
        moved=moved,
        named=named,
        stale=_stale(tables, of_case, owner_name, edited | moved | ~named, rules, today, count),
        value=np.maximum(_value(cases, of_case, owed, count), LEAST_VALUE),
        seconds=_seconds(tier, visit, letter, rules),
        bucket=bucket,
        stratum=bucket * len(AMOUNT_BANDS) + np.clip(band, 0, None),
        amount=amount,
        visit=visit,
        senior=tier >= _position(names, "intensive", 2),
        legal=tier >= _position(names, "legal", 3),
    )


def _units(cases: pd.DataFrame) -> tuple[Ints, int]:
    key = text(cases, "customer_key")
    alone = key == ""
    if alone.any():
        key = key.copy()
        key[alone] = [f"case {n}" for n in np.flatnonzero(alone)]
    codes, distinct = pd.factorize(key)
    return codes.astype(np.int64), len(distinct)


def _first_of(of_case: Ints, order: Ints, count: int) -> Ints:
    out: Ints = np.zeros(count, dtype=np.int64)
    out[of_case[order][::-1]] = order[::-1]
    return out


def _most(of_case: Ints, values: Ints, count: int) -> Ints:
    out: Ints = np.zeros(count, dtype=np.int64)
    np.maximum.at(out, of_case, values)
    return out


def _any(of_case: Ints, marked: Flags, count: int) -> Flags:
    out: Flags = np.bincount(of_case[marked], minlength=count) > 0
    return out


def _held(cases: pd.DataFrame, of_case: Ints, owed: Flags, today: date, count: int) -> Flags:
    """Customers of whom nothing may be worked: a hold on the customer, or for every case that is owed one of its own or a hand-back date gone by."""
    hold = text(cases, "hold") != ""
    own = flags(cases, "hold_own_case")
    handed_back = days(cases, "hand_back") < np.datetime64(today, "D")
    return _any(of_case, owed & hold & ~own, count) | ~_any(of_case, owed & ~hold & ~handed_back, count)


def _value(cases: pd.DataFrame, of_case: Ints, owed: Flags, count: int) -> Floats:
    score = cases["priority"].fillna(0).to_numpy(dtype=np.float64) if "priority" in cases else np.full(len(cases), 50.0)
    out = np.zeros(count)
    np.maximum.at(out, of_case, np.where(owed, score, 0.0))
    return out


def _says(cases: pd.DataFrame, name: str, words: tuple[str, ...]) -> Flags:
    codes, distinct = pd.factorize(text(cases, name))
    hit = np.array([any(word in str(said).lower() for word in words) for said in distinct] + [False], dtype=bool)
    out: Flags = hit[codes]
    return out


def _bucket(cases: pd.DataFrame) -> Ints:
    codes, distinct = pd.factorize(text(cases, "bucket"))
    place: Ints = np.array([BUCKETS.index(word) if word in BUCKETS else len(BUCKETS) - 1 if word else 0 for word in distinct] + [0])
    return np.asarray(place[codes], dtype=np.int64)


def _position(names: list[str], name: str, otherwise: int) -> int:
    return names.index(name) if name in names else otherwise


def _worst_tier(cases: pd.DataFrame, of_case: Ints, owed: Flags, count: int, rules: Rules) -> Ints:
    steps = {word: n for n, step in enumerate(rules.strategy.ladder) for word in (step.name, step.zh, step.en)}
    codes, distinct = pd.factorize(text(cases, "tier"))
    place = np.array([steps.get(word, 0) for word in distinct] + [0], dtype=np.int64)
    return _most(of_case, np.where(owed, place[codes], 0), count)


def _seconds(tier: Ints, visit: Flags, letter: Flags, rules: Rules) -> Ints:
    """Expected seconds in the period: calls by the tier's cadence at the default reach rate, a letter, a visit. Source: domain.md, Planning."""
    plan = rules.planning
    reach = plan.reach_percent / 100
    call = plan.call_minutes * (1 - reach) + plan.talk_minutes * reach
    every = np.array([max(step.every_working_days, 1) for step in rules.strategy.ladder] or [1])
    contacts = np.maximum(plan.assignment_days, 1) / every[np.minimum(tier, len(every) - 1)]
    minutes = contacts * call + visit * (plan.visit_minutes + plan.travel_minutes) + letter * plan.letter_minutes
    out: Ints = np.maximum(np.ceil(minutes * 60).astype(np.int64), 1)
    return out


def _present_owner(cases: pd.DataFrame, of_case: Ints, owed: Flags, money: Ints, count: int) -> tuple[Texts, Flags]:
    """The collector who has the customer now, and whether a manager has just said so.

    The assigned collector of an earlier press holds as long as the ledger's own column still says what it said then (owner_seen);
    otherwise that column was edited, and the edit wins. Where cases of one customer differ: an edit, else most owed, else the first.
    """
    ledger, assigned = _stripped(cases, "owner"), _stripped(cases, "assigned_owner")
    edit = (assigned != "") & (ledger != _stripped(cases, "owner_seen"))
    name = np.where((assigned != "") & ~edit, assigned, ledger)
    return _voted(name, edit, of_case, owed, money, count)


def _voted(name: Texts, edit: Flags, of_case: Ints, owed: Flags, money: Ints, count: int) -> tuple[Texts, Flags]:
    codes, distinct = pd.factorize(name)
    named = pd.DataFrame({"unit": of_case, "code": codes, "edit": edit, "has": (name != "") | edit, "owed": owed, "fen": money})
    named = named[named["has"].to_numpy()]
    votes = named.groupby(["unit", "code"], sort=False).agg({"edit": "any", "owed": "any", "fen": "sum"}).reset_index()
    votes = votes.sort_values(["unit", "edit", "owed", "fen"], ascending=[True, False, False, False], kind="stable").drop_duplicates("unit")
    out = np.full(count, "", dtype=object)
    out[votes["unit"].to_numpy()] = np.asarray(distinct, dtype=object)[votes["code"].to_numpy()]
    edited = np.zeros(count, dtype=bool)
    edited[votes["unit"].to_numpy()] = votes["edit"].to_numpy(dtype=bool)
    return out, edited


def _named_and_moved(
    cases: pd.DataFrame, of_case: Ints, owed: Flags, money: Ints, owner: Texts, people: pd.DataFrame
) -> tuple[Flags, Flags]:
    """Customers for whom the ledger names an active collector, and those of them whose owner is another one by an earlier press.

    The latter have used up some of the allowed changes.
    """
    ledger, assigned, count = _stripped(cases, "owner"), _stripped(cases, "assigned_owner"), len(owner)
    active = people["person"][people["active"].to_numpy(dtype=bool)].to_numpy(dtype=object)
    named = _any(of_case, pd.Index(active).get_indexer(pd.Index(ledger)) >= 0, count)
    differs = named & _any(of_case, (assigned != "") & (assigned != ledger), count)
    if not differs.any():
        return named, differs
    some = differs[of_case]
    first, _ = _voted(ledger[some], np.zeros(int(some.sum()), dtype=bool), of_case[some], owed[some], money[some], count)
    moved: Flags = differs & (first != owner) & (owner != "")
    return named, moved


def _stripped(cases: pd.DataFrame, name: str) -> Texts:
    codes, distinct = pd.factorize(text(cases, name))
    out: Texts = np.array([str(word).strip() for word in distinct] + [""], dtype=object)[codes]
    return out


def _stale(tables: Tables, of_case: Ints, owner: Texts, settled: Flags, rules: Rules, today: date, count: int) -> Flags:
    """No effective contact by anybody for stale_days, although the owner has had the customer that long.

    How long he has had it: since his first logged contact with it. A customer whom an earlier press gave him, other than the ledger
    says, or whom the ledger gives nobody, stays (settled), so that nobody is passed on at every press. Without a contact log nothing is known, and nobody is stale.
    """
    cases, contacts = tables.cases, tables.contacts
    if contacts.empty:
        return np.zeros(count, dtype=bool)
    case_ids = pd.Index(cases["case_id"].to_numpy(dtype=object))
    first = ~case_ids.duplicated()
    rows = np.append(np.flatnonzero(first), NOBODY)[case_ids[first].get_indexer(pd.Index(contacts["case_id"].to_numpy(dtype=object)))]
    day = days(contacts, "contacted_at")
    good = (rows >= 0) & ~np.isnat(day) & (day <= np.datetime64(today, "D"))
    unit, day = of_case[rows[good]], day[good]
    reached, by_owner = log.reached(contacts)[good], _stripped(contacts, "collector")[good] == owner[unit]
    border = np.datetime64(today, "D") - rules.planning.stale_days
    lately = _any(unit, reached & (day > border), count)
    since = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(since, unit[by_owner], day[by_owner].astype(np.int64))
    long_his: Flags = since <= border.astype(np.int64)
    given = _any(of_case, _stripped(cases, "assigned_owner") == owner[of_case], count)
    in_ledger = _any(of_case, _stripped(cases, "owner") == owner[of_case], count)
    out: Flags = long_his & ~lately & ~settled & (owner != "") & (in_ledger | ~given)
    return out
