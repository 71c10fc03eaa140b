"""How buttons look on the ribbon, in Calc's menu and on the 工作台 sheet: their groups in order, their pictures, their tips.

A button without a picture of its own gets the default one, and a group that is not listed comes last: a new button needs nothing here.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from macros_py.buttons import BUTTONS, Entry, page

GROUPS: Final = {
    "今日": "Today",
    "案件": "Cases",
    "计划": "Plans",
    "回款": "Receipts",
    "信函": "Letters",
    "报表": "Reports",
    "工作簿": "Workbook",
}
# Not buttons that compute changes, but pressed in the same places: the run layer does them.
OTHERS: Final = (
    Entry("check", "体检", "Check", "案件", ""),
    Entry("undo", "撤销上一步", "Undo", "工作簿", ""),
    Entry("help", "帮助", "Help", "工作簿", ""),
)
DEFAULT_IMAGE: Final = "MacroPlay"
IMAGES: Final = {  # idMso of a picture that Office brings along
    "monday": "StartAfterPrevious",
    "priority": "SortDescendingExcel",
    "assign": "AssignTask",
    "plan": "ViewAppointmentInCalendar",
    "team": "DistributionListSelectMembers",
    "import": "GetExternalDataFromText",
    "reconcile": "Consolidate",
    "reconciliation": "FilePrintPreview",
    "propose": "FunctionsFinancialInsertGallery",
    "agree": "SignatureLineInsert",
    "letters": "EnvelopesAndLabelsDialog",
    "week": "ChartTypeColumnInsertGallery",
    "handout": "FileSendAsAttachment",
    "check": "ReviewAcceptChange",
    "undo": "Undo",
    "help": "Help",
}
TIP_LIMIT: Final = 1024  # characters that a supertip may have
_MARKS: Final = re.compile(r"[*`“”]")


class Face(NamedTuple):
    """One control: its name is what the macro passes on; tip: what the button does, zh and en."""

    name: str
    zh: str
    en: str
    image: str
    tip: str


def controls() -> tuple[Entry, ...]:
    """Everything that can be pressed, in the order of declaration."""
    return (*BUTTONS, *OTHERS)


def grouped() -> list[tuple[str, str, list[Face]]]:
    """(group zh, group en, its controls), in the order of GROUPS; only groups that have controls."""
    there = controls()
    order = [*GROUPS, *dict.fromkeys(b.group for b in there if b.group not in GROUPS)]
    made = [(g, GROUPS.get(g, g), [face(b) for b in there if b.group == g]) for g in order]
    return [g for g in made if g[2]]


def face(button: Entry) -> Face:
    """How one control looks; its tip is the first paragraph of its manual page in both languages."""
    zh, _, en = page(button).partition("\n---\n")
    tip = f"{_paragraph(zh)}\n\n{_paragraph(en)}".strip()[:TIP_LIMIT]
    return Face(button.name, button.zh, button.en, IMAGES.get(button.name, DEFAULT_IMAGE), tip)


def _paragraph(text: str) -> str:
    """The first paragraph that is neither a title nor an example."""
    blocks = (b.strip("\n") for b in text.split("\n\n"))
    first = next((b for b in blocks if b.strip() and not b.startswith(("#", "    "))), "")
    return _MARKS.sub("", " ".join(first.split()))
