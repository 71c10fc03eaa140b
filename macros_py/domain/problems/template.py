"""What a kind of problem is: how much it weighs, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """blocking: nothing is written. problem: done without it, and said. note: worth knowing."""

    BLOCKING = "blocking"
    PROBLEM = "problem"
    NOTE = "note"


@dataclass(frozen=True)
class Template:
    """The words of one kind of problem, zh and en; fields in braces come from Problem.values. Never personal data."""

    severity: Severity
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


B, P, N = Severity.BLOCKING, Severity.PROBLEM, Severity.NOTE
