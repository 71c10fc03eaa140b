"""One tab per ISO week: what was to be done, what was done, what came in.

SheetModel(kind="weekly_progress", name="周进度2026W48"); tables by the names of BLOCKS, in that order; facts by FACTS.
"""

from __future__ import annotations

from typing import Final

from macros_py.domain import columns as c
from macros_py.domain.blocks import Block

KIND: Final = "weekly_progress"
NAME_PREFIX: Final = "周进度"

BLOCKS: Final = (
    Block("indicators", "指标", "Indicators", c.WEEK_INDICATORS, "没有指标。", "There are no indicators."),
    Block("people", "催收员", "Collectors", c.WEEK_PEOPLE, "本周没有人有作业或回款。", "Nobody worked or collected this week."),
    Block("trend", "回款与目标", "Received against target", c.WEEK_TREND, "没有回款流水，无法画趋势。", "No receipts, so no trend."),
    Block(
        "migration",
        "账龄迁徙",
        "Bucket migration",
        c.WEEK_MIGRATION,
        "没有留存的期初快照，无法计算账龄迁徙。",
        "No stored snapshot, so bucket migration is unknown.",
    ),
)

FACTS: Final = {
    "week": "str, such as 2026W48 (ISO year and week)",
    "monday": "date",
    "sunday": "date",
    "as_of": "date: today, or the Sunday when the week is over",
    "data_as_of": "date or None",
    "language": "zh or en",
    "said": "tuple of sentences: what is unknown and why, to stand under the indicators",
}
