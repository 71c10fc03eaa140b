"""Who works and with what: the roster of collectors with skills and minutes, and the authority of the person who pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.slots import MINUTE, hours_of, legal_hours
from macros_py.domain.tables import Result, Tables

SHEET: Final = "催收员"
FIELD: Final = re.compile(r"外访|上门|现场|field|visit", re.IGNORECASE)
LEGAL: Final = re.compile(r"法务|法律|律师|legal", re.IGNORECASE)
PHONE: Final = re.compile(r"电催|电话|坐席|phone|call", re.IGNORECASE)
AWAY: Final = re.compile(r"^(否|不|n|no|0|false|离|休|停|请假|辞)", re.IGNORECASE)
_APART: Final = re.compile(r"[、,，;；/|\s]+")
EVERYWHERE: Final = frozenset({"全部", "所有", "全国", "不限", "all", "any"})
LISTED, FROM_LEDGER = "sheet", "ledger"


@dataclass(frozen=True)
class Authority:
    """What one person may decide. waiver_limit in fen, None = none stated."""

    person: str
    role: str
    waiver_limit: int | None
    may_approve: str


def names(text: str) -> tuple[str, ...]:
    """ "广州、深圳" → ("广州", "深圳"); 全部 or nothing → () = everywhere."""
    parts = tuple(part for part in _APART.split(text.strip()) if part)
    return () if any(part.lower() in EVERYWHERE for part in parts) else parts


def roster(tables: Tables, rules: Rules, today: date) -> Result:
    """Everybody who may own cases, in the order of the 催收员 sheet, then of the ledger.

    tables.collectors: person, skill, regions, products, shift, minutes, active; tables.cases: owner, assigned_owner.
    → person, skill (as typed, 电催 when empty), phone, field, legal (flags), regions, products (tuples; () = any), shift,
      minutes (a working day, int64), active (flag), source (sheet or ledger).
    A name that only the ledger knows works by phone in the default shift, and is said. Nobody at all: no-collectors.
    """
    listed = tables.collectors[tables.collectors["person"].str.strip().ne("")]
    doubled = listed["person"].str.strip().duplicated()
    problems = [Problem("collector-duplicate", SHEET, "", {"count": int(doubled.sum())})] if doubled.any() else []
    legal = legal_hours(rules.compliance, today)
    rows = [_listed(row, rules, legal) for row in listed[~doubled].to_dict("records")]
    known = {row["person"] for row in rows}
    strangers = [name for name in _owners(tables.cases) if name not in known]
    rows += [_row(name, "电催", "", "", "", _minutes("", None, rules, legal), True, FROM_LEDGER) for name in strangers]
    if strangers:
        code = "owner-not-listed" if known else "collectors-from-ledger"
        problems.append(Problem(code, SHEET, "", {"count": len(strangers)}))
    if not any(row["active"] for row in rows):
        problems.append(Problem("no-collectors", SHEET))
    return _frame(rows), problems


def authority(people: pd.DataFrame, login: str) -> Authority | None:
    """people: person, login, role, waiver_limit, may_approve → the one whose login or name is `login`, None when nobody is.

    Logins are compared without case and without the domain before a backslash (OFFICE\\li → li).
    """
    wanted = login.rsplit("\\", 1)[-1].strip().casefold()
    if not wanted or people.empty:
        return None
    logins = people["login"].str.rsplit("\\", n=1).str[-1].str.strip().str.casefold()
    found = people[logins.eq(wanted)]
    found = found if len(found) else people[people["person"].str.strip().str.casefold().eq(wanted)]
    if found.empty:
        return None
    row = found.iloc[0]
    limit = None if pd.isna(row["waiver_limit"]) else int(row["waiver_limit"])
    return Authority(str(row["person"]).strip(), str(row["role"]), limit, str(row["may_approve"]))


def _listed(row: dict[Any, Any], rules: Rules, legal: tuple[int, int]) -> dict[str, Any]:
    own = None if pd.isna(row["minutes"]) else int(row["minutes"])
    minutes = _minutes(row["shift"], own, rules, legal)
    active = not AWAY.search(str(row["active"]).strip())
    return _row(row["person"].strip(), row["skill"] or "电催", row["regions"], row["products"], row["shift"], minutes, active, LISTED)


def _row(person: str, skill: str, regions: str, products: str, shift: str, minutes: int, active: bool, source: str) -> dict[str, Any]:
    field, legal = bool(FIELD.search(skill)), bool(LEGAL.search(skill))
    return {
        "person": person,
        "skill": skill,
        "phone": bool(PHONE.search(skill)) or not (field or legal),
        "field": field,
        "legal": legal,
        "regions": names(regions),
        "products": names(products),
        "shift": shift,
        "minutes": minutes,
        "active": active,
        "source": source,
    }


def _minutes(shift: str, own: int | None, rules: Rules, legal: tuple[int, int]) -> int:
    return hours_of(shift, own, rules.planning, legal).seconds // MINUTE


def _owners(cases: pd.DataFrame) -> list[str]:
    """Names of present owners, in the order of the ledger."""
    columns = [cases[name] for name in ("owner", "assigned_owner") if name in cases]
    distinct = [str(name).strip() for column in columns for name in pd.unique(column.to_numpy(dtype=object)) if isinstance(name, str)]
    return list(dict.fromkeys(name for name in distinct if name))


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    text, flag = ("person", "skill", "shift", "source"), ("phone", "field", "legal", "active")
    columns: dict[str, Any] = {name: pd.Series([row[name] for row in rows], dtype="str") for name in text}
    columns |= {name: np.array([row[name] for row in rows], dtype=bool) for name in flag}
    columns |= {name: pd.Series([row[name] for row in rows], dtype=object) for name in ("regions", "products")}
    columns["minutes"] = np.array([row["minutes"] for row in rows], dtype=np.int64)
    return pd.DataFrame(columns)
