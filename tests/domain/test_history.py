"""What the contact log says of each case."""

from __future__ import annotations

from datetime import date

from macros_py.domain import history
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, contacts, shown


def of(log: str, today: date = MONDAY):
    ledger = cases("case_id | phone\nA | 13800000001\nB | 13800000001\nC | 13800000002")
    tables = Tables(cases=ledger.assign(customer_key=["K1", "K1", "K2"]), contacts=contacts(log))
    return history.of(tables, Rules(), today)[0]


def test_a_third_party_answering_is_not_an_effective_contact() -> None:
    table = of(
        """case_id | contacted_at     | channel | relation | outcome
           A       | 2026-11-10 09:00 | 电话    | 本人     | 本人接通
           A       | 2026-11-20 09:00 | 电话    | 家属     | 第三方接通
           C       | 2026-11-20 09:00 | 电话    | 本人     | 无人接听"""
    )
    assert shown(table, "last_contact", "last_result", "last_effective", "days_since_effective", "reach_rate") == [
        "2026-11-20 | 第三方接通 | 2026-11-10 | 13 | 0.5",
        " |  | 2026-11-10 | 13 | ",  # another case of the same debtor
        "2026-11-20 | 无人接听 |  |  | 0.0",
    ]


def test_calls_of_today_count_by_number_and_talks_by_customer() -> None:
    table = of(
        """case_id | contacted_at     | channel | number      | outcome
           A       | 2026-11-23 09:00 | 电话    | 13800000001 | 无人接听
           A       | 2026-11-23 09:30 | 电话    | 13800000001 | 本人接通
           B       | 2026-11-23 10:00 | 电话    |             | 本人接通
           B       | 2026-11-23 11:00 | 短信    | 13800000001 | 已发送
           C       | 2026-11-22 10:00 | 电话    | 13800000002 | 本人接通"""
    )
    assert shown(table, "dialled_today", "effective_today") == ["3 | 2", "3 | 2", "0 | 0"]


def test_words_typed_into_the_note_count_where_the_outcome_is_empty() -> None:
    table = of(
        """case_id | contacted_at     | channel | outcome | note
           A       | 2026-11-20 09:00 | 电话    |         | 本人接通，承诺周五还
           C       | 2026-11-20 09:00 | 电话    | -       | 空号"""
    )
    assert shown(table, "days_since_effective") == ["3", "3", ""]


def test_a_number_is_bad_when_its_latest_call_found_it_invalid() -> None:
    log = """case_id | contacted_at     | channel | number      | outcome
             A       | 2026-11-20 09:00 | 电话    | 13800000001 | 号码无效
             C       | 2026-11-19 09:00 | 电话    | 13800000002 | 空号
             C       | 2026-11-20 09:00 | 电话    | 13800000002 | 本人接通"""
    assert of(log)["number_bad"].tolist() == [True, True, False]


def test_a_log_without_numbers_speaks_of_the_ledgers_number() -> None:
    log = """case_id | contacted_at     | channel | relation | outcome
             A       | 2026-11-20 09:00 | 电话    | 本人     | 号码无效
             C       | 2026-11-19 09:00 | 电话    |          | 空号
             C       | 2026-11-20 09:00 | 电话    | 家属     | 第三方接通"""
    assert of(log)["number_bad"].tolist() == [True, True, True]  # relatives have a number of their own
    assert not of(log + "\nB | 2026-11-21 09:00 | 电话 | 本人 | 无人接听\nC | 2026-11-21 09:00 | 电话 | | 本人接通")["number_bad"].any()


def test_misses_are_counted_since_the_debtor_was_last_reached() -> None:
    table = of(
        """case_id | contacted_at     | channel | outcome
           A       | 2026-11-10 09:00 | 电话    | 无人接听
           A       | 2026-11-11 09:00 | 电话    | 本人接通
           A       | 2026-11-12 09:00 | 电话    | 关机
           A       | 2026-11-13 09:00 | 电话    | 拒接"""
    )
    assert table["misses_in_a_row"].tolist() == [2, 0, 0]


def test_the_latest_entry_decides_about_the_callback_and_the_debtors_own_word_about_refusal() -> None:
    table = of(
        """case_id | contacted_at     | channel | outcome  | callback_on | relation
           A       | 2026-11-10 09:00 | 电话    | 拒绝还款 |             | 本人
           A       | 2026-11-11 09:00 | 电话    | 无人接听 |             |
           C       | 2026-11-10 09:00 | 电话    | 困难     | 2026-11-24  | 本人"""
    )
    assert shown(table, "refuses", "hardship_said", "callback") == ["True | False | ", "False | False | ", "False | True | 2026-11-24"]


def test_a_past_day_sees_nothing_of_what_came_later() -> None:
    table = of("case_id | contacted_at | channel | outcome\nA | 2026-11-23 09:00 | 电话 | 本人接通", date(2026, 11, 22))
    assert table["attempts"].tolist() == [0, 0, 0]


def test_rows_with_one_case_number_share_its_log() -> None:
    tables = Tables(cases=cases("case_id\nA\nA"), contacts=contacts("case_id | contacted_at | outcome\nA | 2026-11-20 09:00 | 本人接通"))
    assert history.of(tables, Rules(), MONDAY)[0]["last_result"].tolist() == ["本人接通", "本人接通"]
