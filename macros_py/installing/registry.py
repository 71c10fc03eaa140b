"""HKEY_CURRENT_USER and, for looking only, HKEY_LOCAL_MACHINE. The one module that imports winreg."""

from __future__ import annotations

import contextlib
from typing import Any


def _winreg() -> Any:
    import winreg

    return winreg


class WindowsRegistry:
    """The registry of this Windows."""

    def __init__(self, *, machine: bool = False) -> None:
        self._reg = _winreg()
        self._root = self._reg.HKEY_LOCAL_MACHINE if machine else self._reg.HKEY_CURRENT_USER
        self._view = self._reg.KEY_WOW64_64KEY if machine else 0

    def read(self, key: str, name: str) -> tuple[str | int, str] | None:
        try:
            with self._reg.OpenKey(self._root, key, 0, self._reg.KEY_READ | self._view) as opened:
                value, kind = self._reg.QueryValueEx(opened, name)
        except OSError:
            return None
        names = {self._reg.REG_SZ: "REG_SZ", self._reg.REG_DWORD: "REG_DWORD", self._reg.REG_EXPAND_SZ: "REG_EXPAND_SZ"}
        return value, names.get(kind, "REG_SZ")

    def has_key(self, key: str) -> bool:
        try:
            self._reg.OpenKey(self._root, key, 0, self._reg.KEY_READ | self._view).Close()
        except OSError:
            return False
        return True

    def keys(self, key: str) -> list[str]:
        """The names of the keys below it; none where it is not there."""
        return self._names(key, 0, self._reg.EnumKey)

    def values(self, key: str) -> list[Any]:
        """What the values of a key hold."""
        return self._names(key, 1, lambda opened, i: self._reg.EnumValue(opened, i)[1])

    def _names(self, key: str, which: int, read: Any) -> list[Any]:
        try:
            with self._reg.OpenKey(self._root, key, 0, self._reg.KEY_READ | self._view) as opened:
                return [read(opened, i) for i in range(self._reg.QueryInfoKey(opened)[which])]
        except OSError:
            return []

    def write(self, key: str, name: str, kind: str, value: str | int) -> None:
        with self._reg.CreateKeyEx(self._root, key, 0, self._reg.KEY_WRITE) as opened:
            self._reg.SetValueEx(opened, name, 0, getattr(self._reg, kind), value)

    def delete(self, key: str, name: str) -> None:
        with contextlib.suppress(FileNotFoundError), self._reg.OpenKey(self._root, key, 0, self._reg.KEY_WRITE) as opened:
            self._reg.DeleteValue(opened, name)

    def delete_key_if_empty(self, key: str) -> None:
        try:
            with self._reg.OpenKey(self._root, key) as opened:
                keys, values, _ = self._reg.QueryInfoKey(opened)
        except FileNotFoundError:
            return
        if not keys and not values:
            self._reg.DeleteKey(self._root, key)
