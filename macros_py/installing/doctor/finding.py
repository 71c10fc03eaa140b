"""One finding of a check, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from macros_py.installing.words import Words

Level = Literal["ok", "warning", "wrong"]
_NOTHING: Final = Words("", "")


@dataclass(frozen=True)
class Finding:
    """One check. what: the state in a sentence; remedy: what to do, empty where all is well."""

    code: str
    level: Level
    what: Words
    remedy: Words = _NOTHING


def ok(code: str, zh: str, en: str) -> Finding:
    return Finding(code, "ok", Words(zh, en))


def warning(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> Finding:
    return Finding(code, "warning", Words(zh, en), Words(remedy_zh, remedy_en))


def wrong(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> Finding:
    return Finding(code, "wrong", Words(zh, en), Words(remedy_zh, remedy_en))
