"""Progress of a press in an application: its status bar, and a small window of our own in which the person can stop it."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from macros_py import interpreter
from macros_py.run.outcome import StoppedError
from macros_py.run.progress_window import STOPPED

WRITING: Final = "备份、写入、登记"  # the step from which nothing is stopped any more

GOING: Final = 0.25  # seconds that the window needs to take a word or to go


class Window:
    """The window's process. Where it cannot run (no display, no tkinter) a press goes on without it."""

    def __init__(self) -> None:
        self._process = _started()

    def say(self, text: str) -> None:
        """Show a text, or pass a word between dots on (see progress_window)."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.write(text.replace("\n", " ").encode() + b"\n")
                self._process.stdin.flush()

    @property
    def stopped(self) -> bool:
        """Whether the person pressed 停止."""
        return self._process is not None and self._process.poll() == STOPPED

    def lock(self) -> bool:
        """From here on nothing is stopped. → whether the person pressed 停止 just before, while the window was still going away."""
        self.say(".lock.")
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(GOING)
        return self.stopped

    def close(self) -> None:
        """Away with it."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
                return
            self._process.kill()


def _started() -> subprocess.Popen[bytes] | None:
    program = interpreter.program()
    if not program:
        return None
    script = str(Path(__file__).with_name("progress_window.py"))
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        return subprocess.Popen(  # noqa: S603 - our own file by our own interpreter
            [program, script], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, creationflags=hidden
        )
    except OSError:
        return None


@contextmanager
def shown(status: Callable[[str], None], window: Window | None, lang: Callable[[], str]) -> Iterator[Callable[[str, str], None]]:
    """A callback for Request.progress. StoppedError out of it when the person pressed 停止 before writing began."""

    def step(zh: str, en: str) -> None:
        if window is not None and window.stopped:
            raise StoppedError
        text = en if lang() == "en" else zh
        status(text + "…")
        if window is not None:
            window.say(text + "…")
            if zh == WRITING and window.lock():
                raise StoppedError

    try:
        yield step
    finally:
        if window is not None:
            window.close()
