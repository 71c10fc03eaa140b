"""抵充顺序: which row of 入账顺序 binds a case on a day, and in which order one sum pays several debts of one debtor.

Within one debt 民法典 561 (cost → penalty and interest → principal) unless the contract has an order of its own; credit cards from day 91
principal first. Across debts 民法典 560: the debtor's choice, else due first → least secured → heaviest → earliest due → pro rata.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final

from macros_py.domain.account_rules import COMPONENT_WORDS, ORDERS, PaymentOrder
from macros_py.domain.accounts import Account

EVERYBODY: Final = frozenset({"", "全部", "所有", "all", "any"})
SECURED: Final = re.compile(r"抵押|质押|担保|保证|按揭|房贷|车贷|mortgage|secured|guarantee", re.IGNORECASE)
UNSECURED: Final = re.compile(r"无抵押|无担保|免担保|信用贷|unsecured", re.IGNORECASE)
_APART: Final = re.compile(r"[、,，;；/]+")
FALLBACK: Final = next(row for row in ORDERS if row.id == "civil_561")


@dataclass(frozen=True)
class Terms:
    """What a case is called in the column 适用对象, from the most particular to the most general."""

    case_id: str
    client: str
    product: str
    segment: str

    def rank(self, applies_to: str) -> int | None:
        """How particular a row is for this case (0 = names the very case); None where it does not apply."""
        names = named(applies_to)
        for rank, own in enumerate((self.case_id, self.client, self.product, self.segment)):
            if own and own in names:
                return rank
        return 4 if any(name.lower() in EVERYBODY for name in names) else None


def named(applies_to: str) -> list[str]:
    """Every word of 适用对象."""
    return [part.strip() for part in _APART.split(applies_to)]


class PaymentOrders:
    """The rows of 入账顺序, asked case by case; equal terms are ranked once."""

    def __init__(self, rows: Sequence[PaymentOrder]) -> None:
        self.rows = tuple(rows)
        self._ranked: dict[Terms, list[PaymentOrder]] = {}

    def on(self, terms: Terms, day: date, days_past_due: int) -> PaymentOrder:
        """The row that binds: the most particular one in force, of several the latest; 民法典 561 where none applies."""
        ranked = self._ranked.get(terms)
        if ranked is None:
            ranked = self._ranked[terms] = self._rank(terms)
        return next((row for row in ranked if _in_force(row, day, days_past_due)), FALLBACK)

    def _rank(self, terms: Terms) -> list[PaymentOrder]:
        found = [(rank, row) for row in self.rows if (rank := terms.rank(row.applies_to)) is not None]
        return [row for _, row in sorted(found, key=lambda pair: (pair[0], -(pair[1].valid_from or date.min).toordinal()))]


def _in_force(row: PaymentOrder, day: date, past: int) -> bool:
    begun = row.valid_from is None or row.valid_from <= day
    over = row.valid_until is not None and row.valid_until < day
    return begun and not over and (row.days_from is None or past >= row.days_from) and (row.days_to is None or past <= row.days_to)


@cache
def words(row: PaymentOrder, lang: str) -> str:
    """ "civil_561 民法典 第561条：费用→违约金→利息→本金"."""
    names = "→".join(COMPONENT_WORDS[part][lang == "en"] for part in row.order)
    return f"{row.id} {row.source}{': ' if lang == 'en' else '：'}{names}"


def is_secured(*texts: str) -> bool:
    """Whether the words of a ledger (product, kind of security) say that a debt is secured."""
    said = "、".join(texts)
    return bool(SECURED.search(UNSECURED.sub("", said)))


def turns(accounts: Sequence[Account], day: date) -> list[list[Account]]:
    """The debts of one debtor in the order of 民法典 560; those in one group are equal and share pro rata.

    Heavier: more interest and penalty owed for each yuan of principal (a ledger holds no rate that could be compared).
    """
    groups: dict[tuple[bool, bool, Fraction, date], list[Account]] = {}
    for account in accounts:
        due = account.due or date.max
        groups.setdefault((due > day, account.secured, -_burden(account), due), []).append(account)
    return [sorted(groups[key], key=lambda a: a.case_id) for key in sorted(groups)]


def _burden(account: Account) -> Fraction:
    owed = account.owed()
    return Fraction(owed["interest"] + owed["penalty"], max(owed["principal"], 1))


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` pro rata, none beyond its weight, to the fen: what rounding leaves goes to the largest remainders, the first on a tie."""
    total = sum(weights)
    if amount >= total:
        return list(weights)
    parts = [amount * weight // total for weight in weights]
    rest = sorted(range(len(weights)), key=lambda n: (-(amount * weights[n] % total), n))
    for n in rest[: amount - sum(parts)]:
        parts[n] += 1
    return parts
