"""The sheet of one collector's plan: today's work block by block, who may not be contacted, what did not fit, the week, the month."""

from __future__ import annotations

from typing import Any, Final

from macros_py.domain import columns as c
from macros_py.domain import personal_plan as plan
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Kind
from macros_py.domain.money_words import with_currency
from macros_py.reports.page import Figure, Page, Sentence
from macros_py.reports.panel import Fit, Panel
from macros_py.reports.paper import Paper
from macros_py.reports.words import day, table_of

VIEWS: Final = ("week", "month")
WIDTHS: Final = {  # a plan has many columns: texts wrap, so that a page of paper can still be read
    c.PLAN_NO.name: 5.0, c.SLOT.name: 8.0, c.MAY_ON_SHOWN.name: 12.0, c.SCORE_SHOWN.name: 8.0, c.WHO.name: 18.0, c.CALL_NUMBER.name: 18.5,
    c.PRODUCT_BUCKET.name: 11.0, c.LAST_RESULT.name: 11.0, c.OPEN_PROMISE.name: 12.0, c.TIER_REASON.name: 21.0, c.WHY_NOT.name: 21.0,
    c.DIALLED_CAP.name: 8.0, c.BY_RULE.name: 8.0, c.TASK.name: 21.0, c.RESULT.name: 10.0, c.PLAN_NOTE.name: 16.0,
}  # fmt: skip


def draw(out: Paper, model: SheetModel) -> None:
    """model: as domain.personal_plan says. Typed columns carry validations; the hidden first column holds the row keys."""
    facts = model.facts
    page = Page(out, model.name, model.name, _subtitle(out, facts))
    page.figures = _figures(out, facts)
    page.frozen = "who"
    for block in plan.BLOCKS:
        page.add(_panel(out, model, block))
    later = facts.get("later") or (0, 0)
    if later[0]:
        words = out.say("按联系频次今天不必联系：{n} 户，{sum}。", "Not due today by cadence: {n} customers, {sum}.")
        page.add(Sentence(words.format(n=later[0], sum=with_currency(later[1]))))
    page.draw()


def _subtitle(out: Paper, facts: Any) -> str:
    said = [out.say("计划日 {day}", "Plan for {day}").format(day=day(facts.get("plan_day"), out))]
    if facts.get("partner"):
        said.append(out.say("外访搭档 {name}", "visits with {name}").format(name=facts["partner"]))
    said.append(
        out.say("淡黄色单元格由您填写，重新生成时保留", "fill in the pale yellow cells; they are kept when the sheet is made again")
    )
    return "　·　".join(said)


def _figures(out: Paper, facts: Any) -> list[Figure]:
    return [
        Figure(out.say("数据截止", "Data as of"), facts.get("data_as_of"), Kind.DATE),
        Figure(out.say("今日目标", "Target today"), facts.get("target_today"), Kind.MONEY),
        Figure(out.say("今日已回", "Received today"), facts.get("received_today"), Kind.MONEY),
        Figure(out.say("本月目标", "Target this month"), facts.get("target_month"), Kind.MONEY),
        Figure(out.say("本月已回", "Received this month"), facts.get("received_month"), Kind.MONEY),
        Figure(out.say("可用分钟", "Minutes available"), facts.get("minutes_available"), Kind.INT),
        Figure(out.say("已排分钟", "Minutes planned"), facts.get("minutes_planned"), Kind.INT),
    ]


def _panel(out: Paper, model: SheetModel, block: Block) -> Panel:
    view = block.name in VIEWS
    return Panel(
        key=block.name,
        title=_title(out, model.facts, block),
        table=table_of(model, block),
        empty=block.sentence(out.lang),
        columns=block.columns,
        fit=Fit.SPAN if view else Fit.GRID,
        note=_not_listed(out, model.facts, block),
        widths=WIDTHS,
        listed=not view,
        summed=("view_target", "view_even", "view_received", "view_to_go", "promises_due_amount") if view else (),
    )


def _title(out: Paper, facts: Any, block: Block) -> str:
    customers = (facts.get("counts") or {}).get(block.name)
    fen = (facts.get("amounts") or {}).get(block.name)
    said = [block.title(out.lang)]
    if customers:
        said.append(out.say("{n} 户", "{n} customers").format(n=customers))
        said += [with_currency(fen)] if fen is not None else []
    return "　·　".join(said)


def _not_listed(out: Paper, facts: Any, block: Block) -> str:
    customers, fen = (facts.get("not_listed") or {}).get(block.name, (0, 0))
    words = out.say("另有 {n} 户（{sum}）未逐户列出。", "{n} more customers ({sum}) are not listed one by one.")
    return words.format(n=customers, sum=with_currency(fen)) if customers else ""
