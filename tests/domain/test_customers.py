"""归户: which cases are one debtor."""

from __future__ import annotations

from macros_py.domain import balances, customers
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, codes, shown


def gathered(text: str):
    table, problems = customers.gather(Tables(cases=cases(text)), Rules(), MONDAY)
    return table, codes(problems)


def groups(table) -> list[str]:
    return ["".join(rows["case_id"]) for _, rows in table.groupby("customer_key", sort=False)]


def test_the_customer_number_comes_first_then_the_identity_number() -> None:
    table, _ = gathered(
        """case_id | customer_id | id_number          | customer | phone
           A       | K1          | 440106199902125969 | 陶英     | 13083016613
           B       | K1          |                    | 陶英     |
           C       |             | 440106199902125969 | 陶 英    |
           D       |             | 440106196804025709 | 赵春辉   | 13246281948"""
    )
    assert groups(table) == ["ABC", "D"]
    assert table["customer_key"][0] == "K1"


def test_no_identity_number_shows_in_a_key() -> None:
    table, _ = gathered("case_id | id_number\nA | 440106199902125969")
    assert "440106" not in table["customer_key"][0]


def test_an_old_15_digit_number_is_the_same_person() -> None:
    table, _ = gathered(
        """case_id | id_number          | customer
           A       | 440106800401570    | 赵辉
           B       | 440106198004015709 | 赵辉"""
    )
    assert groups(table) == ["AB"]


def test_name_and_phone_gather_only_for_confirmation() -> None:
    table, problems = gathered(
        """case_id | customer | phone
           A       | 林玲     | 13018955597
           B       | 林玲     | 13018955597
           C       | 林玲     | 13500000000
           D       |          | 13018955597"""
    )
    assert groups(table) == ["AB", "C", "D"]
    assert problems == {"customer-by-name": 2}


def test_a_placeholder_identity_number_gathers_nobody() -> None:
    table, problems = gathered(
        """case_id | id_number          | customer
           A       | 111111111111111111 | 陶英
           B       | 111111111111111111 | 赵辉
           C       | 440106196804025709 | 林玲
           D       | 440106196804025709 | 史梅"""
    )
    assert groups(table) == ["A", "B", "C", "D"]
    assert problems == {"id-number-shared": 2}


def test_one_row_per_customer_adds_the_open_amounts_and_names_the_owner_of_most() -> None:
    tables = Tables(
        cases=cases(
            """case_id | customer_id | customer | overdue_amount | due_date   | owner
               A       | K1          | 陶英     | 100            | 2026-11-01 | 甲
               B       | K1          | 陶英     | 300            | 2026-10-01 | 乙
               C       | K2          | 赵辉     | 0              | 2026-10-01 | 丙"""
        )
    )
    for rule in (customers.gather, balances.as_of):
        tables = tables.having(cases=rule(tables, Rules(), MONDAY)[0])
    table, _ = customers.customers(tables, Rules(), MONDAY)
    assert shown(table, "customer_key", "case_ids", "overdue_amount", "days_past_due", "owner") == [
        "K1 | A、B | 40000 | 53 | 乙",
        "K2 | C | 0 | 0 | 丙",
    ]


def test_an_empty_ledger_has_no_customers() -> None:
    table, problems = gathered("case_id | customer")
    assert list(table["customer_key"]) == []
    assert problems == {}
