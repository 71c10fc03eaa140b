"""还款协议: one proposal becomes an agreement: printed for signature, then registered as signed with its instalments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain.agreement import AgreeRequest, agree
from macros_py.domain.changes import Changes
from macros_py.domain.problems import Problem, blocking
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets


@dataclass(frozen=True)
class Agree:
    """A signed plan pauses the collection of its case until it is breached."""

    case: str
    proposal: int = 0
    signed_on: date | None = None
    approved_by: str = ""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        taken = writing.title_taken(tables, sheets.PLANS, sheets.INSTALMENTS, sheets.LETTERS)
        if taken:
            return Pressed(Changes(), taken)
        work = procedure.judge(tables, rules, today)
        request = AgreeRequest(self.case.strip(), self.proposal, self.signed_on, self.approved_by.strip())
        made = agree(work.tables, rules, today, request)
        parts = ((sheets.PLANS, made.plan), (sheets.INSTALMENTS, made.instalments), (sheets.LETTERS, made.letters))
        added = [writing.added(tables, rules, sheet, rows) for sheet, rows in parts]
        append = tuple(a for appended, _ in added for a in appended)
        new_sheets = tuple(m for _, models in added for m in models)
        changes = Changes(append=append, sheets=new_sheets, files=made.files)
        figures = {"instalments": len(made.instalments), "agreements": len(made.files)}
        return Pressed(changes, (*made.problems, *_not_made(changes, made.problems)), figures)


def _not_made(changes: Changes, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """A press for one thing that was hindered is not over as if all was well."""
    hindered = not any(changes.counts().values()) and problems and not blocking(problems)
    return (Problem("agreement-not-made"),) if hindered else ()
