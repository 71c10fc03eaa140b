"""The sheet 承诺检查: promises and instalments due today, not kept, coming and kept."""

from __future__ import annotations

from typing import Any, Final

from macros_py.domain import columns as c
from macros_py.domain import promise_check as promises
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Kind
from macros_py.reports.page import Figure, Page, Sentence
from macros_py.reports.panel import Fit, Panel
from macros_py.reports.paper import Paper
from macros_py.reports.words import day, table_of

SUMMED: Final = (c.CHECK_AMOUNT.name, c.CHECK_PAID.name, c.CHECK_MISSING.name)
WIDTHS: Final = {c.CHECK_TASK.name: 24.0, c.PLAN_NOTE.name: 18.0, c.CHECK_STATE.name: 16.0}


def draw(out: Paper, model: SheetModel) -> None:
    """model: as domain.promise_check says."""
    facts = model.facts
    subtitle = out.say("检查日 {day}", "Checked on {day}").format(day=day(facts["day"], out))
    page = Page(out, model.name, out.say("承诺检查", "Promises"), subtitle)
    page.figures = _figures(out, facts)
    page.frozen = c.CUSTOMER.name
    page.repeat_header = False
    for block in promises.BLOCKS:
        page.add(_panel(out, model, block))
    if facts["older"]:
        words = out.say(
            "另有 {n} 笔较早的未兑现，已过跟进期，不再列出。", "{n} older ones were not kept; their time for a follow-up has lapsed."
        )
        page.add(Sentence(words.format(n=facts["older"])))
    page.draw()


def _figures(out: Paper, facts: Any) -> list[Figure]:
    judged = facts["judged_month"]
    share = facts["kept_month"] / judged if judged else None
    return [
        Figure(out.say("今日到期", "Due today"), facts["due"], Kind.INT),
        Figure(out.say("今日到期金额", "Amount due today"), facts["due_amount"], Kind.MONEY),
        Figure(out.say("待办", "Tasks"), facts["tasks"], Kind.INT),
        Figure(out.say("本月兑现 / 应判", "Kept / judged this month"), f"{facts['kept_month']:,} / {judged:,}"),
        Figure(out.say("本月兑现率", "Kept this month"), share, Kind.NUMBER, share=True),
    ]


def _panel(out: Paper, model: SheetModel, block: Block) -> Panel:
    table = table_of(model, block)
    return Panel(
        key=block.name,
        title=f"{block.title(out.lang)}　·　{len(table)}" if len(table) else block.title(out.lang),
        table=table,
        empty=block.sentence(out.lang),
        columns=block.columns,
        fit=Fit.GRID,
        widths=WIDTHS,
        summed=SUMMED,
    )
