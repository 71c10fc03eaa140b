"""What an earlier press leaves to a later one: postings whose case has left the ledger since, and nothing else.

Every other posting of the program is judged again from all lines together. So it does not matter whether a press came between two imports.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Texts, text, whole
from macros_py.domain.problems import Problem
from macros_py.domain.reconciling.decisions import Decisions, parts_of
from macros_py.domain.tables import Tables

SAID_ONCE: Final = ("payments-taken-back", "payments-moved")  # by the press that changes it; the next one finds nothing to say


def counted(tables: Tables, ledger_counts: bool) -> Flags:
    """Lines that the ledger's amounts know of already: paid up to the day for which it states them.

    What is left to pay now says nothing of such a line: it is what was left after it.
    """
    lines, base = tables.payments, tables.data_as_of
    if base is None or tables.as_of_counted or not ledger_counts:
        return np.zeros(len(lines), dtype=bool)
    return np.asarray(lines["paid_at"].to_numpy().astype("datetime64[D]") <= np.datetime64(base, "D"), dtype=bool)


def by_program(lines: pd.DataFrame, receipt: Flags, decisions: Decisions) -> Flags:
    """Receipts that an earlier press posted and of which no person has said anything."""
    posted = np.asarray(receipt & (text(lines, "match") == p.POSTED) & (text(lines, "case_id") != ""), dtype=bool)
    posted[[*decisions.taken, *decisions.undone, *decisions.waiting]] = False
    return posted


def departed(lines: pd.DataFrame, posted: Flags, known: set[str]) -> Flags:
    """Postings of the program to a case, or with a part to a case, that is in the ledger no more: paid and taken out of it."""
    case, fen = text(lines, "case_id"), whole(lines, "amount")
    out = posted & ~pd.Index(case).isin(known)
    for i in np.flatnonzero(out).tolist():
        if "=" in case[i]:
            parts = parts_of(str(case[i]), int(fen[i]))
            out[i] = parts is not None and any(number not in known for number, _ in parts)
    return np.asarray(out, dtype=bool)


def rejudged(lines: pd.DataFrame, posted: Flags, match: Texts, case: Texts, receipt: Flags) -> list[Problem]:
    """Told once, by the press that changes it: what an earlier press posted and all lines together would not."""
    back = posted & receipt & (match != p.POSTED)
    moved = posted & receipt & (match == p.POSTED) & (case != text(lines, "case_id"))
    counts = zip(SAID_ONCE, (int(back.sum()), int(moved.sum())), strict=True)
    return [Problem(code, values={"count": count}) for code, count in counts if count]
