"""Single cells in a closed file: values as they were meant, all other cells as they were."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite, HostError, WriteCell
from macros_py.hosts.package import Package
from tests.hosts.handmade import MAIN, parts_of, rels, zipped
from tests.hosts.ledgers import differing_parts, ledger, opened, seen

BOOK = Path("book.xlsx")


def written(data: bytes, *cells: tuple[int, int, WriteCell], sheet: str = "台账") -> bytes:
    host = FileHost.of_bytes(data, BOOK)
    host.write(CellWrite(sheet, cells))
    return host.to_bytes()


def sheet_xml(data: bytes) -> str:
    return Package(data).read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-", "@SUM(A1)", " 两边空 ", "换\n行", "a_x0041_b", "<a&b>", "\x01", "007", "😀", "'单引号"]
)
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    after = written(ledger("甲|乙\n1|2"), (2, 2, text))
    cell = opened(after)["台账"]["B2"]
    assert cell.data_type in ("s", "inlineStr")
    assert FileHost.of_bytes(after, BOOK).read("台账").cells[1, 1] == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("1234.50"), 1234.5),
        (Decimal("1E+3"), 1000),
        (7, 7),
        (0.1, 0.1),
        (True, True),
        (dt.date(2026, 3, 5), 46086),
        (dt.datetime(2026, 3, 5, 12), 46086.5),
        (dt.date(1900, 2, 28), 59),
        (123456789012345678, "123456789012345678"),
        (dt.date(1850, 1, 1), "1850-01-01"),
        (float("nan"), None),
        (None, None),
        ("", None),
    ],
)
def test_values_are_written_as_a_spreadsheet_keeps_them(value: WriteCell, shown: object) -> None:
    assert seen(written(ledger("甲|乙\n1|2"), (2, 2, value)))[1][1] == shown


def test_dates_in_a_1904_workbook_count_from_1904() -> None:
    data = zipped(parts_of('<row r="1"><c r="A1" s="1"><v>0</v></c></row>', formats=("yyyy-mm-dd",), date1904=True))
    assert seen(written(data, (1, 1, dt.date(1904, 1, 11))))[0][0] == dt.datetime(1904, 1, 11)


def test_a_text_over_32767_characters_is_refused_with_its_cell() -> None:
    with pytest.raises(HostError) as refused:
        written(ledger("甲\n1"), (2, 1, "长" * 32_768))
    assert (refused.value.code, refused.value.values["cell"]) == ("text-too-long", "A2")
    assert seen(written(ledger("甲\n1"), (2, 1, "长" * 32_767)))[1][0] == "长" * 32_767


def test_only_the_sheet_written_differs() -> None:
    data = ledger("甲|乙\n1|2")
    assert differing_parts(data, written(data, (2, 1, 5))) == {"xl/worksheets/sheet1.xml"}


def test_writing_what_stands_there_changes_not_one_byte() -> None:
    data = ledger("甲|乙\n1|文字")
    assert written(data, (2, 1, 1), (2, 2, "文字"), (9, 9, None)) is data


def test_a_cell_keeps_its_style_and_a_cleared_cell_too() -> None:
    data = zipped(parts_of('<row r="1" ht="30" customHeight="1"><c r="A1" s="1"><v>5</v></c></row>', formats=("0.00",)))
    assert '<c r="A1" s="1"/>' in sheet_xml(written(data, (1, 1, None)))
    assert 'ht="30" customHeight="1"><c r="A1" s="1"><v>6</v></c>' in sheet_xml(written(data, (1, 1, 6)))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="4"><c r="A4"><v>9</v></c></row>',
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row/><row><c><v>9</v></c></row>",
        "<row r='1' spans='1:3'><c r='A1'><v>1</v></c><c r='C1'><v>3</v></c></row><row r='4'><c r='A4'><v>9</v></c></row>",
        '<row r="1"><!-- <c r="B1"/> --><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="4"><c r="A4"><v>9</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[1]]></t></is></c><c r="C1"><v>3</v></c></row><row r="4"><c r="A4"><v>9</v></c></row>',
    ],
    ids=["plain", "implicit", "single quotes", "comment", "CDATA"],
)
@pytest.mark.parametrize("place", [(1, 2), (2, 1), (3, 2), (4, 1), (4, 5), (6, 1)])
def test_rows_and_cells_written_in_other_ways_are_found(rows: str, place: tuple[int, int]) -> None:
    found = seen(written(zipped(parts_of(rows)), (*place, "新")))
    expected = {(1, 1): 1, (1, 3): 3, (4, 1): 9, place: "新"}
    stands = {(r, c): v for r, row in enumerate(found, 1) for c, v in enumerate(row, 1) if v is not None}
    assert {at: str(v) for at, v in stands.items()} == {at: str(v) for at, v in expected.items()}


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_prefixed_tags_and_other_encodings_are_patched(encoding: str) -> None:
    name = {"utf-8-sig": "UTF-8"}.get(encoding, encoding)
    xml = (
        f'<?xml version="1.0" encoding="{name}"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="str"><x:v>客户</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    data = zipped({**parts_of(), "xl/worksheets/sheet1.xml": xml.encode(encoding)})
    assert seen(written(data, (1, 2, "新"), (2, 1, 3))) == [["客户", "新"], [3, None]]


def test_strict_workbooks_are_patched_in_their_own_namespace() -> None:
    data = zipped(parts_of('<row r="1"><c r="A1"><v>1</v></c></row>', strict=True))
    after = written(data, (2, 2, "新"))
    assert "purl.oclc.org" in sheet_xml(after)
    assert FileHost.of_bytes(after, BOOK).read("台账").cells.tolist() == [[1, None], [None, "新"]]


def test_an_empty_sheet_takes_its_first_cell_and_its_dimension_grows() -> None:
    data = zipped({**parts_of(), "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData/></worksheet>'})
    after = written(data, (3, 2, 1))
    assert 'ref="A1:B3"' in sheet_xml(after)
    assert seen(after)[2][1] == 1


# formulas -----------------------------------------------------------------------------------------------------------------

SHARED = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>'
    '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>6</v></c></row>'
)


def test_a_shared_formula_survives_when_the_cell_with_its_text_is_overwritten() -> None:
    after = written(zipped(parts_of(SHARED)), (1, 2, 100))
    assert seen(after) == [[1, 100], [2, "=A2*2"], [3, "=A3*2"]]
    assert "<v>6</v>" in sheet_xml(after)


def test_the_calculation_chain_goes_only_when_a_formula_went() -> None:
    parts = parts_of(SHARED)
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="B1" i="1"/></calcChain>'
    parts["xl/_rels/workbook.xml.rels"] = rels(
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("calcChain", "calcChain.xml")
    )
    kept, gone = Package(written(zipped(parts), (1, 1, 9))), Package(written(zipped(parts), (3, 2, 9)))
    assert kept.has("xl/calcChain.xml")
    assert not gone.has("xl/calcChain.xml")
    assert "calcChain" not in [r.kind for r in gone.rels("xl/workbook.xml")]
    for found in (kept, gone):
        assert b'fullCalcOnLoad="1"' in found.read("xl/workbook.xml")


def test_without_formulas_nothing_is_said_about_calculation() -> None:
    data = zipped(parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert differing_parts(data, written(data, (1, 1, 2))) == {"xl/worksheets/sheet1.xml"}


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_a_cell_of_an_array_is_refused(kind: str) -> None:
    data = zipped(parts_of(f'<row r="1"><c r="A1"><f t="{kind}" ref="A1:A3">B1:B3</f><v>1</v></c></row>'))
    with pytest.raises(HostError) as refused:
        written(data, (2, 1, 5))
    assert (refused.value.code, refused.value.values["cell"]) == ("array-formula", "A1:A3")


def test_a_cell_hidden_under_a_merged_one_is_refused_and_its_first_cell_is_written() -> None:
    data = zipped(parts_of('<row r="1"><c r="A1"><v>1</v></c></row>', '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'))
    with pytest.raises(HostError, match="merged"):
        written(data, (2, 2, 5))
    assert seen(written(data, (1, 1, 5)))[0][0] == 5


def test_a_chart_sheet_has_no_cells_to_write() -> None:
    parts = parts_of()
    parts["xl/_rels/workbook.xml.rels"] = rels(("chartsheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
    with pytest.raises(HostError, match="sheet-kind"):
        written(zipped(parts), (1, 1, 5))


def test_a_table_follows_the_text_of_its_header_cells() -> None:
    after = written(ledger("编号|金额\n甲|1", table=True), (1, 2, "欠款"))
    assert opened(after)["台账"].tables["台账表"].column_names == ["编号", "欠款"]
    narrower = written(ledger("编号|金额\n甲|1", table=True), (1, 2, None), (2, 2, None))
    assert opened(narrower)["台账"].tables["台账表"].ref == "A1:A2"


# any edit keeps all other cells ----------------------------------------------------------------------------------------

VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9),
    st.decimals(-(10**9), 10**9, places=2),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
    st.text(st.characters(codec="utf-8"), max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(1, 7), st.integers(1, 6)), VALUES, min_size=1, max_size=6))
def test_any_edit_keeps_all_other_cells(edits: dict[tuple[int, int], WriteCell]) -> None:
    text = "编号|客户|金额|备注\nGJ1|甲|100|=C2*2\nGJ2|乙|200|无\n|||\nGJ3|丙|300|=C5+1"
    data = ledger(text)
    before = FileHost.of_bytes(data, BOOK).read("台账")
    host = FileHost.of_bytes(data, BOOK)
    host.write(CellWrite("台账", [(*at, value) for at, value in edits.items()]))
    after = FileHost.of_bytes(host.to_bytes(), BOOK).read("台账")
    for r in range(7):
        for c in range(6):
            if (r + 1, c + 1) not in edits:
                old = before.cells[r, c] if r < before.cells.shape[0] and c < before.cells.shape[1] else None
                new = after.cells[r, c] if r < after.cells.shape[0] and c < after.cells.shape[1] else None
                assert old == new, (r, c)
    again = FileHost.of_bytes(host.to_bytes(), BOOK)
    assert again.write(CellWrite("台账", [(*at, value) for at, value in edits.items()])) == 0
    assert again.to_bytes() == host.to_bytes()
