"""What a command of the terminal is, and the arguments that several commands share."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from macros_py.buttons.asking import Asked

DONE, PROBLEMS, USAGE, UNREADABLE, LOCKED = 0, 1, 2, 3, 4

Arguments = argparse.Namespace


@dataclass(frozen=True)
class Command:
    """One command: its words, an example for --help, what it takes and what it does (→ exit code)."""

    name: str
    zh: str
    en: str
    example: str
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Arguments], int]


def spoken(parser: argparse.ArgumentParser) -> None:
    """How a command speaks: for people in a language, or for machines."""
    parser.add_argument("--json", action="store_true", help="给程序读的输出 / output for machines")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="提示语言 / language of messages")


def about_a_book(parser: argparse.ArgumentParser) -> None:
    """A command about one workbook."""
    parser.add_argument("book", type=Path, metavar="BOOK", help="工作簿（.xlsx .xlsm .xls .ods .csv）/ the workbook")
    spoken(parser)


def reading(parser: argparse.ArgumentParser) -> None:
    """A command that understands the workbook: as of when, and which headers are settled."""
    parser.add_argument("--as-of", type=day, metavar="DATE", help="截至日，默认今天 / as-of date, today unless given")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=mapping,
        metavar="HEADER=COLUMN",
        help="确认一个表头，如 --map 金额=loan_amount / settle a header",
    )


def today(arguments: Arguments) -> dt.date:
    """The as-of date: what was given, else today in China."""
    from macros_py.domain.kinds import CHINA

    given: dt.date | None = arguments.as_of
    return given or dt.datetime.now(CHINA).date()


def day(text: str) -> dt.date:
    """A date of a command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期应写作 2026-11-23 / write the date as 2026-11-23: {text}") from None


def fen(text: str) -> int:
    """An amount of a command line in yuan, as fen."""
    try:
        amount = Decimal(text.replace(",", "").replace("，", "").strip().removeprefix("¥").removesuffix("元")) * 100
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount != int(amount):
        raise argparse.ArgumentTypeError(f"金额应写作 1234.50（元） / write the amount in yuan as 1234.50: {text}")
    return int(amount)


def mapping(text: str) -> tuple[str, str]:
    """HEADER=COLUMN, the column being one that we know."""
    header, sign, column = text.rpartition("=")
    if not sign or not header.strip() or not column.strip():
        raise argparse.ArgumentTypeError(f"应写作 表头=列名 / write HEADER=column: {text}")
    from macros_py.sheets.tables import SHEETS

    known = sorted({c.name for s in SHEETS for c in s.columns})
    if column.strip() not in known:
        raise argparse.ArgumentTypeError(f"没有列“{column}”；可用 / no such column; there are: {', '.join(known)}")
    return header.strip(), column.strip()


TYPES: Final[dict[str, Callable[[str], Any]]] = {"text": str, "money": fen, "int": int, "number": float, "date": day, "file": Path}


def declare_asked(parser: argparse.ArgumentParser, asked: Asked) -> None:
    """What a button asks for, as an argument: a word of its own where it always needs one, else an option."""
    told = f"{asked.zh} / {asked.en}"
    if asked.kind == "flag":
        parser.add_argument(f"--{asked.option}", dest=asked.name, action="store_true", help=told)
        return
    takes: dict[str, Any] = {"type": TYPES[asked.kind], "help": told}
    if asked.choices:
        takes["choices"] = asked.choices
    if asked.many:
        takes["nargs"] = "+"
    if asked.needed:
        parser.add_argument(asked.name, metavar=asked.option.upper(), **takes)
    else:
        parser.add_argument(f"--{asked.option}", dest=asked.name, metavar=None if asked.choices else asked.kind.upper(), **takes)
