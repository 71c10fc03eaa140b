"""Propose, agree, promises: the way of one case through the terminal, on a ledger that stays what it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from macros_py.hosts.files import FileHost
from tests.buttons.conftest import AS_OF
from workbook_templates import demo

Run = Callable[..., tuple[int, Any]]
CASE, MEANS = "AJ202600001", ("--income", "8000", "--expenses", "3000")


@pytest.fixture(scope="module")
def department_bytes() -> bytes:
    """Fewer cases than the others need."""
    return demo.workbook(demo.make(seed=5, cases=60))


def sheet(book: Path, title: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book.read_bytes())).get_sheet_by_name(title).to_python()


def register(run: Run, book: Path, name: str) -> list[dict[str, str]]:
    _, rows = run("table", book, name)
    return rows  # type: ignore[no-any-return]


def test_a_case_is_proposed_agreed_signed_and_then_left_in_peace(dunbook: Run, book: Path) -> None:
    code, told = dunbook("propose", book, CASE, *MEANS, "--as-of", AS_OF)
    assert (code, told["wrote"], told["figures"]["proposals"]) == (0, True, 3)
    assert told["figures"]["affordable_fen"] == 400_000
    assert told["figures"]["proposal_1_total_fen"] == told["figures"]["debt_fen"]
    assert {"方案-AJ202600001", "还款方案", "入账顺序", "LPR"} == set(told["sheets"])
    drawn = {row[0]: [cell for cell in row if isinstance(cell, float)] for row in sheet(book, "方案-AJ202600001") if row[0]}
    assert (drawn["月收入"], drawn["可负担月还款"]) == ([8000.0], [4000.0])
    code, told = dunbook("agree", book, CASE, "--proposal", "1", "--as-of", AS_OF, "--out", book.parent)
    assert (code, told["counts"]["files"]) == (0, 1)
    assert Path(told["files"][0]).read_bytes()[:2] == b"PK"
    code, told = dunbook("agree", book, CASE, "--proposal", "1", "--signed-on", AS_OF, "--as-of", AS_OF)
    assert (code, told["figures"]["instalments"]) == (0, 24)
    lines = register(dunbook, book, "instalments")
    assert len(lines) == 24
    assert (
        f"{sum(round(float(row['instalment_amount']) * 100) for row in lines) / 100:.2f}"
        == register(dunbook, book, "plans")[0]["plan_total"]
    )
    dunbook("priority", book, "--as-of", AS_OF)
    held = next(row for row in register(dunbook, book, "cases") if row["case_id"] == CASE)
    assert held["hold"] == "履行协议"


def test_each_press_said_again_changes_nothing_and_a_dry_run_writes_nothing(dunbook: Run, book: Path) -> None:
    before = book.read_bytes()
    code, told = dunbook("propose", book, CASE, *MEANS, "--as-of", AS_OF, "--dry-run")
    assert (code, told["wrote"], book.read_bytes() == before) == (0, False, True)
    presses = [
        ("propose", book, CASE, *MEANS, "--as-of", AS_OF),
        ("agree", book, CASE, "--proposal", "1", "--as-of", AS_OF),
        ("promises", book, "--as-of", AS_OF),
    ]
    for press in presses:
        assert dunbook(*press)[1]["wrote"]
        stands = book.read_bytes()
        assert not dunbook(*press)[1]["wrote"]
        assert book.read_bytes() == stands


def test_without_income_and_expenses_there_is_no_proposal(dunbook: Run, book: Path) -> None:
    for given in (("--income", "8000"), ("--income", "-1", "--expenses", "1"), (*MEANS, "--first-on", AS_OF)):
        code, told = dunbook("propose", book, CASE, *given, "--as-of", AS_OF)
        assert (code, told["wrote"]) == (1, False)


def test_undo_takes_a_proposal_back(dunbook: Run, book: Path) -> None:
    before = book.read_bytes()
    dunbook("propose", book, CASE, *MEANS, "--as-of", AS_OF)
    dunbook("undo", book)
    assert book.read_bytes() == before


def test_an_agreement_without_a_proposal_writes_nothing(dunbook: Run, book: Path) -> None:
    before = book.read_bytes()
    code, told = dunbook("agree", book, CASE, "--proposal", "1", "--as-of", AS_OF)
    assert (code, [p["code"] for p in told["problems"] if p["severity"] == "blocking"]) == (1, ["agree-no-proposal"])
    assert book.read_bytes() == before


def test_whose_authority_counts_is_who_presses(dunbook: Run, book: Path) -> None:
    dunbook("propose", book, CASE, *MEANS, "--as-of", AS_OF, "--user", "manager")
    waived = [row for row in register(dunbook, book, "plans") if row["plan_kind"].startswith("减免")]
    assert waived[0]["plan_approval"].startswith("本人权限内")
    code, _ = dunbook("agree", book, CASE, "--proposal", "2", "--as-of", AS_OF, "--user", "nobody")
    assert code == 1
    code, _ = dunbook("agree", book, CASE, "--proposal", "2", "--as-of", AS_OF, "--user", "manager")
    assert code == 0
    assert register(dunbook, book, "plans")[-1]["approved_by"] == "韩梅"


def test_promises_are_checked_and_what_people_note_there_stays(dunbook: Run, book: Path) -> None:
    code, told = dunbook("promises", book, "--as-of", AS_OF)
    assert (code, "承诺检查" in told["sheets"]) == (0, True)
    made = openpyxl.load_workbook(book)
    page = made["承诺检查"]
    head = next(cell for row in page.iter_rows() for cell in row if cell.value == "备注")
    key = page.cell(head.row + 1, 1).value
    page.cell(head.row + 1, head.column).value = "客户下周发工资"
    made.save(book)
    code, again = dunbook("promises", book, "--as-of", "2026-11-24")
    assert (code, "承诺检查" in again["sheets"]) == (0, True)
    assert [row[-1] for row in sheet(book, "承诺检查") if row[0] == key] == ["客户下周发工资"]


def test_a_sheet_of_ones_own_with_the_title_of_a_register_is_not_written_over(dunbook: Run, book: Path) -> None:
    made = openpyxl.load_workbook(book)
    made.create_sheet("还款方案")["A1"] = "我自己的表"
    made.save(book)
    before = book.read_bytes()
    code, told = dunbook("propose", book, CASE, *MEANS, "--as-of", AS_OF)
    assert (code, [p["code"] for p in told["problems"] if p["severity"] == "blocking"]) == (1, ["sheet-title-taken"])
    assert book.read_bytes() == before


def test_the_ledger_of_a_person_is_untouched_by_a_proposal(dunbook: Run, book: Path) -> None:
    def ledger() -> list[list[Any]]:
        host = FileHost.for_reading(book)
        try:
            return host.read("案件台账").cells.tolist()  # type: ignore[no-any-return]
        finally:
            host.close()

    before = ledger()
    dunbook("propose", book, CASE, *MEANS, "--as-of", AS_OF)
    assert ledger() == before


def test_an_agreement_that_lacks_the_company_account_is_not_made_and_that_is_said(dunbook: Run, tmp_path: Path) -> None:
    bare = tmp_path / "bare.csv"
    bare.write_text("案件编号,客户姓名,逾期金额,应还日期,催收员\nA1,张三,12000,2026-09-01,王丽\n", "utf-8")
    _, told = dunbook("propose", bare, "A1", *MEANS, "--as-of", AS_OF)
    code, told = dunbook("agree", Path(told["book"]), "A1", "--proposal", "1", "--as-of", AS_OF)
    assert (code, told["wrote"]) == (1, False)
    assert {"letter-office-missing", "agreement-not-made"} <= {p["code"] for p in told["problems"]}
