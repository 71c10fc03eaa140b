"""更新周进度: this ISO week as one tab."""

from __future__ import annotations

from datetime import date

from macros_py.buttons import procedure
from macros_py.buttons.button import Pressed
from macros_py.domain import plan_entries, weekly_progress
from macros_py.domain.changes import Changes
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables


class Week:
    """The log and the receipts of the week against its targets; what people typed on the tab stays."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        work = procedure.judge(tables, rules, today)
        procedure.assign_owners(work)
        snapshot, snapshot_sheet = procedure.month_end_kept(work)
        tab = plan_entries.carry(work.tables, weekly_progress.week(work.tables, rules, today))
        return Pressed(Changes(append=snapshot, sheets=(tab, *snapshot_sheet)), tuple(work.problems), procedure.figures(work))
