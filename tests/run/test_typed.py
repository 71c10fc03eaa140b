"""What people type stays: on plans, in logs and registers, in settings, in columns of their own; pressing twice changes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from macros_py.buttons import BUTTONS
from macros_py.run.undoing import undo
from tests.run.conftest import CASES, MONDAY, ledger, pressed, rows_of, typed, with_office

TUESDAY = MONDAY + dt.timedelta(days=1)
PLAN = "计划-王丽"


def line(book: Path, sheet: str = PLAN) -> tuple[int, dict[str, int]]:
    """The first line of a plan that takes a result: its row, and header → column (both 1-based)."""
    rows = rows_of(book, sheet)
    for i, row in enumerate(rows[:-1]):
        if "行键" in row and "结果码" in row and rows[i + 1][row.index("行键")]:
            return i + 2, {str(h): j + 1 for j, h in enumerate(row) if h}
    raise AssertionError(f"{sheet} has no line")


def shown(book: Path, sheet: str) -> list[str]:
    return [str(v) for row in rows_of(book, sheet) for v in row if v is not None]


def logged(book: Path, word: str) -> list[list[Any]]:
    return [row for row in rows_of(book, "催收记录") if any(word in str(v) for v in row if v is not None)]


@pytest.mark.parametrize("button", [b.name for b in BUTTONS if not any(a.needed for a in b.asks)])  # the others have tests of their own
def test_a_button_pressed_twice_changes_nothing_the_second_time(book: Path, button: str) -> None:
    pressed(book, button)
    then = book.read_bytes()
    assert not pressed(book, button).wrote
    assert book.read_bytes() == then


def test_the_result_of_a_text_file_pressed_twice_changes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "导出.csv"
    source.write_text(
        "案件编号,客户姓名,逾期金额,应还日期,催收员\n001,张三,1234.50,2026-10-01,王丽\n002,李四,88,2026-11-01,王丽\n", "utf-8"
    )
    result = pressed(source).book
    then = result.read_bytes()
    assert not pressed(source).wrote
    assert not pressed(result).wrote
    assert result.read_bytes() == then


@pytest.mark.parametrize(
    ("task", "channel"),
    [
        ("外访（须约第二人同行）；另寄正式催收函", "外访"),
        ("Visit (with 陈刚)", "外访"),
        ("寄函：首次提醒函", "信函"),
        ("Send a letter: First reminder", "信函"),
        ("短信提醒", "短信"),
        ("电话联系；外访（已过期限2026-06-03）", "电话"),  # the visit is somebody else's
        ("Call; Visit (was due 2026-06-03)", "电话"),
        ("首次联系；另寄首次提醒函", "电话"),
    ],
)
def test_a_result_is_logged_under_the_channel_of_its_task(book: Path, task: str, channel: str) -> None:
    pressed(book)
    row, at = line(book)
    typed(book, PLAN, (row, at["动作"], task), (row, at["结果码"], "拒接"))
    pressed(book, day=TUESDAY)
    head = next(r for r in rows_of(book, "催收记录") if "渠道" in r)
    assert [entry[head.index("渠道")] for entry in logged(book, "拒接")] == [channel]


def test_the_plan_of_who_is_away_is_emptied_and_what_was_typed_on_it_is_in_the_log(book: Path) -> None:
    pressed(book)
    row, at = line(book)
    typed(book, PLAN, (row, at["结果码"], "拒接"), (row, at["备注"], "周三再打"))
    people = rows_of(book, "催收员")
    head = next(r for r in people if "在岗" in r)
    where = next(i for i, r in enumerate(people) if "王丽" in r) + 1
    typed(book, "催收员", (where, head.index("在岗") + 1, "请假"))
    outcome = pressed(book, day=TUESDAY)
    plans = {name: [r for r in rows_of(book, name) if any("@" in str(v) for v in r)] for name in (PLAN, "计划-陈刚")}
    assert not plans[PLAN]
    assert plans["计划-陈刚"]
    assert str(TUESDAY) in " ".join(shown(book, PLAN))
    assert outcome.figures["plans"] == 1
    assert logged(book, "拒接")
    assert logged(book, "周三再打")
    assert not pressed(book, day=TUESDAY).wrote


def test_what_cannot_be_read_stays_as_typed_and_is_said_by_its_cell(book: Path) -> None:
    pressed(book)
    row, at = line(book)
    typed(book, PLAN, (row, at["承诺日"], "下周吧"), (row, at["承诺额"], "一半左右"), (row, at["结果码"], "承诺还款"))
    outcome = pressed(book)
    places = {(p.sheet, p.cell) for p in outcome.problems}
    assert {(PLAN, rowed(row, at["承诺日"])), (PLAN, rowed(row, at["承诺额"]))} <= places
    assert {"下周吧", "一半左右"} <= set(shown(book, PLAN))
    assert not logged(book, "承诺还款")
    assert set(pressed(book).sheets) <= {"体检结果"}, "the line may have moved: the list names its new cell"
    assert not pressed(book).wrote
    pressed(book, day=TUESDAY)
    assert {"下周吧", "一半左右"} <= set(shown(book, PLAN))
    row, at = line(book)
    rows = rows_of(book, PLAN)
    where = next(i for i, r in enumerate(rows) if "下周吧" in r) + 1
    typed(book, PLAN, (where, at["承诺日"], dt.date(2026, 11, 30)), (where, at["承诺额"], 500))
    pressed(book, day=TUESDAY)
    assert len(logged(book, "承诺还款")) == 1
    assert not pressed(book, day=TUESDAY).wrote


def rowed(row: int, column: int) -> str:
    return f"{chr(64 + column)}{row}"


def test_a_result_reaches_the_log_once_also_on_the_next_day(book: Path) -> None:
    pressed(book)
    row, at = line(book)
    typed(book, PLAN, (row, at["结果码"], "无人接听"), (row, at["备注"], "下午再打"))
    pressed(book)
    assert len(logged(book, "无人接听")) == 1
    assert "无人接听" in shown(book, PLAN)
    pressed(book, day=TUESDAY)
    assert len(logged(book, "无人接听")) == 1
    assert "下午再打" in shown(book, PLAN)
    assert not pressed(book, day=TUESDAY).wrote


IDENTITIES = ("440106198001010011", "440106198502020022", "440106199003030033", "440106199504040044", "440106197805050055")


def former_keys(book: Path, day: dt.date, sheet: str = PLAN) -> set[str]:
    """Writes on the plan the keys that older versions wrote: digests of identity numbers, by the case that each line shows."""
    digests = {
        case[0]: f"ID-{hashlib.sha256(number[:17].encode()).hexdigest()[:12]}@{day}" for case, number in zip(CASES, IDENTITIES, strict=True)
    }
    rows = rows_of(book, sheet)
    key = next(row.index("行键") for row in rows if "行键" in row)
    found = [(i, next((d for case, d in digests.items() if any(f" · {case}" in str(v) for v in row)), "")) for i, row in enumerate(rows, 1)]
    typed(book, sheet, *((i, key + 1, digest) for i, digest in found if digest and "@" in str(rows[i - 1][key])))
    return set(digests.values())


def test_no_key_of_a_plan_can_be_found_by_trying_identity_numbers(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(ledger([("身份证号", IDENTITIES)]))
    pressed(book)
    keys = {str(row[0]) for sheet in (PLAN, "计划-陈刚", "团队计划") for row in rows_of(book, sheet) if "@" in str(row[0])}
    assert keys == {f"CASE-{case[0]}@{MONDAY}" for case in CASES}


def test_what_was_typed_under_the_keys_of_an_older_version_stays_and_is_logged_once(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(ledger([("身份证号", IDENTITIES)]))
    pressed(book)
    old = former_keys(book, MONDAY)
    row, at = line(book)
    free = max(at.values()) + 1
    typed(
        book, PLAN, (row, at["结果码"], "无人接听"), (row, at["备注"], "下午再打"), (row - 1, free, "我的打算"), (row, free, "先找他姐姐")
    )
    assert old & set(shown(book, PLAN))
    pressed(book)
    assert not old & set(shown(book, PLAN))
    assert {"无人接听", "下午再打", "先找他姐姐"} <= set(shown(book, PLAN))
    assert len(logged(book, "无人接听")) == 1
    former_keys(book, MONDAY)  # the entry was made under one key and stands under another now
    pressed(book)
    assert len(logged(book, "无人接听")) == 1
    assert not pressed(book).wrote
    former_keys(book, MONDAY)
    pressed(book, day=TUESDAY)
    assert {"下午再打", "先找他姐姐"} <= set(shown(book, PLAN))
    assert len(logged(book, "无人接听")) == 1
    assert not logged(book, "计划表遗留")


def test_what_an_older_version_logged_is_not_logged_again_under_the_new_key(tmp_path: Path) -> None:
    """The number of an entry is made of the line's key: the one that stands in the log was made of the former one."""
    book = tmp_path / "台账.xlsx"
    book.write_bytes(ledger([("身份证号", IDENTITIES)]))
    pressed(book)
    row, at = line(book)
    typed(book, PLAN, (row, at["结果码"], "无人接听"))
    pressed(book)
    [entry] = logged(book, "无人接听")
    number = next(number for case, number in zip(CASES, IDENTITIES, strict=True) if case[0] in entry)
    key = f"ID-{hashlib.sha256(number[:17].encode()).hexdigest()[:12]}@{MONDAY}"
    said = (f"{MONDAY}", key, "无人接听", "None", "None", "None", "")
    log = rows_of(book, "催收记录")
    head = next(i for i, r in enumerate(log) if "记录号" in r)
    at_log = next(i for i, r in enumerate(log) if "无人接听" in r)
    column = log[head].index("记录号")
    typed(book, "催收记录", (at_log + 1, column + 1, "P" + hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:12]))
    pressed(book)
    assert len(logged(book, "无人接听")) == 1


def test_a_column_that_a_person_added_to_a_plan_stays(book: Path) -> None:
    pressed(book)
    row, at = line(book)
    free = max(at.values()) + 1
    typed(book, PLAN, (row - 1, free, "我的打算"), (row, free, "先找他姐姐"))
    pressed(book)
    pressed(book, day=TUESDAY)
    assert {"我的打算", "先找他姐姐"} <= set(shown(book, PLAN))
    assert not pressed(book, day=TUESDAY).wrote


def test_what_is_typed_in_registers_settings_and_rules_survives_presses(book: Path) -> None:
    pressed(book)
    register, settings = rows_of(book, "信函登记"), rows_of(book, "设置")
    top = next(i for i, row in enumerate(register) if "寄出日" in row)
    posted = register[top].index("寄出日") + 1
    typed(book, "信函登记", (top + 2, posted, dt.date(2026, 11, 23)), (top + 2, len(register[top]) + 1, "EMS 112233"))
    typed(book, "设置", (len(settings) + 1, 1, "我的备忘"), (len(settings) + 1, 2, "周三开会"))
    typed(book, "策略", (1, 30, "旁注"))
    outcome = pressed(book, day=TUESDAY)
    assert not outcome.files
    assert rows_of(book, "信函登记")[top + 1][posted - 1] in (dt.date(2026, 11, 23), dt.datetime(2026, 11, 23))
    assert "EMS 112233" in shown(book, "信函登记")
    assert {"我的备忘", "周三开会"} <= set(shown(book, "设置"))
    assert "旁注" in shown(book, "策略")


def headers(book: Path, sheet: str = "案件台账") -> list[str]:
    return [str(v) for v in rows_of(book, sheet)[0] if v is not None]


@pytest.mark.parametrize("table", [False, True])
def test_a_persons_own_columns_of_our_names_stay_and_ours_stand_beside_them(tmp_path: Path, table: bool) -> None:
    from openpyxl.worksheet.table import Table

    def as_table(book: Any) -> None:
        with_office(book)
        if table:
            sheet = book["案件台账"]
            sheet.add_table(Table(displayName="T", ref=f"A1:{sheet.cell(6, sheet.max_column).coordinate}"))

    path = tmp_path / "台账.xlsx"
    mine = [
        ("账龄", ["老", "新", "老", "新", "老"]),
        ("优先级", ["高", "低", "高", "低", "中"]),
        ("停催", ["", "是", "", "", ""]),
        ("排名", [9, 8, 7, 6, 5]),
    ]
    path.write_bytes(ledger(mine, sheets=as_table))
    pressed(path)
    found = headers(path)
    for name, values in mine:
        assert found.count(name) == 1
        assert name + "（催收簿）" in found
        column = found.index(name)
        assert [row[column] or "" for row in rows_of(path, "案件台账")[1:]] == values
    held = found.index("停催（催收簿）")
    assert rows_of(path, "案件台账")[2][held], "the person's own 停催 是 is a sign of a hold"
    assert not pressed(path).wrote
    assert headers(path) == found


def test_english_sheets_and_two_ledgers_are_pressed_twice_without_change(tmp_path: Path) -> None:
    def english(book: Any) -> None:
        with_office(book)
        book["设置"].append(["表格语言", "en", ""])
        more = book.create_sheet("深圳台账")
        more.append([*(c.value for c in book["案件台账"][1])])
        more.append(["B001", "孙八", "13800000008", 700, dt.date(2026, 9, 9), 75, "深圳市罗湖区8号", "陈刚", "", "mine"])

    path = tmp_path / "ledger.xlsx"
    path.write_bytes(ledger([("Priority", ["a", "b", "c", "d", "e"])], sheets=english))
    pressed(path)
    for sheet in ("案件台账", "深圳台账"):
        found = headers(path, sheet)
        assert found.count("Priority") == 1
        assert "Priority（催收簿）" in found
    assert not pressed(path).wrote


def with_logs_that_end_in_totals(book: Any) -> None:
    with_office(book)
    for title, lines in (
        (
            "催收记录",
            [
                ["记录号", "联系时间", "案件编号", "催收员", "方式", "结果", "承诺金额"],
                ["R1", dt.datetime(2026, 11, 2), "A001", "王丽", "电话", "无人接听", 0],
            ],
        ),
        (
            "信函登记",
            [["文号", "案件编号", "模板", "生成日期", "状态"], ["催〔2026〕0001号", "A009", "首次提醒函", dt.date(2026, 11, 2), "待寄"]],
        ),
    ):
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
        sheet.append(["合计", None, "=COUNTA(C2:C2)"])


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_logs_that_end_in_total_rows_take_their_rows_above_them(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(ledger(sheets=with_logs_that_end_in_totals))
    before = book.read_bytes()
    pressed(book)
    row, at = line(book)
    typed(book, PLAN, (row, at["结果码"], "无人接听"))
    pressed(book, day=TUESDAY)
    for title in ("催收记录", "信函登记"):
        rows = rows_of(book, title)
        assert rows[-1][0] == "合计"
        assert all(r[0] != "合计" for r in rows[:-1])
        host = openpyxl.load_workbook(book)[title]
        assert host.cell(len(rows), 3).value == f"=COUNTA(C2:C{len(rows) - 1})"
    assert not pressed(book, day=TUESDAY).wrote
    undo(book)
    undo(book)
    left = [[v for v in r if v is not None] for r in rows_of(book, "催收记录")]
    assert [r[0] for r in left] == ["记录号", "R1", "合计"]
    assert book.read_bytes() != before  # what was typed between the presses stays, all else is as it was
