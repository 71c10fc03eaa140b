"""Each way of laying out a sheet, with its truth."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.sheets import mess
from tests.sheets.reading import assert_true, read, told, values


def test_a_tidy_ledger_has_nothing_to_say() -> None:
    ledger = mess.plain()
    book = read(ledger)
    assert book.problems == []
    assert_true(book, ledger)


def test_the_header_is_found_under_a_merged_title_and_the_day_of_the_data_is_read() -> None:
    ledger = mess.titled(mess.plain())
    book = read(ledger, as_of=None)
    assert book.tables.data_as_of == dt.date(2026, 11, 23)
    assert book.sources["cases"][0].header_row == 4
    assert_true(book, ledger)


@pytest.mark.parametrize(
    "line", [["数据日期", dt.datetime(2026, 11, 23)], ["截至2026年11月23日"], ["数据截止：", "20261123"], ["2026年11月23日逾期台账"]]
)
def test_the_day_of_the_data_is_found_in_the_lines_above(line: list[object]) -> None:
    ledger = dataclasses.replace(mess.without(mess.plain(), "days_past_due"), above=[line])
    book = read(ledger, as_of=None)
    assert book.tables.data_as_of == dt.date(2026, 11, 23)
    assert_true(book, ledger)


@pytest.mark.parametrize(
    "line", ["金额以元，日期如 2026-10-05。", "日期格式：2026-10-05", "e.g. 2026-10-05", "date such as 2026-10-05", "例如：2026年10月5日"]
)
def test_a_date_that_shows_how_to_type_dates_is_not_the_day_of_the_data(line: str) -> None:
    ledger = dataclasses.replace(mess.without(mess.plain(), "days_past_due"), above=[[line]])
    assert read(ledger, as_of=None).tables.data_as_of is None


def test_a_header_below_row_twenty_is_found() -> None:
    ledger = mess.deep(mess.plain())
    assert_true(read(ledger), ledger)


@pytest.mark.parametrize("merged", [True, False])
def test_two_level_headers_are_read_merged_or_not(merged: bool) -> None:
    ledger = mess.two_levels(mess.plain(), merged=merged)
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_two_level_headers_under_a_title_are_read() -> None:
    titled = mess.titled(mess.plain())
    two = mess.two_levels(titled)
    ledger = dataclasses.replace(two, merged=(*titled.merged, *two.merged))
    assert_true(read(ledger), ledger)


def test_a_contact_persons_phone_is_not_the_debtors() -> None:
    ledger = mess.without(mess.plain(), "note", "address")
    upper = [*[None] * 3, "客户", *[None] * 7, None, "紧急联系人"]
    lower = [*list(ledger.headers.values())[:12], "电话"]
    ledger = dataclasses.replace(ledger, headers={**ledger.headers}, header_rows=[upper, lower])
    ledger = mess.rewritten(ledger, "owner", [lambda _: "020-87654321"])
    truth = [{**t, "owner": "", "phone2": "02087654321"} for t in ledger.truth]
    assert_true(read(ledger), dataclasses.replace(ledger, truth=truth), without=("note", "address"))


def test_subtotals_totals_blank_lines_and_notes_are_no_cases() -> None:
    ledger = mess.subtotals(mess.plain())
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


@pytest.mark.parametrize(
    "words", [("小 计", "广州分行小计", "总 计"), ("Subtotal", "王丽 小计：", "Grand Total"), ("本页合计", "累计", "合计（元）")]
)
def test_totals_are_known_by_many_words(words: tuple[str, str, str]) -> None:
    ledger = mess.subtotals(mess.plain(), words)
    assert_true(read(ledger), ledger)


def test_a_sum_without_a_word_is_a_total() -> None:
    ledger = mess.silent_totals(mess.plain())
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_a_header_printed_on_every_page_is_no_case() -> None:
    ledger = mess.paged(mess.titled(mess.plain()))
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_a_row_without_identity_is_kept_with_its_date_and_reported() -> None:
    ledger = mess.plain()
    for column in ("case_id", "customer", "id_number", "phone"):
        ledger.rows[4][column], ledger.truth[4][column] = None, ""
    book = read(ledger)
    assert told(book) == {"row-unidentified": 1, "case-id-made": 1}
    assert_true(book, ledger, without=["case_id"])


def test_a_lone_amount_that_is_no_sum_is_left_out_and_reported() -> None:
    ledger = dataclasses.replace(mess.plain(), below=[[None] * 9 + [12345.67]])
    book = read(ledger)
    assert [(p.code, p.cell) for p in book.problems] == [("row-left-out", "A26")]
    assert_true(book, ledger)


def test_vertically_merged_customers_are_repeated_on_every_row() -> None:
    ledger = mess.plain()
    truth = [dict(t) for t in ledger.truth]
    for column in ("customer", "id_number", "phone"):
        truth[3][column] = truth[2][column]
        ledger.rows[3][column] = None
    ledger = dataclasses.replace(ledger, truth=truth, merged=tuple((4, j, 5, j) for j in (2, 3, 4)))
    assert_true(read(ledger), ledger)


def test_repeated_cases_are_counted_once_and_shown_both() -> None:
    ledger = mess.plain()
    other = {**ledger.rows[3], "note": "另一行"}
    ledger = dataclasses.replace(
        ledger,
        rows=[*ledger.rows, dict(ledger.rows[1]), other],
        truth=[*ledger.truth, dict(ledger.truth[1]), {**ledger.truth[3], "note": "另一行"}],
    )
    book = read(ledger)
    assert [(p.code, p.cell, p.values["first_row"]) for p in book.problems] == [
        ("case-duplicate-whole", "A26", 3),
        ("case-duplicate", "A27", 5),
    ]
    assert len(book.tables.cases) == 24
    assert_true(book, ledger)


def test_without_case_numbers_the_row_stands_in_and_it_is_said() -> None:
    ledger = mess.without(mess.plain(), "case_id")
    book = read(ledger)
    assert told(book) == {"case-id-made": 1}
    assert book.tables.cases["case_id"].iloc[0] == "第2行"
    assert_true(book, ledger, without=["case_id"])


def test_a_ledger_split_over_sheets_is_joined_and_a_copy_is_left_out() -> None:
    whole = mess.plain(count=20)
    one = dataclasses.replace(whole, rows=whole.rows[:12], truth=whole.truth[:12], sheet="广州分行")
    two = dataclasses.replace(whole, rows=whole.rows[12:], truth=whole.truth[12:], sheet="深圳分行")
    copy = dataclasses.replace(mess.without(one, "note"), sheet="筛选结果")
    book = read(copy, one, two)
    assert sorted(book.tables.cases["case_id"]) == [t["case_id"] for t in whole.truth]
    assert [s.sheet for s in book.sources["cases"]] == ["广州分行", "深圳分行"]
    assert told(book) == {"sheet-copy": 1}


def test_printed_days_that_differ_are_reported_and_the_computed_ones_used() -> None:
    ledger = mess.plain()
    ledger.rows[6]["days_past_due"] += 30
    book = read(ledger)
    [problem] = book.problems
    assert (problem.code, problem.cell, problem.values["computed"]) == ("dpd-differs", "L8", ledger.truth[6]["days_past_due"])
    assert_true(book, ledger)


def test_days_printed_for_an_earlier_day_are_said_once_and_computed_anew() -> None:
    ledger = mess.plain()
    book = read(ledger, as_of=dt.date(2026, 11, 30))
    assert told(book) == {"printed-days-of": 1}
    assert [v["days_past_due"] for v in values(book, ["days_past_due"])] == [t["days_past_due"] + 7 for t in ledger.truth]


def test_without_an_overdue_column_what_is_taken_for_it_is_said() -> None:
    ledger = mess.without(mess.plain(), "overdue_amount")
    book = read(ledger)
    assert told(book) == {"overdue-taken": 1}
    assert_true(book, ledger)


def test_settled_cases_stay_with_nothing_overdue() -> None:
    ledger = mess.renamed(mess.plain(), note="结清日期")
    ledger = mess.rewritten(ledger, "note", [lambda _: None, lambda _: dt.datetime(2026, 11, 20), lambda _: dt.datetime(2026, 12, 1)])
    book = read(ledger)
    got = values(book, ["overdue_amount", "days_past_due", "case_status", "settled_on"])
    assert got[1] == {"overdue_amount": 0, "days_past_due": 0, "case_status": "已结清", "settled_on": "2026-11-20"}
    assert got[2]["overdue_amount"] == ledger.truth[2]["overdue_amount"]
    assert (got[2]["case_status"], got[2]["settled_on"]) == ("", "")
    assert told(book)["settled-later"] == 1


def test_no_ledger_at_all_is_said() -> None:
    ledger = dataclasses.replace(mess.plain(), headers={"product": "产品", "note": "笔数"}, sheet="统计图")
    book = read(ledger)
    assert [p.code for p in book.problems] == ["no-case-sheet"]
    assert len(book.tables.cases) == 0
