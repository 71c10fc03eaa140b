"""The tables that a rule may read: what the sheets of one workbook say, as of one day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import empty
from macros_py.domain.problems import Problem


def _table(*columns: Any) -> Any:
    return field(default_factory=lambda: empty(tuple(columns)))


@dataclass(frozen=True)
class Place:
    """Where the cases of one ledger sheet stand: Excel rows in the order of the table, and the key text of each as a host reads it."""

    sheet: str
    header_row: int
    key_column: int
    rows: tuple[int, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Tables:
    """One workbook as understood. Every table has at least its declared columns, in the dtypes of domain.kinds.

    cases additionally: row (the Excel row, int64), and our filled columns where an earlier press wrote them.
    plan_entries: what people typed into plan sheets: row_key, person, plan_day, case_id (first case behind the line) + PLAN_TYPED, and `sheet`.
    typed: sheet name → table of row_key + every typed or added column of a sheet that we draw (carried over at a redraw).
    data_as_of: the day for which the ledger states its amounts, when it says so; as_of_counted: it says so by its days past due only,
      which a formula keeps fresh while the amounts are older.
    last_press: the day of the last press on this workbook, when there was one.
    payments: lines of statements as imported; row, sheet: where each stands; state and match as codes of domain.payments.
    places: where the cases stand, for filling our columns; payment_places: where the lines of statements stand.
    present: the names (sheets.tables) of the tables that the workbook has a sheet for; titles: every sheet title.
    presser: the login of the person who presses, '' where nobody knows.
    currency: the one in which the ledger keeps its amounts (ISO 4217); nothing is converted.
    """

    cases: pd.DataFrame = _table(*c.CASE_COLUMNS)
    contacts: pd.DataFrame = _table(*c.CONTACT_COLUMNS)
    receipts: pd.DataFrame = _table(*c.RECEIPT_COLUMNS)
    payments: pd.DataFrame = _table(*c.PAYMENT_COLUMNS)
    holds: pd.DataFrame = _table(*c.HOLD_COLUMNS)
    collectors: pd.DataFrame = _table(*c.COLLECTOR_COLUMNS)
    people: pd.DataFrame = _table(*c.PEOPLE_COLUMNS)
    targets: pd.DataFrame = _table(*c.TARGET_COLUMNS)
    calendar: pd.DataFrame = _table(*c.CALENDAR_COLUMNS)
    letters: pd.DataFrame = _table(*c.LETTER_COLUMNS)
    adjustments: pd.DataFrame = _table(*c.ADJUSTMENT_COLUMNS)
    plans: pd.DataFrame = _table(*c.PLAN_COLUMNS)
    instalments: pd.DataFrame = _table(*c.INSTALMENT_COLUMNS)
    snapshots: pd.DataFrame = _table(*c.SNAPSHOT_COLUMNS)
    week_reports: pd.DataFrame = _table(*c.WEEK_REPORT_COLUMNS)
    handouts: pd.DataFrame = _table(*c.PACK_COLUMNS)
    promises: pd.DataFrame = field(default_factory=pd.DataFrame)
    customers: pd.DataFrame = field(default_factory=pd.DataFrame)
    plan_entries: pd.DataFrame = field(default_factory=pd.DataFrame)
    typed: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    data_as_of: date | None = None
    as_of_counted: bool = False
    last_press: date | None = None
    places: tuple[Place, ...] = ()
    payment_places: tuple[Place, ...] = ()
    present: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    presser: str = ""
    currency: str = "CNY"

    def having(self, **tables: Any) -> Tables:
        """The same tables, some of them replaced."""
        return dataclasses.replace(self, **tables)


Result = tuple[pd.DataFrame, list[Problem]]
