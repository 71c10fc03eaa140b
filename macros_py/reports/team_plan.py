"""The team's sheet: load and targets per collector, buckets by amount, exceptions, changes of owner, what nobody owns."""

from __future__ import annotations

from typing import Any, Final

from macros_py.domain import columns as c
from macros_py.domain import team_plan as team
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Kind
from macros_py.domain.money_words import with_currency
from macros_py.reports import paper
from macros_py.reports.charts import Chart, Series
from macros_py.reports.page import Figure, Page, Sentence
from macros_py.reports.panel import Fit, Panel
from macros_py.reports.paper import Paper
from macros_py.reports.words import day, table_of

BARS: Final = (c.TEAM_ACHIEVED.name, c.TEAM_TIME.name, c.TEAM_SHARE.name, c.TEAM_MINUTES.name)
ALARMS: Final = {
    column.name: {"type": "cell", "criteria": ">", "value": 0} for column in (c.TEAM_LATE, c.TEAM_NEW, c.TEAM_NEAR_CAP, c.TEAM_COMPLAINTS)
}
WIDTHS: Final = {
    c.EXCEPTION.name: 30.0,
    c.EXCEPTION_REMEDY.name: 40.0,
    c.WHO.name: 30.0,
    c.MOVED_WHY.name: 44.0,
    c.PRODUCT_BUCKET.name: 18.0,
}


def draw(out: Paper, model: SheetModel) -> None:
    """model: as domain.team_plan says. The row of "total" stands as totals under the people."""
    facts = model.facts
    subtitle = out.say("计划日 {day}", "Plan for {day}").format(day=day(facts.get("plan_day"), out))
    page = Page(out, model.name, out.say("团队计划", "Team plan"), subtitle)
    page.figures = _figures(out, facts)
    page.frozen = c.TEAM_PERSON.name
    page.repeat_header = False
    for block in (b for b in team.BLOCKS if b.name != "total"):
        page.add(_panel(out, model, block))
        if block.name == "people":
            page.add(*_gap(out, facts))
        if block.name == "buckets":
            page.add(*_charts(out, model))
    page.draw()


def _figures(out: Paper, facts: Any) -> list[Figure]:
    return [
        Figure(out.say("数据截止", "Data as of"), facts.get("data_as_of"), Kind.DATE),
        Figure(out.say("在案金额", "Open amount"), facts.get("open_amount"), Kind.MONEY),
        Figure(out.say("户 / 案", "Customers / cases"), f"{facts.get('customers', 0):,} / {facts.get('cases', 0):,}"),
        Figure(out.say("月目标", "Month target"), facts.get("target_month"), Kind.MONEY),
        Figure(out.say("本月已回", "Received this month"), facts.get("received_month"), Kind.MONEY),
        Figure(out.say("时间进度", "Time gone"), facts.get("time_gone"), Kind.NUMBER, share=True),
    ]


def _gap(out: Paper, facts: Any) -> list[Sentence]:
    gap = facts.get("headcount_gap")
    if not gap:
        return []
    words = out.say("按今天的任务量还缺 {n} 人。", "Today's work needs {n} more people.")
    return [Sentence(words.format(n=gap), quiet=False)]


def _panel(out: Paper, model: SheetModel, block: Block) -> Panel:
    people = block.name == "people"
    return Panel(
        key=block.name,
        title=block.title(out.lang),
        table=table_of(model, block),
        empty=block.sentence(out.lang),
        columns=block.columns,
        fit=Fit.GRID if people else Fit.SPAN,
        note=_not_listed(out, model.facts, block),
        totals=_totals(out, model) if people else {},
        summed=(c.TEAM_CUSTOMERS.name, c.TEAM_CASES.name, c.TEAM_AMOUNT.name) if block.name == "buckets" else (),
        bars=BARS,
        alarms=ALARMS if people else {},
        widths=WIDTHS,
    )


def _totals(out: Paper, model: SheetModel) -> dict[str, Any]:
    total = model.tables.get("total")
    if total is None or total.empty:
        return {}
    return {str(n): total[n].iloc[0] for n in total.columns} | {c.TEAM_PERSON.name: out.say("合计", "Total")}


def _not_listed(out: Paper, facts: Any, block: Block) -> str:
    rows, fen = (facts.get("not_listed") or {}).get(block.name, (0, 0))
    words = out.say("另有 {n} 行（{sum}）未逐行列出。", "{n} more rows ({sum}) are not listed one by one.")
    return words.format(n=rows, sum=with_currency(fen)) if rows else ""


def _charts(out: Paper, model: SheetModel) -> list[Chart]:
    """Amount by bucket and, where there are targets, what came in against them: side by side."""
    people = model.tables.get("people")
    targets = people is not None and bool(people[c.TEAM_TARGET.name].fillna(0).gt(0).any())
    many = 1 + int(targets)
    form, grey, blue = "¥#,##0", "#B7C3CF", paper.OKABE_ITO[0]
    title = out.say("账龄×金额", "Amount by bucket")
    charts = [Chart("buckets", title, c.BUCKET.name, (Series(c.TEAM_AMOUNT.name, colour=blue),), form, share=(0, many))]
    if targets:
        title = out.say("月目标与已回", "Month target and received")
        series = (Series(c.TEAM_TARGET.name, colour=grey), Series(c.TEAM_RECEIVED.name, colour=blue))
        charts.append(Chart("people", title, c.TEAM_PERSON.name, series, form, share=(1, many)))
    return charts
