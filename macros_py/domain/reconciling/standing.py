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
from macros_py.domain.reconciling.decisions import Decisions, at_line, parts_of
from macros_py.domain.reconciling.open_items import OpenItems
from macros_py.domain.tables import Tables

OVERWRITTEN: Final = "payment-case-overwritten"
SAID_ONCE: Final = (
    "payments-taken-back",
    "payments-moved",
    OVERWRITTEN,
    "payment-cases-overwritten",
)  # by the press that changes it; the next one finds nothing to say

LISTED: Final = 50  # lines that are told one by one; of the rest the number


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


def rejudged(lines: pd.DataFrame, posted: Flags, match: Texts, case: Texts, receipt: Flags, items: OpenItems) -> list[Problem]:
    """Told once, by the press that changes it: what an earlier press posted and all lines together would not.

    One that goes to another contract than the line says is told with its cell: as a rule a person typed over the case and did not confirm.
    """
    written = text(lines, "case_id")
    back = posted & receipt & (match != p.POSTED)
    moved = np.flatnonzero(posted & receipt & (match == p.POSTED) & (case != written))
    over = [i for i in moved.tolist() if _contract(str(written[i]), items) != _contract(str(case[i]), items)]
    counts = zip(SAID_ONCE, (int(back.sum()), len(moved) - len(over)), strict=False)
    told = [Problem(code, values={"count": count}) for code, count in counts if count]
    told += [at_line(OVERWRITTEN, lines, i, {"shown": str(written[i])[:40], "case": str(case[i])[:40]}) for i in over[:LISTED]]
    rest = len(over) - LISTED
    return [*told, Problem("payment-cases-overwritten", values={"count": rest})] if rest > 0 else told


def _contract(case: str, items: OpenItems) -> int:
    """The contract of a case as it stands on a line ("A", "A=500、B=300": of the first); −1 when it is not in the ledger."""
    row = items.first_row.get(case.split("=")[0].strip(), -1)
    return int(items.contract[row]) if row >= 0 else -1
