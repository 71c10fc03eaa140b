"""The account of one case while receipts are replayed: what is owed by component, what each receipt paid, and credit.

Every sum is a Python int of fen. A receipt's share is kept as a lot, so that a reversal gives back exactly what that receipt took.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from macros_py.domain.account_rules import COMPONENTS, COST, INTEREST, PENALTY, PRINCIPAL

CREDIT: Final = "credit"
PARTS: Final = (*COMPONENTS, CREDIT)  # what a receipt splits into
WAIVED_FIRST: Final = (PENALTY, INTEREST, COST, PRINCIPAL)
Split = dict[str, int]


def nothing() -> Split:
    """A split of zero."""
    return dict.fromkeys(PARTS, 0)


@dataclass
class Lot:
    """What one receipt holds in this account: takes in the order in which they were made, and its part of the credit."""

    takes: list[tuple[int, str, int]] = field(default_factory=list)  # (instalment, component, fen)
    credit: int = 0

    @property
    def total(self) -> int:
        return self.credit + sum(fen for _, _, fen in self.takes)


@dataclass
class Account:
    """One case. items: what is owed of each instalment by component, in the order of the due dates (a case without instalments has one)."""

    case_id: str
    due: date | None
    secured: bool
    items: list[Split]
    lots: dict[int, Lot] = field(default_factory=dict)
    overdrawn: int = 0  # given back beyond everything that was received

    def owed(self) -> Split:
        """What is owed now, by component; credit is what the debtor is owed."""
        out = {part: sum(item[part] for item in self.items) for part in COMPONENTS}
        out[CREDIT] = sum(lot.credit for lot in self.lots.values()) - self.overdrawn
        return out

    @property
    def total(self) -> int:
        """What is owed in all, credit not deducted."""
        return sum(sum(item[part] for part in COMPONENTS) for item in self.items)

    def pay(self, key: int, fen: int, order: Sequence[str]) -> Split:
        """A receipt pays the oldest instalment first, within it in `order`; what is left is kept as credit."""
        lot = self.lots.setdefault(key, Lot())
        split, left = self._serve(lot, fen, order)
        lot.credit += left
        split[CREDIT] = left
        return split

    def use_credit(self, order: Sequence[str]) -> list[tuple[int, Split]]:
        """Credit pays what has become due since, the oldest credit first → (receipt, split that sums to zero)."""
        out = []
        for key, lot in self.lots.items():
            if not lot.credit or not self.total:
                continue
            split, left = self._serve(lot, lot.credit, order)
            split[CREDIT] = left - lot.credit
            lot.credit = left
            out.append((key, split))
        return out

    def give_back(self, fen: int, keys: Iterable[int]) -> tuple[Split, int]:
        """Undo up to `fen` of these receipts, each whole where it can be, else its credit and then its latest takes → (split, fen left)."""
        split, left = nothing(), fen
        for key in keys:
            lot = self.lots.get(key)
            if lot is None or not left:
                continue
            left -= self._undo_credit(lot, left, split)
            while lot.takes and left:
                item, part, took = lot.takes.pop()
                back = min(took, left)
                if back < took:
                    lot.takes.append((item, part, took - back))
                self.items[item][part] += back
                split[part] -= back
                left -= back
            if not lot.total:
                del self.lots[key]
        return split, left

    def give_credit_back(self, fen: int) -> tuple[Split, int]:
        """A refund of over-payment: the latest credit first → (split, fen left)."""
        split, left = nothing(), fen
        for key in reversed(list(self.lots)):
            left -= self._undo_credit(self.lots[key], left, split)
            if not self.lots[key].total:
                del self.lots[key]
        return split, left

    def overdraw(self, fen: int) -> Split:
        """More was given back than was ever received: the debtor owes it besides."""
        self.overdrawn += fen
        return {**nothing(), CREDIT: -fen}

    def accrue(self, fen: Split) -> None:
        """Costs, interest or penalty that arose since."""
        for part in COMPONENTS:
            self.items[0][part] += fen[part]

    def waive(self, fen: Split, rest: int = 0) -> Split:
        """Forgive by component, at most what is owed; `rest` is forgiven penalty first → what was forgiven."""
        out = nothing()
        for part in COMPONENTS:
            out[part] += self._forgive(part, fen.get(part, 0))
        for part in WAIVED_FIRST:
            took = self._forgive(part, rest)
            out[part] += took
            rest -= took
        return out

    def _serve(self, lot: Lot, fen: int, order: Sequence[str]) -> tuple[Split, int]:
        split = nothing()
        for number, item in enumerate(self.items):
            for part in order:
                take = min(item[part], fen)
                if take:
                    item[part] -= take
                    split[part] += take
                    lot.takes.append((number, part, take))
                    fen -= take
            if not fen:
                break
        return split, fen

    def _undo_credit(self, lot: Lot, most: int, split: Split) -> int:
        back = min(lot.credit, most)
        lot.credit -= back
        split[CREDIT] -= back
        return back

    def _forgive(self, part: str, fen: int) -> int:
        left = fen
        for item in self.items:
            take = min(item[part], left)
            item[part] -= take
            left -= take
        return fen - left
