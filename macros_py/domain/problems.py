"""What is wrong is a value: collected in one pass, shown once, together, each with its place and its remedy.

The catalogue is the only place where a problem has words. A module that finds a new kind of problem adds its code here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """blocking: nothing is written. problem: done without it, and said. note: worth knowing."""

    BLOCKING = "blocking"
    PROBLEM = "problem"
    NOTE = "note"


@dataclass(frozen=True)
class Template:
    """The words of one kind of problem, zh and en; fields in braces come from Problem.values. Never personal data."""

    severity: Severity
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True)
class Problem:
    """One finding. `cell` is like "C17"; `values` fill the template and hold no personal data."""

    code: str
    sheet: str = ""
    cell: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def template(self) -> Template:
        return CATALOGUE[self.code]

    @property
    def severity(self) -> Severity:
        return self.template.severity

    def text(self, lang: str = "zh") -> str:
        """What is wrong, in one sentence."""
        return (self.template.en if lang == "en" else self.template.zh).format_map(_Lenient(self.values))

    def remedy(self, lang: str = "zh") -> str:
        """What the person can do about it."""
        return (self.template.remedy_en if lang == "en" else self.template.remedy_zh).format_map(_Lenient(self.values))

    def place(self, row_shift: int) -> Problem:
        """The same problem, its cell moved down by `row_shift` rows."""
        letters = self.cell.rstrip("0123456789")
        return dataclasses.replace(self, cell=f"{letters}{int(self.cell[len(letters) :]) + row_shift}") if self.cell else self


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Those for which nothing may be written."""
    return [p for p in problems if p.severity is Severity.BLOCKING]


_B, _P, _N = Severity.BLOCKING, Severity.PROBLEM, Severity.NOTE

CATALOGUE: Final[dict[str, Template]] = {
    # reading -----------------------------------------------------------------------------------------------------
    "no-case-sheet": Template(
        _B,
        "没有找到案件台账：没有一张表的表头能认出案件",
        "No case ledger found: no sheet has a header row that reads as cases",
        "请确认台账有表头行（如 案件编号、客户姓名、逾期金额、应还日期），或用 --map 表头=列名 指定",
        "Give the ledger a header row, or name columns with --map HEADER=column",
    ),
    "column-missing": Template(
        _B,
        "缺少必需的列“{column}”；现有表头：{headers}",
        "The required column {column} is missing; headers found: {headers}",
        "请补上该列，或用 --map 表头={name} 指定哪一列就是它",
        "Add the column, or say which header it is with --map HEADER={name}",
    ),
    "header-ambiguous": Template(
        _P,
        "表头“{header}”可能是：{candidates}；未经确认，按未知处理",
        "Header {header} may be any of: {candidates}; left unknown until confirmed",
        "请用 --map {header}={first} 确认一次，之后会记住",
        "Confirm once with --map {header}={first}; it is remembered",
    ),
    "header-unconfirmed": Template(
        _P,
        "表头“{header}”像是“{column}”（相似度 {score}），未经确认，按未知处理",
        "Header {header} looks like {column} (similarity {score}); left unknown until confirmed",
        "请用 --map {header}={name} 确认一次，之后会记住",
        "Confirm once with --map {header}={name}; it is remembered",
    ),
    "amount-unreadable": Template(
        _P,
        "金额“{shown}”读不懂，按未知处理",
        "The amount {shown} cannot be read; taken as unknown",
        "请改为数字，如 1234.50",
        "Type a number such as 1234.50",
    ),
    "date-unreadable": Template(
        _P,
        "日期“{shown}”读不懂，按未知处理",
        "The date {shown} cannot be read; taken as unknown",
        "请改为日期，如 2026-03-05",
        "Type a date such as 2026-03-05",
    ),
    "cell-error": Template(
        _P,
        "单元格是错误值 {error}，不是空白也不是 0",
        "The cell holds the error {error}, which is neither blank nor 0",
        "请修正公式或清空该单元格",
        "Mend the formula or clear the cell",
    ),
    "cell-uncached": Template(
        _P,
        "公式没有保存计算结果，按未知处理",
        "The formula has no stored result; taken as unknown",
        "请用 Excel 打开、计算并保存一次",
        "Open in Excel, recalculate and save once",
    ),
    "id-damaged": Template(
        _P,
        "证件号被存成了数字，末位已丢失，无法恢复",
        "The ID number was stored as a number; its last digits are lost for good",
        "请从原始资料重新以文本录入",
        "Type it again, as text, from the original papers",
    ),
    "dpd-differs": Template(
        _P,
        "打印的逾期天数 {printed} 与按 {as_of} 计算的 {computed} 不一致，以计算为准",
        "Printed days past due {printed} differ from {computed} computed as of {as_of}; the computed figure is used",
        "请核对应还日期或截至日",
        "Check the due date or the as-of date",
    ),
    "case-duplicate": Template(
        _P,
        "案件编号重复：与第 {first_row} 行相同",
        "Duplicate case number: the same as row {first_row}",
        "请删除或更正其中一行；计划中只排一次",
        "Remove or correct one of them; it is planned once",
    ),
    # people and rules --------------------------------------------------------------------------------------------
    "setting-unknown": Template(
        _P, "设置“{key}”不认识", "Unknown setting {key}", "请对照手册改名或删除该行", "Correct or remove the row; see the manual"
    ),
    "setting-unreadable": Template(
        _P,
        "设置“{key}”的值“{shown}”读不懂，按默认值处理",
        "The value {shown} of setting {key} cannot be read; the default is used",
        "请按说明填写：{hint}",
        "Fill it as described: {hint}",
    ),
    "year-uncovered": Template(
        _P,
        "{year} 年的调休工作日还没有公布或未收录",
        "Make-up workdays of {year} are not known yet",
        "请在“工作日”表补上该年的休息日与补班日",
        "Add that year's holidays and make-up workdays to the calendar sheet",
    ),
    # working days, settings, assignment, targets -------------------------------------------------------------------
    "calendar-unreadable": Template(
        _P,
        "工作日表的“{shown}”读不懂，该行未采用",
        "The word {shown} on the calendar sheet cannot be read; that row is not used",
        "请填 上班 或 休息",
        "Type 上班 (working) or 休息 (rest)",
    ),
    # end of working days, settings, assignment, targets ------------------------------------------------------------
}
