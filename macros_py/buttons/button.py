"""A button: one thing that a person presses. It reads tables and answers with one Changes value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from macros_py.domain.changes import Changes
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables


@dataclass(frozen=True)
class Pressed:
    """What a press came to: the changes, what is wrong, and the figures for the one line of result.

    said: what only this press has to say (sheets added with defaults). listed: everything that is wrong, what reading found
    included, also becomes the sheet 体检结果.
    """

    changes: Changes
    problems: tuple[Problem, ...] = ()
    figures: dict[str, int] = field(default_factory=dict)
    said: tuple[Problem, ...] = ()
    listed: bool = False


class Button(Protocol):
    """press: tables in, what is to be written out; nothing is written here."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed: ...
