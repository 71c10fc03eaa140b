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
from macros_py.sheets.statements import MERGED, fullest, read_statements
from macros_py.sheets.tables import PAYMENTS


@dataclass(frozen=True)
class ImportStatements:
    """New lines are appended; of a line that is there already the state may have gone on (pending → received), and a file may say more
    of it than the one before. Whichever file comes first, the workbook says the same."""

    files: tuple[GivenFile, ...] = ()

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        found = read_statements(self.files)
        known = set(tables.payments["line_key"])
        fresh = found.lines[~found.lines["line_key"].isin(known)]
        append, sheets = added(tables, rules, fresh)
        changed, told = moved_on(tables.payments, found.lines)
        fill = filled(tables, rules, changed, told) if told else ()
        figures = {
            "lines": len(fresh),
            "again": found.read - len(fresh),
            "receipts": int((fresh["state"] == payments.RECEIVED).sum()),
            "state_changed": int((changed["stated"] != tables.payments["stated"]).sum()),
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


def moved_on(there: pd.DataFrame, lines: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """The lines of the workbook with what the files say of them besides, and the columns in which that differs."""
    known = lines[lines["line_key"].isin(set(there["line_key"]))]
    if known.empty:
        return there, ()
    both = fullest(pd.concat([there[known.columns], known], ignore_index=True)).set_index("line_key")
    now = {k.name: both[k.name].reindex(there["line_key"]).to_numpy() for k in (c.STATED, *MERGED)}
    made = there.assign(**{name: pd.Series(values, index=there.index, dtype=there[name].dtype) for name, values in now.items()})
    state = there["state"].where(made["stated"] == there["stated"], made["stated"])
    made = made.assign(state=state.astype(there["state"].dtype))
    told = tuple(k for k in (c.STATED, c.STATE, *MERGED) if not made[k.name].equals(there[k.name]))
    return made, told


def filled(tables: Tables, rules: Rules, table: pd.DataFrame, columns: tuple[Column, ...]) -> tuple[Fill, ...]:
    """Columns of the lines that stand in the workbook, sheet by sheet."""
    shown = payment_words.as_words(table, rules.office.language)
    out = []
    for place in tables.payment_places:
        mine = shown[(shown["sheet"] == place.sheet).to_numpy()]
        out.append(Fill(place.sheet, place.header_row, place.key_column, place.rows, place.keys, columns, mine[[k.name for k in columns]]))
    return tuple(out)
