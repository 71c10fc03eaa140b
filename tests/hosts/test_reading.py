"""Raw cells out of closed workbooks: each kind of mess that a sheet's XML can hold, quick path and parser alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from macros_py.hosts import reading
from macros_py.hosts.host import UNCACHED, CellError, Grid, HostError
from macros_py.hosts.reading import read_workbook
from tests.hosts.handmade import parts_of, rels, zipped


@pytest.fixture(params=["quick", "parser"])
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Grid]:
    """Reads the sheet 台账 of a handmade workbook, once by the quick scanner where it can, once by the parser."""
    if request.param == "parser":
        monkeypatch.setattr(reading, "_scanned", lambda *_: None)
    return lambda *sheet_data, **options: read_workbook(zipped(parts_of(*sheet_data, **options))).read("台账")


def row(cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{cells}</row>'


def only(grid: Grid) -> Any:
    """The one value in A1, with its type."""
    assert grid.cells.shape == (1, 1)
    return grid.cells[0, 0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<v>7</v>", 7),
        ("<v>-7</v>", -7),
        ("<v>0</v>", 0),
        ("<v>1234.5</v>", 1234.5),
        ("<v>1234.50</v>", 1234.5),
        ("<v>31374.360000000001</v>", 31374.36),
        ("<v>0.1</v>", 0.1),
        ("<v>.5</v>", 0.5),
        ("<v>-0.015</v>", -0.015),
        ("<v>1E3</v>", 1000),
        ("<v>1.5e-7</v>", 1.5e-7),
        ("<v>13083016613</v>", 13083016613),
        ("<v>123456789012345</v>", 123456789012345),
        ("<v>1234567890123456</v>", 1234567890123456.0),
        ("<v>440106199902125969</v>", float(440106199902125969)),
        ("<v>99999999999999999999.99</v>", 1e20),
        ("<v>12345678.12345678</v>", 12345678.12345678),
        ("<v>0.000000001</v>", 1e-9),
        ("<v>123456789.123456789</v>", 123456789.123456789),
        ("<v> 42 </v>", 42),
    ],
)
def test_numbers_are_exact_and_whole_ones_are_ints(read: Callable[..., Grid], cell: str, value: float) -> None:
    found = only(read(row(f'<c r="A1">{cell}</c>')))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="str"><f>A2</f><v>按文本</v></c>', "按文本"),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="A1" t="inlineStr"><is><t>甲 &amp; 乙 &lt;丙&gt;</t></is></c>', "甲 & 乙 <丙>"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve">  两边空格  </t></is></c>', "  两边空格  "),
        ('<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>粗</t></r><r><t>细</t></r></is></c>', "粗细"),
        ('<c r="A1" t="inlineStr"><is><t>陶英</t><rPh sb="0" eb="1"><t>タオ</t></rPh></is></c>', "陶英"),
        ('<c r="A1" t="inlineStr"><is><t>一_x000D_二_x005F_x000D_</t></is></c>', "一\r二_x000D_"),
        ('<c r="A1" t="inlineStr"><is><t>&#x4F60;&#22909;&#10;!</t></is></c>', "你好\n!"),
        ('<c r="A1" t="inlineStr"><is><t>上\r\n下</t></is></c>', "上\n下"),
        ('<c r="A1" t="str"><v>=1+1</v></c>', "=1+1"),
        ('<c r="A1" t="d"><v>2026-03-05</v></c>', dt.date(2026, 3, 5)),
        ('<c r="A1" t="d"><v>2026-03-05T08:30:00</v></c>', dt.datetime(2026, 3, 5, 8, 30)),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', "a<b"),
        ('<c r="A1" t="inlineStr"><!-- note --><is><t>x</t></is></c>', "x"),
        ("<c t='inlineStr' r='A1'><is><t>引号</t></is></c>", "引号"),
        ('<c r="A1" t="inlineStr"><is><t>a > b</t></is></c>', "a > b"),
        ('<c r="A1" cm="1" vm="2" ph="1" t="str"><v>x</v></c>', "x"),
        ('<c r="a1" t="str"><v>小写</v></c>', "小写"),
        ('<c r="A1"\n   t="str">\n  <v>x</v>\n</c>', "x"),
    ],
)
def test_texts_flags_and_moments(read: Callable[..., Grid], cell: str, value: object) -> None:
    found = only(read(row(cell)))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", "#REF!", "#NAME?"])
def test_error_values_are_errors_not_text(read: Callable[..., Grid], text: str) -> None:
    found = only(read(row(f'<c r="A1" t="e"><f>1/0</f><v>{text}</v></c>')))
    assert isinstance(found, CellError)
    assert found == text


def test_a_number_that_is_none_is_an_error(read: Callable[..., Grid]) -> None:
    for text in ("abc", "1,5", "NaN", "1_000", "0x10", "1e999"):
        assert isinstance(only(read(row(f'<c r="A1"><v>{text}</v></c>'))), CellError), text


def test_blank_zero_error_and_uncached_are_four_things(read: Callable[..., Grid]) -> None:
    grid = read(
        row(
            '<c r="A1"/><c r="B1"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1"><f>SUM(A2:A9)</f></c>'
            '<c r="E1"><f>A1</f><v></v></c><c r="F1"><f>A1</f><v/></c><c r="G1" t="str"><f>A1</f></c><c r="H1"><v></v></c><c r="I1" s="0"></c>'
            '<c r="J1"><f t="shared" ref="J1:K1" si="0">1</f><v>1</v></c><c r="K1"><f t="shared" si="0"/><v>2</v></c>'
            '<c r="L1"><f t="array" ref="L1:M1">X</f><v>3</v></c><c r="M1"><v>4</v></c><c r="N1"><f si="0" t="shared"/></c>'
        )
    )
    assert grid.cells[0].tolist() == [
        None, 0, "#N/A", UNCACHED, UNCACHED, UNCACHED, UNCACHED, None, None, 1, 2, 3, 4, UNCACHED,
    ]  # fmt: skip


STRINGS = '<si><t>案件编号</t></si><si><r><t>富</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 文本</t></r></si><si><t/></si><si/><si><t>末_x000D_</t></si>'


def test_shared_strings_of_every_form(read: Callable[..., Grid]) -> None:
    cells = "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABCDE"))
    assert read(row(cells), strings=STRINGS).cells[0].tolist() == ["案件编号", "富 文本", "", "", "末\r"]


KEPT = 'xml:space="preserve"'
IN_CALC = f'<rPr><sz val="11"/><rFont val="Noto Sans CJK SC"/></rPr><t {KEPT}>'


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (f"<si><r>{IN_CALC}预期 </t></r><r><rPr><b/></rPr><t {KEPT}>¥3</t></r><r>{IN_CALC} 元</t></r></si>", "预期 ¥3 元"),
        (f"<si><r>{IN_CALC}甲&amp;</t></r><r>{IN_CALC}amp;乙</t></r></si>", "甲&amp;乙"),
        (f"<si><r>{IN_CALC}_x00</t></r><r>{IN_CALC}41_</t></r></si>", "_x0041_"),
        (f"<si><r>{IN_CALC}甲</t></r><r><rPr/><t/></r><r>{IN_CALC}乙</t></r></si>", "甲乙"),
        (f"<si><r>{IN_CALC}甲</t></r><rPh sb='0' eb='1'><t>jia</t></rPh><phoneticPr fontId='1'/></si>", "甲"),
        (
            "<si>" + "".join(f"<r><rPr><sz val='{n}'/></rPr><t>{n % 10}</t></r>" for n in range(99)) + "</si>",
            "0123456789" * 9 + "012345678",
        ),
    ],
)
def test_a_string_in_runs_is_read_as_one_beside_plain_ones(read: Callable[..., Grid], item: str, text: str) -> None:
    cells = "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABC"))
    assert read(row(cells), strings=f"<si><t>前</t></si>{item}<si><t>后</t></si>").cells[0].tolist() == ["前", text, "后"]


@pytest.mark.parametrize("index", ["-1", "9", "99999999999", "1.5", "x"])
def test_a_string_that_the_table_does_not_have_is_an_error_never_another_string(read: Callable[..., Grid], index: str) -> None:
    for strings in (STRINGS, None):
        assert isinstance(only(read(row(f'<c r="A1" t="s"><v>{index}</v></c>'), strings=strings)), CellError)


def test_a_string_table_with_comments_or_a_prefix_is_read_the_same() -> None:
    for table in (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><!-- x --><si><t>甲</t></si><si><t><![CDATA[<乙>]]></t></si></sst>',
        '<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si><x:t>甲</x:t></x:si><x:si><x:t>&lt;乙></x:t></x:si></x:sst>',
    ):
        parts = parts_of(row('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'), strings="")
        parts["xl/sharedStrings.xml"] = table
        assert read_workbook(zipped(parts)).read("台账").cells.tolist() == [["甲", "<乙>"]]


def test_a_number_is_a_date_when_its_format_shows_one(read: Callable[..., Grid]) -> None:
    formats = (
        "yyyy/m/d",
        "[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
        "yyyy-mm-dd hh:mm",
        "h:mm",
        "[h]:mm",
        "0.00E+00",
        "0&quot;天&quot;",
    )
    cells = "".join(f'<c r="{c}1" s="{i}"><v>45250.5</v></c>' for i, c in enumerate("ABCDEFGH"))
    noon = dt.datetime(2023, 11, 20, 12)
    assert read(row(cells), formats=formats).cells[0].tolist() == [
        45250.5, noon, noon, noon, noon, dt.timedelta(days=45250.5), 45250.5, 45250.5,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("serial", "date1904", "value"),
    [
        ("45250", False, dt.date(2023, 11, 20)),
        ("43788", True, dt.date(2023, 11, 20)),
        ("1", False, dt.date(1900, 1, 1)),
        ("59", False, dt.date(1900, 2, 28)),
        ("60", False, 60),
        ("61", False, dt.date(1900, 3, 1)),
        ("0", True, dt.date(1904, 1, 1)),
        ("0", False, 0),
        ("-3", False, -3),
        ("2958465", False, dt.date(9999, 12, 31)),
        ("2958466", False, 2958466),
        ("1e300", False, 1e300),
        ("45250.35416666", False, dt.datetime(2023, 11, 20, 8, 30)),
    ],
)
def test_serial_days_in_both_calendars(read: Callable[..., Grid], serial: str, date1904: bool, value: object) -> None:
    found = only(read(row(f'<c r="A1" s="1"><v>{serial}</v></c>'), formats=("yyyy-mm-dd",), date1904=date1904))
    if isinstance(found, dt.datetime):
        found = (found + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    assert found == value
    assert type(found) is type(value)


def test_a_time_of_day_is_a_time(read: Callable[..., Grid]) -> None:
    assert only(read(row('<c r="A1" s="1"><v>0.354166666666667</v></c>'), formats=("hh:mm",))) == dt.time(8, 30)


def test_an_unknown_style_shows_a_number(read: Callable[..., Grid]) -> None:
    assert only(read(row('<c r="A1" s="99"><v>45250</v></c>'), formats=("yyyy-mm-dd",))) == 45250


def test_cells_and_rows_without_references_stand_one_after_the_other() -> None:
    data = '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="3"><c t="str"><v>x</v></c></row><row hidden="1"><c/><c><v>9</v></c></row>'
    grid = read_workbook(zipped(parts_of(data))).read("台账")
    assert grid.cells.tolist() == [
        [1, None, None, 2, 3],
        [None] * 5,
        ["x", None, None, None, None],
        [None, 9, None, None, None],
    ]
    assert grid.hidden_rows == {4}


def test_the_grid_begins_at_a1_and_ends_at_the_last_value(read: Callable[..., Grid]) -> None:
    grid = read(row('<c r="C2" t="str"><v>x</v></c><c r="Z2" s="0"/>', 2) + row('<c r="A900" s="0"/>', 900))
    assert (grid.top, grid.left) == (1, 1)
    assert grid.cells.tolist() == [[None] * 3, [None, None, "x"]]


def test_merged_ranges_hidden_rows_and_tables_are_told(read: Callable[..., Grid]) -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" spans="1:1" hidden="1"><c r="A2"><v>2</v></c></row><row r="3" hidden="true"/><row r="4" hidden="0"><c r="A4"><v>4</v></c></row>'
    after = '<mergeCells count="2"><mergeCell ref="A1:O1"/><mergeCell ref="$B$2:$C$9"/></mergeCells>'
    grid = read(data, after)
    assert grid.merged == ((1, 1, 1, 15), (2, 2, 9, 3))
    assert grid.hidden_rows == {2, 3}
    parts = parts_of(data, '<tableParts count="1"/>')
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = rels(("table", "../tables/table1.xml"))
    parts["xl/tables/table1.xml"] = '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ref="A1:C4"/>'
    assert read_workbook(zipped(parts)).read("台账").tables == ((1, 1, 4, 3, 0),)


def test_strict_prefixed_and_utf_16_sheets_hold_the_same_values() -> None:
    data = row('<c r="A1" t="inlineStr"><is><t>陶英</t></is></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>1/0</f></c>')
    after = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    plain = parts_of(data, after)
    prefixed = dict(plain)
    sheet = str(plain["xl/worksheets/sheet1.xml"])
    prefixed["xl/worksheets/sheet1.xml"] = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet).replace("xmlns=", "xmlns:x=")
    wide = dict(plain)
    wide["xl/worksheets/sheet1.xml"] = ('<?xml version="1.0" encoding="UTF-16"?>' + sheet).encode("utf-16")
    declared = dict(plain)
    declared["xl/worksheets/sheet1.xml"] = ('<?xml version="1.0" encoding="GB18030"?>' + sheet).encode("gb18030")
    for parts in (plain, parts_of(data, after, strict=True), prefixed, wide, declared):
        grid = read_workbook(zipped(parts)).read("台账")
        assert grid.cells.tolist() == [["陶英", 2, UNCACHED]]
        assert grid.merged == ((1, 1, 1, 2),)


def test_part_names_in_another_case_and_absolute_targets_are_found() -> None:
    parts = parts_of(row('<c r="A1" t="s"><v>0</v></c>'), strings="<si><t>甲</t></si>")
    parts["XL/Worksheets/Sheet1.XML"] = parts.pop("xl/worksheets/sheet1.xml")
    parts["xl/_rels/workbook.xml.rels"] = rels(
        ("worksheet", "/xl/worksheets/sheet1.xml"), ("styles", "/XL/styles.xml"), ("sharedStrings", "./sharedStrings.xml")
    )
    assert only(read_workbook(zipped(parts)).read("台账")) == "甲"


def test_sheets_come_in_the_order_of_the_workbook_with_what_a_person_sees() -> None:
    parts = parts_of(row('<c r="A1"><v>1</v></c>'), '<sheetProtection sheet="1"/>')
    sheets = '<sheet name="隐藏" sheetId="3" state="hidden" r:id="rId4"/><sheet name="图" sheetId="2" r:id="rId3"/><sheet name="台账" sheetId="1" r:id="rId1"/>'
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('<sheet name="台账" sheetId="1" r:id="rId1"/>', sheets)
    parts["xl/_rels/workbook.xml.rels"] = rels(
        ("worksheet", "worksheets/sheet1.xml"),
        ("styles", "styles.xml"),
        ("chartsheet", "chartsheets/sheet1.xml"),
        ("worksheet", "worksheets/sheet2.xml"),
    )
    parts["xl/chartsheets/sheet1.xml"] = "<chartsheet/>"
    parts["xl/worksheets/sheet2.xml"] = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    )
    book = read_workbook(zipped(parts))
    assert [(s.name, s.visible, s.worksheet, s.protected) for s in book.sheets()] == [
        ("隐藏", False, True, False),
        ("图", True, False, False),
        ("台账", True, True, True),
    ]
    assert book.read("图").cells.shape == (0, 0)
    assert book.read("隐藏").cells.shape == (0, 0)
    with pytest.raises(HostError, match="no-sheet"):
        book.read("没有")


@pytest.mark.parametrize("place", ["XFD1048576", "ZZZ9", "A9999999", "B1048577"])
def test_a_stray_cell_far_away_is_refused_and_named(place: str) -> None:
    digits = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    book = read_workbook(zipped(parts_of(row('<c r="A1"><v>1</v></c>') + f'<row r="{digits}"><c r="{place}"><v>1</v></c></row>')))
    with pytest.raises(HostError) as caught:
        book.read("台账")
    assert (caught.value.code, caught.value.values["cell"]) == ("far-cell", place)


def test_a_blank_formatted_cell_far_away_does_no_harm() -> None:
    data = row('<c r="A1"><v>1</v></c>') + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read_workbook(zipped(parts_of(data))).read("台账").cells.tolist() == [[1]]


@pytest.mark.parametrize("broken", ["<row><c></row>", '<row r="1"><c r="A1"', "<row r='1'><c r='A1'><v>1</c></row>", "<!-- <row/>"])
def test_a_sheet_that_is_not_xml_is_corrupt(broken: str) -> None:
    book = read_workbook(zipped(parts_of(broken)))
    with pytest.raises(HostError, match="corrupt"):
        book.read("台账")


def test_a_path_names_the_file_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(HostError) as caught:
        read_workbook(path)
    assert caught.value.values["file"] == "甲.xlsx"


def test_a_large_sheet_read_in_stretches_is_the_same_as_by_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    rows = []
    for i in range(1, 4001):
        number = random.choice([f"{random.integers(10**8) / 100}", str(random.integers(10**12)), repr(random.random()), "", "1E-5"])
        hidden = ' hidden="1"' if i % 97 == 0 else ""
        rows.append(
            f'<row r="{i}" spans="1:5"{hidden}><c r="A{i}" t="s"><v>{i % 2}</v></c><c r="B{i}"><v>{number}</v></c>'
            f'<c r="C{i}" s="1"><v>{40000 + i}</v></c><c r="AA{i}" t="inlineStr"><is><t>第{i % 7}号 &amp;</t></is></c><c r="AB{i}"/></row>'
        )
    data = zipped(parts_of("".join(rows), strings="<si><t>甲</t></si><si><t>乙</t></si>", formats=("yyyy-mm-dd",)))
    monkeypatch.setattr(reading, "_STRETCH", 20_000)
    scanned = read_workbook(data).read("台账")
    monkeypatch.setattr(reading, "_scanned", lambda *_: None)
    parsed = read_workbook(data).read("台账")
    assert scanned.cells.tolist() == parsed.cells.tolist()
    assert [type(v) for v in scanned.cells.ravel()] == [type(v) for v in parsed.cells.ravel()]
    assert scanned.hidden_rows == parsed.hidden_rows == {i for i in range(1, 4001) if i % 97 == 0}


def test_equal_texts_are_one_object_so_that_a_long_ledger_fits_in_memory() -> None:
    rows = "".join(row(f'<c r="A{i}" t="inlineStr"><is><t>四川省成都市武侯区</t></is></c>', i) for i in range(1, 200))
    cells = read_workbook(zipped(parts_of(rows))).read("台账").cells
    assert len({id(v) for v in cells[:, 0]}) == 1
