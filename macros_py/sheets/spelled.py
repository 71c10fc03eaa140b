"""Case numbers of logs, receipts and registers in the ledger's own spelling, so that what was paid or said is found with its case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from macros_py.domain.arrays import text
from macros_py.domain.problems import Problem
from macros_py.domain.spelling import in_ledger_spelling
from macros_py.sheets.tables import CASES, CONTACTS, LETTERS, RECEIPTS

SPELLED: Final = (RECEIPTS, CONTACTS, LETTERS)


def as_in_the_ledger(tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """tables by their names, each with case_id → the tables that changed, and one problem (case-id-spelled) for each of them."""
    changed: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    ledger = tables.get(CASES.name)
    if ledger is None:
        return changed, problems
    for sheet in SPELLED:
        table = tables.get(sheet.name)
        if table is None or table.empty:
            continue
        ids, other = in_ledger_spelling(text(table, "case_id"), text(ledger, "case_id"))
        if other.any():
            changed[sheet.name] = table.assign(case_id=pd.Series(ids, index=table.index, dtype="str"))
            problems.append(Problem("case-id-spelled", sheet.zh, values={"count": int(other.sum()), "first": ids[other][0]}))
    return changed, problems
