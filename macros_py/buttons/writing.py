"""From judged tables to the parts of a Changes value: our columns of the ledger, rows of logs, sheets that are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from macros_py.domain import ageing, letter_words
from macros_py.domain import columns as c
from macros_py.domain.changes import Append, Fill, SheetModel
from macros_py.domain.code_names import code_names
from macros_py.domain.kinds import Column, conform
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import rule_sheets
from macros_py.sheets import tables as sheets

SCORED = (c.PRIORITY, c.RANK, c.OWNER_RANK, c.BUCKET_RANK, c.BUCKET, c.WHY, c.WHAT_WOULD_CHANGE)
PLACED = (c.TIER, c.TIER_WHY, c.CHANNELS, c.NEXT_ACTION, c.NEXT_ON, c.HOLD, c.HOLD_WHY)
ASSIGNED = (c.ASSIGNED_OWNER, c.ASSIGNED_WHY, c.OWNER_SEEN)
RULE_SHEETS = (sheets.PRIORITY_RULES_SHEET, sheets.STRATEGY_SHEET, sheets.COMPLIANCE_SHEET)
ACCOUNT_SHEETS = (sheets.PAYMENT_ORDER_SHEET, sheets.LPR_SHEET)


def filled(tables: Tables, columns: tuple[Column, ...], lang: str = "zh") -> tuple[Fill, ...]:
    """Our columns for every case, sheet by sheet."""
    out = []
    for place in tables.places:
        mine = tables.cases["sheet"].to_numpy(dtype=object) == place.sheet
        part = tables.cases if mine.all() else tables.cases[mine]
        part = part.assign(bucket=ageing.shown(part)) if c.BUCKET in columns else part
        table = conform(part[[k.name for k in columns]], columns)
        for name in (c.CHANNELS.name, c.HOLD.name) if lang == "en" and c.CHANNELS in columns else ():
            table = table.assign(**{name: table[name].map({w: code_names(w, lang) for w in table[name].unique()}).astype("str")})
        out.append(Fill(place.sheet, place.header_row, place.key_column, place.rows, place.keys, columns, table))
    return tuple(out)


def added(tables: Tables, rules: Rules, sheet: sheets.Sheet, rows: pd.DataFrame) -> tuple[tuple[Append, ...], tuple[SheetModel, ...]]:
    """Rows for a log or register: appended where the workbook has one, else a new sheet with them."""
    if rows.empty:
        return (), ()
    if sheet is sheets.LETTERS and rules.office.language == "en":
        rows = letter_words.in_english(rows)
    if sheet.name in tables.present:
        return (Append(sheet.zh, sheet.columns, conform(rows, sheet.columns)),), ()
    model = rule_sheets.default_table(sheet, tables, rules)
    return (), (replace(model, tables={"rows": conform(rows, sheet.columns)}),)


def title_taken(tables: Tables, *wanted: sheets.Sheet) -> tuple[Problem, ...]:
    """A sheet of a person's own that has the title of a register of ours, and is none: nothing may be written over it."""
    taken = [s.zh for s in wanted if s.name not in tables.present and s.zh in tables.titles]
    return tuple(Problem("sheet-title-taken", title, values={"title": title}) for title in taken)


def missing(tables: Tables, rules: Rules, wanted: Iterable[sheets.Sheet], titles: Iterable[str] = ()) -> tuple[SheetModel, ...]:
    """Defaults for the sheets of ours that the workbook lacks."""
    defaults = rule_sheets.default_sheets(rules)
    models = [defaults[title] for title in titles if title not in tables.titles]
    models += [rule_sheets.default_table(s, tables, rules) for s in wanted if s.name not in tables.present and s.zh not in tables.titles]
    return tuple(models)
