"""The tab of one ISO week: indicators with cause and measures, figures per person, trend against target, bucket migration."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from macros_py.domain import columns as c
from macros_py.domain import weekly_progress as week
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Kind
from macros_py.reports import paper
from macros_py.reports.charts import Chart, Series
from macros_py.reports.page import Figure, Page, Sentence
from macros_py.reports.panel import Fit, Panel
from macros_py.reports.paper import Paper
from macros_py.reports.words import day, table_of

BY_UNIT: Final = (c.WEEK_TARGET.name, c.WEEK_ACTUAL.name, c.WEEK_BEFORE.name, c.MONTH_TOTAL.name)
SUMMED: Final = tuple(column.name for column in c.WEEK_PEOPLE if column.kind in (Kind.INT, Kind.MONEY))
WIDTHS: Final = {
    c.INDICATOR.name: 22.0,
    c.WEEK_CAUSE.name: 34.0,
    c.WEEK_MEASURE.name: 34.0,
    c.TEAM_PERSON.name: 14.0,
    c.WEEK_ACHIEVED.name: 12.0,
}


def draw(out: Paper, model: SheetModel) -> None:
    """model: as domain.weekly_progress says."""
    facts = model.facts
    days = f"{day(facts.get('monday'), out)} — {day(facts.get('sunday'), out)}"
    page = Page(out, model.name, out.say("周进度 {week}", "Weekly progress {week}").format(week=facts.get("week", "")), days)
    page.figures = [
        Figure(out.say("统计至", "Counted to"), facts.get("as_of"), Kind.DATE),
        Figure(out.say("数据截止", "Data as of"), facts.get("data_as_of"), Kind.DATE),
    ]
    page.frozen = c.TEAM_PERSON.name
    page.repeat_header = False
    for block in week.BLOCKS:
        page.add(_indicators(out, model, block) if block.name == "indicators" else _panel(out, model, block))
        if block.name == "indicators":
            page.add(*(Sentence(s) for s in facts.get("said", ())))
        if block.name == "trend":
            page.add(_trend_chart(out))
    page.draw()


def _panel(out: Paper, model: SheetModel, block: Block) -> Panel:
    people = block.name == "people"
    return Panel(
        key=block.name,
        title=block.title(out.lang),
        table=table_of(model, block),
        empty=block.sentence(out.lang),
        columns=block.columns,
        fit=Fit.GRID if people else Fit.SPAN,
        summed=SUMMED if people else (),
        bars=(c.WEEK_ACHIEVED.name, c.TEAM_SHARE.name),
        widths=WIDTHS,
    )


def _indicators(out: Paper, model: SheetModel, block: Block) -> Panel:
    """Rows of different units: each figure is shown in its own, so the unit has no column."""
    table = table_of(model, block)
    units: tuple[Any, ...] = tuple(table[c.INDICATOR_UNIT.name])
    shown = table.drop(columns=c.INDICATOR_UNIT.name)
    return dataclasses.replace(_panel(out, model, block), table=shown, units=units, by_unit=BY_UNIT, listed=False)


def _trend_chart(out: Paper) -> Chart:
    series = (
        Series(c.VIEW_RECEIVED.name, colour=paper.OKABE_ITO[0]),
        Series(c.VIEW_TARGET.name, form="line", colour=paper.OKABE_ITO[3]),
    )
    return Chart("trend", out.say("每周回款与目标", "Received against target by week"), c.VIEW_WEEK.name, series, "¥#,##0", beside="trend")
