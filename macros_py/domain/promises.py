"""Promises to pay 承诺还款: what was promised in the log, and what the receipts say of it.

Kept when at least 95% arrived by the date + grace (2 working days); part when something did. Source: domain.md, Words and definitions.
A fen of a receipt counts for one promise only: the one that is due first among those it can serve.
"""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.arrays import Days, Flags, Ints, Texts, days, known, text, whole
from macros_py.domain.bank_receipts import WAITING
from macros_py.domain.problems import Problem
from macros_py.domain.received import moved
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables
from macros_py.domain.working_days import WorkingDays

KEPT, PART, BROKEN, OPEN, REPLACED, UNJUDGED = "kept", "part", "broken", "open", "replaced", "unjudged"  # state
UNCONFIRMED: Final = "unconfirmed"  # not kept by what is posted, but a receipt of the customer waits for a person
UNNAMED: Final = -1  # a promise without an amount: whatever arrives keeps it
FAR: Final = np.datetime64("2200-01-01", "D")


def judge(tables: Tables, rules: Rules, today: date) -> Result:
    """Every promise of the contact log, judged by the receipts that followed it.

    tables.contacts: case_id, contacted_at, promised_on (the day promised), promised_amount, collector
    tables.receipts: case_id, paid_on, amount, pay_channel; those that wait for a person (bank_receipts) by their customer
    → promises: case_id, promised_on (the day it was made), due_on, amount (fen; NA = none named), collector, deadline, paid_fen,
      state: kept | part | broken | open | replaced (a new promise was made before it fell due) | unjudged (the workbook has no receipts) |
      unconfirmed (not kept, but a receipt of the customer in that time waits for a person: nobody is blamed before it is looked at)
    """
    log = tables.contacts
    made = days(log, "contacted_at")
    told = known(log, "promised_on") & (text(log, "case_id") != "") & ~(made > np.datetime64(today, "D"))
    problems = _undated(log, told)
    table = _table(log[told], made[told])
    calendar = WorkingDays.of(tables.calendar)
    table["deadline"] = calendar.add(days(table, "due_on"), rules.promises.grace_working_days).astype("datetime64[s]")
    replaced = _replaced(table)
    judged = tables.receipts.shape[0] > 0 or "receipts" in tables.present
    paid = _paid(table, ~replaced, tables.receipts, today) if judged else np.zeros(len(table), dtype=np.int64)
    table["paid_fen"] = pd.Series(paid, index=table.index, dtype="Int64")
    state = _states(table, paid, replaced, judged, rules, today)
    state[np.isin(state, (PART, BROKEN)) & _waited_for(table, tables, today)] = UNCONFIRMED
    table["state"] = pd.Series(state, index=table.index, dtype="str")
    if not judged and len(table):
        problems.append(Problem("promises-unjudged", values={"count": len(table)}))
    return table, problems


def alone(due: Days, amount: Ints, paid: Ints, rules: Rules, today: date) -> Texts:
    """The states of promises of which all is known: the day, fen (UNNAMED where none is named), and what came by the deadline."""
    deadline = WorkingDays.of().add(due, rules.promises.grace_working_days)
    table = pd.DataFrame({"deadline": deadline.astype("datetime64[s]"), "amount": pd.Series(amount, dtype="Int64")})
    came = np.maximum(np.where(amount == UNNAMED, paid, np.minimum(paid, amount)), 0)
    return _states(table, came, np.zeros(len(due), dtype=bool), judged=True, rules=rules, today=today)


def per_case(tables: Tables, rules: Rules, today: date) -> Result:
    """What the promises say of each case.

    tables.promises: as judge gives them
    → cases + broken_promises (int), promise_due (date of the next open one), promise_fen (its amount), promise_left (what has not
      come of it), promise_due_today (flag)
    """
    cases, promises = tables.cases, tables.promises
    index = pd.Index(pd.unique(cases["case_id"]))
    row = index.get_indexer(pd.Index(cases["case_id"]))
    where = index.get_indexer(pd.Index(promises["case_id"])) if len(promises) else np.zeros(0, dtype=np.int64)
    state = text(promises, "state")
    due = days(promises, "due_on")
    broken = np.bincount(where[(where >= 0) & (state == BROKEN)], minlength=len(index))
    waiting = np.flatnonzero((where >= 0) & (state == OPEN))
    waiting = waiting[np.argsort(due[waiting], kind="stable")][::-1]
    first = np.full(len(index), -1, dtype=np.int64)
    first[where[waiting]] = waiting
    at = first[row]
    next_due = np.where(at >= 0, np.append(due, np.datetime64("NaT", "D"))[at], np.datetime64("NaT", "D"))
    fen, paid = np.append(whole(promises, "amount"), 0)[at], np.append(whole(promises, "paid_fen"), 0)[at]
    return cases.assign(
        broken_promises=pd.Series(broken[row], index=cases.index, dtype="Int64"),
        promise_due=next_due.astype("datetime64[s]"),
        promise_fen=pd.Series(np.where(at >= 0, fen, 0), index=cases.index, dtype="Int64"),
        promise_left=pd.Series(np.where(at >= 0, np.maximum(fen - paid, 0), 0), index=cases.index, dtype="Int64"),
        promise_due_today=next_due == np.datetime64(today, "D"),
    ), []


def _undated(log: pd.DataFrame, told: Flags) -> list[Problem]:
    """A promise with an amount and no day cannot fall due."""
    count = int((known(log, "promised_amount") & ~known(log, "promised_on")).sum())
    return [Problem("promise-undated", values={"count": count})] if count else []


def _table(log: pd.DataFrame, made: Days) -> pd.DataFrame:
    """One row per promise; the same promise logged twice on one day is one promise."""
    due = days(log, "promised_on")
    table = pd.DataFrame(
        {
            "case_id": pd.Series(text(log, "case_id"), dtype="str"),
            "promised_on": np.where(np.isnat(made), due, made).astype("datetime64[s]"),
            "due_on": due.astype("datetime64[s]"),
            "amount": pd.Series(log["promised_amount"].to_numpy(), dtype="Int64"),
            "collector": pd.Series(text(log, "collector"), dtype="str"),
        }
    )
    table.loc[table["amount"].fillna(0) <= 0, "amount"] = pd.NA
    table = table.drop_duplicates(["case_id", "promised_on", "due_on", "amount"])
    return table.sort_values(["due_on", "promised_on", "case_id"], kind="stable").reset_index(drop=True)


def _replaced(table: pd.DataFrame) -> Flags:
    """Where a later promise of the same case was made before this one fell due: the customer agreed a new day."""
    made, due = days(table, "promised_on"), days(table, "due_on")
    order = np.lexsort((made, pd.factorize(table["case_id"])[0]))
    case = pd.factorize(table["case_id"])[0][order]
    out = np.zeros(len(table), dtype=bool)
    later = np.full(len(table), FAR)  # the next day on which the same case promised again
    next_day = FAR
    for position in range(len(order) - 1, -1, -1):  # promises are far fewer than cases
        at = order[position]
        if position == len(order) - 1 or case[position + 1] != case[position]:
            next_day, following = FAR, made[at]
        elif made[at] != following:
            next_day, following = following, made[at]
        later[at] = next_day
    out[:] = later <= due
    return out


def _paid(table: pd.DataFrame, stands: Flags, receipts: pd.DataFrame, today: date) -> Ints:
    """Fen of receipts that each standing promise takes: first due, first served, each fen once, none beyond its amount."""
    out = [0] * len(table)
    wanted: dict[str, list[int]] = {}
    ids = table["case_id"].tolist()
    for position in np.flatnonzero(stands).tolist():  # already in the order of the due dates
        wanted.setdefault(ids[position], []).append(position)
    made, deadline = days(table, "promised_on").astype(np.int64).tolist(), days(table, "deadline").astype(np.int64).tolist()
    need = whole(table, "amount", UNNAMED).tolist()
    for case, day, fen in _cash(receipts, wanted, today):
        for position in wanted[case]:
            if fen <= 0:
                break
            if made[position] <= day <= deadline[position]:
                take = fen if need[position] == UNNAMED else min(fen, need[position] - out[position])
                out[position] += take
                fen -= take
    return np.array(out, dtype=np.int64)


def _cash(receipts: pd.DataFrame, wanted: dict[str, list[int]], today: date) -> list[tuple[str, int, int]]:
    """(case_id, day number, fen) of the money that came for cases with promises, by day. What was given back by today did not come."""
    keep, fen = moved(receipts, today)
    ids, on = text(receipts, "case_id"), days(receipts, "paid_on")
    mine = pd.Index(ids).isin(list(wanted)) if wanted else np.zeros(len(receipts), dtype=bool)
    at = np.flatnonzero(mine & keep & (fen != 0) & ~np.isnat(on))
    at = at[np.lexsort((fen[at] < 0, on[at]))]  # on one day: a receipt before what takes it back
    came: dict[str, list[list[int]]] = {}
    for case, day, one in zip(ids[at].tolist(), on[at].astype(np.int64).tolist(), fen[at].tolist(), strict=True):
        mine_so_far = came.setdefault(case, [])
        if one > 0:
            mine_so_far.append([day, one])
        else:
            _give_back(mine_so_far, -one)
    return sorted(((case, day, left) for case, every in came.items() for day, left in every if left), key=itemgetter(1))


def _give_back(came: list[list[int]], fen: int) -> None:
    """Take from the latest receipt of that very amount, else from the latest ones."""
    whole_one = next((receipt for receipt in reversed(came) if receipt[1] == fen), None)
    for receipt in [whole_one] if whole_one else reversed(came):
        taken = min(receipt[1], fen)
        receipt[1] -= taken
        fen -= taken


def _waited_for(table: pd.DataFrame, tables: Tables, today: date) -> Flags:
    """Promises in whose time a receipt came that bears the customer's name and waits for a person."""
    waiting = tables.receipts[text(tables.receipts, "pay_channel") == WAITING]
    out = np.zeros(len(table), dtype=bool)
    if waiting.empty or table.empty:
        return out
    customer = dict(zip(text(tables.cases, "case_id").tolist(), text(tables.cases, "customer").tolist(), strict=True))
    names = np.where(text(waiting, "customer") != "", text(waiting, "customer"), text(waiting, "payer"))
    came: dict[str, list[np.datetime64]] = {}
    for name, day in zip(names.tolist(), days(waiting, "paid_on"), strict=True):
        if name and day <= np.datetime64(today, "D"):
            came.setdefault(name, []).append(day)
    rows = zip(text(table, "case_id").tolist(), days(table, "promised_on"), days(table, "deadline"), strict=True)
    for i, (case, made, deadline) in enumerate(rows):
        out[i] = any(made <= day <= deadline for day in came.get(customer.get(case, ""), ()))
    return out


def _states(table: pd.DataFrame, paid: Ints, replaced: Flags, judged: bool, rules: Rules, today: date) -> npt.NDArray[np.object_]:
    need = whole(table, "amount", UNNAMED)
    kept = np.where(need == UNNAMED, paid > 0, paid * 100 >= need * rules.promises.kept_percent)
    over = days(table, "deadline") < np.datetime64(today, "D")
    late = np.where(paid > 0, PART, BROKEN) if judged else np.full(len(table), UNJUDGED)
    state = np.where(kept, KEPT, np.where(over, late, OPEN))
    return np.where(replaced, REPLACED, state).astype(object)
