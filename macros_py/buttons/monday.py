"""周一一键: everything that a department needs on Monday at 08:30, in one press."""

from __future__ import annotations

from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain import personal_plan, plan_day, plan_entries, team_plan, weekly_progress
from macros_py.domain.changes import Changes
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets

DEFAULTS = (sheets.COLLECTORS, sheets.PEOPLE, sheets.TARGETS, sheets.HOLDS, sheets.CALENDAR, sheets.CONTACTS, sheets.LETTERS)


class Monday:
    """Check → receipts and promises → priority → strategy and holds → assignment → plans → letters due → weekly tab."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        tables, entries, typed_problems = procedure.log_typed_results(tables, rules, today)
        work = procedure.judge(tables, rules, today)
        work.problems += typed_problems
        procedure.assign_owners(work)
        letters = procedure.letters(work)
        day = plan_day.divide(work.tables, rules, today)
        plans = [plan_entries.carry(work.tables, model) for model in personal_plan.plans(work.tables, rules, today, day)]
        team = plan_entries.carry(work.tables, team_plan.plan(work.tables, rules, today, day))
        week = plan_entries.carry(work.tables, weekly_progress.week(work.tables, rules, today))
        entries = procedure.with_left(work, entries, plans)
        log, log_sheet = writing.added(tables, rules, sheets.CONTACTS, entries)
        register, register_sheet = writing.added(tables, rules, sheets.LETTERS, letters.register)
        made = (*log_sheet, *register_sheet)
        defaults = writing.missing(tables, rules, DEFAULTS, writing.RULE_SHEETS)
        defaults = tuple(m for m in defaults if m.name not in {n.name for n in made})
        changes = Changes(
            fill=writing.filled(work.tables, writing.SCORED + writing.PLACED + writing.ASSIGNED),
            append=(*log, *register),
            sheets=(team, *plans, week, *made, *defaults),
            files=letters.files,
        )
        figures = {**procedure.figures(work), "plans": len(plans), "letters": letters.count, "sms": letters.sms, "logged": len(entries)}
        figures["tasks"] = sum(len(model.tables[block]) for model in plans for block in procedure.TASK_BLOCKS)
        return Pressed(changes, tuple(work.problems), figures)
