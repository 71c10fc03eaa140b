"""A registry of three worksheet functions, of the kinds that there are: a value, an optional range, an array that spills."""

from __future__ import annotations

from macros_py.functions.declaring import Function, Parameter

CATEGORY = "案件 Cases"
FUNCTIONS = (
    Function(
        "DC_DAYS_LATE",
        "逾期天数",
        "days past due",
        CATEGORY,
        (
            Parameter("due_date", "date", "应还日期", "due date"),
            Parameter("as_of", "date", "截至日，默认今天", "as-of date, today unless given", optional=True),
        ),
        "nowhere:days_late",
    ),
    Function(
        "DC_SCORE",
        "优先级分数",
        "priority score",
        CATEGORY,
        (
            Parameter("cases", "range", "案件区域", "range of cases"),
            Parameter("rules", "range", "规则区域", "range of rules", optional=True),
        ),
        "nowhere:score",
    ),
    Function("DC_VERSION", "版本", "version", CATEGORY, (), "nowhere:version"),
)
