"""What holds for every ledger, over ten thousand generated ones: see generated_ledgers for what is in them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros_py.domain import columns as c
from macros_py.domain import payments as p
from macros_py.domain.allocation import settle
from macros_py.domain.bank_receipts import joined
from macros_py.domain.reconcile import reconcile
from macros_py.domain.reconciling.decisions import parts_of
from macros_py.domain.reconciling.standing import SAID_ONCE
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.generated_ledgers import START, Generated, generate

LEDGERS, STACKS = 50, 200  # side by side in one press, and presses: 10,000 ledgers of 5 debtors and 18 lines or more
RULES, TODAY = Rules(), date(2026, 11, 30)
FOUND = ["line_key", "state", "case_id", "match", "stage", "why", "candidates"]
EVERY = settings(max_examples=STACKS, deadline=None, suppress_health_check=list(HealthCheck))
SOME = settings(max_examples=STACKS // 10, deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32 - 1)


def _matched(found: Generated) -> pd.DataFrame:
    return reconcile(found.tables, RULES, TODAY)[0]


def _first_case(lines: pd.DataFrame) -> pd.Series:
    return lines["case_id"].str.split("、").str[0].str.split("=").str[0]


@EVERY
@given(SEEDS)
def test_receipts_are_posted_proposed_or_unmatched_to_the_fen_and_no_posting_is_wrong(seed: int) -> None:
    made = generate(seed, ledgers=LEDGERS)
    lines = _matched(made)
    fen, receipt = lines["amount"].astype("int64").to_numpy(), lines["state"].eq(p.RECEIVED).to_numpy()
    assert len(made.tables.cases) >= 5 * LEDGERS
    assert np.bincount(made.ledger[made.tables.payments["amount"].gt(0)], minlength=LEDGERS).min() >= 10
    parts = sum(np.bincount(made.ledger, np.where(receipt & lines["match"].eq(m), fen, 0), LEDGERS).astype(np.int64) for m in p.MATCHES)
    assert (parts == np.bincount(made.ledger, np.where(receipt, fen, 0), LEDGERS).astype(np.int64)).all()
    row = pd.Series(range(len(made.tables.cases)), index=made.tables.cases["case_id"])
    posted = receipt & lines["match"].eq(p.POSTED).to_numpy()
    to = row[_first_case(lines[posted])].to_numpy()
    assert (made.truth[posted] >= 0).all()
    assert (made.contract[to] == made.contract[made.truth[posted]]).all()
    reversals = lines["state"].isin((p.REVERSAL, p.REVERSED)).to_numpy()
    assert not np.bincount(made.ledger, np.where(reversals, fen, 0), LEDGERS).any()
    split = lines[lines["case_id"].str.contains("=")]
    assert all(parts_of(t, int(f)) for t, f in zip(split["case_id"], split["amount"], strict=True))


def _decided(made: Generated, dice: np.random.Generator) -> Tables:
    """With what people typed: some lines confirmed for a case, some taken back, and a day from which on the ledger counts nothing yet."""
    lines, cases = made.tables.payments, made.tables.cases
    chance = dice.random(len(lines))
    row = np.where(made.truth >= 0, made.truth, dice.integers(0, len(cases), len(lines)))
    same = (made.ledger == cases["customer_key"].str[1:].astype("int64").to_numpy()[row] // 5) & lines["stated"].eq("received").to_numpy()
    yes, undo = same & (chance < 0.06), chance > 0.97
    typed = np.where(yes, cases["case_id"].to_numpy(object)[row], "")
    said = np.where(yes, p.YES, np.where(undo, p.UNDO, ""))
    lines = lines.assign(case_id=pd.Series(typed, dtype="str"), confirmed=pd.Series(said, dtype="str"))
    return made.tables.having(
        payments=lines, data_as_of=START.astype("datetime64[D]").astype(object) + timedelta(days=int(dice.integers(9)))
    )


def _imported_in_turn(tables: Tables, batch: np.ndarray, dice: np.random.Generator) -> pd.DataFrame:
    """What stands in the workbook after every batch was imported, in an order of its own, with a press after each."""
    there = tables.payments.iloc[:0]
    for k in dice.permutation(int(batch.max()) + 1).tolist():
        fresh = tables.payments[batch == k]
        fresh = fresh.iloc[dice.permutation(len(fresh))]
        there = reconcile(tables.having(payments=pd.concat([there, fresh], ignore_index=True)), RULES, TODAY)[0]
    return there


def _accounts(tables: Tables, lines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every allocation and every balance that follow from these lines."""
    seen = tables.having(payments=lines)
    settled = settle(seen.having(receipts=joined(seen, RULES, TODAY)[0]), RULES, TODAY)
    return settled.allocations, settled.accounts


@EVERY
@given(SEEDS)
def test_imports_in_any_order_with_a_press_after_each_are_one_import_and_one_press_and_pressing_again_changes_nothing(seed: int) -> None:
    dice = np.random.default_rng(seed)
    tables = _decided(generate(seed, ledgers=LEDGERS), dice)
    once, _ = reconcile(tables, RULES, TODAY)
    in_turn = _imported_in_turn(tables, dice.integers(0, dice.integers(2, 4), len(once)), dice)
    by_key = [t[FOUND].sort_values("line_key").reset_index(drop=True) for t in (once, in_turn)]
    pd.testing.assert_frame_equal(*by_key)
    for one, other in zip(_accounts(tables, once), _accounts(tables, in_turn), strict=True):
        pd.testing.assert_frame_equal(one.drop(columns="receipt", errors="ignore"), other.drop(columns="receipt", errors="ignore"))
    again, problems = reconcile(tables.having(payments=in_turn), RULES, TODAY)
    pd.testing.assert_frame_equal(again, in_turn)
    assert not [q for q in problems if q.code in SAID_ONCE]


@SOME
@given(SEEDS)
def test_what_one_ledger_holds_does_not_change_another(seed: int) -> None:
    made = generate(seed, ledgers=3)
    together = _matched(made)
    for k in range(3):
        mine = made.ledger == k
        debtors = made.tables.cases["customer_key"].str[1:].astype(int) // 5 == k
        alone = made.tables.having(
            payments=made.tables.payments[mine].reset_index(drop=True), cases=made.tables.cases[debtors].reset_index(drop=True)
        )
        found, _ = reconcile(alone, RULES, TODAY)
        pd.testing.assert_frame_equal(found[FOUND], together.loc[mine, FOUND].reset_index(drop=True))


def test_there_is_no_float_in_any_amount() -> None:
    lines = _matched(generate(7, ledgers=4))
    money = [k.name for k in c.PAYMENT_COLUMNS if k.kind == "money"]
    assert {str(t) for t in lines[money].dtypes} == {"Int64"}
    assert not [n for n, t in lines.dtypes.items() if t.kind == "f"]
