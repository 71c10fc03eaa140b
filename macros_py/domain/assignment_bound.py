"""An upper bound on what any assignment could be worth, so that the gap of the one that was made is proven.

Lagrangian dual: a price per second of each collector and a price per change of owner turn capacity and the limit of changes into
costs; then every customer picks its best collector by itself, and the sum can only be too high. Any prices ≥ 0 prove a bound; good
ones are found by projected subgradient steps (Polyak's length, aimed at the value already reached).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from macros_py.domain.arrays import Flags, Ints
from macros_py.domain.suitability import Types
from macros_py.domain.workload import NOBODY, Floats

GRID: Final = 24  # values lie between so many quantiles, and so many even steps; see _on_grid
WORK: Final = 50_000_000  # numbers looked at in all: half a second at most
STEPS: Final = (6, 120)  # fewest and most steps
PATIENCE: Final = 6  # steps without progress before they are halved


def upper_bound(types: Types, value: Floats, capacity: Ints, may_change: int, reached: float, start: Floats) -> float:
    """No assignment within capacity (seconds) and may_change changes of owner is worth more than this.

    value: of each workable unit; reached: the worth of the assignment made (aims the steps; also the least that is returned);
    start: first prices per second, one per collector.
    """
    if not len(value) or not len(capacity):
        return reached
    worth, cost, owner, of_unit = _alike(types)
    kind, weight, level = _on_grid(of_unit, value, len(cost))
    gain = worth[kind] * level[:, None]
    owner = owner[kind]
    moves = (owner[:, None] != np.arange(len(capacity))) & (owner != NOBODY)[:, None]
    return max(reached, _descend(gain, cost[kind], moves, weight, capacity.astype(np.float64), float(may_change), reached, start))


def _alike(types: Types) -> tuple[Floats, Floats, Ints, Ints]:
    """(worth, seconds, owner, kind of each unit) with types that differ in nothing that counts here as one kind."""
    seen = np.column_stack([types.worth, types.seconds, types.owner])
    distinct, kind = np.unique(seen, axis=0, return_inverse=True)
    return distinct[:, :-2], distinct[:, -2], distinct[:, -1].astype(np.int64), kind.reshape(-1)[types.of_unit]


def _on_grid(of_unit: Ints, value: Floats, kinds: int) -> tuple[Ints, Floats, Floats]:
    """(kind, weight, value) of grid points that stand for all units.

    The dual of a unit is convex in its value, so splitting a unit between the two grid values around it, in proportion, never
    lowers the sum: the bound stays a bound while 100,000 units become a few thousand points. The grid is close where values are
    many, and nowhere wide.
    """
    parts = np.linspace(0, 1, GRID + 1)
    grid = np.unique(np.concatenate([np.quantile(value, parts), value.min() + parts * np.ptp(value)]))
    grid = grid if len(grid) > 1 else np.append(grid, grid + 1)
    below = np.clip(np.searchsorted(grid, value, side="right") - 1, 0, len(grid) - 2)
    share = np.clip((value - grid[below]) / (grid[below + 1] - grid[below]), 0.0, 1.0)
    at = of_unit * len(grid) + below
    spread = np.bincount(at, weights=1 - share, minlength=kinds * len(grid)) + np.bincount(at + 1, share, kinds * len(grid))
    used: Ints = np.flatnonzero(spread > 0).astype(np.int64)
    return used // len(grid), spread[used].astype(np.float64), grid[used % len(grid)]


def _descend(
    gain: Floats, seconds: Floats, moves: Flags, weight: Floats, capacity: Floats, may_change: float, reached: float, start: Floats
) -> float:
    scale = max(float(start.max()), reached / max(float(capacity.sum()), 1.0), 1e-12)
    typical = float(gain.max(axis=1) @ weight) / max(float(weight.sum()), 1.0)  # the scale of a price per change
    price, toll = start.copy(), 0.0
    best, length, waited = np.inf, 1.0, 0
    for _ in range(int(np.clip(WORK // gain.size, *STEPS))):
        net = gain - seconds[:, None] * price - moves * toll
        chosen = net.argmax(axis=1)
        left = net[np.arange(len(net)), chosen]
        served = left > 0
        bound = float((left * weight)[served].sum() + price @ capacity + toll * may_change)
        if bound < best - 1e-9 * abs(best if np.isfinite(best) else bound):
            best, waited = bound, 0
        else:
            waited += 1
            length, waited = (length / 2, 0) if waited >= PATIENCE else (length, waited)
        if best <= reached:
            break
        used = np.bincount(chosen[served], weights=(weight * seconds)[served], minlength=len(capacity))
        changed = float(weight[served & moves[np.arange(len(net)), chosen]].sum())
        slope, toll_slope = (capacity - used) * scale, may_change - changed
        size = float(slope @ slope) + (toll_slope * typical) ** 2
        if size <= 0:
            break
        step = length * max(bound - reached, 1e-6 * bound) / size
        price = np.maximum(price - step * slope * scale, 0.0)
        toll = max(toll - step * toll_slope * typical**2, 0.0)
    return best
