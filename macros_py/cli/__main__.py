"""python -m macros_py.cli, and the command dunbook."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn

from macros_py.cli import main


def run() -> NoReturn:
    """Run one command and leave at once: the system takes the memory of a large ledger back quicker than it could be given back piece by piece."""
    gc.set_threshold(200_000, 50, 50)  # importing makes much and drops nothing: the collector would look through it all for nothing
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
