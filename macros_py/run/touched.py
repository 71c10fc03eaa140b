"""Which cases a press touches: their ids, the columns, and keyed hashes of what stood there before and what stands there now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.hosts.host import BlockFill

Hashes = npt.NDArray[np.uint64]
Held = Mapping[str, npt.NDArray[np.object_]]  # header → the cells of one of our columns, in the order of the rows
_ROUND: Final = np.uint64(1_000_003)


def details(blocks: Sequence[BlockFill], names: Mapping[str, Sequence[str]], held: Mapping[str, Held], salt: str) -> dict[str, Any]:
    """Per ledger sheet: keys and hashes of the cases whose columns differ now. names: sheet → column names; salt: 16 characters.

    One hash covers all columns of a case; equal hashes before and after would mean equal cells.
    """
    out: dict[str, Any] = {}
    for b in blocks:
        here = held.get(b.sheet, {})
        old = _rows([here.get(c.header) for c in b.columns], len(b.rows), salt)
        new = _rows([_objects(c.values) for c in b.columns], len(b.rows), salt)
        at = np.flatnonzero(old != new)
        keys = np.array(b.keys, dtype=object)[at].tolist()
        out[b.sheet] = {"keys": keys, "columns": list(names[b.sheet]), "old": _shown(old[at]), "new": _shown(new[at])}
    return out


def _objects(values: Sequence[Any]) -> npt.NDArray[np.object_]:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def _rows(columns: Sequence[npt.NDArray[np.object_] | None], count: int, salt: str) -> Hashes:
    """One hash per row over all its columns; None is a column that is blank throughout."""
    total = np.zeros(count, dtype=np.uint64)
    blank = _hashed([""], salt)
    for column in columns:
        total *= _ROUND
        if column is None:
            total += blank
        else:
            codes, texts = _distinct(column)
            total += _hashed(texts, salt)[codes]
    return total


def _distinct(column: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Which of the distinct texts stands in each row. Numbers are told apart as floats, which is much quicker."""
    if {type(None), int, float, Decimal}.issuperset(map(type, column)):
        codes, numbers = pd.factorize(column.astype(np.float64), use_na_sentinel=False)
        return codes, ["" if v != v else repr(v) for v in numbers.tolist()]
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    return codes, [_text(v) for v in distinct]


def _hashed(texts: list[str], salt: str) -> Hashes:
    return np.asarray(pd.util.hash_array(np.array(texts, dtype=object), hash_key=salt, categorize=False), dtype=np.uint64)


def _text(value: Any) -> str:
    """A cell as text, the same whether a table or a workbook holds it."""
    if value is None or value == "" or value != value:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return repr(float(value))
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()[:19].removesuffix("T00:00:00")
    return str(value)


def _shown(hashes: Hashes) -> list[str]:
    digits = hashes.astype(">u8").tobytes().hex()
    return [digits[at : at + 16] for at in range(0, len(digits), 16)]
