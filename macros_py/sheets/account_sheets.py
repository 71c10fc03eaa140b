"""The sheets 入账顺序 and LPR: in which order a receipt pays a debt, and the loan prime rate, both with dates. Written and read here."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

import pandas as pd

from macros_py.domain.account_rules import COMPONENT_WORDS, COMPONENTS, COST, INTEREST, PENALTY, PRINCIPAL, LprRate, PaymentOrder
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Kind
from macros_py.domain.plan_limits import percent_text
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.sheets.headers import RawGrid
from macros_py.sheets.rule_cells import (
    Row,
    UnreadableError,
    day_of,
    field_of,
    key_of,
    number_of,
    parts_of,
    table_rows,
    whole_or_none,
)
from macros_py.sheets.rule_models import Words, frame, model, rule_column
from macros_py.sheets.tables import LPR_SHEET, PAYMENT_ORDER_SHEET

ORDER_COLUMNS: Final = (
    rule_column("id", Kind.TEXT, "规则编号", "Rule id"),
    rule_column("text", Kind.TEXT, "内容", "Rule"),
    rule_column("applies_to", Kind.TEXT, "适用对象", "Applies to"),
    rule_column("days_from", Kind.INT, "逾期天数起", "Days from"),
    rule_column("days_to", Kind.INT, "逾期天数止", "Days to"),
    rule_column("order", Kind.TEXT, "抵充顺序", "Order"),
    rule_column("valid_from", Kind.DATE, "生效日", "Valid from"),
    rule_column("valid_until", Kind.DATE, "失效日", "Valid until"),
    rule_column("source", Kind.TEXT, "来源", "Source"),
    rule_column("confidence", Kind.TEXT, "可信度", "Confidence"),
)
LPR_COLUMNS: Final = (
    rule_column("valid_from", Kind.DATE, "公布日", "Published on"),
    rule_column("rate", Kind.TEXT, "一年期LPR", "One-year LPR"),
    rule_column("source", Kind.TEXT, "来源", "Source"),
    rule_column("confidence", Kind.TEXT, "可信度", "Confidence"),
)
WORDS: Final = {
    PAYMENT_ORDER_SHEET: Words(
        ("入账顺序", "Order of payment"),
        (
            "回款按此顺序抵充。适用对象可写 全部、产品类型、产品、委托方或案件编号，越具体的越先适用：合同另有约定的，加一行写案件编号。抵充顺序写全四项。",
            "Receipts pay in this order. Applies to: 全部, a segment, a product, a client or a case number; the most particular row binds. Name all four.",
        ),
    ),
    LPR_SHEET: Words(
        ("贷款市场报价利率", "Loan prime rate"),
        (
            "方案年化利率上限按签约时的一年期LPR计算；每月公布后请在此补一行，并由法务核对。",
            "The cap of a plan's annual rate follows the LPR when it is signed: add a row after each publication and have it verified.",
        ),
    ),
}
OTHER_WORDS: Final = {
    COST: ("实现债权的费用", "fees", "fee", "cost"),
    PENALTY: ("罚息", "滞纳金", "penalties"),
    INTEREST: (),
    PRINCIPAL: (),
}


def models(rules: Rules, lang: str) -> dict[str, SheetModel]:
    """Title → model of both sheets, saying what `rules` are."""
    orders = frame([_order_row(row) for row in rules.allocation.orders], ORDER_COLUMNS)
    rates = frame([_rate_row(rate) for rate in rules.repayment.lpr], LPR_COLUMNS)
    return {
        PAYMENT_ORDER_SHEET: model(PAYMENT_ORDER_SHEET, WORDS[PAYMENT_ORDER_SHEET], {"rows": (orders, ORDER_COLUMNS)}, lang),
        LPR_SHEET: model(LPR_SHEET, WORDS[LPR_SHEET], {"rows": (rates, LPR_COLUMNS)}, lang),
    }


def _order_row(row: PaymentOrder) -> dict[str, Any]:
    days = {name: pd.Timestamp(value) if (value := getattr(row, name)) else pd.NaT for name in ("valid_from", "valid_until")}
    return {**dataclasses.asdict(row), **days, "order": "、".join(COMPONENT_WORDS[part][0] for part in row.order)}


def _rate_row(rate: LprRate) -> dict[str, Any]:
    return {
        "valid_from": pd.Timestamp(rate.valid_from),
        "rate": percent_text(rate.basis_points),
        "source": rate.source,
        "confidence": rate.confidence,
    }


def read_orders(grid: RawGrid, rules: Rules) -> tuple[Rules, list[Problem]]:
    """One row of the order per line; rows that cannot be read are left out and said. No readable row: the defaults stay."""
    problems: list[Problem] = []
    made = [order for row in table_rows(grid, ORDER_COLUMNS, 4) if (order := _order(row, problems)) is not None]
    allocation = dataclasses.replace(rules.allocation, orders=tuple(made) or rules.allocation.orders)
    return dataclasses.replace(rules, allocation=allocation), problems


def _order(row: Row, problems: list[Problem]) -> PaymentOrder | None:
    try:
        parts = tuple(_component(word) for word in parts_of(row.text("order").replace("→", "、")))
    except UnreadableError:
        parts = ()
    if sorted(parts) != sorted(COMPONENTS):
        problems.append(row.problem("payment-order-incomplete", "order", shown=row.text("order")[:40]))
        return None
    start, end = (field_of(row, name, None, whole_or_none, problems) for name in ("days_from", "days_to"))
    since, until = (day_of(row, name, problems) if name in row.raw else None for name in ("valid_from", "valid_until"))
    number, text, applies_to, source, confidence = (row.words(n) for n in ("id", "text", "applies_to", "source", "confidence"))
    return PaymentOrder(number, text, applies_to, start, end, parts, since, until, source, confidence)


def _component(word: str) -> str:
    for part, names in COMPONENT_WORDS.items():
        if key_of(word) in {key_of(name) for name in (part, *names, *OTHER_WORDS[part])}:
            return part
    raise UnreadableError(word)


def read_lpr(grid: RawGrid, rules: Rules) -> tuple[Rules, list[Problem]]:
    """One published rate per line. No readable row: the defaults stay."""
    problems: list[Problem] = []
    made = []
    for row in table_rows(grid, LPR_COLUMNS, 2):
        day, points = day_of(row, "valid_from", problems), field_of(row, "rate", None, basis_points, problems)
        if day is not None and points is not None:
            made.append(LprRate(day, points, row.words("source"), row.words("confidence")))
    rates = tuple(sorted(made, key=lambda rate: rate.valid_from)) or rules.repayment.lpr
    return dataclasses.replace(rules, repayment=dataclasses.replace(rules.repayment, lpr=rates)), problems


def basis_points(text: str) -> int:
    """ "3.45%", "3.45" or the 0.0345 that a spreadsheet makes of it → 345. UnreadableError outside 0–30%."""
    number = number_of(text.removesuffix("%").strip())
    points = round(number * 10000) if 0 < number < 0.3 and not text.endswith("%") else round(number * 100)
    if not 0 < points <= 3000:
        raise UnreadableError("3.45%")
    return points
