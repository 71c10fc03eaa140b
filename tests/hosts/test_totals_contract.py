"""Total rows below a log, in every host: rows go above them and their sums grow, in a closed file and in an open workbook alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table, TableColumn

from macros_py.hosts.host import ColumnFill, Host, HostError, RowAppend
from tests.hosts import calc_office, faulty_engine
from tests.hosts.test_contract import KINDS, Closed, Open, Place, saved

LOG, TABLED = "回款登记", "信函登记"


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
    tabled = book.create_sheet(TABLED)
    for row in (["案件编号", "份数"], ["GJ1", 1], ["合计", "=SUBTOTAL(109,B2:B2)"]):
        tabled.append(row)
    table = Table(displayName="函", ref="A1:B3", totalsRowCount=1)
    table.tableColumns = [
        TableColumn(id=1, name="案件编号", totalsRowLabel="合计"),
        TableColumn(id=2, name="份数", totalsRowFunction="sum"),
    ]
    tabled.add_table(table)
    return book


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    path = saved(workbook(), tmp_path)
    if request.param == "closed":
        yield Closed(path)
    elif request.param == "faulty":
        yield Open(path, faulty_engine.opened(path))
    else:
        with calc_office.opened(request.getfixturevalue("calc"), path) as book:
            yield Open(path, book)


def append(host: Host, sheet: str, *cases: str) -> None:
    host.append(RowAppend(sheet, 1, [ColumnFill("案件编号", list(cases), "@"), ColumnFill("金额", [30] * len(cases), "General")]))


def held(place: Place, tmp_path: Path) -> openpyxl.Workbook:
    """The workbook as it is now, by an independent reader."""
    path = tmp_path / "seen.xlsx"
    path.write_bytes(place.seen().to_bytes())
    return openpyxl.load_workbook(path)


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


def test_a_table_s_own_total_row_moves_in_a_file_and_is_refused_in_an_open_workbook(place: Place, tmp_path: Path) -> None:
    host = place.host()
    if isinstance(place, Closed):
        append(host, TABLED, "GJ2")
        host.save()
        assert [cell.value for cell in held(place, tmp_path)[TABLED]["A"]] == ["案件编号", "GJ1", "GJ2", "合计"]
    else:
        with pytest.raises(HostError, match="table-total-row"):
            append(host, TABLED, "GJ2")
