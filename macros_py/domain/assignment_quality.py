"""How good an assignment is, in figures that a manager can check: load, shares, changes of owner, and the proven gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from macros_py.domain import assignment_words as words
from macros_py.domain.arrays import Ints
from macros_py.domain.suitability import Types
from macros_py.domain.workload import Floats, Units


@dataclass(frozen=True)
class AssignmentQuality:
    """people: person, customers, waiting, minutes, capacity (both of the period), amount (fen); strata: person, stratum, customers,
    amount (fen) for what each owns. value and bound: worth of the customers that fit in, and what no assignment can exceed.
    unfairness: percent of the newly shared minutes that would have to change hands for every stratum to lie exactly by capacity.
    """

    people: pd.DataFrame
    strata: pd.DataFrame
    value: float
    bound: float
    changes: int
    may_change: int
    served: int
    waiting: int
    held: int
    unassigned: int
    no_room: int
    minutes_short: int
    unfairness: float

    @property
    def gap(self) -> float:
        """Percent by which the best assignment there could be is better, at the very most."""
        return 100 * (self.bound - self.value) / self.bound if self.bound > 0 else 0.0

    def text(self, lang: str = "zh") -> str:
        """One line for the person who pressed."""
        template = (
            "{served} customers assigned, {changes} of at most {may_change} changed hands, {waiting} wait, {unassigned} unassigned; "
            "proven gap to the optimum at most {gap:.2f}%, unevenness {unfairness:.1f}%"
            if lang == "en"
            else "已分配 {served} 户，换手 {changes} 户（上限 {may_change}），排队 {waiting} 户，未分配 {unassigned} 户；"
            "与最优的差距经证明不超过 {gap:.2f}%，分布偏差 {unfairness:.1f}%"
        )
        return template.format(gap=self.gap, **self.__dict__)


def quality_of(
    units: Units,
    types: Types,
    taker: Ints,
    owner: Ints,
    outcome: Ints,
    people: pd.DataFrame,
    capacity: Ints,
    value: float,
    bound: float,
    may_change: int,
) -> AssignmentQuality:
    """The figures of what assignment.assign decided; owner and outcome per unit, taker per workable unit."""
    without = np.isin(outcome, (words.NO_ROOM, words.NOBODY_FITS))
    short = np.isin(outcome, (words.WAITING, words.NO_ROOM))
    return AssignmentQuality(
        people=_people(units, types, taker, owner, outcome, people, capacity),
        strata=_strata(units, owner, people),
        value=value,
        bound=bound,
        changes=int(np.isin(outcome, words.CHANGES).sum()),
        may_change=may_change,
        served=int((taker >= 0).sum()),
        waiting=int((outcome == words.WAITING).sum()),
        held=int((outcome == words.HELD).sum()),
        unassigned=int(without.sum()),
        no_room=int((outcome == words.NO_ROOM).sum()),
        minutes_short=int(-(-units.seconds[short].sum() // 60)),
        unfairness=_unfairness(units, types, taker, outcome, capacity),
    )


def _people(units: Units, types: Types, taker: Ints, owner: Ints, outcome: Ints, people: pd.DataFrame, capacity: Ints) -> pd.DataFrame:
    count, has, fits = len(people), owner >= 0, taker >= 0
    amount = np.zeros(count, dtype=np.int64)
    np.add.at(amount, owner[has], units.amount[has])
    seconds = np.zeros(count, dtype=np.int64)
    np.add.at(seconds, taker[fits], types.seconds[types.of_unit][fits])
    return pd.DataFrame(
        {
            "person": people["person"].to_numpy(dtype=object),
            "customers": np.bincount(owner[has], minlength=count),
            "waiting": np.bincount(owner[has & (outcome == words.WAITING)], minlength=count),
            "minutes": -(-seconds // 60),
            "capacity": capacity // 60,
            "amount": amount,
        }
    )


def _strata(units: Units, owner: Ints, people: pd.DataFrame) -> pd.DataFrame:
    has = owner >= 0
    table = pd.DataFrame({"owner": owner[has], "number": units.stratum[has], "customers": 1, "amount": units.amount[has]})
    table = table.groupby(["owner", "number"], as_index=False).sum()
    table.insert(0, "person", people["person"].to_numpy(dtype=object)[table["owner"]])
    table.insert(1, "stratum", [words.stratum_words(int(n), "zh") for n in table["number"]])
    return table.drop(columns=["owner", "number"])


def _unfairness(units: Units, types: Types, taker: Ints, outcome: Ints, capacity: Ints) -> float:
    """Half the sum of differences between shares and capacity, among those who may take the stratum's customers at all."""
    fresh = np.isin(outcome[types.rows], (words.NEW, words.FROM_LEAVER, *words.CHANGES))
    if not fresh.any():
        return 0.0
    kind, place = types.of_unit[fresh], units.stratum[types.rows][fresh]
    seconds = types.seconds[kind].astype(np.float64)
    given = np.zeros((int(place.max()) + 1, len(capacity)))
    np.add.at(given, (place, taker[fresh]), seconds)
    able: Floats = np.where(types.worth > 0, capacity.astype(np.float64), 0.0)
    fair = np.zeros_like(given)
    np.add.at(fair, place, (able / np.maximum(able.sum(axis=1, keepdims=True), 1))[kind] * seconds[:, None])
    return float(50 * np.abs(given - fair).sum() / given.sum())
