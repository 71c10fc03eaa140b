"""What only Windows runs, as far as it can be run anywhere: the registry layer on a stand-in of winreg, and the command's list."""

from __future__ import annotations

import sys
import types
from pathlib import Path, PureWindowsPath

import pytest

from macros_py import __version__, cli
from macros_py.installing import installation, windows
from macros_py.installing.registry import WindowsRegistry
from tests.installing.stand_ins import addin


class Key:
    """An opened key, as winreg gives it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> Key:
        return self

    def __exit__(self, *_: object) -> None:
        self.Close()

    def Close(self) -> None:  # noqa: N802 - winreg's name
        self.path = ""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> WindowsRegistry:
    """Our registry layer over a winreg that behaves as the documentation of Python says."""
    held: dict[str, dict[str, tuple[object, int]]] = {"": {}}

    def opened(_: object, key: str, reserved: int = 0, access: int = 0) -> Key:
        if key not in held:
            raise FileNotFoundError(key)
        return Key(key)

    def created(_: object, key: str, reserved: int = 0, access: int = 0) -> Key:
        parts = key.split("\\")
        for i in range(len(parts)):
            held.setdefault("\\".join(parts[: i + 1]), {})
        return Key(key)

    def value(key: Key, name: str) -> tuple[object, int]:
        if name not in held[key.path]:
            raise FileNotFoundError(name)
        return held[key.path][name]

    def below(key: Key) -> list[str]:
        return [k[len(key.path) + 1 :] for k in held if k.rpartition("\\")[0] == key.path and k]

    def delete_value(key: Key, name: str) -> None:
        if held[key.path].pop(name, None) is None:
            raise FileNotFoundError(name)

    def delete_key(_: object, key: str) -> None:
        assert not below(Key(key)), "winreg deletes no key that has others below it"
        del held[key]

    fake = types.ModuleType("winreg")
    fake.__dict__.update(
        HKEY_CURRENT_USER=1,
        HKEY_LOCAL_MACHINE=2,
        KEY_READ=1,
        KEY_WRITE=2,
        KEY_WOW64_64KEY=256,
        REG_SZ=1,
        REG_EXPAND_SZ=2,
        REG_DWORD=4,
        OpenKey=opened,
        CreateKeyEx=created,
        QueryValueEx=value,
        SetValueEx=lambda key, name, reserved, kind, data: held[key.path].__setitem__(name, (data, kind)),
        DeleteValue=delete_value,
        DeleteKey=delete_key,
        EnumKey=lambda key, i: below(key)[i],
        EnumValue=lambda key, i: [(n, v, k) for n, (v, k) in held[key.path].items()][i],
        QueryInfoKey=lambda key: (len(below(key)), len(held[key.path]), 0),
    )
    monkeypatch.setitem(sys.modules, "winreg", fake)
    return WindowsRegistry()


def test_values_are_written_read_and_deleted(registry: WindowsRegistry) -> None:
    assert registry.read("A\\B", "x") is None
    registry.write("A\\B", "x", "REG_SZ", "1")
    registry.write("A\\B", "n", "REG_DWORD", 1)
    assert registry.read("A\\B", "x") == ("1", "REG_SZ")
    assert registry.read("A\\B", "n") == (1, "REG_DWORD")
    assert registry.keys("A") == ["B"]
    assert registry.values("A\\B") == ["1", 1]
    registry.delete("A\\B", "x")
    registry.delete("A\\B", "x")
    registry.delete_key_if_empty("A\\B")
    assert registry.has_key("A\\B")
    registry.delete("A\\B", "n")
    registry.delete_key_if_empty("A")
    registry.delete_key_if_empty("A\\B")
    registry.delete_key_if_empty("A")
    assert not registry.has_key("A")
    assert registry.keys("A") == registry.values("A") == []


def test_the_command_lists_what_it_will_do_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dunbook.xlam").write_bytes(addin(DUNBOOK_VERSION=__version__, XLWINGS_VERSION=installation.xlwings_version()))
    (tmp_path / "台账.xlsm").write_bytes(addin(DUNBOOK_VERSION=__version__))
    home = "C:\\Users\\a"
    pc = windows.Pc(
        {"LOCALAPPDATA": home + "\\L", "APPDATA": home + "\\R", "USERPROFILE": home},
        PureWindowsPath("C:\\Python\\python.exe"),
        PureWindowsPath("C:\\Python\\Lib\\site-packages"),
        offices=["16.0"],
    )
    monkeypatch.setenv("DUNBOOK_HOME", str(tmp_path / "ours"))
    monkeypatch.setattr("macros_py.installing.this_pc.system", lambda: "windows")
    monkeypatch.setattr("macros_py.installing.this_pc.of_windows", lambda: pc)
    assert cli.main(["install", "--files", str(tmp_path), "--dry-run", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "copy dunbook.xlam to C:\\Users\\a\\R\\Microsoft\\Excel\\XLSTART\\dunbook.xlam" in said
    assert "put C:\\Users\\a\\Dunbook\\台账.xlsm" in said
    (tmp_path / "台账.xlsm").write_bytes(addin(DUNBOOK_VERSION="0.0.1"))
    assert cli.main(["install", "--files", str(tmp_path), "--dry-run"]) == 3
    assert "0.0.1" in capsys.readouterr().err
