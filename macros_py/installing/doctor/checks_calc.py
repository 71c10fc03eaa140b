"""Checks of LibreOffice and the extension: on Linux."""

from __future__ import annotations

from collections.abc import Iterator

from macros_py.installing.doctor.facts import Facts
from macros_py.installing.doctor.finding import Finding, ok, warning, wrong


def calc(facts: Facts) -> Iterator[Finding]:
    """LibreOffice and our extension in it."""
    calc = facts.calc
    if not calc.version or not calc.unopkg:
        yield wrong(
            "libreoffice",
            "没有找到 LibreOffice",
            "LibreOffice was not found",
            "请安装 libreoffice-calc 和 python3-uno；不用 Calc 也可以用命令行和 dunbook watch",
            "Install libreoffice-calc and python3-uno; the commands and dunbook watch work without",
        )
        return
    yield ok("libreoffice", f"LibreOffice {calc.version}", f"LibreOffice {calc.version}")
    if calc.root:
        yield warning(
            "root",
            "现在是 root：看不到平时用户的扩展",
            "This is root: the extensions of the person who uses LibreOffice are not seen",
            "请用平时打开 LibreOffice 的用户体检",
            "Check as the person who uses LibreOffice",
        )
    elif not calc.extension:
        yield wrong(
            "extension",
            "LibreOffice 里没有催收簿扩展",
            "LibreOffice does not have the extension",
            "请运行 dunbook install",
            "Run dunbook install",
        )
    elif calc.extension != facts.program.dunbook:
        yield wrong(
            "extension",
            f"扩展是 {calc.extension}，程序是 {facts.program.dunbook}",
            f"The extension is {calc.extension}, the program {facts.program.dunbook}",
            "请再运行一次 dunbook install",
            "Run dunbook install once more",
        )
    else:
        yield ok("extension", f"扩展 {calc.extension}", f"Extension {calc.extension}")


def calc_python(facts: Facts) -> Iterator[Finding]:
    """LibreOffice runs the Python in which we are installed."""
    calc, own = facts.calc, ".".join(facts.program.python.split(".")[:2])
    if not calc.version:
        return
    if not calc.python:
        yield wrong(
            "office-python",
            "LibreOffice 不能运行 Python",
            "LibreOffice cannot run Python",
            "请安装 python3-uno（或 libreoffice-script-provider-python）",
            "Install python3-uno (or libreoffice-script-provider-python)",
        )
    elif ".".join(calc.python.split(".")[:2]) != own:
        yield wrong(
            "office-python", f"LibreOffice 用 Python {calc.python}，催收簿装在 Python {own} 里", f"LibreOffice runs Python {calc.python}, Dunbook is installed in {own}",
            f"请用 Python {calc.python} 建立环境并安装催收簿，再运行 dunbook install", f"Install Dunbook with Python {calc.python}, then run dunbook install",
        )  # fmt: skip
    else:
        yield ok("office-python", f"LibreOffice 的 Python {calc.python}", f"LibreOffice's Python {calc.python}")
