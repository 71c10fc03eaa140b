"""Score, rank and reason codes for 1,000,000 accounts, and the same with words, against plain numpy score + rank in the same run.

The plain script is what a person who knows numpy would write: np.interp per component, a weighted sum, argsort, ranks.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from macros_py.domain import priority, ranking, reasons
from macros_py.domain.priority import Inputs
from macros_py.domain.rules import BUCKET_STARTS, Rules

ACCOUNTS = 1_000_000
ROUNDS = 3
MOST_CODES, MOST_WORDS = 2.0, 6.0


def accounts(n: int = ACCOUNTS) -> Inputs:
    """Random accounts, the same at every run."""
    rng = np.random.default_rng(20261123)
    days = rng.integers(1, 400, n)
    return Inputs(
        fen=rng.lognormal(13.8, 1.2, n).astype(np.int64),
        bucket=np.searchsorted(BUCKET_STARTS, days, side="right").astype(np.int64),
        days=days,
        broken=rng.poisson(0.6, n).astype(np.int64),
        silence=rng.integers(0, 60, n),
        reachable=rng.integers(0, 3, n) / 2,
        unwilling=rng.random(n) < 0.1,
        limitation=rng.integers(-50, 1095, n),
        scored=np.ones(n, dtype=bool),
    )


def plain(x: Inputs, rules: Rules) -> np.ndarray:
    """Score and rank, nothing else."""
    curve = {c.name: (c.points, *np.array(c.curve, dtype=float).T) for c in rules.priority.components}
    rates = np.array(rules.priority.cure_rates)
    value = {
        "expected": x.fen / 100 * rates[x.bucket],
        "next_bucket": np.array([*BUCKET_STARTS, 99_999])[x.bucket] - x.days,
        "amount": x.fen / 100,
        "broken": x.broken,
        "silence": x.silence,
        "reachable": x.reachable,
        "unwilling": x.unwilling,
        "limitation": x.limitation,
    }
    score = np.zeros(len(x.fen))
    for name, (points, xs, ys) in curve.items():
        score += points * np.interp(value[name], xs, ys)
    order = np.argsort(-score, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    return rank


def with_codes(x: Inputs, rules: Rules, case_id: np.ndarray, owner: np.ndarray) -> priority.Scores:
    """Ours: points, score, reason codes, and ranks overall, within owner and within bucket."""
    components, _ = priority.effective_components(rules.priority)
    scores = priority.compute(x, components, rules.priority)
    ranking.ranks(scores.total, x.fen, case_id, x.scored, owner, x.bucket)
    return scores


def with_words(x: Inputs, rules: Rules, case_id: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Ours, with the three reasons in words."""
    scores = with_codes(x, rules, case_id, owner)
    names = [c.name for c in scores.components]
    return reasons.why(names, scores.top, scores.points, priority.said_values(x, rules.priority), np.where(x.scored, -1, 4), "zh")


def with_changes(x: Inputs, rules: Rules, case_id: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Ours, with reasons and what would change them."""
    with_words(x, rules, case_id, owner)
    components, _ = priority.effective_components(rules.priority)
    return priority.what_would_change(x, priority.compute(x, components, rules.priority), rules)


def best_of(work: Callable[[], object]) -> float:
    """The quickest of some rounds, in seconds."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def main() -> None:
    """Print the times and the ratios; fail where they are beyond what is promised."""
    x, rules = accounts(), Rules()
    case_id = np.array([f"CS{i:08d}" for i in range(ACCOUNTS)], dtype=object)
    owner = np.random.default_rng(1).integers(0, 50, ACCOUNTS)
    base = best_of(lambda: plain(x, rules))
    codes = best_of(lambda: with_codes(x, rules, case_id, owner))
    words = best_of(lambda: with_words(x, rules, case_id, owner))
    changes = best_of(lambda: with_changes(x, rules, case_id, owner))
    print(f"plain numpy score + rank      {base:6.2f} s")
    print(f"score, ranks, reason codes    {codes:6.2f} s   {codes / base:4.2f} × (at most {MOST_CODES:g})")
    print(f"with reasons in words         {words:6.2f} s   {words / base:4.2f} × (at most {MOST_WORDS:g})")
    print(f"and what would change it      {changes:6.2f} s   {changes / base:4.2f} × (for information)")
    if codes > MOST_CODES * base or words > MOST_WORDS * base:
        raise SystemExit("slower than promised")


if __name__ == "__main__":
    main()
