"""还款方案: two or three repayment proposals for one case, on a sheet of their own and in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain import plan_register, proposal_sheet
from macros_py.domain.affordability import Means
from macros_py.domain.changes import Changes
from macros_py.domain.problems import Problem
from macros_py.domain.repayment import PlanRequest, propose
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets


@dataclass(frozen=True)
class Propose:
    """What the debtor told of income and expenses → what is affordable → proposals to the cent."""

    case: str
    income_fen: int = 0
    expenses_fen: int = 0
    other_debts_fen: int = 0
    dependants: int = 0
    whole: bool = False
    first_on: date | None = None

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        taken = writing.title_taken(tables, sheets.PLANS)
        if taken or min(self.income_fen, self.expenses_fen, self.other_debts_fen, self.dependants) < 0:
            return Pressed(Changes(), (*taken, *([] if taken else [Problem("plan-means-negative")])))
        if self.first_on is not None and self.first_on <= today:
            return Pressed(Changes(), (Problem("plan-first-due-past", values={"day": self.first_on}),))
        work = procedure.judge(tables, rules, today)
        means = Means(self.income_fen, self.expenses_fen, self.other_debts_fen, self.dependants)
        made, problems = propose(work.tables, rules, today, PlanRequest(self.case.strip(), means, self.whole, self.first_on))
        if made is None:
            return Pressed(Changes(), tuple(problems))
        rows = plan_register.rows(made, tables.plans, today, rules.office.language)
        register, register_sheet = writing.added(tables, rules, sheets.PLANS, rows)
        sheet = proposal_sheet.sheet(made, work.tables, rules, today)
        defaults = writing.missing(tables, rules, (), writing.ACCOUNT_SHEETS)
        changes = Changes(append=register, sheets=(sheet, *register_sheet, *defaults))
        return Pressed(changes, tuple(problems), {"proposals": len(made.proposals)})
