"""Every worksheet function, declared once: the add-in's wrappers and help, Calc's extension and the manual are made from this."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from macros_py.functions.declaring import Function, Parameter

CASES, CONTACT, TEXTS, DAYS, MONEY = "案件 Cases", "合规 Contact", "文本 Text", "日期 Dates", "金额 Amounts"

AMOUNT = Parameter("overdue_amount", "money", "逾期应还（元）", "overdue amount in yuan", column="overdue_amount")
DUE = Parameter("due_date", "date", "应还日期", "due date", column="due_date")
AS_OF = Parameter("as_of", "date", "截至日，一个单元格；省略为今天", "as-of day, one cell; today when left out", True)
BROKEN = Parameter("broken_promises", "int", "未兑现承诺次数", "number of broken promises", True, "broken_promises")
EFFECTIVE = Parameter("last_effective", "date", "最近本人触达日", "day the debtor was last reached in person", True, "last_effective")
CONTACTED = Parameter("last_contact", "date", "最近联系日", "day of the last contact", True, "last_contact")
PHONE = Parameter("phone", "phone", "本人号码", "the debtor's own number", True, "phone")
ABLE = Parameter("ability", "text", "还款能力：有 或 无", "able to pay: 有 or 无", True, "ability")
WILLING = Parameter("willingness", "text", "还款意愿：有 或 无", "willing to pay: 有 or 无", True, "willingness")
HARD = Parameter("hardship", "text", "困难情况", "hardship", True, "hardship")
PRODUCT = Parameter("product", "text", "产品，如 信用卡", "product, such as 信用卡", True, "product")
DEMAND = Parameter(
    "last_demand", "date", "最近有效催告日（时效重新计算）", "last demand that arrived (restarts the limitation)", True, "last_demand"
)
ADDRESS = Parameter("address", "text", "地址（有地址才排外访）", "address (no visit without one)", True, "address")
VISITED = Parameter("last_visit", "date", "最近外访日", "day of the last visit", True, "last_visit")
HOLD = Parameter("hold", "text", "停催原因", "hold code", True, "hold")
REVIEW = Parameter("hold_review", "date", "停催复核日", "review date of the hold", True, "hold_review")
TALKED = Parameter("effective_today", "int", "今日有效通话次数", "effective calls today", True, "effective_today")
WRITTEN_OFF = Parameter("written_off", "flag", "是否已核销", "written off", True, "written_off")
RULES = Parameter(
    "rules", "range", "规则区域：优先级规则、策略、合规规则或设置表；省略用默认", "range of a rules sheet; defaults when left out", True
)
MOMENT = Parameter("moment", "time", "什么时刻，一个单元格；省略为现在", "at what minute, one cell; now when left out", True)

SCORED = (AMOUNT, DUE, AS_OF, BROKEN, EFFECTIVE, PHONE, ABLE, WILLING, DEMAND, PRODUCT, RULES)
PLACED = (AMOUNT, DUE, AS_OF, BROKEN, CONTACTED, PRODUCT, ABLE, WILLING, HARD, DEMAND, ADDRESS, VISITED, HOLD, REVIEW, RULES)
PERMITTED = (DUE, MOMENT, PRODUCT, replace(AMOUNT, optional=True), HOLD, REVIEW, DEMAND, TALKED, RULES)


PARTS = (
    Parameter("cost", "money", "欠费用（元）", "costs owed in yuan"),
    Parameter("penalty", "money", "欠罚息（元）", "penalty owed in yuan"),
    Parameter("interest", "money", "欠利息（元）", "interest owed in yuan"),
    Parameter("principal", "money", "欠本金（元）", "principal owed in yuan"),
)
OWED = (
    PARTS[-1],
    Parameter("months", "int", "期数", "number of months"),
    Parameter("first_on", "date", "首期还款日；省略为一个月后", "first due date; a month from now when left out", True),
    *(replace(p, optional=True) for p in PARTS[2::-1]),
    RULES,
)


def _cells(kind: str, zh: str, en: str) -> tuple[Parameter]:
    return (Parameter("cells", kind, zh, en),)  # type: ignore[arg-type]


FUNCTIONS: Final[tuple[Function, ...]] = (
    Function(
        "DC_DAYS_PAST_DUE",
        "逾期天数：截至日减应还日期，未到期为 0",
        "Days past due: as-of day minus due date, 0 before it",
        CASES,
        (DUE, AS_OF),
        "cases:days_past_due",
    ),
    Function(
        "DC_BUCKET",
        "账龄：M0 未逾期、M1 1–30 天 … M7+ 超过 180 天、已核销",
        "Ageing bucket: M0 not overdue, M1 1–30 days … M7+ over 180, written off apart",
        CASES,
        (DUE, AS_OF, WRITTEN_OFF),
        "cases:bucket",
    ),
    Function(
        "DC_PRIORITY",
        "优先级 0–100，与“计算优先级”按钮同一规则",
        "Priority 0–100 by the same rule as the button",
        CASES,
        SCORED,
        "cases:priority_",
    ),
    Function(
        "DC_PRIORITY_WHY",
        "优先级的理由：得分最多的三项",
        "Why this priority: the three strongest reasons",
        CASES,
        SCORED,
        "cases:priority_why",
    ),
    Function(
        "DC_TIER", "策略档位：正常、预警、加强、法律", "Tier of the ladder: normal, warning, intensive, legal", CASES, PLACED, "cases:tier"
    ),
    Function("DC_NEXT_ACTION", "下一步做什么", "What is to be done next", CASES, PLACED, "cases:next_action"),
    Function(
        "DC_NEXT_DATE",
        "下一步的日期（单元格请设为日期格式）",
        "The day of the next step (format the cell as a date)",
        CASES,
        PLACED,
        "cases:next_date",
    ),
    Function(
        "DC_MAY_CONTACT",
        "此刻可否联系：可以 或 不可",
        "May this person be contacted now: 可以 or 不可",
        CONTACT,
        PERMITTED,
        "cases:may_contact",
    ),
    Function(
        "DC_MAY_CONTACT_WHEN",
        "最早何时可以联系（单元格请设为日期时间格式）",
        "The first moment at which contact is allowed (format the cell as date and time)",
        CONTACT,
        PERMITTED,
        "cases:may_contact_when",
    ),
    Function(
        "DC_MAY_CONTACT_WHY",
        "为什么不可联系，依据哪条规则",
        "Why contact is not allowed, by which rule",
        CONTACT,
        PERMITTED,
        "cases:may_contact_why",
    ),
    Function(
        "DC_PROMISE_STATE",
        "承诺兑现：已兑现、部分兑现、未兑现 或 未到期",
        "Promise to pay: kept, part, broken or still open",
        CASES,
        (
            Parameter("promised_amount", "money", "承诺金额（元）", "promised amount in yuan"),
            Parameter("due_on", "date", "承诺还款日", "promised day"),
            Parameter("paid_amount", "money", "宽限期内到账（元）", "what arrived by then, in yuan"),
            AS_OF,
            RULES,
        ),
        "cases:promise_state",
    ),
    Function(
        "DC_RECOVERY_RATE",
        "回收率：期内现金回款 ÷ 期初逾期余额，逐案封顶",
        "Recovery rate: cash received ÷ overdue balance at the start, capped case by case",
        MONEY,
        (
            Parameter("received", "money", "期内现金回款（元），每案一格", "cash received in the period, in yuan, a cell a case"),
            Parameter("balance", "money", "期初逾期余额（元），每案一格", "overdue balance at its start, in yuan, a cell a case"),
        ),
        "plain:recovery_rate",
    ),
    Function(
        "DC_AMOUNT_IN_CAPITALS",
        "金额大写，如 人民币壹佰元整",
        "Amount in capitals, as cheques and letters want it",
        MONEY,
        _cells("money", "金额（元）", "amount in yuan"),
        "plain:amount_in_capitals",
    ),
    Function(
        "DC_MASK_ID",
        "身份证号脱敏：4401**********1234",
        "Identity number masked",
        TEXTS,
        _cells("id", "身份证号", "identity number"),
        "plain:mask_id",
    ),
    Function(
        "DC_MASK_PHONE",
        "手机号脱敏：138****5678",
        "Phone number masked",
        TEXTS,
        _cells("phone", "电话号码", "phone number"),
        "plain:mask_phone",
    ),
    Function("DC_MASK_NAME", "姓名脱敏：张*", "Name masked", TEXTS, _cells("name", "姓名", "name"), "plain:mask_name"),
    Function(
        "DC_CHECK_ID",
        "核对身份证号：正确，或哪里不对",
        "Identity number checked: right, or what is wrong with it",
        TEXTS,
        _cells("text", "身份证号", "identity number"),
        "plain:check_id",
    ),
    Function(
        "DC_CHECK_PHONE",
        "核对电话号码：正确，或读不懂",
        "Phone number checked: right, or not a number",
        TEXTS,
        _cells("text", "电话号码", "phone number"),
        "plain:check_phone",
    ),
    Function(
        "DC_WORKING_DAYS",
        "中国工作日天数，含首尾，调休已计",
        "Working days in China, both ends included, make-up days counted",
        DAYS,
        (
            Parameter("first_day", "date", "起日", "first day"),
            Parameter("last_day", "date", "止日", "last day"),
            Parameter(
                "own_days", "range", "本单位的上班和休息日：日期、上班或休息 两列", "own days: date, 上班 or 休息, in two columns", True
            ),
        ),
        "plain:working_days",
    ),
    Function(
        "DC_LIMITATION_DATE",
        "诉讼时效届满日（民法典 188、195 条）",
        "The day on which the limitation ends (Civil Code 188, 195)",
        DAYS,
        (DUE, DEMAND, AS_OF, RULES),
        "cases:limitation_date",
    ),
    Function(
        "DC_AFFORDABLE",
        "可负担月还款（元），与“还款方案”同一算法",
        "What can be paid a month, by the same rule as the repayment plan",
        MONEY,
        (
            Parameter("income", "money", "月收入（元）", "monthly income in yuan"),
            Parameter("expenses", "money", "月支出（元）", "monthly expenses in yuan"),
            Parameter("other_debts", "money", "其他债务月还款（元）", "other debts a month in yuan", True),
            Parameter("dependants", "int", "家属人数", "dependants", True),
            RULES,
        ),
        "repayment:affordable",
    ),
    Function(
        "DC_INSTALMENT", "等额分期每月应还（元）", "The monthly payment of equal instalments, in yuan", MONEY, OWED, "repayment:instalment"
    ),
    Function(
        "DC_SCHEDULE",
        "等额分期还款计划表（溢出为多行多列，首行为表头）",
        "The schedule of equal instalments, with a header (spills over rows and columns)",
        MONEY,
        OWED,
        "repayment:schedule",
    ),
    Function(
        "DC_PAYMENT_SPLIT",
        "一笔回款的分配：费用、罚息、利息、本金、溢缴（一行五列）",
        "How one payment is split: cost, penalty, interest, principal, over-payment (five cells in a row)",
        MONEY,
        (
            Parameter("payment", "money", "回款金额（元）", "the payment in yuan"),
            *PARTS,
            Parameter("product", "text", "产品，决定抵充顺序", "product; it decides the order", True),
            Parameter("days_past_due", "int", "逾期天数，决定抵充顺序", "days past due; they decide the order", True),
            AS_OF,
            RULES,
        ),
        "repayment:payment_split",
    ),
)
