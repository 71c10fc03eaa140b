"""A registry of three worksheet functions, of the kinds that there are: a value, an optional range, an array that spills."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameter:
    name: str
    zh: str
    en: str
    optional: bool = False


@dataclass(frozen=True)
class Function:
    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...] = ()


FUNCTIONS = (
    Function(
        "DC_DAYS_LATE",
        "逾期天数",
        "days past due",
        (
            Parameter("due_date", "应还日期", "due date"),
            Parameter("as_of", "截至日，默认今天", "as-of date, today unless given", optional=True),
        ),
    ),
    Function(
        "DC_SCORE",
        "优先级分数",
        "priority score",
        (Parameter("cases", "案件区域", "range of cases"), Parameter("rules", "规则区域", "range of rules", optional=True)),
    ),
    Function("DC_VERSION", "版本", "version"),
)
