"""Receipts that carry no number and no known account: whose they may be, by name and amount. Everything here is proposed, nothing posted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Flags, Ints, Texts
from macros_py.domain.reconciling.open_items import OpenItems, expand, groups
from macros_py.domain.reconciling.payer_names import PLATFORM, alike, comparable, core
from macros_py.domain.reconciling.subset_sums import subsets

NAMESAKES: Final = 50  # rows under one name; beyond it the name says nothing
SHOWN: Final = 5
_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff·]{2,}")
_NAME_LENGTHS: Final = (4, 3, 2)


@dataclass
class Candidates:
    """Per receipt (positions within the arrays given): stage ("" for none), and the rows that it may belong to, likeliest first."""

    stage: Texts
    rows: dict[int, tuple[int, ...]] = field(default_factory=dict)
    together: dict[int, tuple[int, ...]] = field(default_factory=dict)  # rows that add up to the receipt

    def take(self, i: int, stage: str, rows: tuple[int, ...]) -> None:
        self.stage[i] = stage
        self.rows[i] = rows


def by_name(items: OpenItems, payer: Texts, memo: Texts, fen: Ints, tolerance: int, percent: int) -> Candidates:
    """payer: comparable names. Stages: payer_amount, payer, part, several_cases, fuzzy, other_payer, then several_payments over all."""
    out = Candidates(np.full(len(payer), "", dtype=object))
    names = pd.Index(pd.unique(items.name[items.name != ""]))
    code = names.get_indexer(pd.Index(items.name))
    index = groups(np.where(code >= 0, code, len(names)))
    own = names.get_indexer(pd.Index(payer)) if len(names) else np.full(len(payer), -1)
    _judge(out, items, index, np.flatnonzero(own >= 0), own, fen, tolerance, "")
    _fuzzy(out, items, index, names, payer, fen, tolerance, percent)
    _named_in_memo(out, items, index, names, memo, fen, tolerance)
    _several_payments(out, items, payer, fen)
    return out


def _judge(
    out: Candidates, items: OpenItems, index: tuple[Ints, Ints], at: Ints, name: Ints, fen: Ints, tolerance: int, stage: str
) -> None:
    """Receipts `at` whose customer may be of the name `name[at]`: by amount where it says anything, else all open rows of the name."""
    at = at[(index[1][name[at] + 1] - index[1][name[at]]) <= NAMESAKES]
    which, rows = expand(index, name[at])
    line = at[which]
    exact = items.equal(rows, fen[line], 0)
    near = exact | items.equal(rows, fen[line], tolerance)
    ends = np.concatenate([[0], np.cumsum(np.bincount(which, minlength=len(at)))])
    for n, i in enumerate(at.tolist()):
        mine = slice(int(ends[n]), int(ends[n + 1]))
        if mine.stop > mine.start:
            _one(out, items, i, rows[mine], exact[mine], near[mine], int(fen[i]), tolerance, stage)


def _one(out: Candidates, items: OpenItems, i: int, rows: Ints, exact: Flags, near: Flags, fen: int, tolerance: int, stage: str) -> None:
    """One receipt and the rows of the name that it bears."""
    if near.any():
        out.take(i, stage or "payer_amount", _by_due(items, rows[exact] if exact.any() else rows[near]))
        return
    open_rows = rows[~items.settled[rows]]
    if not len(open_rows):
        out.take(i, stage or "payer", _by_due(items, rows))
    elif not _together(out, items, i, open_rows, fen, tolerance, stage):
        part = bool((items.owed[open_rows] > fen).any())
        out.take(i, stage or ("part" if part else "payer"), _by_due(items, open_rows))


def _together(out: Candidates, items: OpenItems, i: int, rows: Ints, fen: int, tolerance: int, stage: str) -> bool:
    """Whether cases of one customer add up to the receipt."""
    if len(rows) < 2:
        return False
    for debtor in np.unique(items.debtor[rows]):
        mine = rows[(items.debtor[rows] == debtor) & (items.amounts[rows, 0] > 0)]
        found = subsets(fen, items.amounts[mine, 0], tolerance)
        if found:
            out.take(i, stage or "several_cases", tuple(dict.fromkeys(int(mine[k]) for s in found[:SHOWN] for k in s)))
            if len(found) == 1:
                out.together[i] = tuple(int(mine[k]) for k in found[0])
            return True
    return False


def _by_due(items: OpenItems, rows: Ints) -> tuple[int, ...]:
    return tuple(rows.tolist()) if len(rows) == 1 else tuple(rows[np.lexsort((rows, items.due[rows]))][: SHOWN + 1].tolist())


def _fuzzy(
    out: Candidates, items: OpenItems, index: tuple[Ints, Ints], names: pd.Index, payer: Texts, fen: Ints, tolerance: int, percent: int
) -> None:
    left = np.flatnonzero((out.stage == "") & (payer != ""))
    unknown = pd.Index(pd.unique(payer[left]))
    unknown = unknown[[not PLATFORM.search(str(n)) for n in unknown]]
    if not len(unknown) or not len(names):
        return
    pairs = alike(unknown.to_numpy(dtype=object), names.to_numpy(dtype=object), percent)
    if pairs.empty:
        return
    best = pairs[pairs["score"] == pairs.groupby("payer")["score"].transform("max")]
    single = best[~best["payer"].duplicated(keep=False)].set_index("payer")["customer"]
    where = unknown.get_indexer(pd.Index(payer[left]))
    name = np.full(len(payer), -1, dtype=np.int64)
    name[left] = pd.Series(where).map(single).fillna(-1).to_numpy(dtype=np.int64)
    _judge(out, items, index, np.flatnonzero(name >= 0), name, fen, tolerance, "fuzzy")
    _tied(out, items, index, best, unknown, payer, left)


def _tied(
    out: Candidates, items: OpenItems, index: tuple[Ints, Ints], best: pd.DataFrame, unknown: pd.Index, payer: Texts, left: Ints
) -> None:
    """A payer that is equally like several customers: all of them are told."""
    tied = best[best["payer"].duplicated(keep=False)].groupby("payer")["customer"].agg(list)
    where = unknown.get_indexer(pd.Index(payer[left]))
    for i, at in zip(left.tolist(), where.tolist(), strict=True):
        if at in tied.index:
            _, rows = expand(index, np.array(tied[at][:SHOWN], dtype=np.int64))
            out.take(i, "fuzzy", tuple(rows[: SHOWN + 1].tolist()))


def _named_in_memo(
    out: Candidates, items: OpenItems, index: tuple[Ints, Ints], names: pd.Index, memo: Texts, fen: Ints, tolerance: int
) -> None:
    """Somebody else pays and says for whom: a customer's name among the words of the memo."""
    left = [i for i in np.flatnonzero(out.stage == "").tolist() if memo[i] and not str(memo[i]).isascii()]
    known = {str(n): k for k, n in enumerate(names)}
    by_core = {str(n): k for k, n in enumerate(core(names.to_numpy(dtype=object))) if len(str(n)) >= 4}
    name = np.full(len(memo), -1, dtype=np.int64)
    words = comparable(memo[left]) if left else memo
    for i, said in zip(left, words.tolist(), strict=False):
        found = {k for run in _HAN_RUN.findall(said) for k in _names_in(run, known, by_core)}
        if len(found) == 1:
            name[i] = found.pop()
    _judge(out, items, index, np.flatnonzero(name >= 0), name, fen, tolerance, "other_payer")


def _names_in(run: str, known: dict[str, int], cores: dict[str, int]) -> set[int]:
    """Customers whose whole name stands in a run of characters; of overlapping names the longer one."""
    for table, lengths in ((cores, range(min(len(run), 24), 3, -1)), (known, _NAME_LENGTHS)):
        for size in lengths:
            found = {table[run[a : a + size]] for a in range(len(run) - size + 1) if run[a : a + size] in table}
            if found:
                return found
    return set()


def _several_payments(out: Candidates, items: OpenItems, payer: Texts, fen: Ints) -> None:
    """Part payments of one payer that together are exactly what one row asks for."""
    at = np.flatnonzero(out.stage == "part")
    single = np.array([i for i in at.tolist() if len(out.rows[i]) == 1], dtype=np.int64)
    if len(single) < 2:
        return
    row = np.array([out.rows[i][0] for i in single.tolist()], dtype=np.int64)
    table = pd.DataFrame({"payer": payer[single], "row": row, "fen": fen[single]})
    sums = table.groupby(["payer", "row"])["fen"].agg(["sum", "size"]).reindex(pd.MultiIndex.from_frame(table[["payer", "row"]]))
    whole = items.equal(row, sums["sum"].to_numpy(np.int64), 0) & (sums["size"].to_numpy() > 1)
    out.stage[single[whole]] = "several_payments"


def unrelated(memo: Texts, words: str) -> Flags:
    """Memos that speak of another payment than a repayment."""
    listed = [re.escape(w) for w in re.split(r"[、,，;；\s]+", words) if w]
    if not listed:
        return np.zeros(len(memo), dtype=bool)
    pattern = re.compile("|".join(listed), re.IGNORECASE)
    code, distinct = pd.factorize(memo)
    return np.array([bool(pattern.search(str(m))) for m in distinct] + [False], dtype=bool)[code]
