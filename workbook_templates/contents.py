"""What each of the three workbooks holds: its sheets, its buttons, its figures, and how to begin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from macros_py.buttons.faces import Face, grouped
from macros_py.buttons.guide import PURPOSES
from macros_py.buttons.handout import CASE_COLUMNS
from macros_py.domain import columns as c
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column, Kind, conform
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import rule_sheets
from macros_py.sheets import tables as sheets
from macros_py.sheets.rule_models import KIND
from macros_py.sheets.rule_rows import with_legal_defaults
from macros_py.sheets.tables import Sheet

# The ledger has no column of days past due: they depend on the as-of date, so a press computes them.
LEDGER: Final = replace(sheets.CASES, columns=CASE_COLUMNS)
RULE_SHEETS: Final = (sheets.SETTINGS.zh, sheets.PRIORITY_RULES_SHEET, sheets.STRATEGY_SHEET, sheets.COMPLIANCE_SHEET)


@dataclass(frozen=True)
class Tile:
    """One figure of the 工作台: a formula over a column of a sheet, written with {column}."""

    zh: str
    kind: Kind
    sheet: Sheet
    column: Column
    formula: str


@dataclass(frozen=True)
class Book:
    """file: the name under dist/; shown: whether a button (group, name) belongs in it; steps: how to begin."""

    file: str
    zh: str
    en: str
    sheets: tuple[Sheet, ...]
    rules: tuple[str, ...]
    tiles: tuple[Tile, ...]
    steps: tuple[str, ...]
    shown: Callable[[str, str], bool]

    def groups(self) -> list[tuple[str, str, list[Face]]]:
        """Its buttons by group."""
        kept = [(zh, en, [f for f in faces if self.shown(zh, f.name)]) for zh, en, faces in grouped()]
        return [g for g in kept if g[2]]

    def models(self) -> list[SheetModel]:
        """Its data sheets, empty but for what the rules are by default."""
        rules = with_legal_defaults(Rules())
        own = rule_sheets.default_sheets(rules)
        return [_empty(s, rules) for s in self.sheets] + [own[title] for title in self.rules]

    def guide(self, version: str) -> SheetModel:
        """使用说明."""
        listed = [(title, PURPOSES[title][0]) for title in (*(s.zh for s in self.sheets), *self.rules)]
        facts = {"version": version, "source": self.file, "as_of": None, "sheets": listed, "language": "zh"}
        return SheetModel(sheets.GUIDE_SHEET, "guide", {}, facts)


def _empty(sheet: Sheet, rules: Rules) -> SheetModel:
    if sheet.name != sheets.CASES.name:
        return rule_sheets.default_table(sheet, Tables(), rules)
    hint = "从第一列起粘贴案件；表头可改成您的叫法，也可加列。金额以元，日期如 2026-11-23。"
    facts = {"language": "zh", "title": sheet.zh, "hint": hint, "columns": {"rows": sheet.columns}, "headings": {}}
    return SheetModel(sheet.zh, KIND, {"rows": conform(pd.DataFrame(), sheet.columns)}, facts)


_CASES = Tile("在册案件", Kind.INT, LEDGER, c.OVERDUE_AMOUNT, "=COUNT({column})")
_OVERDUE = Tile("逾期金额", Kind.MONEY, LEDGER, c.OVERDUE_AMOUNT, "=SUM({column})")
_PROMISED = Tile("今日到期承诺", Kind.INT, sheets.CONTACTS, c.PROMISED_ON, "=COUNTIF({column},TODAY())")
_CALLBACKS = Tile("今日回访", Kind.INT, sheets.CONTACTS, c.CALLBACK_ON, "=COUNTIF({column},TODAY())")
_RECEIVED = Tile("累计回款", Kind.MONEY, sheets.RECEIPTS, c.AMOUNT, "=SUM({column})")
_RECEIPTS = Tile("到账笔数", Kind.INT, sheets.RECEIPTS, c.AMOUNT, "=COUNT({column})")

MANAGER: Final = Book(
    "催收台账.xlsm",
    "催收台账",
    "Ledger of the department",
    (
        LEDGER,
        sheets.CONTACTS,
        sheets.RECEIPTS,
        sheets.HOLDS,
        sheets.COLLECTORS,
        sheets.PEOPLE,
        sheets.TARGETS,
        sheets.CALENDAR,
        sheets.LETTERS,
    ),
    RULE_SHEETS,
    (_CASES, _OVERDUE, _PROMISED, _CALLBACKS, _RECEIVED),
    (
        "把案件粘贴到“案件台账”，催收员写在“催收员”列；先按“体检”，改正列出的问题。",
        "在“设置”填公司名称和收款账户；在“目标”填本月目标。",
        "每周一按“周一一键”：评分、分层、分配、计划、到期信函、周进度一次完成。",
        "按错了按“撤销上一步”；您自己填写的内容不会丢失。",
    ),
    lambda group, name: True,
)
COLLECTOR: Final = Book(
    "催收员工作簿.xlsm",
    "催收员工作簿",
    "Collector's workbook",
    (LEDGER, sheets.CONTACTS, sheets.RECEIPTS, sheets.HOLDS),
    (sheets.SETTINGS.zh, sheets.STRATEGY_SHEET, sheets.COMPLIANCE_SHEET),
    (_CASES, _OVERDUE, _PROMISED, _CALLBACKS),
    (
        "打开以“计划-”开头的工作表，从上到下作业；先今日承诺，再回访。",
        "在淡黄色单元格填写结果码、承诺日、承诺额、下次和备注。",
        "“暂不可联”的客户不要联系；原因和可联日写在行内。",
        "下班前保存，把本文件交回主管合并；请不要改文件名和案件编号。",
    ),
    lambda group, name: group in ("今日", "信函") or name in ("plan", "check", "undo", "help"),
)
FINANCE: Final = Book(
    "财务工作簿.xlsm",
    "财务工作簿",
    "Finance workbook",
    (sheets.RECEIPTS, sheets.PAYMENTS, LEDGER),
    (sheets.SETTINGS.zh,),
    (_RECEIPTS, _RECEIVED, _CASES, _OVERDUE),
    (
        "按“导入流水”，选择银行、支付宝、微信导出的文件；同一笔不会登记两次。",
        f"按“对账”：对得上的入账，拿不准的留在“{sheets.PAYMENTS.zh}”由您填案件编号并确认，不会猜。",
        "按“对账报告”：各账户期初加收减支等于期末，差异为零才可签字。",
        "不入个人账户，不收现金；有疑问的款项先挂账。",
    ),
    lambda group, name: group == "回款" or name in ("check", "undo", "help"),
)
BOOKS: Final = (MANAGER, COLLECTOR, FINANCE)
