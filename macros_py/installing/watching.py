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
from macros_py.installing.drop_folder import Seen, look, meant, seen_now, settled, undo_wish
from macros_py.records.journal import FOLDER
from macros_py.run.opening import journal_of, result_of
from macros_py.run.outcome import Outcome

REMEMBERED: Final = 50  # contents of one file
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

    def note(self, name: str, content: str) -> None:
        if self.knows(name, content):
            return
        self.done[name] = [*self.done.get(name, []), content][-REMEMBERED:]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(self.done, ensure_ascii=False), "utf-8")
        part.replace(self.path)


@dataclass
class Watch:
    """press, undo: what to do with a workbook; unexpected: words for what nobody expected; told: hears of every answer."""

    folder: Path
    press: Press
    undo: Press
    unexpected: Callable[[Exception], str]
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
            self._finish(name, answer)
        return now

    def _finish(self, name: str, answer: Answer | None) -> None:
        path = self.folder / name
        if answer is not None and answer.again:
            if self.waiting.get(name) != "".join(answer.zh):
                self._say(answer)
            self.waiting[name] = "".join(answer.zh)
            return
        self.waiting.pop(name, None)
        if answer is not None:
            self._say(answer)
        if seen := seen_now(path):
            self.handled[name] = seen

    def _say(self, answer: Answer) -> None:
        answers.write(self.folder, answer, dt.datetime.now())
        self.told(answer)

    def _workbook(self, name: str) -> Answer | None:
        path = self.folder / name
        try:
            content = digest(path.read_bytes())
            if self.memory.knows(name, content) or self._ours(path, content):
                return None
            answer = self._pressed(name, path)
            if not answer.again:
                self.memory.note(name, content)
                self._note_written(path)
        except HostError as refusal:
            return answers.of_refusal(name, refusal)
        except PermissionError:
            return answers.of_refusal(name, HostError("locked", file=name))
        except FileNotFoundError:
            return None  # taken away meanwhile
        return answer

    def _pressed(self, name: str, path: Path) -> Answer:
        locks.check(path)
        try:
            return answers.of_outcome(name, self.press(path))
        except HostError as refusal:
            return answers.of_refusal(name, refusal)
        except PermissionError:
            raise
        except Exception as error:  # noqa: BLE001 - one broken workbook must not stop the others
            zh, _, en = self.unexpected(error).partition("/ ")
            return answers.of_words(name, zh, en)

    def _note_written(self, path: Path) -> None:
        """What a press wrote is not a new workbook of a person."""
        written = result_of(path)
        if written.exists():
            self.memory.note(written.name, digest(written.read_bytes()))

    def _ours(self, path: Path, content: str) -> bool:
        """Whether a press or an undo left the file like this: somebody pressed a button, or took a press back."""
        if not (self.folder / FOLDER).is_dir():
            return False
        try:
            return any(e.get("event") == "intent" and e.get("after") == content for e in journal_of(path).entries())
        except HostError:
            return False  # the press will say why it cannot be read

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
        path = self.folder / target
        try:
            outcome = self.undo(path)
        except HostError as refusal:
            if refusal.code != "locked":
                (self.folder / name).unlink(missing_ok=True)
            return answers.of_refusal(target, refusal)
        (self.folder / name).unlink(missing_ok=True)
        self._note_written(path)
        if seen := seen_now(path):
            self.handled[target] = seen
        return Answer(
            target,
            not outcome.conflicts,
            ("已撤销上一步。", *(f"此后有人改过，保留不动：{c}" for c in outcome.conflicts)),
            ("The last press was taken back.", *(f"Kept, changed since: {c}" for c in outcome.conflicts)),
        )


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
