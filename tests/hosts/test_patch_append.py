"""Rows appended to logs: formats, formulas, tables, filters and names follow."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
import xlsxwriter

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import ColumnFill, HostError, RowAppend
from macros_py.hosts.package import Package
from tests.hosts.handmade import parts_of, zipped
from tests.hosts.ledgers import differing_parts, ledger, opened, seen

BOOK = Path("book.xlsx")
LOG = """
案件编号|结果|备注
GJ1     |接通|a
GJ2     |未接|b
"""
NEW = (ColumnFill("案件编号", ["GJ3", "GJ4"]), ColumnFill("结果", ["承诺", "=失联"]))


def appended(data: bytes, *columns: ColumnFill, header_row: int = 1) -> bytes:
    host = FileHost.of_bytes(data, BOOK)
    host.append(RowAppend("台账", header_row, columns or NEW))
    return host.to_bytes()


def test_rows_stand_below_the_last_used_row_under_their_headers() -> None:
    after = appended(ledger(LOG))
    assert seen(after)[3:] == [["GJ3", "承诺", None], ["GJ4", "=失联", None]]
    assert differing_parts(ledger(LOG), after) == {"xl/worksheets/sheet1.xml"}


def test_a_log_of_headers_only_takes_its_first_rows() -> None:
    assert seen(appended(ledger("案件编号|结果")))[1:] == [["GJ3", "承诺"], ["GJ4", "=失联"]]


def test_a_header_that_is_missing_is_added() -> None:
    after = appended(ledger(LOG), ColumnFill("案件编号", ["GJ3"]), ColumnFill("登记人", ["王"]))
    assert [row[3] for row in seen(after)] == ["登记人", None, None, "王"]


def test_nothing_to_append_changes_nothing() -> None:
    data = ledger(LOG)
    assert appended(data, ColumnFill("案件编号", [])) is data


def test_formats_follow_the_row_above_and_its_height_does_not() -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><v>案件编号</v></c><c r="B1" t="str"><v>结果</v></c></row>'
        '<row r="2" ht="60" customHeight="1" s="1" customFormat="1"><c r="A2" s="1" t="str"><v>GJ1</v></c><c r="B2" s="2"/><c r="C2" s="1"/></row>'
    )
    xml = Package(appended(zipped(parts_of(rows, formats=("0.0", "0.00"))))).read("xl/worksheets/sheet1.xml").decode()
    assert '<row r="3" s="1" customFormat="1"><c r="A3" s="1" t="inlineStr">' in xml
    assert '<c r="B3" s="2" t="inlineStr">' in xml
    assert '<c r="C3" s="1"/>' in xml


def test_a_table_grows_with_its_filter_and_its_calculated_columns() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    columns = [{"header": "案件编号"}, {"header": "结果"}, {"header": "双倍", "formula": "=LEN([@结果])*2"}]
    sheet.add_table(0, 0, 2, 2, {"name": "T", "columns": columns, "data": [["GJ1", "a"], ["GJ2", "b"]]})
    book.close()
    after = appended(out.getvalue())
    table = opened(after)["台账"].tables["T"]
    assert (table.ref, table.autoFilter.ref) == ("A1:C5", "A1:C5")
    formulas = [row[2] for row in seen(after)[1:]]
    assert formulas == [formulas[0]] * 4
    assert b'fullCalcOnLoad="1"' in Package(after).read("xl/workbook.xml")


def test_empty_rows_at_the_end_of_a_table_are_used_first() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.add_table(0, 0, 6, 1, {"name": "T", "columns": [{"header": "案件编号"}, {"header": "结果"}], "data": [["GJ1", "a"]]})
    book.close()
    after = appended(out.getvalue())
    assert seen(after)[:4] == [["案件编号", "结果"], ["GJ1", "a"], ["GJ3", "承诺"], ["GJ4", "=失联"]]
    assert opened(after)["台账"].tables["T"].ref == "A1:B7"


def test_a_formula_that_every_row_has_is_carried_down_and_a_single_one_is_not() -> None:
    after = appended(ledger("案件编号|结果|长度|旁注\nGJ1|a|=LEN(B2)|x\nGJ2|b|=LEN(B3)|=A1"))
    assert [row[2:] for row in seen(after)[3:]] == [["=LEN(B4)", None], ["=LEN(B5)", None]]


def test_filters_formats_validation_and_names_that_ended_there_end_below() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    for r, row in enumerate([["案件编号", "结果"], ["GJ1", "a"], ["GJ2", "b"]]):
        sheet.write_row(r, 0, row)
    sheet.autofilter("A1:B3")
    sheet.conditional_format("B2:B3", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("A2:A2", {"type": "duplicate"})
    sheet.data_validation("B2:B3", {"validate": "list", "source": ["a", "b"]})
    sheet.print_area("A1:B3")
    book.define_name("记录", "='台账'!$A$2:$B$3")
    book.define_name("首行", "='台账'!$A$2:$B$2")
    book.close()
    after = Package(appended(out.getvalue()))
    xml, names = after.read("xl/worksheets/sheet1.xml").decode(), after.read("xl/workbook.xml").decode()
    assert 'autoFilter ref="A1:B5"' in xml
    assert 'conditionalFormatting sqref="B2:B5"' in xml
    assert 'conditionalFormatting sqref="A2"' in xml
    assert 'sqref="B2:B5"' in xml.split("dataValidation ")[1]
    assert "<xm:sqref>B2:B5</xm:sqref>" in xml
    assert names.count("$A$1:$B$5") == 2
    assert "$A$2:$B$5" in names
    assert "$A$2:$B$2" in names


def with_total(*formulas: str, label: str = "合计", gap: int = 0, elsewhere: str = "", typed: float | None = None) -> bytes:
    """A log of two rows and a total row: its label, then formulas, then a typed number."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, money = book.add_worksheet("台账"), book.add_format({"num_format": "0.00", "bold": True})
    for row, line in enumerate((("案件编号", "结果", "承诺额"), ("GJ1", "接通", 10), ("GJ2", "未接", 20))):
        sheet.write_row(row, 0, line)
    foot = 3 + gap
    sheet.write(foot, 0, label)
    for column, formula in enumerate(formulas, start=1):
        sheet.write_formula(foot, column, formula, money, 2)
    if typed is not None:
        sheet.write_number(foot, 3, typed)
    if elsewhere:
        book.add_worksheet("看板").write_formula(0, 0, elsewhere, None, 1)
    sheet.conditional_format(1, 2, foot, 2, {"type": "data_bar"})
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("label", ["合计", "合 计：", "Total"])
def test_rows_go_above_a_total_row_and_its_sums_reach_over_them(label: str) -> None:
    after = appended(with_total("=COUNTA(B2:B3)", "=SUM($C$2:$C$3)", '=SUBTOTAL(9,C2:C3)&"C2:C3"&C4', label=label))
    assert [row[0] for row in seen(after)] == ["案件编号", "GJ1", "GJ2", "GJ3", "GJ4", label]
    foot = opened(after)["台账"][6]
    assert [c.value for c in foot][1:] == ["=COUNTA(B2:B5)", "=SUM($C$2:$C$5)", '=SUBTOTAL(9,C2:C5)&"C2:C3"&C6']
    assert foot[2].number_format == "0.00"
    assert foot[2].font.b
    assert 'sqref="C2:C6"' in Package(after).read("xl/worksheets/sheet1.xml").decode()


def test_a_gap_above_the_total_row_stays_and_is_summed_with_the_rows() -> None:
    after = appended(with_total("=COUNTA(B2:B4)", gap=1))
    assert [row[0] for row in seen(after)] == ["案件编号", "GJ1", "GJ2", "GJ3", "GJ4", None, "合计"]
    assert opened(after)["台账"]["B7"].value == "=COUNTA(B2:B6)"


def test_two_appends_above_a_total_row_follow_each_other() -> None:
    after = appended(appended(with_total("=COUNTA(B2:B3)")), ColumnFill("案件编号", ["GJ5"]))
    assert [row[0] for row in seen(after)][3:] == ["GJ3", "GJ4", "GJ5", "合计"]
    assert opened(after)["台账"]["B7"].value == "=COUNTA(B2:B6)"


@pytest.mark.parametrize(
    "data",
    [
        with_total(typed=30.0),
        with_total("=C2+C3"),
        with_total("=SUM(C2:C3)", elsewhere="=台账!B4"),
        with_total("=SUM(C2:C3)", elsewhere="=SUM('台账'!$B$2:$B$4)"),
        with_total("=SUM(台账!C2:C3)"),
    ],
    ids=["typed", "cell by cell", "asked for elsewhere", "in a range elsewhere", "names its own sheet"],
)
def test_a_total_row_that_would_be_wrong_afterwards_is_refused(data: bytes) -> None:
    with pytest.raises(HostError, match="total-row"):
        appended(data)


def test_a_range_that_ends_above_the_total_row_does_so_after_one_row_too() -> None:
    data = zipped(
        parts_of(
            '<row r="1"><c r="A1" t="str"><v>案件编号</v></c></row><row r="2"><c r="A2" t="str"><v>GJ1</v></c></row>'
            '<row r="3"><c r="A3" t="str"><v>合计</v></c><c r="B3"><f>SUM(B3:C3)+COUNTA(A2:A2)</f></c></row>',
            after='<autoFilter ref="A1:A2"/>',
        )
    )
    after = appended(data, ColumnFill("案件编号", ["GJ2"]))
    assert '<autoFilter ref="A1:A3"/>' in Package(after).read("xl/worksheets/sheet1.xml").decode()
    assert opened(after)["台账"]["B4"].value == "=SUM(B4:C4)+COUNTA(A2:A3)"


def test_what_stands_below_a_table_is_not_overwritten() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.add_table(0, 0, 1, 1, {"columns": [{"header": "案件编号"}, {"header": "结果"}], "data": [["GJ1", "a"]]})
    sheet.write(3, 0, "注：下面有字")
    book.close()
    with pytest.raises(HostError) as refused:
        appended(out.getvalue())
    assert refused.value.code == "rows-below"


def test_the_sheet_s_last_row_is_respected() -> None:
    data = zipped(parts_of('<row r="1"><c r="A1" t="str"><v>案件编号</v></c></row><row r="1048575"><c r="A1048575"><v>1</v></c></row>'))
    host = FileHost.of_bytes(data, BOOK)
    with pytest.raises(HostError, match="too-many-rows"):
        host.append(RowAppend("台账", 1, NEW[:1]))


def test_dates_take_their_format_in_an_unformatted_log() -> None:
    after = appended(
        ledger("案件编号|日期\nGJ1|"), ColumnFill("案件编号", ["GJ2"]), ColumnFill("日期", [dt.date(2026, 3, 2)], "yyyy-mm-dd")
    )
    assert seen(after)[2] == ["GJ2", dt.datetime(2026, 3, 2)]


def test_two_appends_follow_each_other() -> None:
    host = FileHost.of_bytes(ledger(LOG, table=True), BOOK)
    host.append(RowAppend("台账", 1, NEW))
    host.append(RowAppend("台账", 1, (ColumnFill("案件编号", ["GJ5"]),)))
    assert [row[0] for row in seen(host.to_bytes())] == ["案件编号", "GJ1", "GJ2", "GJ3", "GJ4", "GJ5"]
    assert opened(host.to_bytes())["台账"].tables["台账表"].ref == "A1:C6"
