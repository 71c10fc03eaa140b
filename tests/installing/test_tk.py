"""Tk of an ordinary Python for Windows in a bundle: what is taken, where it goes, and which Tk is refused."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from macros_py import __version__, cli
from macros_py.installing import bundle, embedded, this_pc, tk, wheels
from macros_py.installing.built import look
from macros_py.installing.executables import bits, imports
from macros_py.installing.words import InstallError
from tests.installing.stand_ins import addin, installation, program
from tests.installing.test_bundle import PINS, python_zip

TAKEN = {
    "program/_tkinter.pyd",  # beside python.exe, which is where Windows looks for the DLLs of a .pyd
    "program/tcl86t.dll",
    "program/tk86t.dll",
    "program/zlib1.dll",
    "program/Lib/site-packages/tkinter/__init__.py",
    "program/Lib/site-packages/tkinter/filedialog.py",
    "program/tcl/tcl8.6/init.tcl",
    "program/tcl/tcl8.6/encoding/cp936.enc",
    "program/tcl/tcl8/8.6/msgcat-1.6.1.tm",
    "program/tcl/tk8.6/tk.tcl",
    "program/tcl/tk8.6/ttk/ttk.tcl",
}


def refused(folder: Path, zip_path: Path) -> InstallError:
    python = embedded.opened(zip_path)
    with python.package, pytest.raises(InstallError) as refusal:
        tk.of_installation(folder, python)
    return refusal.value


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two real wheels for Windows: one with a DLL for each machine, one with a module compiled for Python 3.11."""
    folder = tmp_path_factory.mktemp("wheels")
    (folder / "pins.txt").write_text("".join(f"{name}=={version}\n" for name, version in PINS.items()))
    wheels.fetch([folder / "pins.txt"], (3, 11), folder)
    return folder


@pytest.fixture
def ingredients(tmp_path: Path) -> bundle.Ingredients:
    built, source = tmp_path / "dist", tmp_path / "source" / "macros_py"
    built.mkdir()
    source.mkdir(parents=True)
    (built / "dunbook.xlam").write_bytes(addin(DUNBOOK_VERSION=__version__))
    (source / "__init__.py").write_text("v = 1\n")
    return bundle.Ingredients(python_zip(tmp_path / "embed.zip"), [], source.parent, look(built))


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as package:
        return {name.partition("/")[2] for name in package.namelist()}


def test_the_dlls_that_real_programs_import_are_read(fetched: Path) -> None:
    with zipfile.ZipFile(next(fetched.glob("markupsafe*.whl"))) as package:
        compiled = package.read("markupsafe/_speedups.cp311-win_amd64.pyd")
    assert "python311.dll" in imports(compiled)
    with zipfile.ZipFile(next(fetched.glob("xlwings*.whl"))) as package:
        dlls = {bits(d): imports(d) for name in package.namelist() if name.endswith(".dll") for d in [package.read(name)]}
    assert set(dlls) == {"32", "64"}
    assert all("kernel32.dll" in found for found in dlls.values())
    for cut in range(0, len(compiled), len(compiled) // 40):
        assert set(imports(compiled[:cut])) <= set(imports(compiled))
    assert imports(program(imports=["a.dll"])) == ("a.dll",)
    assert imports(program()) == imports(b"MZ") == imports(b"") == ()


def test_what_is_taken_and_that_nothing_else_is(tmp_path: Path, ingredients: bundle.Ingredients) -> None:
    bundle.make(ingredients, tmp_path / "without.zip")
    lent = bundle.Ingredients(ingredients.python, [], ingredients.source, ingredients.built, installation(tmp_path / "Python 3.11 安装"))
    bundle.make(lent, tmp_path / "with.zip")
    assert names(tmp_path / "with.zip") - names(tmp_path / "without.zip") == TAKEN
    first = (tmp_path / "with.zip").read_bytes()
    for path in (tmp_path / "Python 3.11 安装").rglob("*"):
        path.touch()
    bundle.make(lent, tmp_path / "with.zip")
    assert (tmp_path / "with.zip").read_bytes() == first


def test_a_dll_that_is_not_needed_is_not_wanted(tmp_path: Path) -> None:
    folder = installation(tmp_path / "py", without="DLLs/zlib1.dll")
    (folder / "DLLs" / "tcl86t.dll").write_bytes(program(imports=["KERNEL32.dll"]))  # before 3.11 Tcl had zlib inside
    python = embedded.opened(python_zip(tmp_path / "e.zip"))
    with python.package:
        found = tk.of_installation(folder, python)
    assert ([p.name for p in found.dlls], found.version) == (["_tkinter.pyd", "tcl86t.dll", "tk86t.dll"], "8.6")


@pytest.mark.parametrize(
    "lost",
    [
        "DLLs/_tkinter.pyd",
        "DLLs/tcl86t.dll",
        "DLLs/tk86t.dll",
        "DLLs/zlib1.dll",
        "Lib/tkinter/__init__.py",
        "tcl/tcl8.6/init.tcl",
        "tcl/tk8.6/tk.tcl",
    ],
)
def test_a_tk_with_a_part_missing_is_refused_and_the_part_named(tmp_path: Path, lost: str) -> None:
    refusal = refused(installation(tmp_path / "py", without=lost), python_zip(tmp_path / "e.zip"))
    assert refusal.code == "tk-missing"
    for lang in ("zh", "en"):
        assert lost.replace("/", "\\") in refusal.words.text(lang)
        assert "--tk" in refusal.words.text(lang)


def test_a_tk_of_another_python_or_machine_is_refused(tmp_path: Path) -> None:
    wanted = python_zip(tmp_path / "e.zip")
    other = refused(installation(tmp_path / "py312", minor=12), wanted)
    assert (other.code, "Python 3.12" in other.words.zh, "3.11" in other.words.en) == ("tk-other-python", True, True)
    for machine, told in ((0x14C, "32"), (0xAA64, "ARM64")):
        other = refused(installation(tmp_path / told, machine=machine), wanted)
        assert (other.code, told in other.words.zh, told in other.words.en) == ("tk-other-bits", True, True)
    for data in (b"", b"MZ", program()):  # no program, a torn one, one that imports no Python
        folder = installation(tmp_path / "torn")
        (folder / "DLLs" / "_tkinter.pyd").write_bytes(data)
        assert refused(folder, wanted).code == "tk-other-python"
    assert refused(tmp_path / "none", wanted).code == "tk-missing"


def test_the_command_takes_tk_by_name_or_says_what_will_not_work(
    tmp_path: Path, fetched: Path, ingredients: bundle.Ingredients, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["bundle", "--python", str(ingredients.python), "--wheels", str(fetched), "--files", str(ingredients.built.folder)]
    command += ["--requirements", str(fetched / "pins.txt"), "--out"]
    right, wrong = installation(tmp_path / "right"), installation(tmp_path / "wrong", minor=12)

    assert cli.main([*command, str(tmp_path / "a.zip")]) == 0
    said = capsys.readouterr().out
    assert all(words in said for words in ("没有带上 Tk", "导入流水、还款方案、还款协议", "停止", "--tk", "Python 3.11"))
    assert not TAKEN & names(tmp_path / "a.zip")

    assert cli.main([*command, str(tmp_path / "b.zip"), "--tk", str(right)]) == 0
    assert "Tk" not in capsys.readouterr().out
    assert names(tmp_path / "b.zip") >= TAKEN

    assert cli.main([*command, str(tmp_path / "c.zip"), "--tk", str(wrong), "--lang", "en"]) == 3
    assert "Python 3.12" in capsys.readouterr().err
    assert not (tmp_path / "c.zip").exists()

    monkeypatch.setattr(this_pc, "lends_tk", lambda: wrong)  # on Windows: the Python that runs this, where it fits
    assert cli.main([*command, str(tmp_path / "d.zip"), "--lang", "en"]) == 0
    assert "is for Python 3.12" in capsys.readouterr().out
    monkeypatch.setattr(this_pc, "lends_tk", lambda: right)
    assert cli.main([*command, str(tmp_path / "e.zip"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tk"] is True
    assert names(tmp_path / "e.zip") >= TAKEN


def test_only_windows_lends_tk_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert this_pc.lends_tk() == (Path(sys.base_prefix) if sys.platform == "win32" else None)
    monkeypatch.setattr(sys, "platform", "win32")
    assert this_pc.lends_tk() == Path(sys.base_prefix)


@pytest.mark.office
def test_the_doctor_finds_the_tk_of_a_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from macros_py.installing.doctor import probing

    monkeypatch.setattr(shutil, "which", lambda _: sys.executable)
    assert probing._tk()[:2] in ("8.", "9.")
    (tmp_path / "python3").write_text(f'#!/bin/sh\nexec {sys.executable} -S -c "raise SystemExit(1)"\n')
    (tmp_path / "python3").chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path / "python3"))
    assert probing._tk() == ""
