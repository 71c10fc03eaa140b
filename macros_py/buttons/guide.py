"""使用说明: version, from what, as of when, and what each of a workbook's sheets is for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from macros_py import __version__
from macros_py.domain.changes import SheetModel
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets

Purpose = tuple[str, str]  # Chinese, English
PURPOSES: Final[dict[str, Purpose]] = {
    sheets.CASES.zh: ("每行一个案件；可从核心系统粘贴", "one row a case; paste from your core system"),
    sheets.TEAM_SHEET: ("负荷、目标、异常、账龄、换手与未分配", "load, targets, exceptions, buckets, changes of owner, unassigned"),
    sheets.CHECK_SHEET: ("这次发现的问题：在哪里、是什么、怎么改", "what was found wrong: where, what, and the remedy"),
    sheets.SETTINGS.zh: ("公司信息、分钟、宽限等参数", "company data, minutes, grace and the like"),
    sheets.PRIORITY_RULES_SHEET: ("评分的分值与曲线", "points and curves of the score"),
    sheets.STRATEGY_SHEET: ("策略档位、渠道、频率", "tiers, channels, cadence"),
    sheets.COMPLIANCE_SHEET: ("法规与内部规则，带生效日期", "legal and office rules with their dates"),
    sheets.COLLECTORS.zh: ("岗位、班次、地区、产品", "skill, shift, regions, products"),
    sheets.PEOPLE.zh: ("谁可以按、可以批多少", "who may press, and approve how much"),
    sheets.TARGETS.zh: ("月度目标", "month targets"),
    sheets.CALENDAR.zh: ("与国务院通知不同的上班或休息日", "working days that differ from the official notice"),
    sheets.HOLDS.zh: ("停催与宽缓，须有批准人和复核日", "holds and leniency, with approver and review date"),
    sheets.CONTACTS.zh: ("每次联系一行；计划上填的结果会自动登记", "one row a contact; results typed on plans arrive here"),
    sheets.RECEIPTS.zh: ("每笔到账一行", "one row a receipt"),
    sheets.WEEK_REPORTS.zh: ("谁在哪天交了哪一周的周报", "who handed in which week's report on what day"),
    sheets.SNAPSHOTS.zh: ("每个月末各案件的账龄与余额，用于账龄迁徙", "bucket and balance of every case at each month end, for migration"),
    sheets.PAYMENTS.zh: (
        "导入的银行、支付宝、微信流水；对账结果与人工确认",
        "imported statement lines, what they were matched with, decisions",
    ),
    sheets.RECONCILIATION_SHEET: ("余额、渠道、逐日、挂账与逐笔收款", "balances, channels, days, open receipts, every receipt"),
    sheets.LETTERS.zh: ("文号、模板、状态、寄出与签收", "number, template, state, sent, delivered"),
}


def model(tables: Tables, rules: Rules, today: date, listed: Iterable[tuple[str, Purpose]]) -> SheetModel:
    """listed: sheets with what they are for."""
    facts = {
        "version": __version__,
        "source": "、".join(place.sheet for place in tables.places),
        "as_of": tables.data_as_of or today,
        "sheets": [(title, what[rules.office.language == "en"]) for title, what in listed],
        "language": rules.office.language,
    }
    return SheetModel(sheets.GUIDE_SHEET, "guide", {}, facts)
