"""Columns of a table as plain arrays: a column that the table lacks counts as unknown throughout."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Texts = npt.NDArray[np.object_]

NO_DAY: Final = np.datetime64("NaT", "D")


def text(table: pd.DataFrame, name: str) -> Texts:
    """A text column, '' where the table lacks it. Text that is not known is '' by contract (domain.kinds), so nothing is searched."""
    if name not in table:
        return np.full(len(table), "", dtype=object)
    out: Texts = table[name].to_numpy(dtype=object)
    return out


def whole(table: pd.DataFrame, name: str, unknown: int = 0) -> Ints:
    """A column of whole numbers, `unknown` where it is not known."""
    if name not in table:
        return np.full(len(table), unknown, dtype=np.int64)
    out: Ints = table[name].fillna(unknown).to_numpy(dtype=np.int64)
    return out


def known(table: pd.DataFrame, name: str) -> Flags:
    """Where a column holds something."""
    if name not in table:
        return np.zeros(len(table), dtype=bool)
    out: Flags = table[name].notna().to_numpy(dtype=bool)
    return out


def days(table: pd.DataFrame, name: str) -> Days:
    """A column of dates as whole days, NaT where it is not known."""
    if name not in table:
        return np.full(len(table), NO_DAY)
    out: Days = table[name].to_numpy().astype("datetime64[D]")
    return out


def flags(table: pd.DataFrame, name: str) -> Flags:
    """A column of flags, False where it is not known."""
    if name not in table:
        return np.zeros(len(table), dtype=bool)
    out: Flags = table[name].fillna(value=False).to_numpy(dtype=bool)
    return out
