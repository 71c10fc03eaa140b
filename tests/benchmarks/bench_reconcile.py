"""Matching 100,000 receipts with 200,000 open items, mostly round amounts, and how far the stages that post can be trusted.

Two peers. The first is the shape of ERPNext's party matching: each line is compared with every name (rapidfuzz process.extract with
token_set_ratio; a best score above 80 that is not tied is a match); it is measured on a sample of lines and multiplied, for all lines would
take hours. The second is the merge on
amount that anyone would write with pandas first: its pairs are counted, not made. Seconds are of processor time.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from macros_py.domain import columns as c
from macros_py.domain import payments as p
from macros_py.domain.kinds import conform
from macros_py.domain.reconcile import reconcile
from macros_py.domain.rules import Rules
from tests.benchmarks.measure import measure
from tests.domain.generated_ledgers import Generated, generate, large

TODAY = date(2026, 11, 30)
SAMPLE = 40  # lines on which the first peer is measured
FASTER, MOST_MB, GROWTH = 50, 1000, 15  # at least so many times faster; memory; ten times the size takes at most so many times as long
FEWEST = 3_000  # postings of a stage before it may be said to be proved
DEBTORS = 90_000
LOGGED = 0.05  # share of the receipts that people have logged themselves


def erpnext_shape(made: Generated, sample: int) -> float:
    """Seconds that all lines would take when each is compared with every name."""
    names = made.tables.cases["customer"].tolist()
    payers = made.tables.payments["payer"].tolist()
    chosen = np.random.default_rng(1).integers(0, len(payers), sample).tolist()
    started = time.process_time()
    for i in chosen:
        process.extract(payers[i], names, scorer=fuzz.token_set_ratio)
    return (time.process_time() - started) / sample * len(payers)


def merge_pairs(made: Generated) -> int:
    """How many pairs a merge on the amount makes."""
    mine = made.tables.payments["amount"].value_counts()
    return int((mine * made.tables.cases["overdue_amount"].value_counts()).sum())


def seconds_of(work: Callable[[], object]) -> float:
    """Seconds of processor time, Python's collector off as in a press."""
    gc.disable()
    started = time.process_time()
    work()
    taken = time.process_time() - started
    gc.enable()
    return taken


@dataclass(frozen=True)
class Stage:
    """postings: made; wrong: of them; of: receipts that truly belong to a case."""

    postings: int
    wrong: int


def precision(seed: int = 11) -> tuple[dict[str, Stage], int]:
    """The postings of each stage on a generated ledger with everything in it, and how many receipts truly belong to a case."""
    made = generate(seed, debtors=DEBTORS, lines=3 * DEBTORS)
    lines, _ = reconcile(made.tables.having(receipts=_logged(made, seed)), Rules(), TODAY)
    row = pd.Series(range(len(made.tables.cases)), index=made.tables.cases["case_id"])
    posted = (lines["state"].eq(p.RECEIVED) & lines["match"].eq(p.POSTED)).to_numpy()
    to = row[lines["case_id"][posted].str.split("、").str[0].str.split("=").str[0]].to_numpy()
    true = made.truth[posted]
    right = (true >= 0) & (made.contract[to] == made.contract[np.maximum(true, 0)])
    stage = lines["stage"].to_numpy(object)[posted]
    found = {str(s): Stage(int((stage == s).sum()), int((~right[stage == s]).sum())) for s in sorted(set(stage))}
    return found, int(((made.truth >= 0) & lines["state"].eq(p.RECEIVED).to_numpy()).sum())


def _logged(made: Generated, seed: int) -> pd.DataFrame:
    """A log of receipts as people keep it: some of the lines under their numbers, some of these with another amount, and numbers of its own."""
    rng, lines = np.random.default_rng(seed), made.tables.payments
    real = (made.truth >= 0) & lines["stated"].eq(p.RECEIVED).to_numpy()
    at = np.flatnonzero(real & (rng.random(len(lines)) < LOGGED))
    number, fen = lines["transaction_id"].to_numpy(object)[at], lines["amount"].to_numpy(np.int64)[at]
    kind = rng.random(len(at))  # a tenth has a slip in the amount, a tenth bears the log's own number
    log = pd.DataFrame(
        {
            "receipt_id": np.where(kind < 0.1, (np.arange(len(at)) + 1).astype(str), number),
            "case_id": made.tables.cases["case_id"].to_numpy(object)[made.truth[at]],
            "amount": fen + np.where(kind > 0.9, 100, 0),
            "paid_on": lines["paid_at"].to_numpy("datetime64[D]")[at].astype("datetime64[s]"),
        }
    )
    return conform(log, tuple(c.RECEIPT_COLUMNS))


def _alone(lines: int) -> None:
    """What `measure` runs in a process of its own."""
    made = large(lines, 2 * lines)
    reconcile(made.tables, Rules(), TODAY)


def _speed(lines: int) -> float:
    made = large(lines, 2 * lines)
    return seconds_of(lambda: reconcile(made.tables, Rules(), TODAY))


def _against_peers() -> tuple[float, float, int]:
    """Seconds of ours and of the first peer, and the pairs of the second."""
    made = large(100_000, 200_000)
    return seconds_of(lambda: reconcile(made.tables, Rules(), TODAY)), erpnext_shape(made, SAMPLE), merge_pairs(made)


def main() -> None:
    """Print speed, memory, growth, precision and coverage; fail where they are beyond what is promised."""
    ours, peer, pairs = _against_peers()
    print(f"100,000 receipts × 200,000 open items   {ours:8.2f} s")
    print(
        f"each line against every name            {peer:8.0f} s   {peer / ours:6.0f} × slower (measured on {SAMPLE} lines; at least {FASTER})"
    )
    print(f"pandas merge on amount                  {pairs:,} pairs (counted, not made)")
    peak = measure([sys.executable, "-c", "from tests.benchmarks.bench_reconcile import _alone; _alone(100_000)"]).peak_mb
    print(f"memory of the whole process             {peak:8.0f} MB (at most {MOST_MB})")
    larger = _speed(1_000_000)
    print(f"1,000,000 × 2,000,000                   {larger:8.2f} s   {larger / ours:6.1f} × for ten times the size (at most {GROWTH})")
    stages, of = precision()
    wrong = False
    for name, stage in stages.items():
        coverage = stage.postings / of
        print(f"stage {name:<12} {stage.postings:>8,} postings, {stage.wrong} wrong, {coverage:6.1%} of the receipts that belong to a case")
        wrong |= stage.wrong > 0 or stage.postings < FEWEST
    if wrong or peer < FASTER * ours or peak > MOST_MB or larger > GROWTH * ours:
        raise SystemExit("not what is promised")


if __name__ == "__main__":
    main()
