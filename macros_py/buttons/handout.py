"""分发: one workbook for each collector, with their customers, what belongs to them, and the plan of the day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from macros_py.buttons import guide, procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain import columns as c
from macros_py.domain import packs, personal_plan, plan_entries
from macros_py.domain.changes import Append, Changes, PackModel
from macros_py.domain.kinds import conform
from macros_py.domain.packs import Share
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import rule_sheets
from macros_py.sheets import tables as sheets

_NOT_IN_NAMES: Final = re.compile(r"[^\w-]")
CASE_COLUMNS: Final = tuple(k for k in c.CASE_COLUMNS if k is not c.DAYS_PAST_DUE)  # as the template of the workbook has them


PLAN: Final = ("今天的作业，从上到下；淡黄色由您填写", "today's work from top to bottom; pale yellow is yours to fill in")
GUIDE: Final = {
    sheets.CASES.zh: ("您名下的案件", "your cases"),
    sheets.CONTACTS.zh: ("这些案件的联系记录", "their contact log"),
    sheets.RECEIPTS.zh: ("这些案件的回款", "their receipts"),
    sheets.HOLDS.zh: ("停催与宽缓", "holds and leniency"),
    sheets.SETTINGS.zh: ("部门的参数，请勿修改", "the department's settings; please leave"),
    sheets.STRATEGY_SHEET: guide.PURPOSES[sheets.STRATEGY_SHEET],
    sheets.COMPLIANCE_SHEET: ("法规与内部规则", "legal and office rules"),
}


@dataclass(frozen=True)
class Handout:
    """again: also packs whose content has not changed since they were handed out."""

    again: bool = False

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        seen, said = procedure.with_defaults(tables, rules, (sheets.COLLECTORS,))
        seen, _, _ = procedure.log_typed_results(seen, rules, today)
        work = procedure.judge(seen, rules, today)
        procedure.assign_owners(work)
        plans = plan_entries.carry_all(work.tables, personal_plan.plans(work.tables, rules, today))
        closed = packs.encrypted(rules, today)
        shares = packs.shares(work.tables, plans, closed=closed)
        new = shares if self.again else [s for s in shares if s.fingerprint() not in set(tables.handouts["pack_content"])]
        register, register_sheet = writing.added(tables, rules, sheets.HANDOUTS, _register(new, tables.handouts, today))
        changes = Changes(
            fill=writing.filled(work.tables, writing.ASSIGNED),
            append=register,
            sheets=register_sheet,
            packs=tuple(_pack(s, work.tables, rules, today, closed=closed) for s in new),
        )
        told = [] if closed or not new else [Problem("pack-open", sheets.COMPLIANCE_SHEET)]
        told += [Problem("pack-unchanged", values={"count": len(shares) - len(new)})] if len(shares) > len(new) else []
        figures = {**procedure.figures(work), "packs": len(new)}
        return Pressed(changes, tuple(work.problems), figures, (*said, *told))


def _pack(share: Share, tables: Tables, rules: Rules, today: date, *, closed: bool) -> PackModel:
    rows = (
        Append(sheets.CASES.zh, CASE_COLUMNS, share.cases),
        Append(sheets.CONTACTS.zh, c.CONTACT_COLUMNS, share.contacts),
        Append(sheets.RECEIPTS.zh, c.RECEIPT_COLUMNS, share.receipts),
        Append(sheets.HOLDS.zh, c.HOLD_COLUMNS, share.holds),
    )
    as_of = f"{tables.data_as_of:%Y-%m-%d}" if tables.data_as_of else rules.office.data_as_of
    office = replace(rules.office, workbook_id="", data_as_of=as_of)  # a pack is a workbook of its own, with the rules as they are here
    own = rule_sheets.default_sheets(replace(rules, office=office))
    drawn = (share.plan, guide.model(tables, rules, today, ((share.plan.name, PLAN), *GUIDE.items())), *own.values())
    return PackModel(_file(share, today), closed, drawn, tuple(a for a in rows if len(a.table)))


def _file(share: Share, today: date) -> str:
    return f"{_NOT_IN_NAMES.sub('_', share.person)}-{today:%Y-%m-%d}.xlsm"


def _register(shares: Sequence[Share], handouts: pd.DataFrame, today: date) -> pd.DataFrame:
    """One row for each pack; numbers go on from those of the day."""
    day = f"{today:%Y%m%d}"
    before = int(handouts["pack_no"].str.startswith(day).sum())
    rows = [
        {
            "pack_no": f"{day}-{before + n:02d}",
            "person": share.person,
            "handed_on": pd.Timestamp(today),
            "pack_customers": share.customers,
            "pack_cases": len(share.cases),
            "pack_file": _file(share, today),
            "pack_content": share.fingerprint(),
        }
        for n, share in enumerate(shares, 1)
    ]
    return conform(pd.DataFrame(rows), c.PACK_COLUMNS)
