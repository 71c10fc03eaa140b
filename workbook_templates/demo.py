"""The demo: a fictional department's workbook, and the Monday job pressed on it.

python -m workbook_templates.demo FOLDER
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import sys
import time
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from workbook_templates.department import (
    CASE_HEADERS,
    CONTACT_HEADERS,
    FIELD_TEAM,
    LETTER_HEADERS,
    PHONE_TEAM,
    PRODUCTS,
    RECEIPT_HEADERS,
    Department,
    make,
)
from workbook_templates.looking_back import REPORT_HEADERS, SNAPSHOT_HEADERS, reports, snapshots

__all__ = ["Department", "main", "make", "workbook"]


def workbook(department: Department) -> bytes:
    """The department as an .xlsx that a manager might have kept: title rows, a filter, a chart of her own, mixed notations."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": dt.datetime(2026, 1, 1), "title": "演示台账"})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "head": book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }
    _ledger(book, department, styles)
    _sheet(book, "催收记录", CONTACT_HEADERS, department.contacts, styles)
    _sheet(book, "回款流水", RECEIPT_HEADERS, department.receipts, styles)
    _sheet(book, "停催登记", ("范围", "对象", "停催码", "批准人", "开始日", "复核日", "备注"), department.holds, styles)
    _sheet(book, "催收员", ("姓名", "岗位", "负责地区", "负责产品", "班次", "每日分钟", "在岗", "备注"), department.collectors, styles)
    _sheet(book, "人员", ("姓名", "登录名", "角色", "减免权限", "可审批", "备注"), department.people, styles)
    _sheet(book, "目标", ("月份", "催收员", "目标金额", "目标户数", "备注"), department.targets, styles)
    _sheet(book, "信函登记", LETTER_HEADERS, department.letters, styles)
    _sheet(book, "月末快照", SNAPSHOT_HEADERS, snapshots(department.cases, department.receipts, department.as_of), styles)
    _sheet(book, "周报登记", REPORT_HEADERS, reports([row[0] for row in department.collectors], department.as_of), styles)
    _sheet(book, "设置", ("设置", "值", "备注"), OFFICE, styles)
    book.close()
    return out.getvalue()


OFFICE: Final[list[list[Any]]] = [
    ["债权人名称", "海棠消费金融有限公司（演示）", ""],
    ["收款户名", "海棠消费金融有限公司（演示）", ""],
    ["开户行", "演示银行广州分行", ""],
    ["收款账号", "0000 0000 0000 0001", "演示账号"],
    ["联系方式", "020-0000 0000，工作日 9:00–18:00", ""],
    ["短信签名", "海棠金融", ""],
]


def _ledger(book: Any, department: Department, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("案件台账")
    last = len(CASE_HEADERS) - 1
    sheet.merge_range(0, 0, 0, last, "海棠消费金融 逾期客户台账（虚构）", styles["title"])
    sheet.write_string(1, 0, f"制表日期：{department.as_of:%Y-%m-%d}")
    sheet.write_string(1, last, "单位：元")
    sheet.write_row(3, 0, CASE_HEADERS, styles["head"])
    for i, row in enumerate(department.cases, start=4):
        sheet.write_row(i, 0, row)
    end = 3 + len(department.cases)
    sheet.write_string(end + 1, 0, "合计", styles["head"])
    sheet.write_formula(end + 1, 10, f"=SUM(K5:K{end + 1})", styles["money"], 0)
    sheet.autofilter(3, 0, end, last)
    sheet.freeze_panes(4, 3)
    sheet.set_column(0, 0, 14)
    sheet.set_column(3, 4, 20)
    sheet.set_column(6, 12, 12)
    sheet.set_column(13, 13, 34)
    summary = book.add_worksheet("经理自用")
    summary.write_row(0, 0, ("产品", "户数"))
    for i, (product, _) in enumerate(PRODUCTS, start=1):
        summary.write_string(i, 0, product)
        summary.write_formula(i, 1, f'=COUNTIF(案件台账!F:F,"{product}")', None, sum(1 for c in department.cases if c[5] == product))
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=经理自用!$A$2:$A$5", "values": "=经理自用!$B$2:$B$5"})
    summary.insert_chart("D2", chart)


def _sheet(book: Any, name: str, headers: tuple[str, ...], rows: list[list[Any]], styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, headers, styles["head"])
    for i, row in enumerate(rows, start=1):
        for j, value in enumerate(row):
            if isinstance(value, dt.datetime):
                sheet.write_datetime(i, j, value, styles["time"])
            elif value != "":
                sheet.write(i, j, value)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headers) - 1, 14)


def main(folder: Path) -> int:
    """Make the department's workbook in `folder` and press 周一一键 on it."""
    from macros_py import cli

    started = time.perf_counter()
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    department = make()
    book = folder / "催收台账.xlsx"
    book.write_bytes(workbook(department))
    print("虚构部门已生成 / a fictional department was made:")
    for label, rows in (
        ("案件 cases", department.cases),
        ("催收记录 contacts", department.contacts),
        ("回款 receipts", department.receipts),
    ):
        print(f"  {label}: {len(rows):,}")
    print(f"  电催 phone collectors: {len(PHONE_TEAM)} · 外访 field collectors: {len(FIELD_TEAM)}")
    print(f"\n$ dunbook monday {book} --as-of {department.as_of}")
    code = cli.main(["monday", str(book), "--as-of", department.as_of.isoformat(), "--progress"])
    print(f"\n{time.perf_counter() - started:.0f} s. 打开看看 / open it: {book}")
    print(f"撤销 / take it back: {Path(sys.executable).parent / 'dunbook'} undo {book}")
    return code


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo")))
