"""导入流水: the lines of bank, Alipay and WeChat statements join the sheet 资金流水, each once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from macros_py.buttons import writing
from macros_py.buttons.asking import GivenFile
from macros_py.buttons.button import Pressed
from macros_py.domain import columns as c
from macros_py.domain import payments
from macros_py.domain.changes import Append, Changes, Fill, SheetModel
from macros_py.domain.kinds import Column
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import payment_words, rule_sheets
from macros_py.sheets.statements import read_statements
from macros_py.sheets.tables import PAYMENTS


@dataclass(frozen=True)
class ImportStatements:
    """New lines are appended; of a line that is there already only its state may have changed (pending → received)."""

    files: tuple[GivenFile, ...] = ()

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        found = read_statements(self.files)
        known = set(tables.payments["line_key"])
        fresh = found.lines[~found.lines["line_key"].isin(known)]
        append, sheets = added(tables, rules, fresh)
        changed = moved_on(tables.payments, found.lines)
        fill = filled(tables, rules, changed, (c.STATED, c.STATE)) if changed is not None else ()
        figures = {
            "lines": len(fresh),
            "again": found.read - len(fresh),
            "receipts": int((fresh["state"] == payments.RECEIVED).sum()),
            "state_changed": int((changed["stated"] != tables.payments["stated"]).sum()) if changed is not None else 0,
        }
        return Pressed(Changes(fill=fill, append=append, sheets=sheets), tuple(found.problems), figures)


def added(tables: Tables, rules: Rules, rows: pd.DataFrame) -> tuple[tuple[Append, ...], tuple[SheetModel, ...]]:
    """Lines for the sheet 资金流水: appended, or a new sheet; one of that name that is a person's own is left alone."""
    if rows.empty:
        return (), ()
    shown = payment_words.as_words(rows, rules.office.language)
    if PAYMENTS.name in tables.present:
        return writing.added(tables, rules, PAYMENTS, shown)
    title = PAYMENTS.aliases[0] if PAYMENTS.zh in tables.titles else PAYMENTS.zh
    model = rule_sheets.default_table(PAYMENTS, tables, rules)
    return (), (replace(model, name=title, tables={"rows": shown[[k.name for k in PAYMENTS.columns]]}),)


def moved_on(there: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame | None:
    """The lines of the workbook with the state that the files give now, where it differs; None when nothing differs."""
    if there.empty or lines.empty:
        return None
    now = there["line_key"].map(dict(zip(lines["line_key"], lines["stated"], strict=True)))
    differs = now.notna() & (now != there["stated"])
    if not differs.any():
        return None
    return there.assign(stated=there["stated"].where(~differs, now), state=there["state"].where(~differs, now))


def filled(tables: Tables, rules: Rules, table: pd.DataFrame, columns: tuple[Column, ...]) -> tuple[Fill, ...]:
    """Columns of the lines that stand in the workbook, sheet by sheet."""
    shown = payment_words.as_words(table, rules.office.language)
    out = []
    for place in tables.payment_places:
        mine = shown[(shown["sheet"] == place.sheet).to_numpy()]
        out.append(Fill(place.sheet, place.header_row, place.key_column, place.rows, place.keys, columns, mine[[k.name for k in columns]]))
    return tuple(out)
