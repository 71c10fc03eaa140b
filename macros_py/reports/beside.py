"""With a large ledger the sheets are drawn by a process of its own, on another core, while the ledger is filled. The parts are the same."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from macros_py.domain.changes import SheetModel
from macros_py.interpreter import import_path, program

LARGE: Final = 30_000  # cases from which on a process that takes half a second to start is worth it


class Drawing:
    """Sheets that are drawn while other things are done: the process is started first, then told what to draw, then asked for it."""

    def __init__(self, *, beside: bool) -> None:
        """beside: in a process of its own; else here, when the sheets are asked for."""
        self._folder = tempfile.TemporaryDirectory(prefix="dunbook-", ignore_cleanup_errors=True) if beside else None
        self._child = _started(self._folder.name) if self._folder else None
        self._models: Sequence[SheetModel] = ()
        self._lang, self._date1904 = "zh", False
        self._answer: Future[bytes] | None = None

    def begin(self, models: Sequence[SheetModel], lang: str, *, date1904: bool = False) -> None:
        """What to draw. date1904: the workbook that takes the sheets in counts its days from 1904, and cells keep their numbers."""
        self._models, self._lang, self._date1904 = models, lang, date1904
        child = self._child
        if child is not None and models:
            job = pickle.dumps((models, lang, date1904), pickle.HIGHEST_PROTOCOL)
            pool = ThreadPoolExecutor(1)
            self._answer = pool.submit(lambda: child.communicate(job)[0])
            pool.shutdown(wait=False)

    def drawn(self) -> bytes:
        """One .xlsx with all sheets; see draw.draw. What the other process could not do is done here."""
        if self._child is not None and self._answer is not None:
            with contextlib.suppress(OSError, ValueError):
                made = self._answer.result()
                if made and self._child.wait() == 0:
                    return made
        from macros_py.reports.draw import draw  # the library that draws is not loaded where the other process does it

        return draw(self._models, self._lang, date1904=self._date1904)

    def close(self) -> None:
        """Nobody waits for the sheets any more."""
        if self._child is not None:
            self._child.kill()
            if self._answer is None:
                self._child.communicate()
            self._child.wait()
        if self._folder is not None:
            self._folder.cleanup()


def _started(folder: str) -> subprocess.Popen[bytes] | None:
    """Python itself, with our package and nothing of the caller's working folder on its path; None where no process can be had."""
    environment = os.environ | {"PYTHONPATH": import_path(), "MALLOC_ARENA_MAX": "1"}
    command = [program() or sys.executable, "-P", "-m", "macros_py.reports.child", folder]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=none, env=environment, creationflags=hidden)  # noqa: S603 - our own module
    except OSError:
        return None
