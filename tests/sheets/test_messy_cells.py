"""Each way of writing a value, with its truth."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest

from macros_py.hosts.host import UNCACHED, CellError
from macros_py.sheets import cells, dates
from tests.sheets import mess
from tests.sheets.reading import assert_true, read, told, values


@pytest.mark.parametrize("form", mess.AMOUNT_FORMS)
def test_amounts_are_read_to_the_fen_however_they_are_written(form: str) -> None:
    ledger = mess.plain()
    for column in mess.MONEY:
        ledger = mess.rewritten(ledger, column, [mess.AMOUNT_FORMS[form]])
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_amounts_in_all_forms_in_one_column_are_read() -> None:
    ledger = mess.rewritten(mess.plain(), "overdue_amount", list(mess.AMOUNT_FORMS.values()))
    assert_true(read(ledger), ledger)


def test_european_amounts_are_read_where_the_column_proves_the_comma() -> None:
    def european(fen: int) -> str:
        return f"{fen / 100:,.2f}".translate(str.maketrans(",.", ".,"))

    ledger = mess.rewritten(mess.plain(), "principal", [european])
    assert_true(read(ledger), ledger)


@pytest.mark.parametrize("header", ["逾期金额（万元）", "逾期金额(单位：万元)", "逾期金额/万元"])
def test_a_unit_in_the_header_scales_numbers_but_not_text_with_a_unit_of_its_own(header: str) -> None:
    ledger = mess.renamed(mess.plain(), overdue_amount=header)
    ledger = mess.rewritten(ledger, "overdue_amount", [lambda f: f / 1_000_000, lambda f: f"{f / 100:.2f}元"])
    assert_true(read(ledger), ledger)


def test_a_unit_in_the_title_scales_every_amount() -> None:
    ledger = mess.titled(mess.plain())
    ledger.above[1][3] = "单位：万元"
    for column in mess.MONEY:
        ledger = mess.rewritten(ledger, column, [lambda f: f / 1_000_000])
    assert_true(read(ledger), ledger)


@pytest.mark.parametrize("form", mess.DATE_FORMS)
def test_dates_are_read_however_they_are_written(form: str) -> None:
    ledger = mess.rewritten(mess.plain(), "due_date", [mess.DATE_FORMS[form]])
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_dates_in_all_forms_in_one_column_are_read() -> None:
    ledger = mess.rewritten(mess.plain(), "due_date", list(mess.DATE_FORMS.values()))
    assert_true(read(ledger), ledger)


def test_serials_of_a_1904_workbook_count_from_1904() -> None:
    forms = [lambda d: mess.serial(dt.date.fromisoformat(d), date1904=True), lambda d: str(mess.serial(dt.date.fromisoformat(d), True))]
    ledger = dataclasses.replace(mess.rewritten(mess.plain(), "due_date", forms), date1904=True)
    assert_true(read(ledger), ledger)


@pytest.mark.parametrize("pattern", ["%d/%m/%Y", "%m/%d/%Y"])
def test_the_order_of_day_and_month_is_decided_by_the_values_that_prove_it(pattern: str) -> None:
    ledger = mess.rewritten(mess.plain(), "due_date", [lambda d: dt.date.fromisoformat(d).strftime(pattern)])
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_dates_whose_order_nothing_proves_are_left_unknown_and_reported() -> None:
    ledger = mess.without(mess.plain(count=6), "days_past_due")
    ledger = mess.rewritten(ledger, "due_date", [lambda d: "03/05/2026", lambda d: "04/01/2026"])
    book = read(ledger)
    assert told(book)["date-ambiguous"] == 6
    assert book.tables.cases["due_date"].isna().all()


def test_a_month_without_a_day_is_unknown_and_said() -> None:
    ledger = mess.plain(count=8)
    ledger.rows[2]["due_date"] = "2026年3月"
    ledger.rows[2]["days_past_due"] = None
    book = read(ledger)
    assert [(p.code, p.cell) for p in book.problems] == [("date-month-only", "K4")]
    assert values(book, ["due_date"])[2] == {"due_date": ""}


@pytest.mark.parametrize("form", mess.PHONE_FORMS)
def test_phones_are_read_however_they_are_written(form: str) -> None:
    ledger = mess.rewritten(mess.plain(), "phone", [mess.PHONE_FORMS[form]])
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


@pytest.mark.parametrize("between", ["/", "、", "；", ",", " ", "\n"])
def test_several_numbers_in_one_cell_are_the_first_and_the_others(between: str) -> None:
    ledger = mess.rewritten(mess.plain(), "phone", [lambda p: f"{p}{between}020-87654321"])
    ledger = dataclasses.replace(ledger, truth=[{**t, "phone2": "02087654321"} for t in ledger.truth])
    assert_true(read(ledger), ledger)


def test_a_second_phone_column_is_a_further_number() -> None:
    ledger = mess.renamed(mess.plain(), note="联系电话")
    ledger = mess.rewritten(ledger, "note", [lambda _: "020-87654321"])
    ledger = dataclasses.replace(ledger, truth=[{**t, "phone2": "02087654321", "note": ""} for t in ledger.truth])
    assert_true(read(ledger), ledger)


def test_masked_and_broken_numbers_are_unknown_and_reported_without_repeating_them() -> None:
    ledger = mess.plain()
    ledger.rows[0]["phone"], ledger.rows[1]["phone"], ledger.rows[2]["phone"] = "138****1234", "1.39E+10", "无"
    book = read(ledger)
    assert [(p.code, p.cell) for p in book.problems] == [("phone-unreadable", "D2"), ("phone-unreadable", "D3")]
    assert [v["phone"] for v in values(book, ["phone"])[:3]] == ["", "", ""]
    assert not any("138" in p.text() for p in book.problems)


@pytest.mark.parametrize("form", mess.ID_FORMS)
def test_identity_numbers_are_read_however_they_are_written(form: str) -> None:
    ledger = mess.rewritten(mess.plain(), "id_number", [mess.ID_FORMS[form]])
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_identity_numbers_kept_as_numbers_are_damaged_for_good_and_said_so() -> None:
    ledger = mess.plain()
    damaged = {3: 4.40106199001011e17, 5: "4.40106E+17", 7: "440106199001011000"}
    for i, value in damaged.items():
        ledger.rows[i]["id_number"], ledger.truth[i]["id_number"] = value, ""
    book = read(ledger)
    assert [(p.code, p.cell) for p in book.problems] == [("id-damaged", "C5"), ("id-damaged", "C7"), ("id-damaged", "C9")]
    assert_true(book, ledger)


def test_a_wrong_check_digit_is_a_note_and_the_number_is_kept() -> None:
    ledger = mess.plain()
    good = ledger.truth[4]["id_number"]
    wrong = good[:17] + ("1" if good[17] != "1" else "2")
    ledger.rows[4]["id_number"] = ledger.truth[4]["id_number"] = wrong
    book = read(ledger)
    assert [(p.code, str(p.severity), p.cell) for p in book.problems] == [("id-checksum", "note", "C6")]
    assert_true(book, ledger)


def test_masked_and_several_identity_numbers_are_unknown_and_said() -> None:
    ledger = mess.plain()
    one, two = ledger.truth[0]["id_number"], ledger.truth[1]["id_number"]
    for i, typed in enumerate(
        ["4401**********1234", f"{one}/{two}", f"本人{one}，配偶{two}", f"{one[:6]}XXXXXXXX{one[14:]}", f"{one}\n{one}"]
    ):
        ledger.rows[i]["id_number"], ledger.truth[i]["id_number"] = typed, one if i == 4 else ""
    book = read(ledger)
    assert told(book) == {"id-masked": 2, "id-several": 2}
    assert_true(book, ledger)


def test_an_identity_number_of_a_wrong_length_is_a_note() -> None:
    ledger = mess.plain()
    ledger.rows[0]["id_number"] = ledger.truth[0]["id_number"] = ledger.truth[0]["id_number"][:17]
    assert told(read(ledger)) == {"id-checksum": 1}


def test_leading_zeros_of_case_numbers_stay_and_numeric_ones_have_no_decimals() -> None:
    ledger = mess.rewritten(mess.plain(), "case_id", [lambda c: "00" + c[-5:], lambda c: float("20" + c[-5:])])
    truth = [{**t, "case_id": ("00" if i % 2 == 0 else "20") + t["case_id"][-5:]} for i, t in enumerate(ledger.truth)]
    ledger = dataclasses.replace(ledger, truth=truth)
    assert_true(read(ledger), ledger)


@pytest.mark.parametrize("form", mess.DAY_FORMS)
def test_days_past_due_are_read_however_they_are_written(form: str) -> None:
    ledger = mess.without(mess.rewritten(mess.plain(), "days_past_due", [mess.DAY_FORMS[form]]), "due_date")
    book = read(ledger)
    assert told(book) == {"due-derived": 1}
    assert_true(book, ledger)


def test_error_values_uncached_formulas_blanks_and_zeros_are_four_different_things() -> None:
    ledger = mess.plain()
    for i, (value, meant) in enumerate([(CellError("#DIV/0!"), None), (UNCACHED, None), (None, None), (0, 0), ("#N/A", None)]):
        ledger.rows[i]["penalty"], ledger.truth[i]["penalty"] = value, meant
    book = read(ledger)
    told_cells = [(p.code, p.cell, p.values.get("error", "")) for p in book.problems]
    assert told_cells == [("cell-error", "I2", "#DIV/0!"), ("cell-error", "I6", "#N/A"), ("cell-uncached", "I3", "")]
    assert_true(book, ledger)


@pytest.mark.parametrize("word", ["—", "-", "无", "N/A", "/", "暂无", "null"])
def test_words_for_unknown_are_unknown_without_complaint(word: str) -> None:
    ledger = mess.plain()
    for column, unknown in [("penalty", None), ("phone", ""), ("id_number", ""), ("interest", None)]:
        ledger.rows[3][column], ledger.truth[3][column] = word, unknown
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_spaces_in_and_round_names_are_dropped() -> None:
    ledger = mess.rewritten(mess.plain(), "customer", [lambda n: f" {n}　", lambda n: "　".join(n), lambda n: f"{n}\u200b"])
    assert_true(read(ledger), ledger)


def test_what_cannot_be_read_is_listed_with_its_cell_and_left_unknown() -> None:
    ledger = mess.plain()
    ledger.rows[0]["penalty"], ledger.rows[1]["due_date"], ledger.rows[2]["days_past_due"] = "约一千", "年底", "三个月"
    ledger.rows[1]["days_past_due"] = None
    book = read(ledger)
    found = [(p.code, p.cell, p.values.get("shown")) for p in book.problems]
    assert found == [("amount-unreadable", "I2", "约一千"), ("date-unreadable", "K3", "年底"), ("number-unreadable", "L4", "三个月")]


def test_many_cells_alike_are_told_once_with_their_number() -> None:
    ledger = mess.rewritten(mess.plain(count=40), "penalty", [lambda f: "待核" if f % 3 else f / 100])
    book = read(ledger)
    [problem] = [p for p in book.problems if p.code == "amount-unreadable"]
    count = sum(isinstance(r["penalty"], str) for r in ledger.rows)
    assert problem.values["alike"] == count
    assert f"{count} 处" in problem.text()
    assert sum(p.code == "amount-unreadable" for p in book.every_problem()) == count


@pytest.mark.parametrize("text", ["约30天", "逾期3期", "M2", "30+", ">90", "30-60", "3个月", "30.5"])
def test_days_that_are_no_number_of_days_are_unknown(text: str) -> None:
    book = read(mess.rewritten(mess.plain(), "days_past_due", [int, lambda _: text]))
    assert told(book)["number-unreadable"] == 12


@pytest.mark.parametrize(
    ("texts", "read_as"),
    [
        (["3/5/26", "26.3.5"], ["", "2026-03-05"]),
        (["11-05-26"], [""]),
        (["26-03-10", "25-12-08"], ["2026-03-10", "2025-12-08"]),
        (["25/12/26"], [""]),
        (["2026-Mar-05", "5-Mar-26"], ["2026-03-05", "2026-03-05"]),
    ],
)
def test_a_short_date_is_read_only_when_its_year_can_be_told(texts: list[str], read_as: list[str]) -> None:
    cells = np.array(texts, object)
    moments, _ = dates.dates(cells)
    assert ["" if np.isnat(m) else str(m)[:10] for m in moments] == read_as


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("约5000元左右", "约5000元左右"),
        ("2026年3月底", "2026年3月底"),
        ("欧阳建国", "…"),
        ("欠王伟5000", "…5000"),
        ("Amy Lee 500", "… … 500"),
        ("5 March 26th", "5 March 26th"),
        ("问13812345678", "…***"),
        ("wx_amylee", "wx_…"),
    ],
)
def test_messages_quote_figures_but_no_names_and_numbers_of_people(typed: str, quoted: str) -> None:
    assert cells.impersonal(typed) == quoted


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ([dt.date(2024, 1, 1), dt.datetime(2024, 1, 1, 13, 5, 6)], ["2024-01-01T00:00:00", "2024-01-01T13:05:06"]),
        ([dt.datetime(2024, 1, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))], ["2024-01-01T08:00:00"]),
        (
            [dt.datetime(2024, 1, 1, 8, tzinfo=dt.UTC), dt.datetime(2024, 1, 1, 9)],
            ["2024-01-01T08:00:00", "2024-01-01T09:00:00"],
        ),
        ([dt.datetime(1, 1, 1), dt.datetime(2026, 2, 3)], ["NaT", "2026-02-03T00:00:00"]),
    ],
)
def test_moments_are_what_their_clock_shows(cells: list[dt.date], wanted: list[str]) -> None:
    raw = np.empty(len(cells), dtype=object)
    raw[:] = cells
    found, _ = dates.dates(raw, keep_time=True)
    assert [str(v) for v in found] == wanted


@pytest.mark.parametrize(
    ("text", "fen"), [("5000.-", 500_000), ("¥5,000.—", 500_000), ("5000.--", 500_000), ("5000-", -500_000), ("5000.00-", -500_000)]
)
def test_a_dash_for_the_fen_is_no_minus(text: str, fen: int) -> None:
    ledger = mess.rewritten(mess.plain(), "overdue_amount", [lambda _: text])
    assert {int(v) for v in read(ledger).tables.cases["overdue_amount"]} == {fen}
