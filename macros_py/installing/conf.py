"""The conf file that xlwings' VBA reads before it starts Python.

VBA reads it in the code page of the PC, so it must be ASCII. Windows user names are often Chinese: a path below a folder that Windows
names in an environment variable is written with that variable, which VBA and Python expand again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PureWindowsPath
from typing import Final

from macros_py.installing.words import InstallError

PROJECT: Final = "dunbook"  # names the conf sheet and files: the add-in carries the same word
MARK: Final = "DUNBOOK_INSTALLED"  # no conf file but ours says it
VARIABLES: Final = ("LOCALAPPDATA", "APPDATA", "USERPROFILE")  # the longest first: the others lie above it
_SPECIAL: Final = frozenset('",%;')  # would end a field of the conf file, start a variable, or part the PYTHONPATH


def in_ascii(path: PureWindowsPath, environment: Mapping[str, str]) -> str:
    """The path as ASCII text, by an environment variable where it lies below one. InstallError: "path-not-ascii"."""
    for name in VARIABLES:
        folder = environment.get(name, "")
        if folder and path.is_relative_to(PureWindowsPath(folder)):
            text = str(PureWindowsPath(f"%{name}%") / path.relative_to(PureWindowsPath(folder)))
            rest = text.removeprefix(f"%{name}%")
            break
    else:
        text = rest = str(path)
    if not rest.isascii() or _SPECIAL & set(rest):
        raise InstallError(
            "path-not-ascii",
            f"路径“{path}”含有中文或特殊字符，Excel 读不了。请把文件夹移到只含英文字母和数字的路径（如 C:\\Dunbook）后重新安装。",
            f"Excel cannot read the path {path}: move the folder to a path of plain letters and digits (such as C:\\Dunbook) and install again.",
        )
    return text


def conf_text(interpreter: str, folders: Sequence[str], version: str, xlwings_version: str) -> str:
    """The conf file: which Python, which folders, and the versions that the add-in can compare with its own."""
    rows = {
        "INTERPRETER_WIN": interpreter,
        "PYTHONPATH": ";".join(folders),
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",  # else a .py file beside a mailed workbook would run
        "USE UDF SERVER": "False",  # a press starts Python anew: the server gives up after 90 seconds
        "SHOW CONSOLE": "False",
        MARK: version,
        "XLWINGS_INSTALLED": xlwings_version,
    }
    return "".join(f'"{name}","{value}"\r\n' for name, value in rows.items())
