"""Functions about repaying: what a household can pay, instalments to the fen, and how one payment is split."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import affordability, allocation, schedules
from macros_py.domain import columns as c
from macros_py.domain.account_rules import COMPONENTS, ORDERS
from macros_py.domain.arrays import whole
from macros_py.domain.kinds import conform
from macros_py.domain.payment_order import PaymentOrders
from macros_py.domain.payment_order import Terms as CaseTerms
from macros_py.domain.schedules import EQUAL, Instalment, Terms
from macros_py.domain.tables import Tables
from macros_py.functions import catalogue as k
from macros_py.functions.areas import Given, Result, one, read
from macros_py.functions.cases import now
from macros_py.functions.declaring import Parameter
from macros_py.functions.rules import rules_of
from macros_py.functions.troubles import FunctionError, said

HEADS: Final = ("期数", "还款日", "应还", "本金", "利息", "费用")
SPLIT: Final = ("fees", "penalty", "interest", "principal")  # the ledger's columns in the order of COMPONENTS


def _parameters(name: str) -> tuple[Parameter, ...]:
    return next(f.parameters for f in k.FUNCTIONS if f.name == name)


def affordable(**given: Given) -> Result:
    """What can be paid a month, in yuan, household by household."""
    found = read([p for p in _parameters("DC_AFFORDABLE") if p.kind != "range"], given)
    rules = rules_of(given.get("rules")).repayment
    income, expenses, debts, dependants = (whole(found.table, name) for name in ("income", "expenses", "other_debts", "dependants"))
    fen, sound = affordability.affordable(income, expenses, debts, dependants, rules)
    for at in np.flatnonzero(~sound).tolist():
        found.troubles.setdefault(at, said("means-negative"))
    return found.laid((fen / 100).tolist())


def _schedule(name: str, given: dict[str, Given]) -> tuple[Instalment, ...]:
    amounts = {p.name: one(p, given) for p in _parameters(name) if p.kind != "range"}
    rules = rules_of(given.get("rules"))
    first = amounts.get("first_on")
    starts = schedules.months_later(now().date(), 1) if first is None else pd.Timestamp(first).date()
    order = PaymentOrders(ORDERS).on(CaseTerms("", "", "", ""), starts, 0).order
    try:
        fen = {part: int(amounts.get(part) or 0) for part in ("cost", "penalty", "interest", "principal")}
        return schedules.instalments(
            Terms(EQUAL, **fen, months=int(amounts["months"] or 0), first_on=starts, rate_points=rules.repayment.rate_points, order=order)
        )
    except ValueError:
        raise FunctionError(said("debt")) from None


def instalment(**given: Given) -> Result:
    """The payment of each month in yuan; the last one may be a little less."""
    return [[schedules.largest(_schedule("DC_INSTALMENT", given)) / 100]]


def schedule(**given: Given) -> Result:
    """A table with its header: 期数, 还款日, 应还, 本金, 利息, 费用, in yuan."""
    lines = [
        [i.number, _moment(i.due_on), i.fen / 100, i.principal / 100, i.interest / 100, i.fees / 100]
        for i in _schedule("DC_SCHEDULE", given)
    ]
    return [list(HEADS), *lines]


def _moment(day: date) -> Any:
    return pd.Timestamp(day).to_pydatetime()


def payment_split(**given: Given) -> Result:
    """One row: 费用, 罚息, 利息, 本金, 溢缴, in yuan; by the order that binds the product at its days past due."""
    amounts = {p.name: one(p, given) for p in _parameters("DC_PAYMENT_SPLIT") if p.kind != "range"}
    if not amounts["payment"] or int(amounts["payment"]) < 0:
        raise FunctionError(said("payment"))
    rules = rules_of(given.get("rules"))
    day = now().date() if amounts["as_of"] is None else pd.Timestamp(amounts["as_of"]).date()
    late = int(amounts["days_past_due"] or 0)
    case = {
        "case_id": "1",
        "due_date": np.datetime64(day, "s") - np.timedelta64(late, "D"),
        "product": amounts["product"] or "",
        **{column: amounts[part] for column, part in zip(SPLIT, COMPONENTS, strict=True)},
    }
    receipt = {"receipt_id": "1", "case_id": "1", "paid_on": np.datetime64(day, "s"), "amount": amounts["payment"]}
    tables = Tables(
        cases=conform(pd.DataFrame([case]), c.CASE_COLUMNS),
        receipts=conform(pd.DataFrame([receipt]), c.RECEIPT_COLUMNS),
        present=frozenset({"receipts"}),
    )
    split, _ = allocation.allocate(tables, rules, day)
    return [[int(split[f"{part}_fen"].sum()) / 100 for part in (*COMPONENTS, "credit")]]
