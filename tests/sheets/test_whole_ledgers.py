"""Whole ledgers: kinds of mess together, real files, the shared ledgers with their truth."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros_py.hosts.host import Grid
from macros_py.hosts.reading import read_workbook
from macros_py.sheets.read import Book, understand
from tests.sheets import mess
from tests.sheets.reading import assert_true, read, told, values

LAYOUTS = [mess.titled, mess.deep, mess.two_levels, mess.subtotals, mess.paged, mess.silent_totals]
FORMS: dict[str, list[Any]] = {
    **{name: list(mess.AMOUNT_FORMS.values()) for name in mess.MONEY},
    "due_date": list(mess.DATE_FORMS.values()),
    "phone": list(mess.PHONE_FORMS.values()),
    "id_number": list(mess.ID_FORMS.values()),
    "days_past_due": list(mess.DAY_FORMS.values()),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.integers(6, 40), st.sets(st.sampled_from(LAYOUTS), max_size=3), st.data())
def test_any_mess_together_is_read_as_the_truth(seed: int, count: int, layouts: set[Any], data: st.DataObject) -> None:
    ledger = mess.plain(seed, count)
    for column in data.draw(st.sets(st.sampled_from(sorted(FORMS)))):
        forms = data.draw(st.lists(st.sampled_from(FORMS[column]), min_size=1, max_size=4))
        ledger = mess.rewritten(ledger, column, forms)
    for layout in sorted(layouts, key=LAYOUTS.index):
        ledger = layout(ledger)
    book = understand([ledger.grid()], as_of=mess.AS_OF)
    assert told(book) == {}
    assert_true(book, ledger)


def written(ledger: mess.Ledger, *, date_1904: bool = False) -> bytes:
    """The ledger as a real workbook, some rows hidden, a filter on, an uncached formula and an error among the cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": date_1904, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(ledger.sheet)
    lines, places = ledger.lines()
    for i, line in enumerate(lines):
        for j, value in enumerate(line):
            if value is not None:
                page.write_string(i, j, value) if isinstance(value, str) else page.write(i, j, value)
    for top, left, bottom, right in ledger.merged:
        page.merge_range(top - 1, left - 1, bottom - 1, right - 1, lines[top - 1][left - 1])
    for place in places[::3]:
        page.set_row(place, None, None, {"hidden": True})
    page.autofilter(places[0] - 1, 0, places[-1], len(ledger.headers) - 1)
    page.write_formula(places[1], list(ledger.headers).index("penalty"), "=1/0", None, "#DIV/0!")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("date_1904", [False, True])
def test_a_real_workbook_is_read_with_hidden_rows_errors_and_dates(date_1904: bool) -> None:
    ledger = mess.subtotals(mess.titled(mess.plain()))
    ledger.truth[1]["penalty"] = None
    host = read_workbook(written(ledger, date_1904=date_1904))
    book = understand([host.read(s.name) for s in host.sheets()], as_of=mess.AS_OF)
    assert [(p.code, p.cell, p.values["error"]) for p in book.problems] == [("cell-error", "I6", "#DIV/0!")]
    assert_true(book, ledger)


def text_grid(name: str, text: str) -> Grid:
    lines = list(csv.reader(io.StringIO(text)))
    cells = np.full((len(lines), max(map(len, lines))), None, object)
    for i, line in enumerate(lines):
        cells[i, : len(line)] = [v or None for v in line]
    return Grid(name, cells)


def test_a_text_file_is_read_as_well() -> None:
    ledger = mess.subtotals(mess.titled(mess.plain()))
    lines, _ = ledger.lines()
    out = io.StringIO()
    csv.writer(out).writerows([["" if v is None else v for v in line] for line in lines])
    assert_true(understand([text_grid("台账导出", out.getvalue())], as_of=mess.AS_OF), ledger)


@pytest.mark.shared
def test_the_messy_ledger_is_understood_with_every_value(shared: Path) -> None:
    truth = json.loads((shared / "data" / "messy-ledger.truth.json").read_text("utf-8"))
    host = read_workbook(shared / "data" / "messy-ledger.xlsx")
    book = understand([host.read(s.name) for s in host.sheets() if s.worksheet], as_of=mess.AS_OF)
    names = dict(zip(truth["headers"], mess.HEADERS, strict=True))
    expected = [{**{names[k]: v for k, v in row.items() if k != "row"}, "row": row["row"]} for row in truth["rows"]]
    assert values(book, [*mess.HEADERS, "row"]) == expected
    assert book.problems == []


def receivables(shared: Path, as_of: dt.date) -> Book:
    return understand([text_grid("receivables", (shared / "data" / "receivables.csv").read_text("utf-8"))], as_of=as_of)


@pytest.mark.shared
def test_invoices_settled_after_the_day_are_open_on_it(shared: Path) -> None:
    book = receivables(shared, dt.date(2013, 6, 30))
    lines = list(csv.DictReader(io.StringIO((shared / "data" / "receivables.csv").read_text("utf-8"))))
    day = dt.date(2013, 6, 30)

    def read(text: str) -> dt.date:
        return dt.datetime.strptime(text, "%d/%m/%Y").date()

    expected = [
        {
            "case_id": line["invoiceNumber"],
            "customer_id": line["customerID"],
            "loan_amount": round(float(line["InvoiceAmount"]) * 100),
            "overdue_amount": round(float(line["InvoiceAmount"]) * 100) if read(line["SettledDate"]) > day else 0,
            "due_date": read(line["DueDate"]).isoformat(),
            "days_past_due": (day - read(line["DueDate"])).days if read(line["SettledDate"]) > day else 0,
            "disputed": line["Disputed"] == "Yes",
        }
        for line in lines
    ]
    assert values(book, expected[0]) == expected
    assert {p.code for p in book.problems} == {"settled-later", "overdue-taken"}


def test_a_hundred_thousand_rows_are_read_in_seconds() -> None:
    ledger = mess.rewritten(mess.plain(count=1000), "principal", [lambda f: f / 100, lambda f: f"¥{f / 100:,.2f}"])
    lines, _ = ledger.lines()
    body = np.array(lines[1:] * 100, object)
    body[:, 0] = [f"CS{i:07d}" for i in range(len(body))]
    cells = np.vstack([np.array([lines[0]], object), body])
    start = time.process_time()
    book = understand([Grid("案件台账", cells)], as_of=mess.AS_OF)
    spent = time.process_time() - start
    assert len(book.tables.cases) == 100_000
    assert book.problems == []
    assert spent < 6, f"{spent:.1f} s"


@pytest.mark.parametrize(("older", "newer"), [("10月台账", "11月台账"), ("12月", "1月"), ("2026-09", "2026-10"), ("20261022", "20261101")])
def test_of_two_states_of_the_same_cases_the_newer_is_read(older: str, newer: str) -> None:
    then, now = (replace(mess.plain(), sheet=title) for title in (older, newer))
    then = replace(then, rows=[{**row, "overdue_amount": 1.0} for row in then.rows])
    for sheets in ((then, now), (now, then)):
        book = read(*sheets)
        assert told(book) == {"sheet-copy": 1}
        assert_true(book, now)


def test_two_states_of_the_same_cases_without_any_day_are_said() -> None:
    then, now = (replace(mess.plain(), sheet=title) for title in ("台账旧", "台账"))
    then = replace(then, rows=[{**row, "overdue_amount": 1.0} for row in then.rows])
    assert told(read(then, now)) == {"sheet-copy-differs": 1}
