"""Our columns in a person's ledger: found or added, keys checked, nothing of hers disturbed."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import BlockFill, ColumnFill, HostError, WriteCell
from macros_py.hosts.package import Package
from macros_py.hosts.sheet_rows import SheetRows
from tests.hosts.handmade import parts_of, zipped
from tests.hosts.ledgers import differing_parts, ledger, opened, seen

BOOK = Path("book.xlsx")
LEDGER = """
编号|客户|金额
GJ1 |甲  |100
GJ2 |乙  |200
GJ3 |丙  |300
"""


def filled(data: bytes, *columns: ColumnFill, rows: tuple[int, ...] = (2, 3, 4), keys: tuple[str, ...] = ("GJ1", "GJ2", "GJ3")) -> bytes:
    host = FileHost.of_bytes(data, BOOK)
    host.fill(BlockFill("台账", 1, 1, rows, keys, columns))
    return host.to_bytes()


def sheet_xml(data: bytes) -> str:
    return Package(data).read("xl/worksheets/sheet1.xml").decode()


SCORE = ColumnFill("评分", [81, 62, 43], "0", 8)
DUE = ColumnFill("下次日期", [dt.date(2026, 3, 2), None, dt.date(2026, 3, 4)], "yyyy-mm-dd", 12)
WHY = ColumnFill("理由", ["=大额", "", "拖欠久"], "@", 30)


def test_new_columns_stand_at_the_right_end_with_formats_and_widths() -> None:
    after = filled(ledger(LEDGER), SCORE, DUE, WHY)
    assert seen(after) == [
        ["编号", "客户", "金额", "评分", "下次日期", "理由"],
        ["GJ1", "甲", 100, 81, dt.datetime(2026, 3, 2), "=大额"],
        ["GJ2", "乙", 200, 62, None, None],
        ["GJ3", "丙", 300, 43, dt.datetime(2026, 3, 4), "拖欠久"],
    ]
    sheet = opened(after)["台账"]
    assert (sheet["D2"].number_format, sheet["E2"].number_format, sheet["F2"].number_format) == ("0", "yyyy-mm-dd", "@")
    assert [sheet.column_dimensions[c].width for c in "DEF"] == [8, 12, 30]
    assert differing_parts(ledger(LEDGER), after) == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_a_second_press_makes_no_difference_to_a_single_byte() -> None:
    once = filled(ledger(LEDGER), SCORE, DUE, WHY)
    assert filled(once, SCORE, DUE, WHY) is once
    assert filled(once, WHY) is once


def test_only_what_changed_is_counted_and_written() -> None:
    once = filled(ledger(LEDGER), SCORE, DUE, WHY)
    host = FileHost.of_bytes(once, BOOK)
    other = ColumnFill("评分", [81, 99, 43], "0")
    assert host.fill(BlockFill("台账", 1, 1, (2, 3, 4), ("GJ1", "GJ2", "GJ3"), (other, DUE))) == 1
    assert [row[3] for row in seen(host.to_bytes())] == ["评分", 81, 99, 43]


def test_columns_that_stand_already_are_found_by_their_header_wherever_they_are() -> None:
    after = filled(ledger("编号|评 分|客户\nGJ1|1|甲\nGJ2||乙\nGJ3|3|丙"), SCORE)
    assert seen(after) == [["编号", "评 分", "客户"], ["GJ1", 81, "甲"], ["GJ2", 62, "乙"], ["GJ3", 43, "丙"]]


def test_new_and_standing_columns_are_filled_in_one_go_in_any_order_of_rows() -> None:
    data = ledger("编号|评分|客户\nGJ1|1|甲\nGJ2|2|乙\nGJ3|3|丙")
    backwards = [ColumnFill("理由", ["c", "b", "a"]), ColumnFill("评分", [30, 20, 10])]
    after = filled(data, *backwards, rows=(4, 3, 2), keys=("GJ3", "GJ2", "GJ1"))
    assert seen(after)[1:] == [["GJ1", 10, "甲", "a"], ["GJ2", 20, "乙", "b"], ["GJ3", 30, "丙", "c"]]


def test_rows_that_moved_meanwhile_are_refused_and_nothing_is_written() -> None:
    data = ledger(LEDGER)
    host = FileHost.of_bytes(data, BOOK)
    with pytest.raises(HostError) as refused:
        host.fill(BlockFill("台账", 1, 1, (2, 3, 4), ("GJ1", "GJ3", "GJ2"), (SCORE,)))
    assert (refused.value.code, refused.value.values["row"]) == ("rows-moved", 3)
    assert host.to_bytes() is data


def test_keys_kept_as_numbers_or_in_full_width_are_the_same_keys() -> None:
    data = ledger("编号|客户\n1001|甲\nＧＪ 2|乙")
    assert seen(filled(data, ColumnFill("评分", [1, 2]), rows=(2, 3), keys=("1001", "gj2")))[2][2] == 2


def test_hidden_and_filtered_rows_are_written_to_their_own_rows() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    for r, row in enumerate([["编号", "客户"], ["GJ1", "甲"], ["GJ2", "乙"], ["GJ3", "丙"]]):
        sheet.write_row(r, 0, row)
    sheet.autofilter(0, 0, 3, 1)
    sheet.filter_column(1, "x == 甲")
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    after = filled(out.getvalue(), SCORE)
    page = opened(after)["台账"]
    assert [page.cell(r, 3).value for r in (2, 3, 4)] == [81, 62, 43]
    assert page.row_dimensions[3].hidden
    assert page.auto_filter.ref == "A1:C4"
    assert b"$A$1:$C$4" in Package(after).read("xl/workbook.xml")


def test_a_table_takes_adjacent_columns_in() -> None:
    after = filled(ledger(LEDGER, table=True), SCORE, WHY)
    table = opened(after)["台账"].tables["台账表"]
    assert (table.ref, table.autoFilter.ref) == ("A1:E4", "A1:E4")
    assert table.column_names == ["编号", "客户", "金额", "评分", "理由"]
    assert len({c.id for c in table.tableColumns}) == 5


def test_columns_stay_beside_a_table_that_has_neighbours() -> None:
    host = FileHost.of_bytes(ledger(LEDGER, table=True), BOOK)
    from macros_py.hosts.host import CellWrite

    host.write(CellWrite("台账", [(2, 5, "旁注")]))
    after = filled(host.to_bytes(), SCORE)
    page = opened(after)["台账"]
    assert page.tables["台账表"].ref == "A1:C4"
    assert (page["F1"].value, page["E2"].value) == ("评分", "旁注")


def test_the_header_looks_like_its_neighbour_and_cells_carry_its_borders_but_not_its_fill() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    head = book.add_format({"bold": True, "bg_color": "#FFFF00", "border": 1})
    cell = book.add_format({"bg_color": "#FF0000", "border": 1, "num_format": "0.0", "font_name": "宋体"})
    sheet.write_row(0, 0, ["编号", "金额"], head)
    for r in range(1, 4):
        sheet.write_row(r, 0, [f"GJ{r}", r], cell)
    book.close()
    page = opened(filled(out.getvalue(), SCORE))["台账"]
    assert page["C1"].font.b
    assert page["C1"].fill.fgColor.rgb == "FFFFFF00"
    assert (page["C2"].border.left.style, page["C2"].font.name, page["C2"].fill.fill_type) == ("thin", "宋体", None)


def test_a_person_s_own_number_format_is_kept() -> None:
    data = zipped(
        parts_of(
            '<row r="1"><c r="A1" t="str"><v>编号</v></c><c r="B1" t="str"><v>评分</v></c></row>'
            '<row r="2"><c r="A2" t="str"><v>GJ1</v></c><c r="B2" s="1"><v>1</v></c></row>'
            '<row r="3"><c r="A3" t="str"><v>GJ2</v></c></row>',
            formats=("0.000",),
        )
    )
    after = filled(data, ColumnFill("评分", [5, 6], "0.00"), rows=(2, 3), keys=("GJ1", "GJ2"))
    assert re.search(r'<c r="B2" s="1"><v>5</v>', sheet_xml(after))
    assert re.search(r'<c r="B3" s="2"><v>6</v>', sheet_xml(after))


def test_titles_merged_above_and_two_level_headers_are_no_hindrance() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.merge_range("A1:H1", "2026年3月逾期台账")
    sheet.merge_range("A2:A3", "编号")
    sheet.merge_range("B2:C2", "金额")
    sheet.merge_range("D2:D3", "评分")
    sheet.write_row("B3", ["本金", "利息"])
    for r in (4, 5):
        sheet.write_row(r - 1, 0, [f"GJ{r}", 1, 2, 3])
    book.close()
    host = FileHost.of_bytes(out.getvalue(), BOOK)
    host.fill(BlockFill("台账", 3, 1, (4, 5), ("GJ4", "GJ5"), (ColumnFill("评分", [8, 9]), ColumnFill("理由", ["x", "y"]))))
    assert seen(host.to_bytes())[2:] == [
        [None, "本金", "利息", None, "理由", None, None, None],
        ["GJ4", 1, 2, 8, "x", None, None, None],
        ["GJ5", 1, 2, 9, "y", None, None, None],
    ]


def test_unused_columns_that_a_person_hid_are_shown_where_ours_stand() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_column(0, 0, ["编号", "GJ1", "GJ2", "GJ3"])
    sheet.set_column("B:XFD", None, None, {"hidden": True})
    book.close()
    xml = sheet_xml(filled(out.getvalue(), SCORE))
    assert '<col min="2" max="2" width="8" customWidth="1"/><col min="3" max="16384"' in xml


def test_cells_formatted_far_to_the_right_do_not_drive_our_columns_away() -> None:
    data = zipped(
        parts_of(
            '<row r="1"><c r="A1" t="str"><v>编号</v></c><c r="B1" s="1"/><c r="Z1" s="1"/></row>'
            '<row r="2" spans="1:26"><c r="A2" t="str"><v>GJ1</v></c><c r="Z2" s="1"/></row>',
            formats=("0.0",),
        )
    )
    after = filled(data, ColumnFill("评分", [5]), rows=(2,), keys=("GJ1",))
    assert [row[1] for row in seen(after)] == ["评分", 5]
    assert '<c r="Z2" s="1"/>' in sheet_xml(after)


def test_a_shared_formula_in_our_column_is_replaced_and_elsewhere_survives() -> None:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}" t="str"><v>GJ{r - 1}</v></c><c r="B{r}"><f t="shared" {extra}si="0">{text}</f><v>{r}</v></c></row>'
        for r, extra, text in [(2, 'ref="B2:B5" ', "ROW()"), (3, "", ""), (4, "", ""), (5, "", "")]
    ).replace('si="0"></f>', 'si="0"/>')
    data = zipped(parts_of('<row r="1"><c r="A1" t="str"><v>编号</v></c><c r="B1" t="str"><v>评分</v></c></row>' + rows))
    assert [row[1] for row in seen(filled(data, SCORE))] == ["评分", 81, 62, 43, "=ROW()"]


def test_too_long_texts_name_their_cell() -> None:
    with pytest.raises(HostError) as refused:
        filled(ledger(LEDGER), ColumnFill("理由", ["a", "长" * 40_000, "b"]))
    assert (refused.value.code, refused.value.values["cell"]) == ("text-too-long", "D3")


def test_pressing_every_week_does_not_let_styles_grow() -> None:
    data = filled(ledger(LEDGER), SCORE, DUE, WHY)
    size = len(Package(data).read("xl/styles.xml"))
    for week in range(5):
        data = filled(data, ColumnFill("评分", [week, week, week], "0"), DUE, WHY)
    assert len(Package(data).read("xl/styles.xml")) == size


def test_a_protected_sheet_is_written_and_stays_protected() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_column(0, 0, ["编号", "GJ1", "GJ2", "GJ3"])
    sheet.protect("x")
    book.close()
    host = FileHost.of_bytes(filled(out.getvalue(), SCORE), BOOK)
    assert host.sheets()[0].protected
    assert host.read("台账").cells[1, 1] == 81


# any fill keeps what is not ours ---------------------------------------------------------------------------------------

CELL = st.one_of(st.none(), st.integers(-999, 999), st.decimals(0, 999, places=2), st.text("甲乙=+ <&", max_size=4), st.dates())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=3), st.booleans(), st.booleans())
def test_any_fill_is_read_back_as_written_and_keeps_all_other_cells(columns: list[list[WriteCell]], table: bool, twice: bool) -> None:
    text = "编号|金额|评分0|备注\nGJ1|1||a\nGJ2|=B2|5|b\nGJ3|3|x|\nGJ4|4||d"
    data = ledger(text, table=table)
    fills = tuple(ColumnFill(f"评分{i}", values) for i, values in enumerate(columns))
    keys = ("GJ1", "GJ2", "GJ3", "GJ4")
    host = FileHost.of_bytes(data, BOOK)
    block = BlockFill("台账", 1, 1, (2, 3, 4, 5), keys, fills)
    host.fill(block)
    after = host.to_bytes()
    found, before = FileHost.of_bytes(after, BOOK).read("台账").cells, FileHost.of_bytes(data, BOOK).read("台账").cells
    assert found[:, [0, 1, 3]].tolist() == before[:, [0, 1, 3]].tolist()
    for i, values in enumerate(columns):
        column = found[1:, 2 if i == 0 else 3 + i]
        for shown, value in zip(column, values, strict=True):
            assert _shown(value) == shown or (value in (None, "") and shown is None), (shown, value)
    if twice:
        again = FileHost.of_bytes(after, BOOK)
        assert again.fill(block) == 0
        assert again.to_bytes() is after


def _shown(value: WriteCell) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date):
        from macros_py.hosts.cell_xml import serial

        days = serial(value)
        return days if days is not None else value.isoformat()
    return value


def long_ledger(rows: int) -> tuple[bytes, BlockFill]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["编号", *(f"列{i}" for i in range(14))])
    for r in range(1, rows + 1):
        sheet.write_row(r, 0, [f"GJ{r}", *range(14)])
    book.close()
    columns = [ColumnFill(f"我们{i}", [Decimal(r) / 100 if i % 2 else f"理由{r % 50}" for r in range(rows)], "0.00") for i in range(15)]
    return out.getvalue(), BlockFill("台账", 1, 1, range(2, rows + 2), [f"GJ{r}" for r in range(1, rows + 1)], columns)


def test_fifteen_columns_for_ten_thousand_rows_take_a_second_and_little_memory() -> None:
    data, block = long_ledger(10_000)
    host = FileHost.of_bytes(data, BOOK)
    started = time.process_time()
    assert host.fill(block) == 10_000 * 15 + 15
    assert time.process_time() - started < 3, "150,000 cells take about half a second"
    assert FileHost.of_bytes(host.to_bytes(), BOOK).fill(block) == 0
    data, block = long_ledger(2_000)
    host = FileHost.of_bytes(data, BOOK)
    tracemalloc.start()
    host.fill(block)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 << 20


ROW_TAGS = ('<row r="{n}">', '<row r="{n}" spans="1:3" ht="20">', '<row spans="1:2" r="{n}">')


@pytest.mark.parametrize("tag", ROW_TAGS)
@pytest.mark.parametrize("rows", [(2, 3, 4, 6), (2, 4), (3, 6)])
def test_rows_written_together_are_as_rows_written_one_by_one(tag: str, rows: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    cells = '<c r="A{n}" t="inlineStr"><is><t>GJ{n}</t></is></c><c r="C{n}"><v>{n}</v></c></row>'
    body = '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row>' + "".join((tag + cells).format(n=n) for n in (2, 3, 4, 6))
    parts = parts_of(ledger(LEDGER))
    part = str(parts["xl/worksheets/sheet1.xml"])
    parts["xl/worksheets/sheet1.xml"] = re.sub("(<sheetData>).*(</sheetData>)", rf"\1{body}\2", part, flags=re.DOTALL)
    columns = [ColumnFill("评分", list(range(len(rows))), "0", 8), ColumnFill("理由", ["", *["拖欠"] * (len(rows) - 1)], "@", 30)]
    made = filled(zipped(parts), *columns, rows=rows, keys=tuple(f"GJ{n}" for n in rows))
    last_used_column = SheetRows.last_used_column

    def forgetful(sheet: SheetRows, from_row: int = 1) -> int:
        found = last_used_column(sheet, from_row)
        assert sheet.filled_from == from_row
        sheet.filled_from = None
        return found

    monkeypatch.setattr(SheetRows, "last_used_column", forgetful)
    assert filled(zipped(parts), *columns, rows=rows, keys=tuple(f"GJ{n}" for n in rows)) == made


@pytest.mark.parametrize("end", ['<c r="D2" s="1"/>', "<c><v>7</v></c>"])
def test_a_row_that_ends_otherwise_is_looked_at_by_itself(end: str) -> None:
    rows = SheetRows(b"", f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{end}</row>'.encode())
    rows.last_used_column()
    assert rows.filled_from is None
