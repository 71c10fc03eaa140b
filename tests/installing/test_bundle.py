"""The bundle for PCs without Python: real Windows wheels, a zip that stands in for the embeddable Python."""

from __future__ import annotations

import hashlib
import io
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from macros_py import __version__, cli
from macros_py.installing import bundle, bundle_texts, embedded, wheels, zips
from macros_py.installing.applying import STAMP
from macros_py.installing.built import look
from macros_py.installing.words import InstallError
from tests.installing.stand_ins import addin, program, tree

PINS = {"xlwings": "0.37.8", "markupsafe": "3.0.4"}  # one with a DLL beside Python, one with compiled code


def python_zip(path: Path, minor: int = 11, machine: int = 0x8664, extra: dict[str, bytes] | None = None, without: str = "") -> Path:
    """What the official embeddable Python holds, as far as we look."""
    held = {
        "python.exe": program(machine),
        f"python3{minor}.dll": program(machine),
        f"python3{minor}.zip": b"library",
        f"python3{minor}._pth": f"python3{minor}.zip\r\n.\r\n\r\n#import site\r\n".encode(),
        "LICENSE.txt": b"PSF",
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, data in held.items():
            if name != without:
                package.writestr(name, data)
    return path


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real wheels for Windows, fetched by pip for a Python that is not here."""
    folder = tmp_path_factory.mktemp("wheels")
    pins = folder / "pins.txt"
    pins.write_text("".join(f"{name}=={version}\n" for name, version in PINS.items()))
    wheels.fetch([pins], (3, 11), folder)
    return folder


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "dunbook.xlam").write_bytes(addin(DUNBOOK_VERSION=__version__))
    (folder / "催收台账.xlsm").write_bytes(b"ledger")
    return folder


def ingredients(tmp_path: Path, fetched: Path, built: Path) -> bundle.Ingredients:
    source = tmp_path / "source"
    for name, text in {
        "macros_py/__init__.py": "v = 1\n",
        "macros_py/page.md": "p",
        "macros_py/__pycache__/x.pyc": "",
        "workbook_templates/sms/a.txt": "t",
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text)
    return bundle.Ingredients(python_zip(tmp_path / "embed.zip"), wheels.of_folder(fetched, (3, 11)), source, look(built))


def test_what_a_bundle_holds_and_where(tmp_path: Path, fetched: Path, built: Path) -> None:
    out = tmp_path / "out"
    bundle.make(ingredients(tmp_path, fetched, built), out)
    for name in (
        "install.cmd",
        "uninstall.cmd",
        "watch.cmd",
        "README.txt",
        "files/dunbook.xlam",
        "files/催收台账.xlsm",
        "program/python.exe",
        "program/dunbook.cmd",
        "program/xlwings64-0.37.8.dll",  # where xlwings' macros look for it: beside python.exe
        "program/xlwings32-0.37.8.dll",
        "program/Lib/site-packages/xlwings/__init__.py",
        "program/Lib/site-packages/markupsafe/_speedups.cp311-win_amd64.pyd",
        "program/Lib/site-packages/macros_py/page.md",
        "program/Lib/site-packages/workbook_templates/sms/a.txt",
        f"program/{STAMP}",
    ):
        assert (out / name).is_file(), name
    assert (out / "program/python311._pth").read_bytes() == b"python311.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n"
    assert not [p for p in out.rglob("*") if p.name in ("__pycache__", "x.pyc")]


def test_the_same_inputs_give_the_same_bytes_and_others_another_stamp(tmp_path: Path, fetched: Path, built: Path) -> None:
    given = ingredients(tmp_path, fetched, built)
    bundle.make(given, tmp_path / "a.zip")
    first = hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest()
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        stamp = package.read(f"a/program/{STAMP}")
    for path in given.source.rglob("*"):
        path.touch()
    bundle.make(given, tmp_path / "a.zip")
    assert hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest() == first
    (given.source / "macros_py" / "page.md").write_text("q")
    bundle.make(given, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        assert package.read(f"a/program/{STAMP}") != stamp


def test_folder_and_zip_hold_the_same(tmp_path: Path, fetched: Path, built: Path) -> None:
    given = ingredients(tmp_path, fetched, built)
    bundle.make(given, tmp_path / "folder")
    bundle.make(given, tmp_path / "zip.zip")
    with zipfile.ZipFile(tmp_path / "zip.zip") as package:
        package.extractall(tmp_path)
    assert tree(tmp_path / "zip") == tree(tmp_path / "folder")
    with pytest.raises(InstallError) as refusal:
        bundle.make(given, tmp_path / "folder")
    assert refusal.value.code == "bundle-exists"


def test_what_cmd_reads_is_ascii_with_its_own_line_ends() -> None:
    for name, data in {**bundle_texts.files("1"), **bundle_texts.program_files()}.items():
        assert data.count(b"\n") == data.count(b"\r\n"), name
        if name.endswith(".cmd"):
            assert data.isascii(), name
            labels = {line[1:] for line in data.decode().splitlines() if line.startswith(":")}
            gone_to = {line.rpartition("goto ")[2] for line in data.decode().splitlines() if "goto " in line}
            assert gone_to <= labels, name


def test_every_command_that_a_cmd_file_runs_exists() -> None:
    named = {c.name for c in cli.COMMANDS}
    for data in {**bundle_texts.files("1"), **bundle_texts.program_files()}.values():
        words = data.decode("utf-8").split()
        ran = {words[i + 1] for i, word in enumerate(words) if word == "macros_py.cli"}
        assert ran - {"%*"} <= named


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"without": "python311._pth"}, "not-embeddable"),
        ({"without": "python.exe"}, "not-embeddable"),
        ({"without": "python311.dll"}, "not-embeddable"),
        ({"extra": {"python312._pth": b""}}, "not-embeddable"),
        ({"minor": 8}, "python-too-old"),
        ({"machine": 0x14C}, "not-64-bit"),
        ({"machine": 0xAA64}, "not-64-bit"),
        ({"extra": {"../evil.py": b""}}, "unsafe-zip"),
        ({"extra": {"a\\..\\..\\evil.py": b""}}, "unsafe-zip"),
        ({"extra": {"C:/evil.py": b""}}, "unsafe-zip"),
        ({"extra": {"/evil.py": b""}}, "unsafe-zip"),
        ({"extra": {"PYTHON.exe": b""}}, "unsafe-zip"),
    ],
)
def test_a_zip_that_is_no_embeddable_python_is_refused(tmp_path: Path, how: dict[str, object], code: str) -> None:
    path = python_zip(tmp_path / "x.zip", **how)  # type: ignore[arg-type]
    with pytest.raises(InstallError) as refusal:
        embedded.opened(path)
    assert refusal.value.code == code


def test_links_and_torn_zips_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as package:
        link = zipfile.ZipInfo("python.exe")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    whole = python_zip(tmp_path / "whole.zip").read_bytes()
    (tmp_path / "torn.zip").write_bytes(whole[: len(whole) // 2])
    for name, code in (("link.zip", "unsafe-zip"), ("torn.zip", "not-a-zip"), ("none.zip", "not-a-zip")):
        with pytest.raises(InstallError) as refusal:
            zips.opened(tmp_path / name)
        assert refusal.value.code == code


def test_newer_pythons_are_taken(tmp_path: Path) -> None:
    found = embedded.opened(python_zip(tmp_path / "x.zip", minor=13))
    assert (found.version, found.pth) == ((3, 13), "python313._pth")
    assert found.pth_text().startswith("python313.zip\r\n")


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("a-1-py3-none-any.whl", True),
        ("a-1-py2.py3-none-any.whl", True),
        ("a-1-cp311-cp311-win_amd64.whl", True),
        ("a-1-1-cp311-cp311-win_amd64.whl", True),
        ("a-1-cp38-abi3-win_amd64.whl", True),
        ("a-1-cp312-abi3-win_amd64.whl", False),
        ("a-1-cp312-cp312-win_amd64.whl", False),
        ("a-1-cp311-cp311-win32.whl", False),
        ("a-1-cp311-cp311-manylinux_2_28_x86_64.whl", False),
        ("a-1.whl", False),
    ],
)
def test_which_wheels_run_there(name: str, fits: bool) -> None:
    assert wheels.fits(name, (3, 11)) is fits


def test_a_wheel_that_differs_from_its_own_record_is_refused(tmp_path: Path, fetched: Path) -> None:
    whole = next(fetched.glob("markupsafe*.whl"))
    path = tmp_path / whole.name
    made = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b"evil()" if name == "markupsafe/__init__.py" else b""))
    path.write_bytes(made.getvalue())
    with pytest.raises(InstallError) as refusal:
        list(wheels.laid_out(path))
    assert refusal.value.code == "wheel-damaged"
    with zipfile.ZipFile(path, "w") as new, zipfile.ZipFile(whole) as old:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("sitecustomize.py", "evil()")
    with pytest.raises(InstallError):
        list(wheels.laid_out(path))


def test_missing_and_other_versions_are_named(fetched: Path) -> None:
    found = wheels.of_folder(fetched, (3, 11))
    wheels.check_pinned(found, PINS)
    with pytest.raises(InstallError) as refusal:
        wheels.check_pinned(found, {**PINS, "xlwings": "0.38.0", "numpy": "2.4.6"})
    assert refusal.value.words.en == "Wheels are missing: numpy==2.4.6, xlwings==0.38.0. Add them and try again."


def test_our_locks_pin_what_xlwings_needs_on_windows(fetched: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    pins = wheels.pinned([root / "requirements.lock", root / "requirements-windows.lock"])
    assert pins["xlwings"] == PINS["xlwings"]
    with zipfile.ZipFile(next(fetched.glob("xlwings*.whl"))) as package:
        told = package.read(f"xlwings-{PINS['xlwings']}.dist-info/METADATA").decode()
    needed = [line for line in told.splitlines() if line.startswith("Requires-Dist") and "extra" not in line and "Darwin" not in line]
    assert [line.split()[1].partition(">")[0] for line in needed] == ["pywin32"]
    assert "pywin32" in pins


def test_two_wheels_may_not_bring_different_files_to_one_place(tmp_path: Path, fetched: Path, built: Path) -> None:
    given = ingredients(tmp_path, fetched, built)
    other = tmp_path / "other"
    other.mkdir()
    data = b"other"
    with zipfile.ZipFile(other / "evil-1-py3-none-any.whl", "w") as package:
        package.writestr("markupsafe/__init__.py", data)
        package.writestr("evil-1.dist-info/RECORD", f"markupsafe/__init__.py,{wheels._recorded_hash(data)},5\nevil-1.dist-info/RECORD,,\n")
    clashing = bundle.Ingredients(given.python, [*given.wheels, *other.glob("*.whl")], given.source, given.built)
    with pytest.raises(InstallError) as refusal:
        bundle.make(clashing, tmp_path / "out")
    assert refusal.value.code == "wheels-clash"
    assert not (tmp_path / "out").exists()


def test_the_command_with_a_folder_of_wheels(tmp_path: Path, fetched: Path, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["bundle", "--python", str(python_zip(tmp_path / "e.zip")), "--wheels", str(fetched), "--files", str(built), "--lang", "en"]
    assert cli.main([*command, "--out", str(tmp_path / "b.zip")]) == 3
    assert "Wheels are missing: " in capsys.readouterr().err
    assert cli.main([*command, "--requirements", str(fetched / "pins.txt"), "--out", str(tmp_path / "b.zip")]) == 0
    assert "2 packages" in capsys.readouterr().out
    (built / "dunbook.xlam").unlink()
    assert cli.main([*command, "--requirements", str(fetched / "pins.txt"), "--out", str(tmp_path / "c.zip")]) == 3
    assert "make build" in capsys.readouterr().err


def test_our_code_runs_from_the_folder_of_a_bundle(tmp_path: Path, fetched: Path, built: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    given = ingredients(tmp_path, fetched, built)
    bundle.make(bundle.Ingredients(given.python, given.wheels, root, given.built), tmp_path / "out")
    packages = tmp_path / "out" / "program" / "Lib" / "site-packages"
    code = "import macros_py, sys; from macros_py.letters import making; assert macros_py.__file__.startswith(sys.argv[1]); assert (making.BUILT_IN / 'letters').is_dir()"
    ran = subprocess.run([sys.executable, "-c", code, str(packages)], cwd=packages, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
