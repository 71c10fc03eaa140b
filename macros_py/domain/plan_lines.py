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
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.agreed_days import broken, callbacks, log_until, promised
from macros_py.domain.arrays import NO_DAY, Days, Flags, Ints, Texts, days, flags, known, text, whole
from macros_py.domain.letters_due import VOID, template_name
from macros_py.domain.open_lines import OpenCases, any_text, earliest, first_of, last_of, sum_of
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables

LAST: Final = np.iinfo(np.int64).max
PROMISES, CALLBACKS, NEW, VISITS, ROUTINE, LATER, NOT_NOW, ENTERED = range(8)  # also the order in which lines claim time
SMS_TEMPLATE, STATEMENT = "短信", "statement"  # the register lists SMS too; a statement of account is nobody's task


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
    letter: Texts  # templates of today's letters, joined by 、
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
    letter_only: Flags  # nothing is due today but a letter

    def __len__(self) -> int:
        return len(self.key)


def gather(tables: Tables, rules: Rules, today: date) -> Lines:
    """One line per customer with an open case, in the order of the ledger."""
    cases, o = tables.cases, OpenCases.of(tables.cases)
    n, at, line = o.n, o.at, o.line
    rank, amount = whole(cases, "rank", LAST)[at], whole(cases, "open_amount")[at]
    lead = first_of(line, at, n, (rank, o.stopped))
    why = first_of(line, at, n, (rank, ~o.hold, ~o.stopped))
    contacts, logged = log_until(tables, o.of_case, today)
    last = last_of(logged, contacts["contacted_at"].to_numpy(), n)
    callback, agreed, asked = callbacks(contacts, logged, n, rules, today)
    broke = broken(tables.promises, cases, o.of_wanted, contacts, logged, n, rules, today)
    after_promise = np.isnat(callback) & ~np.isnat(broke)
    callback = np.where(after_promise, broke, callback)
    next_promise, next_promise_fen, promise = promised(tables.promises, cases, o.of_wanted, n, today)
    owner = text(cases, "assigned_owner")[lead]
    dialled, cap = _dialled(cases, o), whole(cases, "calls_cap", LAST)[lead]
    capped = dialled >= cap
    lines = Lines(
        key=o.key,
        owner=owner,
        lead=lead,
        cases=np.bincount(line, minlength=n),
        amount=sum_of(line, amount, n),
        asked_cases=np.bincount(line[o.wanted], minlength=n),
        asked_amount=sum_of(line, np.where(o.wanted, amount, 0), n),
        payoff=sum_of(line, np.where(o.wanted, whole(cases, "payoff")[at], 0), n),
        payoff_known=np.bincount(line, weights=o.wanted & ~known(cases, "payoff")[at], minlength=n) == 0,
        rank=whole(cases, "rank", LAST)[lead],
        turn=np.zeros(n, dtype=np.int64),
        number=any_text(line, _numbers(cases)[at], rank, n),
        letter=_joined(line, np.where(o.stopped, "", _letters(tables, today)[at]), rank, n),
        due=np.where(next_promise <= np.datetime64(today, "D"), next_promise, NO_DAY),
        callback=callback,
        after_promise=after_promise,
        asked=asked,
        next_on=_next_on(cases, o, today),
        next_callback=np.where(np.isnat(callback), agreed, callback),
        next_promise=next_promise,
        next_promise_fen=next_promise_fen,
        is_new=(last < 0) & _first_days(cases, at, line, n, rules),
        dialled=dialled,
        cap=cap,
        last=np.where(last < 0, -1, contacts.index.to_numpy()[last] if len(contacts) else -1),
        promise=promise,
        why_position=why,
        may_on=np.where(capped & ~(o.held | ~o.free), np.datetime64(today, "D") + 1, days(cases, "may_on")[why]),
        of_case=o.of_case,
        letter_only=np.zeros(n, dtype=bool),
    )
    lines = _with_letters_only(lines, text(cases, "address")[lead] != "", today)
    return dataclasses.replace(lines, turn=_turn(lines, o.held | ~o.free, _entered(tables.plan_entries, o.key, owner, today), today))


def _turn(lines: Lines, barred: Flags, entered: Flags, today: date) -> Ints:
    """The block of each line: what was entered today, else what may not be done now, else promises, callbacks, new cases, routine."""
    turn = np.where((lines.next_on <= np.datetime64(today, "D")) | lines.letter_only, ROUTINE, LATER)
    for flag, block in ((lines.is_new, NEW), (~np.isnat(lines.callback), CALLBACKS), (~np.isnat(lines.due), PROMISES)):
        turn = np.where(flag, block, turn)
    turn = np.where(barred | (lines.dialled >= lines.cap), NOT_NOW, turn)
    return np.asarray(np.where(entered, ENTERED, turn), dtype=np.int64)


def _with_letters_only(lines: Lines, address: Flags, today: date) -> Lines:
    """Letters of customers whom nobody calls today: they are made and somebody posts them, so they stand on a plan."""
    due = (lines.next_on <= np.datetime64(today, "D")) | lines.is_new | ~np.isnat(lines.callback) | ~np.isnat(lines.due)
    return dataclasses.replace(lines, letter_only=(lines.letter != "") & address & ~due)


def _joined(line: Ints, letter: Texts, rank: Ints, n: int) -> Texts:
    """Today's letters of each line, the case of the best rank first; one template is named once."""
    out = any_text(line, letter, rank, n)
    has = np.flatnonzero(letter != "")
    several = has[np.bincount(line[has], minlength=n)[line[has]] > 1]
    named: dict[int, list[str]] = {}
    for at in several[np.argsort(rank[several], kind="stable")].tolist():
        named.setdefault(int(line[at]), []).append(str(letter[at]))
    for at, letters in named.items():
        out[at] = "、".join(dict.fromkeys(letters))
    return out


def _next_on(cases: pd.DataFrame, o: OpenCases, today: date) -> Days:
    """The day of the next step; NaT: the ladder has nothing to do."""
    if "next_on" not in cases:
        return np.full(o.n, np.datetime64(today, "D"))
    return earliest(o.line, np.where(o.stopped, NO_DAY, days(cases, "next_on")[o.at]), o.n)


def _dialled(cases: pd.DataFrame, o: OpenCases) -> Ints:
    """Calls made today, the most of any case."""
    out = np.zeros(o.n, dtype=np.int64)
    np.maximum.at(out, o.line, whole(cases, "dialled_today")[o.at])
    return out


def _numbers(cases: pd.DataFrame) -> Texts:
    """The number to call: the own one, or the second where the own one is missing or was found invalid (number_bad)."""
    own = np.where(flags(cases, "number_bad"), "", text(cases, "phone"))
    second = np.where(text(cases, "phone2") == text(cases, "phone"), "", text(cases, "phone2"))
    return np.where(own == "", second, own)


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
