"""What a cell says where a function cannot answer, declared once: Chinese first, English second, short enough for a cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from macros_py.functions.declaring import Parameter

TROUBLES: Final[Mapping[str, tuple[str, str]]] = {
    "unreadable": ("读不懂", "unreadable"),
    "date-ambiguous": ("分不清日和月", "day or month first?"),
    "date-month-only": ("缺少日", "day missing"),
    "id-damaged": ("末几位已丢失，请以文本录入", "last digits lost, enter it as text"),
    "id-checksum": ("校验位不符", "wrong check digit"),
    "id-length": ("位数不对", "wrong length"),
    "phone-unreadable": ("不是电话号码", "not a phone number"),
    "cell-error": ("有错误值", "error value"),
    "cell-uncached": ("公式没有结果", "formula without result"),
    "different-sizes": ("参数的大小不一致", "ranges differ in size"),
    "rules": ("规则{cell}：{zh}", "rules {cell}: {en}"),
    "calendar-columns": ("工作日区域应有两列：日期、上班或休息", "own days need two columns: date, 上班 or 休息"),
    "calendar-year": ("没有 {year} 年的工作日安排，请在工作日表补上", "no calendar for {year}, add it to the sheet 工作日"),
    "means-negative": ("收入、支出、债务和人数不能小于零", "nothing may be below zero"),
    "debt": ("欠款不能小于零，期数至少为 1", "no debt below zero, at least one month"),
    "payment": ("回款金额应大于零", "the payment has to be above zero"),
    "failed": ("算不出来，请检查参数（{error}）", "cannot be computed, check the arguments"),
}


class FunctionError(Exception):
    """Nothing can be computed; the words stand in the cell."""


def said(code: str, **values: object) -> str:
    """The words of a cell, in both languages."""
    zh, en = (words.format(**values) for words in TROUBLES[code])
    return f"{zh} · {en}"


def said_of(parameter: Parameter, code: str, shown: str = "") -> str:
    """What is wrong with an argument: 应还日期读不懂：明天吧 · due date: unreadable. shown: the cell as it stands, where it may be shown."""
    zh, en = TROUBLES.get(code, TROUBLES["unreadable"])
    return f"{parameter.short_zh}{zh}{'：' if shown else ''}{shown} · {parameter.short_en}: {en}"
