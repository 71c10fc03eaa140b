"""对账函: one statement of account a month for every firm that owes for deliveries. It asks for nothing but that the books be compared.

Due on the first days of a month (设置: 对账函出函期); a firm gets one a month, whatever became of its invoices meanwhile. All open
invoices are listed, disputed and undue ones too, each said to be so: the answer is what a statement is for. Source: domain.md, Segments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.ageing import NOT_DUE, labels
from macros_py.domain.amount_in_words import capitals_of
from macros_py.domain.arrays import Flags, days, flags, text, whole
from macros_py.domain.changes import FileModel
from macros_py.domain.kinds import conform, empty
from macros_py.domain.letters_due import (
    BY_NAME,
    NO_ADDRESS,
    NO_RECIPIENT,
    TO_POST,
    VOID,
    file_name,
    numbers_after,
    office_context,
    office_problems,
    speaks_of_yuan,
    template_name,
)
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.segments import TRADE, segments_of
from macros_py.domain.tables import Tables

STATEMENT: Final = "statement"
NOT_LISTED: Final = ("limitation", "hand_back")  # hold_rule: an expired claim goes to legal review, a case handed back is not ours
ABSENT: Final = {NO_ADDRESS: "letter-address-missing", NO_RECIPIENT: "letter-recipient-missing"}
NAMED_CASES: Final = 10


@dataclass(frozen=True)
class Statements:
    """register: c.LETTER_COLUMNS, one row a statement, under the number of the firm's largest invoice; files: what each says."""

    register: pd.DataFrame
    files: tuple[FileModel, ...] = ()


def statements_due(tables: Tables, rules: Rules, today: date, taken: pd.Series | None = None) -> tuple[Statements, list[Problem]]:
    """The statements that are due. taken: letter numbers of this press, which the statements' own continue.

    tables.cases: as compliance leaves it (customer_key, case_id, customer, address, product, invoice_date, due_date, days_past_due,
    open_amount, amount_confirmed, settled, hold, hold_own_case, hold_rule); letters: the register.
    """
    none = Statements(empty(c.LETTER_COLUMNS))
    listed = _listed(tables, rules, today) if today.day <= rules.strategy.statement_days else tables.cases.iloc[:0]
    if listed.empty:
        return none, []
    if office := speaks_of_yuan(tables) or office_problems(rules.office):
        return none, office
    firms = [_firm(rows) for _, rows in listed.groupby("customer_key", sort=False)]
    problems = [_absent(state, [f for f in firms if f["letter_state"] == state]) for state in ABSENT]
    made = [f for f in firms if f["letter_state"] == TO_POST]
    known = pd.concat([tables.letters["letter_no"], *([taken] if taken is not None else [])])
    numbers = numbers_after(known, rules.office.letter_prefix, today.year, len(made))
    register = [_row(firm, number, today) for firm, number in zip(made, numbers, strict=True)]
    files = tuple(_file(firm, row, tables, rules, today) for firm, row in zip(made, register, strict=True))
    table = conform(pd.DataFrame(register, columns=[k.name for k in c.LETTER_COLUMNS]), c.LETTER_COLUMNS)
    return Statements(table, files), [p for p in problems if p]


def _listed(tables: Tables, rules: Rules, today: date) -> pd.DataFrame:
    """The open invoices of firms that are owed a statement, the largest first."""
    cases = tables.cases
    fen = whole(cases, "open_amount")
    owed = ~flags(cases, "settled") & (fen > 0) & (text(cases, "case_id") != "")
    trade = owed & (segments_of(cases) == TRADE)
    mine = trade & ~np.isin(text(cases, "hold_rule"), NOT_LISTED)
    held = owed & (text(cases, "hold") != "") & ~flags(cases, "hold_own_case")
    unsure = trade & ~flags(cases, "amount_confirmed")
    key = text(cases, "customer_key")
    out = np.isin(key, list({*key[held], *key[unsure], *key[_told(tables, today)]}))
    listed = cases[mine & ~out]
    ordered: pd.DataFrame = listed.assign(_fen=-fen[mine & ~out], _age=labels(listed, rules, "zh")).sort_values("_fen", kind="stable")
    return ordered


def _told(tables: Tables, today: date) -> Flags:
    """The cases under whose number a statement stands in the register since the first of the month (an undated one counts)."""
    register = tables.letters
    made = days(register, "made_on")
    this_month = np.isnat(made) | (made >= np.datetime64(today.replace(day=1), "D"))
    statement = np.array([template_name(str(t)) == STATEMENT for t in register["template"]], dtype=bool)
    ids = text(register, "case_id")[statement & this_month & (text(register, "letter_state") != VOID)]
    return np.isin(text(tables.cases, "case_id"), list(ids))


def _firm(rows: pd.DataFrame) -> dict[str, Any]:
    """One firm: its largest invoice, its name and address where any of its rows has them, and its invoices by due date."""
    name, address = (next((v.strip() for v in text(rows, n) if v.strip()), "") for n in ("customer", "address"))
    state = NO_RECIPIENT if not name else TO_POST if address else NO_ADDRESS
    rows = rows.assign(_due=days(rows, "due_date").astype("datetime64[s]"))
    return {"case_id": text(rows, "case_id")[0], "name": name, "address": address, "letter_state": state, "rows": rows.sort_values("_due")}


def _row(firm: dict[str, Any], number: str, today: date) -> dict[str, Any]:
    template = BY_NAME[STATEMENT]
    return {
        **dict.fromkeys((k.name for k in c.LETTER_COLUMNS), None),
        c.LETTER_NO.name: number,
        c.CASE_ID.name: firm["case_id"],
        c.RECIPIENT.name: f"{firm['name']}（本单位）",
        c.ADDRESS.name: firm["address"],
        c.TEMPLATE.name: template.zh,
        c.TEMPLATE_VERSION.name: template.version,
        c.MADE_ON.name: pd.Timestamp(today),
        c.LETTER_STATE.name: TO_POST,
    }


def _file(firm: dict[str, Any], row: dict[str, Any], tables: Tables, rules: Rules, today: date) -> FileModel:
    lines = [_line(line) for line in firm["rows"].to_dict("records")]
    total = sum(line["amount"] for line in lines)
    number, case = row[c.LETTER_NO.name], firm["case_id"]
    said = {
        "letter_no": number,
        "title": row[c.TEMPLATE.name],
        "case_id": f"{case} 等{len(lines)}笔" if len(lines) > 1 else case,
        "customer": firm["name"],
        "address": " ".join(firm["address"].split()),
        "product": TRADE,
        "due_date": None,
        "days_past_due": None,
        "components": lines,
        "total": total,
        "total_in_words": str(capitals_of(pd.Series([total], dtype="Int64")).iloc[0]),
        "as_of": tables.data_as_of or today,
        "deadline": (pd.Timestamp(today) + pd.Timedelta(days=rules.office.letter_deadline_days)).date(),
        "made_on": today,
    }
    return FileModel(name=file_name(number, case), template=STATEMENT, context=office_context(rules.office) | said, case_id=case)


def _line(row: dict[Any, Any]) -> dict[str, Any]:
    """One invoice: number, due date, its ageing (not due yet is one of them), and whether it is disputed."""
    due = "" if pd.isna(row["due_date"]) else f"应还{row['due_date']:%Y-%m-%d}"
    age = row["_age"] if row["_age"] in ("", NOT_DUE[0]) else f"账龄{row['_age']}"
    inside = "，".join(part for part in (due, age, "有异议" if row["hold"] else "") if part)
    return {"name": f"{row['case_id']}（{inside}）" if inside else row["case_id"], "amount": int(row["open_amount"])}


def _absent(state: str, firms: list[dict[str, Any]]) -> Problem | None:
    if not firms:
        return None
    named = "、".join(f["case_id"] for f in firms[:NAMED_CASES]) + (" …" if len(firms) > NAMED_CASES else "")
    return Problem(ABSENT[state], values={"count": len(firms), "cases": named})
