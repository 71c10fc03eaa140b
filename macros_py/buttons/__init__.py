"""One file per thing that a person presses, its manual page beside it."""

from __future__ import annotations

import importlib
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from macros_py.buttons.asking import Asked

if TYPE_CHECKING:  # a terminal that shows its help loads no tables
    from macros_py.buttons.button import Button


class Entry(NamedTuple):
    """What a terminal or a ribbon needs to show a button; its code is imported only when it is pressed."""

    name: str
    zh: str
    en: str
    group: str
    button: str  # module:class
    asks: tuple[Asked, ...] = ()

    def load(self, **given: Any) -> Button:
        """The button itself, with what a person gave for the things that it asks for."""
        module, _, name = self.button.partition(":")
        made: Button = getattr(importlib.import_module(f"{__package__}.{module}"), name)(**given)
        return made


AGAIN: Final = Asked(
    "again", "flag", "内容没有变化的也重新生成（例如忘记口令）", "also packs whose content has not changed (a lost password)"
)

CASE: Final = Asked("case", "text", "案件编号", "case number", needed=True, example="A-0001", of_selection=True)
PLAN_ASKS: Final = (
    CASE,
    Asked("income_fen", "money", "月收入（元）", "monthly income in yuan", example="--income 8000"),
    Asked("expenses_fen", "money", "月支出（元）", "monthly expenses in yuan", example="--expenses 3000"),
    Asked("other_debts_fen", "money", "其他债务月还款（元）", "other debts a month in yuan"),
    Asked("dependants", "int", "家属人数", "dependants"),
    Asked("whole", "flag", "按结清金额做方案（信用卡总是如此）", "plan over the payoff (cards always are)"),
    Asked("first_on", "date", "首期日，默认一个月后", "first due date, a month from now unless given"),
)
AGREE_ASKS: Final = (
    CASE,
    Asked("proposal", "int", "选定的方案", "the proposal that was chosen", example="--proposal 1"),
    Asked("signed_on", "date", "签署日；不填为打印待签", "day of signing; without it the agreement is printed for signature"),
    Asked("approved_by", "text", "批准人姓名", "who approved it"),
)
BUTTONS: Final = (
    Entry("monday", "周一一键", "Monday", "计划", "monday:Monday"),
    Entry("priority", "计算优先级", "Priority", "案件", "priority:Priority"),
    Entry("assign", "分配案件", "Assign", "案件", "assign:Assign"),
    Entry("plan", "个人计划", "Personal plans", "计划", "plan:Plan"),
    Entry("team", "团队计划", "Team plan", "计划", "team:Team"),
    Entry(
        "import",
        "导入流水",
        "Import statements",
        "回款",
        "statement_import:ImportStatements",
        (
            Asked(
                "files",
                "file",
                "流水文件（csv、xls、xlsx、MT940、CAMT.053），可多个",
                "statement files, one or more",
                needed=True,
                many=True,
                example="工行.csv 支付宝.csv",
            ),
        ),
    ),
    Entry("reconcile", "对账", "Reconcile", "回款", "reconciliation:Reconcile"),
    Entry("reconciliation", "对账报告", "Reconciliation report", "回款", "reconciliation:Report"),
    Entry("letters", "到期信函", "Letters due", "信函", "letters:LettersDue"),
    Entry("propose", "还款方案", "Propose a plan", "回款", "propose:Propose", PLAN_ASKS),
    Entry("agree", "还款协议", "Agreement", "回款", "agree:Agree", AGREE_ASKS),
    Entry("promises", "承诺检查", "Promises", "回款", "promises:Promises"),
    Entry("week", "更新周进度", "Weekly progress", "报表", "week:Week"),
    Entry("handout", "分发", "Hand out", "工作簿", "handout:Handout", (AGAIN,)),
)


def page(button: Entry) -> str:
    """The manual page of a button, zh then en."""
    return resources.files(__package__).joinpath(f"{button.name}.md").read_text("utf-8")
