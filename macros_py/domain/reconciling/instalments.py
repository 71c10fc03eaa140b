"""Which row of a contract a payment belongs to: instalments of one contract go by their due dates."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from macros_py.domain.arrays import Flags, Ints
from macros_py.domain.reconciling.open_items import OpenItems, expand, groups

Parts = tuple[tuple[int, int], ...]  # rows with their fen


def rows_of(items: OpenItems, contract: Ints, fen: Ints, fixed: Ints, order: Ints, counted: Flags) -> tuple[Ints, dict[int, Parts]]:
    """The row of each payment, and for those that pay several instalments how much goes to each.

    contract: code per payment; fixed: a row that the payment names itself, −1 for none; order: payments in the order of time;
    counted: what is open is less by it already.
    A payment that equals what is left of an instalment takes the earliest such one. Another one goes to the earliest with anything left
    and on to the next; what is more than the whole contract asks for stays with the last row paid. A payment that is counted already
    takes nothing of what is left: the first of them is told of the first instalment that is paid off, the next of the next. A payment below
    zero gives back to the row that it names, so that the next one may pay it again.
    """
    index = groups(items.contract)
    first = index[0][index[1][contract]] if len(contract) else contract
    out = np.where(fixed >= 0, fixed, first)
    several = items.in_contract[first] > 1
    splits: dict[int, Parts] = {}
    plans: dict[int, _Instalments] = {}
    for i in order[several[order]].tolist():
        plan = plans.get(int(contract[i]))
        if plan is None:
            _, mine = expand(index, contract[i : i + 1])
            mine = mine[np.lexsort((mine, items.due[mine]))]
            plan = plans[int(contract[i])] = _Instalments({int(r): max(int(items.amounts[r, 0]), 0) for r in mine})
        if fen[i] < 0:
            plan.given_back(-int(fen[i]) if not counted[i] else 0, int(fixed[i]))
            continue
        parts = plan.told(int(fen[i]), int(fixed[i])) if counted[i] else plan.paid(int(fen[i]), int(fixed[i]))
        out[i] = parts[0][0]
        if len(parts) > 1:
            splits[i] = parts
    return out, splits


@dataclass
class _Instalments:
    """The rows of one contract by due date, with the fen that are left of each. off: rows paid off before any of these payments;
    over: what was paid to a row beyond what was left of it."""

    left: dict[int, int]
    off: list[int] = field(default_factory=list)
    over: dict[int, int] = field(default_factory=dict)
    turn: int = 0

    def __post_init__(self) -> None:
        self.off = [row for row, fen in self.left.items() if not fen] or [next(iter(self.left))]

    def told(self, fen: int, fixed: int) -> Parts:
        if fixed < 0:
            fixed = self.off[min(self.turn, len(self.off) - 1)]
            self.turn += 1
        return ((fixed, fen),)

    def paid(self, fen: int, fixed: int) -> Parts:
        rows = self.left
        if fixed >= 0:
            taken = min(rows[fixed], fen)
            rows[fixed] -= taken
            self.over[fixed] = self.over.get(fixed, 0) + fen - taken
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
            self.over[last] = self.over.get(last, 0) + fen
        return tuple(parts.items())

    def given_back(self, fen: int, row: int) -> None:
        spare = min(self.over.get(row, 0), fen)
        self.over[row] = self.over.get(row, 0) - spare
        self.left[row] += fen - spare
