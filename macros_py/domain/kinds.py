"""How a column is declared and how each kind of value is held in a DataFrame.

=========  ==============================  ==========================
kind       dtype                           unknown
=========  ==============================  ==========================
text       str                             ""
id         str (digits kept as text)       ""
phone      str (digits only, or +digits)   ""
money      Int64, whole fen                <NA>
date       datetime64[s], midnight         NaT
time       datetime64[s], date and time    NaT
int        Int64                           <NA>
number     float64 (scores, rates)         NaN
flag       bool                            False
=========  ==============================  ==========================
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

CHINA: Final = timezone(timedelta(hours=8))  # what dates and times, which name no zone, are of


class Kind(StrEnum):
    """How a column is held; see the module's table."""

    TEXT = "text"
    ID = "id"
    PHONE = "phone"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    INT = "int"
    NUMBER = "number"
    FLAG = "flag"


DTYPES: Final[dict[Kind, str]] = {
    Kind.TEXT: "str",
    Kind.ID: "str",
    Kind.PHONE: "str",
    Kind.MONEY: "Int64",
    Kind.DATE: "datetime64[s]",
    Kind.TIME: "datetime64[s]",
    Kind.INT: "Int64",
    Kind.NUMBER: "float64",
    Kind.FLAG: "bool",
}


@dataclass(frozen=True)
class Column:
    """One column: `zh` is its header on our sheets, `aliases` the other headers that mean the same."""

    name: str
    kind: Kind
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    typed: bool = False  # typed by people on a sheet that we draw: carried over at every redraw
    choices: tuple[str, ...] = ()

    def label(self, lang: str = "zh") -> str:
        """The header that people read."""
        return self.en if lang == "en" else self.zh


def blank(kind: Kind, length: int) -> Any:
    """`length` unknown values of a kind, as the array of a column."""
    if kind in (Kind.MONEY, Kind.INT):
        return pd.arrays.IntegerArray(np.zeros(length, np.int64), np.ones(length, bool))
    if kind in (Kind.DATE, Kind.TIME):
        return np.full(length, np.datetime64("NaT", "s"), "datetime64[s]")
    if kind in (Kind.FLAG, Kind.NUMBER):
        return np.full(length, False if kind is Kind.FLAG else np.nan)
    return pd.array(np.full(length, "", object), dtype=DTYPES[kind])  # type: ignore[call-overload]


class Blanks(dict[Kind, "pd.Series[Any]"]):
    """kind → a column of `length` unknown values; columns of one kind share their memory until one of them is changed."""

    def __init__(self, index: pd.Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, kind: Kind) -> pd.Series[Any]:
        self[kind] = made = pd.Series(blank(kind, len(self._index)), index=self._index, dtype=DTYPES[kind])
        return made


def empty(columns: tuple[Column, ...], length: int = 0) -> pd.DataFrame:
    """A table of `length` rows with every value unknown, in the dtypes of the kinds."""
    index = pd.RangeIndex(length)
    blanks = Blanks(index)
    return pd.DataFrame({c.name: blanks[c.kind] for c in columns}, index=index, copy=False)


def conform(table: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """`table` with every declared column present and in the dtype of its kind; further columns stay behind them."""
    blanks = Blanks(table.index)
    data = {c.name: _conformed(table[c.name], c) if c.name in table else blanks[c.kind] for c in columns}
    data |= {name: table[name] for name in table.columns if name not in data}
    return pd.DataFrame(data, index=table.index, copy=False)


def _conformed(series: pd.Series[Any], column: Column) -> Any:
    if DTYPES[column.kind] == "str" and series.isna().any():
        series = series.where(series.notna(), "")
    return series.astype(DTYPES[column.kind])  # type: ignore[call-overload]
