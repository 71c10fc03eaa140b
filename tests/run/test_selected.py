"""A button that asks for a case offers the one whose row is selected, in Calc and over Excel's members with their faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from macros_py.buttons import BUTTONS
from macros_py.run.in_application import Desk
from macros_py.run.outcome import StoppedError
from macros_py.run.selected import selected_case
from tests.hosts import calc_office, faulty_engine
from tests.run.conftest import MONDAY, ledger, pressed

Select = Callable[[str, str], xw.Book]
APPLICATIONS = ("faulty", pytest.param("calc", marks=pytest.mark.office))
MORE = (
    ("计划-王丽", ["行键", "序号", "客户"], ["0007@2026-11-23", 1, "张三"], ["0008@2026-11-23", 2, "李四"], ["CASE-A003@2026-11-23", 3, "王五"]),
    ("方案-A004", ["还款方案 · A004"], ["赵六"]),
    ("承诺检查", ["承诺检查"], ["案件编号", "承诺金额"], ["A005", 100]),
    ("催收记录", ["案件编号", "联系时间", "结果"], ["A002", dt.datetime(2026, 11, 20, 10), "未接"], ["A999", dt.datetime(2026, 11, 20, 11), "未接"]),
    ("经理自用", ["随手记"], ["A002"]),
)  # fmt: skip


def sheets(book: Any) -> None:
    for name, *rows in MORE:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["案件台账"].append(["合计", "", "", 62280.5])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger([("客户号", ["0007", "0008", "0009", "0008", "0010"])], sheets=sheets))
    return path


class Chooser:
    """Selects cells as a person does."""

    def __init__(self, app: xw.App | None) -> None:
        self.app, self.book = app, None

    def open(self, path: Path) -> None:
        self.book = faulty_engine.opened(path) if self.app is None else calc_office.book_of(self.app, calc_office.load(self.app, path))

    def __call__(self, sheet: str, cells: str) -> xw.Book:
        first, _, last = cells.partition(":")
        if self.app is None:
            (top, left), (bottom, right) = (openpyxl.utils.cell.coordinate_to_tuple(c) for c in (first, last or first))
            there = self.book.sheets[sheet]
            self.book.app.impl.selection = there.range((top, left), (bottom, right)).impl
        else:
            view = self.book.api.getCurrentController()
            view.setActiveSheet(self.book.sheets[sheet].api)
            view.select(self.book.sheets[sheet].api.getCellRangeByName(cells))
        return self.book


@pytest.fixture(params=APPLICATIONS)
def select(request: pytest.FixtureRequest, path: Path) -> Iterator[Select]:
    chooser = Chooser(request.getfixturevalue("calc") if request.param == "calc" else None)
    chooser.open(path)
    yield chooser
    if chooser.app is not None:
        chooser.book.api.close(True)


@pytest.mark.parametrize(
    ("sheet", "cells", "case"),
    [
        ("案件台账", "D3", "A002"),
        ("案件台账", "A5:I5", "A004"),
        ("案件台账", "A1", ""),  # the header
        ("案件台账", "A2:A3", ""),  # two cases
        ("案件台账", "A7", ""),  # the total row
        ("案件台账", "A50", ""),  # below the table
        ("计划-王丽", "C2", "A001"),  # by the customer's number
        ("计划-王丽", "C3", ""),  # a customer with two cases
        ("计划-王丽", "C4", "A003"),  # by the case in the key
        ("方案-A004", "B2", "A004"),
        ("承诺检查", "B3", "A005"),
        ("催收记录", "B2", "A002"),
        ("催收记录", "B3", ""),  # no case of the ledger
        ("经理自用", "A2", ""),
    ],
)
def test_the_case_of_the_selected_row(select: Select, sheet: str, cells: str, case: str) -> None:
    assert selected_case(select(sheet, cells)) == case


def test_the_form_of_a_plan_comes_with_the_case_and_nothing_else_filled_in(select: Select) -> None:
    seen: list[Any] = []

    def form(spec: Any) -> Any:
        seen.append(spec)
        raise StoppedError

    desk = Desk(select("案件台账", "B4"), MONDAY, lambda: None, form)
    desk.press("propose")
    desk.press("agree")
    assert [[f["shown"] for f in spec["fields"] if f["shown"]] for spec in seen] == [["A003"], ["A003"]]
    select("经理自用", "A2")
    desk.press("propose")
    assert [f["shown"] for f in seen[2]["fields"]] == [""] * len(seen[2]["fields"])


def test_every_button_that_asks_for_a_case_takes_it_from_the_selection() -> None:
    assert [b.name for b in BUTTONS for a in b.asks if a.name == "case" and not a.of_selection] == []
    assert {b.name for b in BUTTONS for a in b.asks if a.of_selection} == {"propose", "agree"}


def test_numbers_are_offered_as_they_are_shown_and_headers_as_they_were_confirmed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    sheet.append(["某某台账"])
    sheet.append(["户名", "档案码", "逾期金额", "应还日期"])
    sheet.append(["张三", 1235, 100, dt.date(2026, 8, 1)])
    sheet["B3"].number_format = "00000000"
    settings = book.create_sheet("设置")
    for row in (["设置", "值", "备注"], ["表头:档案码", "case_id", ""]):
        settings.append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    opened = faulty_engine.opened(path)
    opened.app.impl.selection = opened.sheets["台账"].range((3, 1)).impl
    assert selected_case(opened) == "00001235"


def test_a_selected_shape_or_a_cell_that_is_being_edited_is_passed_over(path: Path) -> None:
    opened = faulty_engine.opened(path)
    assert selected_case(opened) == ""  # a shape is selected
    opened.app.impl.selection = opened.sheets["案件台账"].range((3, 1)).impl
    assert selected_case(opened) == "A002"
    opened.app.impl.refused_calls = 1
    assert selected_case(opened) == ""


@pytest.mark.office
def test_lines_of_a_plan_that_a_press_drew_tell_their_case(calc: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger([("客户号", ["0007", "0008", "0009", "", ""])]))
    pressed(path, "plan")
    chooser = Chooser(calc)
    chooser.open(path)
    try:
        plan = chooser.book.sheets["计划-陈刚"]
        keys = [row[0] for row in plan.range((1, 1), (60, 1)).options(ndim=2).value]
        lines = [i for i, key in enumerate(keys, 1) if "@2026" in str(key)]
        assert lines
        told = [selected_case(chooser("计划-陈刚", f"D{i}")) for i in lines]
        assert sorted(told) == ["A003", "A004"]
    finally:
        chooser.book.api.close(True)
