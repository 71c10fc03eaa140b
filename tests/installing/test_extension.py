"""The extension in a real LibreOffice, in a profile of the test's own, and the versions that built files carry."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from macros_py import __version__, cli
from macros_py.installing import built, linux
from macros_py.installing.applying import Machine, Nothing, known
from macros_py.installing.extensions import Unopkg, find
from macros_py.installing.removing import take_back
from macros_py.installing.words import InstallError
from tests.installing.stand_ins import addin, extension

NOBODY = 65534


@pytest.fixture
def anyones() -> Iterator[Path]:
    """A folder in which another user may write: LibreOffice does not let root add an extension."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def unprivileged(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, user=NOBODY if os.geteuid() == 0 else None)


@pytest.mark.office
def test_the_extension_is_added_once_and_taken_away_again(anyones: Path) -> None:
    source, profile = anyones / "dunbook.oxt", anyones / "profile"
    source.write_bytes(extension("0.1.0"))
    unopkg = find()
    assert unopkg is not None
    office = Unopkg(unopkg, unprivileged)
    machine = Machine(anyones / "ours" / "installed.json", Nothing(), office)
    actions = linux.plan(linux.Pc(anyones / "ours", [Path("/x")], (3, 11), unopkg, root=False, profile=profile), source)

    def install() -> list[bool]:
        done: list[bool] = []
        machine.do(actions, "1", lambda _, changed: done.append(changed))
        return done

    assert install() == [True, True, True]
    assert office.has(built.EXTENSION_ID, profile)
    assert (anyones / "ours" / "calc.json").read_text() == '{"folders": ["/x"], "python": [3, 11]}\n'
    assert install() == [False, False, False]
    source.write_bytes(extension("0.2.0"))  # a newer one takes its place
    assert install() == [False, False, True]
    assert office.version(built.EXTENSION_ID, profile) == "0.2.0"
    assert take_back(machine, known(machine.kept_at).others(())) == []
    assert not office.has(built.EXTENSION_ID, profile)
    assert not (anyones / "ours").exists()


@pytest.mark.office
def test_an_extension_that_libreoffice_refuses_is_said(anyones: Path) -> None:
    broken = anyones / "dunbook.oxt"
    broken.write_bytes(b"no zip")
    unopkg = find()
    assert unopkg is not None
    with pytest.raises(InstallError) as refusal:
        Unopkg(unopkg, unprivileged).add(broken, anyones / "profile")
    assert refusal.value.code == "unopkg"


def test_root_and_a_pc_without_libreoffice_are_told_what_to_do() -> None:
    for pc, code in (
        (linux.Pc(Path("/h"), [], (3, 11), None), "no-libreoffice"),
        (linux.Pc(Path("/h"), [], (3, 11), Path("/usr/bin/unopkg"), root=True), "root"),
    ):
        with pytest.raises(InstallError) as refusal:
            linux.plan(pc, Path("dunbook.oxt"))
        assert refusal.value.code == code


def test_versions_are_read_from_the_built_files_and_compared(tmp_path: Path) -> None:
    path = tmp_path / "dunbook.xlam"
    path.write_bytes(addin(DUNBOOK_VERSION="0.1.0", XLWINGS_VERSION="0.37.8"))
    assert built.carried(path) == built.Carried("0.1.0", "0.37.8")
    built.check_versions(path, built.carried(path), "0.1.0", "0.37.8")
    for ours in (("0.2.0", "0.37.8"), ("0.1.0", "0.38.0")):
        with pytest.raises(InstallError) as refusal:
            built.check_versions(path, built.carried(path), *ours)
        assert refusal.value.code == "version-differs"
    path.write_bytes(b"cut")
    with pytest.raises(InstallError) as refusal:
        built.carried(path)
    assert refusal.value.code == "addin-unreadable"


def test_an_extension_of_others_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "dunbook.oxt"
    path.write_bytes(extension("0.1.0"))
    assert built.extension_version(path) == "0.1.0"
    path.write_bytes(extension("0.1.0", "org.other"))
    with pytest.raises(InstallError):
        built.extension_version(path)


@pytest.fixture
def linux_pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Linux with LibreOffice, whoever runs the test."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("DUNBOOK_HOME", str(tmp_path / "ours"))
    monkeypatch.setattr("macros_py.installing.extensions.find", lambda: Path("/usr/bin/unopkg"))
    return tmp_path


def test_the_command_shows_first_what_it_will_do(linux_pc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (linux_pc / "dunbook.oxt").write_bytes(extension(__version__))
    assert cli.main(["install", "--files", str(linux_pc), "--dry-run", "--lang", "en"]) == 0
    said = capsys.readouterr().out.replace(str(linux_pc), "")
    assert said.splitlines() == [
        "· make the folder /ours",
        "· write /ours/calc.json",
        "· add the extension dunbook.oxt to LibreOffice",
        "Dry run: nothing was changed.",
    ]
    assert not (linux_pc / "ours").exists()


def test_what_was_not_built_is_said(linux_pc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["install", "--files", str(linux_pc)]) == 3
    assert "make build" in capsys.readouterr().err
    (linux_pc / "dunbook.oxt").write_bytes(extension("9.9"))
    assert cli.main(["install", "--files", str(linux_pc), "--json"]) == 3
    assert '"version-differs"' in capsys.readouterr().out


def test_uninstalling_where_nothing_is(linux_pc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["uninstall"]) == 0
    assert "没有安装" in capsys.readouterr().out
