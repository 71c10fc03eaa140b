"""The sheets 入账顺序 and LPR as people leave them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from macros_py.domain.account_rules import COST, INTEREST, PENALTY, PRINCIPAL
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.hosts.host import Grid
from macros_py.sheets.account_sheets import basis_points, read_lpr, read_orders
from macros_py.sheets.rule_cells import UnreadableError


def grid(sheet: str, text: str) -> Grid:
    rows = [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]
    return Grid(sheet, np.array(rows, dtype=object), 1, 1)


def orders(text: str) -> tuple[Rules, list[Problem]]:
    return read_orders(grid("入账顺序", text), Rules())


def test_a_row_for_one_contract_is_read_with_its_days_and_dates() -> None:
    rules, problems = orders("""
        规则编号 | 适用对象 | 逾期天数起 | 逾期天数止 | 抵充顺序 | 生效日
        甲合同   | HT-001   | 1天        |            | 本金→利息→罚息→费用 | 2026/3/5
    """)
    row = rules.allocation.orders[0]
    assert (row.id, row.applies_to, row.days_from, row.days_to, row.valid_from) == ("甲合同", "HT-001", 1, None, date(2026, 3, 5))
    assert (row.order, problems) == ((PRINCIPAL, INTEREST, PENALTY, COST), [])


def test_an_order_that_is_not_complete_is_not_used_and_named_by_its_cell() -> None:
    rules, problems = orders("""
        规则编号 | 适用对象 | 逾期天数起 | 抵充顺序
        少一项   | 全部     |            | 费用、利息、本金
        读不懂   | 全部     |            | 费用、利息、本金、其他
    """)
    assert rules.allocation.orders == Rules().allocation.orders
    assert [(p.code, p.sheet, p.cell) for p in problems] == [
        ("payment-order-incomplete", "入账顺序", "D2"),
        ("payment-order-incomplete", "入账顺序", "D3"),
    ]


def test_rates_are_read_in_the_order_of_their_days() -> None:
    rules, problems = read_lpr(grid("LPR", "公布日 | 一年期LPR \n 2026-05-20 | 2.9% \n 2026-01-20 | 3"), Rules())
    assert [(r.valid_from.isoformat(), r.basis_points) for r in rules.repayment.lpr] == [("2026-01-20", 300), ("2026-05-20", 290)]
    assert problems == []


@pytest.mark.parametrize(("typed", "points"), [("3.45%", 345), ("3.45", 345), ("0.0345", 345), ("3", 300), ("0.5%", 50)])
def test_a_rate_is_read_as_people_type_it(typed: str, points: int) -> None:
    assert basis_points(typed) == points


@pytest.mark.parametrize("typed", ["", "高", "-1%", "99%"])
def test_a_rate_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableError):
        basis_points(typed)
