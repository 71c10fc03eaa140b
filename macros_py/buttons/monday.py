"""周一一键: everything that a department needs on Monday at 08:30, in one press."""

from __future__ import annotations

from datetime import date
from typing import Final

from macros_py.buttons import guide, procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.buttons.statement_import import filled
from macros_py.domain import columns as c
from macros_py.domain import personal_plan, plan_day, plan_entries, team_plan, weekly_progress
from macros_py.domain.changes import Changes
from macros_py.domain.reconciling import standing
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets

DEFAULTS = (
    sheets.COLLECTORS,
    sheets.PEOPLE,
    sheets.TARGETS,
    sheets.HOLDS,
    sheets.CALENDAR,
    sheets.CONTACTS,
    sheets.LETTERS,
    sheets.WEEK_REPORTS,
)
LISTED: Final = (
    sheets.TEAM_SHEET,
    sheets.CHECK_SHEET,
    sheets.SETTINGS.zh,
    sheets.PRIORITY_RULES_SHEET,
    sheets.STRATEGY_SHEET,
    sheets.COMPLIANCE_SHEET,
    sheets.COLLECTORS.zh,
    sheets.TARGETS.zh,
    sheets.HOLDS.zh,
    sheets.CONTACTS.zh,
    sheets.WEEK_REPORTS.zh,
    sheets.SNAPSHOTS.zh,
    sheets.PAYMENTS.zh,
    sheets.RECONCILIATION_SHEET,
    sheets.LETTERS.zh,
)


class Monday:
    """Check → receipts and promises → priority → strategy and holds → assignment → plans → letters due → weekly tab."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        seen, said = procedure.with_defaults(tables, rules, DEFAULTS)
        seen, entries, typed_problems = procedure.log_typed_results(seen, rules, today)
        work = procedure.judge(seen, rules, today)
        work.problems += typed_problems
        procedure.assign_owners(work)
        letters = procedure.letters(work)
        day = plan_day.divide(work.tables, rules, today)
        plans = plan_entries.carry_all(
            work.tables, personal_plan.plans(work.tables, rules, today, personal_plan.with_away(work.tables, day))
        )
        team = plan_entries.carry(work.tables, team_plan.plan(work.tables, rules, today, day))
        snapshot, snapshot_sheet = procedure.month_end_kept(work)
        week = plan_entries.carry(work.tables, weekly_progress.week(work.tables, rules, today))
        entries = procedure.with_left(work, entries, plans)
        log, log_sheet = writing.added(tables, rules, sheets.CONTACTS, entries)
        register, register_sheet = writing.added(tables, rules, sheets.LETTERS, letters.register)
        made = (*log_sheet, *register_sheet, *snapshot_sheet)
        defaults = writing.missing(tables, rules, DEFAULTS, writing.RULE_SHEETS)
        defaults = tuple(m for m in defaults if m.name not in {n.name for n in made})
        matched = filled(tables, rules, work.tables.payments, c.RECONCILED) if len(tables.payments) else ()
        once = tuple(p for p in work.matched if p.code in standing.SAID_ONCE)
        work.problems += [p for p in work.matched if p not in once]
        changes = Changes(
            fill=(*writing.filled(work.tables, writing.SCORED + writing.PLACED + writing.ASSIGNED, rules.office.language), *matched),
            append=(*log, *register, *snapshot),
            sheets=(
                guide.model(tables, rules, today, ((title, guide.PURPOSES[title]) for title in LISTED)),
                team,
                *plans,
                week,
                *made,
                *defaults,
            ),
            files=letters.files,
        )
        figures = {**procedure.figures(work), "plans": len(day.days), "letters": letters.count, "sms": letters.sms, "logged": len(entries)}
        figures["tasks"] = sum(len(model.tables[block]) for model in plans for block in procedure.TASK_BLOCKS)
        return Pressed(changes, tuple(work.problems), figures, (*said, *once, *letters.said), listed=True)
