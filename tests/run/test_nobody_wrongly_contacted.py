"""A whole press on ledgers with one trap each: whoever has paid or must be left alone has no task, no letter and no SMS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.run.conftest import MONDAY, ledger, pressed, rows_of, with_office

YESTERDAY = MONDAY - dt.timedelta(days=1)
LEFT_ALONE = "暂不可联"


def given(title: str, *rows: list[object]) -> Callable[[Any], None]:
    """A workbook with the office's settings and one more sheet."""

    def build(book: Any) -> None:
        with_office(book)
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)

    return build


def paid(*rows: list[object]) -> Callable[[Any], None]:
    return given("回款流水", ["案件编号", "还款日期", "还款金额", "付款人", "渠道"], *rows)


def held(*rows: list[object]) -> Callable[[Any], None]:
    return given("停催登记", ["范围", "对象", "停催码", "批准人", "开始日", "复核日"], *rows)


def told(*rows: list[object]) -> Callable[[Any], None]:
    return given("催收记录", ["联系时间", "案件编号", "催收员", "方式", "关系", "结果"], *rows)


def tasks(book: Path, name: str) -> list[str]:
    """The blocks of the plans in which a customer stands."""
    found = []
    for title in ("计划-王丽", "计划-陈刚"):
        block = ""
        for row in rows_of(book, title):
            words = [str(v) for v in row if v not in (None, "")]
            block = words[0] if len(words) == 1 else block
            found += [block for w in words if w.startswith(f"{name} · ")]
    return found


def written_to(book: Path, case: str) -> bool:
    return "信函登记" in sheets(book) and any(case in map(str, row) for row in rows_of(book, "信函登记"))


def sheets(book: Path) -> list[str]:
    return list(openpyxl.load_workbook(book, read_only=True).sheetnames)


TRAPS: dict[str, Callable[[Any], None]] = {
    "paid under another spelling": paid(["a-001", YESTERDAY, 12500.5, "", "银行"]),
    "paid under a number without zeros": paid(["A1", YESTERDAY, 12500.5, "", "银行"]),
    "paid for several cases in one line": paid(["A001、A005", YESTERDAY, 18100.5, "", "银行"]),
    "paid without a case number": paid([None, YESTERDAY, 12500.5, "张 三", "支付宝"]),
    "paid on a day that nobody can read": paid(["A001", "昨天下午", 12500.5, "", "银行"]),
    "paid an amount that nobody can read": paid(["A001", YESTERDAY, "全部", "", "银行"]),
    "paid today": paid(["A001", MONDAY, 12500.5, "", "银行"]),
    "held by region": held(["地区", "天河", "宽缓", "韩梅", MONDAY, dt.date(2026, 12, 31)]),
    "held by name": held(["客户", "张 三", "死亡", "韩梅", MONDAY, dt.date(2026, 12, 31)]),
    "held among others": held(["案件", "A001、A005", "委托律师", "", None, None]),
    "held under another spelling": held(["案件", "a-001", "羁押", "", None, None]),
    "complained on Friday": told([dt.datetime(2026, 11, 20, 9), "A-001", "王丽", "电话", "本人", "投诉"]),
    "says it is paid": told([dt.datetime(2026, 11, 22, 9), "A001", "王丽", "电话", "本人", "称已还款"]),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_who_has_paid_or_must_be_left_alone_is_not_contacted(tmp_path: Path, trap: str) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(ledger(sheets=TRAPS[trap]))
    pressed(book)
    assert all(LEFT_ALONE in block for block in tasks(book, "张三"))
    assert not written_to(book, "A001")
    assert any(LEFT_ALONE not in block for block in tasks(book, "李四"))  # the others are worked


def test_the_day_of_the_data_may_be_a_setting(tmp_path: Path) -> None:
    def build(book: Any) -> None:
        paid(["A001", YESTERDAY, 12500.5, "", "银行"], ["A002", YESTERDAY, 80, "", "银行"])(book)
        book["设置"].append(["数据截止日", "2026年11月20日"])

    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(sheets=build))
    outcome = pressed(path)
    assert outcome.figures["settled"] == 1  # received after that day: settled, and no doubt about it
    assert any("800" in str(v) for row in rows_of(path, "计划-王丽") for v in row if any("李四" in str(w) for w in row))
