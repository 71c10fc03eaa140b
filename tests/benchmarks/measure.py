"""Run one command in a process of its own and say how long it took and how much memory it (with its children) held at most."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """seconds of wall time; peak_mb: the most resident memory of the whole process tree."""

    seconds: float
    peak_mb: float


def _tree_rss(pid: int) -> int:
    total = 0
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        try:
            fields = Path(f"/proc/{current}/statm").read_text().split()
            total += int(fields[1]) * 4096
            for task in Path(f"/proc/{current}/task").iterdir():
                waiting += [int(c) for c in (task / "children").read_text().split()]
        except (OSError, ValueError):
            continue
    return total


def measure(command: Sequence[str]) -> Measured:
    """Time and peak memory of a command; its failure is an error."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = 0
    errors: list[bytes] = []
    assert process.stderr is not None
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read()), daemon=True)  # type: ignore[union-attr]
    reader.start()
    while process.poll() is None:
        peak = max(peak, _tree_rss(process.pid))
        time.sleep(0.01)
    seconds = time.perf_counter() - started
    reader.join()
    if process.returncode not in (0, 1):
        sys.stderr.write(b"".join(errors).decode(errors="replace")[-3000:])
        raise SystemExit(f"failed: {' '.join(command)}")
    return Measured(seconds, peak / 1e6)
