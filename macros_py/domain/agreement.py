"""还款协议: one of the proposals is agreed — printed for signature, or registered as signed with its instalments.

An agreement is signed only on the debt for which it was proposed, within the days that a proposal stands, below the rate cap, and with the
approval that it needs. Its contents follow rule card_plan (商业银行信用卡业务监督管理办法 第70条): what is owed and of what it consists, currency,
period, dates and amount of each payment, whether interest and fees are charged meanwhile, rights, duties and breach.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import letters_due, plan_limits, plan_register
from macros_py.domain.amount_in_words import capitals
from macros_py.domain.arrays import text
from macros_py.domain.changes import FileModel
from macros_py.domain.kinds import conform
from macros_py.domain.letters_due import LetterTemplate, speaks_of_yuan
from macros_py.domain.money_words import yuan
from macros_py.domain.people import authority
from macros_py.domain.plan_limits import Asks, percent_text
from macros_py.domain.plan_monitor import RUNNING
from macros_py.domain.problems import Problem
from macros_py.domain.repayment import debt_of, order_of
from macros_py.domain.rules import Rules
from macros_py.domain.schedules import Instalment, Terms, instalments, largest, yearly_points
from macros_py.domain.segments import CARD, segment
from macros_py.domain.tables import Tables

TEMPLATE: Final = LetterTemplate("agreement", "还款协议", "Repayment agreement", "1", reviewed=True)
TO_SIGN: Final = "待签署"


@dataclass(frozen=True)
class AgreeRequest:
    """Which proposal of which case; signed_on: None prints it for signature; approved_by: who approved it, where that is needed."""

    case_id: str
    proposal: int
    signed_on: date | None = None
    approved_by: str = ""


@dataclass(frozen=True)
class Agreed:
    """Rows for 还款方案, 还款计划 and the letter register, and the agreement to be printed; all empty where nothing is to be done."""

    plan: pd.DataFrame
    instalments: pd.DataFrame
    letters: pd.DataFrame
    files: tuple[FileModel, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def agree(tables: Tables, rules: Rules, today: date, request: AgreeRequest) -> Agreed:
    """Agree one proposal, as plan_register has it.

    tables.plans, cases (as the procedure leaves them), people, letters; tables.presser
    """
    nothing = Agreed(_none(c.PLAN_COLUMNS), _none(c.INSTALMENT_COLUMNS), _none(c.LETTER_COLUMNS))
    found = plan_register.latest_round(tables.plans, request.case_id)
    found = found[found["proposal_no"] == request.proposal]
    at = (text(tables.cases, "case_id") == request.case_id).nonzero()[0]
    if found.empty or not len(at):
        return _with(nothing, Problem("agree-no-proposal", values={"number": request.proposal}))
    deal = _Deal(tables, rules, today, request, found.iloc[0].to_dict(), tables.cases.iloc[[at[0]]])
    stopped = deal.stopped()
    return _with(nothing, *stopped) if stopped else deal.done(nothing)


def _none(columns: Any) -> pd.DataFrame:
    return conform(pd.DataFrame(), columns)


def _with(agreed: Agreed, *problems: Problem) -> Agreed:
    return Agreed(agreed.plan, agreed.instalments, agreed.letters, agreed.files, [*agreed.problems, *problems])


class _Deal:
    """One proposal on its way to being signed."""

    def __init__(self, tables: Tables, rules: Rules, today: date, request: AgreeRequest, row: dict[Any, Any], case: pd.DataFrame) -> None:
        self.tables, self.rules, self.today, self.request, self.row, self.case = tables, rules, today, request, row, case
        standing = plan_register.standing(tables.plans)
        self.now: dict[Any, Any] = standing[standing["plan_id"] == row["plan_id"]].iloc[0].to_dict()
        self.terms: Terms = plan_register.terms_of(row, order_of(rules, today, case, row["proposed_on"].date()))
        self.schedule = instalments(self.terms)
        self.waived = int(row["waived_penalty"]) + int(row["waived_interest"])
        self.segment = segment(text(case, "product")[0])

    def stopped(self) -> list[Problem]:
        """Why the plan cannot be agreed now; the first reason of each kind."""
        if self.now["plan_state"] == c.SIGNED_STATE:
            return [Problem("agree-signed-already")]
        if text(self.case, "plan_state")[0] in RUNNING:
            return [Problem("agree-other-plan", values={"plan": text(self.case, "plan_id")[0]})]
        return [*speaks_of_yuan(self.tables), *self._days(), *self._debt(), *self._rate(), *self._approval()]

    def _days(self) -> list[Problem]:
        signed = self.request.signed_on
        if signed is not None and signed > self.today:
            return [Problem("agree-signed-later", values={"day": signed})]
        first = self.schedule[0].due_on
        return [Problem("plan-first-due-past", values={"day": first})] if first <= (signed or self.today) else []

    def _debt(self) -> list[Problem]:
        """The proposal stands for some days: meanwhile interest may have grown, which the creditor lets go; a receipt ends it."""
        before = self.terms.total + self.waived
        by_payoff = str(self.row["plan_basis"]) == c.BY_PAYOFF
        now = sum(debt_of(self.tables, self.rules, self.today, self.request.case_id, by_payoff).values())
        aged = (self.today - self.row["proposed_on"].date()).days
        if now < before:
            return [Problem("agree-debt-changed", values={"before": yuan(before), "now": yuan(now)})]
        days = self.rules.repayment.proposal_days
        return [Problem("agree-proposal-old", values={"days": days, "aged": aged})] if aged > days else []

    def _rate(self) -> list[Problem]:
        cap, _ = plan_limits.rate_cap(self.segment, self.request.signed_on or self.today, self.rules)
        apr = yearly_points(self.terms, self.schedule)
        if cap.points is None or apr <= cap.points:
            return []
        return [Problem("agree-over-cap", values={"rate": percent_text(apr), "cap": percent_text(cap.points)})]

    def asks(self) -> Asks:
        """What of the plan needs approval."""
        months = len(self.schedule) + self.terms.put_off
        over = largest(self.schedule) > int(self.row["plan_affordable"])
        doubt = text(self.case, "limitation_state")[0] in ("expired", "doubtful")
        return Asks(self.waived, months > self.rules.repayment.own_months, over, doubt)

    def approver(self) -> str | None:
        """Who decides: the person named, else the one who presses; None where that person may not."""
        who = authority(self.tables.people, self.request.approved_by or self.tables.presser)
        return (who.person if who else "") if plan_limits.may(who, self.asks()) else None

    def _approval(self) -> list[Problem]:
        if self.approver() is not None:
            return []
        asked, people = plan_limits.asks_words(self.asks()), plan_limits.approvers(self.tables.people, self.asks())
        values = {
            "asks": "、".join(zh for zh, _ in asked),
            "asks_en": ", ".join(en for _, en in asked),
            "people": "、".join(people) or "人员表无人有此权限",
            "people_en": ", ".join(people) or "nobody on the people sheet",
        }
        return [Problem("agree-needs-approval", values=values)]

    # --- what is written --------------------------------------------------------------------------------------------
    def done(self, nothing: Agreed) -> Agreed:
        """The rows, and the document unless it was made before."""
        number, problems = str(self.now["plan_letter"]), []
        files: tuple[FileModel, ...] = ()
        letters = nothing.letters
        if not number:
            problems = letters_due.office_problems(self.rules.office)
            if not problems:
                register = self.tables.letters["letter_no"]
                number = letters_due.numbers_after(register, self.rules.office.letter_prefix, self.today.year, 1)[0]
                files = (
                    FileModel(
                        letters_due.file_name(number, self.request.case_id), TEMPLATE.name, self._context(number), self.request.case_id
                    ),
                )
                letters = self._register(number)
        signed = self.request.signed_on is not None
        if not signed and not files:  # printed before, or it cannot be printed
            return _with(nothing, *problems)
        lines = (
            plan_register.instalment_rows(str(self.row["plan_id"]), self.request.case_id, self.schedule) if signed else nothing.instalments
        )
        return Agreed(self._plan(number), lines, letters, files, list(problems))

    def _plan(self, number: str) -> pd.DataFrame:
        signed = self.request.signed_on
        row = {name: self.row[name] for name in (k.name for k in c.PLAN_COLUMNS)} | {
            "plan_state": c.READY_STATE if signed is None else c.SIGNED_STATE,
            "plan_signed_on": pd.NaT if signed is None else pd.Timestamp(signed),
            "approved_by": self.approver() or "",
            "plan_letter": number,
        }
        return conform(pd.DataFrame([row]), c.PLAN_COLUMNS)

    def _register(self, number: str) -> pd.DataFrame:
        name = text(self.case, "customer")[0]
        row = {
            "letter_no": number,
            "case_id": self.request.case_id,
            "recipient": f"{name}（{'本单位' if letters_due.is_company(name) else '本人'}）" if name else "",
            "address": text(self.case, "address")[0],
            "template": TEMPLATE.zh,
            "template_version": TEMPLATE.version,
            "made_on": pd.Timestamp(self.today),
            "letter_state": TO_SIGN,
        }
        return conform(pd.DataFrame([row]), c.LETTER_COLUMNS)

    def _context(self, number: str) -> dict[str, Any]:
        t, due = self.terms, self.case["due_date"].iloc[0]
        waived = (("违约金", int(self.row["waived_penalty"])), ("利息", int(self.row["waived_interest"])))
        owed = (("费用", t.cost), ("违约金", t.penalty + waived[0][1]), ("利息", t.interest + waived[1][1]), ("本金", t.principal))
        total = sum(i.fen for i in self.schedule)
        return letters_due.office_context(self.rules.office) | {
            "letter_no": number,
            "case_id": self.request.case_id,
            "plan_id": str(self.row["plan_id"]),
            "customer": text(self.case, "customer")[0],
            "product": text(self.case, "product")[0].strip(),
            "due_date": None if pd.isna(due) else due.date(),
            "as_of": self.row["proposed_on"].date(),
            "made_on": self.today,
            "components": [{"name": name, "amount": fen} for name, fen in owed if fen],
            "debt_total": t.total + self.waived,
            "waived": [{"name": name, "amount": fen} for name, fen in waived if fen],
            "waived_total": self.waived,
            "kind": str(self.row["plan_kind"]),
            "count": len(self.schedule),
            "total": total,
            "total_in_words": capitals(total),
            "plan_interest": total - t.total,
            "rate": percent_text(t.rate_points),
            "apr": percent_text(yearly_points(t, self.schedule)),
            "first_due": self.schedule[0].due_on,
            "last_due": self.schedule[-1].due_on,
            "sums": {name: sum(getattr(i, name) for i in self.schedule) for name in ("principal", "interest", "fees")},
            "instalments": [_line(i) for i in self.schedule],
            "card": self.segment == CARD,
            "grace_days": self.rules.repayment.grace_days,
            "breach_count": self.rules.repayment.breach_count,
        }


def _line(i: Instalment) -> dict[str, Any]:
    return {"number": i.number, "due_on": i.due_on, "amount": i.fen, "principal": i.principal, "interest": i.interest, "fees": i.fees}
