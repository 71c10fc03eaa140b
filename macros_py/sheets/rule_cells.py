"""The tables of a rule sheet as people left them: header rows anywhere, rows moved, and each cell read with its place."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.kinds import Column
from macros_py.domain.problems import Problem
from macros_py.sheets.cells import Cells, folded, number_text
from macros_py.sheets.dates import dates
from macros_py.sheets.headers import RawGrid
from macros_py.sheets.matching import cell_name

_APART: Final = re.compile(r"[、,;/\s]+")


class UnreadableError(ValueError):
    """A cell whose value a rule cannot use; the message says what to type."""


@dataclass(frozen=True)
class Row:
    """One row of a table: column name → raw cell, where each stands, and the header of its column."""

    sheet: str
    raw: dict[str, Any]
    cells: dict[str, str]
    labels: dict[str, str]

    def words(self, name: str) -> str:
        """What stands there, as typed."""
        value = self.raw.get(name)
        return "" if value is None else (value if isinstance(value, str) else number_text(value)).strip()

    def text(self, name: str) -> str:
        """The same with full-width forms folded, to be understood."""
        return folded(self.words(name))

    def problem(self, code: str, name: str, **values: object) -> Problem:
        return Problem(code, self.sheet, self.cells.get(name, ""), values)


def table_rows(grid: RawGrid, columns: Sequence[Column], least: int) -> Iterator[Row]:
    """The rows under every header row that holds at least `least` of the columns, down to a blank row or the next header."""
    names = {key_of(label): k.name for k in columns for label in (k.zh, k.en, k.name)}
    labels = {k.name: k.zh for k in columns}
    heads: dict[int, str] = {}
    for i in range(grid.cells.shape[0]):
        cells = grid.cells[i].tolist()
        found = {j: names[key_of(v)] for j, v in enumerate(cells) if isinstance(v, str) and key_of(v) in names}
        if len(set(found.values())) >= least:
            heads = found
        elif not any(v is not None and v != "" for v in cells):
            heads = {}
        elif heads:
            raw = {name: cells[j] for j, name in heads.items()}
            if any(v is not None and v != "" for v in raw.values()):
                yield Row(grid.sheet, raw, {name: cell_name(grid.top + i, grid.left + j) for j, name in heads.items()}, labels)


def key_of(label: str) -> str:
    """A word as it is compared: no spaces, brackets, stars or per cent signs, in lower case."""
    return re.sub(r"[\s_*()（）%]", "", folded(label)).lower()


def nearest_to(typed: str, known: Sequence[str]) -> str:
    """The known word most like what was typed; — where none is like it."""
    near = difflib.get_close_matches(typed, known, 1, 0.2)
    return near[0] if near else "—"


def field_of(row: Row, name: str, default: Any, read: Any, problems: list[Problem]) -> Any:
    """The value of a cell, or the default with a problem that says where and what to type."""
    text = row.words(name) if read is str else row.text(name)
    try:
        return read(text)
    except UnreadableError as trouble:
        problems.append(row.problem("setting-unreadable", name, key=row.labels.get(name, name), shown=text[:24], hint=str(trouble)))
        return default


def day_of(row: Row, name: str, problems: list[Problem]) -> dt.date | None:
    """The day in a cell; None, with a problem, where it cannot be read."""
    moments, found = dates(Cells.of(np.array([row.raw[name]], dtype=object)))
    if found:
        problems.append(
            row.problem("setting-unreadable", name, key=row.labels.get(name, name), shown=row.text(name)[:24], hint="2026-03-05")
        )
    return None if found or pd.isna(moments[0]) else dt.date.fromisoformat(str(moments[0])[:10])


def number_of(text: str) -> float:
    """A plain number. UnreadableError otherwise."""
    try:
        return float(text.replace(",", ""))
    except ValueError as trouble:
        raise UnreadableError("12.5") from trouble


def whole_of(text: str) -> int:
    """A whole number not below zero, with or without its unit. UnreadableError otherwise."""
    number = number_of(re.sub(r"(个?工作日|天|日|次)$", "", text))
    if not number.is_integer() or number < 0:
        raise UnreadableError("0, 1, 2 …")
    return int(number)


def whole_or_none(text: str) -> int | None:
    """The same, None for an empty cell."""
    return whole_of(text) if text else None


def at_least_one(text: str) -> int:
    """A whole number, 1 for 0."""
    return max(whole_of(text), 1)


def parts_of(text: str) -> tuple[str, ...]:
    """ "电话、短信" → ("电话", "短信")."""
    return tuple(part for part in _APART.split(text) if part)
