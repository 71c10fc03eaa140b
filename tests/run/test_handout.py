"""分发: every collector gets a workbook with their own customers, closed to others; nothing is made twice, no password is kept."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from macros_py.buttons.handout import Handout
from macros_py.run import packs
from macros_py.run.opening import journal_of, look
from macros_py.run.outcome import Outcome, Request
from macros_py.run.pressing import press
from macros_py.run.undoing import undo
from macros_py.run.wording import result_lines
from macros_py.sheets.tables import COMPLIANCE_SHEET
from tests.run.conftest import CASES, MONDAY, ledger, pressed, rows_of, typed
from workbook_templates.build import workbook
from workbook_templates.contents import COLLECTOR

OWNERS = {"王丽": {"A001", "A002", "A005"}, "陈刚": {"A003", "A004"}}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collector's workbook as built."""
    folder = tmp_path_factory.mktemp("dist")
    (folder / COLLECTOR.file).write_bytes(workbook(COLLECTOR, ()))
    return folder


@pytest.fixture(autouse=True)
def installed(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "HOMES", (dist,))


def handed(book: Path, day: dt.date = MONDAY, *, again: bool = False) -> Outcome:
    return press(Request(book, day), "handout", Handout(again))


def opened(path: Path, password: str) -> bytes:
    with path.open("rb") as closed:
        office = msoffcrypto.OfficeFile(closed)
        assert office.is_encrypted()
        office.load_key(password=password)
        plain = io.BytesIO()
        office.decrypt(plain)
    return plain.getvalue()


def case_rows(package: bytes) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(package))["案件台账"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(i for i, r in enumerate(rows) if r[0] == "案件编号")
    return [dict(zip(map(str, rows[head]), r, strict=True)) for r in rows[head + 1 :] if r[0]]


def person_of(path: Path) -> str:
    return path.name.split("-")[0]


def test_each_collector_gets_their_own_cases_and_plan_in_a_workbook_with_buttons(book: Path) -> None:
    outcome = handed(book)
    assert {person_of(f) for f in outcome.files} == set(OWNERS)
    for file in outcome.files:
        assert file.parent == book.with_name("台账-分发")
        plain = opened(file, outcome.passwords[file.name])
        assert {str(r["案件编号"]) for r in case_rows(plain)} == OWNERS[person_of(file)]
        sheets = openpyxl.load_workbook(io.BytesIO(plain)).sheetnames
        assert sheets[:2] == ["工作台", f"计划-{person_of(file)}"]
        assert b"vbaProject.bin" in plain


def test_a_pack_is_read_back_as_the_ledger_had_it(book: Path, tmp_path: Path) -> None:
    outcome = handed(book)
    mine = next(f for f in outcome.files if person_of(f) == "王丽")
    copy = tmp_path / "pack.xlsm"
    copy.write_bytes(opened(mine, outcome.passwords[mine.name]))
    found = look(copy, MONDAY, {}).table("cases").set_index("case_id")
    kept = ["customer", "phone", "overdue_amount", "due_date", "address", "owner", "note"]
    whole = look(book, MONDAY, {}).table("cases").set_index("case_id")
    assert found[kept].equals(whole.loc[found.index, kept])


def test_a_pack_is_a_workbook_of_its_own_with_the_rules_of_the_department(book: Path, tmp_path: Path) -> None:
    pressed(book)
    assert journal_of(book).folder.name
    outcome = handed(book)
    for file in outcome.files:
        copy = tmp_path / f"{person_of(file)}.xlsm"
        copy.write_bytes(opened(file, outcome.passwords[file.name]))
        assert journal_of(copy).folder != journal_of(book).folder
        values = [v for row in rows_of(copy, "设置") for v in row]
        assert journal_of(book).folder.name not in values


def test_no_password_is_kept_anywhere(book: Path) -> None:
    outcome = handed(book)
    assert len(set(outcome.passwords.values())) == len(OWNERS)
    secrets = [p.encode() for p in outcome.passwords.values()]
    for file in book.parent.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not any(s in data for s in secrets), file.name
    said = "\n".join(result_lines(outcome))
    assert all(p in said for p in outcome.passwords.values())


def test_what_has_not_changed_is_handed_out_once_unless_asked_for(book: Path) -> None:
    handed(book)
    before = book.read_bytes()
    outcome = handed(book)
    assert (outcome.wrote, outcome.files) == (False, ())
    assert [p.values["count"] for p in outcome.problems if p.code == "pack-unchanged"] == [len(OWNERS)]
    assert book.read_bytes() == before
    assert len(handed(book, again=True).files) == len(OWNERS)


def test_only_the_pack_of_which_something_changed_is_made_again(book: Path) -> None:
    handed(book)
    note = 1 + [str(v) for v in rows_of(book, "案件台账")[0]].index("备注")
    typed(book, "案件台账", (4, note, "已联系单位"))  # A003, of 陈刚
    assert [person_of(f) for f in handed(book).files] == ["陈刚"]


def test_each_pack_is_a_row_of_the_register_numbered_through_the_day(book: Path) -> None:
    handed(book)
    handed(book, again=True)
    table = look(book, MONDAY, {}).table("handouts")
    assert table["pack_no"].tolist() == ["20261123-01", "20261123-02", "20261123-03", "20261123-04"]
    assert set(table["person"]) == set(OWNERS)
    assert table["pack_cases"].astype(int).sum() == 2 * len(CASES)


def test_undo_takes_the_register_back(book: Path) -> None:
    before = book.read_bytes()
    handed(book)
    undo(book)
    assert book.read_bytes() == before


def test_where_the_rule_says_no_packs_are_open_and_masked(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(ledger([("身份证号", ["999999199001011234"] * len(CASES)), ("备用电话", ["020-81234567"] * len(CASES))]))
    pressed(book)
    rows = rows_of(book, COMPLIANCE_SHEET)
    at = next(i for i, r in enumerate(rows, 1) if "pack_encryption" in r)
    typed(book, COMPLIANCE_SHEET, (at, 1 + rows[at - 1].index("是"), "否"))
    typed(book, "案件台账", (2, 9, "妻子电话13800009999"))
    outcome = handed(book)
    assert outcome.passwords == {}
    assert "pack-open" in {p.code for p in outcome.problems}
    for file in outcome.files:
        shown = [str(v) for s in openpyxl.load_workbook(file).worksheets for r in s.iter_rows(values_only=True) for v in r if v is not None]
        whole = "\n".join(shown)
        for _, name, phone, *_ in CASES:
            assert str(name) not in whole
            assert str(phone) not in whole
        assert "999999199001011234" not in whole
        assert "13800009999" not in whole
        assert "81234567" not in whole
        assert "体育东路" not in whole
    mine = next(f for f in outcome.files if person_of(f) == "王丽")
    first = case_rows(mine.read_bytes())[0]
    assert (first["客户姓名"], first["手机号"], first["身份证号"]) == ("张*", "138****0001", "9999**********1234")


def test_in_an_encrypted_pack_only_identity_numbers_are_masked(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(ledger([("身份证号", ["999999199001011234"] * len(CASES))]))
    outcome = handed(book)
    rows = [r for f in outcome.files for r in case_rows(opened(f, outcome.passwords[f.name]))]
    assert {r["身份证号"] for r in rows} == {"9999**********1234"}
    assert {r["手机号"] for r in rows} == {c[2] for c in CASES}


def test_without_the_template_nothing_is_handed_out_and_that_is_said(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "HOMES", (tmp_path / "nowhere",))
    before = book.read_bytes()
    outcome = handed(book)
    assert (outcome.wrote, book.read_bytes()) == (False, before)
    assert "pack-template-missing" in {p.code for p in outcome.problems}


def test_nobody_who_owes_nothing_more_travels(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(ledger([("结清日期", [dt.date(2026, 11, 1), None, None, None, None])]))
    outcome = handed(book)
    ids = {str(r["案件编号"]) for f in outcome.files for r in case_rows(opened(f, outcome.passwords[f.name]))}
    assert ids == {"A002", "A003", "A004", "A005"}


def test_in_an_english_workbook_rows_stand_under_the_headers_that_are_there(book: Path) -> None:
    below = len(rows_of(book, "设置")) + 1
    typed(book, "设置", (below, 1, "表格语言"), (below, 2, "en"))
    outcome = handed(book)
    for file in outcome.files:
        plain = opened(file, outcome.passwords[file.name])
        assert {str(r["案件编号"]) for r in case_rows(plain)} == OWNERS[person_of(file)]
        assert {str(r["客户姓名"]) for r in case_rows(plain)} <= {str(c[1]) for c in CASES}


def test_the_guide_of_a_pack_says_from_what_and_as_of_when(book: Path) -> None:
    outcome = handed(book)
    file = outcome.files[0]
    sheet = openpyxl.load_workbook(io.BytesIO(opened(file, outcome.passwords[file.name])))["使用说明"]
    texts = {str(v) for row in sheet.iter_rows(values_only=True) for v in row if v is not None}
    assert {"案件台账", "2026-11-23", f"计划-{person_of(file)}"} <= texts
