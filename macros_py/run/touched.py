"""Which cases a press touches: their ids, the columns, and keyed hashes of what stood there before and what stands there now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.hosts.host import BlockFill

Hashes = npt.NDArray[np.uint64]
Held = Mapping[str, npt.NDArray[np.object_]]  # header → the cells of one of our columns, in the order of the rows
_ROUND: Final = np.uint64(1_000_003)
_NUMERIC: Final = frozenset({type(None), int, float, Decimal})
_MIX: Final = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))


def details(blocks: Sequence[BlockFill], names: Mapping[str, Sequence[str]], held: Mapping[str, Held], salt: str) -> dict[str, Any]:
    """Per ledger sheet: keys and hashes of the cases whose columns differ now. names: sheet → column names; salt: 16 characters.

    One hash covers all columns of a case; equal hashes before and after would mean equal cells.
    """
    out: dict[str, Any] = {}
    for b in blocks:
        here = held.get(b.sheet, {})
        old = _rows([here[c.header].tolist() if c.header in here else None for c in b.columns], len(b.rows), salt)
        new = _rows([c.values for c in b.columns], len(b.rows), salt)
        at = np.flatnonzero(old != new)
        keys = np.array(b.keys, dtype=object)[at].tolist()
        out[b.sheet] = {"keys": keys, "columns": list(names[b.sheet]), "old": _shown(old[at]), "new": _shown(new[at])}
    return out


def _rows(columns: Iterable[Sequence[Any] | None], count: int, salt: str) -> Hashes:
    """One hash per row over all its columns; None is a column that is blank throughout."""
    total = np.zeros(count, dtype=np.uint64)
    blank = _of_texts([""], salt)
    for column in columns:
        total *= _ROUND
        total += blank if column is None else _of_cells(column, salt)
    return total


def _of_cells(column: Sequence[Any], salt: str) -> Hashes:
    """The hash of every cell: equal cells have equal ones, whether they stand among numbers or among texts."""
    kinds = set(map(type, column))
    if kinds <= _NUMERIC:
        return _of_numbers(np.array(column, dtype=np.float64), salt)
    if kinds <= {str, type(None)} or kinds <= {dt.date, type(None)}:
        return _of_words(column, salt)
    codes, distinct = pd.factorize(np.array([*column, None], dtype=object)[:-1], use_na_sentinel=False)  # None: never two-dimensional
    found = _of_texts([_text(v) for v in distinct], salt)
    at = np.flatnonzero([isinstance(v, (int, float, Decimal)) and not isinstance(v, bool) for v in distinct])
    if len(at):
        found[at] = _of_numbers(np.array(distinct, dtype=object)[at].astype(np.float64), salt)
    return found[codes]


def _of_words(words: Sequence[str | dt.date | None], salt: str) -> Hashes:
    distinct = set(words)
    if len(distinct) * 4 > len(words):
        return _of_texts([w if type(w) is str else _text(w) for w in words], salt)
    order = list(distinct)
    known = dict(zip(order, _of_texts([_text(w) for w in order], salt).tolist(), strict=True))
    return np.fromiter(map(known.__getitem__, words), np.uint64, len(words))


def _of_numbers(numbers: npt.NDArray[np.float64], salt: str) -> Hashes:
    """Numbers by their bits, mixed with the salt (SplitMix64); not-a-number is a blank."""
    mixed = (numbers + 0.0).view(np.uint64) ^ _of_texts(["number"], salt)[0]  # + 0.0: minus zero is zero
    for shift, factor in _MIX:
        mixed = (mixed ^ (mixed >> shift)) * factor
    mixed = mixed ^ (mixed >> np.uint64(31))
    return np.asarray(np.where(np.isnan(numbers), _of_texts([""], salt)[0], mixed), dtype=np.uint64)


def _of_texts(texts: list[str], salt: str) -> Hashes:
    return np.asarray(pd.util.hash_array(np.array(texts, dtype=object), hash_key=salt, categorize=False), dtype=np.uint64)


def _text(value: Any) -> str:
    """A cell as text, the same whether a table or a workbook holds it."""
    if value is None or value == "" or value != value:
        return ""
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()[:19].removesuffix("T00:00:00")
    return str(value)


def _shown(hashes: Hashes) -> list[str]:
    return hashes.astype(">u8").tobytes().hex(" ", 8).split()
