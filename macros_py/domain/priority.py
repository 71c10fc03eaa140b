"""优先级: a transparent score of 0–100 per case, its points by component, its reasons and its ranks.

Each component's points are rounded to hundredths and then added, so that the score is exactly the sum of what is shown.
Source: domain.md, Default priority. Settled and not yet overdue cases and those whose limitation is expired or doubtful score 0;
these and held cases have no rank, so that nobody who may not be contacted ever stands on top.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import ranking, reasons
from macros_py.domain.arrays import Flags, Ints, Texts, days, flags, known, text, whole
from macros_py.domain.problems import Problem
from macros_py.domain.rules import BUCKET_STARTS, BUCKETS, WRITTEN_OFF, Component, PriorityRules, Rules
from macros_py.domain.tables import Result, Tables

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

FULL: Final = 10_000  # hundredths of a point
BLOCK: Final = 1 << 15  # rows scored at a time, so that the work stays in the cache
REASONS: Final = 3
NO_REASON: Final = -1
NEVER: Final = 9_999  # days since an effective contact that never was; days of limitation where none is known
FAR_BUCKET: Final = 9_999  # days to the next bucket where there is none
PHONE: Final = re.compile(r"\+?\d{7,15}")
YES, NO = "有", "无"


@dataclass(frozen=True)
class Inputs:
    """What the score is made of, one entry per case. fen: overdue due now; bucket: position in BUCKETS, −1 unknown."""

    fen: Ints
    bucket: Ints
    days: Ints
    broken: Ints
    silence: Ints
    reachable: Floats
    unwilling: Flags
    limitation: Ints
    scored: Flags  # False scores 0

    def part(self, rows: slice) -> Inputs:
        """The same for some rows."""
        return Inputs(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


@dataclass(frozen=True)
class Scores:
    """points: hundredths per component (rows: components); total: their sum, 0..10000; top: the three best components, −1 for none."""

    components: tuple[Component, ...]
    points: npt.NDArray[np.int16]
    total: npt.NDArray[np.int16]
    top: Codes


def score(tables: Tables, rules: Rules, today: date) -> Result:
    """Score, points, reasons in words, what would change the score, and ranks.

    tables.cases: as balances, promises, history, limitation and holds leave it (what is missing counts as unknown)
    → cases + priority (0–100, two decimals), points_<component> (add up to it), rank (overall), owner_rank, bucket_rank (Int; NA for
      cases that may not be worked), why, what_would_change (in the language of the sheets), reasons (three int8 columns reason_1…3)
    """
    cases = tables.cases
    components, problems = effective_components(rules.priority)
    inputs = gather(cases)
    scores = compute(inputs, components, rules.priority)
    worked = inputs.scored & (text(cases, "hold") == "") & ~(days(cases, "hand_back") < np.datetime64(today, "D"))
    own = _own_ageing(cases)
    overall, owner, bucket = ranking.ranks(
        scores.total, inputs.fen, text(cases, "case_id"), worked, _codes(cases, "owner"), _seen(cases, inputs, own)
    )
    table = cases.assign(
        priority=scores.total / 100,
        rank=_ranked(overall, cases.index),
        owner_rank=_ranked(owner, cases.index),
        bucket_rank=_ranked(bucket, cases.index),
        why=_why(cases, inputs, scores, rules),
        what_would_change=pd.Series(what_would_change(inputs, scores, rules, own), index=cases.index, dtype="str"),
        **{f"points_{c.name}": scores.points[k] / 100 for k, c in enumerate(components)},
        **{f"reason_{k + 1}": scores.top[:, k] for k in range(REASONS)},
    )
    return table, problems


def number(tables: Tables, rules: Rules, today: date) -> Result:
    """The priority alone, as score gives it, where nobody asks for reasons and ranks: cases + priority."""
    components, problems = effective_components(rules.priority)
    scores = compute(gather(tables.cases), components, rules.priority)
    return tables.cases.assign(priority=scores.total / 100), problems


def words(tables: Tables, rules: Rules, today: date) -> Result:
    """The reasons alone, as score gives them: cases + why."""
    components, problems = effective_components(rules.priority)
    inputs = gather(tables.cases)
    scores = compute(inputs, components, rules.priority)
    return tables.cases.assign(why=_why(tables.cases, inputs, scores, rules)), problems


def _why(cases: pd.DataFrame, inputs: Inputs, scores: Scores, rules: Rules) -> pd.Series[Any]:
    names = [c.name for c in scores.components]
    said = reasons.why(
        names, scores.top, scores.points, said_values(inputs, rules.priority), _unscored(cases, inputs), rules.office.language
    )
    return pd.Series(said, index=cases.index, dtype="str")


def within_owner(tables: Tables, rules: Rules, today: date) -> Result:
    """The rank within owner once more, after the assignment.

    tables.cases: priority, open_amount, rank (NA = may not be worked), assigned_owner, else owner → cases + owner_rank
    """
    cases = tables.cases
    total = np.rint(cases["priority"].fillna(0).to_numpy(dtype=np.float64) * 100).astype(np.int16)
    order = ranking.best_first(total, np.maximum(whole(cases, "open_amount"), 0), text(cases, "case_id"), known(cases, "rank"))
    owner = ranking.within(order, _codes(cases, "owner"), len(cases))
    return cases.assign(owner_rank=_ranked(owner, cases.index)), []


def _own_ageing(cases: pd.DataFrame) -> Flags:
    """Which cases people see under another bucket than that of their days (domain.ageing)."""
    return (text(cases, "ageing") != text(cases, "bucket")) if "ageing" in cases else np.zeros(len(cases), dtype=bool)


def _seen(cases: pd.DataFrame, inputs: Inputs, own: Flags) -> Ints:
    """A code for the bucket under which people see a case."""
    if not own.any():
        return inputs.bucket
    return np.where(own, len(BUCKETS) + pd.factorize(text(cases, "ageing"))[0], inputs.bucket).astype(np.int64)


def effective_components(rules: PriorityRules) -> tuple[tuple[Component, ...], list[Problem]]:
    """The components of the chosen preset that are known here, their points scaled to 100 in whole hundredths."""
    chosen = rules.amount_days if rules.preset == "amount_days" else rules.components
    usable = [c for c in chosen if c.name in KNOWN and c.points > 0 and c.curve]
    problems = [Problem("priority-component-unknown", "优先级规则", "", {"name": c.name}) for c in chosen if c.name not in KNOWN]
    total = sum(c.points for c in usable)
    if not usable:
        return (), problems
    if abs(total - 100) > 1e-9:
        problems.append(Problem("priority-weights", "优先级规则", "", {"total": f"{total:g}"}))
    exact = np.array([c.points * FULL / total for c in usable])
    whole_points = np.floor(exact + 1e-9).astype(np.int64)
    short = FULL - int(whole_points.sum())
    whole_points[np.argsort(-(exact - whole_points), kind="stable")[:short]] += 1
    scaled = tuple(Component(c.name, c.zh, c.en, int(p) / 100, c.curve) for c, p in zip(usable, whole_points, strict=True))
    return scaled, problems


def gather(cases: pd.DataFrame) -> Inputs:
    """The columns of the cases as plain arrays; unknown is what helps a case least."""
    past = whole(cases, "days_past_due")
    silence = np.where(known(cases, "days_since_effective"), whole(cases, "days_since_effective"), NEVER)
    hard = np.isin(text(cases, "limitation_state"), ("expired", "doubtful"))
    over = np.where(known(cases, "limitation_days"), whole(cases, "limitation_days"), NEVER)
    return Inputs(
        fen=np.maximum(whole(cases, "open_amount" if "open_amount" in cases else "overdue_amount"), 0),
        bucket=_buckets(cases, past),
        days=past,
        broken=whole(cases, "broken_promises"),
        silence=silence,
        reachable=_reachable(cases),
        unwilling=(text(cases, "ability") == YES) & (text(cases, "willingness") == NO),
        limitation=over,
        scored=~flags(cases, "settled") & ~hard & (past > 0) & (text(cases, "balance_state") == ""),
    )


def _unscored(cases: pd.DataFrame, x: Inputs) -> Ints:
    """What stands in the way of a score, as a place in reasons.NOT_SCORED; −1 for what is scored."""
    hard = np.isin(text(cases, "limitation_state"), ("expired", "doubtful"))
    in_the_way = [x.scored, flags(cases, "settled"), text(cases, "balance_state") != "", hard, ~known(cases, "days_past_due")]
    return np.select(in_the_way, [-1, 0, 1, 2, 3], 4).astype(np.int64)


def _buckets(cases: pd.DataFrame, past: Ints) -> Ints:
    bucket = np.where(known(cases, "days_past_due"), np.searchsorted(BUCKET_STARTS, past, side="right"), -1)
    return np.where(text(cases, "bucket") == WRITTEN_OFF, len(BUCKETS) - 1, bucket).astype(np.int64)


def _reachable(cases: pd.DataFrame) -> Floats:
    """A valid own number is half of it, having been reached in person the other half."""
    phones = text(cases, "phone")
    valid = np.fromiter(map(bool, map(PHONE.fullmatch, phones)), dtype=bool, count=len(phones)) & ~flags(cases, "number_bad")
    return np.asarray(0.5 * valid + 0.5 * known(cases, "last_effective"), dtype=np.float64)


def _expected(x: Inputs, rules: PriorityRules) -> Floats:
    rates = np.array([*rules.cure_rates, *[0.0] * (len(BUCKETS) + 1)])[: len(BUCKETS)]
    return np.asarray(x.fen * (np.append(rates, 0.0) / 100)[x.bucket])


_NEXT: Final = np.append(np.array(BUCKET_STARTS), FAR_BUCKET * 10)


def days_to_next_bucket(x: Inputs) -> Ints:
    """Days until the case enters the next bucket; FAR_BUCKET or more where there is none."""
    return np.maximum(np.append(_NEXT, FAR_BUCKET * 10)[x.bucket] - x.days, 0)


KNOWN: Final[dict[str, Callable[[Inputs, PriorityRules], npt.NDArray[Any]]]] = {
    "expected": _expected,
    "next_bucket": lambda x, rules: days_to_next_bucket(x),
    "amount": lambda x, rules: x.fen / 100,
    "broken": lambda x, rules: x.broken,
    "silence": lambda x, rules: x.silence,
    "reachable": lambda x, rules: x.reachable,
    "unwilling": lambda x, rules: x.unwilling,
    "limitation": lambda x, rules: x.limitation,
    "days": lambda x, rules: x.days,
}


def component_points(component: Component, x: Inputs, rules: PriorityRules) -> Floats:
    """Hundredths of points of one component, rounded to whole ones; 0 where nothing is scored."""
    at = KNOWN[component.name](x, rules)
    xs, ys = np.array(component.curve, dtype=np.float64).T
    out = np.interp(at, xs, np.clip(ys, 0, 1) * (component.points * 100))
    if component.name == "next_bucket":
        out[at >= FAR_BUCKET] = 0  # the last bucket has no next one: nothing is urgent about it
    np.rint(out, out=out)
    out *= x.scored
    return np.asarray(out, dtype=np.float64)


def compute(inputs: Inputs, components: tuple[Component, ...], rules: PriorityRules) -> Scores:
    """Points, score and reason codes for any number of cases."""
    n = len(inputs.fen)
    points = np.zeros((len(components), n), dtype=np.int16)
    total = np.zeros(n, dtype=np.int16)
    top = np.full((n, REASONS), NO_REASON, dtype=np.int8)
    for rows in _blocks(n):
        part = inputs.part(rows)
        for k, component in enumerate(components):
            points[k, rows] = component_points(component, part, rules)
        total[rows] = points[:, rows].sum(axis=0)
        top[rows] = _top(points[:, rows])
    return Scores(components, points, total, top)


def _blocks(n: int) -> Iterator[slice]:
    return (slice(start, min(start + BLOCK, n)) for start in range(0, n, BLOCK))


def _top(points: npt.NDArray[np.int16]) -> Codes:
    """The three components with most points, the one declared first at a tie; components without points give no reason."""
    count, n = points.shape
    best = [np.zeros(n, dtype=np.int32) for _ in range(REASONS)]
    for k in range(count):
        carried = points[k].astype(np.int32) * 16 + (15 - k)  # the component rides in the last four bits
        for place in range(REASONS):
            lower = np.minimum(best[place], carried)
            np.maximum(best[place], carried, out=best[place])
            carried = lower
    out = np.empty((n, REASONS), dtype=np.int8)
    for place in range(REASONS):
        out[:, place] = np.where(best[place] >= 16, 15 - (best[place] & 15), NO_REASON)
    return out


def _codes(cases: pd.DataFrame, name: str) -> Ints:
    """Group numbers of the case's collector: the assigned one, else the ledger's."""
    owner = text(cases, name)
    assigned = text(cases, "assigned_owner")
    return np.asarray(pd.factorize(np.where(assigned == "", owner, assigned))[0], dtype=np.int64)


def _ranked(rank: Ints, index: pd.Index[Any]) -> pd.Series[Any]:
    return pd.Series(rank, index=index, dtype="Int64").mask(rank == 0)


def said_values(x: Inputs, rules: PriorityRules) -> dict[str, Ints]:
    """What the reasons tell of each component, in whole numbers: fen, days, counts."""
    return {
        "expected": np.rint(_expected(x, rules) * 100).astype(np.int64),
        "next_bucket": days_to_next_bucket(x),
        "amount": x.fen,
        "broken": x.broken,
        "silence": x.silence,
        "reachable": np.rint(x.reachable * 2).astype(np.int64),
        "unwilling": x.unwilling.astype(np.int64),
        "limitation": x.limitation,
        "days": x.days,
    }


def what_would_change(x: Inputs, scores: Scores, rules: Rules, own: Flags | None = None) -> Texts:
    """Two honest answers, computed by scoring again: half of it paid, and the day on which the next bucket begins. own: which cases are
    shown under an ageing of their own (default: none)."""
    paid = reasons.cut(x.fen // 2)
    after_payment = rescored(x, scores, rules.priority, fen=x.fen - paid)
    wait = days_to_next_bucket(x)
    moves = wait < FAR_BUCKET
    step = np.where(moves, wait, 0)
    later = rescored(
        x,
        scores,
        rules.priority,
        days=x.days + step,
        bucket=np.where(moves, x.bucket + 1, x.bucket),
        silence=np.minimum(x.silence + step, NEVER),
        limitation=np.where(x.limitation == NEVER, NEVER, x.limitation - step),
    )
    bucket = np.minimum(x.bucket + 1, len(BUCKETS) - 1) + (0 if own is None else own * len(BUCKETS))
    return reasons.change(x.scored, paid, after_payment, step, bucket, later, rules.office.language)


DEPENDS: Final = {"fen": {"expected", "amount"}, "days": {"days", "next_bucket"}, "bucket": {"expected", "next_bucket"}}


def rescored(x: Inputs, scores: Scores, rules: PriorityRules, **changed: Any) -> npt.NDArray[np.int16]:
    """The score if some inputs were others: only the components that depend on them are computed anew."""
    touched = set().union(*(DEPENDS.get(name, {name}) for name in changed))
    other = Inputs(**{name: changed.get(name, getattr(x, name)) for name in x.__dataclass_fields__})
    total = np.zeros(len(x.fen), dtype=np.int16)
    for rows in _blocks(len(total)):
        part = other.part(rows)
        for k, component in enumerate(scores.components):
            total[rows] += (
                component_points(component, part, rules).astype(np.int16) if component.name in touched else scores.points[k, rows]
            )
    return total
