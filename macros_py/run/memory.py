"""Memory that is free again goes back to the system between the steps of a press."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Final

_ARENA_MAX: Final = -8  # M_ARENA_MAX of mallopt


def keep_together() -> None:
    """One pool for all threads: the C library of Linux gives each its own, and what one has freed the others cannot use."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # a C library without this call
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """The C library of Linux keeps what has been freed, up to a quarter of all memory of a press; elsewhere nothing is needed."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
