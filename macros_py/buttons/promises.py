"""承诺检查: promises and instalments against the receipts, tasks for those not kept, thanks for money that came."""

from __future__ import annotations

from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain import columns as c
from macros_py.domain import plan_entries, plan_monitor, promise_check, thanks
from macros_py.domain.changes import Changes
from macros_py.domain.kinds import conform
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets


class Promises:
    """What was typed on plans counts first; then each promise and instalment is judged."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        taken = writing.title_taken(tables, sheets.LETTERS, sheets.ADJUSTMENTS)
        if taken:
            return Pressed(Changes(), taken)
        seen, entries, typed = procedure.log_typed_results(tables, rules, today)
        work = procedure.judge(seen, rules, today)
        work.problems += typed
        sheet = plan_entries.carry(work.tables, promise_check.check(work.tables, rules, today))
        due, problems = thanks.thanks_due(work.tables, rules, today)
        log, log_sheet = writing.added(tables, rules, sheets.CONTACTS, entries)
        rows = conform(due, c.LETTER_COLUMNS)[[k.name for k in c.LETTER_COLUMNS]]
        register, register_sheet = writing.added(tables, rules, sheets.LETTERS, rows)
        booked, booked_sheet = writing.added(tables, rules, sheets.ADJUSTMENTS, plan_monitor.waivers_due(work.tables, rules, today))
        changes = Changes(
            append=(*log, *register, *booked),
            sheets=(sheet, *log_sheet, *register_sheet, *booked_sheet),
            files=thanks.thanks_file(due, rules, today),
        )
        figures = {"promises_due": sheet.facts["due"], "promise_tasks": sheet.facts["tasks"], "thanks": len(due), "logged": len(entries)}
        return Pressed(changes, (*work.problems, *problems), figures)
