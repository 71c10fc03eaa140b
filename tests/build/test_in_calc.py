"""The very files that are handed out, in LibreOffice: buttons stay bound, a press goes through the VBA into Python, functions calculate."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter.utility import xl_col_to_name

from addin.calc_extension import calc_extension
from macros_py import udfs
from macros_py.buttons.faces import controls, grouped
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite
from tests.build.calc_runs import PRODUCT, SYSTEM_PYTHON, filled_ledger, run
from workbook_templates.contents import BOOKS, LEDGER

pytestmark = pytest.mark.office

CHINA, TAIWAN, ENGLISH, GERMAN = 2052, 1028, 1033, 1031  # as Windows numbers languages
PACKAGE = {  # stands in for the real package: what matters here is the way to it
    "__init__.py": "",
    "entry.py": """
import pathlib
def press_in_calc(document, name):
    with pathlib.Path(__file__).with_name("pressed.txt").open("a") as told:
        told.write(f"{document.Title.split(' ')[0]} {name}\\n")
""",
    "udfs.py": """
def DC_DAYS_LATE(due_date, as_of=None):
    return (as_of or 100) - due_date
def DC_SCORE(cases, rules=None):
    return [[sum(row)] for row in cases]
def DC_VERSION():
    return "1.2"
""",
}


@pytest.fixture(scope="module")
def calc(built: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory, office: str) -> dict[str, Any]:
    """One run of LibreOffice with the extension over the three workbooks."""
    folder = tmp_path_factory.mktemp("calc")
    app = folder / "app" / "macros_py"
    app.mkdir(parents=True)
    for name, text in PACKAGE.items():
        (app / name).write_text(text)
    books = []
    for book in BOOKS:
        path = folder / book.file
        path.write_bytes(built[book.file])
        books.append(str(path))
    job = {
        "books": books,
        "press": ["check", "undo", "rm -rf /", "check,undo"],
        "called": [(name, language) for language in (CHINA, TAIWAN, ENGLISH, GERMAN) for name in ("dunbookTab", "dunbookGroup1", "monday")],
        "languages": ["zh-CN", "zh-TW", "zh-SG", "en-US", "en-GB", "de"],
        "cells": {"=DC_DAYS_LATE(@)": [40], "=DC_DAYS_LATE(@;50)": [40], "=SUM(DC_SCORE(K21:M21))": [1, 2, 3], "=DC_VERSION()": []},
    }
    *told, labels = run("in_calc.py", folder, built["dunbook.oxt"], [app.parent], job)
    return {"told": told, "labels": labels, "pressed": (app / "pressed.txt").read_text().splitlines()}


def test_every_button_stays_bound_to_the_macro(calc: dict[str, Any]) -> None:
    known = {c.name for c in controls()}
    for told in calc["told"]:
        assert set(told["bound"]) <= known
        assert {address.partition("?")[0].rpartition(".")[2] for address in told["bound"].values()} == {"DunbookButton"}, told["title"]
    assert set(calc["told"][0]["bound"]) == known


def test_the_workbooks_sheets_are_all_there_and_begin_with_the_desk(calc: dict[str, Any]) -> None:
    for told in calc["told"]:
        assert told["sheets"][:2] == ["工作台", "使用说明"]
        assert "案件台账" in told["sheets"]


def test_a_press_goes_through_the_workbooks_vba_and_the_extension_into_python_and_only_known_names_do(calc: dict[str, Any]) -> None:
    assert [line.split(" ")[1] for line in calc["pressed"]] == ["check", "undo"] * len(BOOKS)


def test_texts_of_the_macros_come_from_the_very_hidden_sheet(calc: dict[str, Any]) -> None:
    assert {told["text"] for told in calc["told"]} == {"催收簿 Dunbook"}


def test_functions_calculate_in_cells_with_ranges_and_with_what_is_left_out(calc: dict[str, Any]) -> None:
    for told in calc["told"]:
        assert list(told["cells"].values()) == ["60", "10", "6", "1.2"]


def test_the_ribbons_labels_are_in_the_language_of_excels_menus(calc: dict[str, Any]) -> None:
    for told in calc["told"]:
        assert told["called"] == ["催收簿", "案件", "周一一键"] * 2 + ["Dunbook", "Cases", "Monday"] * 2


def test_a_chinese_office_shows_chinese_labels_and_every_other_one_english_ones(calc: dict[str, Any]) -> None:
    for language, shown in calc["labels"].items():
        english = not language.startswith("zh")
        groups = grouped()
        assert (shown["menu"], shown["bar"]) == (("Dunbook",) * 2 if english else ("催收簿",) * 2), language
        assert shown["groups"] == [group[english] for group in groups], language
        assert shown["buttons"] == [face.en if english else face.zh for _, _, faces in groups for face in faces], language


CASE = {"案件编号": "A1", "客户姓名": "张三", "逾期金额": 12500, "应还日期": dt.date(2026, 9, 1), "催收员": "王丽"}


def test_with_the_product_itself_a_press_scores_the_open_ledger_and_functions_answer(tmp_path: Path) -> None:
    """The very .xlsm, its VBA, the extension, the live host and the rules, end to end."""
    ledger = filled_ledger(tmp_path, [CASE])
    right = xl_col_to_name(len(LEDGER.columns))  # the first column that a press adds
    job = {
        "books": [str(ledger)],
        "press": ["priority"],
        "read": [f"案件台账!{right}3", f"案件台账!{right}4"],
        "cells": {
            "=DC_DAYS_PAST_DUE(@;DATE(2026;11;23))": [46266],
            "=DC_MASK_NAME(@)": ["张三丰"],
            "=DC_CHECK_PHONE(@)": ["13800000001"],
            "=DC_LIMITATION_DATE(@)-DATE(2029;9;1)": [46266],
            "=DC_CHECK_PHONE(Z99)&DC_MASK_NAME(Z99)&DC_DAYS_PAST_DUE(Z99;DATE(2026;11;23))": [],
            "=DC_PRIORITY(900;DATE(2026;9;1);DATE(2026;11;23);0;Z99;Z99)=DC_PRIORITY(900;DATE(2026;9;1);DATE(2026;11;23))": [],
        },
    }
    told = run("in_calc.py", tmp_path, calc_extension(udfs.FUNCTIONS), PRODUCT, job)[0]
    assert list(told["cells"].values()) == ["83", "张**", "正确", "0", "", "1"]
    header, score = told["read"]
    assert header == "优先级"
    assert 0 < float(score) <= 100


def test_letters_are_made_by_the_python_of_the_office(tmp_path: Path) -> None:
    """Their process is started by LibreOffice's own Python, which knows our packages from the extension only."""
    ledger = filled_ledger(tmp_path, [{**CASE, "地址": "广东省广州市天河区体育西路1号"}])
    host = FileHost(ledger)
    settings = host.read("设置")
    wanted = {
        "债权人名称": "演示银行",
        "收款户名": "演示银行",
        "开户行": "演示银行营业部",
        "收款账号": "6222000000000001",
        "联系方式": "400-000-0000",
    }
    at = {str(row[0]): settings.top + i for i, row in enumerate(settings.cells)}
    host.write(CellWrite("设置", [(at[name], 2, value) for name, value in wanted.items()]))
    host.save()
    host.close()
    run("in_calc.py", tmp_path, calc_extension(udfs.FUNCTIONS), PRODUCT, {"books": [str(ledger)], "press": ["letters"]})
    assert len(list(tmp_path.glob("*-信函/*.docx"))) == 1


@pytest.mark.shared
def test_old_workbooks_are_read_by_the_python_of_the_office(shared: Path) -> None:
    """The same of the process that reads .xls, such as a bank's statement that is imported in Calc."""
    script = (
        "import site, sys; [site.addsitedir(p) for p in sys.argv[2:]]; import pathlib; from macros_py.hosts.legacy import read_legacy; "
    )
    script += "print(len(read_legacy(pathlib.Path(sys.argv[1]).read_bytes())))"
    statement = shared / "data" / "statements" / "ccb-debit.xls"
    command = [SYSTEM_PYTHON, "-c", script, str(statement), *map(str, PRODUCT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr[-500:]
