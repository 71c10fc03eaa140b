"""致谢与下次还款提醒: a message of thanks for money that came, with the next date and amount where one is agreed.

Once for each case and day on which money came, for the last days only. Who is on hold gets none, but a signed plan that is kept is no reason to
be silent. The next date is the next instalment of the plan, else the next open promise, with what is left of its amount; a day that is past and a debt that is due are not mentioned here.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.arrays import days, flags, text, whole
from macros_py.domain.changes import FileModel
from macros_py.domain.compliance import banned_words
from macros_py.domain.holds import ON_PLAN
from macros_py.domain.kinds import conform
from macros_py.domain.letters_due import VOID, numbers_after, office_context, speaks_of_yuan
from macros_py.domain.plan_monitor import money_of
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.sms_text import MOBILE, PREFIX, TO_SEND
from macros_py.domain.tables import Result, Tables

TEMPLATE: Final = "receipt_thanks"
EXTRA: Final = ("customer", "phone", "paid_on", "paid", "next_due", "next_amount")


def thanks_due(tables: Tables, rules: Rules, today: date) -> Result:
    """Messages that are due today.

    tables.cases: case_id, customer, phone, number_bad, hold, plan_due, plan_due_fen, promise_due, promise_left (as the procedure leaves them)
    tables.receipts: case_id, paid_on, amount, pay_channel; tables.letters: the register, in which each message stands once
    → c.LETTER_COLUMNS + customer, phone, paid_on, paid (fen of the day, refunds deducted), next_due (date or NaT), next_amount (fen or NA)
    """
    due = _came(tables, rules, today)
    due = due[~_told(due, tables.letters)].reset_index(drop=True)
    if due.empty:
        return _shaped(due), []
    if foreign := speaks_of_yuan(tables):
        return _shaped(due.iloc[:0]), foreign
    if not rules.office.sms_signature.strip():
        return _shaped(due.iloc[:0]), [Problem("sms-signature-missing", sheet="设置")]
    fit = due["phone"].str.fullmatch(MOBILE).to_numpy(dtype=bool)
    lacking = due.loc[~fit, "case_id"]
    problems = [Problem("sms-phone-unfit", values={"count": len(lacking), "cases": "、".join(lacking.iloc[:10])})] if len(lacking) else []
    due = due[fit].reset_index(drop=True)
    due["letter_no"] = numbers_after(tables.letters["letter_no"], PREFIX, today.year, len(due))
    return _shaped(due.assign(made_on=pd.Timestamp(today), letter_state=TO_SEND, recipient=due["customer"])), problems


def thanks_file(due: pd.DataFrame, rules: Rules, today: date) -> tuple[FileModel, ...]:
    """The list of texts for the gateway, as for reminders."""
    if due.empty:
        return ()
    office = office_context(rules.office)
    rows = [
        {
            **{name: row[name] for name in ("letter_no", "case_id", "phone", "template")},
            "template_file": TEMPLATE,
            "context": office | _context(row),
        }
        for row in due.to_dict("records")
    ]
    context = {"rows": rows, "signature": rules.office.sms_signature.strip(), "banned": list(banned_words(rules.compliance, today))}
    return (FileModel(name=f"致谢短信-{today:%Y%m%d}.xlsx", template="sms", context=context),)


def _context(row: dict[Any, Any]) -> dict[str, Any]:
    return {
        "customer": row["customer"].strip(),
        "paid_on": row["paid_on"].date(),
        "paid": int(row["paid"]),
        "next_due": None if pd.isna(row["next_due"]) else row["next_due"].date(),
        "next_amount": None if pd.isna(row["next_amount"]) else int(row["next_amount"]),
    }


def _came(tables: Tables, rules: Rules, today: date) -> pd.DataFrame:
    """One row per case and day on which money came, with whom to thank and what comes next."""
    came = money_of(tables.receipts, today)
    since = int(np.datetime64(today, "D").astype(np.int64)) - rules.repayment.thanks_days
    sums: pd.DataFrame = came[came["day"] >= since].groupby(["case_id", "day"], as_index=False).agg(fen=("fen", "sum"))
    came = sums[sums["fen"] > 0]
    cases = tables.cases.drop_duplicates("case_id")
    free = np.isin(text(cases, "hold"), ("", ON_PLAN)) & ~flags(cases, "number_bad") & (text(cases, "case_id") != "")
    plan, promise = days(cases, "plan_due"), days(cases, "promise_due")
    planned = ~np.isnat(plan) & np.isin(text(cases, "plan_state"), ("kept", "late"))
    ahead = pd.DataFrame(
        {
            "case_id": text(cases, "case_id"),
            "customer": text(cases, "customer"),
            "phone": text(cases, "phone"),
            "next_due": np.where(planned, plan, promise).astype("datetime64[s]"),
            "next_amount": pd.Series(np.where(planned, whole(cases, "plan_due_fen"), whole(cases, "promise_left")), dtype="Int64"),
        }
    )[free]
    due: pd.DataFrame = ahead.merge(came, on="case_id", how="inner").sort_values(["day", "case_id"], kind="stable")
    due["paid_on"] = due["day"].to_numpy(dtype=np.int64).astype("datetime64[D]").astype("datetime64[s]")
    unnamed = due["next_due"].isna() | (due["next_due"] < pd.Timestamp(today)) | (due["next_amount"] <= 0)
    due["next_due"], due["next_amount"] = due["next_due"].mask(unnamed), due["next_amount"].mask(unnamed)
    due["template"] = [f"短信 {TEMPLATE} {day:%Y-%m-%d}" for day in due["paid_on"]]
    return due.rename(columns={"fen": "paid"}).reset_index(drop=True)


def _told(due: pd.DataFrame, register: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    held = register[register["letter_state"] != VOID]
    known = set(zip(held["case_id"], held["template"], strict=True))
    return np.array([key in known for key in zip(due["case_id"], due["template"], strict=True)], dtype=bool)


def _shaped(due: pd.DataFrame) -> pd.DataFrame:
    kinds = {"paid_on": "datetime64[s]", "next_due": "datetime64[s]", "paid": "Int64", "next_amount": "Int64"}
    out = conform(due, c.LETTER_COLUMNS)
    for name in EXTRA:
        out[name] = due[name] if name in due else pd.Series(dtype=kinds.get(name, "str"))
    shaped: pd.DataFrame = out[[k.name for k in c.LETTER_COLUMNS] + list(EXTRA)]
    return shaped
