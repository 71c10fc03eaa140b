"""What each collector takes along: their customers with everything that belongs to them, masked as far as it travels."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import masking
from macros_py.domain.arrays import Texts, text
from macros_py.domain.changes import SheetModel
from macros_py.domain.compliance import in_force
from macros_py.domain.kinds import Column, Kind
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables

RULE: Final = "pack_encryption"
NO: Final = frozenset({"否", "不", "no", "0", "false"})
_NUMBERS: Final = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|1[0-9]{10})(?![0-9])")
_STREET: Final = re.compile(r"(?<=[省市区县州旗盟]).*")


@dataclass(frozen=True)
class Share:
    """One collector's part. cases, contacts, receipts, holds: the columns of those tables; plan: the plan of the day."""

    person: str
    cases: pd.DataFrame
    contacts: pd.DataFrame
    receipts: pd.DataFrame
    holds: pd.DataFrame
    plan: SheetModel
    customers: int

    def fingerprint(self) -> str:
        """12 hex digits that change with anything that the pack shows."""
        out = hashlib.sha256(self.person.encode())
        for table in (self.cases, self.contacts, self.receipts, self.holds, *self.plan.tables.values()):
            out.update(table.to_csv(index=False).encode())
        return out.hexdigest()[:12]


def encrypted(rules: Rules, today: date) -> bool:
    """Whether packs are encrypted: always, unless the rule pack_encryption in force says 否. Source: rules-cn.md, pack_encryption."""
    found = [r for r in rules.compliance.rules if r.id == RULE and in_force(r, today)]
    return not found or found[-1].value.strip().lower() not in NO


def shares(tables: Tables, plans: Iterable[SheetModel], *, closed: bool) -> list[Share]:
    """The part of every collector who has a plan and at least one open case.

    tables.cases: judged and assigned (settled, customer_key, assigned_owner); plans: facts["person"]. closed: the pack is encrypted:
    then only identity numbers are masked, for work needs names and phones; an open one shows no name, phone or address in full.
    """
    settled = tables.cases["settled"].to_numpy(dtype=bool)
    owner = text(tables.cases, "assigned_owner")
    found = []
    for plan in plans:
        person = str(plan.facts["person"])
        mine = ~settled & (owner == person)
        if mine.any():
            share = _share(tables, tables.cases[mine], plan, person)
            found.append(share if closed else _masked(share))
    return found


def _share(tables: Tables, mine: pd.DataFrame, plan: SheetModel, person: str) -> Share:
    ids = set(mine["case_id"]) - {""}
    customers = set(mine["customer_id"]) - {""}
    cases = mine[[k.name for k in c.CASE_COLUMNS]].reset_index(drop=True)
    cases["owner"] = pd.Series(person, index=cases.index, dtype="str")
    cases["id_number"] = _text(masking.identity_numbers(text(cases, "id_number")))
    target = tables.holds["target"]
    held = target.isin(ids | customers) | tables.holds["scope"].eq("地区")
    return Share(
        person,
        cases,
        _of(tables.contacts, ids, c.CONTACT_COLUMNS),
        _of(tables.receipts, ids, c.RECEIPT_COLUMNS),
        tables.holds[held][[k.name for k in c.HOLD_COLUMNS]].reset_index(drop=True),
        plan,
        int(mine["customer_key"].nunique()),
    )


def _of(table: pd.DataFrame, case_ids: set[str], columns: Iterable[Column]) -> pd.DataFrame:
    return table[table["case_id"].isin(case_ids)][[k.name for k in columns]].reset_index(drop=True)


def _masked(share: Share) -> Share:
    tables = {name: _without_names(table) for name, table in share.plan.tables.items()}
    return replace(
        share,
        cases=_without_names(share.cases),
        contacts=_without_names(share.contacts),
        receipts=_without_names(share.receipts),
        holds=_without_names(share.holds),
        plan=replace(share.plan, tables=tables),
    )


def _without_names(table: pd.DataFrame) -> pd.DataFrame:
    """Names by column, numbers wherever they stand: a note or a plan line may quote one."""
    out = table.copy()
    for name in out.columns:
        if out[name].dtype != object and not pd.api.types.is_string_dtype(out[name]):
            continue
        values = text(out, name)
        if name in ("customer", "payer"):
            values = masking.names(values)
        elif name in PHONES:
            values = masking.phones(values)
        elif name == "who":
            values = np.array([_who(v) for v in values], dtype=object)
        elif name == "address":
            values = np.array([_STREET.sub("***", v) if _STREET.search(v) else "***" if v else "" for v in values], dtype=object)
        if name not in KEYS:
            values = np.array([_NUMBERS.sub(_starred, v) for v in values], dtype=object)
        out[name] = _text(values)
    return out


PHONES: Final = frozenset(k.name for k in (*c.CASE_COLUMNS, *c.CONTACT_COLUMNS) if k.kind is Kind.PHONE)  # landlines as well
KEYS: Final = frozenset({"case_id", "customer_id", "row_key", "entry_id", "receipt_id", "target"})  # what merging finds rows by


def _who(shown: str) -> str:
    """ "张三 · A1" → "张* · A1"."""
    name, sign, rest = shown.partition(" · ")
    return str(masking.names(np.array([name], dtype=object))[0]) + sign + rest if sign else shown


def _starred(found: re.Match[str]) -> str:
    values = np.array([found[0]], dtype=object)
    return str((masking.phones if len(found[0]) == 11 else masking.identity_numbers)(values)[0])


def _text(values: Texts) -> pd.Series[str]:
    return pd.Series(values, dtype="str")
