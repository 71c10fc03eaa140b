"""个人计划: a plan sheet for every collector."""

from __future__ import annotations

from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain import personal_plan, plan_day, plan_entries
from macros_py.domain.changes import Changes
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets


class Plan:
    """What was typed on the present plans is logged and carried over; then each plan is drawn anew."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        seen, said = procedure.with_defaults(tables, rules, (sheets.COLLECTORS,))
        seen, entries, typed_problems = procedure.log_typed_results(seen, rules, today)
        work = procedure.judge(seen, rules, today)
        work.problems += typed_problems
        procedure.assign_owners(work)
        day = personal_plan.with_away(work.tables, plan_day.divide(work.tables, rules, today))
        plans = tuple(plan_entries.carry_all(work.tables, personal_plan.plans(work.tables, rules, today, day)))
        entries = procedure.with_left(work, entries, plans)
        log, log_sheet = writing.added(tables, rules, sheets.CONTACTS, entries)
        changes = Changes(
            fill=writing.filled(work.tables, writing.ASSIGNED),
            append=log,
            sheets=(*plans, *log_sheet, *writing.missing(tables, rules, (sheets.COLLECTORS,))),
        )
        figures = {**procedure.figures(work), "plans": len(plans), "logged": len(entries)}
        return Pressed(changes, tuple(work.problems), figures, tuple(said))
