"""A ledger of a few cases, the press as a function, a person who types, and a program that is killed."""

from __future__ import annotations

import datetime as dt
import io
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableColumn

from macros_py.buttons import BUTTONS
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite
from macros_py.run.outcome import Outcome, Request
from macros_py.run.pressing import press
from macros_py.sheets.tables import LETTERS

MONDAY = dt.date(2026, 11, 23)
HEADERS = ("案件编号", "客户姓名", "手机号", "逾期金额", "应还日期", "逾期天数", "地址", "催收员", "备注")
CASES = (
    ("A001", "张三", "13800000001", 12500.5, dt.date(2026, 8, 1), 114, "广州市天河区体育东路1号", "王丽", ""),
    ("A002", "李四", "13800000002", 880, dt.date(2026, 10, 20), 34, "广州市越秀区中山五路2号", "王丽", "改天再打"),
    ("A003", "王五", "13800000003", 43000, dt.date(2026, 3, 1), 267, "深圳市南山区科技园3号", "陈刚", ""),
    ("A004", "赵六", "13800000004", 300, dt.date(2026, 11, 10), 13, "深圳市福田区深南大道4号", "陈刚", ""),
    ("A005", "钱七", "13800000005", 5600, dt.date(2026, 9, 5), 79, "广州市海珠区新港中路5号", "王丽", ""),
)
OFFICE = (
    ("债权人名称", "海棠消费金融有限公司"),
    ("收款户名", "海棠消费金融有限公司"),
    ("开户行", "演示银行广州分行"),
    ("收款账号", "0000 0000 0000 0001"),
    ("联系方式", "020-0000 0000"),
    ("短信签名", "海棠金融"),
)


def ledger(extra: Iterable[tuple[str, Iterable[object]]] = (), *, sheets: Callable[[Any], None] | None = None) -> bytes:
    """An .xlsx with CASES and the columns of `extra`: (header, values)."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "案件台账"
    columns = [(h, list(v)) for h, v in extra]
    sheet.append([*HEADERS, *(h for h, _ in columns)])
    for i, case in enumerate(CASES):
        sheet.append([*case, *(v[i] for _, v in columns)])
    if sheets:
        sheets(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_a_total(book: Any) -> None:
    """Who writes the letters, and a register of letters that ends in a total row of formulas."""
    with_office(book)
    sheet = book.create_sheet(LETTERS.zh)
    for row in ([c.zh for c in LETTERS.columns], ["催〔2025〕0001号", "A009"], [], ["合计", "=COUNTA(B2:B3)", "=B4&CHAR(20214)"]):
        sheet.append(row)


def with_a_table(book: Any) -> None:
    """Who writes the letters, and a register of letters that is a table with a total row of its own."""
    with_office(book)
    sheet, names = book.create_sheet(LETTERS.zh), [c.zh for c in LETTERS.columns]
    for row in (names, ["催〔2025〕0001号", "A009"], ["合计", f"=SUBTOTAL(103,登记[{names[1]}])", "=B3&CHAR(20214)"]):
        sheet.append(row)
    table = Table(displayName="登记", ref=f"A1:{get_column_letter(len(names))}3", totalsRowCount=1)
    table.tableColumns = [TableColumn(id=n, name=name) for n, name in enumerate(names, 1)]
    table.tableColumns[0].totalsRowLabel, table.tableColumns[1].totalsRowFunction = "合计", "count"
    sheet.add_table(table)


def with_office(book: Any) -> None:
    """A 设置 sheet that says who writes the letters."""
    sheet = book.create_sheet("设置")
    sheet.append(["设置", "值", "备注"])
    for row in OFFICE:
        sheet.append([*row, ""])


def pressed(book: Path, button: str = "monday", day: dt.date = MONDAY, **how: Any) -> Outcome:
    """Press a button on a workbook."""
    return press(Request(book, day, **how), button, next(b for b in BUTTONS if b.name == button).load())


def typed(book: Path, sheet: str, *cells: tuple[int, int, Any]) -> None:
    """A person types: row, column, value."""
    host = FileHost(book)
    host.write(CellWrite(sheet, cells))
    host.save()
    host.close()


def rows_of(book: Path, sheet: str) -> list[list[Any]]:
    """What stands in a sheet."""
    host = FileHost.for_reading(book)
    try:
        return [list(row) for row in host.read(sheet).cells]
    finally:
        host.close()


def killed_at(step: int, folder: Path, run: Callable[[], object]) -> bool:
    """Run in a child that kills itself before its `step`-th act on a file in `folder`; → whether it was killed."""
    child = os.fork()
    if child == 0:
        left = [step]

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            acts = event in ("os.rename", "os.remove", "os.mkdir", "os.truncate", "shutil.move", "shutil.rmtree", "os.rmdir")
            writes = event == "open" and isinstance(arguments[1], str) and any(m in arguments[1] for m in "wax+")
            if (acts or writes) and str(arguments[0]).startswith(str(folder)):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        code = 1
        try:
            run()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return os.WIFSIGNALED(status)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A ledger of five cases and a 设置 sheet, never pressed."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(sheets=with_office))
    return path
