"""Posted lines of statements count as receipts beside the people's own log, and the same money counts once."""

from __future__ import annotations

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.allocation import allocate
from macros_py.domain.bank_receipts import joined, split_of_lines
from macros_py.domain.kinds import conform
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, judged, shown, table

CASES = "case_id | customer | overdue_amount | due_date | phone\nA | 张三 | 500.00 | 2026-10-01 | 138\nB | 李四 | 300.00 | 2026-10-01 | 139"
NAMES = ("receipt_id", "paid_on", "case_id", "customer", "amount", "pay_channel")


def _tables(lines: str, log: str = "") -> Tables:
    payments = conform(table(lines, c.PAYMENT_COLUMNS), c.PAYMENT_COLUMNS)
    payments["line_key"] = pd.Series([f"L{i}" for i in range(len(payments))], dtype="str")
    receipts = table(log, c.RECEIPT_COLUMNS) if log else conform(pd.DataFrame(), c.RECEIPT_COLUMNS)
    return Tables(cases=table(CASES, c.CASE_COLUMNS), payments=payments, receipts=receipts)


def _joined(lines: str, log: str = "") -> list[str]:
    return shown(joined(_tables(lines, log), Rules(), MONDAY)[0], *NAMES)


LINE = "transaction_id | source | paid_at | amount | payer | state | match | case_id | candidates\n"


def test_only_what_is_posted_counts_and_what_waits_is_nobodys_yet() -> None:
    lines = (
        LINE
        + """\
        T1 | 工行 | 2026-11-20 | 500.00 | 张三 | received | posted | A |
        T2 | 工行 | 2026-11-20 | 300.00 | 老李 | received | proposed | | B 李四 300.00
        T3 | 工行 | 2026-11-20 | 20.00 | 路人 | received | unmatched | |
        T4 | 工行 | 2026-11-20 | -20.00 | 路人 | expense | | |
        T5 | 工行 | 2026-11-21 | -100.00 | 张三 | refund | posted | A |"""
    )
    assert _joined(lines) == [
        "T1 | 2026-11-20 | A |  | 50000 | 工行",
        "T5 | 2026-11-21 | A |  | -10000 | 退款",
        "T2 | 2026-11-20 |  | 李四 | 30000 | 待确认",
    ]


def test_a_line_for_several_cases_gives_each_its_part() -> None:
    assert _joined(LINE + "T1 | 工行 | 2026-11-20 | 800.00 | 张三 | received | posted | A=500.00、B=300.00 |") == [
        "T1 | 2026-11-20 | A |  | 50000 | 工行",
        "T1 | 2026-11-20 | B |  | 30000 | 工行",
    ]


def test_lines_of_one_voucher_number_keep_each_its_own_split_and_a_logged_receipt_has_that_of_its_line() -> None:
    lines = (
        LINE
        + """\
        0001 | 工行 | 2026-11-19 | 200.00 | 张三 | received | posted | A |
        0001 | 建行 | 2026-11-20 | 300.00 | 李四 | received | posted | B |
        0001 | 工行 | 2026-11-21 | -50.00 | 张三 | refund | posted | A |
        T9 | 工行 | 2026-11-22 | 100.00 | 张三 | received | posted | A |"""
    )
    tables = _tables(lines, "receipt_id | paid_on | case_id | amount | payer\n7 | 2026-11-22 | A | 100.00 | 张三")
    receipts, _ = joined(tables, Rules(), MONDAY)
    split = split_of_lines(allocate(tables.having(receipts=receipts), Rules(), MONDAY)[0], receipts)
    assert split.groupby("line_key")["principal_fen"].sum().to_dict() == {"L0": 20_000, "L1": 30_000, "L2": -5_000, "L3": 10_000}


def test_which_of_two_equal_lines_is_the_logged_one_does_not_depend_on_the_order_of_import() -> None:
    log = "receipt_id | paid_on | case_id | amount | payer\n | 2026-11-21 | A | 500.00 | 张三"
    one, other = (
        "T1 | 工行 | 2026-11-20 | 500.00 | 张三 | received | posted | A |\n",
        "T2 | 工行 | 2026-11-22 | 500.00 | 张三 | received | posted | A |\n",
    )
    assert _joined(LINE + one + other, log)[1:] == _joined(LINE + other + one, log)[1:] == ["T2 | 2026-11-22 | A |  | 50000 | 工行"]


LOG = "receipt_id | paid_on | case_id | amount | payer\n"


def test_the_same_number_or_case_and_amount_within_some_days_is_the_same_money() -> None:
    one = LINE + "T1 | 工行 | 2026-11-20 | 500.00 | 张三 | received | posted | A |"
    assert len(_joined(one, LOG + "T1 | 2026-11-01 | A | 500.00 |")) == 1
    assert len(_joined(one, LOG + " | 2026-11-22 | A | 500.00 |")) == 1
    assert len(_joined(one, LOG + " | 2026-11-10 | A | 500.00 |")) == 2
    assert len(_joined(one, LOG + " | 2026-11-20 | A | 400.00 |")) == 2
    assert len(_joined(one, LOG + "T9 | 2026-11-20 | B | 500.00 | 王五")) == 2


def test_two_equal_lines_need_two_rows_of_the_log() -> None:
    two = LINE + "\n".join(f"T{i} | 工行 | 2026-11-20 | 500.00 | 张三 | received | posted | A |" for i in (1, 2))
    assert len(_joined(two, LOG + " | 2026-11-20 | A | 500.00 |")) == 2
    assert len(_joined(two, LOG + " | 2026-11-20 | A | 500.00 |\n | 2026-11-21 | A | 500.00 |")) == 2


def test_a_logged_receipt_without_a_case_gives_way_to_the_line_that_knows_it() -> None:
    one = LINE + "T1 | 工行 | 2026-11-20 | 500.00 | 张三 | received | posted | A |"
    assert _joined(one, LOG + " | 2026-11-20 | | 500.00 | 张 三") == ["T1 | 2026-11-20 | A |  | 50000 | 工行"]


def test_a_receipt_that_waits_is_a_reason_to_ask_before_its_customer_is_called() -> None:
    lines = LINE + "T2 | 工行 | 2026-11-22 | 300.00 | 老李 | received | proposed | | B 李四 300.00"
    tables = _tables(lines)
    receipts, _ = joined(tables, Rules(), MONDAY)
    found, _ = judged(tables.having(receipts=receipts))
    assert found.cases["balance_state"].tolist() == ["", "unconfirmed"]
    assert not found.cases["settled"].any()
