"""What every host promises: the same tests on a closed file, on a workbook open in Calc, and on an engine with Excel's documented faults."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import openpyxl
import pytest
import xlwings as xw

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import UNCACHED, BlockFill, CellWrite, ColumnFill, Host, HostError, RowAppend
from macros_py.hosts.live import LiveHost
from tests.hosts import calc_office, faulty_engine
from tests.hosts.ledgers import PLAN, drawn_plan

LEDGER, LOG = "案件台账", "联系 记录"


def workbook() -> openpyxl.Workbook:
    """A ledger with a filter that hides rows, formulas and a person's own formats; a log; a sheet that points at the plan."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = LEDGER
    sheet.append(["案件编号", "姓名", "金额", "应还日期", "备注"])
    for i in range(1, 9):
        sheet.append([f"GJ{i:03d}", f"客户{i}", i * 100.25, dt.date(2026, 3, i), "" if i % 2 else "已约"])
        sheet.cell(i + 1, 4).number_format = "yyyy/m/d"
    sheet.auto_filter.ref = "A1:E9"
    sheet.auto_filter.add_filter_column(4, ["已约"])
    for row in (2, 4, 6, 8):
        sheet.row_dimensions[row].hidden = True
    log = book.create_sheet(LOG)
    log.append(["案件编号", "日期", "结果", "号码", "备注长度"])
    log.append(["GJ001", dt.date(2026, 3, 1), "未接", "13800000001", "=LEN(C2)"])
    log.append(["GJ002", dt.date(2026, 3, 2), "接通", "13800000002", "=LEN(C3)"])
    for row in (2, 3):
        log.cell(row, 2).number_format = "yyyy-mm-dd"
    other = book.create_sheet("汇总")
    other.append(["合计", f"=SUM({LEDGER}!C2:C9)"])
    return book


def saved(book: openpyxl.Workbook, folder: Path) -> Path:
    path = folder / "台账 2026.xlsx"
    book.save(path)
    return path


class Place(Protocol):
    """A workbook somewhere: a host for it, and what it holds when looked at afresh."""

    path: Path

    def host(self) -> Host: ...
    def seen(self) -> Host: ...


class Closed:
    """A file that nobody has open."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def host(self) -> Host:
        return FileHost(self.path)

    def seen(self) -> Host:
        return FileHost.for_reading(self.path)


class Open:
    """A workbook open in an application."""

    def __init__(self, path: Path, book: xw.Book) -> None:
        self.path, self.book = path, book

    def host(self) -> Host:
        return LiveHost(self.book)

    def seen(self) -> Host:
        return LiveHost(self.book)


KINDS = ("closed", "faulty", pytest.param("calc", marks=pytest.mark.office))


@contextmanager
def standing(kind: str, path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """The workbook of a file, closed or open; kind: one of KINDS."""
    if kind == "closed":
        yield Closed(path)
    elif kind == "faulty":
        yield Open(path, faulty_engine.opened(path))
    else:
        with calc_office.opened(request.getfixturevalue("calc"), path) as book:
            yield Open(path, book)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with standing(request.param, saved(workbook(), tmp_path), request) as found:
        yield found


def column(host: Host, sheet: str, number: int) -> list[Any]:
    cells = host.read(sheet).cells
    return [row[number - 1] if number <= len(row) else None for row in cells]


def block(**columns: list[Any]) -> BlockFill:
    formats = {"优先级": "0.00", "原因": "@", "下次日期": "yyyy-mm-dd", "金额": "#,##0.00"}
    rows = range(2, 10)
    fills = [ColumnFill(h, v, formats.get(h, "General"), 14) for h, v in columns.items()]
    return BlockFill(LEDGER, 1, 1, list(rows), [f"GJ{r - 1:03d}" for r in rows], fills)


def test_sheets_and_cells_are_read_alike(place: Place) -> None:
    host = place.host()
    assert [s.name for s in host.sheets()] == [LEDGER, LOG, "汇总"]
    grid = host.read(LEDGER)
    assert list(grid.cells[1]) == ["GJ001", "客户1", 100.25, dt.date(2026, 3, 1), None]
    assert grid.hidden_rows == {2, 4, 6, 8}
    assert column(host, LOG, 4) == ["号码", "13800000001", "13800000002"]


def test_new_columns_are_filled_row_by_row_whatever_a_filter_hides(place: Place) -> None:
    host = place.host()
    scores = [Decimal(f"{n}.25") for n in range(8)]
    why = ["=1+1", "0012", "2026-3-1", "3月1日", "'引号", "金额大", None, "a\nb"]
    days = [dt.date(2026, 4, n) for n in range(1, 9)]
    assert host.fill(block(优先级=scores, 原因=why, 下次日期=days)) > 20
    host.save()
    seen = place.seen()
    assert column(seen, LEDGER, 6) == ["优先级", *[n + 0.25 for n in range(8)]]
    assert column(seen, LEDGER, 7) == ["原因", *why]
    assert column(seen, LEDGER, 8) == ["下次日期", *days]
    assert column(seen, LEDGER, 5) == ["备注", None, "已约", None, "已约", None, "已约", None, "已约"]
    assert seen.read(LEDGER).hidden_rows == {2, 4, 6, 8}


def test_filling_the_same_twice_changes_nothing(place: Place) -> None:
    for expected in (True, False):
        host = place.host()
        changed = host.fill(block(优先级=[Decimal(n) for n in range(8)], 原因=[f"理由{n}" for n in range(8)]))
        assert (changed > 0) is expected
        host.save()
        host.close()


def test_a_few_cells_that_differ_are_written_and_no_others(place: Place) -> None:
    host = place.host()
    host.fill(block(优先级=list(range(8))))
    host.save()
    host = place.host()
    assert host.fill(block(优先级=[0, 1, 20, 3, None, 5, 6, 70])) == 3
    host.save()
    assert column(place.seen(), LEDGER, 6)[1:] == [0, 1, 20, 3, None, 5, 6, 70]


def test_nothing_is_written_before_save(place: Place) -> None:
    host = place.host()
    host.fill(block(优先级=list(range(8))))
    assert column(host, LEDGER, 6)[1] == 0
    host.close()
    assert column(place.seen(), LEDGER, 6) == [None] * 9


def test_a_row_that_holds_another_case_refuses_the_fill(place: Place) -> None:
    wrong = block(优先级=list(range(8)))
    wrong = BlockFill(wrong.sheet, 1, 1, wrong.rows, ["GJ001", "GJ003", *wrong.keys[2:]], wrong.columns)
    with pytest.raises(HostError, match="rows-moved"):
        place.host().fill(wrong)


def test_rows_are_appended_with_the_formats_and_formulas_of_the_last_one(place: Place) -> None:
    host = place.host()
    host.append(
        RowAppend(
            LOG,
            1,
            [
                ColumnFill("案件编号", ["GJ003", "GJ004"], "@"),
                ColumnFill("日期", [dt.date(2026, 3, 3), dt.date(2026, 3, 4)], "yyyy-mm-dd"),
                ColumnFill("结果", ["承诺还款", "空号"], "@"),
                ColumnFill("号码", ["013800000003", None], "@"),
            ],
        )
    )
    host.save()
    host.close()
    rows = place.seen().read(LOG).cells[3:].tolist()
    lengths = [row.pop() for row in rows]
    assert rows == [["GJ003", dt.date(2026, 3, 3), "承诺还款", "013800000003"], ["GJ004", dt.date(2026, 3, 4), "空号", None]]
    assert lengths in ([4, 2], [UNCACHED] * 2)  # worked out by the application that has the workbook open


def test_single_cells_are_written_and_emptied(place: Place) -> None:
    host = place.host()
    assert host.write(CellWrite(LEDGER, [(3, 5, None), (2, 5, "=A1"), (4, 3, 7), (5, 4, dt.date(2027, 1, 2)), (4, 1, "GJ003")])) == 4
    host.save()
    seen = place.seen()
    assert column(seen, LEDGER, 5)[1:3] == ["=A1", None]
    assert (column(seen, LEDGER, 3)[3], column(seen, LEDGER, 4)[4]) == (7, dt.date(2027, 1, 2))


def test_drawn_sheets_are_taken_in_and_redrawn_in_place(place: Place) -> None:
    host = place.host()
    assert host.adopt(drawn_plan(rows=4), [PLAN]) == [PLAN]
    host.save()
    host.close()
    host = place.host()
    assert [s.name for s in host.sheets()] == [LEDGER, LOG, "汇总", PLAN]
    host.write(CellWrite("汇总", [(2, 1, "计划合计")]))
    assert host.adopt(drawn_plan(rows=6), [PLAN]) == [PLAN]
    host.save()
    seen = place.seen()
    assert [s.name for s in seen.sheets()] == [LEDGER, LOG, "汇总", PLAN]
    assert column(seen, PLAN, 1) == ["本周计划", "客户", *[f"客户{n}" for n in range(6)]]
    assert column(seen, "汇总", 1) == ["合计", "计划合计"]


def test_a_sheet_is_removed_but_never_the_last_one(place: Place) -> None:
    host = place.host()
    host.remove("汇总")
    host.remove(LOG)
    with pytest.raises(HostError, match="last-sheet"):
        host.remove(LEDGER)
    host.save()
    assert [s.name for s in place.seen().sheets()] == [LEDGER]


def test_what_save_gives_is_what_the_workbook_holds(place: Place) -> None:
    host = place.host()
    host.fill(block(原因=["x"] * 8))
    data = host.save()
    read = openpyxl.load_workbook(io.BytesIO(data))[LEDGER]
    assert [c.value for c in read["F"]] == ["原因", *["x"] * 8]
    assert read["C5"].value == 401
