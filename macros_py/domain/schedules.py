"""还款计划的期款: instalments to the fen whose sums are exactly the debt, for every kind of plan, and what a plan costs a year.

Each payment pays the debt in the order that binds it. Interest during the plan, where there is any, is a month's share of the yearly rate on
the principal still owed, rounded half up to the fen, and never compounds. Rates are whole basis points; nothing here is a float.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from macros_py.domain.account_rules import COMPONENTS, COST, INTEREST, PENALTY, PRINCIPAL

EQUAL, EQUAL_PRINCIPAL, GRADUATED, EXTENSION = "equal", "equal_principal", "graduated", "extension"
STEPS: Final = (50, 75, 100)  # per cent of the full payment in each third of a graduated plan
YEAR: Final = 12 * 10_000  # months × basis points
Debt = dict[str, int]  # fen by COMPONENTS


@dataclass(frozen=True)
class Terms:
    """What a plan is made of. months: payments; put_off: months before the first of them besides; order: of COMPONENTS."""

    kind: str
    cost: int
    penalty: int
    interest: int
    principal: int
    months: int
    first_on: date
    rate_points: int
    order: tuple[str, ...]
    put_off: int = 0

    @property
    def debt(self) -> Debt:
        return {COST: self.cost, PENALTY: self.penalty, INTEREST: self.interest, PRINCIPAL: self.principal}

    @property
    def total(self) -> int:
        return self.cost + self.penalty + self.interest + self.principal


@dataclass(frozen=True)
class Instalment:
    """One payment: fen = principal + interest + fees (costs and penalty)."""

    number: int
    due_on: date
    fen: int
    principal: int
    interest: int
    fees: int


Pay = Callable[[int, int], int]  # (number of the payment from 1, interest that arose since the one before) → fen


def instalments(terms: Terms) -> tuple[Instalment, ...]:
    """The schedule. Sums: costs, penalty and principal exactly as owed, interest as owed plus what arises during the plan.

    ValueError for a debt below zero or a plan without months. A debt smaller than its months has fewer payments: none is empty.
    """
    if min(terms.debt.values()) < 0 or terms.months < 1:
        raise ValueError("a schedule needs a debt that is not below zero and at least one month")
    if terms.kind == EQUAL_PRINCIPAL:
        share = -(-terms.total // terms.months)
        return _run(terms, lambda number, arising: share + arising)[0]
    low, high = 0, terms.total + _most_interest(terms)  # the least full payment that is enough
    while low < high:
        middle = (low + high) // 2
        if _enough(terms, middle):
            high = middle
        else:
            low = middle + 1
    return _run(terms, _weighted(terms, low))[0]


def months_within(terms: Terms, most: int, longest: int) -> int | None:
    """The fewest months, up to `longest`, in which no payment is above `most`; None where that cannot be."""
    least = len(STEPS) if terms.kind == GRADUATED else 1  # a graduated plan has every one of its steps
    for months in range(least, longest + 1):
        tried = replace(terms, months=months)
        if tried.kind == EQUAL_PRINCIPAL:
            if largest(instalments(tried)) <= most:
                return months
        elif most > 0 and _enough(tried, most):
            return months
    return None


def largest(schedule: tuple[Instalment, ...]) -> int:
    """The largest payment, in fen."""
    return max((i.fen for i in schedule), default=0)


def yearly_points(terms: Terms, schedule: tuple[Instalment, ...]) -> int:
    """APR in basis points: twelve times the monthly rate at which the payments are worth the debt (IRR, half up)."""
    paid = sum(i.fen for i in schedule)
    if paid <= terms.total or not terms.total:
        return 0
    with localcontext() as context:
        context.prec = 40
        low, high = Decimal(0), Decimal(1)
        for _ in range(60):
            middle = (low + high) / 2
            if _worth(terms, schedule, middle) > terms.total:
                low = middle
            else:
                high = middle
        return int((low * YEAR).quantize(Decimal(1), ROUND_HALF_UP))


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _worth(terms: Terms, schedule: tuple[Instalment, ...], monthly: Decimal) -> Decimal:
    return sum((i.fen / (1 + monthly) ** (i.number + terms.put_off) for i in schedule), Decimal(0))


def _weighted(terms: Terms, full: int) -> Pay:
    if terms.kind != GRADUATED:
        return lambda number, arising: full
    return lambda number, arising: -(-full * STEPS[(number - 1) * len(STEPS) // terms.months] // 100)


def _enough(terms: Terms, full: int) -> bool:
    """Whether payments of this size leave nothing that the last one would have to add."""
    pay = _weighted(terms, full)
    schedule, last_wanted = _run(terms, pay)
    return not schedule or last_wanted <= pay(terms.months, 0)


def _run(terms: Terms, pay: Pay) -> tuple[tuple[Instalment, ...], int]:
    """Pay month by month, the rest with the last payment → (schedule, the last payment; 0 where the debt was paid before it)."""
    owed, out, last = terms.debt, [], 0
    owed[INTEREST] += _half_up(owed[PRINCIPAL] * terms.rate_points * terms.put_off)
    for number in range(1, terms.months + 1):
        arising = _half_up(owed[PRINCIPAL] * terms.rate_points)
        owed[INTEREST] += arising
        rest = sum(owed.values())
        fen = rest if number == terms.months else min(pay(number, arising), rest)
        last = fen
        if fen:
            took = _take(owed, fen, terms.order)
            due = months_later(terms.first_on, number - 1 + terms.put_off)
            out.append(Instalment(number, due, fen, took[PRINCIPAL], took[INTEREST], took[COST] + took[PENALTY]))
    return tuple(out), last


def _take(owed: Debt, fen: int, order: tuple[str, ...]) -> Debt:
    took = dict.fromkeys(COMPONENTS, 0)
    for part in order:
        took[part] = min(owed[part], fen)
        owed[part] -= took[part]
        fen -= took[part]
    return took


def _half_up(fen_points: int) -> int:
    """Fen × basis points of a year → a month's fen."""
    return (2 * fen_points + YEAR) // (2 * YEAR)


def _most_interest(terms: Terms) -> int:
    return _half_up(terms.principal * terms.rate_points * (terms.months + terms.put_off)) + terms.months + 1
