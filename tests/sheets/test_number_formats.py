"""Amounts mean what their number format shows: in .xlsx, .xls and .ods, and in the .xlsx that is made of the two last."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from macros_py.hosts.foreign import read_foreign, to_xlsx
from macros_py.hosts.host import Grid
from macros_py.hosts.reading import read_workbook
from macros_py.sheets.read import Book, understand
from tests.sheets.mess import AS_OF
from tests.sheets.reading import shown, told

HEAD = ["编号", "姓名", "逾期金额", "应还日期"]
# stored number, its format, the amount in yuan or "" where it must stay unknown, with the finding
MEANT: list[tuple[float, str, str, str]] = [
    (12345, '0\\.0,"万元"', "12345.00", ""),
    (1.2, '0.00"万元"', "12000.00", ""),
    (3_000_000, '0.00,,"百万"', "3000000.00", ""),
    (98_765, "#,##0,", "98765.00", ""),
    (500, '#,##0.00"元"', "500.00", ""),
    (500, "[$$-409]#,##0.00", "", "amount-foreign"),
    (500, "[$HK$-C04]#,##0.00", "", "amount-foreign"),
    (3, '0"期"', "", "amount-format"),
    (88_000, '0.00,"万元"', "", "amount-format"),
    (0.5, "0.00%", "", "amount-format"),
    (700, "¥#,##0.00", "700.00", ""),
]


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(HEAD)
    for n, (stored, code, _, _) in enumerate(MEANT, 1):
        page.append([n, "王伟", stored, "2026-10-01"])
        page.cell(n + 1, 1).number_format = '"HT"0000'
        page.cell(n + 1, 3).number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet")
    for c, word in enumerate(HEAD):
        page.write(0, c, word)
    for n, (stored, code, _, _) in enumerate(MEANT, 1):
        for c, (value, look) in enumerate([(n, '"HT"0000'), ("王伟", "General"), (stored, code), ("2026-10-01", "General")]):
            page.write(n, c, value, xlwt.easyxf(num_format_str=look))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ODS_STYLES: dict[str, str] = {
    '0\\.0,"万元"': '<number:number number:min-integer-digits="2" number:display-factor="1000"><number:embedded-text number:position="1">.</number:embedded-text></number:number><number:text>万元</number:text>',
    '0.00"万元"': '<number:number number:decimal-places="2" number:min-integer-digits="1"/><number:text>万元</number:text>',
    '0.00,,"百万"': '<number:number number:decimal-places="2" number:display-factor="1000000"/><number:text>百万</number:text>',
    "#,##0,": '<number:number number:grouping="true" number:display-factor="1000"/>',
    '#,##0.00"元"': '<number:number number:decimal-places="2"/><number:text>元</number:text>',
    "[$$-409]#,##0.00": '<number:currency-symbol number:language="en" number:country="US">$</number:currency-symbol><number:number number:decimal-places="2"/>',
    "[$HK$-C04]#,##0.00": '<number:currency-symbol number:language="zh" number:country="HK">$</number:currency-symbol><number:number number:decimal-places="2"/>',
    '0"期"': '<number:number number:min-integer-digits="1"/><number:text>期</number:text>',
    '0.00,"万元"': '<number:number number:decimal-places="2" number:display-factor="1000"/><number:text>万元</number:text>',
    "0.00%": '<number:number number:decimal-places="2"/><number:text>%</number:text>',
    "¥#,##0.00": '<number:currency-symbol>¥</number:currency-symbol><number:number number:decimal-places="2"/>',
    '"HT"0000': '<number:text>HT</number:text><number:number number:decimal-places="0" number:min-integer-digits="4"/>',
}  # fmt: skip


def ods() -> bytes:
    spaces = {"office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle"}
    declared = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in spaces.items())
    kinds = {
        code: "currency-style" if "$" in code or "¥" in code else "percentage-style" if "%" in code else "number-style"
        for code in ODS_STYLES
    }
    names = {code: f"c{n}" for n, code in enumerate(ODS_STYLES)}
    styles = "".join(
        f'<number:{kinds[code]} style:name="N{names[code]}">{xml}</number:{kinds[code]}>'
        f'<style:style style:name="{names[code]}" style:family="table-cell" style:data-style-name="N{names[code]}"/>'
        for code, xml in ODS_STYLES.items()
    )

    def text(word: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{word}</text:p></table:table-cell>'

    def number(value: float, code: str) -> str:
        return f'<table:table-cell table:style-name="{names[code]}" office:value-type="float" office:value="{value}"/>'

    rows = ["".join(map(text, HEAD))]
    rows += [number(n, '"HT"0000') + text("王伟") + number(v, code) + text("2026-10-01") for n, (v, code, _, _) in enumerate(MEANT, 1)]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {declared}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return out.getvalue()


def of_workbook(data: bytes) -> list[Grid]:
    return [read_workbook(data).read("Sheet")]


def of_foreign(tmp_path: Path, data: bytes, suffix: str) -> tuple[list[Grid], bytes]:
    path = tmp_path / f"台账.{suffix}"
    path.write_bytes(data)
    return read_foreign(path), to_xlsx(path)


def assert_meant(grids: list[Grid]) -> None:
    book: Book = understand(grids, as_of=AS_OF)
    assert shown(book, "case_id", "overdue_amount") == [f"HT{n:04d}|{amount}" for n, (_, _, amount, _) in enumerate(MEANT, 1)]
    wanted: dict[str, int] = {}
    for _, _, _, code in MEANT:
        wanted |= {code: wanted.get(code, 0) + 1} if code else {}
    assert told(book) == wanted


def test_amounts_of_a_workbook_mean_what_their_format_shows() -> None:
    assert_meant(of_workbook(xlsx()))


@pytest.mark.parametrize(("make", "suffix"), [(xls, "xls"), (ods, "ods")])
def test_so_do_amounts_of_other_files_and_of_the_workbook_made_of_them(make: Any, suffix: str, tmp_path: Path) -> None:
    grids, made = of_foreign(tmp_path, make(), suffix)
    assert_meant(grids)
    assert_meant(of_workbook(made))


def test_a_ledger_in_one_foreign_currency_is_read_as_it_stands_and_says_so() -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["Invoice No.", "Customer", "Amount Outstanding", "Due Date"])
    for n in range(3):
        page.append([f"I{n}", "Acme", 100 + n, "2026-10-01"])
        page.cell(n + 2, 3).number_format = "[$$-409]#,##0.00"
    out = io.BytesIO()
    book.save(out)
    read = understand(of_workbook(out.getvalue()), as_of=AS_OF)
    assert shown(read, "overdue_amount") == ["100.00", "101.00", "102.00"]
    assert read.tables.currency == "USD"
    assert told(read) == {"ledger-currency": 1}


@pytest.mark.parametrize(
    ("header", "stored", "code", "amount"),
    [
        ("逾期金额（万元）", 1.2, "0.00", "12000.00"),
        ("逾期金额（万元）", 12345, "0!.0000", "12345.00"),
        ("逾期金额（万元）", 1.2, '0.00"万元"', "12000.00"),
        ("逾期金额（万元）", 12345, '0.00"元"', "12345.00"),
        ("Overdue amount (RMB'000)", 1.2, "0.00", "1200.00"),
        ("Overdue amount (RMB'000)", 1200, "0.0,", "1200.00"),
    ],
)
def test_header_and_format_agree_on_the_unit_once(header: str, stored: float, code: str, amount: str) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["编号", "姓名", header, "应还日期"])
    page.append(["A1", "王伟", stored, "2026-10-01"])
    page.cell(2, 3).number_format = code
    out = io.BytesIO()
    book.save(out)
    read = understand(of_workbook(out.getvalue()), as_of=AS_OF)
    assert shown(read, "overdue_amount") == [amount]
    assert told(read) == {}
