"""What a press notes in the workbook itself: its id, confirmed headers, and which columns of a ledger are ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from macros_py.domain.changes import Append, Changes, Fill, SheetModel
from macros_py.domain.kinds import Column, conform
from macros_py.domain.rules import Rules
from macros_py.run.opening import Opened
from macros_py.run.own_columns import MINE
from macros_py.sheets import memory, rule_sheets
from macros_py.sheets.tables import SETTINGS


def noted(changes: Changes, opened: Opened, confirmed: Mapping[str, str]) -> Changes:
    """The changes with our headers told apart from the person's own, and the rows that the settings sheet gains."""
    lang = opened.rules.office.language
    ours = memory.our_columns(opened.book.settings)
    fills = tuple(_apart(f, opened.headers.get(f.sheet, ()), ours.get(f.sheet, ()), lang) for f in changes.fill)
    ledgers = [f for f in fills if f.sheet in opened.headers]  # the columns of our own sheets need no list
    added = {f.sheet: tuple(h for h in (k.label(lang) for k in f.columns) if h not in ours.get(f.sheet, ())) for f in ledgers}
    rows = pd.concat(
        [
            _id_row(opened, lang),
            memory.our_columns_rows(added),
            memory.rows_to_remember({**opened.beside, **confirmed}, opened.book.settings),
        ],
        ignore_index=True,
    )
    return _with_settings(replace(changes, fill=fills), rows, opened)


def _apart(fill: Fill, there: Sequence[str], ours: Sequence[str], lang: str) -> Fill:
    def own(column: Column) -> Column:
        label = column.label(lang)
        if (label in there and label not in ours) or label + MINE in ours:
            return replace(column, zh=column.zh + MINE, en=column.en + MINE)
        return column

    return replace(fill, columns=tuple(own(k) for k in fill.columns))


def _id_row(opened: Opened, lang: str) -> pd.DataFrame:
    if opened.rules.office.workbook_id:
        return pd.DataFrame({"setting": [], "value": [], "note": []}, dtype="str")
    row = rule_sheets.setting_rows(_with_id(opened), lang)
    return row[row["value"] == opened.workbook_id].iloc[:1]


def _with_id(opened: Opened) -> Rules:
    return replace(opened.rules, office=replace(opened.rules.office, workbook_id=opened.workbook_id))


def _with_settings(changes: Changes, rows: pd.DataFrame, opened: Opened) -> Changes:
    if rows.empty or not (changes.fill or changes.append or changes.sheets or changes.files):
        return changes
    if SETTINGS.name in opened.tables.present:
        source = opened.book.sources[SETTINGS.name][0]
        return replace(changes, append=(*changes.append, Append(source.sheet, SETTINGS.columns, conform(rows, SETTINGS.columns))))
    model = rule_sheets.default_sheets(_with_id(opened))[SETTINGS.zh]
    extra = rows[~rows["setting"].isin(model.tables["rows"]["setting"])]
    table = pd.concat([model.tables["rows"], extra], ignore_index=True)
    whole: SheetModel = replace(
        model, tables={**model.tables, "rows": conform(table[[k.name for k in SETTINGS.columns]], SETTINGS.columns)}
    )
    return replace(changes, sheets=(*(m for m in changes.sheets if m.name != SETTINGS.zh), whole))
