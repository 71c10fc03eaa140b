"""What a person meets who presses a button in Calc: the question, progress, the line of result, refusals, help."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from macros_py import entry
from macros_py.hosts.calc import calls as calc_calls
from macros_py.hosts.excel_calls import ExcelCalls
from macros_py.hosts.host import HostError
from macros_py.hosts.live_calls import calls_for
from macros_py.run import asking, in_application, packs
from macros_py.run.in_application import Desk
from macros_py.run.outcome import StoppedError
from tests.hosts import calc_office
from tests.run.conftest import MONDAY, ledger
from workbook_templates.build import workbook
from workbook_templates.contents import COLLECTOR

pytestmark = pytest.mark.office
LEDGER = "案件台账"


class Person:
    """Reads every message and answers ok until told otherwise."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.answer = "ok"
        self.thinks = 0.0  # seconds

    def __call__(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        self.read.append(prompt)
        time.sleep(self.thinks if buttons == "ok_cancel" else 0)
        return self.answer if buttons == "ok_cancel" else "ok"


@pytest.fixture
def person(calc: xw.App, monkeypatch: pytest.MonkeyPatch) -> Person:
    found = Person()
    monkeypatch.setattr(calc.impl, "alert", found)
    return found


@pytest.fixture
def open_book(calc: xw.App, book: Path) -> Iterator[xw.Book]:
    with calc_office.opened(calc, book) as found:
        yield found


@pytest.fixture
def desk(open_book: xw.Book) -> Desk:
    return Desk(open_book, MONDAY, lambda: None)


def headers(book: xw.Book) -> list[Any]:
    return [v for v in book.sheets[LEDGER].range((1, 1), (1, 40)).value if v]


def test_a_press_asks_with_the_counts_writes_and_leads_to_its_sheet(desk: Desk, person: Person) -> None:
    outcome = desk.press("team")
    assert outcome is not None, person.read
    assert outcome.wrote
    assert "绘制" in person.read[0]
    assert person.read[0].endswith("继续吗？")
    assert "另存为" in person.read[1]
    assert desk.book.sheets.active.name == "团队计划"
    assert "绘制" in str(desk.book.app.status_bar)


def test_the_time_that_is_told_is_not_that_in_which_a_person_thought(desk: Desk, person: Person) -> None:
    person.thinks = 3.0
    started = time.perf_counter()
    outcome = desk.press("team")
    assert outcome is not None
    assert outcome.seconds < time.perf_counter() - started - person.thinks + 0.01


def test_who_says_no_finds_nothing_written(desk: Desk, person: Person) -> None:
    person.answer = "cancel"
    before = headers(desk.book)
    assert desk.press("priority") is None
    assert headers(desk.book) == before
    assert "没有写入" in str(desk.book.app.status_bar)


def test_who_does_not_want_to_be_asked_is_not_asked(desk: Desk, person: Person) -> None:
    settings = desk.book.sheets["设置"]
    row = settings.used_range.shape[0] + 1
    settings.range((row, 1), (row, 2)).value = ["写入前询问", "否"]
    outcome = desk.press("priority")
    assert outcome is not None
    assert outcome.wrote
    assert not any("继续吗" in text for text in person.read)


def test_undo_check_and_help(desk: Desk, person: Person) -> None:
    before = headers(desk.book)
    desk.press("undo")
    assert "没有可以撤销的操作" in person.read[-1]
    desk.press("priority")
    assert headers(desk.book) != before
    desk.press("undo")
    assert headers(desk.book) == before
    desk.press("check")
    assert "读懂案件 5 件" in person.read[-1]
    desk.press("help")
    assert "计算优先级" in person.read[-1]


def test_a_name_that_is_no_button_runs_nothing(desk: Desk, person: Person) -> None:
    assert desk.press("__import__") is None
    assert "没有这个按钮" in person.read[0]


def test_what_nobody_expected_is_one_message_without_a_traceback(
    desk: Desk, person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(in_application, "press", lambda *_: 1 / 0)
    assert desk.press("priority") is None
    assert "出现意外错误" in person.read[0]
    assert "Traceback" not in person.read[0]
    (told,) = (tmp_path / ".dunbook").iterdir()
    assert "ZeroDivisionError" in told.read_text("utf-8")
    assert str(Path.cwd()) not in told.read_text("utf-8")  # folders may tell a person's name
    desk.lang = "en"
    desk.press("priority")
    assert "Unexpected error" in person.read[1]


def test_excels_command_line_reaches_the_workbook_that_called(
    open_book: xw.Book, book: Path, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["-c", f"--wb={book.name}", "--from_xl=1", "--app=", "--hwnd=0"])
    person.answer = "cancel"
    entry.press("priority")
    assert person.read[0].endswith("继续吗？")


def test_a_mocked_caller_is_pressed_on_too(open_book: xw.Book, person: Person) -> None:
    open_book.set_mock_caller()
    try:
        entry.press("nothing")
    finally:
        del xw.Book._mock_caller
    assert "没有这个按钮" in person.read[0]


def test_a_button_that_asks_for_files_is_given_them(open_book: xw.Book, person: Person, tmp_path: Path) -> None:
    statement = tmp_path / "工行.csv"
    statement.write_text("交易日期,交易金额,对方户名,摘要,交易流水号\n2026-11-20,1250.50,张三,还款,2026112000001\n", "utf-8")
    desk = Desk(open_book, MONDAY, lambda: None, lambda spec: {"files": [str(statement)]})
    outcome = desk.press("import")
    assert outcome is not None, person.read
    assert outcome.figures["lines"] == 1


class Typist:
    """Fills in the form, one answer after the other, then cancels."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.seen: list[Any] = []

    def __call__(self, spec: Any) -> dict[str, Any]:
        self.seen.append(spec)
        if not self.answers:
            raise StoppedError
        return self.answers.pop(0)


def test_a_form_whose_answer_the_button_refuses_comes_again_with_what_was_typed_and_why(open_book: xw.Book, person: Person) -> None:
    typist = Typist({"case": "A999", "income_fen": "8000"}, {"case": "A999", "income_fen": "8000", "expenses_fen": "3千"})
    assert Desk(open_book, MONDAY, lambda: None, typist).press("propose") is None
    assert [spec["said"].partition(" → ")[0] for spec in typist.seen] == [
        "",
        "没有填写月收入和月支出，无法评估付款能力",
        "台账中没有这个案件编号",
    ]
    assert [f["shown"] for f in typist.seen[2]["fields"][:3]] == ["A999", "8000", "3千"]
    assert person.read == []  # the form says it; a message beside it would be said twice
    assert "没有写入" in str(open_book.app.status_bar)


def test_a_proposal_is_made_shown_registered_and_agreed_to(open_book: xw.Book, person: Person) -> None:
    typist = Typist(
        {"case": "A001", "income_fen": "8000", "expenses_fen": "3000", "dependants": "一个"},
        {"case": "A001", "income_fen": "8000", "expenses_fen": "3000"},
    )
    outcome = Desk(open_book, MONDAY, lambda: None, typist).press("propose")
    assert outcome is not None, person.read
    assert [f["told"] for f in typist.seen[1]["fields"]][4] == "请填整数，如 2"
    assert open_book.sheets.active.name == "方案-A001"
    agreed = Desk(open_book, MONDAY, lambda: None, Typist({"case": "A001", "proposal": "1"})).press("agree")
    assert agreed is not None, person.read
    assert agreed.files[0].suffix == ".docx"
    assert open_book.sheets.active.name == "信函登记"


def test_a_statement_that_cannot_be_read_is_chosen_again(open_book: xw.Book, person: Person, tmp_path: Path) -> None:
    (tmp_path / "扫描件.pdf").write_bytes(b"%PDF-1.7 nothing that a table could be read from")
    typist = Typist({"files": []}, {"files": [str(tmp_path / "扫描件.pdf")]}, {"files": [str(tmp_path / "没有了.csv")]})
    assert Desk(open_book, MONDAY, lambda: None, typist).press("import") is None
    assert typist.seen[1]["fields"][0]["told"] == "必须填写"
    assert "扫描件.pdf" in typist.seen[2]["said"]
    assert "找不到文件" in typist.seen[3]["said"]


def test_what_is_wrong_is_told_at_the_end_although_it_hinders_nothing(calc: xw.App, tmp_path: Path, person: Person) -> None:
    path = tmp_path / "没有公司信息.xlsx"
    path.write_bytes(ledger())
    with calc_office.opened(calc, path) as found:
        Desk(found, MONDAY, lambda: None).press("letters")
    assert "信函必填项：债权人名称" in person.read[-1]


@pytest.mark.parametrize(("language", "names"), [("", "条，见“体检结果”表"), ("English", "more, on the sheet 体检结果")])
def test_what_is_left_out_of_the_message_is_said_to_stand_on_its_sheet(
    open_book: xw.Book, person: Person, monkeypatch: pytest.MonkeyPatch, language: str, names: str
) -> None:
    if language:
        open_book.sheets["设置"].range((20, 1), (20, 2)).value = ["表格语言", language]
    open_book.sheets[LEDGER].range((4, 5)).value = "哪天吧"
    open_book.sheets[LEDGER].range((5, 4)).value = "很多"
    monkeypatch.setattr(in_application, "MOST", 1)
    assert Desk(open_book, MONDAY, lambda: None).press("monday") is not None
    assert "体检结果" in [s.name for s in open_book.sheets]
    assert names in person.read[-1]
    Desk(open_book, MONDAY, lambda: None).press("priority")  # which draws no list
    assert "见“体检结果”表" not in person.read[-1]
    assert "on the sheet" not in person.read[-1]


def test_a_press_leads_to_what_it_came_to_and_not_to_what_it_works_by(calc: xw.App, tmp_path: Path, person: Person) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(sheets=lambda book: book.create_sheet("经理自用")))
    led = []
    with calc_office.opened(calc, path) as found:
        for name in ("assign", "plan", "promises", "week", "undo"):
            calls_for(found).look_at(found.sheets["经理自用"])
            Desk(found, MONDAY, lambda: None).press(name)
            led.append(found.sheets.active.name)
    assert led == [LEDGER, "计划-王丽", "承诺检查", "周进度2026W48", "经理自用"]


def test_an_english_workbook_is_spoken_to_in_english_from_the_first_word(open_book: xw.Book, person: Person) -> None:
    settings = open_book.sheets["设置"]
    row = settings.used_range.shape[0] + 1
    settings.range((row, 1), (row, 2)).value = ["表格语言", "English"]
    typist = Typist()
    desk = Desk(open_book, MONDAY, lambda: None, typist)
    desk.press("propose")
    assert (typist.seen[0]["title"], typist.seen[0]["cancel"]) == ("Propose a plan", "Cancel")
    desk.press("nothing")
    assert person.read == ["There is no such button."]


def test_passwords_of_packs_are_told_in_a_message(
    open_book: xw.Book, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / COLLECTOR.file).write_bytes(workbook(COLLECTOR, ()))
    monkeypatch.setattr(packs, "HOMES", (tmp_path,))
    outcome = Desk(open_book, MONDAY, lambda: None, lambda spec: {}).press("handout")
    assert outcome is not None
    assert len(outcome.passwords) == 2
    assert all(secret in person.read[-1] for secret in outcome.passwords.values())


def test_calc_asks_by_its_own_form_and_who_cancels_it_stops_the_press(
    open_book: xw.Book, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(calc_calls, "form", lambda context, window, spec: seen.append(spec))
    assert Desk(open_book, MONDAY, lambda: None).press("propose") is None
    assert [f["label"] for f in seen[0]["fields"]][:2] == ["案件编号 *", "月收入（元）"]
    assert person.read == []
    assert "没有写入" in str(open_book.app.status_bar)


def test_an_application_without_a_form_is_asked_in_a_window_of_ours(
    open_book: xw.Book, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def window(spec: Any) -> dict[str, Any]:
        seen.append(spec["title"])
        raise HostError("no-form")

    monkeypatch.setattr(calc_calls.CalcCalls, "form", ExcelCalls.form)
    monkeypatch.setattr(asking, "shown", window)
    assert Desk(open_book, MONDAY, lambda: None).press("propose") is None
    assert seen == ["还款方案"]
    assert "dunbook bundle --tk" in person.read[0]
