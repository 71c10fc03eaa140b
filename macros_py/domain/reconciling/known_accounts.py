"""Accounts that are known to be a customer's, and what a receipt from one of them may be posted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Flags, Ints, Texts, text
from macros_py.domain.reconciling.candidates import unrelated
from macros_py.domain.reconciling.open_items import OpenItems, expand, groups
from macros_py.domain.reconciling.own_transfers import plain_number
from macros_py.domain.reconciling.payer_names import platforms
from macros_py.domain.rules import Rules

SHORTEST: Final = 6


@dataclass(frozen=True)
class Verdict:
    """contract: to post to, −1 for a proposal; rows: candidates; reason: its name in match_words; tail: the last digits of the account."""

    contract: int
    rows: tuple[int, ...]
    reason: str
    tail: str


def learned(
    lines: pd.DataFrame, posted: Ints, stage: Texts, payer: Texts, contract: Ints, items: OpenItems, gone: Ints
) -> tuple[pd.Series, frozenset[str]]:
    """Account → debtor, from lines that are posted (by a person, or by reference and paid under the customer's own name), and the accounts
    that are nobody's: several debtors were paid from them.

    posted: lines, one that is split once for each part, with the `contract` of each; gone: postings whose case has left the ledger. Whose
    those were nobody can tell: an account from which they came is a debtor's only where they were paid under that debtor's name.
    Masked numbers and accounts of channels tell nothing.
    """
    first = groups(items.contract)
    row = first[0][first[1][contract]] if len(posted) else posted
    own = payer[posted] == items.name[row]
    sure = (stage[posted] == "confirmed") | own
    every = accounts(lines)
    number = every[posted]
    usable = sure & (number != "") & ~platforms(payer[posted])
    pairs = pd.DataFrame(
        {"account": number[usable], "debtor": items.debtor[row][usable], "name": items.name[row][usable]}
    ).drop_duplicates()
    others = pd.DataFrame({"account": number[number != ""], "debtor": items.debtor[row][number != ""]}).drop_duplicates()
    shared = set(others["account"][others["account"].duplicated(keep=False)])
    left = pd.DataFrame({"account": every[gone], "payer": payer[gone]}).merge(pairs, on="account")
    shared |= set(left["account"][left["payer"] != left["name"]])
    pairs = pairs[~pairs["account"].isin(shared)].drop_duplicates("account")
    return pd.Series(pairs["debtor"].to_numpy(np.int64), index=pairs["account"]), frozenset(shared)


def among(lines: pd.DataFrame, at: Ints, numbers: frozenset[str]) -> dict[int, str]:
    """Of these lines the ones that were paid from one of the accounts, with the last digits of it."""
    if not numbers:
        return {}
    number = accounts(lines)[at]
    here = pd.Index(number).isin(list(numbers)) & ~platforms(text(lines, "payer")[at])
    return {int(i): str(n)[-4:] for i, n in zip(at[here], number[here], strict=True)}


def aliases(confirmed: Ints, payer: Texts, contract: Ints, items: OpenItems) -> pd.Series:
    """Payer's name → debtor, from what people confirmed, where it was one debtor always and the payer bears no customer's name.

    confirmed: lines, one that is split once for each part, with the `contract` of each.
    """
    usable = (payer[confirmed] != "") & ~platforms(payer[confirmed]) & ~pd.Index(payer[confirmed]).isin(items.name)
    at, contract = confirmed[usable], contract[usable]
    index = groups(items.contract)
    debtor = items.debtor[index[0][index[1][contract]]] if len(at) else at
    pairs = pd.DataFrame({"payer": payer[at], "debtor": debtor}).drop_duplicates()
    pairs = pairs[~pairs["payer"].duplicated(keep=False)]
    return pd.Series(pairs["debtor"].to_numpy(np.int64), index=pairs["payer"])


def accounts(lines: pd.DataFrame) -> Texts:
    """The counterparty's accounts as they are compared; "" for masked and short ones."""
    code, distinct = pd.factorize(text(lines, "payer_account"))
    plain = [plain_number(str(a)) for a in distinct]
    return np.array([a if len(a) >= SHORTEST and "*" not in a else "" for a in plain] + [""], dtype=object)[code]


def judged(
    lines: pd.DataFrame,
    at: Ints,
    debtors: pd.Series,
    fen: Ints,
    items: OpenItems,
    order: Ints,
    counted: Flags,
    paid: dict[int, int],
    rules: Rules,
) -> dict[int, Verdict]:
    """What each receipt from a known account is: to be posted when it can be one contract's only, else proposed.

    counted: what is open is less by it already, so that it can be no more than that; paid: contract → fen that other stages have posted to
    it and that are not counted; what is more than the rest of a contract is for a person to say.
    """
    number = accounts(lines)[at]
    debtor = pd.Series(number).map(debtors).fillna(-1).to_numpy(dtype=np.int64) if len(debtors) else np.full(len(at), -1, dtype=np.int64)
    other = unrelated(text(lines, "memo")[at], rules.reconcile.unrelated_words)
    rank = np.empty(len(fen), dtype=np.int64)
    rank[order] = np.arange(len(order))
    index = groups(items.debtor)
    mine = np.flatnonzero(debtor >= 0)
    out: dict[int, Verdict] = {}
    paid = dict(paid)
    for k in mine[np.argsort(rank[at[mine]], kind="stable")].tolist():
        rows = expand(index, debtor[k : k + 1])[1]
        i, tail = int(at[k]), str(number[k])[-4:]
        if other[k]:
            out[i] = Verdict(-1, tuple(rows[:6].tolist()), "unrelated", tail)
        else:
            new = 0 if counted[i] else int(fen[i])
            out[i] = _verdict(rows, int(fen[i]), items, rules.reconcile.tolerance_fen, paid, tail, new)
            paid[out[i].contract] = paid.get(out[i].contract, 0) + new
    return out


def _verdict(rows: Ints, fen: int, items: OpenItems, tolerance: int, paid: dict[int, int], tail: str, new: int) -> Verdict:
    """new: fen that what is open does not know of yet."""
    contracts = np.unique(items.contract[rows])
    if len(contracts) == 1:
        left = int(np.maximum(items.owed[rows], 0).sum()) - paid.get(int(contracts[0]), 0)
        reason = "account" if not new or new <= left + tolerance else "account_more"
        return Verdict(int(contracts[0]) if reason == "account" else -1, tuple(rows[:6].tolist()), reason, tail)
    size = np.full(len(rows), fen)
    fits = items.equal(rows, size, 0)
    if not fits.any():
        fits = items.equal(rows, size, tolerance)
    fitting = np.unique(items.contract[rows[fits]])
    reason = "account_amount" if len(fitting) == 1 else "account_tie"  # a part payment of another contract may be the same round sum
    return Verdict(-1, tuple((rows[fits] if fits.any() else rows)[:6].tolist()), reason, tail)
