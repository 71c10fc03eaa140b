"""What nobody expected: one message for the person, and a file without personal data for whoever can help."""

from __future__ import annotations

import datetime as dt
import sys
import traceback
from pathlib import Path

from macros_py import __version__


def unexpected(error: Exception) -> str:
    """One message, and the places in our code (no values: they may be personal) in a file for whoever can help."""
    steps = "".join(f"{f.filename}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(error.__traceback__))
    folder = Path.home() / ".dunbook"
    name = folder / f"diagnostic-{dt.datetime.now():%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(exist_ok=True)
        name.write_text(f"dunbook {__version__} python {sys.version.split()[0]}\n{type(error).__name__}\n{steps}", "utf-8")
    except OSError:
        return f"出现意外错误（{type(error).__name__}），没有写入。/ Unexpected error ({type(error).__name__}); nothing was written."
    return (
        f"出现意外错误，没有写入；诊断信息（不含个人数据）在：{name}，请发给维护人员。/ "
        f"Unexpected error; nothing was written. A diagnostic file without personal data is at {name}: please send it to the maintainers."
    )
