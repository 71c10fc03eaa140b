"""The text file beside a workbook that tells what came of it, Chinese first, then English."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from macros_py.hosts.host import HostError
from macros_py.hosts.refusals import explain
from macros_py.installing.drop_folder import ANSWER
from macros_py.run.outcome import Outcome
from macros_py.run.wording import problem_line, result_lines

MOST: Final = 200  # problems that are listed one by one; the sheet 体检结果 has them all
_LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True)
class Answer:
    """What came of one file: fine, or not; the lines in zh and en; whether it should be tried again at the next look."""

    name: str
    fine: bool
    zh: tuple[str, ...]
    en: tuple[str, ...]
    again: bool = False

    def lines(self, lang: str) -> tuple[str, ...]:
        return self.en if lang == "en" else self.zh


def of_outcome(name: str, outcome: Outcome) -> Answer:
    """A press that went through, or that was blocked by what is wrong in the workbook."""
    blocked = any(p.severity == "blocking" for p in outcome.problems)
    zh, en = (_outcome_lines(outcome, lang) for lang in _LANGUAGES)
    if outcome.wrote:
        zh.append(f"要撤销这一步：在本文件夹新建文本文件“撤销 {Path(name).stem}.txt”。")
        en.append(f"To take this back, make a text file here called: undo {Path(name).stem}.txt")
    return Answer(name, not blocked and not outcome.conflicts, tuple(zh), tuple(en))


def _outcome_lines(outcome: Outcome, lang: str) -> list[str]:
    lines = result_lines(replace(outcome, passwords={}), lang)  # others read this file: a password is never in it
    shown = [problem_line(p, lang) for p in outcome.problems[:MOST]]
    if shown:
        lines += ["", "What was found:" if lang == "en" else "发现的问题：", *shown]
    rest = len(outcome.problems) - len(shown)
    if rest > 0:
        lines.append(f"… and {rest} more" if lang == "en" else f"……另有 {rest} 条，见“体检结果”表")
    return lines


def of_undo(name: str, outcome: Outcome) -> Answer:
    """A press that was taken back."""
    zh = ("已撤销上一步。", *(f"此后有人改过，保留不动：{c}" for c in outcome.conflicts))
    en = ("The last press was taken back.", *(f"Kept, changed since: {c}" for c in outcome.conflicts))
    return Answer(name, not outcome.conflicts, zh, en)


def of_refusal(name: str, refusal: HostError) -> Answer:
    """A file that could not be used, or that somebody has open."""
    zh, en = ([explain(refusal, lang, name)] for lang in _LANGUAGES)
    if refusal.code == "locked":
        zh.append("关闭后会自动处理，不用再保存。")
        en.append("Once it is closed it is worked on by itself.")
    return Answer(name, fine=False, zh=tuple(zh), en=tuple(en), again=refusal.code in ("locked", "changed-meanwhile"))


def of_words(name: str, zh: str, en: str) -> Answer:
    """Anything else that went wrong."""
    return Answer(name, fine=False, zh=(zh,), en=(en,))


def write(folder: Path, answer: Answer, now: dt.datetime) -> None:
    """Put the text file beside the workbook, whole; with a mark that makes old editors read it as UTF-8. Where it cannot be written, it is left."""
    heads = (f"催收簿 · {answer.name} · {now:%Y-%m-%d %H:%M}", f"Dunbook · {answer.name} · {now:%Y-%m-%d %H:%M}")
    states = ("处理完成", "Done") if answer.fine else ("没有处理完，请看下面", "Not done, please read on")
    parts: list[Sequence[str]] = [
        (head, state, "", *answer.lines(lang)) for head, state, lang in zip(heads, states, _LANGUAGES, strict=True)
    ]
    text = "\r\n".join([*parts[0], "", "-" * 40, "", *parts[1], ""])
    part = folder / f".dunbook-{answer.name}{ANSWER}.part"
    with contextlib.suppress(OSError):
        part.write_bytes(text.encode("utf-8-sig"))
        part.replace(folder / f"{answer.name}{ANSWER}")
