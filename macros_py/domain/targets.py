"""The team's month target shared out to people by what they can be expected to recover, then to weeks and days.

A month without a target stays without one: it is said, never invented. Every split adds up to the fen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.arrays import Flags, Ints, flags, known, text, whole
from macros_py.domain.kinds import conform
from macros_py.domain.money_words import plain_yuan
from macros_py.domain.people import roster
from macros_py.domain.problems import Problem
from macros_py.domain.received import TEAM_WORDS, cash, day_targets, month_key, owners, week_name
from macros_py.domain.rules import BUCKET_STARTS, BUCKETS, Rules
from macros_py.domain.tables import Result, Tables
from macros_py.domain.working_days import WorkingDays

Floats = npt.NDArray[np.float64]

SHEET: Final = "目标"
WINDOW: Final = 30  # days of history from which a month's cure rate is taken
ENOUGH_CASES: Final = 200  # fewer cases in a bucket say too little: the default is used
OWN, DEFAULT = "own", "default"


@dataclass(frozen=True)
class CureRates:
    """rates: monthly share recovered, by BUCKETS; source: own or default for each (no bonus is computed from defaults)."""

    rates: tuple[float, ...]
    source: tuple[str, ...]


def largest_remainder(amount: int, weights: npt.ArrayLike) -> Ints:
    """`amount` (fen) in proportion to the weights, whole fen that add up to it; without any weight, evenly.

    What rounding leaves goes to the largest remainders, ties to the first.
    """
    share = np.asarray(weights, dtype=np.float64)
    if not len(share):
        return np.empty(0, dtype=np.int64)
    share = np.where(np.isfinite(share) & (share > 0), share, 0.0)
    share = share / share.max() if share.max() > 0 else np.ones(len(share))
    parts = [int(p) for p in np.round(share * 10**9)]  # whole weights: the split is exact at any amount
    total = sum(parts)
    whole_fen = [amount * p // total for p in parts]
    rest = [amount * p % total for p in parts]
    for n in sorted(range(len(parts)), key=lambda n: (-rest[n], n))[: amount - sum(whole_fen)]:
        whole_fen[n] += 1
    return np.array(whole_fen, dtype=np.int64)


def share_out(tables: Tables, rules: Rules, today: date) -> Result:
    """tables.targets: month, person ('' or 团队 = the team), target_amount, target_cases → the same, each of this month's active
    collectors with a row: their own where the sheet has one, else a share of what the team's target leaves.

    Weights: expected recovery of a person's open cases at the month's cure rates, as far as the person's minutes reach.
    """
    targets, month = tables.targets, f"{today:%Y-%m}"
    unread = sorted({str(m) for m in targets["month"][targets["month"].map(month_key).eq("") & targets["month"].ne("")]})
    problems = [Problem("target-unreadable", SHEET, "", {"shown": shown[:24]}) for shown in unread]
    now = targets[targets["month"].map(month_key).eq(month) & targets["target_amount"].notna()]
    if now.empty:
        return targets, [*problems, Problem("no-target", SHEET, "", {"month": month})]
    names = now["person"].str.strip()
    is_team = names.str.lower().isin(TEAM_WORDS)
    if not is_team.any():
        return targets, problems
    team, own = int(now["target_amount"][is_team].sum()), int(now["target_amount"][~is_team].sum())
    people = outlook(tables, rules, today)
    rest = people[~people["person"].isin(set(names[~is_team])) & (people["minutes"] > 0)]
    if own > team or (own < team and rest.empty and own):
        problems.append(Problem("target-persons-differ", SHEET, "", {"month": month, "persons": plain_yuan(own), "team": plain_yuan(team)}))
    cases = now["target_cases"][is_team]
    made = pd.DataFrame({"month": month, "person": rest["person"].to_numpy(dtype=object)})
    made["target_amount"] = pd.array(largest_remainder(max(team - own, 0), rest["reachable"]), dtype="Int64")
    if cases.notna().any():
        left = max(int(cases.sum()) - int(now["target_cases"][~is_team].fillna(0).sum()), 0)
        made["target_cases"] = pd.array(largest_remainder(left, rest["cases"]), dtype="Int64")
    return pd.concat([targets, conform(made, c.TARGET_COLUMNS)], ignore_index=True), problems


def outlook(tables: Tables, rules: Rules, today: date) -> pd.DataFrame:
    """What each active collector can be expected to bring in over a month.

    tables.cases: open_amount, bucket, tier, settled, hold, owner, assigned_owner → person, cases, expected (fen, at the cure rates),
    reachable (fen: expected as far as the minutes reach), minutes (a day), needed (minutes a month for all of its cases).
    """
    people, _ = roster(tables, rules, today)
    people = people[people["active"].to_numpy(dtype=bool)].reset_index(drop=True)
    cases, count = tables.cases, len(people)
    open_now = ~flags(cases, "settled") & ~(text(cases, "hold") != "")
    who = pd.Index(people["person"].to_numpy(dtype=object)).get_indexer(pd.Index(owners(cases)))
    used: Flags = open_now & (who >= 0)
    rates = np.array(cure_rates(tables, rules, today).rates)[_bucket(cases)]
    expected = np.bincount(who[used], weights=(whole(cases, "open_amount") * rates)[used], minlength=count)
    month = len(WorkingDays.of(tables.calendar).working_days_in(today))
    needed = np.bincount(who[used], weights=_minutes(cases, rules, month)[used], minlength=count)
    minutes = people["minutes"].to_numpy(dtype=np.float64)
    reach = np.minimum(1.0, np.divide(minutes * month, needed, out=np.ones(count), where=needed > 0))
    return pd.DataFrame(
        {
            "person": people["person"],
            "cases": np.bincount(who[used], minlength=count),
            "expected": np.round(expected).astype(np.int64),
            "reachable": np.round(expected * reach).astype(np.int64),
            "minutes": people["minutes"],
            "needed": np.ceil(needed).astype(np.int64),
        }
    )


def cure_rates(tables: Tables, rules: Rules, today: date) -> CureRates:
    """Cash of the last 30 days over the balance 30 days ago, by the bucket of then; buckets with too few cases keep the defaults.

    tables.cases: case_id, open_amount, days_past_due; tables.receipts. The balance of then is what is open now plus what came in.
    """
    cases, defaults = tables.cases, rules.priority.cure_rates
    money = cash(tables, today)
    lately = money[(money["case"] >= 0) & (money["day"] > pd.Timestamp(today) - pd.Timedelta(days=WINDOW))]
    if lately.empty or "open_amount" not in cases:
        return CureRates(defaults, (DEFAULT,) * len(BUCKETS))
    paid = np.zeros(len(cases), dtype=np.int64)
    np.add.at(paid, lately["case"].to_numpy(), lately["fen"].to_numpy())
    late_then = whole(cases, "days_past_due") - WINDOW
    bucket = np.searchsorted(BUCKET_STARTS, late_then, side="right")
    used = known(cases, "open_amount") & (late_then > 0)
    balance = np.maximum(whole(cases, "open_amount"), 0) + paid
    owed = np.bincount(bucket[used], weights=balance[used], minlength=len(BUCKETS))
    came = np.bincount(bucket[used], weights=np.minimum(paid, balance)[used], minlength=len(BUCKETS))
    enough = (np.bincount(bucket[used], minlength=len(BUCKETS)) >= ENOUGH_CASES) & (owed > 0)
    rates = tuple(float(came[n] / owed[n]) if enough[n] else defaults[n] for n in range(len(BUCKETS)))
    return CureRates(rates, tuple(OWN if enough[n] else DEFAULT for n in range(len(BUCKETS))))


def schedule(target: int, received_before: int, calendar: WorkingDays, today: date) -> pd.DataFrame:
    """A month target over its working days: day, week ("2026W48"), target (fen).

    Days gone keep their even share; what is missing lies evenly on today and the days that remain. received_before: up to yesterday.
    """
    days = day_targets(target, received_before, calendar, today)
    frame = pd.DataFrame({"day": pd.Series(list(days), dtype="datetime64[s]"), "target": np.array(list(days.values()), dtype=np.int64)})
    frame.insert(1, "week", pd.Series([week_name(day) for day in days], dtype="str"))
    return frame


def headcount_gap(tables: Tables, rules: Rules, today: date) -> int | None:
    """People short to bring in what the month's target still lacks; None without a target or without anything to expect.

    What the team can bring in on the days that remain is its reachable recovery in proportion to them; a further person brings the average.
    """
    targets, _ = share_out(tables, rules, today)
    now = targets[targets["month"].map(month_key).eq(f"{today:%Y-%m}") & targets["target_amount"].notna()]
    people = outlook(tables, rules, today)
    each = people["reachable"].sum() / len(people) if len(people) else 0.0
    working = WorkingDays.of(tables.calendar).working_days_in(today)
    left = float((working >= np.datetime64(today, "D")).mean()) if len(working) else 0.0
    if now.empty or each * left <= 0:
        return None
    is_team = now["person"].str.strip().str.lower().isin(TEAM_WORDS)
    target = int(now["target_amount"][is_team].sum() if is_team.any() else now["target_amount"].sum())
    money = cash(tables, today)
    received = int(money["fen"][money["day"] >= pd.Timestamp(today.replace(day=1))].sum())
    return max(math.ceil((target - received - people["reachable"].sum() * left) / (each * left)), 0)


def _bucket(cases: pd.DataFrame) -> Ints:
    codes, distinct = pd.factorize(text(cases, "bucket"))
    place = np.array([BUCKETS.index(word) if word in BUCKETS else len(BUCKETS) - 1 if word else 0 for word in distinct] + [0])
    return np.asarray(place[codes], dtype=np.int64)


def _minutes(cases: pd.DataFrame, rules: Rules, days: int) -> Floats:
    """Expected minutes of calls per case over so many working days, by the cadence of its tier."""
    plan, ladder = rules.planning, rules.strategy.ladder
    reach = plan.reach_percent / 100
    call = plan.call_minutes * (1 - reach) + plan.talk_minutes * reach
    every = {word: max(step.every_working_days, 1) for step in ladder for word in (step.name, step.zh, step.en)}
    codes, distinct = pd.factorize(text(cases, "tier"))
    first = max(ladder[0].every_working_days, 1) if ladder else 1
    cadence = np.array([every.get(word, first) for word in distinct] + [first], dtype=np.float64)
    out: Floats = days / cadence[codes] * call
    return out
