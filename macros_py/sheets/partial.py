"""Sheets that are nearly a table of ours: what they lack is said, and what is known of them is kept.

A ledger whose only amount or date column nobody has confirmed is still a ledger: its rows are read with that column unknown, and
the lack blocks a press. A sheet of receipts, contacts or holds that cannot be used would let someone be called who has paid, so
that blocks as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from macros_py.sheets.headers import Header
from macros_py.sheets.matching import Matched
from macros_py.sheets.recognise import by_title, fits
from macros_py.sheets.tables import CASES, CONTACTS, HOLDS, RECEIPTS, Sheet

WATCHED: Final = (RECEIPTS, CONTACTS, HOLDS)
FEWEST_COLUMNS: Final = 4
_TITLES: Final[Mapping[str, re.Pattern[str]]] = {
    RECEIPTS.name: re.compile(r"回款|还款|收款|缴款|到账|入账|receipt|payment|collections?\b", re.IGNORECASE),
    CONTACTS.name: re.compile(r"催记|催收记录|联系记录|跟进|通话|外呼|拨打|call|contact", re.IGNORECASE),
    HOLDS.name: re.compile(r"停催|暂停催收|\bholds?\b", re.IGNORECASE),
}
_NOT_A_LOG: Final = re.compile(r"计划|方案|目标|汇总|统计|协议|模板|说明|分析|字典|plan|summary|target|template", re.IGNORECASE)


def groups_met(sheet: Sheet, matched: Matched) -> list[bool]:
    """For each required group, whether the sheet has one of its columns."""
    return [any(c.name in matched.columns for c in group) for group in sheet.required]


def is_nearly_a_ledger(sheet: Sheet, header: Header, matched: Matched) -> bool:
    """True when a sheet says who owes, and holds an amount or a date, or columns that may be them once confirmed."""
    if sheet is not CASES or len(header.headings) < FEWEST_COLUMNS or fits(sheet, set(matched.columns)):
        return False
    met = groups_met(sheet, matched)
    near = {name for p in matched.proposals for name in p.candidates}
    open_groups = [group for group, has in zip(sheet.required, met, strict=True) if not has]
    hopeful = [any(c.name in near for c in group) for group in open_groups]
    named = {"case_id", "id_number", "phone", "customer_id"} & matched.columns.keys()
    return bool(met[0] and named and (all(hopeful) or (sum(met) == len(met) - 1 and len(matched.columns) >= FEWEST_COLUMNS)))


def is_a_log_that_cannot_be_used(title: str, sheet: Sheet, matched: Matched) -> bool:
    """True for a sheet that by its title holds receipts, contacts or holds and by its headers something of the kind, yet lacks a column."""
    if sheet not in WATCHED or fits(sheet, set(matched.columns)):
        return False
    met = groups_met(sheet, matched)
    if by_title(title) is sheet:
        return any(met) and len(matched.columns) + len(matched.proposals) > 1
    titled = _TITLES[sheet.name].search(title) and not _NOT_A_LOG.search(title)
    return bool(titled and met[0] and sum(met) + 1 >= len(met))
