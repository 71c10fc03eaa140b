"""The same case and the same person under one spelling throughout a workbook.

Case numbers of logs, receipts and registers stand in the ledger's own spelling, so that what was paid or said is found with its case;
张三（电催） is 张三 where the workbook writes that name bare as well. Only the workbook's own evidence joins two spellings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import text
from macros_py.domain.problems import Problem
from macros_py.domain.spelling import in_ledger_spelling
from macros_py.sheets.tables import CASES, CONTACTS, LETTERS, PAYMENTS, RECEIPTS

SPELLED: Final = (RECEIPTS, CONTACTS, LETTERS, PAYMENTS)
PERSON_COLUMNS: Final = ("owner", "collector", "person")
_ROLE: Final = re.compile(
    r"(?P<name>.{2,12}?)\s*[(\uff08](?:电催|外催|外访|内催|电话|外勤|内勤|上门|法务|诉讼|催收|催收员|组长|主管|经理|专员|[一二三四五六七八九\dA-Z]组|phone|field|call|visit|legal|collector|lead)[)\uff09]",
    re.IGNORECASE,
)


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


def without_roles(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """tables by their names → those in which people's names changed: without the role behind them, where the bare name stands somewhere too."""
    columns = [(name, column) for name, table in tables.items() for column in PERSON_COLUMNS if column in table]
    bare = _bare({text for name, column in columns for text in pd.unique(tables[name][column]).tolist()})
    changed: dict[str, pd.DataFrame] = {}
    for name, column in columns if bare else ():
        table = changed.get(name, tables[name])
        if np.isin(table[column].to_numpy(object), list(bare)).any():
            changed[name] = table.assign(**{column: table[column].replace(bare)})
    return changed


def _bare(names: set[str]) -> dict[str, str]:
    """Name with a role → the bare name, where the workbook has that as well."""
    found = {name: match["name"] for name in names if isinstance(name, str) and (match := _ROLE.fullmatch(name))}
    return {name: base for name, base in found.items() if base in names}
