"""One file per thing that a person presses, its manual page beside it."""

from __future__ import annotations

import importlib
from importlib import resources
from typing import Any, Final, NamedTuple

from macros_py.buttons.asking import Asked
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
    Entry("week", "更新周进度", "Weekly progress", "报表", "week:Week"),
    Entry("handout", "分发", "Hand out", "工作簿", "handout:Handout", (AGAIN,)),
)


def page(button: Entry) -> str:
    """The manual page of a button, zh then en."""
    return resources.files(__package__).joinpath(f"{button.name}.md").read_text("utf-8")
