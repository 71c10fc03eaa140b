"""Opening balances: what each case owes by component when the ledger's day ends, as accounts to which receipts are posted.

The sum of the components is the overdue amount that the ledger states, for that is what is demanded; principal that is not yet due is
not paid by a receipt (what is beyond stays credit). Where a ledger has only one amount, all of it is taken for principal, and said.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from macros_py.domain.account_rules import COMPONENTS, COST, INTEREST, PENALTY, PRINCIPAL
from macros_py.domain.accounts import Account, Split
from macros_py.domain.arrays import Ints, Texts, days, known, text, whole
from macros_py.domain.payment_order import is_secured
from macros_py.domain.problems import Problem

LEDGER_COLUMNS = {COST: "fees", PENALTY: "penalty", INTEREST: "interest", PRINCIPAL: "principal"}


def components(cases: pd.DataFrame) -> tuple[dict[str, Ints], dict[str, Any]]:
    """Fen per component of each case, whose sum is its overdue amount.

    cases: overdue_amount, principal, interest, penalty, fees (fen)
    → {component: fen}, {unknown: neither overdue amount nor principal is known; unsplit: only one amount is known, taken for principal}
    """
    parts = {name: np.maximum(whole(cases, column), 0) for name, column in LEDGER_COLUMNS.items()}
    stated = np.maximum(whole(cases, "overdue_amount"), 0)
    has_stated, has_principal = known(cases, "overdue_amount"), known(cases, "principal")
    if not has_stated.any():
        return parts, {"unknown": ~has_principal, "unsplit": np.zeros(len(cases), dtype=bool)}
    beside = parts[COST] + parts[PENALTY] + parts[INTEREST]
    parts[PRINCIPAL] = np.where(has_stated, np.maximum(stated - beside, 0), parts[PRINCIPAL])
    left = np.where(has_stated, stated, np.iinfo(np.int64).max) - parts[PRINCIPAL]
    for name in (INTEREST, PENALTY, COST):  # more components than the amount that is demanded: the amount stands
        parts[name] = np.minimum(parts[name], left)
        left = left - parts[name]
    one_only = has_stated & ~has_principal & (beside == 0) & (stated > 0)
    return parts, {"unknown": ~has_stated & ~has_principal, "unsplit": one_only}


def accounts(cases: pd.DataFrame) -> tuple[dict[str, Account], list[Problem]]:
    """Case number → its account; rows that share a number are its instalments, in the order of their due dates."""
    parts, state = components(cases)
    due = days(cases, "due_date")
    order = np.lexsort((due, text(cases, "case_id")))
    columns = [parts[name].tolist() for name in COMPONENTS]
    ids, dates_, products = text(cases, "case_id").tolist(), due.tolist(), text(cases, "product").tolist()
    out: dict[str, Account] = {}
    for row in order.tolist():
        item: Split = {name: column[row] for name, column in zip(COMPONENTS, columns, strict=True)}
        account = out.get(ids[row])
        if account is None:
            out[ids[row]] = Account(ids[row], _day(dates_[row]), is_secured(products[row]), [item])
        else:
            account.items.append(item)
    out.pop("", None)
    problems = [
        Problem(code, values={"count": int(state[name].sum())})
        for code, name in (("allocation-unknown", "unknown"), ("allocation-unsplit", "unsplit"))
        if state[name].any()
    ]
    return out, problems


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def opened(accounts_: dict[str, Account]) -> dict[str, Split]:
    """Case number → what is owed before anything is posted."""
    return {number: account.owed() for number, account in accounts_.items()}


def texts_of(cases: pd.DataFrame, name: str) -> Texts:
    """A text column without spaces around it."""
    return np.array([str(v).strip() for v in text(cases, name)], dtype=object)
