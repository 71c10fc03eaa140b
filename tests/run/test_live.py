"""A press on a workbook that is open in Calc: the same path as on a closed file, and undone, recovered, refused in the same words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from macros_py.hosts import live_sheets, live_totals
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import HostError
from macros_py.hosts.live import LiveHost
from macros_py.hosts.live_calls import calls_for
from macros_py.run.opening import journal_in
from macros_py.run.outcome import StoppedError
from macros_py.run.undoing import undo_live
from tests.benchmarks import big_ledger
from tests.hosts import calc_office
from tests.run.conftest import MONDAY, ledger, pressed, rows_of, with_a_table, with_a_total

pytestmark = pytest.mark.office
LEDGER = "案件台账"


@pytest.fixture
def open_book(calc: xw.App, book: Path) -> Iterator[xw.Book]:
    with calc_office.opened(calc, book) as found:
        yield found


def rows(found: xw.Book, sheet: str = LEDGER) -> list[list[Any]]:
    host = LiveHost(found)
    try:
        return [list(row) for row in host.read(sheet).cells]
    finally:
        host.close()


def live(found: xw.Book, book: Path, button: str = "priority", day: dt.date = MONDAY, **how: Any) -> Any:
    return pressed(book, button, day, live=lambda: LiveHost(found), **how)


def test_a_press_in_calc_writes_what_it_writes_into_the_file_and_leaves_the_file_alone(
    open_book: xw.Book, book: Path, tmp_path: Path
) -> None:
    on_disk = book.read_bytes()
    outcome = live(open_book, book)
    assert outcome.wrote
    assert book.read_bytes() == on_disk
    closed = tmp_path / "closed" / book.name
    closed.parent.mkdir()
    closed.write_bytes(on_disk)
    pressed(closed, "priority")
    assert rows(open_book) == rows_of(closed, LEDGER)
    assert [s.name for s in open_book.sheets] == [s.name for s in FileHost.for_reading(closed).sheets()]


def test_days_of_presses_on_a_large_ledger_leave_the_office_alive(office: str, tmp_path: Path) -> None:
    """An office once came down while many sheets were taken into a ledger of some thousand cases: its window was led from sheet to sheet."""
    path, closed = tmp_path / "open.xlsx", tmp_path / "closed.xlsx"
    big_ledger.write(path, 2000)
    closed.write_bytes(path.read_bytes())
    days = (MONDAY, MONDAY + dt.timedelta(days=1))
    with calc_office.running(office) as app, calc_office.opened(app, path) as found:
        shown = found.impl.doc.CurrentController.ActiveSheet.Name
        assert all(calc_office.inside(app, lambda: [live(found, path, "monday", day).wrote for day in days]))
        for day in days:
            pressed(closed, "monday", day)
        assert found.impl.doc.CurrentController.ActiveSheet.Name == shown
        sheets = [s.name for s in found.sheets]
        assert sheets == [s.name for s in FileHost.for_reading(closed).sheets()]
        assert rows(found) == [[None if cell == "" else cell for cell in row] for row in rows_of(closed, LEDGER)]
        plan = next(name for name in sheets if name.startswith("计划"))
        assert rows(found, plan) == rows_of(closed, plan)


def test_pressing_twice_changes_nothing(open_book: xw.Book, book: Path) -> None:
    assert live(open_book, book).wrote
    assert not live(open_book, book).wrote


def test_undo_takes_the_press_back_and_keeps_what_was_typed(open_book: xw.Book, book: Path) -> None:
    before = rows(open_book)
    live(open_book, book)
    open_book.sheets[LEDGER].range((3, 9)).value = "我写的"
    undo_live(lambda: LiveHost(open_book))
    after = rows(open_book)
    assert after[2][8] == "我写的"
    after[2][8] = before[2][8]
    assert after == before
    assert [s.name for s in open_book.sheets] == [LEDGER, "设置"]
    with pytest.raises(HostError, match="nothing-to-undo"):
        undo_live(lambda: LiveHost(open_book))


def test_the_formulas_of_a_total_row_that_was_pushed_down_come_back(calc: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "合计.xlsx"
    path.write_bytes(ledger(sheets=with_a_total))
    with calc_office.opened(calc, path) as found:
        register = found.sheets["信函登记"]

        def formulas() -> list[Any]:
            shape = register.used_range.shape
            return [row[:3] for row in calls_for(found).formulas(register.range((1, 1), shape))]

        before = formulas()
        assert live(found, path, "letters").counts["append"] > 1
        assert "=COUNTA(B2:B3)" not in [row[1] for row in formulas()]
        assert undo_live(lambda: LiveHost(found)).conflicts == ()
        assert formulas()[:4] == before
        assert not any(any(row) for row in formulas()[4:])


def register_of(found: xw.Book) -> list[list[Any]]:
    """What stands in the register of letters, formulas as such, and where its table ends."""
    register = found.sheets["信函登记"]
    cells = [row[:3] for row in calls_for(found).formulas(register.range((1, 1), register.used_range.shape))]
    return [row for row in cells if any(row)] + [[table.range.address, table.show_totals] for table in register.tables]


@pytest.fixture
def tabled(calc: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    path = tmp_path / "汇总行.xlsx"
    path.write_bytes(ledger(sheets=with_a_table))
    with calc_office.opened(calc, path) as found:
        yield found


def test_a_table_with_a_total_row_takes_rows_and_ends_again_where_it_ended(tabled: xw.Book) -> None:
    before = register_of(tabled)
    live(tabled, Path(tabled.fullname), "letters")
    after = register_of(tabled)
    assert len(after) > len(before) + 1
    assert (after[-2][:2], after[-1][1]) == (before[-2][:2], True)
    assert undo_live(lambda: LiveHost(tabled)).conflicts == ()
    assert register_of(tabled) == before


def test_a_table_whose_new_rows_were_typed_into_keeps_them_and_its_total_row(tabled: xw.Book) -> None:
    live(tabled, Path(tabled.fullname), "letters")
    after = register_of(tabled)
    tabled.sheets["信函登记"].range((4, 2)).value = "我改的"
    undone = undo_live(lambda: LiveHost(tabled))
    assert undone.conflicts == ("信函登记!B4",)
    assert register_of(tabled)[-2:] == after[-2:]
    assert tabled.sheets["信函登记"].range((3, 1), (4, 2)).value == [[None, None], [None, "我改的"]]


def test_a_table_that_was_cut_off_without_its_total_row_gets_it_back(tabled: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    before = register_of(tabled)
    with monkeypatch.context() as m:
        m.setattr(live_totals, "put_back", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            live(tabled, Path(tabled.fullname), "letters")
    assert register_of(tabled)[-1][1] is False
    outcome = live(tabled, Path(tabled.fullname), "letters")
    assert (outcome.recovered, outcome.wrote) == ("taken-back", True)
    undo_live(lambda: LiveHost(tabled))
    assert register_of(tabled) == before


def test_the_whole_monday_is_undone_sheets_and_letters_too(open_book: xw.Book, book: Path) -> None:
    before, sheets = rows(open_book), [s.name for s in open_book.sheets]
    outcome = live(open_book, book, "monday")
    assert outcome.counts["sheets"] > 5
    assert outcome.files
    undone = undo_live(lambda: LiveHost(open_book))
    assert undone.conflicts == ()
    assert rows(open_book) == before
    assert [s.name for s in open_book.sheets] == sheets
    assert not any(path.exists() for path in outcome.files)


def test_what_was_cut_off_half_way_is_taken_back_by_the_next_press(open_book: xw.Book, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(open_book)
    with monkeypatch.context() as m:
        m.setattr(live_sheets, "adopt", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            live(open_book, book)
    assert rows(open_book) != before
    assert LiveHost(open_book).half_written
    outcome = live(open_book, book)
    assert (outcome.recovered, outcome.wrote) == ("taken-back", True)
    assert not LiveHost(open_book).half_written
    undo_live(lambda: LiveHost(open_book))
    assert rows(open_book) == before


def test_a_refusal_half_way_leaves_the_workbook_as_it_was(open_book: xw.Book, book: Path) -> None:
    before = rows(open_book)
    open_book.api.protect("a password")  # sheets can be written, but none can be added
    with pytest.raises(HostError, match="structure-protected"):
        live(open_book, book)
    assert rows(open_book) == before
    host = LiveHost(open_book)
    assert not host.half_written
    assert journal_in(host).pending() is None


def test_what_an_application_refuses_half_way_is_taken_back_at_once(
    open_book: xw.Book, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(open_book)

    def refuse(*_: Any) -> None:
        raise RuntimeError("the application has no mind to")

    with monkeypatch.context() as m:
        m.setattr(live_sheets, "adopt", refuse)
        with pytest.raises(HostError, match="application-refused"):
            live(open_book, book)
    assert rows(open_book) == before
    assert not LiveHost(open_book).half_written


def test_stopping_before_anything_is_written_leaves_all_as_it_was(open_book: xw.Book, book: Path) -> None:
    before = rows(open_book)

    def stop(zh: str, en: str) -> None:
        if zh == "绘制工作表":
            raise StoppedError

    with pytest.raises(StoppedError):
        live(open_book, book, progress=stop)
    with pytest.raises(StoppedError):
        live(open_book, book, agreed=lambda outcome: outcome.counts["fill"] == 0)
    assert rows(open_book) == before


def test_a_workbook_never_saved_is_asked_to_be_saved_first(calc: xw.App) -> None:
    document = calc.api.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    try:
        with pytest.raises(HostError, match="never-saved"):
            LiveHost(calc_office.book_of(calc, document))
    finally:
        document.close(True)
