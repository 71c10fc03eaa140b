"""From one Changes value to what a host writes: fen become yuan, dates dates, unknown blank, text always text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.changes import Append, Fill, SheetModel
from macros_py.domain.kinds import Column, Kind
from macros_py.hosts.host import BlockFill, ColumnFill, RowAppend, WriteCell

FORMATS: Final[dict[Kind, str]] = {
    Kind.MONEY: "#,##0.00",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "yyyy-mm-dd hh:mm",
    Kind.INT: "0",
    Kind.NUMBER: "0.00",
    Kind.TEXT: "@",
    Kind.ID: "@",
    Kind.PHONE: "@",
    Kind.FLAG: "General",
}
WIDTHS: Final[dict[Kind, float]] = {
    Kind.MONEY: 13,
    Kind.DATE: 12,
    Kind.TIME: 17,
    Kind.INT: 9,
    Kind.NUMBER: 9,
    Kind.TEXT: 18,
    Kind.ID: 16,
    Kind.PHONE: 14,
    Kind.FLAG: 8,
}


def cells(values: pd.Series, kind: Kind) -> list[WriteCell]:
    """One column of a table as cells of a host."""
    if kind is Kind.MONEY:
        return [None if pd.isna(v) else (Decimal(int(v)) / 100) for v in values]
    if kind in (Kind.DATE, Kind.TIME):
        return _days(values, kind)
    if kind is Kind.INT:
        filled = values.to_numpy(dtype="float64", na_value=np.nan)
        return [None if v != v else int(v) for v in filled.tolist()]
    if kind is Kind.NUMBER:
        return [None if v != v else v for v in values.to_numpy(dtype="float64").round(6).tolist()]
    if kind is Kind.FLAG:
        return ["是" if v else None for v in values.tolist()]
    plain: list[Any] = values.to_numpy(dtype=object).tolist()
    return [v or None for v in plain] if not values.hasnans else [v if v and v == v else None for v in plain]


def _days(values: pd.Series, kind: Kind) -> list[WriteCell]:
    stamps = values.to_numpy(dtype="datetime64[s]").astype("datetime64[s]")
    plain: list[Any] = (stamps.astype("datetime64[D]") if kind is Kind.DATE else stamps).tolist()
    return [None if v is None else v for v in plain]


def column_fill(table: pd.DataFrame, column: Column, lang: str) -> ColumnFill:
    """One of our columns, ready for a host."""
    return ColumnFill(column.label(lang), cells(table[column.name], column.kind), FORMATS[column.kind], WIDTHS[column.kind])


def block_fill(fill: Fill, lang: str) -> BlockFill:
    """A Fill, ready for a host."""
    columns = [column_fill(fill.table, c, lang) for c in fill.columns]
    return BlockFill(fill.sheet, fill.header_row, fill.key_column, fill.rows, fill.keys, columns)


def row_append(append: Append, header_row: int, headers: Mapping[str, str], lang: str) -> RowAppend:
    """An Append, ready for a host; headers: column name → the header under which the sheet keeps it."""
    columns = []
    for column in append.columns:
        made = column_fill(append.table, column, lang)
        columns.append(ColumnFill(headers.get(column.name, made.header), made.values, made.number_format, made.width))
    return RowAppend(append.sheet, header_row, columns)


def model_digest(model: SheetModel) -> str:
    """A hash of everything that a sheet shows: equal models are drawn equal."""
    out = hashlib.sha256(f"{model.name}\x1f{model.kind}".encode())
    for name, table in model.tables.items():
        out.update(f"\x1e{name}\x1f".encode() + _shown(table))
    for key in sorted(model.facts):
        value = model.facts[key]
        out.update(key.encode() + b"\x1f" + (_shown(value) if isinstance(value, pd.DataFrame) else repr(value).encode()))
    return out.hexdigest()


def _shown(table: pd.DataFrame) -> bytes:
    """Every value of a table, column by column."""
    return repr([(name, table[name].to_numpy().tolist()) for name in table.columns]).encode()
