"""Lines of statements that the people's own log of receipts has already, with the case that it names."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Days, Ints, days, known, text, whole
from macros_py.domain.reconciling.open_items import OpenItems


def by_number(lines: pd.DataFrame, at: Ints, fen: Ints, receipts: pd.DataFrame, items: OpenItems) -> dict[int, int]:
    """Line → row of the ledger, where the log has the very transaction number and amount (1, 2, 3 may be the log's own numbering)."""
    number, logged = text(receipts, "receipt_id"), whole(receipts, "amount")
    named = np.flatnonzero((number != "") & (text(receipts, "case_id") != ""))
    there = pd.Series(named, index=number[named])
    there = there[~there.index.duplicated(keep=False)]
    numbers = text(lines, "transaction_id")
    out: dict[int, int] = {}
    for i in at[pd.Index(numbers[at]).isin(there.index)].tolist():
        k = int(there[numbers[i]])
        row = items.first_row.get(str(receipts["case_id"].iloc[k]), -1)
        if row >= 0 and logged[k] == fen[i]:
            out[i] = row
    return out


def deducted(day: Days, base: date | None) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Logged receipts that the open amounts are less by (balances.as_of): later than the day for which the ledger states them."""
    return np.zeros(len(day), dtype=bool) if base is None else np.asarray(day > np.datetime64(base, "D"), dtype=bool)


def rows_of(
    when: Days, contract: Ints, fen: Ints, order: Ints, receipts: pd.DataFrame, items: OpenItems, near: int, base: date | None
) -> dict[int, tuple[int, bool]]:
    """Posting → the row of its contract under which people logged the same money, and whether the open amounts are less by it already.

    when, contract, fen: per posting; order: postings in the order of time. The same money: contract and amount agree, the days are
    `near`; each entry of the log is one receipt.
    """
    on, logged = days(receipts, "paid_on"), whole(receipts, "amount")
    less = deducted(on, base)
    free: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for k in np.flatnonzero(known(receipts, "amount") & ~np.isnat(on)).tolist():
        row = items.first_row.get(str(receipts["case_id"].iloc[k]), -1)
        if row >= 0:
            free[int(items.contract[row]), int(logged[k])].append((k, row))
    out: dict[int, tuple[int, bool]] = {}
    for i in order.tolist() if free else ():
        mine = free.get((int(contract[i]), int(fen[i])), [])
        best = min(mine, key=lambda entry: (abs(int((on[entry[0]] - when[i]).astype(np.int64))), entry), default=None)
        if best is not None and abs(int((on[best[0]] - when[i]).astype(np.int64))) <= near:
            mine.remove(best)
            out[i] = best[1], bool(less[best[0]])
    return out
