"""What holds for every ledger: sums tie to the fen, nothing is lost by a reversal, and the order of import does not matter."""

from __future__ import annotations

import random
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain.account_rules import COMPONENTS
from macros_py.domain.allocation import SPLIT, Settled, settle
from macros_py.domain.replay import CREDIT_USED, RECEIPT, REVERSAL, WAIVER
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.ledgers import LAST, ledger, ledgers

GENERATED, TOGETHER = 10_000, 1_000  # ledgers, each with its own seed, so many of them in one workbook


def settled(tables: Tables, today: date = LAST) -> Settled:
    return settle(tables, Rules(), today)


def ties(tables: Tables) -> None:
    """Everything that must hold of one ledger."""
    made = settled(tables)
    rows, accounts = made.allocations, made.accounts
    receipts_tie(tables, rows)
    accounts_tie(rows, accounts)
    assert [str(rows[name].dtype) for name in SPLIT] == ["Int64"] * 5, "money is whole fen, never float"
    assert not [name for name in accounts if name.endswith("_fen") and str(accounts[name].dtype) != "Int64"]


def receipts_tie(tables: Tables, rows: pd.DataFrame) -> None:
    sums = rows[list(SPLIT)].sum(axis=1)
    posted = sums[rows["kind"].isin([RECEIPT, REVERSAL])].groupby(rows["receipt"]).sum()
    amounts = tables.receipts["amount"].loc[posted.index]
    assert (posted == amounts).all(), "the rows of a receipt sum to its amount"
    assert (sums[rows["kind"] == CREDIT_USED] == 0).all(), "credit that is used moves, it does not grow"
    received = rows[rows["kind"] == RECEIPT]
    assert (received[list(SPLIT)] >= 0).all(axis=None)
    assert (rows.loc[rows["kind"] == REVERSAL, list(SPLIT)] <= 0).all(axis=None)


def accounts_tie(rows: pd.DataFrame, accounts: pd.DataFrame) -> None:
    state = accounts.set_index("case_id")
    paid = rows[rows["kind"] != WAIVER].groupby("case_id")[list(SPLIT)].sum().reindex(state.index, fill_value=0)
    for part in COMPONENTS:
        opening, accrued, waived, closing = (state[f"{s}_{part}_fen"] for s in ("opening", "accrued", "waived", "closing"))
        assert (closing == opening + accrued - paid[f"{part}_fen"] - waived).all()
        assert (closing >= 0).all()
    assert (state["credit_fen"] == paid["credit_fen"]).all()
    owed = sum(state[f"closing_{part}_fen"] for part in COMPONENTS)
    assert not ((owed > 0) & (state["credit_fen"] > 0)).any(), "nobody owes and has credit at once"


@pytest.mark.parametrize("first", range(0, GENERATED, TOGETHER))
def test_every_generated_ledger_ties_to_the_fen(first: int) -> None:
    ties(ledgers(range(first, first + TOGETHER)))


@given(st.integers(0, 2**32), st.integers(7, 9), st.integers(10, 25))
@settings(max_examples=30, deadline=None)
def test_larger_ledgers_tie_as_well(seed: int, cases: int, receipts: int) -> None:
    ties(ledger(seed, cases, receipts))


@pytest.mark.parametrize("first", range(0, GENERATED, TOGETHER))
def test_the_order_of_import_does_not_matter(first: int) -> None:
    tables, dice = ledgers(range(first, first + TOGETHER)), random.Random(first)
    shuffled = [list(range(len(table))) for table in (tables.receipts, tables.adjustments)]
    for rows in shuffled:
        dice.shuffle(rows)
    other = tables.having(receipts=tables.receipts.iloc[shuffled[0]], adjustments=tables.adjustments.iloc[shuffled[1]])
    one, two = settled(tables), settled(other)
    pd.testing.assert_frame_equal(one.accounts, two.accounts)
    columns = [name for name in one.allocations if name != "receipt"]
    pd.testing.assert_frame_equal(one.allocations[columns], two.allocations[columns])


@given(st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_a_ledger_whose_every_receipt_is_reversed_stands_as_if_nothing_had_come(seed: int) -> None:
    tables = ledger(seed)
    tables = tables.having(adjustments=tables.adjustments.iloc[:0])
    came = tables.receipts[(tables.receipts["amount"] > 0) & (tables.receipts["pay_channel"] != "减免")]
    came = came.assign(receipt_id=[f"N{n}" for n in range(len(came))], reverses="")
    back = came.assign(amount=-came["amount"], reverses=came["receipt_id"], receipt_id=[f"B{n}" for n in range(len(came))])
    back = back.assign(paid_on=pd.Timestamp(LAST))
    untouched = settled(tables.having(receipts=came.iloc[:0]))
    restored = settled(tables.having(receipts=pd.concat([came, back], ignore_index=True)))
    owing = [name for name in untouched.accounts if name.startswith("opening")]
    for name in owing:
        assert (restored.accounts[name.replace("opening", "closing")] == untouched.accounts[name]).all()
    assert (restored.accounts["credit_fen"] == 0).all()


@given(st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_any_past_day_is_the_same_replayed_later(seed: int) -> None:
    tables, day = ledger(seed), date(2026, 6, 30)
    then = settled(tables, day).allocations
    later = settled(tables).allocations
    until = later[later["paid_on"] <= pd.Timestamp(day)].reset_index(drop=True)
    pd.testing.assert_frame_equal(then, until)
