"""The replay behind 入账分配: accruals, receipts, waivers and reversals, day by day, on the accounts of the cases."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from macros_py.domain import opening, payment_order
from macros_py.domain.account_rules import COMPONENTS, PaymentOrder
from macros_py.domain.accounts import CREDIT, Account, Split, nothing
from macros_py.domain.arrays import days, known, text, whole
from macros_py.domain.balances import NO_MONEY, REVERSED
from macros_py.domain.money_words import yuan
from macros_py.domain.payment_order import PaymentOrders, Terms
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.segments import segments
from macros_py.domain.tables import Tables

ACCRUAL, RECEIPT, WAIVER, REVERSAL, CREDIT_USED = "accrual", "receipt", "waiver", "reversal", "credit_used"
TURN: Final = {ACCRUAL: 0, RECEIPT: 1, WAIVER: 2, REVERSAL: 3}  # on one day: a receipt before what takes it back
WAIVED: Final = re.compile(r"减免|免除|豁免|waive", re.IGNORECASE)


@dataclass(frozen=True)
class Event:
    """One thing that happened to an account. fen: its size, never negative; split: by component (accruals and waivers of the office)."""

    day: date
    kind: str
    receipt_id: str
    case_id: str
    customer_key: str
    fen: int
    position: int
    reverses: str = ""
    split: tuple[tuple[str, int], ...] = ()

    @property
    def order(self) -> tuple[Any, ...]:
        """By day; what ties is told apart by what it is, never by where it stands (two rows alike in everything are alike in effect)."""
        return (
            self.day,
            TURN[self.kind],
            self.receipt_id,
            self.case_id,
            self.customer_key,
            self.fen,
            self.reverses,
            self.split,
            self.position,
        )


@dataclass(frozen=True)
class Row:
    """One line of the allocation table."""

    event: Event
    receipt: int
    receipt_id: str
    case_id: str
    kind: str
    split: Split
    order_id: str
    why: str
    why_en: str

    def at(self, name: str) -> Any:
        return self.event.day if name == "paid_on" else getattr(self, name)


@dataclass
class Replay:
    """Runs once. rows: the allocations; accounts, opening, moved (accrued, waived, paid): by case number."""

    tables: Tables
    rules: Rules
    today: date
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> None:
        self.accounts, self.problems = opening.accounts(self.tables.cases)
        self.opening = opening.opened(self.accounts)
        self.moved: dict[str, defaultdict[str, Split]] = {state: defaultdict(nothing) for state in ("accrued", "waived", "paid")}
        self._orders = PaymentOrders(self.rules.allocation.orders)
        self._read_terms()
        self._ids: dict[int, str] = {}
        self._amounts: dict[int, int] = {}
        self._turns: dict[int, int] = {}  # receipt → the how manieth it was in the replay
        counts: dict[str, int] = defaultdict(int)
        for event in sorted(self._events(counts), key=lambda e: e.order):
            if event.kind == ACCRUAL or (event.kind == WAIVER and event.split):
                self._adjust(event)
            else:
                counts["reversal-beyond"] += self._post(event)
        self.problems += [Problem(code, values={"count": count}) for code, count in counts.items() if count]

    # --- what happened ----------------------------------------------------------------------------------------------
    def _events(self, counts: dict[str, int]) -> list[Event]:
        return [*self._receipts(counts), *self._adjustments(counts)]

    def _counted(self, day: date) -> bool:
        """The ledger's amounts know of it already, by the day for which it states them (a day that a formula counts says nothing of them)."""
        base = None if self.tables.as_of_counted else self.tables.data_as_of
        return self.rules.allocation.ledger_counts and base is not None and day <= base

    def _receipts(self, counts: dict[str, int]) -> list[Event]:
        table, out = self.tables.receipts, []
        columns = (text(table, n).tolist() for n in ("receipt_id", "case_id", "customer_key", "reverses", "pay_channel"))
        rows = zip(days(table, "paid_on").tolist(), whole(table, "amount").tolist(), known(table, "amount").tolist(), *columns, strict=True)
        for position, (day, fen, has, number, case, customer, reverses, channel) in enumerate(rows):
            ours = case in self.accounts or (not case and customer in self._cases_of)
            if not has or not fen or not ours or NO_MONEY.search(channel):
                continue
            if day is None:
                counts["receipt-undated"] += 1
            elif day <= self.today and self._counted(day):
                counts["receipts-counted"] += 1
            elif day <= self.today:
                back = fen < 0 or bool(REVERSED.search(channel)) or bool(reverses)
                kind = WAIVER if WAIVED.search(channel) and not back else REVERSAL if back else RECEIPT
                out.append(Event(day, kind, number, case, customer if not case else "", abs(fen), position, reverses))
        return out

    def _adjustments(self, counts: dict[str, int]) -> list[Event]:
        table, out = self.tables.adjustments, []
        columns = [whole(table, f"adjusted_{part}").tolist() for part in COMPONENTS]
        kinds, on, ids = text(table, "adjust_kind").tolist(), days(table, "adjusted_on").tolist(), text(table, "case_id").tolist()
        for position, (case, day, kind, *fen) in enumerate(zip(ids, on, kinds, *columns, strict=True)):
            if case not in self.accounts or day is None or min(fen) < 0:
                counts["adjustment-unusable"] += 1
            elif day <= self.today and not self._counted(day):
                waived = bool(WAIVED.search(kind))
                split = tuple(zip(COMPONENTS, fen, strict=True))
                out.append(Event(day, WAIVER if waived else ACCRUAL, "", case, "", sum(fen), position, split=split))
        return out

    def _read_terms(self) -> None:
        cases = self.tables.cases
        names = [opening.texts_of(cases, n).tolist() for n in ("case_id", "client", "product")]
        rows = zip(*names, segments(text(cases, "product")).tolist(), text(cases, "customer_key").tolist(), strict=True)
        asked = {name.strip() for row in self.rules.allocation.orders for name in re.split(r"[、,，;；/]+", row.applies_to)}
        self._terms: dict[str, Terms] = {}
        self._cases_of: dict[str, list[str]] = defaultdict(list)
        for case, client, product, segment, customer in rows:
            if case and case not in self._terms:  # names that no row speaks of are left away, so that many cases share their terms
                self._terms[case] = Terms(*(n if n in asked else "" for n in (case, client, product, segment)))
                if customer:
                    self._cases_of[customer].append(case)
        printed = whole(cases, "days_past_due")
        self._printed = dict(zip(text(cases, "case_id").tolist(), printed.tolist(), strict=True))

    # --- posting ------------------------------------------------------------------------------------------------------
    def _order(self, account: Account, day: date) -> PaymentOrder:
        base = self.tables.data_as_of
        since = account.due or ((base or self.today) - timedelta(days=max(self._printed[account.case_id], 0)))
        return self._orders.on(self._terms[account.case_id], day, max((day - since).days, 0))

    def _adjust(self, event: Event) -> None:
        account = self.accounts[event.case_id]
        split = {**nothing(), **dict(event.split)}
        if event.kind == ACCRUAL:
            account.accrue(split)
            self._add("accrued", event.case_id, split)
            self._use_credit(account, event)
        else:
            self._add("waived", event.case_id, account.waive(split))

    def _post(self, event: Event) -> int:
        """→ 1 where more was given back than was ever received."""
        if event.kind == WAIVER:
            account = self.accounts[event.case_id or self._cases_of[event.customer_key][0]]
            split = account.waive({}, event.fen)
            self._add("waived", account.case_id, split)
            self._line(event, account, WAIVER, split, "", "减免：违约金→利息→费用→本金", "waived: penalty→interest→costs→principal")
            return 0
        if event.kind == REVERSAL:
            return self._reverse(event)
        self._ids[event.position], self._amounts[event.position] = event.receipt_id, event.fen
        self._turns[event.position] = len(self._turns)
        if event.case_id:
            self._pay(event, self.accounts[event.case_id], event.fen)
        else:
            self._pay_debtor(event)
        return 0

    def _pay(self, event: Event, account: Account, fen: int, because: tuple[str, str] = ("", "")) -> None:
        order = self._order(account, event.day)
        split = account.pay(event.position, fen, order.order)
        self._add("paid", account.case_id, split)
        why = [words + payment_order.words(order, lang) for words, lang in zip(because, ("zh", "en"), strict=True)]
        if split[CREDIT]:
            why = [why[0] + f"；溢缴 {yuan(split[CREDIT])} 元暂存", why[1] + f"; {yuan(split[CREDIT])} over-paid, kept as credit"]
        self._line(event, account, RECEIPT, split, order.id, *why)

    def _pay_debtor(self, event: Event) -> None:
        """A receipt that names no case: the debtor's debts in the order of 民法典 560."""
        left, because = event.fen, ("民法典560 ", "Civil Code 560 ")
        every = payment_order.turns([self.accounts[number] for number in self._cases_of[event.customer_key]], event.day)
        for group in every:
            parts = payment_order.shares(left, [account.total for account in group])
            for account, fen in zip(group, parts, strict=True):
                if fen:
                    self._pay(event, account, fen, because)
            left -= sum(parts)
            if not left:
                return
        self._pay(event, every[0][0], left, because)

    def _reverse(self, event: Event) -> int:
        scope = [self.accounts[n] for n in ([event.case_id] if event.case_id else self._cases_of[event.customer_key])]
        origin = self._origin(event, scope)
        left, named = event.fen, f" {self._ids[origin]}" if origin is not None and self._ids[origin] else ""
        why = (
            (f"冲回{named}", f"takes back{named}")
            if origin is not None
            else ("退款：先退溢缴，再退最近的入账", "refund: credit first, then the latest")
        )
        taken = {account.case_id: nothing() for account in scope}
        for account in scope:
            left = _add_up(taken[account.case_id], account.give_back(left, () if origin is None else (origin,)))
        for account in scope:
            left = _add_up(taken[account.case_id], account.give_credit_back(left))
        for account in scope:
            left = _add_up(taken[account.case_id], account.give_back(left, list(reversed(account.lots))))
        if left:
            _add_up(taken[scope[0].case_id], (scope[0].overdraw(left), 0))
        for account in scope:
            if any(taken[account.case_id].values()):
                self._add("paid", account.case_id, taken[account.case_id])
                self._line(event, account, REVERSAL, taken[account.case_id], "", *why)
        for account in scope:
            self._use_credit(account, event)
        return int(left > 0)

    def _origin(self, event: Event, scope: list[Account]) -> int | None:
        """The receipt that is taken back: the one named, else the latest of the same amount that is still whole."""
        held: dict[int, int] = defaultdict(int)
        for account in scope:
            for key, lot in account.lots.items():
                held[key] += lot.total
        latest = sorted(held, key=self._turns.__getitem__, reverse=True)
        if event.reverses:
            return next((key for key in latest if self._ids[key] == event.reverses), None)
        return next((key for key in latest if held[key] == event.fen == self._amounts[key]), None)

    def _use_credit(self, account: Account, event: Event) -> None:
        order = self._order(account, event.day)
        for key, split in account.use_credit(order.order):
            self._add("paid", account.case_id, split)
            why = f"溢缴抵欠：{payment_order.words(order, 'zh')}", f"credit used: {payment_order.words(order, 'en')}"
            self.rows.append(Row(event, key, self._ids[key], account.case_id, CREDIT_USED, split, order.id, *why))

    def _line(self, event: Event, account: Account, kind: str, split: Split, order_id: str, why: str, why_en: str) -> None:
        self.rows.append(Row(event, event.position, event.receipt_id, account.case_id, kind, split, order_id, why, why_en))

    def _add(self, state: str, case: str, split: Split) -> None:
        _add_up(self.moved[state][case], (split, 0))


def _add_up(total: Split, more: tuple[Split, int]) -> int:
    """Add a split to a total → what is left to be taken."""
    for part, fen in more[0].items():
        total[part] += fen
    return more[1]
