"""A workbook whose days are counted from 1904 (Excel for Mac of old): the sheets that a press puts into it show the days that are meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from macros_py.hosts.files import FileHost
from tests.buttons.conftest import AS_OF

DAY = dt.date.fromisoformat(AS_OF)


def ledger(path: Path) -> Path:
    """Six cards, 20 to 70 days late, of one collector."""
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["案件编号", "客户姓名", "手机号", "产品", "逾期金额", "应还日期", "催收员"])
    shown = book.add_format({"num_format": "yyyy-mm-dd"})
    for n in range(6):
        sheet.write_row(n + 1, 0, [f"K{n:03d}", f"客户{n}", f"1390000000{n}", "信用卡", 1000 + n])
        sheet.write_datetime(n + 1, 5, dt.datetime.combine(DAY - dt.timedelta(days=20 + 10 * n), dt.time()), shown)
        sheet.write(n + 1, 6, "王丽")
    book.close()
    return path


def dates(path: Path) -> dict[str, list[dt.date]]:
    """Sheet → the dates on it."""
    host = FileHost.for_reading(path)
    return {
        s.name: [v.date() if isinstance(v, dt.datetime) else v for v in host.read(s.name).cells.ravel() if isinstance(v, dt.date)]
        for s in host.sheets()
    }


def test_dates_on_drawn_sheets_and_the_days_of_rules_are_those_that_are_meant(
    tmp_path: Path, dunbook: Callable[..., tuple[int, Any]]
) -> None:
    book = ledger(tmp_path / "台账.xlsx")
    assert dunbook("monday", book, "--as-of", AS_OF)[0] == 0
    found = dates(book)
    assert DAY in found["计划-王丽"]
    assert found["周进度2026W48"] == [DAY]
    assert dt.date(2025, 2, 28) in found["合规规则"]
    assert max(found["合规规则"]) < dt.date(2027, 1, 1)


def test_the_rules_of_the_sheet_hold_at_the_next_press_as_at_the_first(tmp_path: Path, dunbook: Callable[..., tuple[int, Any]]) -> None:
    book = ledger(tmp_path / "台账.xlsx")
    assert dunbook("monday", book, "--as-of", AS_OF)[0] == 0
    pressed = book.read_bytes()
    code, again = dunbook("monday", book, "--as-of", AS_OF)
    assert (code, again["wrote"]) == (0, False)
    assert book.read_bytes() == pressed
