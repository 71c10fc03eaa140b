"""The data model: every sheet of the product, declared once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from macros_py.domain import columns as c
from macros_py.domain.kinds import Column


@dataclass(frozen=True)
class Sheet:
    """A sheet that holds one table.

    name: how code and `dunbook table` call it; zh/en: its title; aliases: other titles that people give it.
    required: columns without which the table cannot be used (each inner tuple: any one of them will do).
    ours: added with defaults when a step needs it and the workbook has none; drawn: redrawn whole by a press.
    """

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    required: tuple[tuple[Column, ...], ...] = ()
    ours: bool = False


CASES: Final = Sheet(
    "cases",
    "案件台账",
    "Cases",
    c.CASE_COLUMNS + c.FILLED_COLUMNS,
    ("台账", "案件", "逾期客户台账", "逾期明细", "案件明细", "客户明细", "ledger", "cases", "receivables"),
    required=(
        (c.CASE_ID, c.CUSTOMER_ID, c.ID_NUMBER, c.CUSTOMER),
        (c.OVERDUE_AMOUNT, c.PRINCIPAL, c.LOAN_AMOUNT),
        (c.DUE_DATE, c.DAYS_PAST_DUE),
    ),
)
CONTACTS: Final = Sheet(
    "contacts",
    "催收记录",
    "Contact log",
    c.CONTACT_COLUMNS,
    ("催记", "联系记录", "跟进记录", "通话记录", "contact log", "contacts"),
    required=((c.CASE_ID,), (c.CONTACTED_AT,), (c.OUTCOME,)),
    ours=True,
)
RECEIPTS: Final = Sheet(
    "receipts",
    "回款流水",
    "Receipts",
    c.RECEIPT_COLUMNS,
    ("还款流水", "回款明细", "还款记录", "回款", "receipts", "payments"),
    required=((c.CASE_ID,), (c.PAID_ON,), (c.AMOUNT,)),
)
PAYMENTS: Final = Sheet(
    "payments",
    "资金流水",
    "Statement lines",
    c.PAYMENT_COLUMNS,
    ("资金流水（催收簿）",),
    required=((c.LINE_KEY,), (c.PAID_AT,), (c.PAYMENT_AMOUNT,)),
    ours=True,
)
HOLDS: Final = Sheet(
    "holds", "停催登记", "Holds", c.HOLD_COLUMNS, ("停催", "停催名单", "holds"), required=((c.HOLD_TARGET,), (c.HOLD_CODE,)), ours=True
)
COLLECTORS: Final = Sheet(
    "collectors", "催收员", "Collectors", c.COLLECTOR_COLUMNS, ("催收员名单", "collectors"), required=((c.PERSON,),), ours=True
)
PEOPLE: Final = Sheet("people", "人员", "People", c.PEOPLE_COLUMNS, ("人员权限", "people"), required=((c.PERSON,),), ours=True)
TARGETS: Final = Sheet(
    "targets",
    "目标",
    "Targets",
    c.TARGET_COLUMNS,
    ("月度目标", "回款目标", "targets"),
    required=((c.MONTH,), (c.TARGET_AMOUNT,)),
    ours=True,
)
CALENDAR: Final = Sheet(
    "calendar",
    "工作日",
    "Working days",
    c.CALENDAR_COLUMNS,
    ("节假日", "工作日调整", "calendar"),
    required=((c.DAY,), (c.WORKING,)),
    ours=True,
)
LETTERS: Final = Sheet(
    "letters", "信函登记", "Letter register", c.LETTER_COLUMNS, ("函件登记", "letters"), required=((c.LETTER_NO,), (c.CASE_ID,)), ours=True
)
ADJUSTMENTS: Final = Sheet(
    "adjustments",
    "账务调整",
    "Adjustments",
    c.ADJUSTMENT_COLUMNS,
    ("计提与减免", "adjustments"),
    required=((c.CASE_ID,), (c.ADJUSTED_ON,), (c.ADJUST_KIND,)),
    ours=True,
)
PLANS: Final = Sheet(
    "plans",
    "还款方案",
    "Repayment plans",
    c.PLAN_COLUMNS,
    ("还款方案登记", "plans"),
    required=((c.PLAN_ID,), (c.CASE_ID,), (c.PLAN_STATE,)),
    ours=True,
)
INSTALMENTS: Final = Sheet(
    "instalments",
    "还款计划",
    "Instalments",
    c.INSTALMENT_COLUMNS,
    ("还款计划表", "instalments"),
    required=((c.PLAN_ID,), (c.INSTALMENT_DUE,), (c.INSTALMENT_AMOUNT,)),
    ours=True,
)
SNAPSHOTS: Final = Sheet(
    "snapshots",
    "月末快照",
    "Month-end snapshots",
    c.SNAPSHOT_COLUMNS,
    ("snapshots",),
    required=((c.SNAPSHOT_MONTH,), (c.CASE_ID,), (c.BUCKET,), (c.SNAPSHOT_BALANCE,)),
    ours=True,
)
WEEK_REPORTS: Final = Sheet(
    "week_reports",
    "周报登记",
    "Weekly reports",
    c.WEEK_REPORT_COLUMNS,
    ("周报", "周报提交", "weekly reports"),
    required=((c.REPORT_WEEK,), (c.PERSON,), (c.REPORT_SUBMITTED,)),
    ours=True,
)
HANDOUTS: Final = Sheet(
    "handouts", "分发登记", "Packs handed out", c.PACK_COLUMNS, ("分发记录", "handouts"), required=((c.PACK_NO,), (c.PERSON,)), ours=True
)
SETTINGS: Final = Sheet("settings", "设置", "Settings", c.SETTING_COLUMNS, ("settings",), required=((c.SETTING,), (c.VALUE,)), ours=True)

SHEETS: Final = (
    CASES,
    CONTACTS,
    RECEIPTS,
    PAYMENTS,
    HOLDS,
    COLLECTORS,
    PEOPLE,
    TARGETS,
    CALENDAR,
    LETTERS,
    ADJUSTMENTS,
    PLANS,
    INSTALMENTS,
    SNAPSHOTS,
    WEEK_REPORTS,
    HANDOUTS,
    SETTINGS,
)
BY_NAME: Final = {s.name: s for s in SHEETS}

PRIORITY_RULES_SHEET: Final = "优先级规则"
STRATEGY_SHEET: Final = "策略"
COMPLIANCE_SHEET: Final = "合规规则"
PAYMENT_ORDER_SHEET: Final = "入账顺序"
LPR_SHEET: Final = "LPR"
PLAN_PREFIX: Final = "计划-"
PROPOSAL_PREFIX: Final = "方案-"
PROMISE_SHEET: Final = "承诺检查"
TEAM_SHEET: Final = "团队计划"
WEEK_PREFIX: Final = "周进度"
CHECK_SHEET: Final = "体检结果"
RECONCILIATION_SHEET: Final = "对账报告"
GUIDE_SHEET: Final = "使用说明"
