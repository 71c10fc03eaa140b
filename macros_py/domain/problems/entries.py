"""Problems of what is typed on plan sheets."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import P, Template

ENTRIES: Final[dict[str, Template]] = {
    "plan-result-unknown": Template(
        P,
        "结果码“{shown}”不认识，未登记，原样保留",
        "The result {shown} is not known; not logged, left as it stands",
        "请从下拉列表选择",
        "Choose one from the list",
    ),
    "plan-date-past": Template(
        P,
        "“{label}”早于计划日，该日期未登记",
        "{label} lies before the plan's day; the date is not logged",
        "请改为计划日或以后的日期",
        "Type the plan's day or a later one",
    ),
    "plan-amount": Template(
        P,
        "承诺额 {shown} 不大于零，未登记，原样保留",
        "The promised amount {shown} is not above zero; not logged, left as it stands",
        "请填写大于零的金额",
        "Type an amount above zero",
    ),
}
