"""Money that is no receipt although it came in: transfers between the company's own accounts, and receipts that were reversed."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Ints, Texts, text, whole
from macros_py.domain.reconciling.payer_names import comparable, platforms
from macros_py.domain.rules import Rules

DAY: Final = 86_400
REVERSED_WITHIN: Final = 90 * DAY
_BETWEEN: Final = re.compile(r"[\s-]+")
_BETWEEN_NUMBERS: Final = re.compile(r"[、,，;；/\n]+")
_PARTS: Final = re.compile(r"[、,，;；/\s]+")


def settled_states(lines: pd.DataFrame, rules: Rules, customers: Texts) -> tuple[Texts, dict[int, int]]:
    """The state of every line once lines are seen together, and for each reversal the line that it takes back.

    lines: stated, amount, payer, payer_account, account, memo, paid_at, fee, transaction_id, line_key; customers: comparable names of the ledger.
    A settlement of a channel that arrives at the bank pairs with what left the channel: both are transfers. A reversal pairs with the
    latest earlier line of the same account, counterparty and amount; where several parties qualify it pairs with none.
    """
    state = text(lines, "stated").copy()
    order = np.lexsort((text(lines, "line_key").astype(str), lines["paid_at"].to_numpy()))
    state[_between_own(lines, rules, customers) & np.isin(state, (p.RECEIVED, p.EXPENSE))] = p.INTERNAL
    arrived = _settlements(lines, state, order, rules)
    state[arrived] = p.INTERNAL
    back = _reversed(lines, state, order)
    state[list(back.values())] = p.REVERSED
    return state, back


def _between_own(lines: pd.DataFrame, rules: Rules, customers: Texts) -> Flags:
    """The counterparty is the company itself, by name or by one of its accounts.

    An account that is own by the columns of some file only does not make a customer's money the company's: a file may print the payer's card
    where others print the own account.
    """
    payer = comparable(text(lines, "payer"))
    names = set(comparable(_listed(rules.reconcile.own_names, rules.office.account_name, rules.office.creditor)).tolist()) - {""}
    stated = own_numbers(rules)
    numbers = {n for n in stated | {plain_number(n) for n in pd.unique(text(lines, "account"))} if len(n) >= 8 and "*" not in n}
    theirs = pd.Index([plain_number(n) for n in text(lines, "payer_account")])
    by_number = theirs.isin(list(numbers)) & (theirs.isin(list(stated)) | ~pd.Index(payer).isin(customers))
    other = text(lines, "payer_account") != text(lines, "account")  # some banks print the own account as the counterparty's
    by_name = pd.Index(payer).isin(list(names))
    return np.asarray((by_number & other) | by_name)


def _listed(*settings: str) -> Texts:
    return np.array([part for s in settings for part in _PARTS.split(s) if part], dtype=object)


def own_numbers(rules: Rules) -> set[str]:
    """The company's accounts by the settings: those that are listed, and the one in letters. Blanks may stand between two or within one."""
    listed = (rules.reconcile.own_accounts, rules.office.account_number)
    grouped = [part for setting in listed for part in _BETWEEN_NUMBERS.split(setting)]
    return {plain_number(n) for n in [*grouped, *_listed(*listed)]} - {""}


def plain_number(number: str) -> str:
    """An account's number as it is compared: without the blanks and dashes between its groups."""
    return _BETWEEN.sub("", str(number))


def _settlements(lines: pd.DataFrame, state: Texts, order: Ints, rules: Rules) -> Ints:
    """Lines of a bank that are a channel's payout: amount (less the fee) and days fit a line that left the channel; each pairs once."""
    fen, fee, seconds = whole(lines, "amount"), whole(lines, "fee"), lines["paid_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    account, source = text(lines, "account"), text(lines, "source")
    came = (state == p.RECEIVED) & (fen > 0) & platforms(text(lines, "payer"))
    left = (state == p.INTERNAL) & (fen < 0)
    waiting: dict[int, list[int]] = {}
    for i in order[left[order]].tolist():
        for amount in {-int(fen[i]), -int(fen[i]) - abs(int(fee[i]))}:
            waiting.setdefault(amount, []).append(i)
    taken: set[int] = set()
    found: list[int] = []
    for i in order[came[order]].tolist():
        for j in waiting.get(int(fen[i]), ()):
            late = seconds[i] // DAY - seconds[j] // DAY
            if j not in taken and 0 <= late <= rules.reconcile.settlement_days and (account[i], source[i]) != (account[j], source[j]):
                taken.add(j)
                found.append(i)
                break
    return np.array(found, dtype=np.int64)


def _reversed(lines: pd.DataFrame, state: Texts, order: Ints) -> dict[int, int]:
    fen, seconds = whole(lines, "amount"), lines["paid_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    account, payer, number = text(lines, "account"), comparable(text(lines, "payer")), text(lines, "payer_account")
    turned = np.flatnonzero(state == p.REVERSAL)
    if not len(turned):
        return {}
    wanted = {(account[i], -int(fen[i])) for i in turned}
    earlier: dict[tuple[str, int], list[int]] = {}
    may = np.isin(state, (p.RECEIVED, p.EXPENSE))
    for i in order[may[order]].tolist():
        if (account[i], int(fen[i])) in wanted:
            earlier.setdefault((account[i], int(fen[i])), []).append(i)
    back: dict[int, int] = {}
    taken: set[int] = set()
    for i in (i for i in order.tolist() if state[i] == p.REVERSAL):
        same = [
            j for j in earlier.get((account[i], -int(fen[i])), ()) if j not in taken and 0 <= seconds[i] - seconds[j] <= REVERSED_WITHIN
        ]
        same = _of_the_party(same, i, payer, number)
        if same:
            back[i] = same[-1]
            taken.add(same[-1])
    return back


def _of_the_party(same: list[int], i: int, payer: Texts, number: Texts) -> list[int]:
    """Those of the same counterparty; where the reversal names none, all of them if they are of one party."""
    if number[i]:
        known = [j for j in same if number[j] == number[i]]
        if known:
            return known
    if payer[i]:
        return [j for j in same if payer[j] == payer[i]]
    return same if len({(payer[j], number[j]) for j in same}) == 1 else []
