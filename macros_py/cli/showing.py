"""What a terminal says: problems, the line of result, refusals, and the one message for what nobody expected."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from macros_py.cli.command import DONE, PROBLEMS, Arguments

if TYPE_CHECKING:
    from macros_py.domain.problems import Problem
    from macros_py.hosts.host import HostError
    from macros_py.run.outcome import Outcome


def problem_json(p: Problem) -> dict[str, Any]:
    """A problem for machines, with its words in both languages."""
    return {
        "code": p.code,
        "severity": str(p.severity),
        "sheet": p.sheet,
        "cell": p.cell,
        "zh": p.text("zh"),
        "en": p.text("en"),
        "remedy": p.remedy("zh"),
        "remedy_en": p.remedy("en"),
    }


def print_problems(problems: Sequence[Problem], lang: str, most: int = 30, *, aside: bool = False) -> None:
    """One line a problem. aside: on the error stream, because the answer itself goes to the other one."""
    from macros_py.run.wording import problem_line

    out = sys.stderr if aside else sys.stdout
    for p in problems[:most]:
        print(problem_line(p, lang), file=out)
    if len(problems) > most:
        print(f"… and {len(problems) - most} more" if lang == "en" else f"……另有 {len(problems) - most} 条，见“体检结果”", file=out)


def show(outcome: Outcome, arguments: Arguments) -> int:
    """What a press or an undo came to; → the exit code."""
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
                    **({"passwords": dict(outcome.passwords)} if outcome.passwords else {}),
                    "problems": [problem_json(p) for p in outcome.problems],
                    "seconds": round(outcome.seconds, 2),
                },
                ensure_ascii=False,
                default=str,
            )
        )
    else:
        from macros_py.run.wording import result_lines

        print_problems(outcome.problems, arguments.lang)
        for line in result_lines(outcome, arguments.lang, dry=getattr(arguments, "dry_run", False)):
            print(line)
    return PROBLEMS if blocked or outcome.conflicts else DONE


def say_refusal(refusal: HostError, arguments: Arguments) -> None:
    """Why the host could not, on the error stream (for machines as the answer)."""
    from macros_py.hosts.refusals import explain

    text = explain(refusal, getattr(arguments, "lang", "zh"), arguments.book.name if getattr(arguments, "book", None) else "")
    if getattr(arguments, "json", False):
        print(json.dumps({"refused": refusal.code, "message": text}, ensure_ascii=False))
    else:
        print(text, file=sys.stderr)
