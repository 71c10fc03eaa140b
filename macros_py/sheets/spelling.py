"""The same case and the same person under one spelling throughout a workbook.

A receipt that names case ht2026（01） belongs to case HT2026(01); 张三（电催） is 张三 where the workbook writes that name bare as well.
Only the workbook's own evidence joins two spellings: where it has none, each stays as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

PERSON_COLUMNS: Final = ("owner", "collector", "person")
_ROLE: Final = re.compile(
    r"(?P<name>.{2,12}?)\s*[(\uff08](?:电催|外催|外访|内催|电话|外勤|内勤|上门|法务|诉讼|催收|催收员|组长|主管|经理|专员|[一二三四五六七八九\dA-Z]组|phone|field|call|visit|legal|collector|lead)[)\uff09]",
    re.IGNORECASE,
)


def folded_key(text: str) -> str:
    """A case number without width, case and spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def in_one_spelling(tables: dict[str, pd.DataFrame]) -> None:
    """Case numbers of the other tables as the ledger writes them, and people without their role; changes the tables in the dict."""
    _cases(tables)
    _people(tables)


def _cases(tables: dict[str, pd.DataFrame]) -> None:
    ledger = tables.get("cases")
    if ledger is None or ledger.empty:
        return
    known = frozenset(ledger["case_id"].tolist())
    folded: dict[str, str] | None = None
    for name, table in tables.items():
        if name == "cases" or "case_id" not in table:
            continue
        strange = {t for t in table["case_id"].tolist() if t and t not in known}
        if strange:
            folded = _one_to_one(known) if folded is None else folded
            other = {t: folded[key] for t in strange if (key := folded_key(t)) in folded}
            tables[name] = table.assign(case_id=table["case_id"].replace(other)) if other else table


def _one_to_one(known: frozenset[str]) -> dict[str, str]:
    """Folded key → case number, where only one case number folds to it."""
    keys = pd.Series({text: folded_key(text) for text in sorted(known)})
    keys = keys[~keys.duplicated(keep=False)]
    return dict(zip(keys.tolist(), keys.index.tolist(), strict=True))


def _people(tables: dict[str, pd.DataFrame]) -> None:
    columns = [(name, column) for name, table in tables.items() for column in PERSON_COLUMNS if column in table]
    names = {text for name, column in columns for text in pd.unique(tables[name][column]).tolist()}
    bare = _without_roles(names)
    for name, column in columns if bare else ():
        table = tables[name]
        if np.isin(table[column].to_numpy(object), list(bare)).any():
            tables[name] = table.assign(**{column: table[column].replace(bare)})


def _without_roles(names: set[str]) -> Mapping[str, str]:
    """Name with a role → the bare name, where the workbook has that as well."""
    found = {name: match["name"] for name in names if isinstance(name, str) and (match := _ROLE.fullmatch(name))}
    return {name: base for name, base in found.items() if base in names}
