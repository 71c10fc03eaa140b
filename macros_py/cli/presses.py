"""The buttons as commands: `dunbook monday BOOK`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from macros_py.buttons import BUTTONS, Entry
from macros_py.cli.command import Arguments, Command, about_a_book, declare_asked, reading, today


def _command(button: Entry) -> Command:
    def declare(parser: argparse.ArgumentParser) -> None:
        about_a_book(parser)
        for asked in button.asks:
            declare_asked(parser, asked)
        reading(parser)
        parser.add_argument("--out", type=Path, metavar="DIR", help="信函和分发文件放到哪个文件夹 / where letters and packs go")
        parser.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入 / only show what would be done")
        parser.add_argument("--progress", action="store_true", help="总是显示进度 / show progress even when nobody watches")
        parser.add_argument("--user", default="", help="按键人，默认系统用户名 / who presses; the system's user unless given")

    words = " ".join(a.example for a in button.asks if a.example)
    example = f"dunbook {button.name} 台账.xlsx {words + ' ' if words else ''}--as-of 2026-11-23"
    return Command(button.name, button.zh, button.en, example, declare, lambda arguments: _press(button, arguments))


def _press(button: Entry, arguments: Arguments) -> int:
    from macros_py.cli.showing import show
    from macros_py.run.given import given_values
    from macros_py.run.outcome import Request, silent
    from macros_py.run.presser import system_user
    from macros_py.run.pressing import press

    given = given_values(button.asks, {a.name: getattr(arguments, a.name) for a in button.asks if getattr(arguments, a.name) is not None})
    request = Request(
        arguments.book,
        today(arguments),
        arguments.out,
        arguments.dry_run,
        dict(arguments.map),
        arguments.user or system_user(),
        _Bar(arguments.lang) if arguments.progress or (not arguments.json and sys.stderr.isatty()) else silent,
    )
    return show(press(request, button.name, button.load(**given)), arguments)


class _Bar:
    """Says which step is running: one line that grows on a terminal, a line a step elsewhere."""

    STEPS: Final = 7

    def __init__(self, lang: str) -> None:
        self.lang, self.done, self.live = lang, 0, sys.stderr.isatty()

    def __call__(self, zh: str, en: str) -> None:
        self.done = min(self.done + 1, self.STEPS)
        filled = "█" * (self.done * 3) + "░" * ((self.STEPS - self.done) * 3)
        end = "\n" if not self.live or self.done == self.STEPS else ""
        sys.stderr.write(("\r\033[K" if self.live else "") + f"{filled} {en if self.lang == 'en' else zh}{end}")
        sys.stderr.flush()


COMMANDS: Final = tuple(_command(button) for button in BUTTONS)
