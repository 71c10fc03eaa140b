"""Frozen settings with their defaults. Each can be changed by a manager in the workbook (sheets.settings reads them).

Scalars made by `setting` become rows of the 设置 sheet by themselves; curves, the ladder and the legal rules have sheets of their own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from macros_py.domain.account_rules import AllocationRules, RepaymentRules
from macros_py.domain.setting import setting

Curve = tuple[tuple[float, float], ...]  # (x, y) points of a piecewise-linear curve, y in 0..1, x rising

BUCKETS: Final = ("M0", "M1", "M2", "M3", "M4", "M5", "M6", "M7+")
BUCKET_STARTS: Final = (1, 31, 61, 91, 121, 151, 181)  # first day past due of M1 … M7+
WRITTEN_OFF: Final = "已核销"


@dataclass(frozen=True)
class Component:
    """One component of the priority score: its points and its curve. Source: domain.md, Default priority."""

    name: str
    zh: str
    en: str
    points: float
    curve: Curve


@dataclass(frozen=True)
class PriorityRules:
    """The components of the two presets; the chosen one is a cell of the 优先级规则 sheet."""

    preset: str = "value_urgency"  # or amount_days
    components: tuple[Component, ...] = (
        Component("expected", "预期回收", "Expected recovery", 35, ((0, 0), (1_000, 0.2), (5_000, 0.5), (20_000, 0.8), (100_000, 1))),
        Component("next_bucket", "距下一账龄天数", "Days to the next bucket", 20, ((0, 1), (5, 1), (15, 0.5), (30, 0.1))),
        Component("amount", "逾期金额", "Overdue amount", 15, ((0, 0), (1_000, 0.1), (10_000, 0.4), (50_000, 0.7), (500_000, 1))),
        Component("broken", "未兑现承诺", "Broken promises", 8, ((0, 0), (1, 0.5), (3, 1))),
        Component("silence", "距上次有效触达天数", "Days since last effective contact", 8, ((0, 0), (3, 0.3), (7, 0.7), (14, 1))),
        Component("reachable", "可联程度", "Reachability", 7, ((0, 0), (1, 1))),
        Component("unwilling", "有能力无意愿", "Able but unwilling", 4, ((0, 0), (1, 1))),
        Component("limitation", "时效临近", "Limitation near", 3, ((0, 1), (180, 1), (181, 0))),
    )
    amount_days: tuple[Component, ...] = (
        Component("amount", "逾期金额", "Overdue amount", 50, ((0, 0), (500_000, 1))),
        Component("days", "逾期天数", "Days past due", 50, ((0, 0), (180, 1))),
    )
    cure_rates: tuple[float, ...] = (0.60, 0.60, 0.45, 0.27, 0.10, 0.10, 0.10, 0.015)  # by BUCKETS; defaults, marked as such


@dataclass(frozen=True)
class Tier:
    """A step of the ladder. days: from–to days past due (inclusive; None = no end)."""

    name: str  # normal | warning | intensive | legal
    zh: str
    en: str
    days_from: int
    days_to: int | None
    broken_promises: int | None  # as many broken promises lift a case here
    channels: tuple[str, ...]
    every_working_days: int
    action_zh: str
    action_en: str
    letter: str  # template due in this tier, "" for none
    sms_days: tuple[int, ...] = ()


@dataclass(frozen=True)
class StrategyRules:
    """The ladder, by each case's own days. Source: domain.md, Default ladder."""

    ladder: tuple[Tier, ...] = (
        Tier("normal", "正常", "Normal", 0, 30, None, ("电话", "短信"), 3, "电话提醒", "Reminder call", "reminder", (1, 5, 15)),
        Tier("warning", "预警", "Warning", 31, 60, 2, ("电话", "短信", "邮件"), 2, "电话预警", "Warning call", "second_reminder"),
        Tier(
            "intensive",
            "加强",
            "Intensive",
            61,
            90,
            3,
            ("电话", "短信", "信函", "外访"),
            1,
            "加强催收",
            "Intensive contact",
            "formal_demand",
        ),
        Tier(
            "legal",
            "法律",
            "Legal",
            91,
            None,
            None,
            ("电话", "短信", "信函", "外访", "调解", "支付令", "移交"),
            1,
            "法务评审",
            "Legal review",
            "legal_notice",
        ),
    )
    first_contact_day: int = setting(
        2, "首次联系日", "First contact day", "逾期第几天起可联系", "day past due from which contact may begin"
    )
    card_grace_days: int = setting(3, "信用卡容时天数", "Card grace days", "天", "days")
    card_grace_fen: int = setting(1000, "信用卡容差", "Card grace amount", "元；低于此额不催", "yuan; below it nobody is contacted")
    minimum_claim_fen: int = setting(
        100000, "诉讼最低金额", "Minimum claim", "元；低于此额不进法律档", "yuan; below it a case does not enter the legal tier"
    )
    letter_day: int = setting(7, "首封提醒函日", "First reminder day", "逾期第几天", "day past due")
    statement_days: int = setting(
        7,
        "对账函出函期",
        "Statements of account until",
        "每月1日至该日，为货款客户各出一份对账函；0 为不出",
        "day of the month; one a month for each firm that owes for deliveries; 0 for none",
    )
    trade_ageing: str = setting(
        "30、60、90、180、365、730、1095",
        "货款账龄分段",
        "Trade ageing",
        "天，以顿号隔开；货款各段的最后一天，其余案件为 M0–M7+",
        "days, such as 30、60、90; the last day of each bucket of trade receivables, other cases are M0–M7+",
    )
    visit_within_days: int = setting(10, "外访期限", "Visit within", "加强档进入后天数", "days after entering the intensive tier")
    legal_review_working_days: int = setting(5, "法务评审期限", "Legal review within", "个工作日", "working days")
    limitation_warning_days: int = setting(180, "时效预警天数", "Limitation warning", "天", "days")


@dataclass(frozen=True)
class LegalRule:
    """One dated rule of the 合规规则 sheet. value is text as typed ("22:00-08:00", "3", "是")."""

    id: str
    text: str
    value: str
    unit: str
    applies_to: str
    force: str  # 禁止 | 应 | 宜
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class ComplianceRules:
    """The legal and office rules; defaults stand in domain.compliance (source: rules-cn.md)."""

    rules: tuple[LegalRule, ...] = ()


@dataclass(frozen=True)
class PromiseRules:
    """When a promise to pay counts as kept. Source: domain.md, Words and definitions."""

    kept_percent: int = setting(
        95, "兑现比例", "Kept from", "百分比；到账达到承诺额的多少算兑现", "percent of the promised amount that must arrive"
    )
    grace_working_days: int = setting(2, "承诺宽限", "Promise grace", "个工作日", "working days")
    unconfirmed_days: int = setting(
        7,
        "回款核对天数",
        "Receipts to be confirmed",
        "天；台账未写截至日时，近几天的回款视为可能未入账",
        "days; receipts so recent may be missing from a ledger that names no as-of day",
    )


@dataclass(frozen=True)
class PlanningRules:
    """Minutes, shifts and slots. Source: domain.md, Planning."""

    call_minutes: int = setting(1, "未接通每通分钟", "Minutes per unanswered call", "分钟", "minutes")
    talk_minutes: int = setting(6, "接通每通分钟", "Minutes per connected call", "分钟", "minutes")
    sms_minutes: int = setting(1, "短信分钟", "Minutes per SMS", "分钟", "minutes")
    letter_minutes: int = setting(8, "信函分钟", "Minutes per letter", "分钟", "minutes")
    visit_minutes: int = setting(60, "外访分钟", "Minutes per visit", "分钟，不含路程", "minutes, travel not counted")
    travel_minutes: int = setting(30, "外访路程分钟", "Travel minutes per visit", "分钟", "minutes")
    legal_minutes: int = setting(45, "法务准备分钟", "Minutes per legal preparation", "分钟", "minutes")
    callback_minutes: int = setting(8, "回访分钟", "Minutes per callback", "分钟", "minutes")
    reach_percent: int = setting(
        30, "默认接通率", "Default reach rate", "百分比；没有本人历史时使用", "percent; used where a person has no history"
    )
    day_shift: str = setting(
        "08:30-12:00,14:00-18:00", "默认班次", "Default shift", "如 08:30-12:00,14:00-18:00", "such as 08:30-12:00,14:00-18:00"
    )
    evening_shift: str = setting("17:30-20:00", "晚班", "Evening shift", "如 17:30-20:00", "such as 17:30-20:00")
    work_start: str = setting(
        "09:00", "客户默认上班时间", "Customers start work at", "时:分；前15分钟优先拨打", "hh:mm; the 15 minutes before it come first"
    )
    max_changes_percent: int = setting(
        10,
        "换手上限",
        "Most changes of owner",
        "百分比；与台账催收员列不同的户数占比",
        "percent of customers that differ from the ledger's collector",
    )
    assignment_days: int = setting(
        5, "分配周期", "Assignment period", "个工作日；按此期间的分钟分配案件", "working days whose minutes are shared out"
    )
    stale_days: int = setting(30, "久未触达天数", "Stale after", "天无有效触达可换手", "days without effective contact")
    late_from: str = setting("17:00", "傍晚时段起", "Late afternoon from", "时:分；此后优先拨打", "hh:mm; calls prefer the time after it")
    new_case_days: int = setting(5, "新案天数", "A case is new for", "首次可联日起的天数", "days from the first contact day")
    report_weekday: int = setting(
        5,
        "周报截止",
        "Weekly report due",
        "周几；5 为周五，遇节假日提前到前一工作日",
        "day of the week, 5 is Friday; the working day before a holiday",
    )
    snapshot_days: int = setting(
        10,
        "月末快照期限",
        "Month-end snapshot within",
        "天；月末之后这么多天内的首次更新留存",
        "days after the month end in which the first press keeps it",
    )
    callback_days: int = setting(
        30, "回访有效天数", "Callbacks lapse after", "天；更早的回访回到常规", "days; an older callback is routine again"
    )
    list_rows: int = setting(
        300, "未排入最多列出行数", "Most rows listed", "行；其余只报户数与金额", "rows; of the rest number and amount are told"
    )


@dataclass(frozen=True)
class ReconcileRules:
    """How statement lines are matched. Source: domain.md, Reconciliation; issue of payments."""

    tolerance_fen: int = setting(
        100, "对账容差", "Reconciliation tolerance", "元；手续费与尾差在此以内视为相等", "yuan; fees and rounding up to it count as equal"
    )
    settlement_days: int = setting(
        5,
        "结算到账天数",
        "Settlement days",
        "天；支付宝、微信提现到银行的最长时间",
        "days that a channel's settlement may take to the bank",
    )
    log_days: int = setting(
        3,
        "登记日期差",
        "Days between log and bank",
        "天；“回款流水”与银行日期相差在此以内视为同一笔",
        "a logged receipt so near the bank's day is the same",
    )
    similar_percent: int = setting(
        88, "付款人相似度", "Payer similarity", "百分比；近似付款人列为候选的下限", "percent from which a similar payer is a candidate"
    )
    report_rows: int = setting(
        2000, "对账报告列出行数", "Rows of the report", "行；其余只报笔数与金额", "rows; of the rest number and amount are told"
    )
    own_names: str = setting(
        "",
        "本公司户名",
        "Own account names",
        "本公司各账户户名，以顿号隔开；收款户名自动计入",
        "names of the company's accounts; the one in letters counts already",
    )
    own_accounts: str = setting(
        "",
        "本公司账号",
        "Own account numbers",
        "本公司各账号，以顿号隔开；收款账号自动计入",
        "numbers of the company's accounts; the one in letters counts already",
    )
    unrelated_words: str = setting(
        "货款、押金、保证金、工资、租金、报销、投资、定金、订金、采购、物业费、报名费",
        "非还款用语",
        "Words of other payments",
        "摘要含这些词的收款不自动入账",
        "receipts with these words in the memo are never posted by themselves",
    )


@dataclass(frozen=True)
class OfficeRules:
    """Who we are in letters, and where work goes. Company accounts only: never a person's account, never cash."""

    creditor: str = setting("", "债权人名称", "Creditor", "公司全称；信函必填", "full company name; needed in letters")
    mandate: str = setting("", "受托关系", "Mandate", "如 受某某银行委托；自营留空", "such as entrusted by …; empty when own claims")
    account_name: str = setting("", "收款户名", "Account name", "公司账户户名；信函必填", "the company account's name; needed in letters")
    account_bank: str = setting("", "开户行", "Bank", "信函必填", "needed in letters")
    account_number: str = setting("", "收款账号", "Account number", "公司账号；信函必填", "the company's account; needed in letters")
    contact: str = setting("", "联系方式", "Contact", "电话或地址；信函必填", "phone or address; needed in letters")
    objection: str = setting(
        "", "异议渠道", "How to object", "如 客服电话；空则用联系方式", "such as a service number; the contact when empty"
    )
    sms_signature: str = setting("", "短信签名", "SMS signature", "【】内的名称", "the name inside 【】")
    letter_prefix: str = setting(
        "催", "文号字头", "Letter number prefix", "如 催〔2026〕0001号 的 催", "the first character of the letter numbers"
    )
    letter_deadline_days: int = setting(7, "信函还款期限", "Letter deadline", "天", "days")
    language: str = setting("zh", "表格语言", "Language of sheets", "zh 或 en", "zh or en")
    ask_first: bool = setting(
        True, "写入前询问", "Ask before writing", "是 或 否；在表格程序里按键时", "yes or no; when pressed in a spreadsheet"
    )
    workbook_id: str = setting("", "工作簿编号", "Workbook id", "自动生成，请勿修改", "made by us; please leave")
    data_as_of: str = setting(
        "", "数据截止日", "Data as of", "台账金额截至哪一天，如 2026-11-23", "the day for which the ledger states its amounts"
    )


@dataclass(frozen=True)
class Rules:
    """All settings of one workbook."""

    priority: PriorityRules = field(default_factory=PriorityRules)
    strategy: StrategyRules = field(default_factory=StrategyRules)
    compliance: ComplianceRules = field(default_factory=ComplianceRules)
    promises: PromiseRules = field(default_factory=PromiseRules)
    allocation: AllocationRules = field(default_factory=AllocationRules)
    repayment: RepaymentRules = field(default_factory=RepaymentRules)
    planning: PlanningRules = field(default_factory=PlanningRules)
    reconcile: ReconcileRules = field(default_factory=ReconcileRules)
    office: OfficeRules = field(default_factory=OfficeRules)


def scalars() -> Iterator[tuple[str, str, dataclasses.Field[Any]]]:
    """(section, name, field) of every setting that is a row of the 设置 sheet, in the order of declaration."""
    for section in dataclasses.fields(Rules):
        for entry in dataclasses.fields(section.default_factory):  # type: ignore[arg-type]
            if "zh" in entry.metadata:
                yield section.name, entry.name, entry
