"""归户: the cases of one debtor are gathered under one customer_key.

By customer number, else identity number, else name + phone (shown for confirmation). Two cases that share either number are one
debtor, so a case that lacks the customer number still finds its debtor by the identity number. Source: domain.md, People and cases.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.arrays import Flags, Ints, Texts, days, flags, text, whole
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables

Floats = npt.NDArray[np.float64]

BY_NUMBER, BY_ID, BY_NAME, ALONE = "customer_id", "id_number", "name_phone", "case"  # key_kind
PLAUSIBLE_ID: Final = re.compile(r"[0-9A-Z][0-9A-Z()（）-]{5,}")
NEW_ID: Final = re.compile(r"[0-9]{17}[0-9X]")
OLD_ID: Final = re.compile(r"\d{15}")
LENGTH: Final = 18  # of an identity number of today
DISTINCT: Final = 2  # a number of no more different digits than these was made up


def gather(tables: Tables, rules: Rules, today: date) -> Result:
    """Who is one debtor.

    tables.cases: customer_id, id_number, customer, phone, case_id
    → cases + customer_key (the customer number, else a short code that shows no identity number), key_kind (what it rests on)
    """
    cases = tables.cases
    if cases.empty:
        return cases.assign(customer_key=pd.Series(dtype="str"), key_kind=pd.Series(dtype="str")), []
    name = text(cases, "customer")
    number = _folded(text(cases, "customer_id"))
    identity, misused = _identities(text(cases, "id_number"), name)
    weak = (number == "") & (identity == "")
    pair = _weak_pairs(name, text(cases, "phone"), weak)
    group = _groups(len(cases), number, identity, pair)
    key, kind = _keys(group, cases, number, identity, pair)
    by_name = (kind == BY_NAME) | (weak & (np.isin(kind, (BY_NUMBER, BY_ID))))
    problems = []
    gathered = int((by_name & (np.bincount(group)[group] > 1)).sum())
    if gathered:
        problems.append(Problem("customer-by-name", values={"count": gathered}))
    if misused:
        problems.append(Problem("id-number-shared", values={"count": misused}))
    return cases.assign(
        customer_key=pd.Series(key, index=cases.index, dtype="str"), key_kind=pd.Series(kind, index=cases.index, dtype="str")
    ), problems


def customers(tables: Tables, rules: Rules, today: date) -> Result:
    """One row per debtor.

    tables.cases: as gather and balances leave it
    → customer_key, customer, case_ids (joined by 、), cases (int), overdue_amount (fen, open cases only), days_past_due (most),
      owner (of most of the open amount), phone, region, employer, address (the first known, larger cases first)
    """
    cases = tables.cases
    code, key = pd.factorize(cases["customer_key"])
    n = len(key)
    owed = ~flags(cases, "settled")
    fen = np.where(owed, whole(cases, "open_amount" if "open_amount" in cases else "overdue_amount"), 0)
    overdue, most = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    np.add.at(overdue, code, fen)
    np.maximum.at(most, code, np.where(owed, whole(cases, "days_past_due"), 0))
    order = np.lexsort((-fen, ~owed))
    first = {c: _first_known(code, text(cases, c), order, n) for c in ("customer", "phone", "region", "employer", "address")}
    table: dict[str, Any] = {
        "customer_key": key.astype(object),
        "customer": first["customer"],
        "case_ids": _joined(code, text(cases, "case_id"), n),
        "cases": np.bincount(code, minlength=n),
        "overdue_amount": pd.array(overdue, dtype="Int64"),
        "days_past_due": pd.array(most, dtype="Int64"),
        "owner": _present_owner(code, text(cases, "owner"), fen, days(cases, "due_date"), n),
    } | {c: first[c] for c in ("phone", "region", "employer", "address")}
    return pd.DataFrame(table).astype(dict.fromkeys(("customer_key", "customer", "case_ids", "owner", *first), "str")), []


def customer_keys(cases: pd.DataFrame) -> Texts:
    """customer_key, or the case itself where a case belongs to no known customer."""
    key = text(cases, "customer_key")
    return np.where(key == "", text(cases, "case_id"), key)


def _folded(words: Texts) -> Texts:
    """Compared without spaces and case; each distinct word is folded once, and none where all are as they should be."""
    joined = "\0".join(words)
    if len(joined.split()) <= 1 and joined.upper() == joined:
        return words
    code, distinct = pd.factorize(words)
    short = np.array(["".join(w.split()).upper() for w in distinct], dtype=object)
    return np.asarray(short[code], dtype=object)


def _identities(raw: Texts, name: Texts) -> tuple[Texts, int]:
    """Comparable identity numbers ('' where none is plausible), and how many cases stand under a number that serves several names.

    An old 15-digit number and its 18-digit successor are one person: both become the 17 digits without check digit.
    """
    out = _comparable(_folded(raw))
    code, person = pd.factorize(out)[0], pd.factorize(_folded(name))[0].astype(np.int64)
    pairs = np.unique(person[(out != "") & (name != "")] + code[(out != "") & (name != "")] * len(out))
    held = pairs // len(out)
    bad = np.isin(code, held[1:][held[1:] == held[:-1]])
    return np.where(bad, "", out), int(bad.sum())


def _comparable(numbers: Texts) -> Texts:
    """The usual ones of 18 digits at once, the others one by one."""
    long = np.flatnonzero(np.fromiter(map(len, numbers), np.int64, len(numbers)) == LENGTH)
    marks = np.ascontiguousarray(numbers[long].astype(f"U{LENGTH}").view(np.uint32).reshape(-1, LENGTH).T) - np.uint32(48)
    digit = marks <= 9
    usual = digit[:-1].all(axis=0) & (digit[-1] | (marks[-1] == ord("X") - 48))
    seen = np.zeros(len(long), dtype=np.uint64)
    for mark in marks:
        seen |= np.uint64(1) << np.where(usual, mark, 0).astype(np.uint64)
    usual &= np.bitwise_count(seen) > DISTINCT
    whole = np.zeros(len(numbers), dtype=bool)
    whole[long[usual]] = True
    return np.array([w[:-1] if plain else _identity(w) for w, plain in zip(numbers, whole.tolist(), strict=True)], dtype=object)


def _identity(word: str) -> str:
    if not PLAUSIBLE_ID.fullmatch(word) or len(set(word)) <= DISTINCT:
        return ""
    if NEW_ID.fullmatch(word):
        return word[:-1]
    return word[:6] + "19" + word[6:] if OLD_ID.fullmatch(word) else word


def _weak_pairs(name: Texts, phone: Texts, weak: Flags) -> Texts:
    """Name + phone, which counts for cases without any number, and for those whose pair such a case shares; '' for all others."""
    wanted = set(phone[weak & (name != "")]) - {""}
    near = np.flatnonzero((name != "") & np.fromiter((p in wanted for p in phone), bool, len(phone)))
    pair = np.full(len(name), "", dtype=object)
    pair[near] = _folded(name)[near] + "|" + phone[near]
    asked = set(pair[weak])
    pair[near] = [p if p in asked else "" for p in pair[near]]
    return pair


def _groups(n: int, *tokens: Texts) -> Ints:
    """The connected component of each case, cases being linked by equal tokens ('' links nothing).

    Every case is led by an earlier one of its group, itself at first. The least leader of a token's cases leads them all, and those
    whom the former leaders led; a few rounds settle it, long chains included (their length halves).
    """
    links = [_linked(token) for token in tokens]
    leader = np.arange(n)
    while True:
        before = leader
        for has, code in links:
            least = np.full(int(code.max(initial=-1)) + 1, n)
            np.minimum.at(least, code, leader[has])
            former, leader = leader, leader.copy()
            leader[has] = least[code]
            np.minimum.at(leader, former, leader.copy())
        leader = leader[leader]
        if np.array_equal(leader, before):
            return np.asarray(pd.factorize(leader)[0], dtype=np.int64)


def _linked(token: Texts) -> tuple[Ints, Ints]:
    """The cases that two or more share a token with, and the number of that token."""
    has = np.flatnonzero(token != "")
    code = pd.factorize(token[has])[0]
    several = np.bincount(code)[code] > 1
    return has[several], np.asarray(pd.factorize(code[several])[0], dtype=np.int64)


def _keys(group: Ints, cases: pd.DataFrame, number: Texts, identity: Texts, pair: Texts) -> tuple[Texts, Texts]:
    """A key for each group from its firmest token: the customer number as it stands, a digest of anything personal."""
    n = int(group.max()) + 1
    key, kind = np.full(n, "", dtype=object), np.full(n, ALONE, dtype=object)
    for name, token in ((BY_NUMBER, number), (BY_ID, identity), (BY_NAME, pair)):
        has = np.flatnonzero((token != "") & (key[group] == ""))[::-1]
        candidate = np.full(n, "", dtype=object)
        candidate[group[has]] = token[has]
        found = candidate != ""
        key[found] = candidate[found] if name == BY_NUMBER else _coded(name[:2].upper(), candidate[found].tolist())
        kind[found] = name
    lone = np.flatnonzero(key[group] == "")
    case_id = text(cases, "case_id")
    key[group[lone]] = [f"CASE-{case_id[i]}" if case_id[i] else f"ROW-{i}" for i in lone]
    return np.asarray(key[group], dtype=object), np.asarray(kind[group], dtype=object)


def _coded(kind: str, words: list[str]) -> list[str]:
    sha256 = hashlib.sha256
    return [f"{kind}-{sha256(word.encode()).hexdigest()[:12]}" for word in words]


def _first_known(code: Ints, words: Texts, order: Ints, n: int) -> Texts:
    out = np.full(n, "", dtype=object)
    filled = order[words[order] != ""][::-1]
    out[code[filled]] = words[filled]
    return out


def _joined(code: Ints, words: Texts, n: int) -> Texts:
    order = np.argsort(code, kind="stable")
    parts = np.split(words[order], np.cumsum(np.bincount(code, minlength=n))[:-1]) if n else []
    return np.array(["、".join(part) for part in parts], dtype=object)


def _present_owner(code: Ints, owner: Texts, fen: Ints, due: Any, n: int) -> Texts:
    """Who holds most of a customer's open amount; at a tie the latest case's collector."""
    out = np.full(n, "", dtype=object)
    has = np.flatnonzero(owner != "")
    if not len(has):
        return out
    table = pd.DataFrame({"code": code[has], "owner": owner[has], "fen": fen[has], "due": due[has].astype("datetime64[s]")})
    held = table.groupby(["code", "owner"], sort=False).agg(fen=("fen", "sum"), due=("due", "max")).reset_index()
    last = held.sort_values(["fen", "due", "owner"], kind="stable", na_position="first").drop_duplicates("code", keep="last")
    out[last["code"].to_numpy()] = last["owner"].to_numpy(dtype=object)
    return out
