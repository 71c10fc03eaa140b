"""Amounts due beside amounts paid, rows of units, totals by count, two currencies: read rightly, or unknown and said."""

from __future__ import annotations

import pytest

from macros_py.sheets.read import understand
from tests.sheets.mess import AS_OF
from tests.sheets.reading import codes, grid, shown


@pytest.mark.parametrize(
    ("due", "paid"), [("应还金额", "已还金额"), ("委案金额", "累计还款金额"), ("应还总额", "回款金额"), ("Amount due", "Amount paid")]
)
def test_what_was_due_before_payments_is_not_what_is_owed(due: str, paid: str) -> None:
    ledger = grid(
        "台账",
        f"编号 | 姓名 | {due} | {paid} | 贷款金额 | 应还日期\nA1 | 王伟 | 1000 | 400 | 9000 | 2026-09-01\nA2 | 李娜 | 2000 | 2000 | 9000 | 2026-09-01",
    )
    book = understand([ledger], as_of=AS_OF)
    assert shown(book, "case_id", "overdue_amount") == ["A1|", "A2|"]
    assert "amount-before-payments" in codes(book)
    confirmed = understand([ledger], as_of=AS_OF, confirmed={due: "overdue_amount"})
    assert shown(confirmed, "case_id", "overdue_amount") == ["A1|1000.00", "A2|2000.00"]


def test_a_balance_that_is_the_difference_on_every_row_is_what_is_owed() -> None:
    rows = [(1000, 400), (2000, 0), (3000, 3000), (3000, 1000)]
    lines = "\n".join(f"A{n} | 某公司 | {due} | {paid} | {due - paid} | 2026-09-01" for n, (due, paid) in enumerate(rows))
    for header in ("应收金额", "应还金额"):
        book = understand([grid("台账", f"编号 | 客户 | {header} | 已收金额 | 余额 | 应还日期\n{lines}")], as_of=AS_OF)
        assert shown(book, "overdue_amount") == ["600.00", "2000.00", "0.00", "2000.00"]
        assert codes(book) == []


def test_an_invoice_amount_is_not_owed_where_something_was_paid() -> None:
    book = understand([grid("台账", "编号 | 客户 | 发票金额 | 已收款 | 应还日期\nA1 | 某公司 | 1000 | 400 | 2026-09-01")], as_of=AS_OF)
    assert shown(book, "overdue_amount") == [""]
    assert codes(book) == ["overdue-paid"]


@pytest.mark.parametrize(("unit", "amount"), [("万元", "12000.00"), ("(千元)", "1200.00"), ("元", "1.20")])
def test_a_row_of_units_below_the_header_belongs_to_it(unit: str, amount: str) -> None:
    book = understand(
        [grid("台账", f"编号 | 姓名 | 逾期金额 | 逾期天数 | 应还日期\n| | {unit} | 天 |\nA1 | 王伟 | 1.2 | 83 | 2026-09-01")], as_of=AS_OF
    )
    assert shown(book, "case_id", "overdue_amount", "days_past_due") == [f"A1|{amount}|83"]
    assert codes(book) == []


def test_a_row_that_counts_is_a_total_where_its_amount_is_the_sum() -> None:
    lines = "A1 | 王伟 | 1200 | 2026-09-01\nA2 | 李娜 | 2000 | 2026-09-01"
    book = understand([grid("台账", f"编号 | 姓名 | 逾期金额 | 应还日期\n{lines}\n2户 | | 3200 |")], as_of=AS_OF)
    assert shown(book, "case_id") == ["A1", "A2"]


def test_of_an_amount_in_two_currencies_the_yuan_is_read() -> None:
    book = understand(
        [grid("台账", "编号 | 客户 | 欠款金额(USD) | 欠款金额(人民币) | 应还日期\nA1 | 某公司 | 1000 | 7000 | 2026-09-01")], as_of=AS_OF
    )
    assert shown(book, "overdue_amount") == ["7000.00"]


def test_some_dollars_among_plain_figures_are_unknown_and_said() -> None:
    book = understand(
        [
            grid(
                "台账",
                "编号 | 客户 | 欠款金额 | 应还日期\nA1 | 甲 | $100 | 2026-09-01\nA2 | 乙 | 200 | 2026-09-01\nA3 | 丙 | €300 | 2026-09-01",
            )
        ],
        as_of=AS_OF,
    )
    assert shown(book, "overdue_amount") == ["", "200.00", ""]
    assert codes(book) == ["amount-foreign"]


def test_sheets_in_different_currencies_are_not_added_up() -> None:
    sheets = [
        grid(n, f"编号 | 客户 | 欠款金额({c}) | 应还日期\n{n}1 | 甲 | 100 | 2026-09-01\n{n}2 | 乙 | 200 | 2026-09-01")
        for n, c in (("A", "元"), ("B", "USD"))
    ]
    book = understand(sheets, as_of=AS_OF)
    assert shown(book, "case_id", "overdue_amount") == ["A1|100.00", "A2|200.00", "B1|", "B2|"]
    assert codes(book) == ["sheet-currency"]


def test_a_group_header_states_the_unit_of_its_own_columns_only() -> None:
    cells = grid(
        "台账",
        "编号 | 姓名 | 贷款情况（万元） | | 逾期 | | 应还日期\n编号 | 姓名 | 贷款金额 | 剩余本金 | 逾期金额 | 逾期天数 | 应还日期\nA1 | 王伟 | 20 | 12 | 300 | 83 | 2026-09-01",
    )
    merged = ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6), (1, 7, 2, 7))
    book = understand([type(cells)(cells.sheet, cells.cells, merged=merged)], as_of=AS_OF)
    assert shown(book, "loan_amount", "principal", "overdue_amount") == ["200000.00|120000.00|300.00"]
