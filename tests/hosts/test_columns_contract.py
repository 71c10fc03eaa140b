"""Columns of ours at the right end of a table or a filter, in every host: they belong to it, or they would stay behind when it is sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table, TableColumn, TableFormula
from openpyxl.worksheet.worksheet import Worksheet

from macros_py.hosts.host import BlockFill, CellWrite, ColumnFill
from tests.hosts.test_contract import KINDS, Place, saved, standing

PLAIN, TOTALLED, FILTERED, BOARD = "无汇总", "有汇总", "已筛选", "看板"
ROWS = (["案件编号", "姓名", "金额"], ["GJ1", "甲", 10], ["GJ2", "乙", 20], ["GJ3", "甲", 30])


def workbook() -> openpyxl.Workbook:
    """A table; a table with a total row, one total a person's own formula; a sheet with a filter that hides a row."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title in (PLAIN, TOTALLED, FILTERED):
        sheet = book.create_sheet(title)
        for row in ROWS:
            sheet.append(row)
    book[PLAIN].add_table(Table(displayName="甲表", ref="A1:C4"))
    _totalled(book[TOTALLED])
    filtered = book[FILTERED]
    filtered.auto_filter.ref = "A1:C4"
    filtered.auto_filter.add_filter_column(1, ["甲"])
    filtered.row_dimensions[3].hidden = True
    book.create_sheet(BOARD)["A1"] = "=乙表[[#Totals],[金额]]"
    return book


def _totalled(sheet: Worksheet) -> None:
    sheet.append(["合计", "=COUNTA(B2:B4)", "=SUBTOTAL(109,乙表[金额])"])
    table = Table(displayName="乙表", ref="A1:C5", totalsRowCount=1)
    table.tableColumns = [
        TableColumn(id=1, name="案件编号", totalsRowLabel="合计"),
        TableColumn(id=2, name="姓名", totalsRowFunction="custom", totalsRowFormula=TableFormula(attr_text="COUNTA(B2:B4)")),
        TableColumn(id=3, name="金额", totalsRowFunction="sum"),
    ]
    sheet.add_table(table)


Opens = Callable[[openpyxl.Workbook], Place]


@pytest.fixture(params=KINDS)
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opens]:
    places = []

    def opened(book: openpyxl.Workbook) -> Place:
        places.append(standing(request.param, saved(book, tmp_path), request))
        return places[-1].__enter__()

    yield opened
    for place in places:
        place.__exit__(None, None, None)


def fill(place: Place, sheet: str) -> openpyxl.Workbook:
    """Two columns of ours beside the rows, and what the workbook holds then."""
    host = place.host()
    columns = [ColumnFill("优先级", [70, 80, 90], "0.00"), ColumnFill("原因", ["一", "二", "三"], "@")]
    host.fill(BlockFill(sheet, 1, 1, [2, 3, 4], ["GJ1", "GJ2", "GJ3"], columns))
    host.save()
    host.close()
    return held(place)


def held(place: Place) -> openpyxl.Workbook:
    """The workbook as it is now, by an independent reader."""
    path = place.path.parent / "seen.xlsx"
    path.write_bytes(place.seen().to_bytes())
    return openpyxl.load_workbook(path)


def tables(sheet: Worksheet) -> list[tuple[str, int, list[str]]]:
    """Reach, total rows, and names of the columns of every table."""
    return [(t.ref, t.totalsRowCount or 0, [c.name for c in t.tableColumns]) for t in sheet.tables.values()]


WIDE = ["案件编号", "姓名", "金额", "优先级", "原因"]


def test_a_table_takes_new_columns_in(opens: Opens) -> None:
    assert tables(fill(opens(workbook()), PLAIN)[PLAIN]) == [("A1:E4", 0, WIDE)]


def test_a_table_gives_them_back_with_their_headers(opens: Opens) -> None:
    place = opens(workbook())
    fill(place, PLAIN)
    host = place.host()
    host.write(CellWrite(PLAIN, [(row, column, None) for row in range(1, 5) for column in (4, 5)]))
    host.save()
    host.close()
    assert tables(held(place)[PLAIN]) == [("A1:C4", 0, WIDE[:3])]


def test_a_total_row_stays_when_the_table_takes_columns_in(opens: Opens) -> None:
    book = fill(opens(workbook()), TOTALLED)
    assert tables(book[TOTALLED]) == [("A1:E5", 1, WIDE)]
    assert [cell.value for cell in book[TOTALLED][5]] == ["合计", "=COUNTA(B2:B4)", "=SUBTOTAL(109,乙表[金额])", None, None]
    assert book[BOARD]["A1"].value == "=乙表[[#Totals],[金额]]"


def test_nothing_below_a_table_with_a_total_row_moves(opens: Opens) -> None:
    made = workbook()
    made[TOTALLED]["B8"] = "制表：王"
    sheet = fill(opens(made), TOTALLED)[TOTALLED]
    assert sheet["B8"].value == "制表：王"
    assert [cell.value for cell in sheet[5]][:3] == ["合计", "=COUNTA(B2:B4)", "=SUBTOTAL(109,乙表[金额])"]
    assert [cell.value for cell in sheet["D"]][:4] == ["优先级", 70, 80, 90]


def test_a_filter_takes_new_columns_in_and_hides_what_it_hid(opens: Opens) -> None:
    sheet = fill(opens(workbook()), FILTERED)[FILTERED]
    assert sheet.auto_filter.ref == "A1:E4"
    assert [c.filters.filter for c in sheet.auto_filter.filterColumn] == [["甲"]]
    assert [row for row in range(1, 6) if sheet.row_dimensions[row].hidden] == [3]
    assert [cell.value for cell in sheet["D"]] == ["优先级", 70, 80, 90]


def test_a_filter_without_a_criterion_takes_new_columns_in(opens: Opens) -> None:
    made = workbook()
    made[FILTERED].auto_filter.filterColumn.clear()
    made[FILTERED].row_dimensions[3].hidden = False
    sheet = fill(opens(made), FILTERED)[FILTERED]
    assert sheet.auto_filter.ref == "A1:E4"
    assert not any(sheet.row_dimensions[row].hidden for row in range(1, 6))


def test_a_filter_that_ends_elsewhere_stays_as_it_is(opens: Opens) -> None:
    made = workbook()
    made[FILTERED].auto_filter.ref = "A1:B4"
    assert fill(opens(made), FILTERED)[FILTERED].auto_filter.ref == "A1:B4"
