"""Who presses, where nobody says so."""

from __future__ import annotations

import os


def system_user() -> str:
    """The name under which the operating system knows the one who sits at the machine; "" where it knows none."""
    return os.environ.get("USERNAME") or os.environ.get("USER") or ""
