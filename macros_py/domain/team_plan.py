"""The team's plan for one day: load, targets, exceptions, changes of owner, what nobody owns.

SheetModel(kind="team_plan", name="团队计划"); tables by the names of BLOCKS, in that order; facts by FACTS.
The table "total" has one row, under the people. Rows with TEAM_PERSON "" hold what nobody owns.
"""

from __future__ import annotations

from typing import Final

from macros_py.domain import columns as c
from macros_py.domain.blocks import Block

KIND: Final = "team_plan"
NAME: Final = "团队计划"

BLOCKS: Final = (
    Block("people", "催收员", "Collectors", c.TEAM_PEOPLE, "没有在岗的催收员。", "There is no active collector."),
    Block("total", "合计", "Total", c.TEAM_PEOPLE, "没有合计。", "There is no total."),
    Block("buckets", "账龄×金额", "Buckets by amount", c.TEAM_BUCKETS, "没有在案金额。", "There is no open amount."),
    Block("exceptions", "异常", "Exceptions", c.TEAM_EXCEPTIONS, "没有异常。", "There are no exceptions."),
    Block("moves", "换手清单", "Changes of owner", c.TEAM_MOVES, "这次没有换手。", "No case changes hands."),
    Block("unassigned", "未分配", "Unassigned", c.TEAM_UNASSIGNED, "所有案件都有责任人。", "Every case has an owner."),
)

FACTS: Final = {
    "plan_day": "date",
    "data_as_of": "date or None",
    "language": "zh or en",
    "time_gone": "share of the month's working days gone before today, 0..1",
    "target_month": "fen or None",
    "received_month": "fen",
    "open_amount": "fen: the ledger's open amount; the people, the unassigned and the buckets tie to it",
    "cases": "int: open cases",
    "customers": "int: customers with an open case",
    "headcount_gap": "int or None: people short for today's work",
    "not_listed": "dict block name → (rows, fen) beyond the rows that the sheet lists",
}
