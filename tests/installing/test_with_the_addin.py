"""What `make build` makes and what installing expects of it are the same names, sheets, keys and versions."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from addin import build, hidden
from addin.xlwings_vba import PROJECT
from macros_py import __version__
from macros_py.installing import built, conf, linux
from macros_py.installing.actions import WriteText
from macros_py.installing.installation import xlwings_version

ADDIN = Path(build.__file__).parent


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build.build(folder)
    return folder


def test_the_built_files_are_found_and_carry_the_versions_of_this_program(dist: Path) -> None:
    found = built.look(dist)
    assert found.addin is not None
    assert found.extension is not None
    assert built.carried(found.addin) == built.Carried(__version__, xlwings_version())
    assert built.extension_version(found.extension) == __version__


def test_the_macros_ask_for_settings_that_the_conf_file_or_the_hidden_sheet_holds() -> None:
    assert conf.PROJECT == PROJECT
    written = {line.split('"')[1] for line in conf.conf_text("p", ["f"], "1", "2").splitlines()}
    asked = {key for path in (ADDIN / "vba").glob("*.bas") for key in re.findall(r'GetConfig\("([^"]+)"', path.read_text("ascii"))}
    assert asked
    assert asked <= written | {key for key, _ in hidden.SETTINGS}


def test_the_extension_reads_the_note_that_installing_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUNBOOK_HOME", str(tmp_path))
    folder = tmp_path / "包"
    folder.mkdir()
    pc = linux.Pc(tmp_path, [folder], (sys.version_info[0], sys.version_info[1]), Path("unopkg"))
    note = next(a for a in linux.plan(pc, Path("dunbook.oxt")) if isinstance(a, WriteText))
    Path(note.path).write_text(note.text, "ascii")
    space: dict[str, object] = {"__name__": "dunbook_path"}
    exec((ADDIN / "calc" / "python" / "pythonpath" / "dunbook_path.py").read_text("utf-8"), space)
    assert space["WHERE"] == note.path
    held = json.loads(Path(note.path).read_text("utf-8"))
    assert (held["folders"], held["python"]) == ([str(folder)], list(sys.version_info[:2]))
    before = list(sys.path)
    monkeypatch.delitem(sys.modules, "macros_py")
    try:
        space["make_importable"]()  # type: ignore[operator]
        assert str(folder) in sys.path
    finally:
        sys.path[:] = before
