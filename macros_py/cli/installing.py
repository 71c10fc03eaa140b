"""Commands that put Dunbook on a PC and take it away: install, uninstall."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros_py.cli.command import DONE, LOCKED, PROBLEMS, UNREADABLE, Arguments, Command, spoken

if TYPE_CHECKING:
    from macros_py.installing.words import InstallError, Words

_LOCKED: Final = frozenset({"in-use", "not-written", "unopkg"})


def in_words(run: Callable[[Arguments], int]) -> Callable[[Arguments], int]:
    """A command of this family says why it refuses, and what to do."""

    def said(arguments: Arguments) -> int:
        from macros_py.installing.words import InstallError

        try:
            return run(arguments)
        except InstallError as refusal:
            _say_refusal(refusal, arguments)
            return LOCKED if refusal.code in _LOCKED else UNREADABLE

    return said


def _say_refusal(refusal: InstallError, arguments: Arguments) -> None:
    text = refusal.words.text(arguments.lang)
    if arguments.json:
        print(json.dumps({"refused": refusal.code, "message": text}, ensure_ascii=False))
    else:
        print(text, file=sys.stderr)


def built_files(parser: argparse.ArgumentParser) -> None:
    """Where add-in, extension and workbooks lie."""
    parser.add_argument(
        "--files",
        type=Path,
        metavar="DIR",
        help="make build 生成的文件所在，默认 dist / the folder that make build filled, dist unless given",
    )


def _of_install(parser: argparse.ArgumentParser) -> None:
    built_files(parser)
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="（Windows）放催收工作簿的文件夹，设为受信任位置 / a folder of workbooks whose macros may run",
    )
    parser.add_argument(
        "--profile", type=Path, metavar="DIR", help="（Linux）LibreOffice 用户配置文件夹 / a LibreOffice profile other than your own"
    )
    _of_uninstall(parser)


def _of_uninstall(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="只看会做什么，不改动 / only show what would be done")
    spoken(parser)


def _install(arguments: Arguments) -> int:
    from macros_py.installing import installation, removing
    from macros_py.installing.actions import Action, told

    planned = installation.plan(installation.Order(arguments.files, arguments.trust, arguments.profile))
    steps: list[dict[str, object]] = []

    def said(action: Action, done: bool | None) -> None:
        steps.append({"do": told(action).text(arguments.lang), "done": done})
        if not arguments.json:
            print(_line(told(action), done, arguments.lang))

    if arguments.dry_run:
        for action in planned.actions:
            said(action, None)
        left = [removing.told(put) for put in planned.stale]
    else:
        left = installation.install(planned, said)
    return _closing(arguments, steps, left, *_INSTALLED)


def _uninstall(arguments: Arguments) -> int:
    from macros_py.installing import installation, removing

    machine, puts = installation.put_here()
    steps: list[dict[str, object]] = [
        {"do": removing.told(p).text(arguments.lang), "done": None if arguments.dry_run else True} for p in puts
    ]
    if not puts:
        return _closing(arguments, [], [], "这台电脑上没有安装催收簿。", "Dunbook is not installed on this PC.")
    if not arguments.json:
        for put in puts:
            print(_line(removing.told(put), None, arguments.lang))
    left = [] if arguments.dry_run else installation.uninstall(machine, puts)
    return _closing(
        arguments, steps, left, "已卸载。工作簿和其中的数据没有动。", "Uninstalled. Workbooks and what is in them were not touched."
    )


_INSTALLED: Final = ("已安装。请重新打开 Excel 或 LibreOffice。", "Installed. Please open Excel or LibreOffice anew.")


def _line(words: Words, done: bool | None, lang: str) -> str:
    marks = {None: ("·", "·"), True: ("✓", "✓"), False: ("= 已有", "= there already")}
    return f"{marks[done][lang == 'en']} {words.text(lang)}"


def _closing(arguments: Arguments, steps: list[dict[str, object]], left: list[Words], zh: str, en: str) -> int:
    """The last lines; 1 when something stays that should have gone."""
    told = [w.text(arguments.lang) for w in left]
    if arguments.json:
        print(json.dumps({"dry_run": arguments.dry_run, "steps": steps, "left": told}, ensure_ascii=False))
    else:
        for line in told:
            print(f"! {line}")
        if arguments.dry_run:
            zh, en = "试算，未改动任何东西。", "Dry run: nothing was changed."
        print(en if arguments.lang == "en" else zh)
    return PROBLEMS if left and not arguments.dry_run else DONE


COMMANDS: Final = (
    Command(
        "install",
        "安装：把催收簿装进 Excel 或 LibreOffice（只为本人，不需要管理员）",
        "Install: Dunbook into Excel or LibreOffice, for yourself, without an administrator",
        "dunbook install --dry-run",
        _of_install,
        in_words(_install),
    ),
    Command(
        "uninstall",
        "卸载：只移除安装时放入的东西",
        "Uninstall: take away exactly what was installed",
        "dunbook uninstall --dry-run",
        _of_uninstall,
        in_words(_uninstall),
    ),
)
