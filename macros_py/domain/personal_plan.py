"""A person's plan for one day: who is called when, who may not be called and why, what did not fit.

SheetModel(kind="personal_plan", name="计划-<person>"); tables by the names of BLOCKS, in that order; facts by FACTS.
One line is one customer; its row_key is "<customer_key>@<YYYY-MM-DD of the plan>".
"""

from __future__ import annotations

from typing import Final

from macros_py.domain import columns as c
from macros_py.domain.blocks import Block

KIND: Final = "personal_plan"
NAME_PREFIX: Final = "计划-"

BLOCKS: Final = (
    Block("promises", "今日承诺", "Promises due", c.PLAN_LINE, "今天没有到期的承诺。", "No promise is due today."),
    Block("callbacks", "回访", "Callbacks", c.PLAN_LINE, "今天没有到期的回访。", "No callback is due today."),
    Block("new", "新案", "New cases", c.PLAN_LINE, "今天没有新案。", "There are no new cases today."),
    Block("routine", "常规", "Routine", c.PLAN_LINE, "今天没有常规任务。", "There is no routine work today."),
    Block("visits", "外访", "Visits", c.PLAN_LINE, "今天没有外访。", "No visit is planned today."),
    Block("letters", "信函", "Letters", c.PLAN_LINE, "今天没有只寄信函的客户。", "No customer gets a letter only today."),
    Block("entered", "今日已登记", "Entered today", c.PLAN_LINE, "今天还没有登记结果。", "No result has been entered today."),
    Block("not_now", "暂不可联", "May not be contacted now", c.PLAN_NOT_NOW, "没有暂不可联的客户。", "Nobody has to be left alone."),
    Block("not_fitted", "未排入", "Did not fit", c.PLAN_NOT_FITTED, "今天该做的都已排入。", "Everything that is due today fits."),
    Block("week", "本周", "This week", c.PLAN_WEEK_VIEW, "本周没有剩余的工作日。", "No working day is left this week."),
    Block("month", "本月", "This month", c.PLAN_MONTH_VIEW, "本月没有工作日历。", "There is no calendar for this month."),
)

FACTS: Final = {
    "person": "str: the collector",
    "plan_day": "date",
    "data_as_of": "date or None: the day for which the ledger states its amounts",
    "language": "zh or en",
    "target_today": "fen or None: unknown",
    "target_month": "fen or None",
    "received_today": "fen",
    "received_month": "fen",
    "minutes_available": "int",
    "minutes_planned": "int, never more than minutes_available",
    "partner": "str: the colleague of the visits, '' when none",
    "counts": "dict block name → customers",
    "amounts": "dict block name → fen",
    "not_listed": "dict block name → (customers, fen) beyond the rows that the sheet lists",
    "later": "(customers, fen): nothing is due today by cadence",
}
