"""Problems of accounts: what a receipt could not be split by, and what was read one way of several."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import N, P, Template

ACCOUNTS: Final[dict[str, Template]] = {
    "allocation-unknown": Template(
        P,
        "{count} 个案件既没有逾期金额也没有本金，其回款全部记为溢缴",
        "{count} cases have neither an overdue amount nor a principal; receipts for them are kept as credit",
        "请在台账填写逾期金额或本金",
        "Fill in the overdue amount or the principal",
    ),
    "allocation-unsplit": Template(
        N,
        "{count} 个案件只有一个金额，没有分项，该金额按本金入账",
        "{count} cases have one amount without components; it is taken for principal",
        "如需分项入账，请在台账填写本金、利息、违约金、费用",
        "Fill in principal, interest, penalty and fees for a split",
    ),
    "receipt-undated": Template(
        P,
        "{count} 笔回款没有日期，未入账",
        "{count} receipts have no date and are not posted",
        "请填写回款日期",
        "Fill in the day on which they were paid",
    ),
    "receipts-counted": Template(
        N,
        "{count} 笔回款在台账截至日当日或以前，台账金额已含，不再重复入账",
        "{count} receipts lie on or before the ledger's own day; its amounts count them already, they are not posted again",
        "如台账未含这些回款，请把设置“台账已含截至日前回款”改为 否",
        "If the ledger lacks them, set Ledger counts earlier receipts to 否",
    ),
    "reversal-beyond": Template(
        P,
        "{count} 笔冲正或退款超过此前收到的金额，超出部分记为负溢缴",
        "{count} reversals or refunds exceed what was received before; the excess is a negative credit",
        "请核对原回款是否缺失或案件编号有误",
        "Check whether the original receipt is missing or has another case number",
    ),
    "adjustment-unusable": Template(
        P,
        "账务调整有 {count} 行缺案件编号、日期或金额为负，未采用",
        "{count} rows of adjustments lack a known case or a date, or have a negative amount; not used",
        "请改正；冲减请用类别 减免",
        "Correct them; use the kind 减免 to take off",
    ),
    "payment-order-incomplete": Template(
        P,
        "入账顺序“{shown}”读不懂或不全，该行未采用",
        "The order {shown} cannot be read or is not complete; that row is not used",
        "请写全四项，如 费用、违约金、利息、本金",
        "Write all four, such as 费用、违约金、利息、本金",
    ),
}
