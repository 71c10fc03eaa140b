"""The same buttons for a terminal. `dunbook monday BOOK` presses 周一一键 on a closed workbook.

Exit codes: 0 done · 1 problems found · 2 usage · 3 unreadable input · 4 locked or read-only. A module per family of commands.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from macros_py import __version__
from macros_py.cli import bundling, checking, installing, looking, looking_back, presses, watching
from macros_py.cli.command import DONE, LOCKED, PROBLEMS, UNREADABLE, Command
from macros_py.cli.showing import say_refusal

LOCKED_CODES: Final = frozenset({"locked", "read-only", "changed-meanwhile"})
COMMANDS: Final[tuple[Command, ...]] = (
    *presses.COMMANDS,
    *looking.COMMANDS,
    *looking_back.COMMANDS,
    *installing.COMMANDS,
    *watching.COMMANDS,
    *bundling.COMMANDS,
    *checking.COMMANDS,
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dunbook",
        description="催收簿：在催收台账里一键算优先级、分案、排计划、出信函。/ Dunbook: priorities, plans and letters inside the workbooks you keep.",
        epilog="例 / example: dunbook monday 台账.xlsx --as-of 2026-11-23",
    )
    parser.add_argument("--version", action="version", version=f"dunbook {__version__}")
    families = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        words = f"{command.zh} / {command.en}"
        sub = families.add_parser(command.name, help=words, description=words, epilog=f"例 / example: {command.example}")
        command.declare(sub)
        sub.set_defaults(run=command.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; → the exit code."""
    arguments = _parser().parse_args(argv)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    from macros_py.hosts.host import HostError

    try:
        return int(arguments.run(arguments))
    except HostError as refusal:
        say_refusal(refusal, arguments)
        return LOCKED if refusal.code in LOCKED_CODES else UNREADABLE
    except BrokenPipeError:  # `dunbook table … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except PermissionError:
        say_refusal(HostError("read-only"), arguments)
        return LOCKED
    except KeyboardInterrupt:
        print("已停止，文件未改动。/ Stopped; nothing was written.", file=sys.stderr)
        return PROBLEMS
    except Exception as error:  # noqa: BLE001 - a person never sees a traceback, whatever went wrong
        from macros_py.run.diagnosing import unexpected

        print(" / ".join(unexpected(error)), file=sys.stderr)
        return UNREADABLE
