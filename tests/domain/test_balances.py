"""What is owed today, after receipts that the ledger does not know of."""

from __future__ import annotations

from datetime import date

import pytest

from macros_py.domain import balances
from macros_py.domain import columns as c
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, codes, receipts, shown, table


def of(ledger: str, paid: str = "case_id | paid_on | amount", data_as_of: date | None = date(2026, 11, 20), today: date = MONDAY):
    tables = Tables(cases=cases(ledger), receipts=receipts(paid), data_as_of=data_as_of)
    table, problems = balances.as_of(tables, Rules(), today)
    return table, codes(problems)


@pytest.mark.parametrize(
    ("due", "days", "bucket"),
    [
        ("2026-11-23", 0, "M0"), ("2026-11-24", 0, "M0"), ("2026-11-22", 1, "M1"), ("2026-10-24", 30, "M1"), ("2026-10-23", 31, "M2"),
        ("2026-09-24", 60, "M2"), ("2026-08-25", 90, "M3"), ("2026-08-24", 91, "M4"), ("2026-05-27", 180, "M6"), ("2026-05-26", 181, "M7+"),
    ],
)  # fmt: skip
def test_days_past_due_are_counted_from_the_due_date_and_buckets_begin_where_the_field_says(due: str, days: int, bucket: str) -> None:
    table, _ = of(f"case_id | due_date | days_past_due | overdue_amount\nA | {due} | 777 | 100")
    assert shown(table, "days_past_due", "bucket") == [f"{days} | {bucket}"]


def test_printed_days_serve_only_without_a_due_date_and_grow_from_the_ledgers_day() -> None:
    table, problems = of(
        """case_id | days_past_due | overdue_amount | written_off
           A       | 28            | 100            |
           B       |               | 100            |
           C       | 400           | 100            | 是"""
    )
    assert shown(table, "days_past_due", "bucket") == ["31 | M2", " | ", "403 | 已核销"]
    assert problems == {"days-unknown": 1}


def test_receipts_after_the_ledgers_day_are_deducted_and_full_ones_settle() -> None:
    table, _ = of(
        "case_id | overdue_amount | due_date\nA | 100 | 2026-10-01\nB | 100 | 2026-10-01\nC | 100 | 2026-10-01",
        """case_id | paid_on    | amount | pay_channel
           A       | 2026-11-21 | 40     | 支付宝
           A       | 2026-11-24 | 60     | 支付宝
           B       | 2026-11-22 | 100    | 微信
           C       | 2026-11-22 | 100    | 微信
           C       | 2026-11-23 | 30     | 退款
           C       | 2026-11-01 | 999    | 微信""",
    )
    assert shown(table, "paid_fen", "open_amount", "settled", "balance_state") == [
        "4000 | 6000 | False | ",
        "10000 | 0 | True | paid",
        "7000 | 3000 | False | ",
    ]


def test_a_receipt_that_the_ledger_may_lack_stops_the_calls_and_is_not_deducted() -> None:
    table, problems = of(
        "case_id | overdue_amount | due_date\nA | 100 | 2026-10-01\nB | 100 | 2026-10-01\nC | 100 | 2026-10-01",
        "case_id | paid_on | amount\nA | 2026-11-20 | 100\nB | 2026-11-20 | 10\nC | 2026-10-20 | 100",
        data_as_of=None,
    )
    assert shown(table, "open_amount", "amount_confirmed", "balance_state") == [
        "10000 | False | unconfirmed",
        "10000 | False | ",
        "10000 | True | ",
    ]
    assert problems == {"receipt-unconfirmed": 1}


@pytest.mark.parametrize("why", ["已收到回款，待核对台账〔回款〕", "a receipt covers it; to be confirmed with the ledger [receipts]"])
def test_who_was_left_alone_because_of_a_receipt_is_left_alone_until_somebody_confirms_it(why: str) -> None:
    ledger = cases(
        """case_id | customer | overdue_amount | due_date
           A       | 陶英     | 100            | 2026-10-01
           B       | 赵辉     | 100            | 2026-11-05
           C       | 李芳     | 100            | 2026-10-01
           D       | 王伟     | 100            | 2026-10-01"""
    ).assign(hold_why=[why, why, "未到期", why])
    paid = receipts(
        """case_id | paid_on    | amount | payer
           A       | 2026-11-01 | 100    |
           B       | 2026-11-01 | 100    |
           C       | 2026-11-01 | 100    |
                   | 2026-11-01 | 100    | 王伟"""
    )
    table, problems = balances.as_of(Tables(cases=ledger, receipts=paid), Rules(), MONDAY)
    assert shown(table, "balance_state") == ["unconfirmed", "", "", "unconfirmed"], "B fell due after the receipt; nobody asked about C"
    assert codes(problems)["receipt-unconfirmed"] == 2
    told, _ = balances.as_of(Tables(cases=ledger, receipts=paid, data_as_of=date(2026, 11, 20)), Rules(), MONDAY)
    assert set(shown(told, "balance_state")) == {""}, "the day of the data says that the ledger counts them"


def test_a_receipt_without_case_number_stops_the_calls_to_the_customer_of_that_name() -> None:
    table, problems = of(
        "case_id | customer | overdue_amount | due_date\nA | 陶英 | 100 | 2026-10-01\nB | 赵辉 | 100 | 2026-10-01",
        "case_id | paid_on | amount | payer\n | 2026-11-22 | 100 | 陶英\nX | 2026-11-22 | 5 | 赵辉",
    )
    assert shown(table, "balance_state") == ["unconfirmed", ""]
    assert problems == {"receipt-unconfirmed": 1, "receipt-without-case": 2}


@pytest.mark.parametrize("word", ["结清", "已结清", "已还清", "Settled", "paid in full", "Paid", "已销户"])
def test_a_status_that_says_settled_settles(word: str) -> None:
    table, _ = of(f"case_id | overdue_amount | due_date | case_status\nA | 100 | 2026-10-01 | {word}")
    assert table["settled"][0]


@pytest.mark.parametrize("word", ["未结清", "没还清", "逾期", "unpaid", "partially paid", "", "催收中"])
def test_a_status_that_says_otherwise_does_not_settle(word: str) -> None:
    table, _ = of(f"case_id | overdue_amount | due_date | case_status\nA | 100 | 2026-10-01 | {word}")
    assert not table["settled"][0]


def test_a_settlement_after_the_day_leaves_the_case_open_on_that_day() -> None:
    ledger = """case_id | overdue_amount | due_date   | settled_on | case_status
                A       | 100            | 2013-05-01 | 2013-07-05 | 已结清
                B       | 100            | 2013-05-01 | 2013-06-30 |
                C       | 0              | 2013-05-01 |            | """
    table, _ = of(ledger, data_as_of=None, today=date(2013, 6, 30))
    assert shown(table, "settled", "open_amount") == ["False | 10000", "True | 0", "True | 0"]


def test_an_unknown_amount_is_made_of_its_components_or_stays_unknown() -> None:
    table, problems = of(
        """case_id | overdue_amount | principal | interest | due_date
           A       |                | 100       | 1.50     | 2026-10-01
           B       |                |           | 1.50     | 2026-10-01"""
    )
    assert shown(table, "open_amount", "settled") == ["10150 | False", " | False"]
    assert problems == {"overdue-unknown": 1}


def test_instalments_under_one_number_are_served_by_due_date_and_no_copy_of_a_paid_case_is_called() -> None:
    table, _ = of(
        """case_id | overdue_amount | due_date
           A       | 100            | 2026-10-01
           A       | 100            | 2026-09-01
           B       | 100            | 2026-10-01
           B       | 100            | 2026-10-01
           C       | 100            | 2026-10-01""",
        "case_id | paid_on | amount\nA | 2026-11-21 | 50\nB | 2026-11-21 | 100\nC | 2026-11-21 | 5",
    )
    assert shown(table, "open_amount", "balance_state") == ["10000 | ", "5000 | ", "0 | paid", "10000 | unconfirmed", "9500 | "]


def test_a_receipt_that_cannot_be_read_whole_is_a_doubt_and_nobody_is_called() -> None:
    table, _ = of(
        "case_id | overdue_amount | due_date\nA | 100 | 2026-10-01\nB | 100 | 2026-10-01\nC | 100 | 2026-10-01\nD | 100 | 2026-10-01",
        """case_id | paid_on    | amount | pay_channel
           A       |            | 100    | 微信
           B       | 2026-11-22 |        | 微信
           C       |            | 40     | 微信
           D       |            |        | 微信""",
    )
    assert shown(table, "open_amount", "balance_state") == ["10000 | unconfirmed", "10000 | unconfirmed", "10000 | ", "10000 | "]


def test_a_receipt_for_several_cases_or_for_one_of_several_that_read_the_same_leaves_all_of_them_alone() -> None:
    table, problems = of(
        "case_id | overdue_amount | due_date\n"
        "A-1 | 100 | 2026-10-01\nA-2 | 100 | 2026-10-01\nB-1 | 100 | 2026-10-01\nB-01 | 100 | 2026-10-01\nC | 100 | 2026-10-01",
        "case_id | paid_on | amount\nA-1、A-2 | 2026-11-22 | 200\nb1 | 2026-11-22 | 100",
    )
    assert table["balance_state"].tolist() == ["unconfirmed"] * 4 + [""]
    assert problems == {"receipt-unconfirmed": 4, "receipt-without-case": 2}


def test_written_off_by_the_word_of_the_status_is_kept_apart() -> None:
    ledger = "case_id | overdue_amount | due_date | case_status\n" + "\n".join(
        f"{n} | 100 | 2026-10-01 | {word}" for n, word in enumerate(("已核销", "核销", "未核销", "待核销", "逾期"))
    )
    assert of(ledger)[0]["bucket"].tolist() == ["已核销", "已核销", "M2", "M2", "M2"]


def test_days_past_due_that_a_formula_counts_do_not_make_the_amounts_fresh() -> None:
    ledger = cases("case_id | overdue_amount | due_date\nA | 100 | 2026-10-01\nB | 100 | 2026-10-01\nC | 100 | 2026-10-01")
    paid = receipts("case_id | paid_on | amount\nA | 2026-11-22 | 100\nB | 2026-11-10 | 100\nC | 2026-11-22 | 30")
    for counted, states in ((True, ["unconfirmed", "", ""]), (False, ["", "", ""])):
        tables = Tables(cases=ledger, receipts=paid, data_as_of=MONDAY, as_of_counted=counted)
        assert balances.as_of(tables, Rules(), MONDAY)[0]["balance_state"].tolist() == states


def test_what_accrued_and_was_waived_after_the_ledgers_day_changes_what_is_stated() -> None:
    adjusted = table(
        """
        case_id | adjusted_on | adjust_kind | adjusted_cost | adjusted_penalty
        A       | 2026-11-20  | 计提        | 30            |
        A       | 2026-11-21  | 减免        |               | 20
        A       | 2026-11-10  | 计提        | 500           |
        A       | 2026-11-24  | 计提        | 500           |
        B       | 2026-11-20  | 减免        |               | 999
        """,
        c.ADJUSTMENT_COLUMNS,
    )
    ledger = cases("case_id | overdue_amount | due_date \n A | 100 | 2026-09-01 \n B | 50 | 2026-09-01")
    made, _ = balances.as_of(Tables(cases=ledger, adjustments=adjusted, data_as_of=date(2026, 11, 15)), Rules(), MONDAY)
    assert shown(made, "open_amount", "settled") == ["11000 | False", "0 | True"]
