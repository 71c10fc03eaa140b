"""The same buttons for a terminal. `dunbook monday BOOK` presses 周一一键 on a closed workbook.

Exit codes: 0 done · 1 problems found · 2 usage · 3 unreadable input · 4 locked or read-only.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from macros_py import __version__

if TYPE_CHECKING:
    from macros_py.domain.problems import Problem
    from macros_py.run.outcome import Outcome

DONE, PROBLEMS, USAGE, UNREADABLE, LOCKED = 0, 1, 2, 3, 4
LOCKED_CODES: Final = frozenset({"locked", "read-only", "changed-meanwhile"})

COMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    # name: (zh, en, example)
    "check": (
        "体检：读懂台账并一次列出所有问题",
        "Check: read the ledger and list everything that is wrong, once",
        "dunbook check 台账.xlsx",
    ),
    "table": (
        "按系统理解输出一张表（CSV 或 JSON）",
        "A table as understood, as CSV or JSON",
        "dunbook table 台账.xlsx cases --csv --as-of 2026-11-23",
    ),
    "undo": ("撤销上一步", "Take the last press back", "dunbook undo 台账.xlsx"),
    "history": ("查看操作记录", "What was pressed, when and by whom", "dunbook history 台账.xlsx"),
    "verify": ("校验操作记录是否被改动", "Whether the journal was tampered with", "dunbook verify 台账.xlsx"),
}


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", type=Path, metavar="BOOK", help="工作簿（.xlsx .xlsm .xls .ods .csv）/ the workbook")
    parser.add_argument("--json", action="store_true", help="给程序读的输出 / output for machines")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="提示语言 / language of messages")


def _reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="截至日，默认今天 / as-of date, today unless given")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=_mapping,
        metavar="HEADER=COLUMN",
        help="确认一个表头，如 --map 金额=loan_amount / settle a header",
    )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期应写作 2026-11-23 / write the date as 2026-11-23: {text}") from None


def _mapping(text: str) -> tuple[str, str]:
    header, sign, column = text.rpartition("=")
    if not sign or not header.strip() or not column.strip():
        raise argparse.ArgumentTypeError(f"应写作 表头=列名 / write HEADER=column: {text}")
    from macros_py.sheets.tables import SHEETS

    known = sorted({c.name for s in SHEETS for c in s.columns})
    if column.strip() not in known:
        raise argparse.ArgumentTypeError(f"没有列“{column}”；可用 / no such column; there are: {', '.join(known)}")
    return header.strip(), column.strip()


def _parser() -> argparse.ArgumentParser:
    from macros_py.buttons import BUTTONS

    parser = argparse.ArgumentParser(
        prog="dunbook",
        description="催收簿：在催收台账里一键算优先级、分案、排计划、出信函。/ Dunbook: priorities, plans and letters inside the workbooks you keep.",
        epilog="例 / example: dunbook monday 台账.xlsx --as-of 2026-11-23",
    )
    parser.add_argument("--version", action="version", version=f"dunbook {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for button in BUTTONS:
        sub = commands.add_parser(
            button.name,
            help=f"{button.zh} / {button.en}",
            description=f"{button.zh} / {button.en}",
            epilog=f"例 / example: dunbook {button.name} 台账.xlsx --as-of 2026-11-23",
        )
        _common(sub)
        _reading(sub)
        sub.add_argument("--out", type=Path, metavar="DIR", help="信函放到哪个文件夹 / where letters go")
        sub.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入 / only show what would be done")
        sub.add_argument("--progress", action="store_true", help="总是显示进度 / show progress even when nobody watches")
        sub.add_argument("--user", default="", help="按键人，默认系统用户名 / who presses; the system's user unless given")
    for name, (zh, en, example) in COMMANDS.items():
        sub = commands.add_parser(name, help=f"{zh} / {en}", description=f"{zh} / {en}", epilog=f"例 / example: {example}")
        _common(sub)
        if name in ("check", "table"):
            _reading(sub)
        if name == "table":
            sub.add_argument("name", metavar="NAME", help="表名，如 cases / the table, such as cases")
            sub.add_argument("--csv", action="store_true", help="CSV（默认）/ CSV, the default")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; → the exit code."""
    arguments = _parser().parse_args(argv)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    from macros_py.hosts.host import HostError

    try:
        return _run(arguments)
    except HostError as refusal:
        _say_refusal(refusal, arguments)
        return LOCKED if refusal.code in LOCKED_CODES else UNREADABLE
    except BrokenPipeError:  # `dunbook table … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except PermissionError:
        _say_refusal(HostError("read-only"), arguments)
        return LOCKED
    except KeyboardInterrupt:
        print("已停止，文件未改动。/ Stopped; nothing was written.", file=sys.stderr)
        return PROBLEMS
    except Exception as error:  # noqa: BLE001 - a person never sees a traceback, whatever went wrong
        print(_unexpected(error), file=sys.stderr)
        return UNREADABLE


def _unexpected(error: Exception) -> str:
    """One message, and the places in our code (no values: they may be personal) in a file for whoever can help."""
    import traceback

    steps = "".join(f"{f.filename}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(error.__traceback__))
    folder = Path.home() / ".dunbook"
    name = folder / f"diagnostic-{dt.datetime.now():%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(exist_ok=True)
        name.write_text(f"dunbook {__version__} python {sys.version.split()[0]}\n{type(error).__name__}\n{steps}", "utf-8")
    except OSError:
        return f"出现意外错误（{type(error).__name__}），没有写入。/ Unexpected error ({type(error).__name__}); nothing was written."
    return (
        f"出现意外错误，没有写入；诊断信息（不含个人数据）在：{name}，请发给维护人员。/ "
        f"Unexpected error; nothing was written. A diagnostic file without personal data is at {name}: please send it to the maintainers."
    )


def _run(arguments: argparse.Namespace) -> int:
    command = arguments.command
    if command == "table":
        return _table(arguments)
    if command == "check":
        return _check(arguments)
    if command in ("history", "verify"):
        return _journal(arguments)
    if command == "undo":
        from macros_py.run.undoing import undo

        return _show(undo(arguments.book), arguments)
    return _press(arguments)


def _today(arguments: argparse.Namespace) -> dt.date:
    return arguments.as_of or dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()


def _press(arguments: argparse.Namespace) -> int:
    from macros_py.buttons import BUTTONS
    from macros_py.run.outcome import Request
    from macros_py.run.pressing import press

    button = next(b for b in BUTTONS if b.name == arguments.command)
    request = Request(
        arguments.book,
        _today(arguments),
        arguments.out,
        arguments.dry_run,
        dict(arguments.map),
        arguments.user or os.environ.get("USERNAME") or os.environ.get("USER") or "",
        _Bar(arguments.lang) if arguments.progress or (not arguments.json and sys.stderr.isatty()) else _quiet,
    )
    return _show(press(request, button.name, button.load()), arguments)


def _quiet(zh: str, en: str) -> None:
    return None


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


def _check(arguments: argparse.Namespace) -> int:
    from macros_py.run.opening import look

    found = look(arguments.book, _today(arguments), dict(arguments.map))
    problems = found.problems
    if arguments.json:
        print(json.dumps({"tables": found.sizes, "problems": [_problem_json(p) for p in problems]}, ensure_ascii=False))
    else:
        sizes = "，".join(f"{name} {rows}" for name, rows in found.sizes.items())
        print(f"Read: {sizes}" if arguments.lang == "en" else f"读到：{sizes}")
        _print_problems(problems, arguments.lang)
    return PROBLEMS if any(p.severity != "note" for p in problems) else DONE


def _table(arguments: argparse.Namespace) -> int:
    from macros_py.run.opening import look
    from macros_py.sheets.tables import BY_NAME

    if arguments.name not in BY_NAME:
        print(f"没有表“{arguments.name}”；可用 / no such table; there are: {', '.join(BY_NAME)}", file=sys.stderr)
        return USAGE
    found = look(arguments.book, _today(arguments), dict(arguments.map))
    table = found.table(arguments.name)
    if arguments.json:
        print(json.dumps(table.to_dict("records"), ensure_ascii=False))
    else:
        table.to_csv(sys.stdout, index=False, lineterminator="\n")
    return DONE


def _journal(arguments: argparse.Namespace) -> int:
    from macros_py.run.opening import journal_of

    journal = journal_of(arguments.book)
    if arguments.command == "verify":
        broken = journal.verify()
        entries = sum(1 for _ in journal.entries())
        if arguments.json:
            print(json.dumps({"entries": entries, "broken": [{"line": b.line, "reason": b.reason} for b in broken]}))
        elif broken:
            for b in broken:
                print(f"第 {b.line} 行不对（{b.reason}）/ line {b.line} does not hold ({b.reason})")
        else:
            print(f"The journal holds: {entries} entries." if arguments.lang == "en" else f"操作记录完整：{entries} 条。")
        return PROBLEMS if broken else DONE
    for entry in journal.entries():
        if arguments.json:
            print(json.dumps(entry, ensure_ascii=False))
        elif entry["event"] == "intent":
            rows = sum(f["rows"] for f in entry["fills"])
            print(
                f"{entry['seq']:>4}  {entry['at']}  {entry['who'] or '?'}  {entry['button']}  {rows} rows  {len(entry['sheets'])} sheets  {len(entry['files'])} files"
            )
        else:
            print(f"{entry['seq']:>4}  {entry['event']}  → {entry.get('intent', entry.get('press', ''))}")
    return DONE


def _problem_json(p: Problem) -> dict[str, Any]:
    return {
        "code": p.code,
        "severity": str(p.severity),
        "sheet": p.sheet,
        "cell": p.cell,
        "zh": p.text("zh"),
        "en": p.text("en"),
        "remedy": p.remedy("zh"),
    }


def _print_problems(problems: Sequence[Problem], lang: str, most: int = 30) -> None:
    words = {"blocking": ("必须先改", "must be mended first"), "problem": ("问题", "problem"), "note": ("提示", "note")}
    for p in problems[:most]:
        place = "!".join(x for x in (p.sheet, p.cell) if x)
        tag = words[str(p.severity)][lang == "en"]
        colon = ": " if lang == "en" else "："
        print(f"[{tag}] {place + colon if place else ''}{p.text(lang)} → {p.remedy(lang)}")
    if len(problems) > most:
        print(f"… and {len(problems) - most} more" if lang == "en" else f"……另有 {len(problems) - most} 条，见“体检结果”")


def _show(outcome: Outcome, arguments: argparse.Namespace) -> int:
    blocked = any(p.severity == "blocking" for p in outcome.problems)
    if arguments.json:
        print(
            json.dumps(
                {
                    "book": str(outcome.book),
                    "wrote": outcome.wrote,
                    "counts": dict(outcome.counts),
                    "figures": dict(outcome.figures),
                    "sheets": list(outcome.sheets),
                    "files": [str(f) for f in outcome.files],
                    "conflicts": list(outcome.conflicts),
                    "problems": [_problem_json(p) for p in outcome.problems],
                    "seconds": round(outcome.seconds, 2),
                },
                ensure_ascii=False,
                default=str,
            )
        )
    else:
        from macros_py.run.wording import result_lines

        _print_problems(outcome.problems, arguments.lang)
        for line in result_lines(outcome, arguments.lang, dry=getattr(arguments, "dry_run", False)):
            print(line)
    return PROBLEMS if blocked or outcome.conflicts else DONE


def _say_refusal(refusal: Any, arguments: argparse.Namespace) -> None:
    from macros_py.hosts.refusals import explain

    text = explain(refusal, getattr(arguments, "lang", "zh"), arguments.book.name if getattr(arguments, "book", None) else "")
    if getattr(arguments, "json", False):
        print(json.dumps({"refused": refusal.code, "message": text}, ensure_ascii=False))
    else:
        print(text, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
