"""Sheets that people fill in: settings, collectors, rules, targets, logs. Title, hint, header, rows, drop-downs — plain to read back."""

from __future__ import annotations

from typing import Final

from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column, Kind
from macros_py.reports.ink import Placed, validation
from macros_py.reports.page import Page
from macros_py.reports.panel import Fit, Panel
from macros_py.reports.paper import Paper
from macros_py.sheets import tables as sheets

WIDTHS: Final = {
    "setting": 24.0, "value": 34.0, "note": 46.0, "hint": 32.0, "address": 40.0, "text": 56.0, "source": 34.0, "recipient": 20.0,
    "case_id": 20.0, "customer": 16.0, "contacted_at": 18.0, "days_from": 10.0, "template": 18.0, "person": 14.0, "login": 18.0, "letter_no": 22.0,
    "target": 26.0, "points": 12.0, "curve": 46.0, "chosen": 16.0, "preset": 16.0, "bucket": 16.0, "component": 24.0, "channels": 30.0,
    "memo": 34.0, "why": 40.0, "candidates": 34.0, "transaction_id": 24.0, "paid_at": 18.0, "line_key": 24.0, "file": 18.0, "payer": 18.0, "account": 20.0,
    "action_en": 20.0, "confidence": 12.0, "applies_to": 22.0,
}  # fmt: skip
FIXED: Final = ("setting", "component", "hint")  # labels of what is changed, not themselves to be changed
SPARE: Final = 500  # rows below the last that are ready to be filled in
_YES_NO: Final = Column("value", Kind.TEXT, "值", "Value", choices=("是", "否"))
LOGS: Final = (
    "contacts",
    "letters",
    "payments",
    "snapshots",
    "handouts",
)  # rows that were written by a press or long ago: not painted as inputs, their drop-downs only advise


def draw(out: Paper, model: SheetModel) -> None:
    """model.tables: one or several tables; facts: title, hint (what to type), columns (table name → Column objects), fixed (columns not to be changed).

    Several tables stand one below the other, each under its name as heading, or facts["headings"][name].
    """
    facts = model.facts
    page = Page(out, model.name, str(facts.get("title") or model.name), str(facts.get("hint") or ""))
    headings = facts.get("headings") or {}
    log = any(s.name in LOGS and model.name in (s.zh, s.en, *s.aliases) for s in sheets.SHEETS)
    known = next((s.columns for s in sheets.SHEETS if model.name in (s.zh, s.en) or s.name == model.kind), ())
    for place, (name, table) in enumerate(model.tables.items()):
        columns: tuple[Column, ...] = tuple((facts.get("columns") or {}).get(name, known))
        page.add(
            Panel(
                key=f"rows{place}",
                title=str(headings.get(name, "" if len(model.tables) == 1 else name)),
                table=table,
                columns=columns,
                fit=Fit.GRID,
                widths=WIDTHS,
                inputs=not log,
                advised=log,
                fixed=(*FIXED, *facts.get("fixed", ()), *(("note",) if "setting" in table else ())),
                listed=False,
                spare=SPARE if place == len(model.tables) - 1 else 0,
            )
        )
    page.sheet.hide_gridlines(1)
    page.repeat_header = len(model.tables) == 1
    page.draw()
    _filter(page)
    _stay(page)
    for name, table in model.tables.items():
        if {"setting", "value"} <= set(table):
            _switches(page, page.placed[f"rows{list(model.tables).index(name)}"], list(table["value"]))


def _stay(page: Page) -> None:
    """Where there is one table, its header stays in sight; several tables below each other have only the title in common."""
    placed = page.placed.get("rows0")
    if placed and len(page.placed) == 1:
        page.sheet.freeze_panes(placed.header + 1, 0)


def _switches(page: Page, placed: Placed, values: list[object]) -> None:
    """Settings that are yes or no are chosen from a list."""
    rule, column = validation(_YES_NO, page.out), placed.spans["value"][0]
    for row, value in enumerate(values, placed.first):
        if value in _YES_NO.choices:
            page.sheet.data_validation(row, column, row, column, rule)


def _filter(page: Page) -> None:
    """Filter buttons where there is one table with rows; a plain one, so that rows can be added below without further ado."""
    placed = page.placed.get("rows0")
    if placed and len(page.placed) == 1 and placed.last > placed.header + 1:
        page.sheet.autofilter(placed.header, 0, placed.last, max(right for _, right in placed.spans.values()))
