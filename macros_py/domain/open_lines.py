"""The open cases, the lines that they make (one for a customer), and what is taken from many rows for each line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.arrays import NO_DAY, Days, Flags, Ints, Texts, flags, known, text, whole
from macros_py.domain.customers import customer_keys
from macros_py.domain.line_keys import line_keys


def open_cases(cases: pd.DataFrame) -> Flags:
    """Cases on which something is owed: not settled, and the open amount, where known, above zero."""
    owed = ~known(cases, "open_amount") | (whole(cases, "open_amount") > 0)
    out: Flags = owed & ~flags(cases, "settled")
    return out


@dataclass(frozen=True)
class OpenCases:
    """The open cases and the lines that they make. key: as plans show it; at: rows of the cases; line: of each of these; of_case: of every case, -1 for none.

    hold: stopped by a hold; stopped: by anything; held: lines all of whose debtor is held; free: lines with a case that may be worked;
    wanted: cases that the line speaks of; of_wanted: as of_case, for these only.
    """

    key: Texts
    at: Ints
    line: Ints
    of_case: Ints
    hold: Flags
    stopped: Flags
    held: Flags
    free: Flags
    wanted: Flags
    of_wanted: Ints

    @classmethod
    def of(cls, cases: pd.DataFrame) -> OpenCases:
        at = np.flatnonzero(open_cases(cases))
        line, customer = pd.factorize(customer_keys(cases)[at])
        n = len(customer)
        first = np.zeros(n, dtype=np.int64)
        first[line[::-1]] = at[::-1]
        key = line_keys(cases)[first]
        of_case = np.full(len(cases), -1, dtype=np.int64)
        of_case[at] = line
        hold = text(cases, "hold")[at] != ""
        stopped = hold | (text(cases, "hold_why")[at] != "")
        held = np.bincount(line, weights=hold & ~flags(cases, "hold_own_case")[at], minlength=n) > 0
        free = np.bincount(line, weights=~stopped, minlength=n) > 0
        wanted = ~stopped | ~free[line]
        of_wanted = of_case.copy()
        of_wanted[at[~wanted]] = -1
        return cls(key, at, line, of_case, hold, stopped, held, free, wanted, of_wanted)

    @property
    def n(self) -> int:
        return len(self.key)


def lines_of(table: pd.DataFrame, cases: pd.DataFrame, of_case: Ints) -> Ints:
    """Line of each row of a table with case_id, −1 where the case is unknown or owes nothing."""
    first = ~cases["case_id"].duplicated().to_numpy()
    where = pd.Index(cases["case_id"][first]).get_indexer(pd.Index(table["case_id"]))
    out: Ints = np.where(where < 0, -1, of_case[np.flatnonzero(first)[where]] if len(of_case) else -1)
    return out


def sum_of(line: Ints, values: Ints, n: int) -> Ints:
    """Exact sums in whole fen (bincount would go through floats)."""
    out = np.zeros(n, dtype=np.int64)
    np.add.at(out, line, values)
    return out


def first_of(line: Ints, at: Ints, n: int, order: tuple[npt.NDArray[Any], ...]) -> Ints:
    """Per line the position of its first case by `order` (last key first, as in lexsort), the earlier row at a tie."""
    out = np.zeros(n, dtype=np.int64)
    backwards = np.lexsort((at, *order))[::-1]
    out[line[backwards]] = at[backwards]
    return out


def last_of(line: Ints, when: npt.NDArray[Any], n: int) -> Ints:
    """Per line the position of its latest entry, −1 for none; entries without a time count as the earliest."""
    out = np.full(n, -1, dtype=np.int64)
    order = np.argsort(np.where(np.isnat(when), np.datetime64(0, "s"), when), kind="stable")
    order = order[line[order] >= 0]
    out[line[order]] = order
    return out


def earliest(line: Ints, when: Days, n: int) -> Days:
    out = np.full(n, np.iinfo(np.int64).max, dtype=np.int64)
    dated = ~np.isnat(when)
    np.minimum.at(out, line[dated], when[dated].astype("int64"))
    return np.where(out == np.iinfo(np.int64).max, NO_DAY, out.astype("datetime64[D]"))


def any_text(line: Ints, words: Texts, rank: Ints, n: int) -> Texts:
    """Per line the first text that is not empty, by rank."""
    out = np.full(n, "", dtype=object)
    filled = np.flatnonzero(words != "")
    backwards = filled[np.argsort(rank[filled], kind="stable")][::-1]
    out[line[backwards]] = words[backwards]
    return out
