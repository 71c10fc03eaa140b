"""The last gate before a letter's bytes get a name on a disk: a plain file name, made by us, that every system takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from macros_py.letters.errors import LetterError

_PLAIN: Final = re.compile(r"[\w〔〕][\w〔〕 -]{0,150}\.(?:docx|xlsx|xlsm)")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\.[^.]+", re.IGNORECASE)


def checked(names: Iterable[str]) -> list[str]:
    """The names, when each is a plain file name (no folder, no dots but the suffix's, nothing reserved) and none stands twice."""
    seen: set[str] = set()
    out = []
    for name in names:
        if not _PLAIN.fullmatch(name) or _RESERVED.fullmatch(name) or len(name.encode()) > 240:
            raise LetterError("name-refused", name=re.sub(r"[\x00-\x1f]", "?", name)[:80])
        if name.casefold() in seen:
            raise LetterError("name-twice", name=name)
        seen.add(name.casefold())
        out.append(name)
    return out
