"""What only a workbook that is open in an application can meet: people who type meanwhile, protection, edited cells, filters, references."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.styles import Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.filters import ColorFilter
from openpyxl.worksheet.table import Table

from macros_py.hosts.host import UNCACHED, BlockFill, ColumnFill, HostError, RowAppend
from macros_py.hosts.live import PENDING, LiveHost
from macros_py.hosts.live_calls import calls_for
from macros_py.udfs import FUNCTIONS
from tests.hosts import calc_office, faulty_engine
from tests.hosts.ledgers import PLAN, drawn_plan
from tests.hosts.test_contract import LEDGER, LOG, block, column, saved, workbook
from workbook_templates.build import workbook as workbook_with_vba
from workbook_templates.contents import MANAGER

APPLICATIONS = ("faulty", pytest.param("calc", marks=pytest.mark.office))


class Opener:
    """Opens workbooks in the application of the test, and closes them after it."""

    def __init__(self, folder: Path, app: xw.App | None) -> None:
        self._folder, self._app = folder, app
        self._opened: list[Any] = []

    def __call__(self, book: openpyxl.Workbook) -> xw.Book:
        path = saved(book, self._folder)
        if self._app is None:
            return faulty_engine.opened(path)
        document = calc_office.load(self._app, path)
        self._opened.append(document)
        return calc_office.book_of(self._app, document)

    def close(self) -> None:
        for document in self._opened:
            document.close(True)


@pytest.fixture(params=APPLICATIONS)
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(tmp_path, request.getfixturevalue("calc") if request.param == "calc" else None)
    yield opener
    opener.close()


SCORES = block(优先级=list(range(8)), 原因=[f"理由{n}" for n in range(8)])


def test_rows_that_a_person_moved_since_they_were_read_refuse_the_whole_press(opens: Opener) -> None:
    book = opens(workbook())
    host = LiveHost(book)
    host.fill(SCORES)
    book.sheets[LEDGER].range((4, 1)).value = "GJ999"
    with pytest.raises(HostError, match="rows-moved"):
        host.save()
    assert book.sheets[LEDGER].range((1, 6)).value is None
    assert PENDING not in book.names


def test_a_cell_typed_in_since_it_was_read_is_not_written_over(opens: Opener) -> None:
    book = opens(workbook())
    host = LiveHost(book)
    host.fill(SCORES)
    book.sheets[LEDGER].range((5, 7)).value = "我刚写的"
    with pytest.raises(HostError, match="changed-meanwhile"):
        host.save()
    assert book.sheets[LEDGER].range((5, 7)).value == "我刚写的"
    assert book.sheets[LEDGER].range((2, 6)).value is None


def test_a_sheet_protected_without_a_password_is_written_and_protected_again(opens: Opener) -> None:
    made = workbook()
    made[LEDGER].protection.sheet = True
    book = opens(made)
    host = LiveHost(book)
    host.fill(SCORES)
    host.save()
    assert column(LiveHost(book), LEDGER, 6)[1:] == list(range(8))
    assert LiveHost(book).sheets()[0].protected


def test_a_sheet_protected_by_a_password_refuses_before_anything_is_written(opens: Opener) -> None:
    made = workbook()
    made[LEDGER].protection.set_password("geheim")
    made[LEDGER].protection.sheet = True
    book = opens(made)
    host = LiveHost(book)
    host.fill(SCORES)
    with pytest.raises(HostError) as refused:
        host.save()
    assert refused.value.code == "sheet-protected"
    assert column(LiveHost(book), LEDGER, 6) == [None] * 9
    assert PENDING not in book.names


def test_what_points_at_a_redrawn_sheet_points_at_it_still(opens: Opener) -> None:
    book = opens(workbook())
    host = LiveHost(book)
    host.adopt(drawn_plan(rows=4), [PLAN])
    host.save()
    formula = f"='{PLAN}'!B4*2" if book.app.engine.name == "excel" else f"=$'{PLAN}'.B4*2"
    host._calls.set_formula(book.sheets["汇总"].range((3, 1)), formula)
    book.names.add("plan_amount", f"='{PLAN}'!$B$4" if book.app.engine.name == "excel" else f"=$'{PLAN}'.$B$4")
    was = book.names["plan_amount"].refers_to, host._calls.formulas(book.sheets["汇总"].range((3, 1)))
    host = LiveHost(book)
    host.adopt(drawn_plan(rows=6), [PLAN])
    host.save()
    assert (book.names["plan_amount"].refers_to, host._calls.formulas(book.sheets["汇总"].range((3, 1)))) == was
    assert "REF" not in str(was)


def test_a_table_grows_with_the_rows_appended_to_it(opens: Opener) -> None:
    made = workbook()
    made[LOG].add_table(Table(displayName="记录表", ref="A1:E3"))
    book = opens(made)
    host = LiveHost(book)
    host.append(RowAppend(LOG, 1, [ColumnFill("案件编号", ["GJ003", "GJ004"], "@"), ColumnFill("结果", ["接通", "未接"], "@")]))
    host.save()
    assert [t.range.shape for t in book.sheets[LOG].tables] == [(5, 5)]


def test_what_stands_beside_a_table_stays_when_the_table_grows(opens: Opener) -> None:
    made = workbook()
    made[LOG].add_table(Table(displayName="记录表", ref="A1:E3"))
    for row, note in ((3, "王经理：每周核对"), (4, "我的便条"), (5, 42)):
        made[LOG].cell(row, 7, note)
    book = opens(made)
    host = LiveHost(book)
    host.append(RowAppend(LOG, 1, [ColumnFill("案件编号", ["GJ003", "GJ004"], "@"), ColumnFill("结果", ["接通", "未接"], "@")]))
    host.save()
    assert column(LiveHost(book), LOG, 7)[2:] == ["王经理：每周核对", "我的便条", 42]
    assert column(LiveHost(book), LOG, 1)[3:] == ["GJ003", "GJ004"]


def test_many_scattered_cells_are_written_and_a_persons_formulas_between_them_stay(opens: Opener) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = LEDGER
    sheet.append(["案件编号", "优先级"])
    for n in range(1, 201):
        sheet.append([f"GJ{n:03d}", "=1+1" if n == 101 else "0012" if n == 103 else n])
    book = opens(made)
    host = LiveHost(book)
    values = [n * 10 if n % 2 == 0 else "0012" if n == 103 else UNCACHED if n == 101 else n for n in range(1, 201)]
    rows = [n for n in range(1, 201) if n != 101]
    host.fill(
        BlockFill(LEDGER, 1, 1, [n + 1 for n in rows], [f"GJ{n:03d}" for n in rows], [ColumnFill("优先级", [values[n - 1] for n in rows])])
    )
    host.save()
    seen = column(LiveHost(book), LEDGER, 2)
    assert [v for n, v in enumerate(seen[1:], 1) if n != 101] == [values[n - 1] for n in rows]
    assert calls_for(book).formulas(book.sheets[LEDGER].range((102, 2)))[0][0] == "=1+1"


def test_the_sheet_that_was_looked_at_is_looked_at_still(opens: Opener) -> None:
    book = opens(workbook())
    LiveHost(book)._calls.look_at(book.sheets["汇总"])
    host = LiveHost(book)
    host.fill(SCORES)
    host.adopt(drawn_plan(), [PLAN])
    host.save()
    assert book.sheets.active.name == "汇总"


@pytest.mark.parametrize("drawn_before", [False, True])
def test_a_sheet_that_was_taken_in_half_way_does_not_stay(opens: Opener, monkeypatch: pytest.MonkeyPatch, *, drawn_before: bool) -> None:
    book = opens(workbook())
    if drawn_before:
        host = LiveHost(book)
        host.adopt(drawn_plan(rows=4), [PLAN])
        host.save()
    before = [s.name for s in book.sheets]
    copy = type(book.impl.sheets(1)).copy

    def cut_off(*arguments: Any, **named: Any) -> None:
        copy(*arguments, **named)
        raise RuntimeError("the application gave up")

    monkeypatch.setattr(type(book.impl.sheets(1)), "copy", cut_off)
    host = LiveHost(book)
    host.adopt(drawn_plan(rows=6), [PLAN])
    with pytest.raises(HostError, match="half-written"):
        host.save()
    assert [s.name for s in book.sheets] == before


@pytest.mark.office
def test_sheets_are_drawn_and_drawn_again_in_a_workbook_with_vba(calc: xw.App, tmp_path: Path) -> None:
    """A sheet comes into it with a Basic module of its own, which a drawn workbook has not."""
    path = tmp_path / MANAGER.file
    path.write_bytes(workbook_with_vba(MANAGER, FUNCTIONS))
    with calc_office.opened(calc, path) as book:
        before = [s.name for s in book.sheets]
        for rows in (4, 6):
            host = LiveHost(book)
            host.adopt(drawn_plan(rows=rows), [PLAN])
            host.save()
        assert [s.name for s in book.sheets] == [*before, PLAN]
        assert book.sheets[PLAN].range("A8").value == "客户5"


# Excel's faults, on the engine that has them ---------------------------------------------------------------------------------


def test_the_test_engine_really_shifts_a_block_over_hidden_rows(tmp_path: Path) -> None:
    book = faulty_engine.opened(saved(workbook(), tmp_path))
    book.sheets[LEDGER].range((2, 8), (9, 8)).value = [[n] for n in range(8)]
    assert column(LiveHost(book), LEDGER, 8)[1:] == [None, 0, None, 1, None, 2, None, 3]


def test_a_filter_that_cannot_be_put_back_stays_on_and_hidden_rows_are_written_one_by_one(tmp_path: Path) -> None:
    made = workbook()
    column_filter = made[LEDGER].auto_filter.filterColumn[0]
    column_filter.filters, column_filter.colorFilter = None, ColorFilter(dxfId=0)
    made._differential_styles.append(DifferentialStyle())
    book = faulty_engine.opened(saved(made, tmp_path))
    host = LiveHost(book)
    host.fill(SCORES)
    host.save()
    seen = LiveHost(book)
    assert column(seen, LEDGER, 6)[1:] == list(range(8))
    assert seen.read(LEDGER).hidden_rows == {2, 4, 6, 8}


def test_a_cell_that_is_being_edited_is_waited_for_and_then_refused_in_words(tmp_path: Path) -> None:
    book = faulty_engine.opened(saved(workbook(), tmp_path))
    book.app.impl.refused_calls = 2
    assert LiveHost(book).read(LEDGER).cells[1, 0] == "GJ001"
    book.app.impl.refused_calls = 10**6
    with pytest.raises(HostError, match="edit-mode"):
        LiveHost(book, patience=0.3)


def test_a_locked_cell_amid_an_unprotected_range_is_not_left_half_written(tmp_path: Path) -> None:
    made = workbook()
    for row in made[LEDGER].iter_rows():
        for cell in row:
            cell.protection = Protection(locked=False)
    made[LEDGER].protection.sheet = True
    book = faulty_engine.opened(saved(made, tmp_path))
    host = LiveHost(book)
    host.fill(SCORES)
    host.save()
    assert column(LiveHost(book), LEDGER, 6)[1:] == list(range(8))


def test_names_that_mark_a_press_are_hidden_from_people(tmp_path: Path) -> None:
    book = faulty_engine.opened(saved(workbook(), tmp_path))
    host = LiveHost(book)
    host._mark()
    assert book.impl.workbook.defined_names[PENDING].hidden
    host.unmark()
    assert PENDING not in book.names
