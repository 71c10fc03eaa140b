"""The drop folder as a command: dunbook watch FOLDER."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros_py.buttons import BUTTONS
from macros_py.cli.command import DONE, PROBLEMS, UNREADABLE, Arguments, Command, reading, spoken, today

if TYPE_CHECKING:
    from macros_py.installing.answers import Answer
    from macros_py.run.outcome import Outcome

_TOLD_ONCE: Final = frozenset({"handout"})  # tells passwords to the one who presses: there is nobody at a drop folder
BY_ITSELF: Final = tuple(b.name for b in BUTTONS if b.name not in _TOLD_ONCE and not any(a.needed for a in b.asks))


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="投放文件夹 / the drop folder")
    parser.add_argument("--button", choices=BY_ITSELF, default="monday", help="按哪个键，默认周一一键 / which button, monday unless given")
    parser.add_argument("--once", action="store_true", help="看一遍就结束（给计划任务用）/ look once and end, for a scheduler")
    parser.add_argument(
        "--every", type=_seconds, default=5.0, metavar="SECONDS", help="每隔几秒看一次，默认 5 / seconds between looks, 5 unless given"
    )
    parser.add_argument("--user", default="", help="按键人，默认系统用户名 / who presses; the system's user unless given")
    reading(parser)
    spoken(parser)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.2 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"应为 0.2 到 3600 秒 / from 0.2 to 3600 seconds: {text}")
    return seconds


def _watch(arguments: Arguments) -> int:
    from macros_py.installing.watching import Watch, forever, once
    from macros_py.run.diagnosing import unexpected
    from macros_py.run.undoing import undo

    if not arguments.folder.is_dir():
        words = (f"没有文件夹“{arguments.folder}”，请先建立。", f"There is no folder {arguments.folder}: make it first.")
        print(words[arguments.lang == "en"], file=sys.stderr)
        return UNREADABLE
    told: list[Answer] = []

    def say(answer: Answer) -> None:
        told.append(answer)
        if not arguments.once:
            told.clear()
        _print(answer, arguments)

    watch = Watch(arguments.folder, lambda book: _press(book, arguments), undo, unexpected, say)
    if arguments.once:
        try:
            once(watch, arguments.every)
        except OSError:
            _away(arguments)
            return UNREADABLE
        return DONE if all(a.fine for a in told) else PROBLEMS
    if not arguments.json:
        print(f"Watching {arguments.folder}; Ctrl-C ends." if arguments.lang == "en" else f"正在看着 {arguments.folder}；按 Ctrl-C 结束。")
    try:
        forever(watch, arguments.every, lambda: _away(arguments))
    except KeyboardInterrupt:
        if not arguments.json:
            print("Stopped." if arguments.lang == "en" else "已停止。")
    return DONE


def _press(book: Path, arguments: Arguments) -> Outcome:
    from macros_py.run.outcome import Request
    from macros_py.run.presser import system_user
    from macros_py.run.pressing import press

    user = arguments.user or system_user()
    button = next(b for b in BUTTONS if b.name == arguments.button)
    return press(Request(book, today(arguments), confirmed=dict(arguments.map), user=user), button.name, button.load())


def _print(answer: Answer, arguments: Arguments) -> None:
    if arguments.json:
        print(
            json.dumps(
                {"book": answer.name, "done": answer.fine, "waiting": answer.again, "said": answer.lines(arguments.lang)},
                ensure_ascii=False,
            )
        )
    else:
        print(f"{'✓' if answer.fine else '!'} {answer.name}: {answer.lines(arguments.lang)[0]}")
    sys.stdout.flush()


def _away(arguments: Arguments) -> None:
    text = ("文件夹暂时读不到，稍后再试。", "The folder cannot be read at present; it is tried again later.")
    print(text[arguments.lang == "en"], file=sys.stderr)


COMMANDS: Final = (
    Command(
        "watch",
        "投放文件夹：存入的工作簿自动带着计划回来（不用装按键，WPS 也可以）",
        "Drop folder: a workbook saved there comes back with its plan, without any button",
        "dunbook watch 投放 --button monday",
        _declare,
        _watch,
    ),
)
