"""What a person gave for a press, as the button takes it: files are read into cells, for buttons know no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from macros_py.buttons.asking import Asked, GivenFile
from macros_py.hosts import bank_messages, foreign
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import HostError


def given_values(asks: Sequence[Asked], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The values typed, paths of files replaced by their content. HostError when a file cannot be read."""
    out = dict(typed)
    for asked in asks:
        if asked.kind == "file" and asked.name in out:
            value = out[asked.name]
            out[asked.name] = tuple(read_file(p) for p in value) if asked.many else read_file(value)
        elif asked.many and asked.name in out:
            out[asked.name] = tuple(out[asked.name])
    return out


def read_file(path: Path) -> GivenFile:
    """The cells of every sheet of a workbook, of a text or old file, or of a bank's message (MT940, CAMT.053)."""
    if not path.is_file():
        raise HostError("not-found", file=path.name)
    try:
        message = bank_messages.read_message(path.read_bytes(), path.stem)
        if message is not None:
            return GivenFile(path.name, tuple(message))
        if foreign.is_foreign(path):
            return GivenFile(path.name, tuple(foreign.read_foreign(path)))
        return GivenFile(path.name, _workbook(path))
    except HostError as error:
        error.values.setdefault("file", path.name)
        raise


def _workbook(path: Path) -> tuple[Any, ...]:
    host = FileHost.for_reading(path)
    try:
        return tuple(host.read(s.name) for s in host.sheets() if s.worksheet)
    finally:
        host.close()
