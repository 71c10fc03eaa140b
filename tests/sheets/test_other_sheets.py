"""The sheets beside the ledger: receipts, contact log, holds, settings, and what was typed into sheets that we draw."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from macros_py.domain.kinds import DTYPES
from macros_py.hosts.host import Grid
from macros_py.sheets import tables as sheets
from macros_py.sheets.as_text import as_text_table
from macros_py.sheets.read import understand
from tests.sheets import mess
from tests.sheets.reading import read, told


def sheet(title: str, *lines: list[Any]) -> Grid:
    cells = np.full((len(lines), max(map(len, lines))), None, object)
    for i, line in enumerate(lines):
        for j, value in enumerate(line):
            cells[i, j] = value
    return Grid(title, cells)


RECEIPTS = sheet(
    "回款流水",
    ["11月回款"],
    ["流水号", "日期", "案号", "客户", "金额", "付款人", "渠道"],
    [1001, dt.datetime(2026, 11, 20), "CS202600001", "赵明", "¥1,000.00", "赵明", "支付宝"],
    [1002, "2026.11.21", "CS202600002", "钱丽", 250.5, None, None],
    ["合计", None, None, None, 1250.5],
)
LOG = sheet(
    "催记",
    ["日期", "案号", "催收员", "方式", "电话", "结果", "承诺日期", "承诺金额", "内容"],
    [dt.datetime(2026, 11, 20, 9, 30), "CS202600001", "王丽", "电话", 13800001111, "承诺还款", "2026年11月25日", "2000元", "-约定"],
    ["2026-11-21 15:05", "CS202600002", "王丽", "短信", None, "无人接听", None, None, ""],
)
HOLDS = sheet(
    "停催登记", ["范围", "对象", "停催码", "批准人", "开始日", "复核日"], ["案件", "CS202600003", "争议", "刘经理", 46000, "2026-12-31"]
)


def test_receipts_and_the_contact_log_and_holds_are_read_with_their_own_columns() -> None:
    book = understand([mess.plain().grid(), RECEIPTS, LOG, HOLDS], as_of=mess.AS_OF)
    assert told(book) == {}
    receipts = as_text_table(book.tables.receipts, sheets.RECEIPTS.columns)
    assert receipts[["receipt_id", "paid_on", "case_id", "amount", "row"]].to_numpy().tolist() == [
        ["1001", "2026-11-20", "CS202600001", "1000.00", "3"],
        ["1002", "2026-11-21", "CS202600002", "250.50", "4"],
    ]
    log = as_text_table(book.tables.contacts, sheets.CONTACTS.columns)
    assert log[["contacted_at", "channel", "number", "outcome", "promised_on", "promised_amount", "note"]].to_numpy().tolist() == [
        ["2026-11-20 09:30:00", "电话", "13800001111", "承诺还款", "2026-11-25", "2000.00", "-约定"],
        ["2026-11-21 15:05:00", "短信", "", "无人接听", "", "", ""],
    ]
    assert book.tables.holds["hold_from"].dt.date.tolist() == [dt.date(2025, 12, 9)]
    assert book.tables.present >= {"cases", "receipts", "contacts", "holds"}


def test_a_sheet_with_headers_only_is_there_and_empty() -> None:
    book = understand([mess.plain().grid(), sheet("回款流水", ["日期", "案号", "金额"])], as_of=mess.AS_OF)
    assert told(book) == {}
    assert "receipts" in book.tables.present
    assert len(book.tables.receipts) == 0
    assert book.sources["receipts"][0].last_row == 1


def test_receipts_that_cannot_be_read_block_because_a_payer_might_be_called() -> None:
    book = understand(
        [mess.plain().grid(), sheet("回款流水", ["日期", "案号", "总数"], ["2026-11-20", "CS202600001", 100])], as_of=mess.AS_OF
    )
    assert [(p.code, p.sheet, p.values["name"]) for p in book.problems] == [("column-missing", "回款流水", "amount")]


def test_every_table_has_its_declared_columns_in_their_kinds() -> None:
    book = understand([mess.plain().grid(), RECEIPTS, LOG, HOLDS], as_of=mess.AS_OF)
    for declared in sheets.SHEETS:
        table = book.as_understood(declared.name)
        assert {c.name: str(table[c.name].dtype) for c in declared.columns} == {c.name: DTYPES[c.kind] for c in declared.columns}


def test_sources_say_where_every_row_stands_and_how_its_key_reads() -> None:
    ledger = mess.titled(mess.plain())
    ledger.rows[2]["case_id"] = " CS202600003 "
    book = read(ledger)
    [source] = book.sources["cases"]
    assert (source.sheet, source.header_row, source.key_column, source.last_row) == ("案件台账", 4, 1, 28)
    assert source.rows.tolist() == book.tables.cases["row"].tolist() == list(range(5, 29))
    assert source.key_texts[2] == " CS202600003 "
    assert source.columns["due_date"] == 11


def plan() -> Grid:
    head = ["行键", "序", "客户/案号", "结果码", "承诺日", "承诺额", "下次", "备注", "我的标记"]
    return sheet(
        "计划-王丽",
        [None, "计划-王丽"],
        [None, "数据截止", dt.datetime(2026, 11, 23)],
        [None, "常规"],
        head,
        ["C1@2026-11-23", 1, "赵明 · CS202600001", "承诺还款", "11月底", "2000元", None, None, "A"],
        ["C2@2026-11-23", 2, "钱丽 · CS202600002（2案）", None, None, None, None, None, None],
        [None, "新案"],
        head[:8],
        ["C3@2026-11-23", 1, "孙华 · CS202600003", "无人接听", None, None, "2026.11.25", "再打", None],
    )


def test_what_was_typed_into_a_plan_is_read_by_row_key() -> None:
    book = understand([mess.plain().grid(), plan()], as_of=mess.AS_OF)
    entries = book.tables.plan_entries
    assert entries[["row_key", "person", "case_id", "result", "plan_note", "sheet"]].to_numpy().tolist() == [
        ["C1@2026-11-23", "王丽", "CS202600001", "承诺还款", "", "计划-王丽"],
        ["C3@2026-11-23", "王丽", "CS202600003", "无人接听", "再打", "计划-王丽"],
    ]
    assert entries["plan_day"].dt.date.tolist() == [dt.date(2026, 11, 23)] * 2
    assert entries["plan_promised_amount"].fillna(0).tolist() == [200_000, 0]
    assert entries["plan_next_on"].dt.date.tolist()[1] == dt.date(2026, 11, 25)
    assert [(p.code, p.sheet, p.cell) for p in book.problems] == [("date-unreadable", "计划-王丽", "E5")]
    typed = book.tables.typed["计划-王丽"]
    assert typed["row_key"].tolist() == ["C1@2026-11-23", "C2@2026-11-23", "C3@2026-11-23"]
    assert typed["我的标记"].tolist() == ["A", "", ""]
    assert len(book.tables.cases) == 24


def test_a_workbook_without_plans_has_an_empty_table_of_entries() -> None:
    entries = read(mess.plain()).tables.plan_entries
    assert len(entries) == 0
    assert {"row_key", "person", "plan_day", "case_id", "result", "plan_promised_on", "sheet"} <= set(entries.columns)


def test_text_tables_are_yuan_iso_dates_and_blanks() -> None:
    ledger = mess.plain(count=6)
    ledger.rows[0].update({"penalty": None, "interest": -0.05, "due_date": None})
    text = as_text_table(read(ledger).as_understood("cases"), sheets.CASES.columns)
    assert text.iloc[0][["penalty", "interest", "phone2", "row"]].tolist() == ["", "-0.05", "", "2"]
    assert text.loc[1, "due_date"] == ledger.truth[1]["due_date"]


def test_case_numbers_of_the_other_sheets_are_read_in_the_ledger_s_spelling() -> None:
    ledger = sheet("案件台账", ["案件编号", "客户姓名", "逾期金额", "应还日期"], ["AJ-0001", "赵明", 100, dt.datetime(2026, 9, 1)])
    paid = sheet(
        "回款流水", ["日期", "案号", "金额"], [dt.datetime(2026, 11, 20), "aj0001", 100], [dt.datetime(2026, 11, 20), "AJ-0001", 5]
    )
    log = sheet("催收记录", ["日期", "案号", "结果"], [dt.datetime(2026, 11, 20), "AJ-1", "投诉"])
    book = understand([ledger, paid, log])
    assert book.tables.receipts["case_id"].tolist() == ["AJ-0001", "AJ-0001"]
    assert book.tables.contacts["case_id"].tolist() == ["AJ-0001"]
    assert [(p.sheet, p.values["count"]) for p in book.problems if p.code == "case-id-spelled"] == [("回款流水", 1), ("催收记录", 1)]
