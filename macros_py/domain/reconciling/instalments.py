"""Which row of a contract a payment belongs to: instalments of one contract go by their due dates."""

from __future__ import annotations

import numpy as np

from macros_py.domain.arrays import Ints
from macros_py.domain.reconciling.open_items import OpenItems, expand, groups

Parts = tuple[tuple[int, int], ...]  # rows with their fen


def rows_of(items: OpenItems, contract: Ints, fen: Ints, fixed: Ints, order: Ints) -> tuple[Ints, dict[int, Parts]]:
    """The row of each payment, and for those that pay several instalments how much goes to each.

    contract: code per payment; fixed: a row that the payment names itself, −1 for none; order: payments in the order of time.
    A payment that equals what is left of an instalment takes the earliest such one. Another one goes to the earliest with anything left
    and on to the next; what is more than the whole contract asks for stays with the last row paid.
    """
    index = groups(items.contract)
    first = index[0][index[1][contract]] if len(contract) else contract
    out = np.where(fixed >= 0, fixed, first)
    several = items.in_contract[first] > 1
    splits: dict[int, Parts] = {}
    left: dict[int, dict[int, int]] = {}
    for i in order[several[order]].tolist():
        rows = left.get(int(contract[i]))
        if rows is None:
            _, mine = expand(index, contract[i : i + 1])
            mine = mine[np.lexsort((mine, items.due[mine]))]
            rows = left[int(contract[i])] = {int(r): max(int(items.amounts[r, 0]), 0) for r in mine}
        parts = _paid(rows, int(fen[i]), int(fixed[i]))
        out[i] = parts[0][0]
        if len(parts) > 1:
            splits[i] = parts
    return out, splits


def _paid(rows: dict[int, int], fen: int, fixed: int) -> Parts:
    if fixed >= 0:
        rows[fixed] = max(rows[fixed] - fen, 0)
        return ((fixed, fen),)
    exact = next((r for r, open_fen in rows.items() if open_fen == fen), None)
    if exact is not None:
        rows[exact] = 0
        return ((exact, fen),)
    parts: dict[int, int] = {}
    for row, open_fen in rows.items():
        taken = min(open_fen, fen)
        if taken > 0:
            parts[row], rows[row], fen = taken, open_fen - taken, fen - taken
    last = next(reversed(parts)) if parts else next(iter(rows))
    if fen:
        parts[last] = parts.get(last, 0) + fen
    return tuple(parts.items())
