"""Ranks: overall and within groups, the same at every run. Ties go to the larger amount, then to the smaller case number."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from macros_py.domain.arrays import Flags, Ints, Texts

FULL: Final = 10_000  # hundredths of a point
MOST_FEN: Final = (1 << 44) - 1  # amounts above 175 billion yuan tie


def ranks(total: npt.NDArray[np.int16], fen: Ints, case_id: Texts, worked: Flags, owner: Ints, bucket: Ints) -> tuple[Ints, Ints, Ints]:
    """Rank overall, within owner and within bucket, from 1; 0 where the case may not be worked. Ties: the larger amount, then case_id."""
    order = best_first(total, fen, case_id, worked)
    overall = np.zeros(len(total), dtype=np.int64)
    overall[order] = np.arange(1, len(order) + 1)
    return overall, within(order, owner, len(total)), within(order, bucket, len(total))


def best_first(total: npt.NDArray[np.int16], fen: Ints, case_id: Texts, worked: Flags) -> Ints:
    """Positions of the worked cases, best first."""
    at = np.flatnonzero(worked)
    key = ((FULL - total[at].astype(np.int64)) << 44) + (MOST_FEN - np.minimum(fen[at], MOST_FEN))
    order = np.argsort(key)
    ordered = key[order]
    same = ordered[1:] == ordered[:-1]
    if same.any():
        tied = np.flatnonzero(np.append(same, False) | np.insert(same, 0, False))
        ids = case_id[at[order[tied]]].astype(str)
        order[tied] = order[tied][np.lexsort((order[tied], ids, ordered[tied]))]
    return at[order]


def within(order: Ints, group: Ints, n: int) -> Ints:
    """The rank of each case among those of its group, in the given order."""
    out = np.zeros(n, dtype=np.int64)
    ordered = group[order] + 1
    small = ordered.astype(np.int16) if ordered.max(initial=0) < np.iinfo(np.int16).max else ordered  # int16 sorts by radix
    by_group = np.argsort(small, kind="stable")
    count = np.bincount(ordered)
    start = np.repeat(np.cumsum(count) - count, count)
    out[order[by_group]] = np.arange(len(order)) - start + 1
    return out
