"""What people typed into sheets that we draw, by the key of each row: plan entries for the log, and all typed cells for the redraw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import DTYPES, Column, Kind, empty
from macros_py.sheets import amounts, dates, quantities
from macros_py.sheets import cells as k
from macros_py.sheets.findings import Finding, placed
from macros_py.sheets.headers import RawGrid
from macros_py.sheets.matching import cell_name
from macros_py.sheets.tables import PLAN_PREFIX, PROMISE_SHEET, PROPOSAL_PREFIX, TEAM_SHEET, WEEK_PREFIX

TYPED: Final = (*c.PLAN_TYPED, c.WEEK_CAUSE, c.WEEK_MEASURE)
RAW, CELL = "_raw", "_cell"  # the text as typed where it could not be read; where the cell stands
_KEYS: Final = (c.ROW_KEY.zh, c.ROW_KEY.en)
_DECLARED: Final = frozenset(
    label
    for column in vars(c).values()
    if isinstance(column, Column)
    and column not in (*c.PAYMENT_COLUMNS, *c.REC_COLUMNS)  # never drawn on a plan: a 状态 there is a person's own
    for label in (column.zh, column.en)
)


@dataclass
class Drawn:
    """Typed cells of one drawn sheet. table: row_key + typed columns + added columns (text, by their header)."""

    sheet: str
    table: pd.DataFrame
    who: dict[str, str] = field(default_factory=dict)
    task: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def is_drawn(grid: RawGrid) -> bool:
    """True for a sheet that a press draws: by its title, or by a header cell 行键."""
    titled = grid.sheet.startswith((PLAN_PREFIX, WEEK_PREFIX, PROPOSAL_PREFIX)) or grid.sheet in (TEAM_SHEET, PROMISE_SHEET)
    return titled or (grid.cells.size > 0 and any(isinstance(v, str) and v in _KEYS for v in grid.cells[:200, 0]))


def read_drawn(grid: RawGrid) -> Drawn:
    """Every block under a header with 行键: what was typed, and columns that people added, by row key."""
    parts: list[pd.DataFrame] = []
    out = Drawn(grid.sheet, pd.DataFrame({c.ROW_KEY.name: pd.Series([], dtype="str")}))
    for start, stop, key in _blocks(grid):
        part = _block(grid, start, stop, key, out)
        if len(part):
            parts.append(part)
    if parts:
        table = pd.concat(parts, ignore_index=True)
        for column in TYPED:
            if column.name in table:
                table[column.name] = _filled(table[column.name], column)
        added = [n for n in table.columns if n not in {t.name for t in TYPED}]
        table[added] = table[added].fillna("")
        out.table = table.drop_duplicates(c.ROW_KEY.name, keep="first").reset_index(drop=True)
    return out


def _filled(series: pd.Series, column: Column) -> pd.Series:
    return series.fillna("") if DTYPES[column.kind] == "str" else series


def _blocks(grid: RawGrid) -> Iterable[tuple[int, int, int]]:
    """(header row, end, place of the key) of every block."""
    starts = [
        (i, j)
        for j in range(min(3, grid.cells.shape[1] if grid.cells.ndim == 2 else 0))
        for i, v in enumerate(grid.cells[:, j])
        if v in _KEYS
    ]
    starts.sort()
    for n, (i, j) in enumerate(starts):
        yield i, starts[n + 1][0] if n + 1 < len(starts) else len(grid.cells), j


def _block(grid: RawGrid, start: int, stop: int, key: int, out: Drawn) -> pd.DataFrame:
    keys = grid.cells[start + 1 : stop, key]
    at = np.array([start + 1 + i for i, v in enumerate(keys) if isinstance(v, str) and v.strip()], np.int64)
    heads = [(j, v.strip()) for j, v in enumerate(grid.cells[start]) if isinstance(v, str) and v.strip() and j != key]
    by_label = {label: t for t in TYPED for label in (t.zh, t.en)}
    table: dict[str, Any] = {c.ROW_KEY.name: pd.Series([str(v).strip() for v in grid.cells[at, key]], dtype="str")}
    for place, label in heads:
        column = by_label.get(label)
        if column is not None and column.name not in table:
            values, troubles = _typed(k.Cells.of(grid.cells[at, place]), column, grid)
            table[column.name] = pd.Series(values, dtype=DTYPES[column.kind])
            table |= _as_typed(grid, at, place, column, table[column.name])
            out.findings += [placed(t, grid.sheet, grid.left + place, at + grid.top) for t in troubles]
        elif label not in _DECLARED and label not in table:
            table[label] = pd.Series(quantities.texts(grid.cells[at, place])[0], dtype="str")
        elif label in (c.WHO.zh, c.WHO.en):
            out.who |= dict(zip(table[c.ROW_KEY.name], map(str, grid.cells[at, place]), strict=True))
        elif label in (c.TASK.zh, c.TASK.en):
            out.task |= dict(zip(table[c.ROW_KEY.name], map(str, grid.cells[at, place]), strict=True))
    return pd.DataFrame(table)


def _as_typed(grid: RawGrid, at: k.Positions, place: int, column: Column, read: pd.Series) -> dict[str, pd.Series]:
    """The text of cells that hold something unreadable, so that it is not lost at the next redraw, and the place of each cell."""
    texts, _ = quantities.texts(grid.cells[at, place])
    unread = read.isna().to_numpy(dtype=bool)
    return {
        column.name + RAW: pd.Series(np.where(unread, texts, ""), dtype="str"),
        column.name + CELL: pd.Series([cell_name(grid.top + int(i), grid.left + place) for i in at], dtype="str"),
    }


def _typed(cells: k.Cells, column: Column, grid: RawGrid) -> tuple[Any, list[k.Found]]:
    if column.kind is Kind.MONEY:
        return amounts.money(cells)
    if column.kind is Kind.DATE:
        return dates.dates(cells, grid.date1904)
    return quantities.texts(cells)


def plan_entries(drawn: Iterable[Drawn], case_ids: Iterable[str]) -> pd.DataFrame:
    """row_key, person, plan_day, case_id, PLAN_TYPED, sheet and task of every plan line on which something was typed."""
    head = (c.ROW_KEY, c.PERSON, Column("plan_day", Kind.DATE, "计划日", "Plan day"), c.CASE_ID)
    wanted = (*head, *c.PLAN_TYPED, Column("sheet", Kind.TEXT, "表", "Sheet"))
    known = set(case_ids)
    parts = [_entries(d, known) for d in drawn if d.sheet.startswith(PLAN_PREFIX) and len(d.table)]
    parts = [p for p in parts if len(p)]
    out = pd.concat(parts, ignore_index=True) if parts else empty(wanted)
    names = [w.name for w in wanted]
    return out.reindex(columns=names + [n for n in out.columns if n not in names]).fillna(dict.fromkeys(out.columns.difference(names), ""))


def _entries(drawn: Drawn, known: set[str]) -> pd.DataFrame:
    table = drawn.table
    said = np.zeros(len(table), bool)
    for column in c.PLAN_TYPED:
        if column.name in table:
            said |= (table[column.name].notna() & (table[column.name].astype(str) != "")).to_numpy()
            said |= (table[column.name + RAW] != "").to_numpy()
    table = table[said].reset_index(drop=True)
    keys = table[c.ROW_KEY.name].tolist()
    blank = empty(c.PLAN_TYPED, len(table))
    days = [_plan_day(key) for key in keys]
    out = {
        "row_key": table[c.ROW_KEY.name],
        "person": pd.Series([drawn.sheet.removeprefix(PLAN_PREFIX)] * len(table), dtype="str"),
        "plan_day": pd.Series(np.array(days, "datetime64[s]")),
        "case_id": pd.Series([_case(key, drawn.who.get(key, ""), known) for key in keys], dtype="str"),
        **{t.name: table[t.name] if t.name in table else blank[t.name] for t in c.PLAN_TYPED},
        **{t.name + end: table[t.name + end] for t in c.PLAN_TYPED for end in (RAW, CELL) if t.name + end in table},
        "sheet": pd.Series([drawn.sheet] * len(table), dtype="str"),
        c.TASK.name: pd.Series([drawn.task.get(key, "") for key in keys], dtype="str"),
    }
    return pd.DataFrame(out)


def _plan_day(key: str) -> str:
    """…@2026-11-23 → that day; NaT when the key names none."""
    cells = np.empty(1, object)
    cells[0] = key.rpartition("@")[2]
    return str(dates.dates(cells)[0][0])


def _case(key: str, who: str, known: set[str]) -> str:
    """The first case behind a line: the case number in 客户/案号 (name · number …), else one in the key."""
    words = [w.strip() for w in who.replace("\n", "·").split("·")]
    words += [w for part in words for w in part.split()]
    words += key.rpartition("@")[0].split("|")
    return next((w for w in words[1:] + words[:1] if w in known), "")
