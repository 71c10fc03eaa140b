"""From cases to one line per customer, with everything that decides what is done with the customer today.

Reads tables.cases as the rules leave it (a column that is missing counts as unknown): case_id, customer_key, customer, phone, phone2,
address, product, bucket, open_amount (fen), payoff (fen), days_past_due, priority, rank, tier, tier_why, channels (joined by '、'),
next_action, next_on, hold (a 停催 code), hold_own_case, hold_why (not empty: may not be contacted), may_on, settled, number_bad,
assigned_owner, dialled_today, calls_cap, letter_due (template or ''), work_start; and contacts, promises (case_id, due_on, amount, paid_fen, state), plan_entries.

A hold on one case holds the customer (归户: cases of one debtor share the hold) unless it says that it does not (hold_own_case: a
disputed invoice); another reason not to contact, such as grace or a receipt to be confirmed, keeps only its own case off the line while
a further case may be worked. What the line asks for are the cases that may be worked: nobody is asked for what is disputed or paid.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import contact_results as log
from macros_py.domain.arrays import NO_DAY, Days, Flags, Ints, Texts, days, flags, known, text, whole
from macros_py.domain.letters_due import VOID, template_name
from macros_py.domain.rules import Rules
from macros_py.domain.slots import NOT_FITTED, clock
from macros_py.domain.tables import Tables

LAST: Final = np.iinfo(np.int64).max
PROMISES, CALLBACKS, NEW, VISITS, ROUTINE, LATER, NOT_NOW, ENTERED = range(8)  # also the order in which lines claim time
OPEN, UNJUDGED = "open", "unjudged"  # states of a promise that may still be kept; unjudged: the workbook has no receipts
UNKEPT_STATES: Final = (OPEN, UNJUDGED, "part", "broken")
SMS_TEMPLATE, STATEMENT = "短信", "statement"  # the register lists SMS too; a statement of account is nobody's task
UNJUDGED_DAYS: Final = 3  # an older promise that nothing says anything of is no task of today


@dataclass(frozen=True)
class Lines:
    """One entry per customer with an open case, in every array; positions (`lead`, `last`, `promise`) point into the tables.

    turn: one of PROMISES … ENTERED; amount and cases: all open cases; asked_amount, asked_cases, payoff: those that the customer is asked
    for (all of them where none may be worked); number: first known phone that works; why_position: the case whose hold_why is shown;
    of_case: line of each case, −1 where nothing is owed.
    """

    key: Texts
    owner: Texts
    lead: Ints
    cases: Ints
    amount: Ints
    asked_cases: Ints
    asked_amount: Ints
    payoff: Ints
    payoff_known: Flags
    rank: Ints
    turn: npt.NDArray[np.int64]
    number: Texts
    letter: Texts
    due: Days
    callback: Days
    after_promise: Flags  # the callback follows up a promise that was not kept
    asked: Ints
    next_on: Days
    next_callback: Days
    next_promise: Days
    next_promise_fen: Ints
    is_new: Flags
    dialled: Ints
    cap: Ints
    last: Ints
    promise: Ints
    why_position: Ints
    may_on: Days
    of_case: Ints

    def __len__(self) -> int:
        return len(self.key)


def open_cases(cases: pd.DataFrame) -> Flags:
    """Cases on which something is owed: not settled, and the open amount, where known, above zero."""
    owed = ~known(cases, "open_amount") | (whole(cases, "open_amount") > 0)
    out: Flags = owed & ~flags(cases, "settled")
    return out


def customer_keys(cases: pd.DataFrame) -> Texts:
    """customer_key, or the case itself where a case belongs to no known customer."""
    key = text(cases, "customer_key")
    return np.where(key == "", text(cases, "case_id"), key)


@dataclass(frozen=True)
class _Open:
    """The open cases and the lines that they make. at: rows of the cases; line: of each of these; of_case: of every case, -1 for none.

    hold: stopped by a hold; stopped: by anything; held: lines all of whose debtor is held; free: lines with a case that may be worked;
    wanted: cases that the line speaks of; of_wanted: as of_case, for these only.
    """

    key: Texts
    at: Ints
    line: Ints
    of_case: Ints
    hold: Flags
    stopped: Flags
    held: Flags
    free: Flags
    wanted: Flags
    of_wanted: Ints

    @classmethod
    def of(cls, cases: pd.DataFrame) -> _Open:
        at = np.flatnonzero(open_cases(cases))
        line, key = pd.factorize(customer_keys(cases)[at])
        n = len(key)
        of_case = np.full(len(cases), -1, dtype=np.int64)
        of_case[at] = line
        hold = text(cases, "hold")[at] != ""
        stopped = hold | (text(cases, "hold_why")[at] != "")
        held = np.bincount(line, weights=hold & ~flags(cases, "hold_own_case")[at], minlength=n) > 0
        free = np.bincount(line, weights=~stopped, minlength=n) > 0
        wanted = ~stopped | ~free[line]
        of_wanted = of_case.copy()
        of_wanted[at[~wanted]] = -1
        return cls(key, at, line, of_case, hold, stopped, held, free, wanted, of_wanted)

    @property
    def n(self) -> int:
        return len(self.key)


def gather(tables: Tables, rules: Rules, today: date) -> Lines:
    """One line per customer with an open case, in the order of the ledger."""
    cases, o = tables.cases, _Open.of(tables.cases)
    n, at, line = o.n, o.at, o.line
    rank, amount = whole(cases, "rank", LAST)[at], whole(cases, "open_amount")[at]
    lead = _first_of(line, at, n, (rank, o.stopped))
    why = _first_of(line, at, n, (rank, ~o.hold, ~o.stopped))
    contacts, logged = _log_until(tables, o.of_case, today)
    last = _last_of(logged, contacts["contacted_at"].to_numpy(), n)
    callback, agreed, asked = _callbacks(contacts, logged, n, rules, today)
    broke = _broken(tables.promises, cases, o.of_wanted, contacts, logged, n, rules, today)
    after_promise = np.isnat(callback) & ~np.isnat(broke)
    callback = np.where(after_promise, broke, callback)
    next_promise, next_promise_fen, promise = _promises(tables.promises, cases, o.of_wanted, n, today)
    owner = text(cases, "assigned_owner")[lead]
    lines = Lines(
        key=o.key,
        owner=owner,
        lead=lead,
        cases=np.bincount(line, minlength=n),
        amount=_sum(line, amount, n),
        asked_cases=np.bincount(line[o.wanted], minlength=n),
        asked_amount=_sum(line, np.where(o.wanted, amount, 0), n),
        payoff=_sum(line, np.where(o.wanted, whole(cases, "payoff")[at], 0), n),
        payoff_known=np.bincount(line, weights=o.wanted & ~known(cases, "payoff")[at], minlength=n) == 0,
        rank=whole(cases, "rank", LAST)[lead],
        turn=np.zeros(n, dtype=np.int64),
        number=_any_text(line, _numbers(cases)[at], rank, n),
        letter=_any_text(line, np.where(o.stopped, "", _letters(tables, today)[at]), rank, n),
        due=np.where(next_promise <= np.datetime64(today, "D"), next_promise, NO_DAY),
        callback=callback,
        after_promise=after_promise,
        asked=asked,
        next_on=_next_on(cases, o, today),
        next_callback=np.where(np.isnat(callback), agreed, callback),
        next_promise=next_promise,
        next_promise_fen=next_promise_fen,
        is_new=(last < 0) & _first_days(cases, at, line, n, rules),
        dialled=_dialled(cases, o),
        cap=whole(cases, "calls_cap", LAST)[lead],
        last=np.where(last < 0, -1, contacts.index.to_numpy()[last] if len(contacts) else -1),
        promise=promise,
        why_position=why,
        may_on=days(cases, "may_on")[why],
        of_case=o.of_case,
    )
    return dataclasses.replace(lines, turn=_turn(lines, o.held | ~o.free, _entered(tables.plan_entries, o.key, owner, today), today))


def _turn(lines: Lines, barred: Flags, entered: Flags, today: date) -> Ints:
    """The block of each line: what was entered today, else what may not be done now, else promises, callbacks, new cases, routine."""
    turn = np.where(lines.next_on <= np.datetime64(today, "D"), ROUTINE, LATER)
    for flag, block in ((lines.is_new, NEW), (~np.isnat(lines.callback), CALLBACKS), (~np.isnat(lines.due), PROMISES)):
        turn = np.where(flag, block, turn)
    turn = np.where(barred | (lines.dialled >= lines.cap), NOT_NOW, turn)
    return np.asarray(np.where(entered, ENTERED, turn), dtype=np.int64)


def _next_on(cases: pd.DataFrame, o: _Open, today: date) -> Days:
    """The day of the next step; NaT: the ladder has nothing to do."""
    if "next_on" not in cases:
        return np.full(o.n, np.datetime64(today, "D"))
    return _earliest(o.line, np.where(o.stopped, NO_DAY, days(cases, "next_on")[o.at]), o.n)


def _dialled(cases: pd.DataFrame, o: _Open) -> Ints:
    """Calls made today, the most of any case."""
    out = np.zeros(o.n, dtype=np.int64)
    np.maximum.at(out, o.line, whole(cases, "dialled_today")[o.at])
    return out


def _numbers(cases: pd.DataFrame) -> Texts:
    """The number to call: the own one, or the second where the own one is missing or was found invalid (number_bad)."""
    own = np.where(flags(cases, "number_bad"), "", text(cases, "phone"))
    second = np.where(text(cases, "phone2") == text(cases, "phone"), "", text(cases, "phone2"))
    return np.where(own == "", second, own)


def _sum(line: Ints, values: Ints, n: int) -> Ints:
    """Exact sums in whole fen (bincount would go through floats)."""
    out = np.zeros(n, dtype=np.int64)
    np.add.at(out, line, values)
    return out


def _first_of(line: Ints, at: Ints, n: int, order: tuple[npt.NDArray[Any], ...]) -> Ints:
    """Per line the position of its first case by `order` (last key first, as in lexsort), the earlier row at a tie."""
    out = np.zeros(n, dtype=np.int64)
    backwards = np.lexsort((at, *order))[::-1]
    out[line[backwards]] = at[backwards]
    return out


def _last_of(line: Ints, when: npt.NDArray[Any], n: int) -> Ints:
    """Per line the position of its latest entry, −1 for none; entries without a time count as the earliest."""
    out = np.full(n, -1, dtype=np.int64)
    order = np.argsort(np.where(np.isnat(when), np.datetime64(0, "s"), when), kind="stable")
    order = order[line[order] >= 0]
    out[line[order]] = order
    return out


def _earliest(line: Ints, when: Days, n: int) -> Days:
    out = np.full(n, np.iinfo(np.int64).max, dtype=np.int64)
    dated = ~np.isnat(when)
    np.minimum.at(out, line[dated], when[dated].astype("int64"))
    return np.where(out == np.iinfo(np.int64).max, NO_DAY, out.astype("datetime64[D]"))


def _any_text(line: Ints, words: Texts, rank: Ints, n: int) -> Texts:
    """Per line the first text that is not empty, by rank."""
    out = np.full(n, "", dtype=object)
    filled = np.flatnonzero(words != "")
    backwards = filled[np.argsort(rank[filled], kind="stable")][::-1]
    out[line[backwards]] = words[backwards]
    return out


def lines_of(table: pd.DataFrame, cases: pd.DataFrame, of_case: Ints) -> Ints:
    """Line of each row of a table with case_id, −1 where the case is unknown or owes nothing."""
    first = ~cases["case_id"].duplicated().to_numpy()
    where = pd.Index(cases["case_id"][first]).get_indexer(pd.Index(table["case_id"]))
    out: Ints = np.where(where < 0, -1, of_case[np.flatnonzero(first)[where]] if len(of_case) else -1)
    return out


def _log_until(tables: Tables, of_case: Ints, today: date) -> tuple[pd.DataFrame, Ints]:
    """The contact log up to the end of the day (any past day can be replayed), and the line of each row."""
    contacts = tables.contacts.reset_index(drop=True)
    later = contacts["contacted_at"].to_numpy() >= np.datetime64(today, "D") + 1
    contacts = contacts[~later]
    return contacts, lines_of(contacts, tables.cases, of_case)


def _callbacks(contacts: pd.DataFrame, line: Ints, n: int, rules: Rules, today: date) -> tuple[Days, Days, Ints]:
    """Per line the callback that is due, the one agreed for a later day, and the time of day that the customer asked for.

    Due: the latest agreed day is today or before, nobody called or visited on it or since, and it has not lapsed.
    """
    agreed = days(contacts, "callback_on")
    dated = np.where(np.isnat(agreed), -1, line)
    last = _last_of(dated, contacts["contacted_at"].to_numpy(), n)
    out = np.full(n, NO_DAY)
    asked = np.full(n, NOT_FITTED, dtype=np.int64)
    has = np.flatnonzero(last >= 0)
    out[has] = agreed[last[has]]
    tried = log.dialled(contacts) | log.visited(contacts)
    latest_try = _last_of(np.where(tried, line, -1), contacts["contacted_at"].to_numpy(), n)
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


def _broken(
    promises: pd.DataFrame, cases: pd.DataFrame, of_case: Ints, contacts: pd.DataFrame, line: Ints, n: int, rules: Rules, today: date
) -> Days:
    """Per line the day from which a promise that was not kept is to be followed up: the day after its grace; NaT once somebody has, or it lapsed."""
    out = np.full(n, NO_DAY)
    if promises.empty or "deadline" not in promises:
        return out
    of = lines_of(promises, cases, of_case)
    after = days(promises, "deadline") + 1
    day = np.datetime64(today, "D")
    wanted = (
        (of >= 0) & np.isin(text(promises, "state"), ("part", "broken")) & (after <= day) & (after >= day - rules.planning.callback_days)
    )
    order = np.flatnonzero(wanted)[np.argsort(after[wanted], kind="stable")]
    out[of[order]] = after[order]
    tried = log.dialled(contacts) | log.visited(contacts)
    latest = _last_of(np.where(tried, line, -1), contacts["contacted_at"].to_numpy(), n)
    at = np.flatnonzero(latest >= 0)
    since = np.full(n, NO_DAY)
    since[at] = days(contacts, "contacted_at")[latest[at]]
    return np.where(since >= out, NO_DAY, out)


def _promises(promises: pd.DataFrame, cases: pd.DataFrame, of_case: Ints, n: int, today: date) -> tuple[Days, Ints, Ints]:
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
    due = _earliest(line[waiting], on[waiting], n)
    that_day = np.flatnonzero(waiting)[on[waiting] == due[line[waiting]]]
    np.add.at(fen, line[that_day], np.maximum(whole(promises, "amount")[that_day] - whole(promises, "paid_fen")[that_day], 0))
    unkept = np.where(np.isin(state, UNKEPT_STATES) & made, line, -1)
    return due, fen, _last_of(unkept, on.astype("datetime64[s]"), n)


def _first_days(cases: pd.DataFrame, at: Ints, line: Ints, n: int, rules: Rules) -> Flags:
    """Lines whose every open case is new: is_new where the column is there, else within the first days of contact."""
    if "is_new" in cases:
        old = ~flags(cases, "is_new")[at]
    else:
        first = rules.strategy.first_contact_day
        overdue = whole(cases, "days_past_due", LAST)[at]
        old = overdue >= first + rules.planning.new_case_days
    return np.asarray(np.bincount(line, weights=old, minlength=n) == 0)


def _letters(tables: Tables, today: date) -> Texts:
    """Template of each case's letter of the day: due now, or made today already (so that a second press draws the same plan)."""
    out = text(tables.cases, "letter_due").copy()
    made = tables.letters[days(tables.letters, "made_on") == np.datetime64(today, "D")]
    titles = made["template"].astype(str)
    others = titles.str.startswith(SMS_TEMPLATE) | titles.map(template_name).eq(STATEMENT)
    letter = ~others.to_numpy(dtype=bool) & (text(made, "letter_state") != VOID)
    by_case = dict(zip(text(made, "case_id")[letter], text(made, "template")[letter], strict=True))
    if by_case:
        near = np.flatnonzero((out == "") & tables.cases["case_id"].isin(list(by_case)).to_numpy())
        out[near] = [template_name(str(by_case[case])) for case in text(tables.cases, "case_id")[near]]
    return out


def _entered(entries: pd.DataFrame, key: Texts, owner: Texts, today: date) -> Flags:
    """Lines on whose owner's plan of this day a result or a promise was typed."""
    if entries.empty:
        return np.zeros(len(key), dtype=bool)
    said: Flags = text(entries, "result") != ""
    for name in ("plan_promised_on", "plan_promised_amount"):
        said |= known(entries, name) & (text(entries, name).astype(str) != "")
    said &= days(entries, "plan_day") == np.datetime64(today, "D")
    customers = [str(k).rpartition("@")[0] for k in text(entries, "row_key")[said]]
    typed = set(zip(customers, text(entries, "person")[said], strict=True))
    out = np.zeros(len(key), dtype=bool)
    if typed:
        names = {customer for customer, _ in typed}
        near = np.flatnonzero(pd.Index(key).isin(list(names)))
        out[near] = [(key[i], owner[i]) in typed for i in near]
    return out
