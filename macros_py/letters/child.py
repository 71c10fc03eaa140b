"""The process in which templates are opened and filled: letters in as JSON, letters out as frames; it holds nothing else.

In: {"templates": {name: path}, "letters": [[template, context], …]} on standard input; dates as {"$date": iso}.
Out: frames of one kind byte and a 4-byte length: b"L" a letter's bytes, b"E" a LetterError as JSON (the last frame then).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from macros_py.letters.errors import LetterError

MEMORY = 1_500_000_000  # bytes of address space, where the system can limit it


def revive(found: dict[str, Any]) -> Any:
    """A JSON object as it was: a date or a dict."""
    return date.fromisoformat(found["$date"]) if found.keys() == {"$date"} else found


def limit_memory() -> None:
    """The child may not take the machine with it. Windows has no such limit for us: there the output count and the time limit stand."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def letters(job: dict[str, Any]) -> Iterator[bytes]:
    """The bytes of each letter in turn; a template is checked and compiled when its first letter comes."""
    from macros_py.letters.render import Letterhead

    heads: dict[str, Letterhead] = {}
    for template, context in job["letters"]:
        if template not in heads:
            heads[template] = Letterhead(template, Path(job["templates"][template]).read_bytes())
        yield heads[template].fill(context)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """One job: read it whole, answer letter by letter."""
    job = json.loads(source.read(), object_hook=revive)
    try:
        for letter in letters(job):
            send(sink, b"L", letter)
    except LetterError as error:
        send(sink, b"E", json.dumps({"code": error.code, "values": error.values}, default=str).encode())
    except MemoryError:
        send(sink, b"E", json.dumps({"code": "template-too-big", "values": {"template": "?", "what": "内存", "limit": "1.5 GB"}}).encode())


def send(sink: BinaryIO, kind: bytes, content: bytes) -> None:
    """One frame."""
    sink.write(kind + len(content).to_bytes(4, "big") + content)
    sink.flush()


if __name__ == "__main__":
    limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
