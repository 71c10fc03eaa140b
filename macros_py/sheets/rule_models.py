"""What a sheet of rules is before it is drawn: its words, its columns, and its rows in the kinds of the columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import DTYPES, Column, Kind

KIND: Final = "rules_table"


def rule_column(name: str, kind: Kind, zh: str, en: str, choices: tuple[str, ...] = ()) -> Column:
    """A column of a rule sheet: read by its header alone, it needs no aliases."""
    return Column(name, kind, zh, en, choices=choices)


@dataclass(frozen=True)
class Words:
    """Title and hint of a sheet (zh, en), and a heading over each of its tables where it has several."""

    title: tuple[str, str]
    hint: tuple[str, str]
    headings: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def frame(rows: list[dict[str, Any]], columns: tuple[Column, ...]) -> pd.DataFrame:
    """Rows by column name in the kinds of the columns; what a row lacks is unknown."""
    made = {
        k.name: pd.Series([pd.NA if row.get(k.name) is None and k.kind is Kind.INT else row.get(k.name, "") for row in rows])
        for k in columns
    }
    return pd.DataFrame({k.name: made[k.name].astype(DTYPES[k.kind]) for k in columns})  # type: ignore[call-overload]


def model(title: str, words: Words, made: Mapping[str, tuple[pd.DataFrame, tuple[Column, ...]]], lang: str) -> SheetModel:
    """tables hold text, number and date columns by Column.name; facts: title, hint, columns (table → Columns), headings."""
    at = int(lang == "en")
    facts = {
        "language": lang,
        "title": words.title[at],
        "hint": words.hint[at],
        "columns": {name: columns for name, (_, columns) in made.items()},
        "headings": {name: pair[at] for name, pair in words.headings.items()},
    }
    return SheetModel(title, KIND, {name: table for name, (table, _) in made.items()}, facts)
