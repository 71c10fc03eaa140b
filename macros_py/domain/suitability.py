"""Who may take which customer, and how well each collector does with each bucket.

Customers with the same needs and the same present owner form one type; everything is decided per type, so that 100,000 customers
and 50 collectors are a small matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import contact_results as log
from macros_py.domain.arrays import Flags, Ints, Texts, text
from macros_py.domain.rules import BUCKETS
from macros_py.domain.tables import Tables
from macros_py.domain.workload import NOBODY, Floats, Units

PRIOR_CALLS: Final = 200  # a collector's own reach counts as much as the team's after so many calls in a bucket
BEYOND_CHANCE: Final = 3  # standard errors: of 400 pairs of collector and bucket, one passes by chance
FIT_RANGE: Final = (0.8, 1.25)
STALE_WORTH: Final = 0.8  # what a customer is worth with an owner who does not reach it or does not suit it
MOVED_WORTH: Final = 0.95  # a change of owner without a reason is never a gain


@dataclass(frozen=True)
class Types:
    """of_unit: the type of each workable unit, in the order of `rows`; worth[type, collector]: the factor on a customer's value,
    0 where the collector may not take it; seconds and owner per type; leaving: the owner should give it up (stale or unsuited);
    pinned: only its owner may have it (a manager said so)."""

    rows: Ints
    of_unit: Ints
    worth: Floats
    seconds: Ints
    owner: Ints
    leaving: Flags
    pinned: Flags
    unsuited: Flags


def types_of(units: Units, tables: Tables, people: pd.DataFrame) -> Types:
    """Workable units, their types, and what each type is worth with each collector (people as people.roster makes them)."""
    rows = np.flatnonzero(units.workable)
    active = people["active"].to_numpy(dtype=bool)
    owner = np.where((units.owner >= 0) & np.append(active, False)[units.owner], units.owner, NOBODY)[rows]
    place, places = _places(units, rows, tables.cases, people)
    need = units.senior[rows] * 1 + units.legal[rows] * 2 + units.visit[rows] * 4
    marks = (units.stale[rows] * 1 + units.edited[rows] * 2) * (owner >= 0)
    seconds, spent = np.unique(units.seconds[rows], return_inverse=True)
    code = _mixed(
        (place, len(places)), (need, 8), (units.bucket[rows], len(BUCKETS)), (owner + 1, len(people) + 1), (marks, 4), (spent, len(seconds))
    )
    _, first, of_unit = np.unique(code, return_index=True, return_inverse=True)
    worth, leaving, unsuited = _worth(
        suited=places[place[first]] & _skilled(need[first], people) & active,
        fit=fit(tables, people)[:, units.bucket[rows][first]].T,
        owner=owner[first],
        stale=(marks[first] & 1) > 0,
        pinned=(marks[first] & 2) > 0,
    )
    pinned = ((marks[first] & 2) > 0) & (owner[first] >= 0)
    return Types(rows, of_unit, worth, units.seconds[rows][first], owner[first], leaving, pinned, unsuited)


def _mixed(*digits: tuple[Ints, int]) -> Ints:
    out = np.zeros(len(digits[0][0]), dtype=np.int64)
    for values, base in digits:
        out = out * max(base, 1) + values
    return out


def _worth(suited: Flags, fit: Floats, owner: Ints, stale: Flags, pinned: Flags) -> tuple[Floats, Flags, Flags]:
    kinds = np.arange(len(owner))
    owned = owner >= 0
    worth = np.where(suited, fit, 0.0)
    unsuited = owned & ~suited[kinds, owner] if suited.shape[1] else owned
    leaving = owned & (stale | unsuited) & ~pinned
    if suited.shape[1]:
        own = np.where(owned, fit[kinds, owner], 0.0)
        staying = owned & ~leaving
        worth[staying] = np.minimum(worth[staying], own[staying, None]) * MOVED_WORTH
        worth[owned & pinned] = 0.0
        worth[kinds[owned], owner[owned]] = (own * np.where(leaving, STALE_WORTH, 1.0))[owned]
    return worth, leaving, unsuited


def _skilled(need: Ints, people: pd.DataFrame) -> Flags:
    """Visits go to field collectors, the first two tiers to the phone, the higher ones to both, legal work also to legal staff.

    A skill that nobody active has is not asked for: then the others do that work.
    """
    active = people["active"].to_numpy(dtype=bool)
    phone, field, legal = (people[name].to_numpy(dtype=bool) & active for name in ("phone", "field", "legal"))
    phone = phone if phone.any() else active
    field = field if field.any() else phone
    senior, law, visit = ((need & bit) > 0 for bit in (1, 2, 4))
    ordinary = phone | (senior[:, None] & field)
    out: Flags = np.where(visit[:, None], field, ordinary) | (law & ~visit)[:, None] & legal
    return out


def _places(units: Units, rows: Ints, cases: pd.DataFrame, people: pd.DataFrame) -> tuple[Ints, Flags]:
    """(pattern of each unit, patterns): which collectors cover its region and product. What is not known suits everybody."""
    lead = units.lead[rows]
    region = text(cases, "region")[lead]
    if people["regions"].map(bool).any():
        region = np.where(region == "", text(cases, "address")[lead], region)
    by_region, regions = _patterns(region, people["regions"])
    by_product, products = _patterns(text(cases, "product")[lead], people["products"])
    both = _mixed((by_region, len(regions)), (by_product, len(products)))
    distinct, pattern = np.unique(both, return_inverse=True)
    return pattern.astype(np.int64), regions[distinct // max(len(products), 1)] & products[distinct % max(len(products), 1)]


def _patterns(said: Texts, asked: pd.Series[Any]) -> tuple[Ints, Flags]:
    if not asked.map(bool).any():
        return np.zeros(len(said), dtype=np.int64), np.ones((1, len(asked)), dtype=bool)
    codes, distinct = pd.factorize(said)
    covers: dict[tuple[bool, ...], int] = {}
    of_text = [covers.setdefault(tuple(_covers(words, str(found)) for words in asked), len(covers)) for found in distinct]
    return np.array([*of_text, 0], dtype=np.int64)[codes], np.array(list(covers), dtype=bool).reshape(len(covers), len(asked))


def _covers(words: tuple[str, ...], found: str) -> bool:
    return not words or not found or any(word in found or found in word for word in words)


def fit(tables: Tables, people: pd.DataFrame) -> npt.NDArray[np.float64]:
    """[collector, bucket] → reach per call against the team's in that bucket, drawn to 1 where there is little history.

    1 where the difference may well be chance: following chance would hand customers about for nothing.
    """
    out = np.ones((len(people), len(BUCKETS)))
    contacts, cases = tables.contacts, tables.cases
    if contacts.empty or "bucket" not in cases:
        return out
    who = pd.Index(people["person"].to_numpy(dtype=object)).get_indexer(pd.Index(contacts["collector"].to_numpy(dtype=object)))
    first = ~cases["case_id"].duplicated().to_numpy()
    rows = np.append(np.flatnonzero(first), NOBODY)[
        pd.Index(cases["case_id"].to_numpy(dtype=object)[first]).get_indexer(pd.Index(contacts["case_id"].to_numpy(dtype=object)))
    ]
    codes = np.append(pd.Index(BUCKETS).get_indexer(pd.Index(text(cases, "bucket"))), NOBODY)[rows]
    used = (who >= 0) & (codes >= 0) & (rows >= 0) & log.dialled(contacts)
    cell, size = who[used] * len(BUCKETS) + codes[used], out.size
    calls = np.bincount(cell, minlength=size).reshape(out.shape)
    reached = np.bincount(cell, weights=log.reached(contacts)[used], minlength=size).reshape(out.shape)
    team = np.divide(reached.sum(axis=0), calls.sum(axis=0), out=np.zeros(len(BUCKETS)), where=calls.sum(axis=0) > 0)
    drawn = (reached + PRIOR_CALLS * team) / (calls + PRIOR_CALLS)
    proven = np.abs(reached - calls * team) > BEYOND_CHANCE * np.sqrt(calls * team * (1 - team))
    out[:, team > 0] = np.clip(np.where(proven, drawn, team)[:, team > 0] / team[team > 0], *FIT_RANGE)
    return out
