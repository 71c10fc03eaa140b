"""The sheet of one case's proposals 方案-案号: what is owed, what the household can pay, the proposals side by side, and their payments."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.account_rules import COMPONENT_WORDS, COMPONENTS
from macros_py.domain.arrays import text
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import conform
from macros_py.domain.plan_limits import percent_text
from macros_py.domain.plan_register import approval_text
from macros_py.domain.repayment import Proposed
from macros_py.domain.rules import Rules
from macros_py.domain.schedules import largest
from macros_py.domain.tables import Tables

KIND: Final = "proposals"
LONGEST_TITLE: Final = 31  # of a worksheet
BLOCKS: Final = (
    Block("debt", "一、欠款构成", "1  What is owed", c.WORKING_COLUMNS, "", ""),
    Block("ability", "二、付款能力", "2  Ability to pay", c.WORKING_COLUMNS, "", ""),
    Block("proposals", "三、可选方案", "3  Proposals", c.PROPOSAL_COLUMNS, "", ""),
    Block("schedule", "四、各方案应还日与金额", "4  Payments of each proposal", c.SCHEDULE_COLUMNS, "", ""),
)


def sheet(made: Proposed, tables: Tables, rules: Rules, today: date) -> SheetModel:
    """The model: tables by BLOCKS; facts: language, case_id, customer, as_of, debt_total, affordable, cap, cap_why, names (of the proposals)."""
    lang = rules.office.language
    en = lang == "en"
    own = tables.cases[text(tables.cases, "case_id") == made.case_id]
    facts = {
        "language": lang,
        "case_id": made.case_id,
        "customer": str(text(own, "customer")[0]),
        "as_of": tables.data_as_of or today,
        "proposed_on": today,
        "debt_total": sum(made.debt.values()),
        "affordable": made.ability.affordable_fen,
        "cap": percent_text(made.cap.points),
        "cap_why": made.cap.why[en],
        "names": [p.name[en] for p in made.proposals],
    }
    built = {"debt": _debt(made, en), "ability": _ability(made, en), "proposals": _proposals(made, lang), "schedule": _schedule(made)}
    return SheetModel(title(made.case_id), KIND, built, facts)


def title(case_id: str) -> str:
    """The sheet's title: characters that a title may not have become -."""
    return ("方案-" + re.sub(r"[\[\]:*?/\\']", "-", case_id))[:LONGEST_TITLE]


def _debt(made: Proposed, en: bool) -> pd.DataFrame:
    which = (("结清金额", "payoff") if made.whole else ("逾期应还", "overdue due now"))[en]
    taken = f"of the {which}, receipts deducted" if en else f"{which}中，已减去其后回款"
    return _working([(COMPONENT_WORDS[part][en].capitalize(), made.debt[part], taken) for part in COMPONENTS if made.debt[part]])


def _ability(made: Proposed, en: bool) -> pd.DataFrame:
    lines = made.ability.lines
    return _working(list(zip(lines["line_en" if en else "line"], lines["amount"], lines["working_en" if en else "working"], strict=True)))


def _working(lines: list[tuple[Any, Any, Any]]) -> pd.DataFrame:
    return conform(pd.DataFrame(lines, columns=[k.name for k in c.WORKING_COLUMNS]), c.WORKING_COLUMNS)


def _proposals(made: Proposed, lang: str) -> pd.DataFrame:
    rows = [
        {
            "proposal_no": p.number,
            "plan_kind": p.name[lang == "en"],
            "plan_months": len(p.schedule),
            "plan_first_due": pd.Timestamp(p.schedule[0].due_on),
            "plan_last_due": pd.Timestamp(p.schedule[-1].due_on),
            "plan_monthly": largest(p.schedule),
            "plan_total": p.total,
            "proposal_waived": p.waived,
            "plan_interest": p.interest_of_plan,
            "plan_apr": percent_text(p.apr),
            "plan_approval": approval_text(p, lang),
        }
        for p in made.proposals
    ]
    return conform(pd.DataFrame(rows), c.PROPOSAL_COLUMNS)


def _schedule(made: Proposed) -> pd.DataFrame:
    """One row per due date, one column per proposal."""
    paid: dict[date, dict[str, Any]] = {}
    for p in made.proposals:
        for i in p.schedule:
            paid.setdefault(i.due_on, {})[f"schedule_{p.number}"] = i.fen
    rows = [{"instalment_due": pd.Timestamp(day), **paid[day]} for day in sorted(paid)]
    return conform(pd.DataFrame(rows), c.SCHEDULE_COLUMNS[: 1 + len(made.proposals)])
