"""计算优先级: score, ranks, reasons, tier and next step of every case."""

from __future__ import annotations

from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain.changes import Changes
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables


class Priority:
    """Receipts, promises and holds first; then the score, the place on the ladder, and what may be done."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        work = procedure.judge(tables, rules, today)
        changes = Changes(
            fill=writing.filled(work.tables, writing.SCORED + writing.PLACED, rules.office.language),
            sheets=writing.missing(tables, rules, (), writing.RULE_SHEETS),
        )
        return Pressed(changes, tuple(work.problems), procedure.figures(work))
