"""What people call the source of a rule that stops contact: a row of 合规规则, or another sheet of the workbook."""

from __future__ import annotations

from typing import Final

RULE_NAMES: Final[dict[str, tuple[str, str]]] = {  # id, as in cases.hold_rule: (zh, en)
    "holds": ("停催登记", "holds"),
    "receipts": ("回款核对", "receipts"),
    "settled": ("台账结清", "ledger: settled"),
    "due_date": ("应还日期", "due date"),
    "hand_back": ("退案日期", "hand-back date"),
    "grace": ("宽限设置", "grace setting"),
    "card_grace": ("容时容差", "card grace"),
    "limitation": ("诉讼时效", "limitation"),
    "hours": ("联系时段", "contact hours"),
    "calls_effective": ("有效通话次数", "effective calls"),
    "calls_attempted": ("拨打次数", "call attempts"),
}
MARKS: Final = (("〔", "〕"), (" [", "]"))


def rule_name(rule: str, lang: str) -> str:
    """The name of a rule; a rule that a manager added is called by its id."""
    known = RULE_NAMES.get(rule)
    return known[lang == "en"] if known else rule


def cited(rule: str, lang: str) -> str:
    """ "〔诉讼时效〕", to stand behind a reason."""
    before, after = MARKS[lang == "en"]
    return before + rule_name(rule, lang) + after


def uncited(reason: str, rule: str, lang: str) -> str:
    """A reason without the rule behind it, for a sheet that has a column of its own for the rule."""
    return reason.removesuffix(cited(rule, lang)) if rule else reason
