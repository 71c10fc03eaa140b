"""Small words that several sheets share: amounts and days inside a sentence, the table of a declared block."""

from __future__ import annotations

from datetime import date

import pandas as pd

from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.reports.paper import Paper


def day(value: date | None, out: Paper) -> str:
    """2026-11-23, or that it is unknown."""
    return out.say("未知", "unknown") if value is None or pd.isna(value) else f"{value:%Y-%m-%d}"


def table_of(model: SheetModel, block: Block) -> pd.DataFrame:
    """The rows of a declared block; without any, a table of its columns and no rows."""
    found = model.tables.get(block.name)
    return found if found is not None else pd.DataFrame(columns=[c.name for c in block.columns], dtype=object)
