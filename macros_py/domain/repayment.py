"""还款方案: two or three proposals for one case, each a schedule to the fen with its cost, its rate, and the approval that it needs.

Proposed are equal instalments; the same after a waiver of penalty and interest; and one that fits otherwise: equal principal (where a plan
bears interest), graduated payments, an extension (where nothing can be paid now), a long plan for a repeat defaulter. None of the payments
is above what the household can afford where that can be; where it cannot, the longest plan is proposed and a manager decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from macros_py.domain import allocation, plan_limits
from macros_py.domain.account_rules import COMPONENTS, COST, INTEREST, PENALTY, PRINCIPAL
from macros_py.domain.affordability import Ability, Means, assess
from macros_py.domain.arrays import flags, text, whole
from macros_py.domain.payment_order import PaymentOrders
from macros_py.domain.payment_order import Terms as CaseTerms
from macros_py.domain.people import authority
from macros_py.domain.plan_limits import Asks, Cap, Words
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.schedules import (
    EQUAL,
    EQUAL_PRINCIPAL,
    EXTENSION,
    GRADUATED,
    STEPS,
    Debt,
    Instalment,
    Terms,
    instalments,
    largest,
    months_later,
    months_within,
    yearly_points,
)
from macros_py.domain.segments import CARD, segment
from macros_py.domain.tables import Tables

KINDS: Final = {
    EQUAL: ("等额分期", "Equal instalments"),
    EQUAL_PRINCIPAL: ("等额本金", "Equal principal"),
    GRADUATED: ("阶梯还款", "Graduated"),
    EXTENSION: ("延期后等额分期", "Equal instalments after an extension"),
}
LONG: Final = ("长期计划", "Long plan")


@dataclass(frozen=True)
class PlanRequest:
    """What a person asks for. whole: the payoff instead of what is overdue (cards: always); first_on: first due date, else a month on."""

    case_id: str
    means: Means
    whole: bool = False
    first_on: date | None = None


@dataclass(frozen=True)
class Proposal:
    """One proposal. name: zh, en; asks: what of it needs approval; approved_by: who may; allowed: not above the rate cap."""

    number: int
    name: Words
    terms: Terms
    waived_penalty: int
    waived_interest: int
    schedule: tuple[Instalment, ...]
    apr: int
    allowed: bool
    asks: Asks
    alone: bool
    approved_by: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(i.fen for i in self.schedule)

    @property
    def waived(self) -> int:
        return self.waived_penalty + self.waived_interest

    @property
    def interest_of_plan(self) -> int:
        return self.total - self.terms.total


@dataclass(frozen=True)
class Proposed:
    """Everything that the sheet shows of one case. debt: fen by component before any waiver."""

    case_id: str
    debt: Debt
    whole: bool
    ability: Ability
    cap: Cap
    proposals: tuple[Proposal, ...]


def propose(tables: Tables, rules: Rules, today: date, request: PlanRequest) -> tuple[Proposed | None, list[Problem]]:
    """Proposals for one case; None with a blocking problem where there is nothing to plan.

    tables.cases: as the procedure leaves them (customer_key, settled, amount_confirmed, broken_promises, limitation_state, plans_broken)
    tables.receipts, adjustments: since the ledger's day; tables.people and tables.presser: whose authority counts
    """
    at = (text(tables.cases, "case_id") == request.case_id).nonzero()[0]
    if not len(at):
        return None, [Problem("plan-no-case")]
    case = tables.cases.iloc[[at[0]]]
    seg = segment(text(case, "product")[0])
    wants_payoff = request.whole or seg == CARD
    by_payoff = wants_payoff and whole(tables.cases.iloc[at], "payoff").max() > 0
    debt = debt_of(tables, rules, today, request.case_id, bool(by_payoff))
    if sum(debt.values()) <= 0:
        return None, [Problem("plan-nothing-owed")]
    cap, problems = plan_limits.rate_cap(seg, today, rules)
    bench = _Bench(tables, rules, today, request, case, debt, cap, plan_limits.longest(seg, today, rules))
    if wants_payoff and not by_payoff:
        problems.append(Problem("plan-no-payoff"))
    if not flags(case, "amount_confirmed")[0]:
        problems.append(Problem("plan-receipts-unconfirmed"))
    made = bench.proposals()
    if any(not p.allowed for p in made):
        problems.append(Problem("plan-over-cap", values={"cap": plan_limits.percent_text(cap.points)}))
    return Proposed(request.case_id, debt, bool(by_payoff), bench.ability, cap, made), problems


def debt_of(tables: Tables, rules: Rules, today: date, case_id: str, by_payoff: bool) -> Debt:
    """What the case owes today by component, after receipts; with the principal that is not yet due where the payoff counts.

    Receipts are deducted from the ledger's day on, as balances.as_of does; none where the ledger names no day.
    """
    cases = tables.cases
    own = cases["case_id"] == case_id
    key = text(cases, "customer_key")[own.to_numpy()][0]
    mine = own | (cases["customer_key"] == key) if key else own
    receipts = tables.receipts[text(tables.receipts, "case_id") != ""] if "customer_key" not in tables.receipts else tables.receipts
    if (tables.data_as_of is None or tables.as_of_counted) and rules.allocation.ledger_counts:
        receipts = receipts.iloc[:0]
    receipts = receipts[receipts["case_id"].isin(set(cases.loc[mine, "case_id"])) | (text(receipts, "customer_key") == (key or "-"))]
    part = tables.having(cases=cases[mine], receipts=receipts, adjustments=tables.adjustments[tables.adjustments["case_id"] == case_id])
    accounts, _ = allocation.balances(part, rules, today)
    row = accounts[accounts["case_id"] == case_id].iloc[0]
    debt = {name: int(row[f"closing_{name}_fen"]) for name in COMPONENTS}
    credit = int(row["credit_fen"])
    if by_payoff:
        opening = sum(int(row[f"opening_{name}_fen"]) for name in COMPONENTS)
        debt[PRINCIPAL] += max(int(whole(cases[own], "payoff").max()) - opening, 0)
    return _less(debt, credit)


def _less(debt: Debt, credit: int) -> Debt:
    """Credit of the debtor taken off (a negative one, given back beyond what came, is owed as principal)."""
    if credit < 0:
        return {**debt, PRINCIPAL: debt[PRINCIPAL] - credit}
    left, out = credit, dict(debt)
    for part in (COST, PENALTY, INTEREST, PRINCIPAL):
        take = min(out[part], left)
        out[part] -= take
        left -= take
    return out


def order_of(rules: Rules, today: date, case: pd.DataFrame, on: date) -> tuple[str, ...]:
    """The order in which the case's payments pay, as of the day `on`; the case is known as of today."""
    number, client, product = (str(text(case, n)[0]).strip() for n in ("case_id", "client", "product"))
    terms = CaseTerms(number, client, product, segment(product))
    return PaymentOrders(rules.allocation.orders).on(terms, on, max(int(whole(case, "days_past_due")[0]) - (today - on).days, 0)).order


class _Bench:
    """The workbench on which the proposals of one case are cut."""

    def __init__(
        self, tables: Tables, rules: Rules, today: date, request: PlanRequest, case: pd.DataFrame, debt: Debt, cap: Cap, most_months: int
    ) -> None:
        self.rules, self.debt, self.cap, self.most_months = rules.repayment, debt, cap, most_months
        self.people, self.who = tables.people, authority(tables.people, tables.presser)
        self.first_on = request.first_on or months_later(today, 1)
        self.order = order_of(rules, today, case, today)
        self.ability = assess(request.means, rules.repayment)
        self.limitation = text(case, "limitation_state")[0] in ("expired", "doubtful")
        self.breaks = int(whole(case, "broken_promises")[0] + whole(case, "plans_broken")[0])

    def proposals(self) -> tuple[Proposal, ...]:
        most = self.ability.affordable_fen
        plain = EQUAL if most else EXTENSION
        wanted = [(plain, KINDS[plain], 0, most)]
        if self._waiver():
            wanted.append((plain, (f"减免后{KINDS[plain][0]}", f"{KINDS[plain][1]} after a waiver"), self._waiver(), most))
        wanted.append(self._third(most))
        made: list[Proposal] = []
        for kind, name, waived, affordable in wanted:
            one = self._cut(len(made) + 1, kind, name, waived, affordable)
            if all((p.schedule, p.waived) != (one.schedule, one.waived) for p in made):
                made.append(one)
        return tuple(made)

    def _third(self, most: int) -> tuple[str, Words, int, int]:
        """What else fits: a long plan after repeated breaks, equal principal where interest runs, steps, or an extension."""
        if self.breaks >= self.rules.repeat_breaks and most:
            return EQUAL, LONG, 0, most * self.rules.long_percent // 100
        if not most:
            return GRADUATED, KINDS[GRADUATED], 0, 0
        if self.rules.rate_points:
            return EQUAL_PRINCIPAL, KINDS[EQUAL_PRINCIPAL], 0, most
        short = (months_within(self._terms(EQUAL, self.debt, 1), most, self.most_months) or len(STEPS)) < len(STEPS)
        kind = EXTENSION if short else GRADUATED
        return kind, KINDS[kind], 0, most

    def _waiver(self) -> int:
        """Penalty and interest that may be waived: what the person may decide, else all that the office allows (for another to approve)."""
        most = (self.debt[PENALTY] + self.debt[INTEREST]) * self.rules.waiver_percent // 100
        own = (self.who.waiver_limit or 0) if self.who else 0
        return min(most, own) if own else most

    def _terms(self, kind: str, debt: Debt, months: int) -> Terms:
        put_off = self.rules.extension_months if kind == EXTENSION else 0
        return Terms(
            kind,
            debt[COST],
            debt[PENALTY],
            debt[INTEREST],
            debt[PRINCIPAL],
            months,
            self.first_on,
            self.rules.rate_points,
            self.order,
            put_off,
        )

    def _cut(self, number: int, kind: str, name: Words, waived: int, affordable: int) -> Proposal:
        penalty = min(self.debt[PENALTY], waived)
        debt = {**self.debt, PENALTY: self.debt[PENALTY] - penalty, INTEREST: self.debt[INTEREST] - (waived - penalty)}
        room = self.most_months - (self.rules.extension_months if kind == EXTENSION else 0)
        terms = self._terms(kind, debt, max(room, 1))
        months = months_within(terms, affordable, terms.months)
        terms = replace(terms, months=months or terms.months)
        schedule = instalments(terms)
        apr = yearly_points(terms, schedule)
        asks = Asks(
            waived, len(schedule) + terms.put_off > self.rules.own_months, largest(schedule) > self.ability.affordable_fen, self.limitation
        )
        allowed = self.cap.points is None or apr <= self.cap.points
        alone = plan_limits.may(self.who, asks)
        by = () if alone else tuple(plan_limits.approvers(self.people, asks))
        return Proposal(number, name, terms, penalty, waived - penalty, schedule, apr, allowed, asks, alone, by)
