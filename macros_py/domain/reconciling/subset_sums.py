"""Several cases paid at once: which of one customer's amounts add up to the payment. Bounded, and never across customers."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

MOST: Final = 12  # open cases of one customer that are combined: 4,096 sums


@cache
def _choices(count: int) -> npt.NDArray[np.int64]:
    """Every subset of `count` members with at least two of them, as rows of zeros and ones."""
    bits = (np.arange(1 << count)[:, None] >> np.arange(count)) & 1
    return np.asarray(bits[bits.sum(axis=1) >= 2], dtype=np.int64)


def subsets(fen: int, amounts: npt.NDArray[np.int64], tolerance: int) -> list[tuple[int, ...]]:
    """Positions of the amounts of each subset of two or more that adds up to `fen`; exact ones if there are any, else within the tolerance."""
    if not 2 <= len(amounts) <= MOST:
        return []
    choices = _choices(len(amounts))
    off = np.abs(choices @ amounts - fen)
    best = 0 if (off == 0).any() else tolerance
    return [tuple(np.flatnonzero(c).tolist()) for c in choices[off <= best]]
