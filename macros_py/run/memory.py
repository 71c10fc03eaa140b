"""Memory that is free again goes back to the system between the steps of a press."""

from __future__ import annotations

import contextlib
import ctypes
import sys


def give_back() -> None:
    """The C library of Linux keeps what threads have freed, up to a quarter of all memory of a press; elsewhere nothing is needed."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # a C library without this call
            ctypes.CDLL(None).malloc_trim(0)
