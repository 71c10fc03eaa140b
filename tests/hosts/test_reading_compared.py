"""What is read is what was written, and what independent readers see."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.hosts.digits import decimals, words_of
from macros_py.hosts.host import UNCACHED, Grid, HostError
from macros_py.hosts.reading import Workbook, read_workbook
from macros_py.hosts.refusals import REFUSALS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(
    lambda t: "\r" not in t and not any(c in t for c in "\ufffe\uffff")
)
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(-1e300, 1e300).filter(lambda x: x == 0 or abs(x) > 1e-300)
MOMENTS = st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)) | st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2200, 1, 1)).map(
    lambda m: m.replace(microsecond=0)
)


@given(
    st.lists(st.lists(st.none() | st.booleans() | NUMBERS | TEXTS | MOMENTS, min_size=1, max_size=6), min_size=1, max_size=8), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_what_xlsxwriter_writes_is_read_back_the_same(rows: list[list[Any]], inline: bool) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": not inline, "constant_memory": inline, "strings_to_formulas": False, "strings_to_urls": False}
    )
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet("台账")
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(i, j, value)
            elif isinstance(value, dt.date):
                sheet.write_datetime(i, j, value, moment if isinstance(value, dt.datetime) else day)
            elif value is not None:
                sheet.write(i, j, value)
    book.close()
    cells = read_workbook(out.getvalue()).read("台账").cells
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            found = cells[i, j] if i < cells.shape[0] and j < cells.shape[1] else None
            assert same(found, value), (found, value)


def same(found: Any, written: Any) -> bool:
    """Equal, but for what the file itself cannot hold: midnight is a whole day, numbers have 16 or 17 digits, '' may be blank."""
    if isinstance(written, dt.datetime) and written.time() == dt.time():
        written = written.date()
    if isinstance(written, float):
        return type(found) in (int, float) and math.isclose(found, written, rel_tol=1e-15)
    return (found == written and type(found) is type(written)) or (written == "" and found is None)


@given(st.lists(st.from_regex(r"-?[0-9]{0,12}(\.[0-9]{0,12})?", fullmatch=True), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_decimals_out_of_bytes_are_the_nearest_floats(texts: list[str]) -> None:
    joined = "".join(f"<{t}" for t in texts).encode()
    begin = np.cumsum([0] + [len(t) + 1 for t in texts[:-1]], dtype=np.int64) + 1
    length = np.array([len(t) for t in texts], np.int64)
    value, ok = decimals(words_of(np.frombuffer(joined + bytes(32), np.uint8)), begin, length)
    for text, number, good in zip(texts, value.tolist(), ok.tolist(), strict=True):
        if good:
            assert number == float(text), text
        elif sum(c.isdigit() for c in text) <= 8 and text[:1] not in ("", ".", "-"):
            pytest.fail(f"{text} is an ordinary number")


def sources(shared: Path) -> Iterator[Path]:
    yield from sorted((shared / "corpus").glob("*.xls?"))
    yield from (shared / "data" / "messy-ledger.xlsx", shared / "data" / "statements" / "wechat.xlsx")


def plain(value: Any) -> Any:
    """A value as both readers can agree on it: blank text and no stored result are blank, moments to the second."""
    if value is None or value == "" or value is UNCACHED:
        return None
    if isinstance(value, dt.datetime):
        value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, (bool, dt.date)):
        return value
    if isinstance(value, dt.time):
        return value.replace(microsecond=0)
    return round(float(value), 9) if isinstance(value, (int, float)) else str(value).replace("\r\n", "\n")


def both_agree(found: Any, other: Any) -> bool:
    if plain(found) == plain(other):
        return True
    if isinstance(found, (int, float)) and found < 1:  # openpyxl makes days before the calendar begins
        return isinstance(other, dt.datetime) and other.year < 1900
    return found == dt.date(1904, 1, 1) and other == dt.time(0)  # the day that the 1904 calendar begins with


@pytest.mark.shared
def test_every_real_workbook_is_read_as_openpyxl_reads_it_or_refused_for_a_declared_reason(shared: Path) -> None:
    warnings.simplefilter("ignore")
    compared = refused = 0
    wrong: list[str] = []
    for path in sources(shared):
        try:
            book = read_workbook(path)
            grids = {s.name: book.read(s.name) for s in book.sheets()}
        except HostError as error:
            refused += 1
            wrong += [] if error.code in REFUSALS else [f"{path.name}: {error.code}"]
            continue
        try:
            other = openpyxl.load_workbook(path, data_only=True)
        except (KeyError, ValueError, TypeError):
            continue
        for sheet in other.worksheets:
            compared += 1
            wrong += differences(path.name, grids[sheet.title], sheet)
    assert not wrong, wrong[:10]
    assert compared > 100
    assert refused <= 5


def differences(name: str, grid: Grid, sheet: Any) -> Iterator[str]:
    rows, columns = grid.cells.shape
    assert rows <= sheet.max_row or rows == 0, name
    for cells in sheet.iter_rows():
        for cell in cells:
            found = grid.cells[cell.row - 1, cell.column - 1] if cell.row <= rows and cell.column <= columns else None
            if not both_agree(found, cell.value):
                yield f"{name} {sheet.title}!{cell.coordinate}: {found!r}, openpyxl {cell.value!r}"


@pytest.mark.shared
def test_the_messy_ledger_is_read_cell_by_cell(shared: Path) -> None:
    truth = json.loads((shared / "data" / "messy-ledger.truth.json").read_text("utf-8"))
    book = read_workbook(shared / "data" / "messy-ledger.xlsx")
    grid = book.read(truth["sheet"])
    headers = grid.cells[truth["header_row"] - 1].tolist()
    headers = [str(h).strip() for h in headers]
    assert headers[: len(truth["headers"])] == list(truth["headers"].values())
    assert grid.merged == ((1, 1, 1, 15),)
    assert [s.name for s in book.sheets()] == ["案件台账", "统计图"]
    names = [str(grid.cells[row["row"] - 1, headers.index("客户姓名")]).strip() for row in truth["rows"]]
    assert sum(a == b["name"] for a, b in zip(names, truth["rows"], strict=True)) > 0.95 * len(names)


def test_a_hundred_thousand_rows_are_read_in_seconds() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})  # inline strings
    sheet = book.add_worksheet("台账")
    for i in range(20_000):
        sheet.write_row(
            i, 0, [f"CS{i:09d}", "陶英", "440106199902125969", i * 1.25, i, 45000 + i % 900, "四川省成都市武侯区建路61号", "王丽"] * 2
        )
    book.close()
    began = time.perf_counter()
    grid = Workbook(read_workbook(out.getvalue()).package).read("台账")
    assert grid.cells.shape == (20_000, 16)
    assert time.perf_counter() - began < 4  # 0.5 s on two quiet cores
