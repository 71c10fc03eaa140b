"""Workbooks for the tests of patching: a ledger as text, a plan sheet as our reports draw it, and what an independent reader sees."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from typing import Any

import xlsxwriter
from openpyxl import Workbook, load_workbook

from macros_py.hosts.package import Package

PLAN = "计划-张三"


def drawn_plan(name: str = PLAN, rows: int = 8, table: str = "Plan") -> bytes:
    """A sheet with all that our drawn sheets carry: table, chart, data bar, validation, notes, print set-up."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(name)
    money = book.add_format({"num_format": "#,##0.00", "border": 1, "font_name": "微软雅黑"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
    red = book.add_format({"font_color": "#9C0006", "bg_color": "#FFC7CE"})
    sheet.write_string("A1", "本周计划", bold)
    sheet.write_rich_string("C1", "共", bold, "8", "件")
    for i in range(rows):
        sheet.write_string(2 + i, 0, f"客户{i}")
        sheet.write_number(2 + i, 1, 1000.5 * i, money)
        sheet.write_datetime(2 + i, 2, dt.datetime(2026, 3, 2) + dt.timedelta(days=i), day)
        sheet.write_blank(2 + i, 3, None, money)
    columns = [{"header": "客户"}, {"header": "金额", "format": money}, {"header": "日期"}, {"header": "结果"}]
    sheet.add_table(1, 0, 1 + rows, 3, {"name": table, "columns": columns})
    sheet.conditional_format(2, 1, 1 + rows, 1, {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(2, 3, 1 + rows, 3, {"type": "cell", "criteria": "==", "value": '"失联"', "format": red})
    sheet.data_validation(2, 3, 1 + rows, 3, {"validate": "list", "source": ["已还", "承诺", "失联"]})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [name, 2, 1, 1 + rows, 1], "categories": [name, 2, 0, 1 + rows, 0]})
    sheet.insert_chart("F2", chart)
    sheet.repeat_rows(1)
    sheet.print_area(0, 0, 1 + rows, 3)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&P/&N")
    sheet.set_column(0, 0, 14)
    sheet.write_url("F1", f"internal:'{name}'!A1", string="返回")
    sheet.write_comment("B3", "注")
    book.close()
    return out.getvalue()


def ledger(text: str, table: bool = False, total_row: bool = False, sheet: str = "台账") -> bytes:
    """A workbook drawn from lines of cells between bars: whole numbers become numbers, =… becomes a formula."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 1, 5)})  # the same text gives the same bytes
    page = book.add_worksheet(sheet)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell.startswith("="):
                page.write_formula(r, c, cell, None, 7)
            elif cell.isdigit():
                page.write_number(r, c, int(cell))
            elif cell:
                page.write_string(r, c, cell)
    if table:
        columns: list[dict[str, Any]] = [{"header": h} for h in rows[0]]
        if total_row:
            columns[0]["total_string"] = "合计"
        page.add_table(0, 0, len(rows) - 1 + total_row, len(rows[0]) - 1, {"columns": columns, "name": "台账表", "total_row": total_row})
    book.close()
    return out.getvalue()


def opened(data: bytes) -> Workbook:
    """The workbook as openpyxl understands it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it would lose on saving; it never saves here
        return load_workbook(io.BytesIO(data))


def seen(data: bytes, sheet: str = "台账") -> list[list[Any]]:
    """What openpyxl sees: formulas as text."""
    return [list(row) for row in opened(data)[sheet].iter_rows(values_only=True)]


def differing_parts(before: bytes, after: bytes) -> set[str]:
    """Parts whose packed bytes are not the same, missing and new ones included."""
    old, new = Package(before), Package(after)
    names = {*old.parts(), *new.parts()}
    return {n for n in names if not (old.has(n) and new.has(n) and old.raw(n) == new.raw(n))}
