"""体检结果: what is wrong, each with its severity, its place as a link, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import pandas as pd

from macros_py.domain.changes import SheetModel
from macros_py.domain.columns import CHECK_COLUMNS, CHECK_PLACE
from macros_py.domain.problems import Problem, Severity
from macros_py.reports import paper
from macros_py.reports.page import Page, Sentence
from macros_py.reports.panel import Panel
from macros_py.reports.paper import Paper

KIND: Final = "problems"
ORDER: Final = (Severity.BLOCKING, Severity.PROBLEM, Severity.NOTE)
WORDS: Final = {Severity.BLOCKING: ("阻断", "Blocking"), Severity.PROBLEM: ("问题", "Problem"), Severity.NOTE: ("提示", "Note")}
MOST: Final = 20_000  # rows; a ledger with more than that is mended by kind, not by cell
WIDTHS: Final = {"check_severity": 9.0, "check_sheet": 18.0, "check_cell": 9.0, "check_what": 70.0, "check_remedy": 60.0}


def draw(out: Paper, model: SheetModel) -> None:
    """model.facts["problems"]: the Problem values; gravest first, then in the order of sheets and cells as found."""
    found = sorted(model.facts.get("problems", ()), key=lambda p: ORDER.index(p.severity))
    counts = Counter(p.severity for p in found)
    total = "　·　".join(f"{out.say(*WORDS[s])} {counts[s]}" for s in ORDER)
    hint = out.say("改正后可以再次体检。", "Mend what you can, then check again.")
    page = Page(out, model.name, out.say("体检结果", "Check results"), f"{total}　·　{hint}")
    table = _table(found[:MOST], out)
    page.add(Panel("found", "", table, out.say("没有发现问题。", "Nothing is wrong."), CHECK_COLUMNS, widths=WIDTHS))
    if len(found) > MOST:
        rest = out.say("另有 {n} 条未列出。", "{n} more are not listed.").format(n=len(found) - MOST)
        page.add(Sentence(rest, quiet=False))
    page.draw()
    _link(out, page, found[:MOST])


def _table(found: Sequence[Problem], out: Paper) -> pd.DataFrame:
    rows = [(out.say(*WORDS[p.severity]), p.sheet, p.cell, p.text(out.lang), p.remedy(out.lang)) for p in found]
    return pd.DataFrame(rows, columns=[c.name for c in CHECK_COLUMNS], dtype="str")


def _link(out: Paper, page: Page, found: Sequence[Problem]) -> None:
    """The cell names become links into their sheets."""
    placed = page.placed.get("found")
    if placed is None:
        return
    look = out.format(border=1, border_color=paper.LINE, font_color=paper.OKABE_ITO[0], underline=1)
    column = placed.spans[CHECK_PLACE.name][0]
    for row, problem in enumerate(found, placed.first):
        if problem.sheet and problem.cell:
            target = "internal:'" + problem.sheet.replace("'", "''") + f"'!{problem.cell}"
            page.sheet.write_url(row, column, target, look, problem.cell)
