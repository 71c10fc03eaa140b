"""周一一键 on a closed workbook, from the terminal: what it writes, what it leaves alone, and that it can be taken back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite
from tests.buttons.conftest import AS_OF

Run = Callable[..., tuple[int, Any]]


pytestmark = pytest.mark.filterwarnings(
    "ignore:Unknown extension", "ignore:Conditional Formatting extension", "ignore:Data Validation extension"
)


def opened(book: Path | bytes, **how: bool) -> Any:
    """The workbook as an independent reader sees it."""
    return openpyxl.load_workbook(io.BytesIO(book if isinstance(book, bytes) else book.read_bytes()), **how)


def titles(book: Path) -> list[str]:
    return list(opened(book).sheetnames)


def rows_of(book: Path, sheet: str) -> list[list[Any]]:
    return [list(row) for row in opened(book, data_only=True)[sheet].iter_rows(values_only=True)]


def monday(dunbook: Run, book: Path, *more: object) -> Any:
    code, said = dunbook("monday", book, "--as-of", AS_OF, *more)
    assert code == 0, said
    return said


def test_the_workbook_gets_plans_team_week_and_letters(book: Path, dunbook: Run) -> None:
    said = monday(dunbook, book)
    found = titles(book)
    assert said["wrote"]
    assert {"团队计划", "周进度2026W48", "计划-王丽", "优先级规则", "策略", "合规规则", "信函登记"} <= set(found)
    assert found[:12] == [
        "案件台账",
        "经理自用",
        "催收记录",
        "回款流水",
        "停催登记",
        "催收员",
        "人员",
        "目标",
        "信函登记",
        "月末快照",
        "周报登记",
        "设置",
    ]
    assert said["files"]
    assert all(Path(f).exists() for f in said["files"])


def test_what_is_not_ours_keeps_every_byte(book: Path, dunbook: Run, department_bytes: bytes) -> None:
    monday(dunbook, book)
    before, after = zipfile.ZipFile(io.BytesIO(department_bytes)), zipfile.ZipFile(book)
    may_differ = {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "docProps/app.xml",
        "xl/styles.xml",
        "xl/calcChain.xml",
    }
    filled = {1, 3, 9, 12}  # the ledger, the log, the register, 设置
    ours = {f"xl/worksheets/sheet{number}.xml" for number in filled}
    for name in before.namelist():
        if name not in may_differ | ours:
            assert after.read(name) == before.read(name), name


def test_the_ledger_keeps_its_cells_and_gains_our_columns(book: Path, dunbook: Run, department_bytes: bytes) -> None:
    monday(dunbook, book)
    before = opened(department_bytes)["案件台账"]
    after = opened(book)["案件台账"]
    for row in before.iter_rows():
        for cell in row:
            assert after[cell.coordinate].value == cell.value, cell.coordinate
    headers = [c.value for c in after[4]]
    assert {"优先级", "排名", "策略档位", "下一步", "责任催收员"} <= set(headers)


def test_pressed_twice_nothing_changes(book: Path, dunbook: Run) -> None:
    first = monday(dunbook, book)
    bytes_then = book.read_bytes()
    second = monday(dunbook, book)
    assert not second["wrote"]
    assert book.read_bytes() == bytes_then
    assert len(first["files"]) == len(list(Path(first["files"][0]).parent.iterdir()))


def test_a_dry_run_writes_nothing(book: Path, dunbook: Run, department_bytes: bytes) -> None:
    said = monday(dunbook, book, "--dry-run")
    assert book.read_bytes() == department_bytes
    assert not said["wrote"]
    assert said["counts"]["sheets"] > 10
    assert [p.name for p in book.parent.iterdir()] == [book.name]


def test_undo_gives_the_bytes_back_and_takes_the_letters_away(book: Path, dunbook: Run, department_bytes: bytes) -> None:
    said = monday(dunbook, book)
    code, _ = dunbook("undo", book)
    assert code == 0
    assert book.read_bytes() == department_bytes
    assert not any(Path(f).exists() for f in said["files"])
    assert dunbook("verify", book)[1]["broken"] == []
    assert dunbook("undo", book)[0] == 3  # nothing left to take back


def test_after_undo_the_press_works_again(book: Path, dunbook: Run) -> None:
    first = monday(dunbook, book)
    dunbook("undo", book)
    again = monday(dunbook, book)
    assert again["wrote"]
    assert again["counts"] == first["counts"]


def typed_on_plan(book: Path, sheet: str, column: str, value: object) -> tuple[int, int]:
    """Type into the first line of a plan that has one; → where."""
    rows = rows_of(book, sheet)
    for i, row in enumerate(rows):
        if column in row and "行键" in row and i + 1 < len(rows) and rows[i + 1][row.index("行键")]:
            at = (i + 2, row.index(column) + 1)
            host = FileHost(book)
            host.write(CellWrite(sheet, [(*at, value)]))
            host.save()
            host.close()
            return at
    raise AssertionError(f"{sheet} has no line")


def test_a_result_typed_on_a_plan_stays_and_reaches_the_log_once(book: Path, dunbook: Run) -> None:
    monday(dunbook, book)
    logged = len(rows_of(book, "催收记录"))
    typed_on_plan(book, "计划-王丽", "结果码", "无人接听")
    typed_on_plan(book, "计划-王丽", "备注", "下午再打")
    monday(dunbook, book)
    assert len(rows_of(book, "催收记录")) == logged + 1
    assert any("下午再打" in [str(v) for v in row] for row in rows_of(book, "计划-王丽"))
    assert not monday(dunbook, book)["wrote"]
    assert len(rows_of(book, "催收记录")) == logged + 1


def test_what_is_typed_unreadably_stays_on_the_plan_and_is_said_with_its_cell(book: Path, dunbook: Run) -> None:
    monday(dunbook, book)
    logged = len(rows_of(book, "催收记录"))
    typed_on_plan(book, "计划-王丽", "结果码", "承诺还款")
    row, column = typed_on_plan(book, "计划-王丽", "承诺额", "五百左右")
    said = monday(dunbook, book)
    assert len(rows_of(book, "催收记录")) == logged
    assert any("五百左右" in [str(v) for v in line] for line in rows_of(book, "计划-王丽"))
    assert (f"{chr(64 + column)}{row}", "计划-王丽") in {(p["cell"], p["sheet"]) for p in said["problems"]}
    monday(dunbook, book)  # the line may have moved to another block: the list of problems names its new cell
    assert not monday(dunbook, book)["wrote"]


def test_undo_after_typing_keeps_what_was_typed(book: Path, dunbook: Run) -> None:
    monday(dunbook, book)
    typed_on_plan(book, "计划-王丽", "备注", "我写的")
    code, said = dunbook("undo", book)
    assert code == 1
    assert "计划-王丽" in said["conflicts"]
    assert any("我写的" in [str(v) for v in row] for row in rows_of(book, "计划-王丽"))
    assert "团队计划" not in titles(book)
    headers = [c.value for c in opened(book)["案件台账"][4]]
    assert "优先级" not in headers


def test_nobody_who_has_paid_or_is_on_hold_gets_a_task(book: Path, dunbook: Run) -> None:
    held = {row[1] for row in rows_of(book, "停催登记")[1:]}
    monday(dunbook, book)
    assert held
    for title in [t for t in titles(book) if t.startswith("计划-")]:
        block = ""
        for row in rows_of(book, title):
            words = [str(v) for v in row if v is not None]
            if len(words) == 1:
                block = words[0]
            if any(h in w for h in held for w in words):
                assert "暂不可联" in block, (title, row)


@pytest.mark.parametrize("command", ["priority", "assign", "plan", "team", "letters", "week"])
def test_each_step_works_alone(book: Path, dunbook: Run, command: str) -> None:
    code, said = dunbook(command, book, "--as-of", AS_OF)
    assert code == 0
    assert said["wrote"]
    assert not dunbook(command, book, "--as-of", AS_OF)[1]["wrote"]


def test_a_csv_is_never_written_and_its_result_is_a_new_workbook(tmp_path: Path, dunbook: Run) -> None:
    ledger = tmp_path / "导出.csv"
    ledger.write_bytes(
        "案件编号,客户姓名,逾期金额,应还日期,催收员\n001,张三,1234.50,2026-10-01,王丽\n002,李四,88,2026-11-01,王丽\n".encode("gb18030")
    )
    before = ledger.read_bytes()
    said = monday(dunbook, ledger)
    assert ledger.read_bytes() == before
    result = Path(said["book"])
    assert result.suffix == ".xlsx"
    assert result.parent == tmp_path
    assert rows_of(result, titles(result)[0])[1][0] == "001"
    assert "计划-王丽" in titles(result)


def test_a_ledger_of_nothing_but_cases_is_enough(tmp_path: Path, dunbook: Run) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["借据号", "姓名", "欠款金额", "逾期天数"], ["J1", "张三", "1.2万", "45天"], ["J2", "李四", 300, 5]):
        sheet.append(row)
    path = tmp_path / "cases.xlsx"
    book.save(path)
    said = monday(dunbook, path)
    assert said["wrote"]
    assert "团队计划" in titles(path)


@pytest.mark.shared
def test_the_messy_ledger_gets_its_monday(tmp_path: Path, dunbook: Run, shared: Path) -> None:
    path = tmp_path / "messy.xlsx"
    path.write_bytes((shared / "data" / "messy-ledger.xlsx").read_bytes())
    said = monday(dunbook, path)
    assert said["figures"]["cases"] == 400
    assert {f"计划-{n}" for n in ("王丽", "陈晓燕", "刘洋", "赵国庆", "李志强", "孙浩")} <= set(titles(path))
    assert not monday(dunbook, path)["wrote"]
    assert dunbook("undo", path)[0] == 0
    assert path.read_bytes() == (shared / "data" / "messy-ledger.xlsx").read_bytes()


@pytest.mark.shared
def test_the_english_receivables_ledger_gets_its_monday(tmp_path: Path, dunbook: Run, shared: Path) -> None:
    path = tmp_path / "receivables.csv"
    path.write_bytes((shared / "data" / "receivables.csv").read_bytes())
    code, said = dunbook("monday", path, "--as-of", "2013-06-30")
    assert code == 0
    assert said["figures"]["settled"] > 1000
    assert Path(said["book"]).exists()
