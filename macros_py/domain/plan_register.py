"""还款方案 and 还款计划: proposals, agreements and signings as rows of registers that only grow, and back again.

The last row of a plan number tells where the plan stands. Instalments are not kept for proposals: the terms make the same schedule again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.arrays import text
from macros_py.domain.kinds import conform
from macros_py.domain.plan_limits import asks_words, percent_text
from macros_py.domain.repayment import KINDS, LONG, Proposal, Proposed
from macros_py.domain.schedules import EQUAL, Instalment, Terms, largest, months_later

TERMS: Final = tuple(
    column.name
    for column in (
        c.PROPOSAL_NO, c.PLAN_BASIS, c.PLAN_KIND, c.PLAN_MONTHS, c.PLAN_PUT_OFF, c.PLAN_FIRST_DUE, c.PLAN_COST, c.PLAN_PENALTY, c.PLAN_DEBT_INTEREST,
        c.PLAN_PRINCIPAL, c.WAIVED_PENALTY, c.WAIVED_INTEREST, c.PLAN_RATE, c.PLAN_AFFORDABLE, c.PLAN_APPROVAL,
    )
)  # fmt: skip


def rows(made: Proposed, register: pd.DataFrame, today: date, lang: str) -> pd.DataFrame:
    """The lines that the register gets for these proposals (c.PLAN_COLUMNS); none where its last round says the same."""
    last = latest_round(register, made.case_id)
    number = (int(last["proposal_round"].max()) if len(last) else 0) + 1
    table = conform(pd.DataFrame([_row(made, p, number, today, lang) for p in made.proposals]), c.PLAN_COLUMNS)
    same = len(last) == len(table) and _same(last[list(TERMS)], table[list(TERMS)]) and (last["proposed_on"] == pd.Timestamp(today)).all()
    return table.iloc[:0] if same else table


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return [*one.astype(str).itertuples(index=False, name=None)] == [*other.astype(str).itertuples(index=False, name=None)]


def latest_round(register: pd.DataFrame, case_id: str) -> pd.DataFrame:
    """The proposals that were made for a case last, in their order."""
    mine = register[(register["case_id"] == case_id) & (register["plan_state"] == c.PROPOSED_STATE)]
    mine = mine[mine["proposal_round"].notna() & mine["proposal_no"].notna()]
    last: pd.DataFrame = mine[mine["proposal_round"] == mine["proposal_round"].max()].sort_values("proposal_no")
    return last.reset_index(drop=True)


def _row(made: Proposed, p: Proposal, number: int, today: date, lang: str) -> dict[str, Any]:
    t = p.terms
    return {
        "plan_id": f"{made.case_id}-{number}-{p.number}",
        "case_id": made.case_id,
        "proposal_round": number,
        "proposal_no": p.number,
        "proposed_on": pd.Timestamp(today),
        "plan_basis": c.BY_PAYOFF if made.whole else c.BY_OVERDUE,
        "plan_kind": p.name[0],
        "plan_months": t.months,
        "plan_put_off": t.put_off,
        "plan_first_due": pd.Timestamp(p.schedule[0].due_on),
        "plan_last_due": pd.Timestamp(p.schedule[-1].due_on),
        "plan_monthly": largest(p.schedule),
        "plan_total": p.total,
        "plan_cost": t.cost,
        "plan_penalty": t.penalty,
        "plan_debt_interest": t.interest,
        "plan_principal": t.principal,
        "plan_interest": p.interest_of_plan,
        "waived_penalty": p.waived_penalty,
        "waived_interest": p.waived_interest,
        "plan_rate": percent_text(t.rate_points),
        "plan_apr": percent_text(p.apr),
        "plan_cap": percent_text(made.cap.points),
        "plan_affordable": made.ability.affordable_fen,
        "plan_approval": approval_text(p, lang),
        "plan_state": c.PROPOSED_STATE,
    }


def approval_text(p: Proposal, lang: str) -> str:
    """ "本人可定", or what needs approval and who may."""
    en = lang == "en"
    if not p.allowed:
        return "above the rate cap: not allowed" if en else "超过利率上限，不得签署"
    asked = (", " if en else "、").join(words[en] for words in asks_words(p.asks))
    if p.alone:
        return (
            (f"within own authority ({asked})" if asked else "none needed") if en else (f"本人权限内（{asked}）" if asked else "无须审批")
        )
    people = (", " if en else "、").join(p.approved_by) or ("nobody on the people sheet" if en else "人员表无人有此权限")
    return f"{asked}: {people}" if en else f"{asked}：须 {people} 批准"


def terms_of(row: dict[str, Any], order: tuple[str, ...]) -> Terms:
    """The terms that a line of the register states; ValueError where they cannot be read."""
    money = {
        name: _whole(row[f"plan_{column}"]) for name, column in (("cost", "cost"), ("penalty", "penalty"), ("interest", "debt_interest"))
    }
    put_off = _whole(row["plan_put_off"])
    due = row["plan_first_due"]
    if pd.isna(due):
        raise ValueError("plan_first_due")
    return Terms(
        kind_of(str(row["plan_kind"])),
        **money,
        principal=_whole(row["plan_principal"]),
        months=_whole(row["plan_months"]),
        first_on=months_later(due.date(), -put_off),
        rate_points=points_of(str(row["plan_rate"])),
        order=order,
        put_off=put_off,
    )


def kind_of(shown: str) -> str:
    """The kind of plan for its name on the sheet (with or without 减免后)."""
    bare = re.sub(r"^减免后| after a waiver$", "", shown.strip())
    names = {word: kind for kind, words in KINDS.items() for word in words} | dict.fromkeys(LONG, EQUAL)
    if bare not in names:
        raise ValueError("plan_kind")
    return names[bare]


def points_of(shown: str) -> int:
    """ "3.45%", or the 0.0345 that a spreadsheet makes of it, in basis points."""
    try:
        number = Decimal(shown.strip().removesuffix("%") or "0")
    except InvalidOperation:
        raise ValueError("plan_rate") from None
    return int(number * (100 if shown.strip().endswith("%") else 10_000))


def instalment_rows(plan_id: str, case_id: str, schedule: Sequence[Instalment]) -> pd.DataFrame:
    """The lines of 还款计划 for a signed plan (c.INSTALMENT_COLUMNS)."""
    made = [
        {
            "plan_id": plan_id,
            "case_id": case_id,
            "instalment_no": i.number,
            "instalment_due": pd.Timestamp(i.due_on),
            "instalment_amount": i.fen,
            "instalment_principal": i.principal,
            "instalment_interest": i.interest,
            "instalment_fees": i.fees,
        }
        for i in schedule
    ]
    return conform(pd.DataFrame(made), c.INSTALMENT_COLUMNS)


def standing(register: pd.DataFrame) -> pd.DataFrame:
    """The last line of every plan number: where each plan stands now."""
    named = register[text(register, "plan_id") != ""]
    last: pd.DataFrame = named.drop_duplicates("plan_id", keep="last")
    return last.reset_index(drop=True)


def _whole(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)
