"""The very files that are handed out, in LibreOffice: buttons stay bound, a press goes through the VBA into Python, functions calculate."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from macros_py.buttons.faces import controls
from workbook_templates.contents import BOOKS

pytestmark = pytest.mark.office

SYSTEM_PYTHON = "/usr/bin/python3"  # LibreOffice's own
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
    app, home = folder / "app" / "macros_py", folder / "home"
    for made in (app, home):
        made.mkdir(parents=True)
    for name, text in PACKAGE.items():
        (app / name).write_text(text)
    version = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import sys; print(list(sys.version_info[:2]))"], capture_output=True, text=True, check=True
    )
    (home / "calc.json").write_text(json.dumps({"folders": [str(app.parent)], "python": json.loads(version.stdout)}))
    with zipfile.ZipFile(io.BytesIO(built["dunbook.oxt"])) as extension:
        extension.extractall(folder / "extensions" / "dunbook.oxt")
    books = []
    for book in BOOKS:
        path = folder / book.file
        path.write_bytes(built[book.file])
        books.append(str(path))
    job = {
        "extensions": str(folder / "extensions"),
        "books": books,
        "press": ["check", "undo", "rm -rf /", "check,undo"],
        "cells": {"=DC_DAYS_LATE(@)": [40], "=DC_DAYS_LATE(@;50)": [40], "=SUM(DC_SCORE(K21:M21))": [1, 2, 3], "=DC_VERSION()": []},
    }
    script = Path(__file__).with_name("in_calc.py")
    run = subprocess.run([SYSTEM_PYTHON, script, folder], input=json.dumps(job), capture_output=True, text=True, check=False, timeout=180)
    assert run.returncode == 0, run.stderr[-2000:]
    return {"told": json.loads(run.stdout), "pressed": (app / "pressed.txt").read_text().splitlines()}


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
