"""Kill it anywhere: the workbook is the old one or the new one, letters and register agree, and the next press settles the rest."""

from __future__ import annotations

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite, HostError
from macros_py.records.backups import Backups
from macros_py.records.journal import Journal, digest
from macros_py.run.opening import journal_of, remember_id
from macros_py.run.recording import Event, record
from macros_py.run.recovering import recover
from macros_py.run.undoing import undo
from tests.run.conftest import MONDAY, killed_at, pressed, rows_of, typed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a child is killed by a signal")
LETTERS = ("催0001_A001.docx", "催0002_A002.docx")
MOST = 60


@dataclass
class Desk:
    """A workbook with a register, its journal, and a press that writes two numbers and two letters."""

    book: Path

    @property
    def journal(self) -> Journal:
        return Journal.beside(self.book, "desk")

    def press(self) -> None:
        before = self.book.read_bytes()
        host = FileHost(self.book)
        host.write(CellWrite("登记", [(i + 2, 1, name) for i, name in enumerate(LETTERS)]))
        files = [(self.book.parent / "信函" / name, name.encode()) for name in LETTERS]
        remember_id(self.book, "desk")
        record(self.journal, self.book, before, before, host, Event("letters", "wang", "经理", MONDAY, {}, [], {"登记": 2}, files))

    def registered(self) -> list[str]:
        return [str(row[0]) for row in rows_of(self.book, "登记")[1:] if row[0]]

    def letters(self) -> list[str]:
        return sorted(p.name for p in (self.book.parent / "信函").glob("*"))

    def rubbish(self) -> list[str]:
        left = [p.name for p in self.book.parent.rglob("*") if p.name.endswith((".part", ".tmp"))]
        return left + [p.name for p in self.book.parent.rglob("staged")]


def desk(folder: Path) -> Desk:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "登记"
    sheet.append(["文号"])
    out = io.BytesIO()
    book.save(out)
    folder.mkdir()
    path = folder / "台账.xlsx"
    path.write_bytes(out.getvalue())
    return Desk(path)


def test_a_press_killed_anywhere_is_settled_by_the_next(tmp_path: Path) -> None:
    states = set()
    for step in range(MOST):
        it = desk(tmp_path / f"p{step}")
        old = it.book.read_bytes()
        was_killed = killed_at(step, it.book.parent, it.press)
        assert it.book.read_bytes() == old or it.registered() == list(LETTERS)
        states.add(recover(it.journal, it.book))
        assert it.letters() == it.registered(), step
        assert it.journal.verify() == [], step
        assert it.journal.pending() is None
        if not it.registered():
            it.press()
        assert it.letters() == it.registered() == list(LETTERS)
        FileHost(it.book).close()
        Backups(it.journal.folder).prune(["x"])
        assert it.rubbish() == [], step
        if not was_killed:
            break
    else:
        raise AssertionError("the press never came to its end")
    assert states == {"", "abandoned", "completed"}


def test_an_undo_killed_anywhere_is_settled_by_the_next(tmp_path: Path) -> None:
    start = desk(tmp_path / "start")
    old = start.book.read_bytes()
    start.press()
    new = start.book.read_bytes()
    for step in range(MOST):
        folder = tmp_path / f"u{step}"
        shutil.copytree(start.book.parent, folder)
        it = Desk(folder / "台账.xlsx")
        was_killed = killed_at(step, folder, lambda it=it: undo(it.book))  # type: ignore[misc]
        assert it.book.read_bytes() in (old, new)
        recover(it.journal, it.book)
        assert it.letters() == it.registered(), step
        assert it.journal.verify() == [], step
        if it.book.read_bytes() == new:
            undo(it.book)
        assert it.book.read_bytes() == old
        assert it.letters() == []
        assert it.journal.presses() == []
        if not was_killed:
            return
    raise AssertionError("the undo never came to its end")


@pytest.mark.parametrize("written", [True, False])
def test_a_workbook_saved_by_a_person_after_the_kill_is_judged_by_its_cells(tmp_path: Path, written: bool) -> None:
    it = desk(tmp_path / "d")
    before = it.book.read_bytes()
    for step in range(MOST):
        shutil.rmtree(it.book.parent)
        it.book.parent.mkdir()
        it.book.write_bytes(before)
        killed_at(step, it.book.parent, it.press)
        if it.journal.pending() and (it.book.read_bytes() != before) == written:
            break
    typed(it.book, "登记", (9, 3, "我的话"))
    assert recover(it.journal, it.book) == ("completed" if written else "abandoned")
    assert it.letters() == it.registered() == (list(LETTERS) if written else [])
    assert rows_of(it.book, "登记")[8][2] == "我的话"


def test_a_monday_killed_while_writing_is_completed_by_the_next_press(book: Path) -> None:
    old = book.read_bytes()
    assert killed_at(13, book.parent, lambda: pressed(book))
    killed = book.read_bytes()
    outcome = pressed(book)
    assert outcome.recovered in ("completed", "abandoned", "")
    assert (killed == old) == outcome.wrote
    numbers = [str(row[0]) for row in rows_of(book, "信函登记")[1:] if row[0] and str(row[0]).startswith("催")]
    letters = [p.name.split("_")[0] for p in (book.parent / "台账-信函").glob("*.docx")]
    assert letters
    assert sorted(numbers) == sorted(letters)
    assert journal_of(book).verify() == []
    assert not pressed(book).wrote


def test_a_press_that_is_refused_at_the_last_moment_leaves_nothing_pending(tmp_path: Path) -> None:
    it = desk(tmp_path / "d")
    before = it.book.read_bytes()
    host = FileHost(it.book)
    host.write(CellWrite("登记", [(2, 1, "催0001")]))
    typed(it.book, "登记", (5, 5, "同事改了"))
    files = [(it.book.parent / "信函" / "催0001.docx", b"x")]
    with pytest.raises(HostError, match="changed-meanwhile"):
        record(it.journal, it.book, before, before, host, Event("letters", "", "", MONDAY, {}, [], {}, files))
    assert it.journal.pending() is None
    assert it.letters() == []
    assert it.rubbish() == []
    assert digest(it.book.read_bytes()) != digest(before)
