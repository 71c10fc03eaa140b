"""Money given back: the case whose receipt it was."""

from __future__ import annotations

import numpy as np
import pandas as pd

from macros_py.domain import payments as p
from macros_py.domain.arrays import Ints, Texts
from macros_py.domain.reconciling.known_accounts import accounts


def cases_of(
    lines: pd.DataFrame, back: Ints, state: Texts, match: Texts, case: Texts, payer: Texts, fen: Ints, order: Ints, named: dict[int, str]
) -> dict[int, str]:
    """Refund line → case of the posted receipts of the same account or name, when they are all of one case and cover it; else "".

    back: the refunds in the order of time (and reversals of a part, which no one receipt equals); order: all lines in the order of time;
    named: refund → the case whose number it bears: then it is that case's receipts that have to cover it.
    """
    number = accounts(lines)
    if not len(back):
        return {}
    receipts: dict[tuple[str, str], list[int]] = {}
    for i in order[np.asarray((match == p.POSTED) & (state == p.RECEIVED))[order]].tolist():
        for key in {("account", number[i]), ("payer", payer[i]), ("case", case[i])}:
            if key[1]:
                receipts.setdefault(key, []).append(i)
    when = lines["paid_at"].to_numpy()
    left: dict[int, int] = {}
    out: dict[int, str] = {}
    for i in back.tolist():
        keys = [("case", named[i])] if i in named else [("account", number[i]), ("payer", payer[i])]
        mine = next((receipts[key] for key in keys if key in receipts), [])
        earlier = [j for j in mine if when[j] <= when[i] and "=" not in case[j]]
        of = {case[j] for j in earlier}
        covered = sum(left.get(j, int(fen[j])) for j in earlier)
        out[i] = of.pop() if len(of) == 1 and covered >= -fen[i] else ""
        owed = -int(fen[i]) if out[i] else 0
        for j in earlier:
            taken = min(left.get(j, int(fen[j])), owed)
            left[j], owed = left.get(j, int(fen[j])) - taken, owed - taken
    return out
