"""The ledger as reconciliation sees it: rows that may be owed, by contract and by debtor, with the amounts that a payment may equal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Days, Flags, Ints, Texts, days, flags, known, text, whole
from macros_py.domain.reconciling.payer_names import comparable

UNKNOWN: Final = -1
AMOUNTS: Final = ("open_amount", "overdue_amount", "payoff", "minimum_due")


@dataclass(frozen=True)
class OpenItems:
    """Rows of the ledger in its order. contract, debtor: codes; amounts: rows × AMOUNTS, UNKNOWN where not known; owed: the most of them."""

    case_id: Texts
    customer: Texts
    name: Texts  # comparable
    contract: Ints
    contract_no: Texts
    debtor: Ints
    due: Days
    amounts: Ints
    owed: Ints
    settled: Flags
    in_contract: Ints  # rows of the row's contract

    @classmethod
    def of(cls, cases: pd.DataFrame, today: date) -> OpenItems:
        """cases: as customers.gather and balances.as_of leave them."""
        number = text(cases, "contract_no")
        case_id = text(cases, "case_id")
        number = np.where(number == "", case_id, number)
        contract = _codes(number, text(cases, "customer_key"))
        amounts = np.column_stack([np.where(known(cases, n), whole(cases, n, UNKNOWN), UNKNOWN) for n in AMOUNTS]).astype(np.int64)
        return cls(
            case_id,
            text(cases, "customer"),
            comparable(text(cases, "customer")),
            contract,
            number,
            np.asarray(pd.factorize(cases["customer_key"])[0], dtype=np.int64),
            days(cases, "due_date"),
            amounts,
            amounts.max(axis=1, initial=UNKNOWN),
            flags(cases, "settled"),
            np.bincount(contract)[contract] if len(contract) else np.zeros(0, dtype=np.int64),
        )

    @cached_property
    def first_row(self) -> dict[str, int]:
        """Case number → its first row."""
        return {case: row for row, case in reversed(list(enumerate(self.case_id.tolist())))}

    def equal(self, rows: Ints, fen: Ints, tolerance: int) -> Flags:
        """Where an amount is one of the amounts of a row; within the tolerance only where none is met exactly is for the caller to say."""
        near = np.abs(self.amounts[rows] - fen[:, None]) <= tolerance
        return np.asarray((near & (self.amounts[rows] > 0)).any(axis=1))


def _codes(contract: Texts, debtor: Texts) -> Ints:
    """Two debtors under one contract number are not one contract."""
    first, second = pd.factorize(contract)[0].astype(np.int64), pd.factorize(debtor)[0].astype(np.int64)
    return np.asarray(pd.factorize(first * (int(second.max(initial=0)) + 1) + second)[0], dtype=np.int64)


def groups(codes: Ints) -> tuple[Ints, Ints]:
    """order, start: rows of code k are order[start[k]:start[k + 1]]."""
    order = np.argsort(codes, kind="stable")
    return order, np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=int(codes.max(initial=-1)) + 1))])


def expand(index: tuple[Ints, Ints], codes: Ints) -> tuple[Ints, Ints]:
    """Every row of each code: positions within `codes`, and the rows."""
    order, start = index
    size = start[codes + 1] - start[codes]
    which = np.repeat(np.arange(len(codes)), size)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(size) - size, size)
    return which, order[start[codes][which] + offset] if len(which) else np.zeros(0, dtype=np.int64)
