"""入账分配: every receipt split over costs, penalty, interest and principal, all of them replayed in the order of their dates.

Nothing is remembered from one press to the next: a back-dated receipt or a changed order is simply another replay, and the order of import
cannot matter. Source: 民法典 560 and 561, rules-cn.md allocation, allocation_card, allocation_many; the order itself is the sheet 入账顺序.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from macros_py.domain.account_rules import COMPONENTS
from macros_py.domain.accounts import CREDIT, PARTS, Split
from macros_py.domain.problems import Problem
from macros_py.domain.replay import Replay
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables

SPLIT = tuple(f"{part}_fen" for part in PARTS)
STATES = ("opening", "accrued", "waived", "paid", "closing")


@dataclass(frozen=True)
class Settled:
    """allocations: as allocate says; accounts: as balances says."""

    allocations: pd.DataFrame
    accounts: pd.DataFrame
    problems: list[Problem]


def allocate(tables: Tables, rules: Rules, today: date) -> Result:
    """Split every receipt up to today.

    tables.cases: case_id, overdue_amount, principal, interest, penalty, fees, due_date, product, client (customer_key where receipts have one)
    tables.receipts: receipt_id, case_id, paid_on, amount (fen; negative = given back), pay_channel, and where known
      customer_key (no case named: the debtor's debts are paid in the order of 民法典 560) and reverses (the receipt_id that this one takes back)
    tables.adjustments: what accrued and what was waived since the ledger's day
    → one row per receipt and case, more where credit of it was used later:
      receipt (position in tables.receipts), receipt_id, case_id, paid_on, kind (receipt | reversal | credit_used | waiver),
      cost_fen, penalty_fen, interest_fen, principal_fen, credit_fen (Int64; the rows of a receipt sum to its amount, those of credit_used to
      zero), order_id (row of 入账顺序), why, why_en
    Receipts without a known case, write-offs and hand-backs are not split. Receipts that the ledger counts already (paid up to its own day,
    unless 设置 says otherwise) are not split again: their number is a problem receipts-counted.
    """
    settled = settle(tables, rules, today)
    return settled.allocations, settled.problems


def balances(tables: Tables, rules: Rules, today: date) -> Result:
    """The account of every case, by component: opening + accrued − waived − paid = closing, to the fen.

    tables: as for allocate → case_id, and for each component and state <state>_<component>_fen (opening, accrued, waived, paid, closing),
      credit_fen (over-payment kept for the debtor; negative: more was given back than was received)
    """
    settled = settle(tables, rules, today)
    return settled.accounts, settled.problems


def settle(tables: Tables, rules: Rules, today: date) -> Settled:
    """Allocations and accounts of one replay."""
    replay = Replay(tables, rules, today)
    replay.run()
    return Settled(_allocations(replay), _accounts(replay), replay.problems)


def _allocations(replay: Replay) -> pd.DataFrame:
    rows = replay.rows
    texts = ("receipt_id", "case_id", "kind", "order_id", "why", "why_en")
    columns = {name: [row.at(name) for row in rows] for name in ("receipt", "paid_on", *texts)}
    table = {
        "receipt": pd.Series(columns["receipt"], dtype="int64"),
        "receipt_id": pd.Series(columns["receipt_id"], dtype="str"),
        "case_id": pd.Series(columns["case_id"], dtype="str"),
        "paid_on": pd.Series(np.array(columns["paid_on"], dtype="datetime64[s]")),
        "kind": pd.Series(columns["kind"], dtype="str"),
        **{f"{part}_fen": pd.Series([row.split[part] for row in rows], dtype="Int64") for part in PARTS},
        **{name: pd.Series(columns[name], dtype="str") for name in texts[3:]},
    }
    return pd.DataFrame(table)


def _accounts(replay: Replay) -> pd.DataFrame:
    ids = list(replay.accounts)
    closing = [replay.accounts[number].owed() for number in ids]
    by_state: dict[str, list[Split]] = {
        "opening": [replay.opening[number] for number in ids],
        **{state: [replay.moved[state][number] for number in ids] for state in STATES[1:4]},
        "closing": closing,
    }
    table: dict[str, pd.Series] = {"case_id": pd.Series(ids, dtype="str")}
    for state in STATES:
        for part in COMPONENTS:
            table[f"{state}_{part}_fen"] = pd.Series([split[part] for split in by_state[state]], dtype="Int64")
    table["credit_fen"] = pd.Series([split[CREDIT] for split in closing], dtype="Int64")
    return pd.DataFrame(table)
