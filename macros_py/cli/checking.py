"""dunbook doctor: what may keep Dunbook from working on this PC."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Final

from macros_py.cli.command import DONE, PROBLEMS, Arguments, Command, spoken
from macros_py.cli.installing import in_words

_MARKS: Final = {"ok": ("✓", "✓"), "warning": ("! 注意", "! warning"), "wrong": ("✗ 不行", "✗ wrong")}


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--book", type=Path, metavar="BOOK", help="同时检查一个工作簿的位置和标记 / look at where a workbook lies as well")
    parser.add_argument(
        "--profile", type=Path, metavar="DIR", help="（Linux）LibreOffice 用户配置文件夹 / a LibreOffice profile other than your own"
    )
    spoken(parser)


def _doctor(arguments: Arguments) -> int:
    from macros_py.hosts.host import HostError
    from macros_py.installing.doctor.judging import judge
    from macros_py.installing.doctor.probing import look
    from macros_py.installing.this_pc import program

    if arguments.book and not arguments.book.exists():
        raise HostError("not-found", file=arguments.book.name)
    findings = judge(look(arguments.book, arguments.profile))
    lang = arguments.lang
    if arguments.json:
        print(
            json.dumps(
                [{"code": f.code, "level": f.level, "what": f.what.text(lang), "remedy": f.remedy.text(lang)} for f in findings],
                ensure_ascii=False,
            )
        )
    else:
        for f in findings:
            remedy = f.remedy.text(lang)
            print(f"{_MARKS[f.level][lang == 'en']} {f.what.text(lang)}{' → ' + remedy if remedy else ''}")
        if program():
            print(
                "(In a bundle, dunbook install is install.cmd.)" if lang == "en" else "（分发包里，dunbook install 就是双击 install.cmd。）"
            )
    return PROBLEMS if any(f.level == "wrong" for f in findings) else DONE


COMMANDS: Final = (
    Command(
        "doctor",
        "电脑体检：为什么按键不能用，该怎么办",
        "Doctor: what keeps the buttons from working on this PC, and what to do",
        "dunbook doctor --book 台账.xlsm",
        _declare,
        in_words(_doctor),
    ),
)
