"""Text exports, old .xls, .ods, and files whose names lie: read as they are, their result a new .xlsx."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.hosts import legacy
from macros_py.hosts.building import built
from macros_py.hosts.foreign import is_foreign, read_foreign, to_xlsx
from macros_py.hosts.host import UNCACHED, CellError, Grid, HostError
from macros_py.hosts.reading import read_workbook
from macros_py.hosts.sniffing import Format, sniffed
from macros_py.hosts.text_files import read_text
from tests.hosts.handmade import parts_of, zipped

LEDGER = '案件编号,身份证号,逾期金额\n000123,440106199902125969,"31,374.36"\n000124,11010119900307123X,=1+1\n'
ROWS = [["案件编号", "身份证号", "逾期金额"], ["000123", "440106199902125969", "31,374.36"], ["000124", "11010119900307123X", "=1+1"]]


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def save(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return save


def rows(data: bytes) -> list[list[Any]]:
    return read_text(data, "x").cells.tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_text_with_ids_and_long_digits_whole(encoding: str) -> None:
    data = LEDGER.encode(encoding)
    assert sniffed(data) is Format.TEXT
    assert rows(data) == ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_every_delimiter_is_found(delimiter: str) -> None:
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    assert rows(text.encode()) == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(end: str) -> None:
    assert rows(LEDGER.replace("\n", end).encode()) == ROWS


def test_a_preamble_does_not_mislead() -> None:
    text = "导出信息：\n起始时间：[2023-02-10 00:00:00]    终止时间：[2023-02-13]\n共3笔记录\n\n------\n" + LEDGER
    assert rows(text.encode("gb18030"))[5:] == ROWS


def test_decimal_commas_do_not_mislead() -> None:
    assert rows("名;额;日\n甲;1.234,56;1,5\n乙;7,10;2,5\n".encode())[1] == ["甲", "1.234,56", "1,5"]


def test_quotes_line_breaks_and_excel_text_formulas() -> None:
    text = 'a,"甲""乙"\n"一\n二",="00123"\n"=""0045""",\n'
    assert rows(text.encode()) == [["a", '甲"乙'], ["一\n二", "00123"], ["0045", None]]


def test_a_quote_that_nobody_closed_does_not_swallow_the_ledger() -> None:
    lines = [f"{i},甲,备注" for i in range(200)]
    lines[3] = '3,"甲,备注'
    found = rows("\n".join(lines).encode())
    assert len(found) == 200
    assert found[100] == ["100", "甲", "备注"]


def test_a_delimiter_that_the_file_names_is_taken() -> None:
    assert rows(b"sep=;\na,b;c\nd,e;f\n") == [["a,b", "c"], ["d,e", "f"]]


def test_western_letters_are_no_chinese() -> None:
    assert rows("Name,City\nMüller,Köln\nGarcía,Málaga\n".encode("cp1252")) == [["Name", "City"], ["Müller", "Köln"], ["García", "Málaga"]]


def test_an_export_cut_off_inside_a_character_is_still_read() -> None:
    data = LEDGER.encode("gb18030") + "备注".encode("gb18030")[:3]
    assert rows(data)[:3] == [[*row] for row in ROWS]


def test_blank_rows_stay_and_ragged_rows_are_filled_up() -> None:
    assert rows(b"a,b,c\n\nd\n,,e,,\n\n,,\n") == [["a", "b", "c"], [None] * 3, ["d", None, None], [None, None, "e"]]


def test_more_columns_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(HostError, match="too-large"):
        read_text(b"," * 16_384 + b"x", "x")


def legacy_book() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    day, moment = xlwt.easyxf(num_format_str="yyyy-mm-dd"), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日" hh:mm')
    sheet.write_merge(0, 0, 0, 4, "逾期客户台账")
    for column, value in enumerate(["000123", 42, 1.5, True]):
        sheet.write(1, column, value)
    sheet.write(2, 0, dt.date(2026, 3, 5), day)
    sheet.write(2, 1, dt.datetime(2026, 3, 5, 8, 30), moment)
    sheet.write(2, 2, 440106199902125969)
    sheet.row(2).set_cell_error(3, "#DIV/0!")
    sheet.row(2).hidden = True
    book.add_sheet("空")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_old_xls_tells_dates_errors_merges_and_hidden_rows(saved: Callable[[str, bytes], Path]) -> None:
    grid, empty = read_foreign(saved("老台账.xls", legacy_book()))
    assert grid.cells.tolist() == [
        ["逾期客户台账", None, None, None],
        ["000123", 42, 1.5, True],
        [dt.date(2026, 3, 5), dt.datetime(2026, 3, 5, 8, 30), float(440106199902125969), "#DIV/0!"],
    ]
    assert isinstance(grid.cells[2, 3], CellError)
    assert type(grid.cells[2, 2]) is float
    assert grid.merged == ((1, 1, 1, 5),)
    assert grid.hidden_rows == {3}
    assert (empty.sheet, empty.cells.shape) == ("空", (0, 0))


def test_a_broken_old_xls_is_refused_by_the_child_not_by_a_crash(saved: Callable[[str, bytes], Path]) -> None:
    data = legacy_book()
    for broken in (data[:1500], data[:512] + bytes(reversed(data[512:3000])) + data[3000:]):
        with pytest.raises(HostError) as caught:
            read_foreign(saved("坏.xls", broken))
        assert caught.value.code in ("corrupt", "not-workbook")
        assert caught.value.values["file"] == "坏.xls"


@pytest.mark.parametrize("fate", ["import os; os.abort()", "raise SystemExit(1)", "import os; os.kill(os.getpid(), 9)"])
def test_a_child_that_crashes_does_not_take_us_along(fate: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text(fate)
    monkeypatch.setattr(legacy, "_CHILD", child)
    with pytest.raises(HostError, match="corrupt"):
        legacy.read_legacy(legacy_book())


def test_a_child_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(legacy, "_CHILD", child)
    monkeypatch.setattr(legacy, "_SECONDS", 0.5)
    with pytest.raises(HostError, match="corrupt"):
        legacy.read_legacy(legacy_book())


ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="台账">'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
ODS_ROWS = (
    '<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="3" table:number-rows-spanned="1"><text:p>甲<text:s text:c="2"/>乙</text:p>'
    '<text:p>二</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell office:value-type="float" office:value="12.50"/>'
    '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>007</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="date" office:date-value="2026-03-05"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/><table:table-cell table:formula="of:=A1"/>'
    '<table:table-cell office:value-type="currency" office:value="3"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def ods(inner: str, **more: str) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS_HEAD + inner + ODS_TAIL, **more})


def test_an_open_document_is_read_with_its_repetitions(saved: Callable[[str, bytes], Path]) -> None:
    (grid,) = read_foreign(saved("台账.ods", ods(ODS_ROWS)))
    assert grid.cells.tolist() == [
        ["甲  乙\n二", None, None],
        [12.5, "007", "007"],
        [12.5, "007", "007"],
        [dt.date(2026, 3, 5), True, "#DIV/0!"],
        [dt.time(8, 30), UNCACHED, 3],
    ]
    assert isinstance(grid.cells[3, 2], CellError)
    assert grid.merged == ((1, 1, 1, 3),)
    assert grid.hidden_rows == {2, 3}


def test_an_open_document_that_repeats_a_value_without_end_is_refused(saved: Callable[[str, bytes], Path]) -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
    for across, down in ((16_384, 1_048_576), (99_999_999, 1), (3, 99_999_999)):
        data = ods(f'<table:table-row table:number-rows-repeated="{down}">{cell.format(across)}</table:table-row>')
        with pytest.raises(HostError) as caught:
            read_foreign(saved("重复.ods", data))
        assert caught.value.code in ("far-cell", "too-large")


def test_an_encrypted_open_document_is_told(saved: Callable[[str, bytes], Path]) -> None:
    with pytest.raises(HostError, match="encrypted"):
        read_foreign(saved("密.ods", ods("", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"})))


HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"></head><body><table>
<tr><th colspan=2>逾期台账</th><th rowspan=2>金额</th></tr><tr><td>编号</td><td>姓名</td></tr>
<tr><td>000123</td><td> 陶&nbsp;英 </td><td>1,234.50</td></tr></table></body></html>"""


def test_an_xls_that_is_html_is_read_as_text(saved: Callable[[str, bytes], Path]) -> None:
    path = saved("报表.xls", HTML.encode("gb18030"))
    (grid,) = read_foreign(path)
    assert is_foreign(path)
    assert grid.cells.tolist() == [["逾期台账", None, "金额"], ["编号", "姓名", None], ["000123", "陶 英", "1,234.50"]]
    assert grid.merged == ((1, 1, 1, 2), (1, 3, 2, 3))


XML2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="流水"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">账单</Data></Cell><Cell><Data ss:Type="String">末</Data></Cell></Row>
<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">12.5</Data></Cell><Cell><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Error">#N/A</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_an_xls_that_is_excel_2003_xml_is_read(saved: Callable[[str, bytes], Path]) -> None:
    (grid,) = read_foreign(saved("流水.xls", XML2003.encode()))
    assert grid.cells.tolist() == [["账单", None, "末", None], [None] * 4, [None, 12.5, dt.date(2026, 3, 5), "#N/A"]]
    assert (grid.merged, grid.hidden_rows) == (((1, 1, 1, 2),), {3})


def test_names_that_lie_are_seen_through(saved: Callable[[str, bytes], Path]) -> None:
    workbook = zipped(parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert not is_foreign(saved("其实是xlsx.csv", workbook))
    assert not is_foreign(saved("其实是xlsx.xls", workbook))
    assert is_foreign(saved("其实是csv.xls", LEDGER.encode("gb18030")))
    assert is_foreign(saved("其实是csv.xlsx", LEDGER.encode()))
    assert is_foreign(saved("其实是xls.xlsx", legacy_book()))
    assert read_foreign(saved("其实是csv.xls", LEDGER.encode("gb18030")))[0].cells.tolist() == ROWS
    for data in (b"", b"%PDF-1.4\n", bytes(100)):
        path = saved("不是表.csv", data)
        assert not is_foreign(path)
        with pytest.raises(HostError, match="not-workbook"):
            read_foreign(path)


def test_the_result_of_a_text_file_keeps_text_as_text(saved: Callable[[str, bytes], Path]) -> None:
    text = LEDGER + "http://example.com,@拒接,-1\n+86 130,_y,'甲\n"
    path = saved("逾期/台账[1].csv".replace("/", ""), text.encode("gb18030"))
    result = to_xlsx(path)
    assert read_workbook(result).read("逾期台账1").cells.tolist() == read_foreign(path)[0].cells.tolist()
    sheet = openpyxl.load_workbook(io.BytesIO(result))["逾期台账1"]
    assert [[(c.value, c.data_type, c.hyperlink) for c in row] for row in sheet.iter_rows(min_row=2)] == [
        [("000123", "s", None), ("440106199902125969", "s", None), ("31,374.36", "s", None)],
        [("000124", "s", None), ("11010119900307123X", "s", None), ("=1+1", "s", None)],
        [("http://example.com", "s", None), ("@拒接", "s", None), ("-1", "s", None)],
        [("+86 130", "s", None), ("_y", "s", None), ("'甲", "s", None)],
    ]


def test_the_result_of_an_old_xls_has_its_dates_errors_merges_and_hidden_rows(saved: Callable[[str, bytes], Path]) -> None:
    path = saved("老台账.xls", legacy_book())
    before, after = read_foreign(path), read_workbook(to_xlsx(path))
    for grid in before:
        made = after.read(grid.sheet)
        assert made.cells.tolist() == grid.cells.tolist()
        assert [type(v) for v in made.cells.ravel()] == [type(v) for v in grid.cells.ravel()]
        assert (made.merged, made.hidden_rows) == (grid.merged, grid.hidden_rows)


def test_the_same_file_gives_the_same_result_to_the_byte(saved: Callable[[str, bytes], Path]) -> None:
    path = saved("台账.csv", LEDGER.encode())
    assert to_xlsx(path) == to_xlsx(path)


def test_a_text_longer_than_a_cell_is_refused_not_cut(saved: Callable[[str, bytes], Path]) -> None:
    with pytest.raises(HostError) as caught:
        to_xlsx(saved("长.csv", b"a,b\nc," + b"x" * 32_768 + b"\n"))
    assert caught.value.code == "text-too-long"
    assert caught.value.values["file"] == "长.csv"


CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**14), 10**14)
    | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
    | st.dates(dt.date(1900, 3, 1))
    | st.builds(CellError, st.sampled_from(["#DIV/0!", "#N/A", "#VALUE!"]))
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_grid_is_built_into_a_workbook_that_reads_the_same(values: list[list[Any]]) -> None:
    cells = np.empty((len(values), 3), object)
    for i, row in enumerate(values):
        cells[i] = row
    found = read_workbook(built([Grid("表", cells)])).read("表").cells
    for i, j in np.argwhere(cells != np.array(None)).tolist():
        assert found[i, j] == cells[i, j]
        assert type(found[i, j]) is type(cells[i, j])


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "header", "row", "first"),
    [
        ("statements/alipay.csv", "交易时间", 25, "2023-02-12"),
        ("statements/boc-debit.csv", "记账日期", 2, "2025-08-22"),
        ("statements/icbc-debit.csv", "交易日期", 7, "2023-05-02"),
        ("statements/ccb-debit.xls", "记账日", 6, "20250101"),
        ("receivables.csv", "countrycode", 1, "770"),
    ],
)
def test_real_exports_are_read(shared: Path, name: str, header: str, row: int, first: str) -> None:
    path = shared / "data" / name
    (grid,) = read_foreign(path)
    column = grid.cells[:, 0].tolist()
    at = next(i for i, v in enumerate(column) if str(v).strip() == header)
    assert at + 1 == row
    assert str(column[at + 1]).strip().startswith(first)
    assert read_workbook(to_xlsx(path)).read(grid.sheet).cells.tolist() == grid.cells.tolist()


@pytest.mark.office
def test_what_libreoffice_saves_is_read_the_same(office: str, tmp_path: Path) -> None:
    day = dt.date(2026, 3, 5)
    values = [["案件编号", "金额", "日期"], ["000123", 1234.5, day], ["=1+1", 7, dt.datetime(2026, 3, 5, 8, 30)]]
    cells = np.array(values, object)
    source = tmp_path / "台账.xlsx"
    source.write_bytes(built([Grid("台账", cells)]))
    for kind in ("ods", "xls"):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [office, "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path), str(source)]
        for _ in range(2):  # a new profile's first start may end with 81
            if subprocess.run(command, capture_output=True, timeout=120, check=False).returncode == 0:
                break
        (grid,) = read_foreign(tmp_path / f"台账.{kind}")
        assert grid.cells.tolist() == values, kind
