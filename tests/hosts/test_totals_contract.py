"""Total rows below a log, in every host: rows go above them and their sums grow, in a closed file and in an open workbook alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table, TableColumn, TableFormula
from openpyxl.worksheet.worksheet import Worksheet

from macros_py.hosts.host import CellWrite, ColumnFill, Formula, Host, HostError, RowAppend, TablePlace
from tests.hosts.test_contract import KINDS, Closed, Place, saved, standing

LOG, TABLED, BOARD = "回款登记", "信函登记", "看板"


def workbook() -> openpyxl.Workbook:
    """A log with a gap of one row above its total row; a table whose total row is its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = LOG
    for row in (["案件编号", "金额", "一半"], ["GJ1", 10, "=B2/2"], ["GJ2", 20, "=B3/2"], [None], ["合计", "=SUM(B2:B4)"]):
        sheet.append(row)
    sheet["C5"] = "=SUM(C2:C3)"
    for cell in sheet[5]:
        cell.font = Font(bold=True)
        cell.number_format = "0.00"
    add_table(book.create_sheet(TABLED))
    book.create_sheet(BOARD)["A1"] = "=函[[#Totals],[金额]]"
    return book


def add_table(sheet: Worksheet) -> None:
    """One total by a function of the table, one by a person's own formula; something stands beside."""
    for row in (
        ["案件编号", "金额", "一半"],
        ["GJ1", 10, "=B2/2"],
        ["GJ2", 20, "=B3/2"],
        ["合计", "=SUBTOTAL(109,函[金额])", "=MAX(C2:C3)"],
    ):
        sheet.append(row)
    sheet["B4"].number_format = "0.00"
    sheet["E4"], sheet["E5"] = "=1+1", "旁注"
    table = Table(displayName="函", ref="A1:C4", totalsRowCount=1)
    table.tableColumns = [
        TableColumn(id=1, name="案件编号", totalsRowLabel="合计"),
        TableColumn(id=2, name="金额", totalsRowFunction="sum"),
        TableColumn(id=3, name="一半", totalsRowFunction="custom", totalsRowFormula=TableFormula(attr_text="MAX(C2:C3)")),
    ]
    sheet.add_table(table)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with standing(request.param, saved(workbook(), tmp_path), request) as found:
        yield found


def append(host: Host, sheet: str, *cases: str) -> None:
    host.append(RowAppend(sheet, 1, [ColumnFill("案件编号", list(cases), "@"), ColumnFill("金额", [30] * len(cases), "General")]))


def held(place: Place, tmp_path: Path) -> openpyxl.Workbook:
    """The workbook as it is now, by an independent reader."""
    path = tmp_path / "seen.xlsx"
    path.write_bytes(place.seen().to_bytes())
    return openpyxl.load_workbook(path)


def with_rows(place: Place, tmp_path: Path, *cases: str) -> openpyxl.Workbook:
    """Rows appended to the table, and the workbook after it."""
    host = place.host()
    append(host, TABLED, *cases)
    host.save()
    host.close()
    return held(place, tmp_path)


def inside(sheet: Worksheet) -> list[list[Any]]:
    """What stands in the columns of the table; formulas in the words of Excel's files."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)]
    return [row for row in rows if any(row)]


def places(sheet: Worksheet) -> list[tuple[str, int]]:
    return [(table.ref, table.totalsRowCount) for table in sheet.tables.values()]


def test_rows_go_above_the_total_row_and_its_sums_reach_over_them(place: Place, tmp_path: Path) -> None:
    host = place.host()
    append(host, LOG, "GJ3", "GJ4", "GJ5")
    host.save()
    host.close()
    rows = [[cell.value for cell in row][:3] for row in held(place, tmp_path)[LOG].iter_rows()]
    assert rows[1:] == [
        ["GJ1", 10, "=B2/2"],
        ["GJ2", 20, "=B3/2"],
        ["GJ3", 30, "=B4/2"],
        ["GJ4", 30, "=B5/2"],
        ["GJ5", 30, "=B6/2"],
        [None, None, None],
        ["合计", "=SUM(B2:B7)", "=SUM(C2:C6)"],
    ]


def test_the_total_row_keeps_its_looks_and_leaves_none_behind(place: Place, tmp_path: Path) -> None:
    host = place.host()
    append(host, LOG, "GJ3")
    host.save()
    host.close()
    sheet = held(place, tmp_path)[LOG]
    assert [sheet.cell(row, 2).font.b or False for row in range(2, 7)] == [False, False, False, False, True]
    assert [sheet.cell(row, 2).number_format for row in (4, 5, 6)] == ["General", "General", "0.00"]


def test_two_appends_in_one_press_follow_each_other(place: Place, tmp_path: Path) -> None:
    host = place.host()
    append(host, LOG, "GJ3", "GJ4")
    append(host, LOG, "GJ5")
    host.save()
    host.close()
    sheet = held(place, tmp_path)[LOG]
    assert [cell.value for cell in sheet["A"]] == ["案件编号", "GJ1", "GJ2", "GJ3", "GJ4", "GJ5", None, "合计"]
    assert [sheet.cell(row, 3).value for row in (6, 8)] == ["=B6/2", "=SUM(C2:C6)"]


def test_a_table_s_own_total_row_stands_below_the_rows_that_are_appended(place: Place, tmp_path: Path) -> None:
    sheet = with_rows(place, tmp_path, "GJ3", "GJ4")[TABLED]
    assert inside(sheet)[1:] == [
        ["GJ1", 10, "=B2/2"],
        ["GJ2", 20, "=B3/2"],
        ["GJ3", 30, "=B4/2"],
        ["GJ4", 30, "=B5/2"],
        ["合计", "=SUBTOTAL(109,函[金额])", "=MAX(C2:C5)"],
    ]
    assert [sheet.cell(row, 2).number_format for row in (4, 5, 6)] == ["General", "General", "0.00"]
    assert places(sheet) == [("A1:C6", 1)]


def test_what_stands_beside_a_table_and_what_asks_for_its_total_stay(place: Place, tmp_path: Path) -> None:
    book = with_rows(place, tmp_path, "GJ3")
    assert [cell.value for cell in book[TABLED]["E"]] == [None, None, None, "=1+1", "旁注"]
    assert book[BOARD]["A1"].value == "=函[[#Totals],[金额]]"


def test_two_appends_to_a_table_in_one_press_follow_each_other(place: Place, tmp_path: Path) -> None:
    host = place.host()
    append(host, TABLED, "GJ3", "GJ4")
    append(host, TABLED, "GJ5")
    host.save()
    host.close()
    sheet = held(place, tmp_path)[TABLED]
    assert [row[0] for row in inside(sheet)] == ["案件编号", "GJ1", "GJ2", "GJ3", "GJ4", "GJ5", "合计"]
    assert places(sheet) == [("A1:C7", 1)]


def test_a_table_ends_again_where_it_ended(place: Place, tmp_path: Path) -> None:
    before = held(place, tmp_path)[TABLED]
    with_rows(place, tmp_path, "GJ3", "GJ4")
    host = place.host()
    cells: list[tuple[int, int, Any]] = [(row, column, None) for row in (5, 6) for column in (1, 2, 3)]
    cells += [(4, 1, "合计"), (4, 2, Formula("SUBTOTAL(109,函[金额])")), (4, 3, Formula("MAX(C2:C3)"))]
    host.write(CellWrite(TABLED, cells, [TablePlace(1, 1, 4, 3, 1)]))
    host.save()
    host.close()
    after = held(place, tmp_path)[TABLED]
    assert inside(after)[:4] == inside(before)
    assert places(after) == [("A1:C4", 1)]
    assert after.cell(4, 2).number_format == "0.00"
    assert inside(after)[4:] == []


def test_a_table_with_something_below_takes_rows_in_a_file_only(place: Place, tmp_path: Path) -> None:
    host = place.host()
    host.write(CellWrite(TABLED, [(9, 2, "制表：王")]))
    host.save()
    host.close()
    host = place.host()
    if isinstance(place, Closed):
        append(host, TABLED, "GJ3")
        host.save()
        assert held(place, tmp_path)[TABLED]["B9"].value == "制表：王"
    else:
        with pytest.raises(HostError, match="table-total-row"):
            append(host, TABLED, "GJ3")
