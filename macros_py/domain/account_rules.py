"""Settings of accounts: in which order a receipt pays a debt, what a household needs, what a repayment plan may be, and the LPR.

The order and the LPR are dated rows of the sheets 入账顺序 and LPR; the scalars are rows of 设置.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from macros_py.domain.setting import setting

COST, PENALTY, INTEREST, PRINCIPAL = "cost", "penalty", "interest", "principal"
COMPONENTS: Final = (COST, PENALTY, INTEREST, PRINCIPAL)
COMPONENT_WORDS: Final = {
    COST: ("费用", "costs"),
    PENALTY: ("违约金", "penalty"),
    INTEREST: ("利息", "interest"),
    PRINCIPAL: ("本金", "principal"),
}


@dataclass(frozen=True)
class PaymentOrder:
    """One dated row of 入账顺序: for whom, at which days past due, in which order a receipt pays.

    applies_to: 全部, a segment (信用卡 …), a product, a client 委托方 or a case number: the most particular row binds, so a contract with
    an order of its own is a row with its case number. days: inclusive; None = no end. order: all four COMPONENTS.
    """

    id: str
    text: str
    applies_to: str
    days_from: int | None
    days_to: int | None
    order: tuple[str, ...]
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    confidence: str = ""


ORDERS: Final = (
    PaymentOrder(
        "card_90", "信用卡逾期1至90天：先利息和各项费用，后本金", "信用卡", None, 90, (COST, PENALTY, INTEREST, PRINCIPAL), date(2011, 1, 13), None,
        "商业银行信用卡业务监督管理办法（第57条，条号待核实）", "可靠",
    ),
    PaymentOrder(
        "card_91", "信用卡逾期91天及以上：先本金，后利息和各项费用", "信用卡", 91, None, (PRINCIPAL, INTEREST, PENALTY, COST), date(2011, 1, 13), None,
        "商业银行信用卡业务监督管理办法（第57条，条号待核实）", "可靠",
    ),
    PaymentOrder(
        "civil_561", "实现债权的费用、违约金与利息、本金，另有约定除外", "全部", None, None, (COST, PENALTY, INTEREST, PRINCIPAL), date(2021, 1, 1), None,
        "民法典 第561条", "可靠",
    ),
    PaymentOrder(
        "contract_21", "民法典施行前：费用、违约金与利息、本金，另有约定除外", "全部", None, None, (COST, PENALTY, INTEREST, PRINCIPAL), None,
        date(2020, 12, 31), "合同法解释(二) 第21条（已废止，适用于当时的还款）", "待核实",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class AllocationRules:
    """How receipts pay debts. Source: rules-cn.md, allocation, allocation_card, allocation_many."""

    orders: tuple[PaymentOrder, ...] = ORDERS
    ledger_counts: bool = setting(
        True,
        "台账已含截至日前回款",
        "Ledger counts earlier receipts",
        "是 或 否；台账写明截至日时，当日及以前的回款是否已在台账金额中扣除",
        "是 or 否; whether receipts up to the ledger's own day are taken off its amounts already",
    )


@dataclass(frozen=True)
class LprRate:
    """The one-year loan prime rate from a day on, in basis points (345 = 3.45%)."""

    valid_from: date
    basis_points: int
    source: str = "全国银行间同业拆借中心公布"
    confidence: str = "待核实"


LPR: Final = tuple(
    LprRate(date.fromisoformat(day), points)
    for day, points in (
        ("2019-08-20", 425), ("2019-09-20", 420), ("2019-11-20", 415), ("2020-02-20", 405), ("2020-04-20", 385), ("2021-12-20", 380),
        ("2022-01-20", 370), ("2022-08-22", 365), ("2023-06-20", 355), ("2023-08-21", 345), ("2024-07-22", 335), ("2024-10-21", 310),
        ("2025-05-20", 300),
    )
)  # fmt: skip


@dataclass(frozen=True)
class RepaymentRules:
    """What a household can pay and what a repayment plan may be. Legal limits (60 months for cards, rate caps) are rows of 合规规则."""

    living_fen: int = setting(
        120_000, "本人月生活费下限", "Least living costs", "元/月；按当地标准修改", "yuan a month; change to the local standard"
    )
    dependant_fen: int = setting(
        80_000, "每名家属月生活费下限", "Least costs per dependant", "元/月；按当地标准修改", "yuan a month; change to the local standard"
    )
    reserve_percent: int = setting(
        10, "结余预留比例", "Reserve", "百分比；结余中留给意外开支的部分", "percent of what is left, kept for the unexpected"
    )
    debt_share_percent: int = setting(
        50, "还债占收入上限", "Most of income for debts", "百分比；全部债务月还款占收入", "percent of income for all debts together"
    )
    step_fen: int = setting(
        1_000, "月还款取整", "Monthly amount in steps of", "元；可负担额向下取整", "yuan; the affordable amount is rounded down"
    )
    longest_months: int = setting(
        60, "方案最长期数", "Longest plan", "月；信用卡另受合规规则限制", "months; cards are bound by the legal rules too"
    )
    own_months: int = setting(
        24, "免审批最长期数", "Longest plan without approval", "月；更长须经理批准", "months; longer ones need a manager"
    )
    rate_points: int = setting(
        0, "方案年利率", "Plan rate", "基点，345 为 3.45%；0 为分期期间不计息", "basis points, 345 = 3.45%; 0 = no interest during the plan"
    )
    waiver_percent: int = setting(
        100,
        "违约金利息最高减免",
        "Most of penalty and interest waived",
        "百分比；另受人员减免权限限制",
        "percent; the person's waiver limit binds too",
    )
    extension_months: int = setting(
        3, "延期月数", "Extension", "月；暂无还款能力时推迟首期", "months by which the first instalment is put off"
    )
    proposal_days: int = setting(7, "方案有效天数", "Proposal stands for", "天；过期须重新做方案", "days; after that propose again")
    grace_days: int = setting(
        3, "分期宽限", "Instalment grace", "天；期款到期后多少天内到账算按期", "days after the due date within which it still counts"
    )
    breach_count: int = setting(
        2, "违约期数", "Instalments missed", "期；逾期未还达到此数即方案违约", "so many unpaid instalments are a breach"
    )
    repeat_breaks: int = setting(
        3,
        "多次违约",
        "Repeat defaulter",
        "次；失信承诺与违约方案合计达到此数改用长期计划",
        "broken promises and plans together; then a long plan",
    )
    long_percent: int = setting(
        70,
        "长期计划月还比例",
        "Long plan pays",
        "百分比；长期计划每月只排可负担额的这一部分",
        "percent of the affordable amount in a long plan",
    )
    thanks_days: int = setting(
        3, "致谢天数", "Thanks for receipts of", "天；近几天到账的回款发致谢短信", "days; receipts so recent are thanked for by SMS"
    )
    lpr: tuple[LprRate, ...] = LPR
