"""Which days of a line the contact log and the promises speak of: callbacks, promises, and what follows one that was not kept."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import contact_results as log
from macros_py.domain.arrays import NO_DAY, Days, Ints, days, text, whole
from macros_py.domain.open_lines import earliest, last_of, lines_of
from macros_py.domain.promises import BROKEN, OPEN, PART, UNJUDGED
from macros_py.domain.rules import Rules
from macros_py.domain.slots import NOT_FITTED, clock
from macros_py.domain.tables import Tables

UNKEPT_STATES: Final = (OPEN, UNJUDGED, PART, BROKEN)
UNJUDGED_DAYS: Final = 3  # an older promise that nothing says anything of is no task of today


def log_until(tables: Tables, of_case: Ints, today: date) -> tuple[pd.DataFrame, Ints]:
    """The contact log up to the end of the day (any past day can be replayed), and the line of each row."""
    contacts = tables.contacts.reset_index(drop=True)
    later = contacts["contacted_at"].to_numpy() >= np.datetime64(today, "D") + 1
    contacts = contacts[~later]
    return contacts, lines_of(contacts, tables.cases, of_case)


def callbacks(contacts: pd.DataFrame, line: Ints, n: int, rules: Rules, today: date) -> tuple[Days, Days, Ints]:
    """Per line the callback that is due, the one agreed for a later day, and the time of day that the customer asked for.

    Due: the latest agreed day is today or before, nobody called or visited on it or since, and it has not lapsed.
    """
    agreed = days(contacts, "callback_on")
    dated = np.where(np.isnat(agreed), -1, line)
    last = last_of(dated, contacts["contacted_at"].to_numpy(), n)
    out = np.full(n, NO_DAY)
    asked = np.full(n, NOT_FITTED, dtype=np.int64)
    has = np.flatnonzero(last >= 0)
    out[has] = agreed[last[has]]
    tried = log.dialled(contacts) | log.visited(contacts)
    latest_try = last_of(np.where(tried, line, -1), contacts["contacted_at"].to_numpy(), n)
    since = np.full(n, NO_DAY)
    with_try = np.flatnonzero(latest_try >= 0)
    since[with_try] = days(contacts, "contacted_at")[latest_try[with_try]]
    day = np.datetime64(today, "D")
    done = (since >= out) & (latest_try != last)
    lapsed = out < day - rules.planning.callback_days
    later = np.where(out > day, out, NO_DAY)
    out = np.where((out <= day) & ~done & ~lapsed, out, NO_DAY)
    notes = text(contacts, "note")
    for position in np.flatnonzero(~np.isnat(out)):
        asked[position] = clock(str(notes[last[position]]))
    return out, later, asked


def broken(
    promises: pd.DataFrame, cases: pd.DataFrame, of_case: Ints, contacts: pd.DataFrame, line: Ints, n: int, rules: Rules, today: date
) -> Days:
    """Per line the day from which a promise that was not kept is to be followed up: the day after its grace; NaT once somebody has, or it lapsed."""
    out = np.full(n, NO_DAY)
    if promises.empty or "deadline" not in promises:
        return out
    of = lines_of(promises, cases, of_case)
    after = days(promises, "deadline") + 1
    day = np.datetime64(today, "D")
    wanted = (of >= 0) & np.isin(text(promises, "state"), (PART, BROKEN)) & (after <= day) & (after >= day - rules.planning.callback_days)
    order = np.flatnonzero(wanted)[np.argsort(after[wanted], kind="stable")]
    out[of[order]] = after[order]
    tried = log.dialled(contacts) | log.visited(contacts)
    latest = last_of(np.where(tried, line, -1), contacts["contacted_at"].to_numpy(), n)
    at = np.flatnonzero(latest >= 0)
    since = np.full(n, NO_DAY)
    since[at] = days(contacts, "contacted_at")[latest[at]]
    return np.where(since >= out, NO_DAY, out)


def promised(promises: pd.DataFrame, cases: pd.DataFrame, of_case: Ints, n: int, today: date) -> tuple[Days, Ints, Ints]:
    """Per line the earliest open promise, the fen that are open on that day, and the latest promise not kept (a position, −1: none)."""
    fen = np.zeros(n, dtype=np.int64)
    if promises.empty:
        return np.full(n, NO_DAY), fen, np.full(n, -1, dtype=np.int64)
    line = lines_of(promises, cases, of_case)
    on = days(promises, "due_on")
    made = days(promises, "promised_on") <= np.datetime64(today, "D") if "promised_on" in promises else np.ones(len(promises), dtype=bool)
    state = text(promises, "state")
    fresh = on >= np.datetime64(today, "D") - UNJUDGED_DAYS
    waiting = (line >= 0) & ((state == OPEN) | ((state == UNJUDGED) & fresh)) & ~np.isnat(on) & made
    due = earliest(line[waiting], on[waiting], n)
    that_day = np.flatnonzero(waiting)[on[waiting] == due[line[waiting]]]
    np.add.at(fen, line[that_day], np.maximum(whole(promises, "amount")[that_day] - whole(promises, "paid_fen")[that_day], 0))
    unkept = np.where(np.isin(state, UNKEPT_STATES) & made, line, -1)
    return due, fen, last_of(unkept, on.astype("datetime64[s]"), n)
