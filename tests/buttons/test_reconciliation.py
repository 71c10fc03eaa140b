"""导入流水, 对账 and 对账报告 on closed workbooks, from the terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from macros_py import cli
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite

Run = Callable[..., tuple[int, Any]]
DAY = "2026-11-10"
LEDGER = """\
案件编号,客户姓名,手机号,逾期金额,应还日期,催收员
CS20260001,张三,13800000001,1234.56,2026-10-01,王丽
CS20260002,李四,13800000002,500.00,2026-10-11,王丽
CS20260003,王五,13800000003,800.00,2026-09-11,陈刚
"""
BANK = """\
招商银行企业账户交易明细
账号：[755900001234567]
交易日,交易时间,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方账号,交易状态
20261102,10:00:01,,1234.56,11234.56,案号cs-2026 0001还款,FT00000001,张三,6222020200001111,成功
20261104,10:00:02,,500.00,11734.56,还款,FT00000003,李四,6222020200002222,成功
20261106,10:00:02,88.00,,11646.56,手续费,FT00000005,,,成功
20261107,10:00:02,,77.00,11723.56,转账,FT00000006,陌生人,6222020200009999,{state}
"""

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unknown extension", "ignore:Conditional Formatting extension", "ignore:Data Validation extension"
)


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    """A bank's export, its last line still pending."""
    path = tmp_path / "招行.csv"
    path.write_text(BANK.format(state="处理中"), encoding="gb18030")
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of three cases with a log of receipts of the people's own."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "案件台账"
    sheet.append(["截至日：2026-11-01"])
    for line in csv.reader(io.StringIO(LEDGER)):
        sheet.append([float(v) if v.endswith((".56", ".00")) else v for v in line])
    log = book.create_sheet("回款流水")
    log.append(["流水号", "回款日期", "案件编号", "回款金额", "付款人"])
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return path


def table(book: Path, name: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    assert cli.main(["table", str(book), name, "--csv", "--as-of", DAY]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def typed(book: Path, sheet: str, number: str, **values: str) -> None:
    """Type into the line of a transaction number: header → value."""
    host = FileHost(book)
    cells = host.read(sheet).cells
    head = next(i for i, row in enumerate(cells) if "指纹" in row)
    header = list(cells[head])
    line = next(i for i, row in enumerate(cells) if row[header.index("流水号")] == number)
    host.write(CellWrite(sheet, [(line + 1, header.index(h) + 1, v) for h, v in values.items()]))
    host.save()
    host.close()


def test_an_import_then_reconciliation_then_the_monday_run(
    ledger: Path, statement: Path, dunbook: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = dunbook("import", ledger, statement, "--as-of", DAY)
    assert (code, said["figures"]["lines"], said["figures"]["receipts"]) == (0, 4, 2)
    assert dunbook("reconcile", ledger, "--as-of", DAY)[1]["figures"]["posted"] == 1
    lines = table(ledger, "payments", capsys)
    assert list(lines[0])[:3] == ["source", "transaction_id", "paid_at"]
    assert [(r["amount"], r["state"], r["case_id"], r["match"]) for r in lines] == [
        ("1234.56", "received", "CS20260001", "posted"),
        ("500.00", "received", "", "proposed"),
        ("-88.00", "expense", "", ""),
        ("77.00", "pending", "", ""),
    ]
    assert "CS20260001" in lines[0]["why"]
    assert lines[1]["candidates"] == "CS20260002 李四 500.00"
    monday = dunbook("monday", ledger, "--as-of", DAY)[1]
    assert monday["figures"]["settled"] == 1


def test_importing_again_adds_nothing_and_a_pending_line_that_settled_changes_its_state(
    ledger: Path, statement: Path, dunbook: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    dunbook("import", ledger, statement, "--as-of", DAY)
    then = ledger.read_bytes()
    code, said = dunbook("import", ledger, statement, "--as-of", DAY)
    assert (code, said["wrote"], said["figures"]["again"], ledger.read_bytes() == then) == (0, False, 4, True)
    statement.write_text(BANK.format(state="成功"), encoding="gb18030")
    assert dunbook("import", ledger, statement, "--as-of", DAY)[1]["figures"]["state_changed"] == 1
    assert [r["state"] for r in table(ledger, "payments", capsys)] == ["received", "received", "expense", "received"]


def test_monday_counts_what_was_imported_and_not_yet_reconciled_and_writes_it_down(
    ledger: Path, statement: Path, dunbook: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    dunbook("import", ledger, statement, "--as-of", DAY)
    said = dunbook("monday", ledger, "--as-of", DAY)[1]
    assert said["figures"]["settled"] == 1
    assert "payments-proposed" in [p["code"] for p in said["problems"]]
    assert [r["match"] for r in table(ledger, "payments", capsys)] == ["posted", "proposed", "", ""]
    assert not dunbook("monday", ledger, "--as-of", DAY)[1]["wrote"]


@pytest.mark.parametrize("late", [False, True])
def test_a_line_that_one_export_has_pending_and_another_received_is_received_whichever_comes_last(
    late: bool, ledger: Path, statement: Path, tmp_path: Path, dunbook: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = tmp_path / "招行2.csv"
    newer.write_text(BANK.format(state="成功").replace("转账,FT00000006", "转账 CS20260003,FT00000006"), encoding="gb18030")
    for file in (newer, statement) if late else (statement, newer):
        dunbook("import", ledger, file, "--as-of", DAY)
        dunbook("reconcile", ledger, "--as-of", DAY)
    line = table(ledger, "payments", capsys)[3]
    assert [line[name] for name in ("state", "memo", "case_id", "match")] == ["received", "转账 CS20260003", "CS20260003", "posted"]


def test_pressing_reconcile_or_its_report_twice_changes_nothing(ledger: Path, statement: Path, dunbook: Run) -> None:
    dunbook("import", ledger, statement, "--as-of", DAY)
    assert dunbook("reconciliation", ledger, "--as-of", DAY)[1]["sheets"] == ["对账报告"]
    then = ledger.read_bytes()
    for button in ("reconcile", "reconciliation"):
        assert not dunbook(button, ledger, "--as-of", DAY)[1]["wrote"]
    assert ledger.read_bytes() == then


def test_a_dry_run_writes_nothing(ledger: Path, statement: Path, dunbook: Run) -> None:
    then = ledger.read_bytes()
    assert dunbook("import", ledger, statement, "--dry-run", "--as-of", DAY)[1]["counts"]["sheets"] >= 1
    assert ledger.read_bytes() == then


def test_a_decision_typed_on_the_sheet_is_posted_kept_and_taken_back(
    ledger: Path, statement: Path, dunbook: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    dunbook("import", ledger, statement, "--as-of", DAY)
    dunbook("reconcile", ledger, "--as-of", DAY)
    typed(ledger, "资金流水", "FT00000003", 案件编号="CS20260002", 确认="是")
    dunbook("reconcile", ledger, "--as-of", DAY)
    line = table(ledger, "payments", capsys)[1]
    assert (line["match"], line["case_id"], line["stage"]) == ("posted", "CS20260002", "confirmed")
    typed(ledger, "资金流水", "FT00000003", 确认="撤销")
    dunbook("reconcile", ledger, "--as-of", DAY)
    line = table(ledger, "payments", capsys)[1]
    assert (line["match"], line["case_id"]) == ("proposed", "")


def test_undo_takes_an_import_back_to_the_byte(ledger: Path, statement: Path, dunbook: Run) -> None:
    then = ledger.read_bytes()
    dunbook("import", ledger, statement, "--as-of", DAY)
    dunbook("reconcile", ledger, "--as-of", DAY)
    assert dunbook("undo", ledger)[0] == dunbook("undo", ledger)[0] == 0
    assert ledger.read_bytes() == then


def test_a_receipt_that_stands_in_the_log_and_in_the_statement_counts_once(ledger: Path, statement: Path, dunbook: Run) -> None:
    host = FileHost(ledger)
    host.write(CellWrite("回款流水", [(2, 1, ""), (2, 2, "2026-11-03"), (2, 3, "CS20260001"), (2, 4, 1234.56), (2, 5, "张三")]))
    host.save()
    host.close()
    dunbook("import", ledger, statement, "--as-of", DAY)
    dunbook("reconcile", ledger, "--as-of", DAY)
    dunbook("monday", ledger, "--as-of", DAY)
    cells = openpyxl.load_workbook(ledger, data_only=True)["团队计划"].iter_rows(values_only=True)
    assert not any(2469.12 in row for row in cells)


def test_a_sheet_of_that_name_that_is_a_persons_own_is_left_alone(ledger: Path, statement: Path, dunbook: Run) -> None:
    book = openpyxl.load_workbook(ledger)
    book.create_sheet("资金流水").append(["我自己的", "一张表"])
    book.save(ledger)
    dunbook("import", ledger, statement, "--as-of", DAY)
    after = openpyxl.load_workbook(ledger)
    assert after["资金流水"]["A1"].value == "我自己的"
    assert "资金流水（催收簿）" in after.sheetnames
    assert dunbook("reconcile", ledger, "--as-of", DAY)[1]["figures"]["posted"] == 1


def test_a_text_file_as_ledger_gets_its_result_beside_it(
    tmp_path: Path, statement: Path, dunbook: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "ledger.csv"
    book.write_text(LEDGER, encoding="utf-8")
    dunbook("import", book, statement, "--as-of", DAY)
    dunbook("reconcile", book, "--as-of", DAY)
    assert [r["match"] for r in table(tmp_path / "ledger.催收簿.xlsx", "payments", capsys)] == ["posted", "proposed", "", ""]
    assert book.read_text(encoding="utf-8") == LEDGER


def test_a_file_that_is_no_statement_and_a_ledger_without_lines_are_said(ledger: Path, tmp_path: Path, dunbook: Run) -> None:
    other = tmp_path / "名单.csv"
    other.write_text("姓名,电话\n张三,1\n", encoding="utf-8")
    code, said = dunbook("import", ledger, other, "--as-of", DAY)
    assert (code, [p["code"] for p in said["problems"] if p["severity"] == "blocking"]) == (1, ["statement-unknown"])
    code, said = dunbook("reconcile", ledger, "--as-of", DAY)
    assert (code, [p["code"] for p in said["problems"] if p["severity"] == "blocking"]) == (1, ["payments-none"])
    assert dunbook("import", ledger, tmp_path / "没有.csv", "--as-of", DAY)[0] == 3


def test_a_gap_in_a_statement_is_told_with_the_line_after_it(ledger: Path, statement: Path, dunbook: Run) -> None:
    lines = BANK.format(state="成功").splitlines(keepends=True)
    statement.write_text("".join(lines[:4] + lines[5:]), encoding="gb18030")
    dunbook("import", ledger, statement, "--as-of", DAY)
    found = [p for p in dunbook("reconciliation", ledger, "--as-of", DAY)[1]["problems"] if p["code"] == "balance-broken"]
    assert len(found) == 1
    assert "500.00" in found[0]["zh"]
    assert "第 6 行" not in found[0]["zh"]
