"""团队计划: the team sheet."""

from __future__ import annotations

from datetime import date

from macros_py.buttons import procedure
from macros_py.buttons.button import Pressed
from macros_py.domain import plan_entries, team_plan
from macros_py.domain.changes import Changes
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables


class Team:
    """Load, targets, exceptions, buckets, changes of owner and what nobody owns, as of today."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        work = procedure.judge(tables, rules, today)
        procedure.assign_owners(work)
        team = plan_entries.carry(work.tables, team_plan.plan(work.tables, rules, today))
        changes = Changes(sheets=(team,))
        return Pressed(changes, tuple(work.problems), procedure.figures(work))
