"""Sheet models in, one small workbook out: each kind of sheet is drawn by its own module."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from macros_py.domain.changes import SheetModel
from macros_py.reports import (
    guide,
    personal_plan,
    problems_sheet,
    promise_check,
    proposals,
    reconciliation,
    rules_table,
    team_plan,
    weekly_progress,
)
from macros_py.reports.paper import Paper

Draw = Callable[[Paper, SheetModel], None]
KINDS: Final[dict[str, Draw]] = {
    "personal_plan": personal_plan.draw,
    "team_plan": team_plan.draw,
    "weekly_progress": weekly_progress.draw,
    "promise_check": promise_check.draw,
    "proposals": proposals.draw,
    "problems": problems_sheet.draw,
    "reconciliation": reconciliation.draw,
    "rules_table": rules_table.draw,
    "guide": guide.draw,
}


class UnknownKindError(ValueError):
    """A sheet model names a report that nobody draws."""


def draw(models: Iterable[SheetModel], lang: str = "zh", folder: Path | None = None, *, date1904: bool = False) -> bytes:
    """One .xlsx with a sheet per model, in their order; the same models give the same bytes. facts["language"] of a model wins over `lang`.

    folder: for the sheets in the making, where memory is short; left empty. date1904: for a workbook that counts its days from 1904.
    """
    out = Paper(lang, folder, date1904=date1904)
    for model in models:
        if model.kind not in KINDS:
            raise UnknownKindError(model.kind)
        out.lang = str(model.facts.get("language") or lang)
        KINDS[model.kind](out, model)
    return out.close()
