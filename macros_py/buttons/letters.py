"""到期信函: letters and SMS that are due, numbered, rendered and registered."""

from __future__ import annotations

from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain.changes import Changes
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets


class LettersDue:
    """Judged cases that may be written to get the letter of their tier, once."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        work = procedure.judge(tables, rules, today)
        due = procedure.letters(work)
        register, register_sheet = writing.added(tables, rules, sheets.LETTERS, due.register)
        changes = Changes(append=register, sheets=register_sheet, files=due.files)
        return Pressed(changes, tuple(work.problems), {**procedure.figures(work), "letters": due.count, "sms": due.sms}, due.said)
