"""What a refusal is: words and remedy, zh and en."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """The words of one code. Fields in braces come from HostError.values; {file} is the name of the file."""

    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
