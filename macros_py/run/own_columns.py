"""A person's own columns that bear the names of ours: what they say counts as the person's word, never as our earlier result.

A person's 停催 is a sign of a hold (it joins the case status); a person's 责任催收员 is the owner where no other column names one; a
person's own 账龄, 优先级, 排名 … are left to the person. Ours is what the 设置 sheet lists as ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import DTYPES, Column, blank
from macros_py.sheets.quantities import NO, YES
from macros_py.sheets.read import Source

MINE: Final = "（催收簿）"  # a person's own column of the same name stays; ours then carries this
KEPT: Final = (c.ASSIGNED_OWNER, c.OWNER_SEEN)  # what one press must know of the one before it
Texts = npt.NDArray[np.object_]
_MAY: Final = re.compile(r"^(?:可催|正常|在催|不停催|未停催|无需停催|—|-|/)$")


def apart(
    cases: pd.DataFrame,
    sources: Sequence[Source],
    headers: Mapping[str, Mapping[int, str]],
    ours: Mapping[str, tuple[str, ...]],
    held: Mapping[str, Mapping[str, Texts]],
) -> pd.DataFrame:
    """cases with our columns as an earlier press left them, and what people's own columns of those names say put where it belongs.

    headers: sheet → column number → header; ours: sheet → headers that a press added; held: sheet → header → cells of the cases.
    """
    out = cases.copy(deep=False)
    for source in sources:
        at = np.flatnonzero((cases["sheet"] == source.sheet).to_numpy())
        mine = ours.get(source.sheet, ())
        for column in c.FILLED_COLUMNS:
            header = headers.get(source.sheet, {}).get(source.columns.get(column.name, 0), "")
            if header and header not in mine:
                _persons(out, column, at)
            cells = held.get(source.sheet, {}).get(_suffixed(column, mine))
            if cells is not None and column in KEPT:
                _put(out, column.name, at, np.array(["" if v is None else str(v).strip() for v in cells], dtype=object))
    return out


def _suffixed(column: Column, mine: Sequence[str]) -> str:
    return next((label + MINE for label in (column.zh, column.en) if label + MINE in mine), "")


def _persons(out: pd.DataFrame, column: Column, at: npt.NDArray[np.int64]) -> None:
    """Take the person's words out of our column, and put them where they count."""
    if column in (c.HOLD, c.ASSIGNED_OWNER):
        said = out[column.name].to_numpy(dtype=object)[at]
        name = c.CASE_STATUS.name if column is c.HOLD else c.OWNER.name
        known = out[name].to_numpy(dtype=object)[at]
        _put(out, name, at, _status(known, said) if column is c.HOLD else np.where(known == "", said, known))
    values = out[column.name].copy()
    values.iloc[at] = pd.Series(blank(column.kind, len(at)), dtype=DTYPES[column.kind], index=values.index[at])
    out[column.name] = values


def _put(out: pd.DataFrame, name: str, at: npt.NDArray[np.int64], texts: Texts) -> None:
    values = out[name].to_numpy(dtype=object).copy()
    values[at] = texts
    out[name] = pd.Series(values, index=out.index, dtype="str")


def _status(known: Texts, said: Texts) -> Texts:
    codes, distinct = pd.factorize(said)
    words = np.array([_hold(str(word)) for word in distinct], dtype=object)[codes]
    return np.where(words == "", known, np.where(known == "", words, known + "；" + words))


def _hold(word: str) -> str:
    """是 → 停催; 投诉 → 停催：投诉; 否 and nothing → nothing."""
    plain = word.strip()
    if not plain or plain.casefold() in NO or _MAY.match(plain):
        return ""
    return "停催" if plain.casefold() in YES else f"停催：{plain}"
