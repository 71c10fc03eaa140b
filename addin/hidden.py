"""The two very hidden sheets that our workbooks and the add-in carry: settings of xlwings, and texts for the macros.

A very hidden sheet cannot be shown from Excel's menus; it holds nothing secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import xlwings

from addin.registry import help_text
from addin.wrappers import MODULE
from addin.xlwings_vba import PROJECT
from macros_py import __version__
from macros_py.buttons.faces import grouped
from macros_py.functions.declaring import Function

CONF: Final = f"{PROJECT}.conf"
TEXTS: Final = f"{PROJECT}.text"
VERSION: Final = "DUNBOOK_VERSION"
XLWINGS: Final = "XLWINGS_VERSION"
# The interpreter is not named here: `dunbook install` writes it into the person's own conf file.
SETTINGS: Final = (
    ("UDF MODULES", MODULE),
    ("USE UDF SERVER", "False"),  # presses start Python anew: the server stops after 90 seconds
    ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),  # else a .py file beside a mailed workbook would run
    ("SHOW CONSOLE", "False"),
    (VERSION, __version__),
    (XLWINGS, xlwings.__version__),
)
MESSAGES: Final = (
    ("title", "催收簿 Dunbook"),
    (
        "not_installed",
        "这台电脑还没有安装催收簿，按键不能运行。请双击分发文件夹里的 install.cmd，或请主管安装；没有权限时，把工作簿放进主管给您的共享文件夹。\n\n"
        "Dunbook is not installed on this computer, so buttons cannot run. Run install.cmd from the folder that was handed out, or ask your "
        "manager.",
    ),
    ("cell_other_xlwings", "版本不一致，请运行 dunbook doctor / versions differ, run dunbook doctor"),
    ("cell_not_installed", "未安装催收簿 / Dunbook is not installed"),
    ("no_mac", "催收簿需要 Windows 版 Excel 或 LibreOffice / Dunbook needs Excel for Windows or LibreOffice"),
    ("no_extension", "请安装催收簿扩展 / please install the Dunbook extension"),
)


TAB: Final = "dunbookTab"


def group_id(place: int) -> str:
    """The ribbon's name for a group; place: from 1 on."""
    return f"dunbookGroup{place}"


def label_rows() -> list[list[str]]:
    """What every control of the ribbon is called, as DunbookLabel looks it up: zh:NAME and en:NAME."""
    called = [(TAB, "催收簿", "Dunbook")]
    for place, (zh, en, faces) in enumerate(grouped(), 1):
        called += [(group_id(place), zh, en), *((face.name, face.zh, face.en) for face in faces)]
    return [[f"{language}:{name}", text] for name, *both in called for language, text in zip(("zh", "en"), both, strict=True)]


def text_rows(functions: Sequence[Function]) -> list[list[str]]:
    """Rows of the text sheet: key and text of each message and label, then the help of each function and its arguments."""
    helps = [["function", f.name, help_text(f), *(help_text(p) for p in f.parameters)] for f in functions]
    return [[key, text] for key, text in MESSAGES] + label_rows() + helps


def add(book: Any, functions: Sequence[Function]) -> None:
    """Both sheets at the end of an XlsxWriter workbook."""
    for name, rows in ((CONF, SETTINGS), (TEXTS, text_rows(functions))):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(at, place, text)
        sheet.very_hidden()
