"""Letters are filled in a child process: one child for many letters, stopped when a letter takes too long."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final

from macros_py.interpreter import import_path, program
from macros_py.letters.errors import LetterError
from macros_py.letters.sandbox import plain

START_SECONDS: Final = 30.0  # until the first letter: the child starts, the template is checked and compiled
LETTER_SECONDS: Final = 10.0  # from one letter to the next; a letter takes about a millisecond

Letter = tuple[str, Mapping[str, Any]]  # template name, context
Frame = tuple[bytes, bytes]  # kind, content


def render_batch(
    letters: Sequence[Letter], templates: Mapping[str, Path], start_seconds: float = START_SECONDS, letter_seconds: float = LETTER_SECONDS
) -> Generator[bytes, None, None]:
    """The bytes of each letter, in order. LetterError when one cannot be made; those that came before it are valid."""
    if not letters:
        return
    used = {template for template, _ in letters}
    job = {"templates": {n: str(templates[n]) for n in used}, "letters": [[t, plain(dict(c))] for t, c in letters]}
    frames: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    with _child() as child:
        threads = (
            threading.Thread(target=_read_frames, args=(child.stdout, frames), daemon=True),
            threading.Thread(target=_write, args=(child.stdin, json.dumps(job, default=_dated).encode()), daemon=True),
        )
        for thread in threads:
            thread.start()
        try:
            for number, (template, _) in enumerate(letters):
                yield _next(frames, child, template, letter_seconds if number else start_seconds)
        finally:
            child.kill()  # it has nothing to lose: it writes no file
            for thread in threads:
                thread.join()


def _child() -> subprocess.Popen[bytes]:
    """Python itself, with our package and nothing of the caller's working folder on its path."""
    keep = {
        k: v for k, v in os.environ.items() if k.upper() in {"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TEMP", "TMP", "HOME", "VIRTUAL_ENV"}
    }
    environment = keep | {"PYTHONPATH": import_path(), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    command = [program() or sys.executable, "-P", "-m", "macros_py.letters.child"]
    return subprocess.Popen(  # noqa: S603 - our own module, no shell, no words from outside
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, creationflags=hidden
    )


def _next(frames: queue.SimpleQueue[Frame], child: subprocess.Popen[bytes], template: str, seconds: float) -> bytes:
    try:
        kind, content = frames.get(timeout=seconds)
    except queue.Empty as error:
        raise LetterError("template-slow", template=template, limit=f"{seconds:g}") from error
    if kind == b"L":
        return content
    if kind == b"E":
        told = json.loads(content)
        raise LetterError(told["code"], **told["values"])
    raise LetterError("maker-stopped", exit_code=child.wait(timeout=10))


def _read_frames(stream: BinaryIO, frames: queue.SimpleQueue[Frame]) -> None:
    """Every frame, then (b"", b"") when the child has ended. Nothing that the child says is ever run or unpickled."""
    while len(head := stream.read(5)) == 5:
        frames.put((head[:1], stream.read(int.from_bytes(head[1:], "big"))))
    frames.put((b"", b""))


def _write(stream: BinaryIO, content: bytes) -> None:
    try:
        with stream:
            stream.write(content)
    except OSError:
        return  # the child has ended; the reader says so


def _dated(value: object) -> dict[str, str]:
    assert isinstance(value, date)
    return {"$date": value.isoformat()}
