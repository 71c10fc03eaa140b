"""How a receipt is split: by the order that binds, in the order of the dates, back again when it is taken back."""

from __future__ import annotations

from datetime import date

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.account_rules import INTEREST, ORDERS, PENALTY, PRINCIPAL, AllocationRules, PaymentOrder
from macros_py.domain.allocation import allocate, balances
from macros_py.domain.kinds import Column, Kind
from macros_py.domain.payment_order import shares
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, codes, shown, table

MORE = (*c.RECEIPT_COLUMNS, Column("customer_key", Kind.TEXT, "", ""), Column("reverses", Kind.ID, "", ""))
CASES = (*c.CASE_COLUMNS, Column("customer_key", Kind.TEXT, "", ""))
SPLIT = ("case_id", "paid_on", "kind", "cost_fen", "penalty_fen", "interest_fen", "principal_fen", "credit_fen", "order_id")


def split(tables: Tables, rules: Rules | None = None) -> list[str]:
    made, _ = allocate(tables, rules or Rules(), MONDAY)
    return shown(made, *SPLIT)


def receipts(text: str) -> pd.DataFrame:
    return table(text, MORE)


LOAN = """
    case_id | product | due_date   | fees | penalty | interest | principal
    A1      | 消费贷  | 2026-08-01 | 50   | 30      | 20       | 1000
"""


def test_a_receipt_pays_costs_then_penalty_then_interest_then_principal() -> None:
    paid = receipts("receipt_id | case_id | paid_on | amount \n R1 | A1 | 2026-11-20 | 90 \n R2 | A1 | 2026-11-21 | 60")
    assert split(Tables(cases=cases(LOAN), receipts=paid)) == [
        "A1 | 2026-11-20 | receipt | 5000 | 3000 | 1000 | 0 | 0 | civil_561",
        "A1 | 2026-11-21 | receipt | 0 | 0 | 1000 | 5000 | 0 | civil_561",
    ]


def test_a_credit_card_pays_interest_and_fees_first_up_to_day_90_and_principal_first_from_day_91() -> None:
    card = LOAN.replace("消费贷", "信用卡").replace("2026-08-01", "2026-08-20")
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-18 | 60 \n A1 | 2026-11-19 | 60")
    assert split(Tables(cases=cases(card), receipts=paid)) == [
        "A1 | 2026-11-18 | receipt | 5000 | 1000 | 0 | 0 | 0 | card_90",
        "A1 | 2026-11-19 | receipt | 0 | 0 | 0 | 6000 | 0 | card_91",
    ]


def test_the_order_of_a_contract_binds_before_that_of_its_client_and_of_the_law() -> None:
    def row(number: str, applies_to: str, first: str) -> PaymentOrder:
        return PaymentOrder(number, "", applies_to, None, None, (first, *(p for p in ORDERS[0].order if p != first)))

    own = AllocationRules((*ORDERS, row("client", "某银行", INTEREST), row("contract", "A1、A9", PRINCIPAL)))
    book = cases(
        "case_id | client | principal | interest | fees \n A1 | 某银行 | 100 | 10 | 10 \n A2 | 某银行 | 100 | 10 | 10 \n A3 | | 100 | 10 | 10"
    )
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-20 | 5 \n A2 | 2026-11-20 | 5 \n A3 | 2026-11-20 | 5")
    made, _ = allocate(Tables(cases=book, receipts=paid), Rules(allocation=own), MONDAY)
    assert shown(made, "case_id", "principal_fen", "interest_fen", "cost_fen", "order_id") == [
        "A1 | 500 | 0 | 0 | contract",
        "A2 | 0 | 500 | 0 | client",
        "A3 | 0 | 0 | 500 | civil_561",
    ]


def test_an_order_binds_on_the_days_on_which_it_is_in_force() -> None:
    penalty_last = (ORDERS[0].order[0], INTEREST, PRINCIPAL, PENALTY)
    rows = (*ORDERS, PaymentOrder("trial", "", "全部", None, None, penalty_last, date(2026, 11, 1), date(2026, 11, 20)))
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-10-31 | 60 \n A1 | 2026-11-20 | 30 \n A1 | 2026-11-21 | 25")
    assert split(Tables(cases=cases(LOAN), receipts=paid), Rules(allocation=AllocationRules(rows))) == [
        "A1 | 2026-10-31 | receipt | 5000 | 1000 | 0 | 0 | 0 | civil_561",
        "A1 | 2026-11-20 | receipt | 0 | 0 | 2000 | 1000 | 0 | trial",
        "A1 | 2026-11-21 | receipt | 0 | 2000 | 0 | 500 | 0 | civil_561",
    ]


def test_what_is_paid_beyond_the_debt_is_credit_and_pays_what_accrues_later() -> None:
    paid = receipts("receipt_id | case_id | paid_on | amount \n R1 | A1 | 2026-11-10 | 1200")
    accrued = table("case_id | adjusted_on | adjust_kind | adjusted_cost \n A1 | 2026-11-12 | 计提 | 30", c.ADJUSTMENT_COLUMNS)
    tables = Tables(cases=cases(LOAN), receipts=paid, adjustments=accrued)
    assert split(tables) == [
        "A1 | 2026-11-10 | receipt | 5000 | 3000 | 2000 | 100000 | 10000 | civil_561",
        "A1 | 2026-11-12 | credit_used | 3000 | 0 | 0 | 0 | -3000 | civil_561",
    ]
    state, _ = balances(tables, Rules(), MONDAY)
    assert shown(state, "opening_cost_fen", "accrued_cost_fen", "paid_cost_fen", "closing_cost_fen", "credit_fen") == [
        "5000 | 3000 | 8000 | 0 | 7000"
    ]


def test_a_reversal_gives_back_exactly_what_its_receipt_took_and_no_other() -> None:
    paid = receipts("""
        receipt_id | case_id | paid_on    | amount | reverses
        R1         | A1      | 2026-11-10 | 60     |
        R2         | A1      | 2026-11-11 | 60     |
        R3         | A1      | 2026-11-12 | -60    | R1
    """)
    assert split(Tables(cases=cases(LOAN), receipts=paid))[1:] == [
        "A1 | 2026-11-11 | receipt | 0 | 2000 | 2000 | 2000 | 0 | civil_561",
        "A1 | 2026-11-12 | reversal | -5000 | -1000 | 0 | 0 | 0 | ",
    ]


def test_a_reversal_that_names_none_takes_back_the_latest_whole_receipt_of_its_amount() -> None:
    paid = receipts("""
        receipt_id | case_id | paid_on    | amount | pay_channel
        R1         | A1      | 2026-11-10 | 60     | 银行
        R2         | A1      | 2026-11-11 | 30     | 银行
        R3         | A1      | 2026-11-12 | 60     | 冲正
    """)
    made, _ = allocate(Tables(cases=cases(LOAN), receipts=paid), Rules(), MONDAY)
    assert shown(made.tail(1), "kind", "cost_fen", "penalty_fen", "why", "why_en") == ["reversal | -5000 | -1000 | 冲回 R1 | takes back R1"]


def test_a_refund_of_another_amount_takes_credit_first_and_then_what_was_posted_last() -> None:
    book = cases("case_id | fees | principal \n A1 | 10 | 20")
    paid = receipts("case_id | paid_on | amount | pay_channel \n A1 | 2026-11-10 | 50 | \n A1 | 2026-11-12 | -25 | 退款")
    assert split(Tables(cases=book, receipts=paid)) == [
        "A1 | 2026-11-10 | receipt | 1000 | 0 | 0 | 2000 | 2000 | civil_561",
        "A1 | 2026-11-12 | reversal | 0 | 0 | 0 | -500 | -2000 | ",
    ]


def test_more_given_back_than_was_received_is_said_and_stands_as_negative_credit() -> None:
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-10 | 10 \n A1 | 2026-11-12 | -25")
    made, problems = allocate(Tables(cases=cases(LOAN), receipts=paid), Rules(), MONDAY)
    assert (int(made["credit_fen"].sum()), codes(problems)) == (-1500, {"reversal-beyond": 1})


def test_a_back_dated_receipt_is_replayed_on_its_own_day() -> None:
    late = "A1 | 2026-11-01 | 50"
    paid = receipts(f"case_id | paid_on | amount \n A1 | 2026-11-10 | 30 \n {late}")
    assert [line.split(" | ")[1:5] for line in split(Tables(cases=cases(LOAN), receipts=paid))] == [
        ["2026-11-01", "receipt", "5000", "0"],
        ["2026-11-10", "receipt", "0", "3000"],
    ]


def test_a_waiver_takes_penalty_first_and_is_no_receipt() -> None:
    paid = receipts("case_id | paid_on | amount | pay_channel \n A1 | 2026-11-10 | 40 | 减免")
    tables = Tables(cases=cases(LOAN), receipts=paid)
    assert split(tables) == ["A1 | 2026-11-10 | waiver | 0 | 3000 | 1000 | 0 | 0 | "]
    state, _ = balances(tables, Rules(), MONDAY)
    assert shown(state, "waived_penalty_fen", "waived_interest_fen", "paid_penalty_fen") == ["3000 | 1000 | 0"]


def test_instalments_of_one_contract_are_paid_by_their_due_dates() -> None:
    book = cases("case_id | due_date | fees | principal \n A1 | 2026-10-01 | 5 | 100 \n A1 | 2026-09-01 | 5 | 100")
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-10 | 106")
    assert split(Tables(cases=book, receipts=paid)) == ["A1 | 2026-11-10 | receipt | 600 | 0 | 0 | 10000 | 0 | civil_561"]


def test_without_the_debtors_choice_due_debts_come_first_then_unsecured_then_heavier_then_earlier_ones() -> None:
    book = table(
        """
        case_id | customer_key | product  | due_date   | interest | principal
        LATER   | K            | 消费贷   | 2026-12-01 | 90       | 100
        HOUSE   | K            | 抵押贷款 | 2026-05-01 | 90       | 100
        LIGHT   | K            | 消费贷   | 2026-01-01 | 0        | 100
        HEAVY   | K            | 消费贷   | 2026-09-01 | 20       | 100
        """,
        CASES,
    )
    paid = receipts("receipt_id | customer_key | paid_on | amount \n R1 | K | 2026-11-10 | 420.01")
    made, _ = allocate(Tables(cases=book, receipts=paid), Rules(), MONDAY)
    assert shown(made, "case_id", "interest_fen", "principal_fen") == [
        "HEAVY | 2000 | 10000",
        "LIGHT | 0 | 10000",
        "HOUSE | 9000 | 10000",
        "LATER | 1001 | 0",
    ]


def test_debts_equal_in_everything_share_pro_rata_to_the_fen() -> None:
    book = table(
        "case_id | customer_key | due_date | principal \n A | K | 2026-09-01 | 200 \n B | K | 2026-09-01 | 100 \n C | K | 2026-09-01 | 100",
        CASES,
    )
    paid = receipts("customer_key | paid_on | amount \n K | 2026-11-10 | 0.03 \n K | 2026-11-11 | 499.97")
    made, _ = allocate(Tables(cases=book, receipts=paid), Rules(), MONDAY)
    assert shown(made, "case_id", "principal_fen", "credit_fen") == [
        "A | 1 | 0", "B | 1 | 0", "C | 1 | 0", "A | 19999 | 0", "B | 9999 | 0", "C | 9999 | 0", "A | 0 | 10000",
    ]  # fmt: skip


def test_shares_never_exceed_their_debt_and_sum_to_the_amount() -> None:
    assert shares(10, [3, 3, 3]) == [3, 3, 3]
    assert shares(8, [3, 3, 3]) == [3, 3, 2]


def test_what_the_ledger_counts_already_is_not_posted_again() -> None:
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-22 | 10 \n A1 | 2026-11-23 | 10")
    tables = Tables(cases=cases(LOAN), receipts=paid, data_as_of=date(2026, 11, 22))
    made, problems = allocate(tables, Rules(), MONDAY)
    assert (shown(made, "paid_on"), codes(problems)) == (["2026-11-23"], {"receipts-counted": 1})
    assert len(split(tables, Rules(allocation=AllocationRules(ledger_counts=False)))) == 2
    assert len(split(tables.having(as_of_counted=True))) == 2, "a formula's day says nothing of the amounts"


def test_the_amount_that_is_demanded_stands_and_principal_that_is_not_yet_due_is_not_paid() -> None:
    book = cases("case_id | overdue_amount | interest | principal \n A1 | 120 | 20 | 5000")
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-20 | 150")
    assert split(Tables(cases=book, receipts=paid)) == ["A1 | 2026-11-20 | receipt | 0 | 0 | 2000 | 10000 | 3000 | civil_561"]


def test_one_amount_without_components_is_taken_for_principal_and_said() -> None:
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-20 | 50 \n A2 | 2026-11-20 | 50")
    made, problems = allocate(Tables(cases=cases("case_id | overdue_amount \n A1 | 120 \n A2 |"), receipts=paid), Rules(), MONDAY)
    assert shown(made, "case_id", "principal_fen", "credit_fen") == ["A1 | 5000 | 0", "A2 | 0 | 5000"]
    assert codes(problems) == {"allocation-unsplit": 1, "allocation-unknown": 1}


def test_receipts_without_day_or_case_write_offs_and_those_of_tomorrow_are_not_posted() -> None:
    paid = receipts("""
        case_id | paid_on    | amount | pay_channel
        A1      |            | 10     |
        A9      | 2026-11-20 | 10     |
        A1      | 2026-11-20 | 10     | 核销
        A1      | 2026-11-24 | 10     |
    """)
    made, problems = allocate(Tables(cases=cases(LOAN), receipts=paid), Rules(), MONDAY)
    assert (len(made), codes(problems)) == (0, {"receipt-undated": 1})
