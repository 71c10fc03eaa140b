"""A workbook saved in the drop folder comes back with its plan."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from macros_py import cli
from macros_py.hosts.locks import calc_lock, excel_lock, wps_lock
from macros_py.installing.answers import Answer, of_outcome
from macros_py.installing.drop_folder import Seen, look, meant, settled, undo_wish
from macros_py.installing.watching import Watch, forever
from macros_py.run.outcome import Outcome
from macros_py.run.undoing import undo
from tests.run.conftest import HEADERS, ledger, pressed, rows_of, typed, with_office

DAY = dt.date(2026, 11, 23)


class Drop:
    """A drop folder, its watch, and what it said."""

    def __init__(self, folder: Path, button: str = "priority") -> None:
        self.folder, self.said = folder, list[Answer]()
        self.presses: list[str] = []
        self.button = button
        self.start()

    def start(self) -> None:
        self.watch = Watch(
            self.folder,
            self._press,
            undo,
            lambda e: (f"意外（{type(e).__name__}）。", f"unexpected ({type(e).__name__})"),
            self.said.append,
        )
        self.seen: dict[str, Seen] = {}

    def _press(self, book: Path) -> Outcome:
        self.presses.append(book.name)
        return pressed(book, self.button)

    def looks(self, times: int = 2) -> list[str]:
        """Look so many times; → what was pressed meanwhile."""
        before = len(self.presses)
        for _ in range(times):
            self.seen = self.watch.step(self.seen)
        return self.presses[before:]

    def answer(self, name: str) -> str:
        return (self.folder / f"{name}.结果.txt").read_bytes().decode("utf-8-sig")

    def save(self, name: str = "台账.xlsx", data: bytes | None = None) -> Path:
        path = self.folder / name
        path.write_bytes(ledger(sheets=with_office) if data is None else data)
        return path


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    return Drop(tmp_path)


def test_a_workbook_comes_back_with_its_plan(tmp_path: Path) -> None:
    drop = Drop(tmp_path, "monday")
    book = drop.save()
    assert drop.looks() == ["台账.xlsx"]
    titles = [str(row[0]) for row in rows_of(book, "团队计划")]
    assert titles
    told = drop.answer("台账.xlsx")
    assert "处理完成" in told
    assert "个人计划 2 份" in told
    assert "2 personal plans" in told
    assert "撤销 台账.txt" in told
    assert "\r\n" in told


def test_the_same_content_is_never_worked_on_twice_and_neither_is_what_we_wrote(drop: Drop) -> None:
    book = drop.save()
    assert drop.looks(4) == ["台账.xlsx"]
    os.utime(book)
    assert drop.looks(4) == []
    drop.start()  # the watch is started anew
    assert drop.looks(4) == []
    typed(book, "案件台账", (2, 9, "新的备注"))
    assert drop.looks(4) == ["台账.xlsx"]


def test_an_older_content_that_comes_back_is_answered_and_left_alone(drop: Drop) -> None:
    first = drop.save().read_bytes()
    drop.looks(3)
    drop.save(data=first)
    assert drop.looks(3) == []
    assert "以前处理过" in drop.answer("台账.xlsx")
    told = len(drop.said)
    drop.start()
    assert drop.looks(3) == []
    assert len(drop.said) == told
    drop.save("另一份.xlsx", first)
    assert drop.looks(3) == ["另一份.xlsx"]


def test_a_file_is_left_alone_while_it_is_being_written(drop: Drop) -> None:
    whole = ledger()
    for part in (5_000, 6_000, len(whole)):
        drop.save(data=whole[:part])
        assert drop.looks(1) == []
    assert drop.looks(1) == ["台账.xlsx"]


@pytest.mark.parametrize("lock", [excel_lock, calc_lock, wps_lock])
def test_a_workbook_that_is_open_is_waited_for_and_said_once(drop: Drop, lock: Callable[[Path], Path]) -> None:
    book = drop.save()
    lock(book).write_bytes(b",wang,pc,,;")
    assert drop.looks(5) == []
    assert len(drop.said) == 1
    assert "关闭后会自动处理" in drop.answer(book.name)
    lock(book).unlink()
    assert drop.looks() == [book.name]
    assert "处理完成" in drop.answer(book.name)


def test_a_broken_workbook_is_answered_once_and_does_not_stop_the_others(drop: Drop) -> None:
    drop.save("坏.xlsx", b"PK\x03\x04 cut off")
    drop.save("密.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    drop.save()
    drop.looks(4)
    assert sorted(a.name for a in drop.said if not a.fine) == ["坏.xlsx", "密.et"]
    assert "没有处理完" in drop.answer("坏.xlsx")
    assert "处理完成" in drop.answer("台账.xlsx")


def test_an_error_that_nobody_expected_is_answered_without_values(drop: Drop) -> None:
    def fail(book: Path) -> Outcome:
        raise ZeroDivisionError("张三")

    drop.watch.press = fail
    drop.save()
    drop.looks(4)
    assert [a.zh for a in drop.said] == [("意外（ZeroDivisionError）。",)]
    assert "张三" not in drop.answer("台账.xlsx")


def test_a_blocked_workbook_says_where_and_what_to_mend(drop: Drop) -> None:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    made = io.BytesIO()
    book.save(made)
    drop.save(data=made.getvalue())
    drop.looks()
    told = drop.answer("台账.xlsx")
    assert "[必须先改]" in told
    assert "[must be mended first]" in told
    assert "要撤销" not in told


def test_a_password_never_stands_in_a_file_that_others_read(tmp_path: Path) -> None:
    outcome = Outcome(tmp_path / "a.xlsx", "handout", wrote=True, passwords={"王丽.xlsx": "ABCD-EFGH"})
    answer = of_outcome("a.xlsx", outcome)
    assert "ABCD-EFGH" not in "".join(answer.zh + answer.en)
    with pytest.raises(SystemExit):
        cli.main(["watch", str(tmp_path), "--once", "--button", "handout"])


def test_a_csv_comes_back_as_a_workbook_beside_it(drop: Drop) -> None:
    rows = [HEADERS, ("A001", "张三", "13800000001", "12500.50", "2026-08-01", "114", "广州", "王丽", "")]
    drop.save("台账.csv", "\n".join(",".join(r) for r in rows).encode())
    assert drop.looks(4) == ["台账.csv"]
    assert (drop.folder / "台账.催收簿.xlsx").exists()


def test_undo_by_a_text_file_brings_the_bytes_back_and_is_not_pressed_again(drop: Drop) -> None:
    book = drop.save()
    before = book.read_bytes()
    drop.looks(3)
    assert book.read_bytes() != before
    wish = drop.save("撤销 台账.txt", b"")
    assert drop.looks(4) == []
    assert book.read_bytes() == before
    assert not wish.exists()
    assert "已撤销" in drop.answer("台账.xlsx")
    drop.start()
    assert drop.looks(4) == []


def test_undo_from_elsewhere_is_not_pressed_again(drop: Drop) -> None:
    book = drop.save()
    drop.looks(3)
    typed(book, "案件台账", (2, 9, "后来写的"))
    undo(book)
    drop.start()
    assert drop.looks(4) == []


def test_a_save_during_the_press_is_not_missed(drop: Drop) -> None:
    book = drop.save()
    press = drop.watch.press

    def while_a_person_saves(path: Path) -> Outcome:
        outcome = press(path)
        typed(path, "案件台账", (2, 9, "刚写的"))
        return outcome

    drop.watch.press = while_a_person_saves
    drop.looks()
    drop.watch.press = press
    assert drop.looks(3) == [book.name]
    assert drop.looks(3) == []


def test_an_undo_of_an_open_workbook_waits(drop: Drop) -> None:
    book = drop.save()
    before = book.read_bytes()
    drop.looks(3)
    excel_lock(book).write_bytes(b"x")
    wish = drop.save("undo 台账.txt", b"")
    drop.looks(4)
    assert wish.exists()
    assert sum("关闭后" in "".join(a.zh) for a in drop.said) == 1
    excel_lock(book).unlink()
    drop.looks(2)
    assert book.read_bytes() == before
    assert not wish.exists()


def test_an_undo_that_fails_unexpectedly_does_not_stop_the_watch(drop: Drop) -> None:
    def fail(book: Path) -> Outcome:
        raise ZeroDivisionError

    drop.save()
    drop.looks(3)
    drop.watch.undo = fail
    drop.save("undo 台账.txt", b"")
    drop.looks(3)
    assert "ZeroDivisionError" in drop.answer("台账.xlsx")


def test_a_wish_for_a_workbook_that_is_not_there_is_answered(drop: Drop) -> None:
    drop.save("undo nothing.txt", b"")
    drop.looks()
    assert "nothing" in drop.answer("nothing")


def test_what_does_not_concern_us_is_not_seen(tmp_path: Path) -> None:
    for name in (
        "~$台账.xlsx",
        ".~台账.xlsx",
        ".~lock.台账.xlsx#",
        ".dunbook-1-ab-台账.xlsx.tmp",
        "台账.xlsx.结果.txt",
        "说明.txt",
        "a.docx",
    ):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "文件夹.xlsx").mkdir()
    (tmp_path / "台账.XLSX").write_bytes(b"x")
    (tmp_path / "撤销-台账.txt").write_bytes(b"")
    assert sorted(look(tmp_path)) == ["台账.XLSX", "撤销-台账.txt"]


def test_only_what_looked_the_same_twice_is_settled_the_oldest_first() -> None:
    then = {"a.xlsx": Seen(5, 1), "b.xlsx": Seen(5, 9), "c.xlsx": Seen(5, 2), "empty.xlsx": Seen(0, 1)}
    now = {**then, "a.xlsx": Seen(6, 1), "d.xlsx": Seen(1, 1)}
    assert settled(then, now) == ["c.xlsx", "b.xlsx"]


def test_which_workbook_a_wish_means() -> None:
    names = {n: Seen(1, 1) for n in ("台账.xlsx", "台账.csv", "王丽.xlsm")}
    assert [undo_wish(n) for n in ("撤销 王丽.txt", "UNDO-王丽.txt", "撤销.txt", "王丽.txt")] == ["王丽", "王丽", None, None]
    assert [meant(w, names) for w in ("王丽", "王丽.xlsm", "台账", "台账.csv", "x")] == ["王丽.xlsm", "王丽.xlsm", None, "台账.csv", None]


def test_a_folder_that_is_away_is_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    drop = Drop(folder)
    away: list[int] = []
    looks = 0

    def sleep(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            folder.mkdir()
            drop.save()
        if looks == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        forever(drop.watch, 1, lambda: away.append(1), sleep)
    assert away == [1]
    assert drop.presses == ["台账.xlsx"]


def test_once_for_a_scheduler_and_its_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "台账.xlsx").write_bytes(ledger(sheets=with_office))
    command = ["watch", str(tmp_path), "--once", "--every", "0.2", "--button", "priority", "--as-of", "2026-11-23"]
    assert cli.main([*command, "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["book"], line["done"]) == ("台账.xlsx", True)
    assert cli.main(command) == 0
    assert capsys.readouterr().out == ""
    (tmp_path / "坏.xlsx").write_bytes(b"broken")
    assert cli.main(command) == 1
    assert cli.main(["watch", str(tmp_path / "none"), "--once"]) == 3


def test_it_ends_cleanly_when_interrupted(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(ledger(sheets=with_office))
    program = subprocess.Popen(
        [sys.executable, "-m", "macros_py.cli", "watch", str(tmp_path), "--every", "0.2", "--lang", "en", "--button", "priority"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background would hand its deafness on
    )  # fmt: skip
    until = time.monotonic() + 60
    while not list(tmp_path.glob("*.结果.txt")) and time.monotonic() < until:
        time.sleep(0.1)
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=30)
    assert (program.returncode, err) == (0, "")
    assert out.splitlines()[-1] == "Stopped."
    assert "✓ 台账.xlsx" in out
