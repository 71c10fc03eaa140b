"""The doctor: facts are judged by pure functions; the probe reads a registry and a disk of the test's own."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path, PureWindowsPath

import pytest

from macros_py import cli
from macros_py.installing import manifest, windows
from macros_py.installing.doctor import probe_windows
from macros_py.installing.doctor.facts import Book, Calc, Excel, Facts, Installed, Program
from macros_py.installing.doctor.judging import judge
from macros_py.installing.doctor.probing import installed
from macros_py.installing.manifest import Manifest, PutFile
from tests.installing.stand_ins import FakeRegistry, addin, program

HEALTHY = {
    "windows": Facts(
        "windows",
        Program("3.11.9", "64", "0.1.0", "0.37.8", "312"),
        Installed("0.1.0", conf_python="C:\\p\\python.exe"),
        Excel(("16.0",), "64", "Excel.Sheet.12", dll=True, addin="0.1.0", addin_xlwings="0.37.8", trusted=True),
    ),
    "linux": Facts(
        "linux",
        Program("3.11.9", "64", "0.1.0", "0.37.8"),
        Installed("0.1.0"),
        calc=Calc("7.4.7", unopkg=True, extension="0.1.0", python="3.11.2"),
    ),
}


def facts(system: str, text: str = "") -> Facts:
    """A healthy PC, but for the lines `part.field = value` (a Python value)."""
    found = HEALTHY[system]
    for line in text.strip().splitlines():
        place, _, value = line.partition("=")
        part, _, name = place.strip().partition(".")
        new = eval(value, {"Book": Book})
        found = dataclasses.replace(found, **{part: dataclasses.replace(getattr(found, part), **{name: new}) if name else new})
    return found


def judged(system: str, text: str = "") -> str:
    """What is not fine, as "level code"."""
    return "\n".join(f"{f.level} {f.code}" for f in judge(facts(system, text)) if f.level != "ok")


@pytest.mark.parametrize("system", ["windows", "linux"])
def test_a_healthy_pc_has_nothing_to_mend(system: str) -> None:
    assert judged(system) == ""
    assert len(judge(facts(system))) >= 4


WINDOWS = [
    ("program.python = '3.9.1'", "wrong python"),
    ("program.bits = '32'", "wrong python"),
    ("program.xlwings = ''", "wrong xlwings\nwrong addin-version"),
    ("program.pywin32 = ''", "wrong xlwings"),
    ("program.tk = ''", "warning tk"),
    ("installed.version = ''", "wrong installed"),
    ("installed.version = '0.0.9'", "wrong installed"),
    ("installed.damaged = True", "wrong installed"),
    ("installed.lost = ('dunbook.xlam',)", "wrong lost"),
    ("installed.conf_python_there = False", "wrong interpreter"),
    ("excel.offices = ()", "wrong excel"),
    ("excel.offices = ()\nexcel.wps = True", "wrong excel"),
    ("excel.wps = True", ""),
    ("excel.wps = True\nexcel.opens = 'WPS.XLSX.6'", "warning wps"),
    ("excel.wps = True\nexcel.opens = 'ET.Xlsx.6'", "warning wps"),
    ("excel.bits = '32'", ""),
    ("excel.bits = '32'\nexcel.dll = False", "wrong xlwings-dll"),
    ("excel.addin = ''", "wrong addin"),
    ("excel.addin = '0.0.9'", "wrong addin-version"),
    ("excel.addin_xlwings = '0.36.0'", "wrong addin-version"),
    ("excel.addin_xlwings = ''", ""),
    ("excel.addin_marked = True", "wrong addin-marked"),
    ("excel.addin_disabled = True", "wrong addin-disabled"),
    ("excel.trusted = False", "wrong trust"),
    ("excel.trust_forbidden = True", "wrong trust"),
    ("excel.start_on_network = True", "warning start-on-network"),
    ("excel.start_on_network = True\nexcel.offices = ()", "wrong excel"),
    ("excel.macros = 4", ""),
    ("excel.macros = 4\nexcel.macros_by_policy = True", "warning macros"),
    ("book = Book('a.xlsm', cloud=True)", "warning cloud"),
    ("book = Book('a.xlsm', marked=True)", "wrong book-marked"),
    ("book = Book('a.xlsm', network=True, macros=True)", "warning network"),
    ("book = Book('a.xlsx', network=True)", ""),
    ("book = Book('a.xlsm', dunbook='0.0.1')", "warning book-version"),
]
LINUX = [
    ("program.tk = ''", "warning tk"),
    ("calc.version = ''\ncalc.unopkg = False", "wrong libreoffice"),
    ("calc.root = True\ncalc.extension = ''", "warning root"),
    ("calc.extension = ''", "wrong extension"),
    ("calc.extension = '0.0.9'", "wrong extension"),
    ("calc.python = ''", "wrong office-python"),
    ("calc.python = '3.12.1'", "wrong office-python"),
]


@pytest.mark.parametrize(("text", "found"), WINDOWS, ids=[t for t, _ in WINDOWS])
def test_what_is_wrong_on_windows(text: str, found: str) -> None:
    assert judged("windows", text) == found


@pytest.mark.parametrize(("text", "found"), LINUX, ids=[t for t, _ in LINUX])
def test_what_is_wrong_on_linux(text: str, found: str) -> None:
    assert judged("linux", text) == found


@pytest.mark.parametrize(("system", "text"), [*(("windows", t) for t, _ in WINDOWS), *(("linux", t) for t, _ in LINUX)])
def test_every_finding_says_what_to_do_in_both_languages(system: str, text: str) -> None:
    for finding in judge(facts(system, text)):
        for words in (finding.what, finding.remedy) if finding.level != "ok" else (finding.what,):
            assert words.zh
            assert words.en
            assert words.en.replace("→", "").isascii()
            assert words.zh != words.en or finding.level == "ok"


def test_a_guard_against_viruses_is_named_where_files_are_gone() -> None:
    found = next(f for f in judge(facts("windows", "installed.lost = ('dunbook.xlam',)\nantivirus = ('360', '火绒')")) if f.code == "lost")
    assert "dunbook.xlam" in found.what.zh
    assert "360、火绒" in found.what.zh


def test_a_guard_against_viruses_is_named_before_it_takes_anything() -> None:
    found = judge(facts("windows", "antivirus = ('Windows Defender', '火绒')"))
    told = [f for f in found if f.code == "antivirus"]
    assert [(f.level, "火绒" in f.what.zh, "Defender" in f.what.zh, f.what.en.isascii()) for f in told] == [("ok", True, False, True)]
    assert "antivirus" not in [f.code for f in judge(facts("windows", "antivirus = ('Windows Defender',)"))]
    assert "antivirus" not in [f.code for f in judge(facts("windows", "antivirus = ('360',)\ninstalled.lost = ('dunbook.xlam',)"))]


OFFICE = "Software\\Microsoft\\Office\\16.0\\Excel"
POLICY = "Software\\Policies\\Microsoft\\Office\\16.0\\Excel\\Security"


def windows_pc(tmp_path: Path, more: dict[str, dict[str, tuple[object, str]]] | None = None, **settings: str) -> Excel:
    """The probe on a registry and a disk of the test's own."""
    start = tmp_path / "Microsoft" / "Excel" / "XLSTART"
    start.mkdir(parents=True, exist_ok=True)
    (start / "dunbook.xlam").write_bytes(addin(**(settings or {"DUNBOOK_VERSION": "0.1.0", "XLWINGS_VERSION": "0.37.8"})))
    (tmp_path / "excel.exe").write_bytes(program(0x14C))
    (tmp_path / "xlwings32-0.37.8.dll").write_bytes(b"")
    user = FakeRegistry({OFFICE: {}, **(more or {})})  # type: ignore[dict-item]
    app = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe"
    machine = FakeRegistry({app: {"": (f'"{tmp_path / "excel.exe"}"', "REG_SZ")}})
    return probe_windows.excel(user, machine, {"APPDATA": str(tmp_path)}, tmp_path, "0.37.8")


def test_the_probe_reads_excel_its_bitness_the_dll_and_the_versions_of_the_add_in(tmp_path: Path) -> None:
    assert windows_pc(tmp_path) == Excel(("16.0",), "32", dll=True, addin="0.1.0", addin_xlwings="0.37.8")
    assert windows_pc(tmp_path, OTHER="x").addin == "?"


def test_the_probe_reads_trust_policies_marks_and_disabled_items(tmp_path: Path) -> None:
    start = "%APPDATA%\\Microsoft\\Excel\\XLSTART\\"
    disabled = "C:\\...\\DUNBOOK.XLAM".encode("utf-16-le")
    seen = windows_pc(
        tmp_path,
        {
            f"{OFFICE}\\Resiliency\\DisabledItems": {"1F2E": (disabled, "REG_BINARY")},
            f"{OFFICE}\\Security": {"VBAWarnings": (2, "REG_DWORD")},
            POLICY: {"VBAWarnings": (4, "REG_DWORD")},
            f"{POLICY}\\Trusted Locations": {"AllLocationsDisabled": (1, "REG_DWORD")},
            "Software\\Kingsoft\\Office": {},
            "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\FileExts\\.xlsx\\UserChoice": {"ProgId": ("ET.Xlsx.6", "REG_SZ")},
        },
    )
    assert (seen.addin_disabled, seen.macros, seen.macros_by_policy, seen.trust_forbidden) == (True, 4, True, True)
    assert (seen.wps, seen.opens, seen.trusted) == (True, "ET.Xlsx.6", False)
    trusted = {f"{OFFICE}\\Security\\Trusted Locations\\Location3": {"Path": (start, "REG_SZ")}}
    user = FakeRegistry({OFFICE: {}, **trusted})  # type: ignore[dict-item]
    assert probe_windows._trusted(user, "16.0", PureWindowsPath("C:\\R\\Microsoft\\Excel\\XLSTART"), {"APPDATA": "C:\\R"})
    Path(f"{tmp_path / 'Microsoft' / 'Excel' / 'XLSTART' / 'dunbook.xlam'}:Zone.Identifier").write_text("ZoneId=3")
    assert windows_pc(tmp_path).addin_marked


def test_an_excel_for_which_only_installing_made_a_key_was_never_started(tmp_path: Path) -> None:
    start = tmp_path / "Microsoft" / "Excel" / "XLSTART"
    ours = {f"{OFFICE}\\Security\\Trusted Locations\\Location0": {"Path": (f"{start}\\", "REG_SZ")}}
    assert windows_pc(tmp_path, ours).offices == ()  # type: ignore[arg-type]
    assert windows_pc(tmp_path, {**ours, f"{OFFICE}\\Options": {}}).offices == ("16.0",)  # type: ignore[dict-item]


def test_a_start_folder_on_a_network_is_seen(tmp_path: Path) -> None:
    assert not windows_pc(tmp_path).start_on_network
    there = probe_windows.excel(FakeRegistry({}), FakeRegistry({}), {"APPDATA": r"\\server\profiles\a"}, tmp_path, "")
    assert there.start_on_network


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        ("C:\\Users\\a\\OneDrive - 公司\\台账.xlsm", True),
        ("https://company.sharepoint.com/台账.xlsm", True),
        ("C:\\Users\\a\\Dunbook\\台账.xlsm", False),
    ],
)
def test_onedrive_and_sharepoint_are_told(path: str, cloud: bool) -> None:
    assert windows.in_cloud(path, {"OneDriveCommercial": "C:\\Users\\a\\OneDrive - 公司", "OneDrive": ""}) is cloud


def test_what_was_installed_and_is_gone(tmp_path: Path) -> None:
    conf, xlam, book = (tmp_path / n for n in ("dunbook.conf", "dunbook.xlam", "ledger.xlsm"))
    conf.write_text('"INTERPRETER_WIN","/no/python.exe"\r\n')
    manifest.save(tmp_path / manifest.NAME, Manifest("0.1.0", [PutFile(str(p), "") for p in (conf, xlam, book)]))
    assert installed(tmp_path) == Installed("0.1.0", lost=("dunbook.xlam",), conf_python="/no/python.exe", conf_python_there=False)
    (tmp_path / manifest.NAME).write_text("{}")
    assert installed(tmp_path).damaged
    assert installed(tmp_path / "none") == Installed()


@pytest.mark.office
def test_the_command_on_this_pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DUNBOOK_HOME", str(tmp_path))
    assert cli.main(["doctor", "--json", "--lang", "en"]) == 1
    found = {f["code"]: f for f in json.loads(capsys.readouterr().out)}
    assert found["python"]["level"] == "ok"
    assert found["installed"]["level"] == "wrong"
    assert found["installed"]["remedy"].startswith("Run dunbook install")
    assert found["libreoffice"]["what"].startswith("LibreOffice ")
    assert cli.main(["doctor", "--book", str(tmp_path / "none.xlsm")]) == 3
    assert "none.xlsm" in capsys.readouterr().err
