"""Who collects what: one owner per debtor, within minutes, skill, region and product, in fair shares, with few changes of owner.

The quick way: customers in the order of worth per second; each goes to its present owner while there is room, else to a collector
who suits it almost best and has the smallest share of its stratum (bucket × amount band) so far. A bound proves how far that is
from the best assignment there could be. Nothing depends on chance or on the order of rows with different scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from macros_py.domain import assignment_words as words
from macros_py.domain.arrays import Flags, Ints, Texts, text
from macros_py.domain.assignment_bound import upper_bound
from macros_py.domain.assignment_quality import AssignmentQuality, quality_of
from macros_py.domain.people import roster
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.suitability import Types, types_of
from macros_py.domain.tables import Tables
from macros_py.domain.workload import NOBODY, Floats, Units, gather

NEARLY_BEST: Final = 0.85  # collectors whose worth is this near the best one's share a stratum evenly
SHEET: Final = "案件台账"


class Assignment(NamedTuple):
    """cases + assigned_owner, assigned_why, owner_seen; what is wrong; and how good it is."""

    cases: pd.DataFrame
    problems: list[Problem]
    quality: AssignmentQuality


@dataclass
class _Shares:
    """The state of the sharing out: seconds left per collector, seconds per stratum and collector, changes left."""

    left: Ints
    full: Floats
    by_stratum: Floats
    changes: int


def assign(tables: Tables, rules: Rules, today: date) -> Assignment:
    """Give every workable customer an owner, or say why it has none.

    tables.cases: what workload.gather reads; tables.contacts, tables.collectors.
    → cases + assigned_owner ('' = unassigned or nothing owed), assigned_why (in the language of the sheets), owner_seen (the
      ledger's own collector as read now, so that a manager's later edit is noticed).
    Held customers keep their owner and take no minutes. A customer whose owner has no room and whom nobody else may take stays
    with its owner and waits. At most max_changes_percent of the owned customers differ from the ledger's own collector column,
    those of earlier presses included, so a second press without news changes nothing; customers without an owner, or whose
    owner has left, do not count as changes.
    """
    people, problems = roster(tables, rules, today)
    units = gather(tables, people, rules, today)
    types = types_of(units, tables, people)
    capacity = np.where(people["active"], people["minutes"], 0).astype(np.int64) * 60 * max(rules.planning.assignment_days, 0)
    owned = int((units.workable & units.named).sum())
    may_change = max(owned * min(max(rules.planning.max_changes_percent, 0), 100) // 100 - int(units.moved.sum()), 0)
    value, stratum = units.value[types.rows], units.stratum[types.rows]
    taker = _share_out(types, value, stratum, capacity, may_change)
    outcome, owner = _outcomes(units, types, taker, people)
    worth = float((value * types.worth[types.of_unit, taker])[taker >= 0].sum()) if len(people) else 0.0
    bound = upper_bound(types, value, capacity, may_change, worth, _marginal(types, value, taker, capacity))
    quality = quality_of(units, types, taker, owner, outcome, people, capacity, worth, bound, may_change)
    return Assignment(_written(tables.cases, units, outcome, owner, people, rules), problems + _said(quality), quality)


def _share_out(types: Types, value: Floats, stratum: Ints, capacity: Ints, may_change: int) -> Ints:
    """The collector who takes each workable unit in the period, NOBODY where there is no room."""
    taker = np.full(len(value), NOBODY, dtype=np.int64)
    if not len(capacity) or not len(value):
        return taker
    shares = _Shares(
        capacity.copy(), np.maximum(capacity, 1).astype(np.float64), np.zeros((int(stratum.max()) + 1, len(capacity))), may_change
    )
    seconds = types.seconds[types.of_unit]
    order = np.argsort(-value / seconds, kind="stable")  # not by fit: the same order again at the next press
    hopeless = np.zeros(len(types.seconds), dtype=bool)
    kinds, places, costs = types.of_unit[order].tolist(), stratum[order].tolist(), seconds[order].tolist()
    owners, leaving, pinned = types.owner.tolist(), types.leaving.tolist(), types.pinned.tolist()
    for unit, kind, place, cost in zip(order.tolist(), kinds, places, costs, strict=True):
        own = owners[kind]
        if own >= 0 and not leaving[kind] and shares.left[own] >= cost:
            chosen = own
        elif hopeless[kind] or pinned[kind] or (own >= 0 and not shares.changes):
            chosen = own if own >= 0 and shares.left[own] >= cost else NOBODY
        else:
            chosen = _choose(types.worth[kind], own, place, cost, shares)
            hopeless[kind] = chosen == NOBODY  # rooms only shrink
        if chosen >= 0:
            shares.left[chosen] -= cost
            shares.by_stratum[place, chosen] += cost
            shares.changes -= own >= 0 and chosen != own
            taker[unit] = chosen
    return taker


def _choose(worth: Floats, own: int, place: int, cost: int, shares: _Shares) -> int:
    """Among those with room who are worth nearly the most, the one with the smallest share of the stratum for his hours."""
    open_worth = np.where(shares.left >= cost, worth, 0.0)
    best = float(open_worth.max())
    if best <= 0:
        return NOBODY
    if own >= 0 and open_worth[own] >= best:
        return own
    near = open_worth >= best * NEARLY_BEST
    return int(np.where(near, (shares.by_stratum[place] + cost) / shares.full, np.inf).argmin())


def _outcomes(units: Units, types: Types, taker: Ints, people: pd.DataFrame) -> tuple[Ints, Ints]:
    """(what happened, owner) of every unit; owner is a position in the roster or NOBODY."""
    own, kind = types.owner[types.of_unit], types.of_unit
    leaving, pinned, unsuited = types.leaving[kind], types.pinned[kind], types.unsuited[kind]
    stays, none = taker == own, taker == NOBODY
    left_us = (own == NOBODY) & (units.owner_name[types.rows] != "")
    possible = types.worth.max(axis=1)[kind] > 0 if types.worth.shape[1] else np.zeros(len(kind), dtype=bool)
    outcome = np.full(len(units), words.SETTLED, dtype=np.int64)
    outcome[units.held & ~units.settled] = words.HELD
    outcome[types.rows] = np.select(
        [
            none & (own >= 0),
            none & possible,
            none,
            stays & pinned,
            stays & leaving,
            stays,
            left_us,
            own == NOBODY,
            unsuited,
            leaving,
        ],
        [
            words.WAITING,
            words.NO_ROOM,
            words.NOBODY_FITS,
            words.EDITED,
            words.KEPT_AT_LIMIT,
            words.KEPT,
            words.FROM_LEAVER,
            words.NEW,
            words.FROM_UNSUITED,
            words.FROM_STALE,
        ],
        words.FROM_FULL,
    )
    owner = np.where(units.settled, NOBODY, units.owner)
    owner[types.rows] = np.where(none, own, taker)
    return outcome, owner


def _marginal(types: Types, value: Floats, taker: Ints, capacity: Ints) -> Floats:
    """The worth per second of the last customer that each full collector took: the first guess of his price."""
    out = np.full(len(capacity), np.inf)
    served = taker >= 0
    seconds = types.seconds[types.of_unit]
    density = (value * types.worth[types.of_unit, taker] / seconds)[served] if len(capacity) else value[:0]
    np.minimum.at(out, taker[served], density)
    used = np.bincount(taker[served], weights=seconds[served], minlength=len(capacity))
    return np.where(np.isfinite(out) & (used > 0.98 * capacity), out, 0.0)


def _written(cases: pd.DataFrame, units: Units, outcome: Ints, owner: Ints, people: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    held_by: Texts = np.append(people["person"].to_numpy(dtype=object), "")[owner]
    field = np.append(people["field"].to_numpy(dtype=bool), True)[owner]
    joint: Flags = units.visit & ~field & (outcome < words.WAITING)
    said = words.why(outcome, held_by, units.owner_name, units.stratum, joint, rules.office.language)
    said = said[units.of_case]
    if "assigned_why" in cases:
        arrived = (outcome == words.KEPT)[units.of_case] & (text(cases, "assigned_owner") == held_by[units.of_case])
        said = words.still(said, text(cases, "assigned_why"), arrived, rules.office.language)
    out = cases.copy(deep=False)
    out["assigned_owner"] = pd.Series(held_by[units.of_case], index=cases.index, dtype="str")
    out["assigned_why"] = pd.Series(said, index=cases.index, dtype="str")
    out["owner_seen"] = cases["owner"].str.strip() if "owner" in cases else ""
    return out


def _said(quality: AssignmentQuality) -> list[Problem]:
    problems = []
    if quality.unassigned:
        values = {"customers": quality.unassigned, "full": quality.no_room, "nobody": quality.unassigned - quality.no_room}
        problems.append(Problem("unassigned", SHEET, "", values))
    if quality.waiting:
        problems.append(Problem("capacity-short", SHEET, "", {"customers": quality.waiting, "minutes": quality.minutes_short}))
    return problems
