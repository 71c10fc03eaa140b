"""The columns of a recognised sheet as a table: each parsed as its kind, with findings placed on their cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.kinds import DTYPES, Blanks, Column, Kind
from macros_py.sheets import cells as k
from macros_py.sheets import dates, identifiers, quantities
from macros_py.sheets.findings import Finding, placed
from macros_py.sheets.ledger_currency import kept_in
from macros_py.sheets.matching import OURS
from macros_py.sheets.recognise import Piece
from macros_py.sheets.tables import CASES

NAMES: Final = frozenset({"customer", "owner", "collector", "person", "payer", "approved_by"})


@dataclass(frozen=True)
class Above:
    """What the lines above a table state: yuan per number, the day of the data, and a year about which dates lie."""

    unit: int = 1
    near: int = 2026
    currency: str = ""


def records(piece: Piece, above: Above) -> tuple[pd.DataFrame, list[Finding]]:
    """Every declared column of the sheet, then row (Excel row, int64) and sheet; unknown where the sheet has no such column."""
    rows = excel_rows(piece)
    found: list[Finding] = []
    series: dict[str, Any] = {}
    units = {h.place: h.unit for h in piece.header.headings}
    money = kept_in(piece, above.currency)
    for column in piece.sheet.columns:
        place = piece.matched.columns.get(column.name)
        if place is not None and column.name not in series:
            unit = units.get(place) or above.unit
            if column.kind is Kind.MONEY:
                values, troubles = money.amounts(piece.column(place), place, unit)
                more = None
            else:
                values, troubles, more = _parsed(column, piece.column(place), piece, above.near)
            series[column.name] = values
            if piece.sheet is not CASES or column.name not in OURS:
                found += [placed(t, piece.grid.sheet, piece.grid.left + place, rows) for t in troubles]
            if more is not None and "phone2" not in piece.matched.columns:
                series["phone2"] = more
            elif more is not None:
                series["_others"] = more
    _further_phones(piece, series, found, rows)
    return _table(piece, series, rows), found


def beside(piece: Piece, above: Above) -> Any:
    """Further interest, penalty and fees of each record (Int64 fen), None when the sheet has no such column."""
    units = {h.place: h.unit for h in piece.header.headings}
    total, kept = None, kept_in(piece, above.currency)
    for place in piece.matched.beside:
        values, _ = kept.amounts(piece.column(place), place, units.get(place) or above.unit)
        fen = pd.Series(values).fillna(0)
        total = fen if total is None else total + fen
    return total


def excel_rows(piece: Piece) -> npt.NDArray[np.int64]:
    """The Excel rows of the records."""
    return np.asarray(piece.rows.kept, np.int64) + piece.first_row


def _table(piece: Piece, series: dict[str, Any], rows: npt.NDArray[np.int64]) -> pd.DataFrame:
    blanks = Blanks(pd.RangeIndex(len(rows)))
    data: dict[str, Any] = {
        c.name: pd.Series(series[c.name], dtype=DTYPES[c.kind]) if c.name in series else blanks[c.kind] for c in piece.sheet.columns
    }
    data["row"] = pd.Series(rows)
    data["sheet"] = pd.Series([piece.grid.sheet] * len(rows), dtype="str")
    return pd.DataFrame(data, copy=False)


Parsed = tuple[Any, list[k.Found], Any]


def _parsed(column: Column, cells: k.Cells, piece: Piece, near: int) -> Parsed:
    if column.kind is Kind.PHONE:
        first, others, found = identifiers.phones(cells)
        return first, found, others if (others != "").any() and column.name == "phone" else None
    if column.kind in (Kind.DATE, Kind.TIME):
        return *dates.dates(cells, piece.grid.date1904, near, keep_time=column.kind is Kind.TIME), None
    if column.name == "id_number":
        return *identifiers.identity_numbers(cells), None
    simple: dict[Kind, Callable[[k.Cells], tuple[Any, list[k.Found]]]] = {
        Kind.ID: identifiers.ids,
        Kind.INT: quantities.ints,
        Kind.NUMBER: quantities.numbers,
        Kind.FLAG: quantities.flags,
    }
    if column.kind in simple:
        return *simple[column.kind](cells), None
    return *quantities.texts(cells, names=column.name in NAMES), None


def _further_phones(piece: Piece, series: dict[str, Any], found: list[Finding], rows: npt.NDArray[np.int64]) -> None:
    """Numbers of further phone columns, and the second numbers of a cell, go behind phone2; a blank phone is filled from them."""
    more = [series.pop("_others")] if "_others" in series else []
    for place in piece.matched.extra_phones:
        first, others, troubles = identifiers.phones(piece.column(place))
        found += [placed(t, piece.grid.sheet, piece.grid.left + place, rows) for t in troubles]
        more += [first, others]
    if not more:
        return
    count = len(rows)
    columns = [series.get("phone2", np.full(count, "", object)), *more]
    phone = series.get("phone", np.full(count, "", object))
    for i in np.flatnonzero(np.logical_or.reduce([c != "" for c in columns])):
        numbers = list(dict.fromkeys(n for n in [phone[i], *"、".join(c[i] for c in columns).split("、")] if n))
        phone[i], columns[0][i] = numbers[0], "、".join(numbers[1:])
    series["phone"], series["phone2"] = phone, columns[0]
