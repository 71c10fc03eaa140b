"""撤销: the bytes come back; where people typed, the inverse does, and nothing that they typed is lost."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros_py.domain import columns as c
from macros_py.hosts.host import BlockFill, ColumnFill, HostError
from macros_py.hosts.refusals import REFUSALS
from macros_py.run.opening import journal_of
from macros_py.run.touched import details
from macros_py.run.undoing import undo
from tests.run.conftest import MONDAY, ledger, pressed, rows_of, typed, with_a_table, with_a_total

LEDGER = "案件台账"
OURS = {k.zh for k in c.FILLED_COLUMNS}


def headers(book: Path) -> list[str]:
    return [str(v) for v in rows_of(book, LEDGER)[0] if v is not None]


def test_several_undos_in_a_row_go_back_press_by_press(book: Path) -> None:
    images = [book.read_bytes()]
    for days in (0, 1, 2):
        assert pressed(book, day=MONDAY + dt.timedelta(days)).wrote
        images.append(book.read_bytes())
    for image in reversed(images[:-1]):
        undo(book)
        assert book.read_bytes() == image
    with pytest.raises(HostError, match="nothing-to-undo"):
        undo(book)
    journal = journal_of(book)
    assert journal.verify() == []
    assert [e["event"] for e in journal.entries()] == ["intent", "commit"] * 3 + ["intent", "undone"] * 3
    assert pressed(book).wrote


def test_a_renamed_workbook_is_known_by_its_id(book: Path) -> None:
    before = book.read_bytes()
    pressed(book)
    other = book.rename(book.with_name("十一月台账.xlsx"))
    undo(other)
    assert other.read_bytes() == before


def test_a_copy_names_its_original_and_a_copy_elsewhere_has_nothing_to_undo(book: Path, tmp_path: Path) -> None:
    pressed(book)
    copy = Path(shutil.copy(book, book.with_name("台账 - 副本.xlsx")))
    with pytest.raises(HostError, match="copy-of") as refusal:
        undo(copy)
    assert refusal.value.values["other"] == book.name
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    with pytest.raises(HostError, match="nothing-to-undo"):
        undo(Path(shutil.copy(book, elsewhere / book.name)))


def test_without_the_folder_of_records_it_is_said(book: Path) -> None:
    pressed(book)
    shutil.rmtree(book.parent / ".dunbook")
    with pytest.raises(HostError, match="nothing-to-undo"):
        undo(book)
    assert not pressed(book).wrote or headers(book).count("优先级") == 1


def test_folders_made_for_letters_go_with_them_when_they_are_empty(book: Path) -> None:
    beside = set(book.parent.iterdir())
    pressed(book)
    assert {folder.name for folder in set(book.parent.iterdir()) - beside} == {".dunbook", "台账-信函"}
    undo(book)
    assert {folder.name for folder in set(book.parent.iterdir()) - beside} == {".dunbook"}
    out = book.parent / "发函" / "十一月"
    pressed(book, out=out)
    (out.parent / "说明.txt").write_text("我的", encoding="utf-8")
    undo(book)
    assert [p.name for p in out.parent.iterdir()] == ["说明.txt"]


def test_a_folder_that_was_there_before_stays(book: Path) -> None:
    folder = book.parent / "台账-信函"
    folder.mkdir()
    pressed(book)
    assert any(folder.iterdir())
    undo(book)
    assert list(folder.iterdir()) == []


def test_letters_go_unless_a_person_has_changed_them(book: Path) -> None:
    letters = [p for p in pressed(book).files if p.suffix == ".docx"]
    letters[0].write_bytes(b"my own words")
    letters[1].unlink()
    conflicts = undo(book).conflicts
    assert conflicts == (letters[0].name,)
    assert [p.exists() for p in letters] == [True] + [False] * (len(letters) - 1)
    again = pressed(book).files
    assert letters[0] not in again
    assert letters[0].read_bytes() == b"my own words"


def test_a_result_of_a_text_file_is_undone_and_keeps_what_was_typed_in_it(tmp_path: Path) -> None:
    source = tmp_path / "导出.csv"
    source.write_text("案件编号,客户姓名,逾期金额,应还日期,催收员\n001,张三,1234.50,2026-10-01,王丽\n", "utf-8")
    result = pressed(source).book
    undo(source)
    assert not result.exists()
    result = pressed(source).book
    sheet = "导出"
    typed(result, sheet, (2, 2, "张三丰"))
    undo(source)
    assert result.exists()
    first = rows_of(result, sheet)
    assert first[1][1] == "张三丰"
    assert not OURS & {str(v) for v in first[0]}


def test_rows_inserted_sorted_and_deleted_since_are_followed(book: Path) -> None:
    pressed(book)
    after = rows_of(book, LEDGER)
    width = len(after[0])
    order = [3, 1, 5, 2]  # the fourth case is gone, a new one stands first
    now = [["N001", "新人", *[None] * (width - 2)], *(after[i] for i in order), [None] * width]
    typed(book, LEDGER, *((i + 2, j + 1, v) for i, row in enumerate(now) for j, v in enumerate(row)))
    undo(book)
    found = rows_of(book, LEDGER)
    assert [row[0] for row in found[1:] if row[0]] == ["N001", "A003", "A001", "A005", "A002"]
    assert not OURS & set(headers(book))
    assert all(v is None for row in found for v in row[9:])


cells = st.tuples(st.integers(2, 6), st.integers(2, 26), st.sampled_from(["我写的", "七", "否"]))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cells, min_size=1, max_size=5, unique_by=lambda edit: edit[:2]))
def test_nothing_typed_is_lost(pressed_once: Path, edits: list[tuple[int, int, object]]) -> None:
    book = pressed_once / "copy" / "台账.xlsx"
    shutil.rmtree(book.parent, ignore_errors=True)
    shutil.copytree(pressed_once / "book", book.parent)
    wrote = rows_of(book, LEDGER)
    differs = [(r, col, v) for r, col, v in edits if col > len(wrote[0]) or wrote[r - 1][col - 1] != v]
    typed(book, LEDGER, *edits)
    conflicts = undo(book).conflicts
    found = rows_of(book, LEDGER)
    for row, column, value in differs:
        assert found[row - 1][column - 1] == value
        if 9 < column <= len(wrote[0]):
            assert any(re.fullmatch(rf"{LEDGER}![A-Z]+{row}", conflict) for conflict in conflicts)


@pytest.fixture(scope="module")
def pressed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook on which 计算优先级 was pressed once."""
    from tests.run.conftest import ledger, with_office

    home = tmp_path_factory.mktemp("once")
    (home / "book").mkdir()
    book = home / "book" / "台账.xlsx"
    book.write_bytes(ledger(sheets=with_office))
    pressed(book, "priority")
    return home


def test_a_meddled_details_file_is_found(book: Path) -> None:
    pressed(book, "priority")
    journal = journal_of(book)
    held = journal.read_details(1)[LEDGER]
    assert held["keys"] == ["A001", "A002", "A003", "A004", "A005"]
    assert all(old != new for old, new in zip(held["old"], held["new"], strict=True))
    (journal.folder / "details" / "000001.json.gz").write_bytes(b"x")
    assert [b.reason for b in journal.verify()] == ["details"]


def test_old_and_new_hashes_are_equal_for_equal_cells_and_tell_no_value() -> None:
    block = BlockFill("L", 1, 1, (2, 3), ("A", "B"), [ColumnFill("账龄", ["M1", "M2"]), ColumnFill("排名", [1, 2])])
    held = {"L": {"账龄": np.array(["M1", "M1"], dtype=object), "排名": np.array([1.0, 2], dtype=object)}}
    found = details([block], {"L": ["bucket", "rank"]}, held, "0123456789abcdef")["L"]
    assert found["keys"] == ["B"]
    assert details([block], {"L": ["bucket", "rank"]}, held, "fedcba9876543210")["L"]["new"] != found["new"]


def test_every_code_of_a_refusal_has_its_words() -> None:
    import macros_py

    sources = Path(macros_py.__file__).parent.rglob("*.py")
    codes = {code for path in sources for code in re.findall(r'HostError\(\s*"([a-z0-9-]+)"', path.read_text("utf-8"))}
    assert len(codes) > 25
    assert codes <= set(REFUSALS)


def test_the_formulas_of_a_total_row_that_was_pushed_down_come_back_too(tmp_path: Path) -> None:
    path = tmp_path / "合计.xlsx"
    path.write_bytes(ledger(sheets=with_a_total))
    assert pressed(path, "letters").counts["append"] > 1
    typed(path, "案件台账", (2, 9, "我写的"))
    assert undo(path).conflicts == ()
    book = openpyxl.load_workbook(path)
    assert [[c.value for c in row[:3]] for row in book["信函登记"].iter_rows(min_row=2, max_row=4)] == [
        ["催〔2025〕0001号", "A009", None],
        [None, None, None],
        ["合计", "=COUNTA(B2:B3)", "=B4&CHAR(20214)"],
    ]
    assert book["案件台账"]["I2"].value == "我写的"


def test_a_table_that_took_rows_ends_again_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "汇总行.xlsx"
    path.write_bytes(ledger(sheets=with_a_table))

    def register() -> list[Any]:
        sheet = openpyxl.load_workbook(path)["信函登记"]
        rows = [[c.value for c in row[:3]] for row in sheet.iter_rows()]
        return [[row for row in rows if any(row)], [(t.ref, t.autoFilter, t.totalsRowCount) for t in sheet.tables.values()]]

    before = register()
    assert pressed(path, "letters").counts["append"] > 1
    assert register()[1] != before[1]
    typed(path, "案件台账", (2, 9, "我写的"))
    assert undo(path).conflicts == ()
    assert register() == before
