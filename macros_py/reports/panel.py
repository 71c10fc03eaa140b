"""A panel: one block of a sheet, a table with its title, header, typed columns, totals — and how wide its columns want to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import columns as declared
from macros_py.domain.columns import ROW_KEY
from macros_py.domain.kinds import Column, Kind
from macros_py.reports import paper

WIDEST_TEXT: Final = 26.0  # a text column wraps beyond this
LEAST_TEXT: Final = 9.0
_WAITING: Final = {Kind.TEXT: 12.0, Kind.ID: 20.0, Kind.PHONE: 15.0, Kind.MONEY: 14.0}  # for values that will be typed
_SHORT_HEAD: Final = 4  # a header of two characters is not broken
_INDENT: Final = 1.3  # numbers stand a little off the right edge
_EPOCH: Final = {False: np.datetime64("1899-12-30", "s"), True: np.datetime64("1904-01-01", "s")}  # by whether days are counted from 1904
_VOCABULARY: Final[dict[str, Column]] = {}


PER_UNIT: Final = {"money": 100, "count": 1, "rate": 10_000}
UNIT_COLUMNS: Final = {
    "money": Column("money", Kind.MONEY, "", ""),
    "count": Column("count", Kind.INT, "", ""),
    "rate": Column("rate", Kind.NUMBER, "", ""),
}


class Fit(Enum):
    """How a panel sits in the columns of its sheet.

    GRID: it decides their widths. SHARE: it takes them as they are, widened for its numbers. SPAN: its columns are merged over several.
    """

    GRID = "grid"
    SHARE = "share"
    SPAN = "span"


@dataclass(frozen=True)
class Field:
    """One drawn column: `column` is None for one that a person added; its values are drawn as they stand."""

    name: str
    header: str
    column: Column | None
    units: tuple[str, ...] = ()  # money, count or rate for each row, where the rows of one column differ

    @property
    def typed(self) -> bool:
        return self.column is None or self.column.typed

    @property
    def kind(self) -> Kind:
        return Kind.TEXT if self.column is None else self.column.kind


@dataclass(frozen=True)
class Panel:
    """key: ASCII, unique on its sheet (names the list object). empty: the sentence shown when there are no rows.

    summed: columns with a total beneath; totals: further total values by column; bars: columns with data bars;
    units: the unit of each row (money in fen, count, rate in 1/100 of a percent) for the columns named in by_unit;
    widths: the width of a column where the measured one would not do; listed: drawn as a list object that can be sorted and filtered.
    """

    key: str
    title: str
    table: pd.DataFrame
    empty: str = ""
    columns: tuple[Column, ...] = ()
    fit: Fit = Fit.GRID
    note: str = ""
    summed: tuple[str, ...] = ()
    totals: Mapping[str, Any] = field(default_factory=dict)
    bars: tuple[str, ...] = ()
    widths: Mapping[str, float] = field(default_factory=dict)
    alarms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # column → condition under which a cell is marked
    fixed: tuple[str, ...] = ()  # among inputs, columns that are not to be changed
    spare: int = 0  # rows below the last that are ready to be filled in: drop-downs and formats, no cells
    units: tuple[str, ...] = ()
    by_unit: tuple[str, ...] = ()
    listed: bool = True
    filtered: bool = True
    new_page: bool = False
    inputs: bool = False  # every cell is there to be changed (a sheet of settings)
    advised: bool = False  # a log: its lists and forms are offered to who types, other words are let in after a question

    def fields(self, lang: str) -> list[Field]:
        """The columns in drawing order, the row key first; headers are unique as a list object needs them."""
        names = [str(n) for n in self.table.columns]
        if ROW_KEY.name in names:
            names = [ROW_KEY.name, *(n for n in names if n != ROW_KEY.name)]
        own = {c.name: c for c in self.columns}
        found = [own.get(n) or vocabulary().get(n) for n in names]
        headers = _unique(c.label(lang) if c else n for n, c in zip(names, found, strict=True))
        return [Field(n, h, c, self.units if n in self.by_unit else ()) for n, h, c in zip(names, headers, found, strict=True)]

    @property
    def shown(self) -> bool:
        """Whether there is a table to draw: one with rows, or one that waits for them."""
        return bool(len(self.table)) or self.spare > 0

    @property
    def keyed(self) -> bool:
        """Whether its rows carry a key, kept in the hidden first column."""
        return ROW_KEY.name in self.table.columns


def vocabulary() -> Mapping[str, Column]:
    """Every declared column by name; where a name is declared twice, the first."""
    if not _VOCABULARY:
        for value in vars(declared).values():
            if isinstance(value, Column):
                _VOCABULARY.setdefault(value.name, value)
    return _VOCABULARY


def _unique(headers: Iterable[str]) -> list[str]:
    out: list[str] = []
    seen: set[str] = set()
    for place, header in enumerate(paper.clean_text(headers), 1):
        base = " ".join(header.split())[:250] or f"列{place}"
        name, n = base, 1
        while name.casefold() in seen:
            n += 1
            name = f"{base}{n}"
        seen.add(name.casefold())
        out.append(name)
    return out


Values = list[Any]  # str, float, Decimal (amounts in yuan) or None (unknown); dates are serial numbers


def cells(panel: Panel, entry: Field, lang: str, date1904: bool = False) -> Values:
    """What is written in the column of the panel."""
    if not entry.units:
        return values(panel.table[entry.name], entry.column, lang, date1904)
    raw = _whole(panel.table[entry.name])
    return [None if v is None else Decimal(v) / PER_UNIT[unit] for v, unit in zip(raw, entry.units, strict=True)]


def values(series: pd.Series[Any], column: Column | None, lang: str, date1904: bool = False) -> Values:
    """The cells of one column, ready to write: text as str, amounts as Decimal, all else as float, unknown as None ('' for text).

    A column that a person added (None) is written as it stands: text stays text, numbers stay numbers.
    """
    if column is None:
        return [_as_it_stands(v) for v in series.to_numpy(object)]
    if column.typed and series.dtype == object:  # what somebody typed and nobody could read stays the text that it was
        return [paper.clean_text([v])[0] if isinstance(v, str) else single(v, column, lang, date1904) for v in series.to_numpy(object)]
    if column.kind is Kind.MONEY:
        return [None if fen is None else yuan(fen) for fen in _whole(series)]
    if column.kind in (Kind.INT, Kind.NUMBER):
        return _numbers(series)
    if column.kind in (Kind.DATE, Kind.TIME):
        moments = series if series.dtype.kind == "M" else pd.to_datetime(series)
        return _serials(moments.to_numpy("datetime64[s]"), date1904)
    if column.kind is Kind.FLAG:
        yes, no = ("Yes", "No") if lang == "en" else ("是", "否")
        return [yes if v is True or v == 1 else no for v in series.to_numpy(object)]
    return list(paper.clean_text(series.to_numpy(object)))


def single(value: Any, column: Column, lang: str, date1904: bool = False) -> str | float | Decimal | None:
    """One value as `values` writes it."""
    if value is None or value is pd.NA or value != value:
        return None
    if column.kind is Kind.MONEY:
        return yuan(value)
    if column.kind in (Kind.INT, Kind.NUMBER):
        return float(value)
    if column.kind in (Kind.DATE, Kind.TIME):
        return _serials(np.array([value], dtype="datetime64[s]"), date1904)[0]  # type: ignore[no-any-return]
    return paper.clean_text([value])[0]


def yuan(fen: Any) -> Decimal:
    """Whole fen in yuan, exact: a double would be written with a stray last digit from 100 billion up."""
    return Decimal(int(fen)).scaleb(-2)


def _whole(series: pd.Series[Any]) -> Values:
    whole = series.astype("Int64")
    return [None if unknown else int(v) for v, unknown in zip(whole.array, whole.isna(), strict=True)]


def _numbers(series: pd.Series[Any]) -> Values:
    known = pd.to_numeric(series, errors="coerce") if series.dtype == object else series
    plain = known.to_numpy("float64", na_value=np.nan)
    finite = np.isfinite(plain)
    return plain.tolist() if finite.all() else np.where(finite, plain, None).tolist()  # type: ignore[call-overload]


def _serials(moments: npt.NDArray[np.datetime64], date1904: bool) -> Values:
    known, zero = ~np.isnat(moments), _EPOCH[date1904]
    days = (np.where(known, moments, zero) - zero).astype("int64") / 86_400
    return np.where(known, days, None).tolist()  # type: ignore[call-overload,no-any-return]


def _as_it_stands(value: object) -> str | float | None:
    if isinstance(value, dt.date):
        return f"{value:%Y-%m-%d}" if value == value else None
    if isinstance(value, (int, float, np.integer, np.floating, Decimal)) and not isinstance(value, bool):
        return float(value) if np.isfinite(float(value)) else None
    return paper.clean_text([value])[0]


def need(panel: Panel, entry: Field, cells: Values) -> tuple[float, float]:
    """(wanted, least) width of a column: numbers and dates need all of it, text can wrap down to the least."""
    wanted = panel.widths.get(entry.name) or (_WAITING.get(entry.kind) if panel.spare else None)
    head = paper.width(entry.header)
    head_least = (
        max(
            -(-head // 2),
            min(head, _SHORT_HEAD),
            max((paper.width(w) for w in entry.header.split()), default=0) if entry.header.isascii() else 0,
        )
        + 3.0
    )
    if entry.kind in (Kind.TEXT, Kind.ID, Kind.PHONE, Kind.FLAG):
        texts = [t for t in cells if isinstance(t, str)]
        full = max(paper.widest(texts, 60) * 1.05 + 2, head_least)
        cap = wanted or WIDEST_TEXT
        least = full if entry.kind in (Kind.ID, Kind.PHONE) else min(full, LEAST_TEXT)
        return (max(min(full, cap), min(head_least, cap), wanted or 0), max(least, 0))
    full = max(
        _number_width(entry, cells) * 1.1 + 1.5 + (_INDENT if entry.kind not in (Kind.DATE, Kind.TIME) else 0), head_least, wanted or 0
    )
    return full, full


def _number_width(entry: Field, cells: Values) -> int:
    if entry.kind is Kind.DATE:
        return 10
    if entry.kind is Kind.TIME:
        return 16
    known = [v for v in cells if v is not None and not isinstance(v, str)]
    ends = (max(known), min(known)) if known else (0.0,)
    if entry.kind is Kind.MONEY or "money" in entry.units:
        return max(*(len(f"¥{v:,.2f}") for v in ends), 10 if entry.typed else 6)
    if entry.kind is Kind.INT:
        return max(len(f"{v:,.0f}") for v in (*ends, 10))
    return max(len(f"{v:,.1f}") for v in (*ends, 100))
