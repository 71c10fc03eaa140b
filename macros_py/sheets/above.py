"""The lines above a table: the day for which it states its amounts (制表日期, 截至 …) and the unit of its amounts."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import numpy as np

from macros_py.sheets import cells as k
from macros_py.sheets import dates
from macros_py.sheets.currencies import of_title
from macros_py.sheets.header_words import unit_of_title
from macros_py.sheets.headers import RawGrid, title_cells

_LABEL: Final = re.compile(
    r"(?:制表|数据|统计|报表|打印|导出|填报|截止|截至|基准|日终|as\s*of|as-of|data\s*date|report\s*date|date)"
    r"(?:日期|时间|日|截止日期|截至日期|截止日|截止|截至|时点|基准日|date|到)*",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"(?:" + _LABEL.pattern + r")\s*:?\s*(?P<day>\d{4}\s*[-/.年]?\s*\d{1,2}\s*[-/.月]?\s*\d{1,2}\s*[日号]?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|[a-z]{3,9}\.? \d{1,2}, ?\d{4}|\d{1,2}[- ][a-z]{3,9}[- ]\d{4})",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"(?P<day>20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?)")
_EXAMPLE: Final = re.compile(r"(?:如|例|格式|such as|like|e\.?g\.?|example)\W*$")  # 日期如 2026-11-23 tells how to type, not when
_PERIOD: Final = re.compile(r"(?:至|到|~|—|--)\s*" + _DAY.pattern)


def unit_above(grid: RawGrid, before: int) -> int:
    """Yuan per number as a title line says, 1 when none does."""
    for _, _, value in title_cells(grid, before):
        if isinstance(value, str) and (unit := unit_of_title(value)):
            return unit
    return 1


def currency_above(grid: RawGrid, before: int) -> str:
    """The currency that a title line states (币种：美元), "" when none does."""
    said = (of_title(value) for _, _, value in title_cells(grid, before) if isinstance(value, str))
    return next((currency for currency in said if currency), "")


def day_above(grid: RawGrid, before: int) -> dt.date | None:
    """The day of the data: a labelled date, else a date in a title."""
    loose: dt.date | None = None
    label: tuple[int, int] | None = None
    for i, j, value in title_cells(grid, before):
        if label is not None and label[0] == i and (day := _read(value, grid.date1904)):
            return day
        text = k.folded(value) if isinstance(value, str) else ""
        label = (i, j) if _LABEL.fullmatch(text.rstrip(":").strip()) else (label if label and label[0] == i and not text else None)
        if match := _SAID.search(text):
            return _read(match["day"], grid.date1904)
        if loose is None and (match := _PERIOD.search(text) or _DAY.search(text)) and not _EXAMPLE.search(text[: match.start()]):
            loose = _read(match["day"], grid.date1904)
        elif loose is None and isinstance(value, dt.datetime | dt.date):
            loose = _read(value, grid.date1904)
    return loose


def _read(value: object, date1904: bool) -> dt.date | None:
    cell = np.empty(1, object)
    cell[0] = value
    moments, _ = dates.dates(cell, date1904)
    return None if np.isnat(moments[0]) else moments[0].astype("datetime64[D]").astype(dt.date)
