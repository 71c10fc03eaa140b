"""The terminal: exit codes, messages and help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from macros_py import cli
from macros_py.buttons import BUTTONS, page
from workbook_templates import demo


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "台账.xlsx"
    path.write_bytes(demo.workbook(demo.make(seed=3, cases=40)))
    return path


@pytest.mark.parametrize("command", [c.name for c in cli.COMMANDS])
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([command, "--help"])
    assert stop.value.code == 0
    assert f"dunbook {command} " in capsys.readouterr().out


@pytest.mark.parametrize("button", BUTTONS, ids=lambda b: b.name)
def test_every_button_has_a_page_in_both_languages(button: object) -> None:
    chinese, english = page(button).split("\n---\n")  # type: ignore[arg-type]
    assert button.zh in chinese.splitlines()[0]  # type: ignore[attr-defined]
    assert f"dunbook {button.name} " in chinese  # type: ignore[attr-defined]
    assert sum(ch.isascii() for ch in english) > 0.9 * len(english)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["monday"],
        ["nothing", "x"],
        ["monday", "x.xlsx", "--as-of", "soon"],
        ["check", "x.xlsx", "--map", "金额"],
        ["check", "x.xlsx", "--map", "金额=nonsense"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def refused(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = cli.main(["monday", str(path)])
    return code, capsys.readouterr().err


def test_unreadable_input_is_exit_code_3_with_one_clear_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kinds = {
        "missing.xlsx": None,
        "empty.xlsx": b"",
        "text.xlsx": b"\x00\x01garbage",
        "ole.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }
    for name, content in kinds.items():
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        code, said = refused(path, capsys)
        assert code == 3, name
        assert name in said
        assert "Traceback" not in said
    torn = tmp_path / "torn.xlsx"
    with zipfile.ZipFile(torn, "w") as out:
        out.writestr("[Content_Types].xml", "<Types")
    assert refused(torn, capsys)[0] == 3


def test_a_locked_workbook_is_exit_code_4_and_names_the_holder(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = small.parent / f".~lock.{small.name}#"
    lock.write_text(",王经理,PC-7,23.11.2026 08:10,file:///x;", "utf-8")
    try:
        code, said = refused(small, capsys)
    finally:
        lock.unlink()
    assert code == 4
    assert "王经理" in said


def test_a_workbook_without_cases_is_said_and_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.save(tmp_path / "x.xlsx")
    before = (tmp_path / "x.xlsx").read_bytes()
    assert cli.main(["monday", str(tmp_path / "x.xlsx")]) == 1
    assert "没有找到案件台账" in capsys.readouterr().out
    assert (tmp_path / "x.xlsx").read_bytes() == before


def test_the_table_as_understood(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["table", str(small), "cases", "--csv", "--as-of", "2026-11-23"]) == 0
    lines = capsys.readouterr().out.splitlines()
    header = lines[0].split(",")
    wanted = [
        "case_id",
        "customer",
        "id_number",
        "phone",
        "product",
        "loan_amount",
        "principal",
        "interest",
        "penalty",
        "overdue_amount",
        "due_date",
        "days_past_due",
        "address",
        "owner",
        "note",
    ]
    assert [h for h in header if h in wanted] == wanted
    assert len(lines) == 41
    assert cli.main(["table", str(small), "cases", "--json", "--as-of", "2026-11-23"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["overdue_amount"].split(".")[1].isdigit()
    assert len(rows[0]["due_date"]) == 10
    assert cli.main(["table", str(small), "nonsense"]) == 2


def test_check_lists_what_is_wrong_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    for row in (["案件编号", "客户姓名", "逾期金额", "应还日期"], ["A1", "张三", "一千多", "2026-10-01"], ["A2", "李四", 10, "某天"]):
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    assert cli.main(["check", str(tmp_path / "x.xlsx"), "--as-of", "2026-11-23"]) == 1
    said = capsys.readouterr().out
    assert "台账!C2" in said
    assert "台账!D3" in said


def test_it_runs_as_a_program_in_english(small: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "macros_py.cli", "check", str(small), "--lang", "en", "--as-of", "2026-11-23"],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert run.returncode in (0, 1)
    assert "Read:" in run.stdout
    assert run.stderr == ""


@pytest.mark.parametrize(
    ("entrance", "kept_out"),
    [
        ("macros_py.cli", {"pandas", "numpy", "xlwings"}),
        ("macros_py.entry", {"pandas", "numpy", "xlwings"}),
        ("macros_py.udfs", {"docxtpl", "xlsxwriter", "scipy", "opencc", "mt940", "lxml", "openpyxl"}),
        ("macros_py.run.opening", {"docxtpl", "xlsxwriter", "scipy", "opencc", "mt940", "xlwings"}),
    ],
)
def test_an_entrance_loads_only_what_it_needs_at_once(entrance: str, kept_out: set[str]) -> None:
    code = f"import sys, {entrance}; print(*({kept_out!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_an_unexpected_error_is_one_message_and_a_file_without_values(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("张三 4401061990")

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("macros_py.run.pressing.open_book", broken)
    assert cli.main(["monday", str(small)]) == 3
    said = capsys.readouterr().err
    assert "意外错误" in said
    assert "Traceback" not in said
    written = next((tmp_path / ".dunbook").glob("diagnostic-*.txt")).read_text("utf-8")
    assert "ValueError" in written
    assert "张三" not in said + written


def test_an_empty_table_says_why_on_the_error_stream(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "x.csv"
    book.write_text("产品,数量\n苹果,3\n", "utf-8")
    assert cli.main(["table", str(book), "cases", "--csv", "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    assert "No case ledger found" in said.err
    assert cli.main(["check", str(book), "--lang", "en"]) == 1
    assert capsys.readouterr().out.startswith("Read: nothing\n")


def test_a_folder_is_no_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(tmp_path), "--lang", "en"]) == 3
    assert "There is no file" in capsys.readouterr().err


def test_check_lists_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "x.csv"
    lines = [
        f"A{n},王伟,{5 if n % 2 else '坏'},{'2026-10-01' if n % 3 else '坏'},{13800000000 + n if n % 2 else '坏'}" for n in range(1, 41)
    ]
    book.write_text("\n".join(["案件编号,姓名,逾期金额,应还日期,手机号", *lines]), "utf-8")
    assert cli.main(["check", str(book), "--as-of", "2026-11-23"]) == 1
    said = capsys.readouterr().out
    assert said.count("\n") == 1 + 20 + 13 + 20
    assert "坏" not in said


def test_a_header_confirmed_while_looking_is_not_asked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "台账.csv"
    book.write_text("案件编号,姓名,金额,应还日期\nA1,王伟,1000,2026-10-01\n", "utf-8")
    before = book.read_bytes()
    assert cli.main(["check", str(book), "--as-of", "2026-11-23"]) == 1
    assert (
        cli.main(["table", str(book), "cases", "--csv", "--map", "金额=loan_amount", "--map", "错的=principal", "--as-of", "2026-11-23"])
        == 0
    )
    capsys.readouterr()
    assert cli.main(["table", str(book), "cases", "--json", "--as-of", "2026-11-23"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["loan_amount"] == "1000.00"
    assert cli.main(["check", str(book), "--as-of", "2026-11-23"]) == 0
    assert cli.main(["check", str(book), "--map", "金额=overdue_amount", "--as-of", "2026-11-23"]) == 0
    capsys.readouterr()
    assert cli.main(["table", str(book), "cases", "--json", "--as-of", "2026-11-23"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["loan_amount"] == ""
    assert book.read_bytes() == before
