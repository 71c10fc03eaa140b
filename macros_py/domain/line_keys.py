"""行键: by what the line of a customer is known again on plans. Plans are handed out, so a key may not tell an identity number.

A customer's own number stands as it is. Where a customer is known by an identity number, or by name and phone, customer_key is a digest that
can be found by trying; it stays inside, and the line bears the smallest case number of the customer instead. Lines typed under a former key
(customer_key, as older versions wrote it, or another case of the customer) are found by `positions`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Flags, Ints, Texts, flags, text
from macros_py.domain.customers import BY_ID, BY_NAME, customer_keys
from macros_py.domain.tables import Tables

CASE: Final = "CASE-"
PERSONAL: Final = re.compile(r"\d{15}|\d{17}[0-9X]|(?:\+?86)?1[3-9]\d{9}")  # a customer number that is an identity or phone number
LENGTHS: Final = frozenset({11, 13, 14, 15, 18})  # of such a one
DATED: Final = re.compile(r"(.+)@(\d{4}-\d{2}-\d{2})")


def line_keys(cases: pd.DataFrame) -> Texts:
    """The key of each case's customer as plans show it.

    A case number that the reader made of the row is another customer's once rows have moved: two digits of the digest behind it tell that,
    and are too few to find anybody by.
    """
    key = customer_keys(cases)
    tells = np.isin(text(cases, "key_kind"), (BY_ID, BY_NAME))
    others = np.flatnonzero(~tells)
    tells[others] = _personal(text(cases, "customer_key")[others])
    hidden = np.flatnonzero(tells)
    if not len(hidden):
        return key
    ids, own = text(cases, "case_id")[hidden], key[hidden]
    code = pd.factorize(own)[0]
    order = np.argsort(ids.astype(str), kind="stable")[::-1]
    smallest = np.zeros(int(code.max()) + 1, dtype=np.int64)
    smallest[code[order]] = order
    made = flags(cases, "case_id_made")[hidden]
    names = np.array([f"{CASE}{ids[i]}{'-' + _check(own[i]) if made[i] else ''}" for i in smallest.tolist()], dtype=object)
    out = key.astype(object)
    out[hidden] = names[code]
    return out


def positions(cases: pd.DataFrame, keys: Sequence[str]) -> Ints:
    """The row of a case of the customer whom each key, present or former, names; −1 for none."""
    out = np.full(len(keys), -1, dtype=np.int64)
    numbered = np.where(flags(cases, "case_id_made"), "", text(cases, "case_id"))
    for names, said in (
        (line_keys(cases), list(keys)),
        (customer_keys(cases), list(keys)),
        (numbered, [key.removeprefix(CASE) for key in keys]),
    ):
        first = np.flatnonzero(~pd.Series(names).duplicated().to_numpy() & (names != ""))
        found = pd.Index(names[first]).get_indexer(pd.Index(said, dtype=object))
        out = np.where((out < 0) & (found >= 0), np.append(first, -1)[found], out)
    return out


def others(cases: pd.DataFrame, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Key → every key under which the line of its customer stands or may have stood."""
    at = positions(cases, keys)
    customer, line, ids = customer_keys(cases), line_keys(cases), text(cases, "case_id")
    mine = np.flatnonzero(pd.Index(customer).isin(list({customer[i] for i in at.tolist() if i >= 0})))
    numbers: dict[str, list[str]] = {}
    for i in mine.tolist():
        numbers.setdefault(customer[i], []).append(ids[i])
    return {
        key: tuple(dict.fromkeys((key, line[i], customer[i], *(CASE + n for n in numbers[customer[i]])))) if i >= 0 else (key,)
        for key, i in zip(keys, at.tolist(), strict=True)
    }


def renamed(tables: Tables) -> Tables:
    """What was typed on dated lines, under the keys that these lines bear now.

    Of two former keys that would become one, the second stays as it is: its words go into the log, as those of a line that is gone.
    """
    typed = {sheet: table for sheet, table in tables.typed.items() if "row_key" in table}
    listed = [*typed.values(), *([tables.plan_entries] if "row_key" in tables.plan_entries else [])]
    said = list(dict.fromkeys(found[1] for table in listed for key in table["row_key"] if (found := DATED.fullmatch(str(key)))))
    if not said:
        return tables
    now = _now(tables, said)
    if all(old == new for old, new in now.items()):
        return tables
    return tables.having(
        typed={**tables.typed, **{sheet: _under(table, now) for sheet, table in typed.items()}},
        plan_entries=_under(tables.plan_entries, now),
    )


def _now(tables: Tables, said: Sequence[str]) -> dict[str, str]:
    cases = tables.cases
    line, at = line_keys(cases), positions(cases, said)
    shown = _cases_shown(tables)
    by_case = positions(cases, [shown.get(key, "") for key in said])
    at = np.where(at < 0, by_case, at)
    wanted = {key: str(line[i]) if i >= 0 else key for key, i in zip(said, at.tolist(), strict=True)}
    taken = {key for key in said if wanted[key] == key}
    out: dict[str, str] = {}
    for key, new in wanted.items():
        out[key] = key if new in taken else new
        taken.add(out[key])
    return out


def _cases_shown(tables: Tables) -> Mapping[str, str]:
    """Key → the case that its line showed, where something was typed for the log."""
    entries = tables.plan_entries
    if "row_key" not in entries:
        return {}
    return dict(zip((str(key).rpartition("@")[0] for key in entries["row_key"]), map(str, entries["case_id"]), strict=True))


def _under(table: pd.DataFrame, now: Mapping[str, str]) -> pd.DataFrame:
    if "row_key" not in table:
        return table
    keys = [f"{now[found[1]]}@{found[2]}" if (found := DATED.fullmatch(str(key))) else str(key) for key in table["row_key"]]
    return table.assign(row_key=pd.Series(keys, index=table.index, dtype="str"))


def _personal(keys: Texts) -> Flags:
    return np.array([len(key) in LENGTHS and PERSONAL.fullmatch(key) is not None for key in keys.tolist()], dtype=bool)


def _check(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:2]
