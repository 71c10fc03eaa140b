"""分配案件: one owner for every debtor, and why."""

from __future__ import annotations

from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain.changes import Changes
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets


class Assign:
    """Judged cases are shared out by minutes, skill, region and product; few change hands."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        seen, said = procedure.with_defaults(tables, rules, (sheets.COLLECTORS,))
        work = procedure.judge(seen, rules, today)
        procedure.assign_owners(work)
        changes = Changes(
            fill=writing.filled(work.tables, writing.ASSIGNED),
            sheets=writing.missing(tables, rules, (sheets.COLLECTORS,)),
        )
        return Pressed(changes, tuple(work.problems), procedure.figures(work), tuple(said))
