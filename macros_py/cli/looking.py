"""Commands that only look: check and table."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Final

from macros_py.cli.command import DONE, PROBLEMS, USAGE, Arguments, Command, about_a_book, reading, today
from macros_py.cli.showing import print_problems, problem_json


def _of_a_book(parser: argparse.ArgumentParser) -> None:
    about_a_book(parser)
    reading(parser)


def _of_a_table(parser: argparse.ArgumentParser) -> None:
    _of_a_book(parser)
    parser.add_argument("name", metavar="NAME", help="表名，如 cases / the table, such as cases")
    parser.add_argument("--csv", action="store_true", help="CSV（默认）/ CSV, the default")


def _check(arguments: Arguments) -> int:
    from macros_py.run.opening import look

    found = look(arguments.book, today(arguments), dict(arguments.map))
    problems = found.problems
    if arguments.json:
        print(json.dumps({"tables": found.sizes, "problems": [problem_json(p) for p in problems]}, ensure_ascii=False))
    else:
        print(_read(found.sizes, arguments.lang))
        print_problems(problems, arguments.lang, len(problems))
    return PROBLEMS if any(p.severity != "note" for p in problems) else DONE


def _read(sizes: Mapping[str, int], lang: str) -> str:
    """What was found, one word a table: 读到：案件台账 400 行，催收记录 12 行。"""
    from macros_py.sheets.tables import BY_NAME

    if lang == "en":
        return "Read: " + (", ".join(f"{BY_NAME[name].en} {rows:,}" for name, rows in sizes.items()) or "nothing")
    return "读到：" + ("，".join(f"{BY_NAME[name].zh} {rows:,} 行" for name, rows in sizes.items()) or "没有认出的表")


def _table(arguments: Arguments) -> int:
    from macros_py.run.opening import look
    from macros_py.sheets.tables import BY_NAME

    if arguments.name not in BY_NAME:
        print(f"没有表“{arguments.name}”；可用 / no such table; there are: {', '.join(BY_NAME)}", file=sys.stderr)
        return USAGE
    found = look(arguments.book, today(arguments), dict(arguments.map))
    table = found.table(arguments.name)
    if arguments.json:
        print(json.dumps(table.to_dict("records"), ensure_ascii=False))
    else:
        table.to_csv(sys.stdout, index=False, lineterminator="\n")
    blocking = [p for p in found.problems if p.severity == "blocking"]
    if len(table) or not blocking:
        return DONE
    print_problems(blocking, arguments.lang, aside=True)  # an empty answer is not left without its reason
    return PROBLEMS


COMMANDS: Final = (
    Command(
        "check",
        "体检：读懂台账并一次列出所有问题",
        "Check: read the ledger and list everything that is wrong, once",
        "dunbook check 台账.xlsx",
        _of_a_book,
        _check,
    ),
    Command(
        "table",
        "按系统理解输出一张表（CSV 或 JSON）",
        "A table as understood, as CSV or JSON",
        "dunbook table 台账.xlsx cases --csv --as-of 2026-11-23",
        _of_a_table,
        _table,
    ),
)
