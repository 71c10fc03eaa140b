"""Doing the list and taking it back: afterwards the PC is as it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from macros_py.installing import removing
from macros_py.installing.actions import Action, CopyFile, CopyFolder, MakeFolder, SetRegistryValue, WriteText
from macros_py.installing.applying import STAMP, Machine, Nothing, known, marked
from macros_py.installing.words import InstallError
from tests.installing.stand_ins import FakeRegistry, addin, tree

OFFICE = "Software\\Microsoft\\Office\\16.0\\Excel"
TRUSTED = OFFICE + "\\Security\\Trusted Locations\\Location0"


class Pc:
    """A PC with something on it already, and a folder that we install from."""

    def __init__(self, folder: Path) -> None:
        self.disk, self.source = folder / "disk", folder / "source"
        (self.disk / "home").mkdir(parents=True)
        (self.source / "program" / "Lib").mkdir(parents=True)
        (self.source / "program" / STAMP).write_text("abc")
        (self.source / "program" / "Lib" / "x.py").write_text("1")
        (self.source / "dunbook.xlam").write_bytes(b"addin")
        (self.source / "ledger.xlsm").write_bytes(b"empty ledger")
        self.registry = FakeRegistry({"Software": {}, OFFICE: {"Other": ("1", "REG_SZ")}})
        self.machine = Machine(self.disk / "ours" / "installed.json", self.registry, Nothing())

    @property
    def actions(self) -> list[Action]:
        home = self.disk / "home"
        return [
            MakeFolder(self.disk / "ours"),
            CopyFolder(self.source / "program", self.disk / "ours" / "program-1"),
            MakeFolder(home / "deep" / "XLSTART"),
            CopyFile(self.source / "dunbook.xlam", home / "deep" / "XLSTART" / "dunbook.xlam"),
            WriteText(home / "dunbook.conf", '"A","B"\r\n'),
            CopyFile(self.source / "ledger.xlsm", home / "ledger.xlsm", keep=True),
            SetRegistryValue(TRUSTED, "Path", "REG_SZ", "C:\\x\\"),
            SetRegistryValue(TRUSTED, "AllowSubfolders", "REG_DWORD", 1),
            SetRegistryValue(OFFICE, "Other", "REG_SZ", "2"),
        ]

    def install(self, actions: Sequence[Action] | None = None) -> list[bool]:
        done: list[bool] = []
        self.machine.do(self.actions if actions is None else actions, "1", lambda _, changed: done.append(changed))
        return done

    def uninstall(self) -> list[str]:
        return [w.en for w in removing.take_back(self.machine, known(self.machine.kept_at).others(()))]

    def state(self) -> tuple[object, object]:
        return tree(self.disk), {k: dict(v) for k, v in self.registry.held.items()}


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[Pc]:
    return Pc(tmp_path)  # type: ignore[return-value]


def test_everything_is_put_and_a_second_time_nothing_is_left_to_do(pc: Pc) -> None:
    assert all(pc.install())
    home = pc.disk / "home"
    assert (home / "deep" / "XLSTART" / "dunbook.xlam").read_bytes() == b"addin"
    assert (home / "dunbook.conf").read_bytes() == b'"A","B"\r\n'
    assert (pc.disk / "ours" / "program-1" / "Lib" / "x.py").read_text() == "1"
    assert pc.registry.held[TRUSTED] == {"Path": ("C:\\x\\", "REG_SZ"), "AllowSubfolders": (1, "REG_DWORD")}
    once = pc.state()
    assert not any(pc.install())
    assert pc.state() == once


def test_uninstalling_leaves_the_pc_as_it_was(pc: Pc) -> None:
    (pc.disk / "home" / "dunbook.conf").write_text("an older one")
    before = pc.state()
    pc.install()
    pc.install()
    assert pc.state() != before
    assert pc.uninstall() == []
    assert pc.state() == before


@pytest.mark.parametrize("step", range(9))
def test_an_installation_cut_off_anywhere_can_be_taken_back_or_done_again(pc: Pc, step: int) -> None:
    before = pc.state()

    def stop(action: Action, changed: bool) -> None:
        if action == pc.actions[step]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pc.machine.do(pc.actions, "1", stop)
    assert pc.uninstall() == []
    assert pc.state() == before
    with pytest.raises(KeyboardInterrupt):
        pc.machine.do(pc.actions, "1", stop)
    pc.install()
    assert pc.uninstall() == []
    assert pc.state() == before


def test_a_file_of_others_survives_a_power_cut_in_the_middle(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    conf = pc.disk / "home" / "dunbook.conf"
    conf.write_text("an older one")
    before = pc.state()

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    for place in ("shutil.copyfile", "_write"):
        monkeypatch.setattr(f"macros_py.installing.applying.{place}", cut)
        with pytest.raises(KeyboardInterrupt):
            pc.install([a for a in pc.actions if isinstance(a, WriteText)])
        monkeypatch.undo()
    pc.install()
    assert conf.read_text() != "an older one"
    pc.uninstall()
    assert pc.state() == before


def test_nothing_but_the_add_in_lies_where_excel_opens_everything(pc: Pc) -> None:
    start = pc.disk / "home" / "deep" / "XLSTART"
    start.mkdir(parents=True)
    (start / "dunbook.xlam").write_bytes(b"put there by hand")
    before = pc.state()
    pc.install()
    assert [p.name for p in start.iterdir()] == ["dunbook.xlam"]
    pc.uninstall()
    assert pc.state() == before


@pytest.mark.parametrize("noted", [False, True], ids=["list lost", "list lost before the last version was installed"])
def test_an_older_one_of_ours_does_not_come_back_when_the_list_was_lost(pc: Pc, monkeypatch: pytest.MonkeyPatch, noted: bool) -> None:
    (pc.source / "dunbook.xlam").write_bytes(addin(DUNBOOK_VERSION="0.0.9", XLWINGS_VERSION="0.37.8"))
    start, conf = pc.disk / "home" / "deep" / "XLSTART", pc.disk / "home" / "dunbook.conf"
    pc.install()
    conf.write_text('"INTERPRETER_WIN","x"\r\n"DUNBOOK_INSTALLED","0.0.9"\r\n')
    pc.machine.kept_at.unlink()
    (pc.source / "dunbook.xlam").write_bytes(addin(DUNBOOK_VERSION="0.1.0", XLWINGS_VERSION="0.37.8"))
    if noted:  # by a version that did not know its own again
        monkeypatch.setattr("macros_py.installing.applying.ours", lambda path: False)
    pc.install()
    monkeypatch.undo()
    pc.uninstall()
    assert not (start / "dunbook.xlam").exists()
    assert not conf.exists()
    assert not list(pc.disk.rglob("*.before-dunbook"))


def test_a_program_that_was_copied_half_goes_as_well(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pc.state()

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("macros_py.installing.applying._compile", cut)
    with pytest.raises(KeyboardInterrupt):
        pc.install()
    assert (pc.disk / "ours" / "program-1.part").exists()
    assert pc.uninstall() == []
    assert pc.state() == before


def test_a_folder_that_is_not_our_program_is_never_removed_whole(pc: Pc) -> None:
    pc.install()
    stranger = pc.disk / "ours" / "program-1"
    (stranger / STAMP).unlink()
    assert pc.uninstall() == [f"The folder {stranger} has no {STAMP} and does not look like our program: it stays."]
    assert (stranger / "Lib" / "x.py").exists()


def test_a_workbook_that_was_there_stays_and_so_does_one_that_was_worked_in(pc: Pc) -> None:
    ledger = pc.disk / "home" / "ledger.xlsm"
    ledger.write_bytes(b"a year of work")
    pc.install()
    assert ledger.read_bytes() == b"a year of work"
    pc.uninstall()
    assert ledger.read_bytes() == b"a year of work"
    ledger.unlink()
    pc.install()
    ledger.write_bytes(b"typed in")
    pc.install()
    assert ledger.read_bytes() == b"typed in"
    assert pc.uninstall() == [f"{ledger} was changed since it was installed and stays."]
    assert ledger.read_bytes() == b"typed in"


def test_what_was_changed_in_the_registry_since_stays(pc: Pc) -> None:
    pc.install()
    pc.registry.write(OFFICE, "Other", "REG_SZ", "3")
    assert pc.uninstall() == [f"Registry HKCU\\{OFFICE}: Other was changed since and stays."]
    assert pc.registry.held[OFFICE]["Other"] == ("3", "REG_SZ")
    assert TRUSTED not in pc.registry.held


def test_what_a_new_version_does_not_put_any_more_goes(pc: Pc) -> None:
    pc.install()
    fewer = [a for a in pc.actions if not isinstance(a, CopyFolder)]
    stale = known(pc.machine.kept_at).others(removing.identities(fewer))
    pc.install(fewer)
    removing.take_back(pc.machine, stale)
    assert not (pc.disk / "ours" / "program-1").exists()
    assert (pc.disk / "home" / "ledger.xlsm").exists()


def test_our_files_lose_the_mark_of_the_internet(pc: Pc) -> None:
    addin = pc.disk / "home" / "deep" / "XLSTART" / "dunbook.xlam"
    pc.install()
    Path(f"{addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    assert marked(addin)
    pc.install()
    assert not marked(addin)


def test_a_program_folder_that_lost_a_file_is_copied_again(pc: Pc) -> None:
    pc.install()
    lost = pc.disk / "ours" / "program-1" / "Lib" / "x.py"
    lost.unlink()
    assert pc.install()[1]
    assert lost.exists()


def test_compiled_modules_are_made_for_the_place_where_the_program_stays(pc: Pc) -> None:
    cache = pc.source / "program" / "Lib" / "__pycache__"
    cache.mkdir()
    (cache / "x.cpython-38.pyc").write_bytes(b"of the bundle's own place")
    pc.install()
    made = list((pc.disk / "ours" / "program-1" / "Lib" / "__pycache__").iterdir())
    assert [p.name for p in made] == [f"x.{sys.implementation.cache_tag}.pyc"]
    assert str(pc.disk / "ours" / "program-1" / "Lib" / "x.py").encode() in made[0].read_bytes()
    assert not any(pc.install())


def test_a_program_that_installs_once_more_from_its_own_place_changes_nothing(pc: Pc) -> None:
    pc.install()
    there = pc.disk / "ours" / "program-1"
    once = pc.state()
    assert not any(pc.install([CopyFolder(there, there) if isinstance(a, CopyFolder) else a for a in pc.actions]))
    assert pc.state() == once


def test_the_running_python_is_left_and_named(pc: Pc) -> None:
    pc.install()
    running = pc.disk / "ours" / "program-1"
    left = removing.take_back(pc.machine, known(pc.machine.kept_at).others(()), running)
    assert [w.en for w in left] == [f"The folder {running} runs this command: delete it afterwards (uninstall.cmd does so by itself)."]
    assert running.exists()


def test_a_file_in_use_is_said_in_words(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("macros_py.installing.applying._write", refuse)
    with pytest.raises(InstallError) as refusal:
        pc.install()
    assert refusal.value.code == "in-use"
    assert "dunbook.xlam" in refusal.value.words.zh
    monkeypatch.undo()
    pc.uninstall()


def test_what_is_in_use_is_said_and_goes_at_the_next_try(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pc.state()
    pc.install()

    def held(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        said = pc.uninstall()
    assert any("dunbook.xlam (PermissionError). It may be in use" in line for line in said)
    assert pc.uninstall() == []
    assert pc.state() == before


def test_a_damaged_record_is_said_and_nothing_is_done(pc: Pc) -> None:
    pc.install()
    pc.machine.kept_at.write_text('{"version": "1", "puts": [{"kind": "moon"}]}')
    with pytest.raises(InstallError) as refusal:
        pc.install()
    assert refusal.value.code == "manifest-damaged"
