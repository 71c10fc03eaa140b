"""The list of what installing does on Windows, computed anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PureWindowsPath as W

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros_py.installing.actions import SetRegistryValue, WriteText, told
from macros_py.installing.conf import in_ascii
from macros_py.installing.removing import identities
from macros_py.installing.windows import Location, Pc, Wanted, plan
from macros_py.installing.words import InstallError

HOME = r"C:\Users\王丽"
ENVIRONMENT = {"LOCALAPPDATA": HOME + r"\AppData\Local", "APPDATA": HOME + r"\AppData\Roaming", "USERPROFILE": HOME}
WANTED = Wanted(W(r"D:\dist\dunbook.xlam"), [W(r"D:\dist\ledger.xlsm")], version="0.1.0", xlwings_version="0.37.8")


def pc(**other: object) -> Pc:
    facts: dict[str, object] = {
        "environment": ENVIRONMENT,
        "interpreter": W(r"C:\Python311\python.exe"),
        "package": W(r"C:\Python311\Lib\site-packages"),
        "offices": ["16.0"],
    }
    return Pc(**{**facts, **other})  # type: ignore[arg-type]


def lines(actions: Sequence[object]) -> str:
    return "\n".join(told(a).en for a in actions).replace(HOME, "~")  # type: ignore[arg-type]


def test_the_list_for_an_installed_python() -> None:
    assert (
        lines(plan(pc(), WANTED))
        == r"""make the folder ~\.dunbook
write ~\.dunbook\dunbook.conf
make the folder ~\AppData\Roaming\Microsoft\Excel\XLSTART
copy dunbook.xlam to ~\AppData\Roaming\Microsoft\Excel\XLSTART\dunbook.xlam
make the folder ~\Dunbook
put ~\Dunbook\ledger.xlsm (a file of that name stays)
registry HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Location0: Path = ~\AppData\Roaming\Microsoft\Excel\XLSTART\
registry HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Location0: AllowSubfolders = 1
registry HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Location0: Description = Dunbook
registry HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Location1: Path = ~\Dunbook\
registry HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Location1: AllowSubfolders = 1
registry HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\Location1: Description = Dunbook"""
    )


def conf(**other: object) -> str:
    return next(a.text for a in plan(pc(**other), WANTED) if isinstance(a, WriteText))


def test_the_conf_file_names_python_and_the_versions() -> None:
    assert conf().split("\r\n") == [
        r'"INTERPRETER_WIN","C:\Python311\python.exe"',
        r'"PYTHONPATH","C:\Python311\Lib\site-packages"',
        '"ADD_WORKBOOK_TO_PYTHONPATH","False"',
        '"USE UDF SERVER","False"',
        '"SHOW CONSOLE","False"',
        '"DUNBOOK_INSTALLED","0.1.0"',
        '"XLWINGS_INSTALLED","0.37.8"',
        "",
    ]


def test_a_chinese_user_name_stays_out_of_the_conf_file() -> None:
    text = conf(interpreter=W(HOME + r"\AppData\Local\Programs\Python\python.exe"), package=W(HOME + r"\work\venv\Lib\site-packages"))
    assert text.isascii()
    assert r'"INTERPRETER_WIN","%LOCALAPPDATA%\Programs\Python\python.exe"' in text
    assert r'"PYTHONPATH","%USERPROFILE%\work\venv\Lib\site-packages"' in text


@pytest.mark.parametrize("path", [r"D:\工具\python.exe", HOME + r"\工具\python.exe", r"D:\a;b\python.exe", r"D:\100%\python.exe"])
def test_a_path_that_vba_cannot_read_is_refused(path: str) -> None:
    with pytest.raises(InstallError) as refusal:
        conf(interpreter=W(path))
    assert refusal.value.code == "path-not-ascii"
    assert path in refusal.value.words.zh


def test_the_python_of_a_bundle_is_copied_to_a_place_that_stays() -> None:
    bundle = W(r"E:\dunbook\program")
    there = pc(interpreter=bundle / "python.exe", package=bundle / "Lib" / "site-packages", program=bundle)
    actions = plan(there, WANTED)
    assert lines(actions[:5]).splitlines() == [
        r"make the folder ~\AppData\Local\Dunbook",
        r"copy the folder E:\dunbook\program to ~\AppData\Local\Dunbook\program-0.1.0",
        r"make the folder ~\AppData\Local\Dunbook\files",
        r"copy dunbook.xlam to ~\AppData\Local\Dunbook\files\dunbook.xlam",
        r"copy ledger.xlsm to ~\AppData\Local\Dunbook\files\ledger.xlsm",
    ]
    text = next(a.text for a in actions if isinstance(a, WriteText))
    assert r'"INTERPRETER_WIN","%LOCALAPPDATA%\Dunbook\program-0.1.0\python.exe"' in text
    assert r'"PYTHONPATH","%LOCALAPPDATA%\Dunbook\program-0.1.0\Lib\site-packages"' in text


def test_the_copied_python_puts_the_same_when_it_installs_once_more() -> None:
    bundle, kept = W(r"E:\dunbook\program"), W(ENVIRONMENT["LOCALAPPDATA"]) / "Dunbook" / "program-0.1.0"
    first, again = (plan(pc(interpreter=p / "python.exe", package=p / "Lib" / "site-packages", program=p), WANTED) for p in (bundle, kept))
    assert identities(again) == identities(first)
    assert [a for a in again if isinstance(a, WriteText)] == [a for a in first if isinstance(a, WriteText)]


def keys(actions: Sequence[object]) -> list[str]:
    return [f"{a.key[26:]} {a.value}" for a in actions if isinstance(a, SetRegistryValue) and a.name == "Path"]


def test_every_excel_gets_its_trusted_locations_beside_those_that_are_there() -> None:
    there = {"15.0": {"Location0": Location("C:\\Other\\"), "Location2": Location("%APPDATA%\\Microsoft\\Excel\\XLSTART\\")}}
    found = keys(plan(pc(offices=["16.0", "15.0"], locations=there), WANTED))
    assert [f.replace(HOME, "~").replace(r"\Excel\Security\Trusted Locations", "") for f in found] == [
        "16.0\\Location0 ~\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\",
        "16.0\\Location1 ~\\Dunbook\\",
        "15.0\\Location1 ~\\Dunbook\\",  # XLSTART is trusted there already, and not by us
    ]


def test_an_excel_that_was_never_started_finds_its_trusted_locations_when_it_is() -> None:
    never = keys(plan(pc(offices=[]), WANTED))
    assert [k.replace("Location5", "Location") for k in never] == keys(plan(pc(), WANTED))
    assert all("Location5" in k for k in never)  # its first start writes its own from 0 on
    assert [k[:4] for k in keys(plan(pc(offices=["15.0"]), WANTED))] == ["16.0", "16.0", "15.0", "15.0"]


def test_a_second_list_is_the_same_once_the_first_was_done() -> None:
    first = plan(pc(), WANTED)
    paths = {
        a.key.rpartition("\\")[2]: Location(str(a.value), "Dunbook") for a in first if isinstance(a, SetRegistryValue) and a.name == "Path"
    }
    assert plan(pc(locations={"16.0": paths}), WANTED) == first


NOT_TRUSTED = ["C:\\", "D:\\", HOME, HOME + r"\Downloads", r"C:\Users", r"\\server\share\books", "books"]
NOT_TRUSTED += [HOME + r"\Downloads\催收", HOME + r"\AppData\Local\Temp\x", HOME + r"\OneDrive - 公司\文档", r"E:\Cloud\books"]


@pytest.mark.parametrize("folder", NOT_TRUSTED)
def test_too_wide_a_folder_downloads_a_cloud_or_a_network_is_not_trusted(folder: str) -> None:
    wanted = Wanted(W("dunbook.xlam"), trust=[W(folder)])
    cloud = {"OneDriveCommercial": HOME + r"\OneDrive - 公司", "OneDrive": r"E:\Cloud"}
    with pytest.raises(InstallError) as refusal:
        plan(pc(environment={**ENVIRONMENT, **cloud}), wanted)
    assert refusal.value.code == "trust-too-wide"


def test_a_folder_of_workbooks_is_trusted_when_asked() -> None:
    wanted = Wanted(W("dunbook.xlam"), trust=[W(r"D:\催收")])
    assert keys(plan(pc(), wanted))[-1].endswith("Location2 D:\\催收\\")


PART = st.text("abcXYZ09 &.-_王丽工具%;,", min_size=1, max_size=8).filter(lambda t: t.strip(" .") == t)


@given(base=st.sampled_from([*ENVIRONMENT.values(), "D:\\", "\\\\server\\share"]), parts=st.lists(PART, min_size=1, max_size=4))
def test_what_stands_in_the_conf_file_is_ascii_and_means_the_same_path(base: str, parts: list[str]) -> None:
    path = W(base, *parts)
    try:
        text = in_ascii(path, ENVIRONMENT)
    except InstallError:
        assert not all(p.isascii() for p in parts) or set("%;,") & set("".join(parts))
        return
    assert text.isascii()
    assert not set(',;"') & set(text)
    for name, value in ENVIRONMENT.items():
        text = text.replace(f"%{name}%", value)
    assert W(text) == path
