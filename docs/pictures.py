"""The pictures of README and manual, rendered by LibreOffice from the demo department: `make demo` first, then `make pictures`."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import openpyxl
import xlsxwriter

from docs.function_examples import answer, formula
from macros_py import cli
from macros_py.udfs import FUNCTIONS
from workbook_templates.department import AS_OF

HERE: Final = Path(__file__).parent / "pictures"
Crop = tuple[int, int, int, int]  # left, top, width, height in pixels at DPI
DPI: Final = 320  # one page holds a whole sheet: its print is small
ONE_PAGE: Final = 'pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}}'
PAGE, WIDTH = 4800, 1600  # pixels: a page that holds a whole sheet, and the third of it in which the sheet stands
# picture → the sheet that it shows (its title begins so), and the part of it at DPI, or the height of its upper part in its whole width
SHEETS: Final[dict[str, tuple[str, Crop | int]]] = {
    "plan": ("计划-王丽", (0, 0, 1260, 620)),
    "team": ("团队计划", (0, 0, 860, 600)),
    "week": ("周进度", (0, 0, 1010, 730)),
    "payments": ("资金流水", (0, 0, 1900, 330)),
    "reconciliation": ("对账报告", 900),
    "proposals": ("方案-", 900),
    "promises": ("承诺检查", 500),
    "handout": ("分发登记", 560),
    "check": ("体检结果", 360),
    "priority": ("案件台账", (2330, 0, 1500, 330)),
}
OF_BUTTONS: Final = {  # button or command → its picture
    "monday": "plan",
    "priority": "priority",
    "assign": "priority",
    "plan": "plan",
    "team": "team",
    "import": "payments",
    "reconcile": "payments",
    "reconciliation": "reconciliation",
    "letters": "letter",
    "propose": "proposals",
    "agree": "agreement",
    "promises": "promises",
    "week": "week",
    "handout": "handout",
    "check": "check",
    "undo": "desk",
    "help": "desk",
}
STATEMENT: Final = "交易日期,收入金额,支出金额,账户余额,对方户名,对方账号,摘要,交易流水号"


def of_function(category: str) -> str:
    """The picture of the functions of a category."""
    return f"functions-{category.split()[-1].lower()}"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def _pdf(source: Path, folder: Path, kind: str) -> Path:
    profile = (folder / "profile").as_uri()
    for _ in range(2):  # a new profile's first start may only set itself up
        _run("soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind, "--outdir", str(folder), str(source))
        made = folder / f"{source.stem}.pdf"
        if made.exists():
            return made
    raise FileNotFoundError(made)


def _png(pdf: Path, page: int, name: str, dpi: int, part: Crop | int | None = None) -> None:
    crop = (0, 0, WIDTH, part) if isinstance(part, int) else part or ()
    size = ["-scale-to-x", str(PAGE), "-scale-to-y", "-1"] if isinstance(part, int) else ["-r", str(dpi)]
    cut = [x for pair in zip(("-x", "-y", "-W", "-H"), map(str, crop), strict=False) for x in pair]
    _run("pdftoppm", "-png", *size, "-f", str(page), "-l", str(page), "-singlefile", *cut, str(pdf), str(HERE / name))


def _press(*words: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        code = cli.main([*words, "--as-of", AS_OF.isoformat()])
    if code:
        raise RuntimeError(f"dunbook {words[0]} ended with {code}")


def _statement(book: Path, path: Path) -> str:
    """A bank statement over some cases of the ledger, one of them unknown to it; → a case that has not paid."""
    sheet = openpyxl.load_workbook(book, read_only=True, data_only=True)["案件台账"]
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if "案件编号" in row)
    head = {str(h): i for i, h in enumerate(rows[at]) if h}
    cases = [row for row in rows[at + 1 : at + 60] if row[head["案件编号"]]]
    lines, balance = [STATEMENT], 100_000
    for number, row in enumerate(cases[:40:4]):
        amount = 500 + 100 * number
        balance += amount
        memo = f"还款{row[head['案件编号']]}" if number % 3 else "还款"
        lines.append(
            f"{AS_OF:%Y-%m-%d},{amount}.00,,{balance}.00,{row[head['客户姓名']]},62000000{number:08d},{memo},GH20261123{number:04d}"
        )
    lines.append(f"{AS_OF:%Y-%m-%d},88.80,,{balance + 88.8:.2f},某某商行,6200000099999999,货款,GH202611239999")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(cases[1][head["案件编号"]])


def _presses(book: Path, folder: Path) -> None:
    """What a department presses after Monday's job: the statement, the plans, the packs."""
    statement = folder / "工行流水.csv"
    case = _statement(book, statement)
    _press("import", str(book), str(statement))
    _press("reconcile", str(book))
    _press("reconciliation", str(book))
    _press("propose", str(book), case, "--income", "8000", "--expenses", "3000")
    _press("agree", str(book), case, "--proposal", "1", "--out", str(folder / "agreement"))
    _press("promises", str(book))
    _press("handout", str(book), "--out", str(folder / "packs"))


def _sheets(book: Path, folder: Path) -> None:
    shutil.copy(book, folder / "demo.xlsx")
    pdf = _pdf(folder / "demo.xlsx", folder, ONE_PAGE)
    visible = [s.title for s in openpyxl.load_workbook(book).worksheets if s.sheet_state == "visible"]
    for picture, (title, crop) in SHEETS.items():
        _png(pdf, 1 + next(i for i, t in enumerate(visible) if t.startswith(title)), picture, DPI, crop)


def _functions(folder: Path) -> None:
    """One sheet a category: the formula as typed, and what it answers."""
    for category in dict.fromkeys(f.category for f in FUNCTIONS):
        path = folder / f"{of_function(category)}.xlsx"
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
            sheet = book.add_worksheet("DC_")
            sheet.hide_gridlines(2)
            head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "border": 1, "border_color": "#BFBFBF"})
            cell = book.add_format({"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "vcenter"})
            for column, wide in enumerate((66, 24, 12, 11, 11, 9, 9)):
                sheet.set_column(column, column, wide)
            sheet.write_row(0, 0, ("公式 Formula", "结果 Answer", *[""] * 5), head)
            row = 1
            for function in (f for f in FUNCTIONS if f.category == category):
                shown = answer(function.name)
                sheet.write_string(row, 0, formula(function.name), cell)
                if len(shown) == len(shown[0]) == 1 and len(shown[0][0]) > 20:
                    sheet.merge_range(row, 1, row, 6, shown[0][0], cell)
                else:
                    for down, line in enumerate(shown):
                        for across, text in enumerate(line):
                            sheet.write_string(row + down, 1 + across, text, cell)
                row += len(shown)
            sheet.set_paper(8)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 1)
        _png(_pdf(path, folder, ONE_PAGE), 1, of_function(category), 80)


def main(demo: Path, dist: Path) -> None:
    """Press on a copy of the demo, and render the sheets named above, a letter, the agreement, the 工作台 and the functions."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        letter = min(demo.rglob("*.docx"))
        shutil.copy(letter, folder / "letter.docx")
        shutil.copytree(demo, folder / "demo")
        book = next((folder / "demo").glob("*.xlsx"))
        _presses(book, folder)
        _sheets(book, folder)
        shutil.copy(min((folder / "agreement").glob("*.docx")), folder / "agreement.docx")
        for document in ("letter", "agreement"):
            _png(_pdf(folder / f"{document}.docx", folder, "pdf"), 1, document, 60)
        shutil.copy(dist / "催收台账.xlsm", folder / "desk.xlsm")
        _png(_pdf(folder / "desk.xlsm", folder, "pdf"), 1, "desk", 70)
        _functions(folder)


if __name__ == "__main__":
    main(*(Path(p) for p in (sys.argv[1:] or ("demo", "dist"))))
