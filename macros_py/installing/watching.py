"""The drop folder: a workbook saved there comes back with its plan, for PCs on which no button may be installed.

The workbook itself is patched, as by any press: what people type on its plan is in the same file at the next save, and undo knows it.
Folders are looked at again and again rather than watched: that works on network drives as well.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from macros_py.hosts import locks
from macros_py.hosts.atomic import digest
from macros_py.hosts.host import HostError
from macros_py.installing import answers
from macros_py.installing.answers import Answer
from macros_py.installing.drop_folder import Seen, look, meant, settled, undo_wish
from macros_py.records.journal import FOLDER
from macros_py.run.opening import journal_of, result_of
from macros_py.run.outcome import Outcome

REMEMBERED: Final = 50  # contents of one file
_SAME: Final = (
    "这份内容以前处理过，没有再处理，文件也没有动。要再算一次，请改动任意一格后保存，或换一个文件名存入。",
    "This content was worked on before; it was left alone. To have it done again, change any cell and save, or save it under another name.",
)
Press = Callable[[Path], Outcome]


@dataclass
class Memory:
    """Which contents of which file were worked on, kept in the folder so that a new start does not begin again."""

    path: Path
    done: dict[str, list[str]] = field(default_factory=dict)

    @staticmethod
    def of(folder: Path) -> Memory:
        path = folder / FOLDER / "watched.json"
        try:
            held = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            held = {}
        return Memory(path, {str(k): [str(d) for d in v] for k, v in held.items() if isinstance(v, list)} if isinstance(held, dict) else {})

    def knows(self, name: str, content: str) -> bool:
        return content in self.done.get(name, [])

    def is_last(self, name: str, content: str) -> bool:
        """Whether the file is as it was left."""
        return self.done.get(name, [])[-1:] == [content]

    def note(self, name: str, content: str) -> None:
        if self.is_last(name, content):
            return
        self.done[name] = [*(c for c in self.done.get(name, []) if c != content), content][-REMEMBERED:]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(self.done, ensure_ascii=False), "utf-8")
        part.replace(self.path)


@dataclass
class Watch:
    """press, undo: what to do with a workbook; unexpected: words (zh, en) for what nobody expected; told: hears of every answer."""

    folder: Path
    press: Press
    undo: Press
    unexpected: Callable[[Exception], tuple[str, str]]
    told: Callable[[Answer], None]
    memory: Memory = field(init=False)
    handled: dict[str, Seen] = field(default_factory=dict)  # how a file looked when we were done with it: not read again
    waiting: dict[str, str] = field(default_factory=dict)  # who is waited for: said once

    def __post_init__(self) -> None:
        self.memory = Memory.of(self.folder)

    def step(self, earlier: Mapping[str, Seen]) -> dict[str, Seen]:
        """Work on what has come to rest since `earlier`; → how the folder looked now. OSError when the folder is away."""
        now = look(self.folder)
        for name in settled(earlier, now):
            if self.handled.get(name) == now[name]:
                continue
            wish = undo_wish(name)
            answer = self._wish(name, wish, now) if wish else self._workbook(name)
            if self._finished(name, answer):
                self.handled[name] = now[name]  # as it looked before it was read: a save since then is seen at the next look
        return now

    def _finished(self, name: str, answer: Answer | None) -> bool:
        """Say what came of it; whether we are done with the file as it is. Who is waited for is said once."""
        said = self.waiting.pop(name, "")
        if answer is None:
            return True
        if not answer.again or said != answer.zh[0]:
            self._say(answer)
        if answer.again:
            self.waiting[name] = answer.zh[0]
        return not answer.again

    def _say(self, answer: Answer) -> None:
        answers.write(self.folder, answer, dt.datetime.now())
        self.told(answer)

    def _workbook(self, name: str) -> Answer | None:
        path = self.folder / name
        try:
            content = digest(path.read_bytes())
            if self.memory.is_last(name, content) or self._ours(path, content):
                return None
            if self.memory.knows(name, content):
                self.memory.note(name, content)
                return answers.of_words(name, *_SAME)
            locks.check(path)
        except HostError as refusal:
            return answers.of_refusal(name, refusal)
        except PermissionError:  # held shut by an application, or by the program that copies it here
            return answers.of_refusal(name, HostError("locked", file=name))
        except FileNotFoundError:
            return None  # taken away meanwhile
        answer = self._guarded(name, lambda: answers.of_outcome(name, self.press(path)))
        if not answer.again:
            self.memory.note(name, content)
            self._note_written(path)
        return answer

    def _guarded(self, name: str, work: Callable[[], Answer]) -> Answer:
        """One broken workbook must not stop the others."""
        try:
            return work()
        except HostError as refusal:
            return answers.of_refusal(name, refusal)
        except PermissionError:
            return answers.of_refusal(name, HostError("locked", file=name))
        except Exception as error:  # noqa: BLE001 - whatever went wrong
            return answers.of_words(name, *self.unexpected(error))

    def _note_written(self, path: Path) -> None:
        """What the press wrote, by its journal: the file itself may have been saved by a person since."""
        written = result_of(path)
        if written.exists() and (left := self._left(written)):
            self.memory.note(written.name, left[-1])

    def _left(self, path: Path) -> list[str]:
        """The contents that presses and undos left of a workbook, by its journal."""
        if not (self.folder / FOLDER).is_dir():
            return []
        try:
            return [str(e.get("after")) for e in journal_of(path).entries() if e.get("event") == "intent"]
        except HostError:
            return []  # the press will say why it cannot be read

    def _ours(self, path: Path, content: str) -> bool:
        """Whether a press or an undo left the file like this: somebody pressed a button, or took a press back."""
        return content in self._left(path)

    def _wish(self, name: str, wanted: str, now: Mapping[str, Seen]) -> Answer:
        """Take the last press on a workbook back; the wish goes, so that it is not heard twice."""
        target = meant(wanted, now)
        if target is None:
            (self.folder / name).unlink(missing_ok=True)
            return answers.of_words(
                wanted,
                f"本文件夹里没有工作簿“{wanted}”，无法撤销。",
                f"There is no workbook {wanted} in this folder: nothing was taken back.",
            )
        answer = self._guarded(target, lambda: answers.of_undo(target, self.undo(self.folder / target)))
        if not answer.again:
            (self.folder / name).unlink(missing_ok=True)
        return answer


def once(watch: Watch, seconds: float, sleep: Callable[[float], None] = time.sleep) -> None:
    """Two looks, so that nothing is taken that is still being written."""
    earlier = look(watch.folder)
    sleep(seconds)
    watch.step(earlier)


def forever(watch: Watch, seconds: float, away: Callable[[], None], sleep: Callable[[float], None] = time.sleep) -> None:
    """Look again and again, until KeyboardInterrupt; away: is told when the folder cannot be read (and it is tried again)."""
    earlier: dict[str, Seen] = {}
    gone = False
    while True:
        try:
            earlier, gone = watch.step(earlier), False
        except OSError:
            if not gone:
                away()
            gone = True
        sleep(seconds)
