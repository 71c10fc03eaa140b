"""SMS: which are due, how long a text is, and which texts may not be sent.

Source: rules-cn: 70 characters, then 67 for each part, the 【signature】 counted; what gateways refuse stands in domain.compliance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.arrays import days, flags
from macros_py.domain.changes import FileModel
from macros_py.domain.compliance import GATEWAY_WORDS, banned_words, words_in
from macros_py.domain.letters_due import already_made, cycle_start, numbers_after, office_context, speaks_of_yuan
from macros_py.domain.problems import Problem
from macros_py.domain.rules import OfficeRules, Rules
from macros_py.domain.tables import Result, Tables

SINGLE, EACH = 70, 67
TO_SEND: Final = "待发"
PREFIX: Final = "短信"
CATCH_UP_DAYS: Final = 3  # a press after a weekend still sends what fell due on it
BEFORE_DUE: Final = {-3: "reminder_before_due", -1: "reminder_before_due"}
MOBILE: Final = r"(?:\+?86)?1[3-9]\d{9}"


@dataclass(frozen=True)
class SmsText:
    """A finished text: with its signature, its length in characters of the network, its parts, and why it may not be sent ('' = may)."""

    text: str
    length: int
    parts: int
    refused: str


def finish(body: str, signature: str, banned: Iterable[str] = GATEWAY_WORDS, most_parts: int = 2) -> SmsText:
    """`body` with its 【signature】 in front, measured and checked."""
    text = f"【{signature.strip()}】{' '.join(body.split())}"
    found = words_in(text, banned)
    parts = parts_of(text)
    why = f"含禁用词：{'、'.join(found)} / banned words" if found else ""
    if not why and parts > most_parts:
        why = f"过长：{parts} 条，最多 {most_parts} 条 / too long"
    if not signature.strip():
        why = "没有签名 / no signature"
    return SmsText(text, length_of(text), parts, why)


def length_of(text: str) -> int:
    """Characters as the network counts them (UCS-2: an emoji counts twice)."""
    return len(text.encode("utf-16-be")) // 2


def parts_of(text: str) -> int:
    """How many SMS the text makes: up to 70 is one, more are cut into 67 each."""
    length = length_of(text)
    return 1 if length <= SINGLE else -(-length // EACH)


def sms_due(tables: Tables, rules: Rules, today: date) -> Result:
    """The SMS that are due today by the ladder's SMS days, once each in one overdue cycle.

    tables.cases: case_id, customer, phone, open_amount, due_date, days_past_due, tier, hold_why, settled, number_bad, promise_due
    tables.letters: the register (SMS stand in it too); tables.contacts: an SMS logged since the day counts as sent
    → letter_no, case_id, customer, phone, template, template_file, made_on, letter_state, total, due_date, days_past_due
    """
    due, problems = _wanted(tables, rules, today)
    if due.empty:
        return due, problems
    if foreign := speaks_of_yuan(tables):
        return due.iloc[:0], [*problems, *foreign]
    if not rules.office.sms_signature.strip():
        return due.iloc[:0], [*problems, Problem("sms-signature-missing", sheet="设置")]
    fit = due["phone"].str.fullmatch(MOBILE).to_numpy(dtype=bool)
    if not fit.all():
        lacking = due.loc[~fit, "case_id"]
        problems.append(Problem("sms-phone-unfit", values={"count": len(lacking), "cases": "、".join(lacking.iloc[:10])}))
    due = due[fit].reset_index(drop=True)
    due["letter_no"] = numbers_after(tables.letters["letter_no"], PREFIX, today.year, len(due))
    return due, problems


def _wanted(tables: Tables, rules: Rules, today: date) -> Result:
    cases = tables.cases
    columns = ["case_id", "customer", "phone", "open_amount", "due_date", "days_past_due"]
    if cases.empty or not {"tier", *columns} <= set(cases.columns):
        return pd.DataFrame({name: [] for name in ("letter_no", *columns)}), []
    step = _step(cases, rules, today)
    free = (
        (cases["hold_why"] == "")
        & ~cases["settled"].fillna(False).astype(bool)
        & (cases["open_amount"].fillna(0) > 0)
        & (cases["case_id"] != "")
        & ~flags(cases, "number_bad")  # an invalid number may be a stranger's by now
        & (np.isnat(days(cases, "promise_due")) | (step < 0))  # nobody is pressed whose promise still runs
    )
    take = free.to_numpy(dtype=bool) & (step < NO_STEP)
    due = cases.loc[take, columns].assign(step=step[take]).drop_duplicates("case_id")
    due["template_file"] = [BEFORE_DUE.get(int(s), f"overdue_{s}") for s in due["step"]]
    due["template"] = [f"短信 {name} T{s:+d}" for name, s in zip(due["template_file"], due["step"], strict=True)]
    begun = cycle_start(due, today) + pd.to_timedelta(due["step"], unit="D").astype("timedelta64[s]")
    sent = already_made(due["case_id"], due["template"], begun, tables.letters) | _logged(due["case_id"], begun, tables.contacts)
    due = due[~sent.to_numpy(dtype=bool)].rename(columns={"open_amount": "total"}).reset_index(drop=True)
    return due.assign(made_on=pd.Timestamp(today), letter_state=TO_SEND), []


NO_STEP: Final = 10_000


def _step(cases: pd.DataFrame, rules: Rules, today: date) -> npt.NDArray[np.int64]:
    """The SMS day that each case has reached within the days that may be caught up; NO_STEP for none."""
    days = pd.to_numeric(cases["days_past_due"]).fillna(NO_STEP).to_numpy(dtype="int64")
    gone: Any = np.datetime64(today, "s") - cases["due_date"].to_numpy(dtype="datetime64[s]")
    ahead = np.where(np.isnat(gone), NO_STEP, gone.astype("timedelta64[D]").astype("int64"))
    days = np.where(ahead < 0, ahead, days)  # days past due may stop at 0; before that the due date tells
    step = np.full(len(cases), NO_STEP, dtype="int64")
    for before in BEFORE_DUE:
        step[(days >= before) & (days < 0)] = before
    for tier in rules.strategy.ladder:
        inside = cases["tier"].isin([tier.name, tier.zh, tier.en]).to_numpy(dtype=bool)
        for day in sorted(tier.sms_days):
            step[inside & (days >= day) & (days <= day + CATCH_UP_DAYS)] = day
    return step


def _logged(case_ids: pd.Series, begun: pd.Series, contacts: pd.DataFrame) -> pd.Series:
    """Whether the contact log holds an SMS to the case since the step's day."""
    texts = contacts[contacts["channel"] == PREFIX]
    latest = texts.groupby("case_id")["contacted_at"].max()
    found = case_ids.map(latest).to_numpy(dtype="datetime64[s]") if len(latest) else np.full(len(case_ids), np.datetime64("NaT", "s"))
    return pd.Series(found >= begun.to_numpy(), index=case_ids.index)


def sms_file(due: pd.DataFrame, rules: Rules, today: date) -> tuple[FileModel, ...]:
    """One list of texts for the gateway (made by letters.make): context holds the rows, the signature and the banned words."""
    if due.empty:
        return ()
    rows = [_row(r, rules.office) for r in due.to_dict("records")]
    context = {"rows": rows, "signature": rules.office.sms_signature.strip(), "banned": list(banned_words(rules.compliance, today))}
    return (FileModel(name=f"短信-{today:%Y%m%d}.xlsx", template="sms", context=context),)


def _row(row: dict[Any, Any], office: OfficeRules) -> dict[str, Any]:
    days = row["days_past_due"]
    own = {
        "customer": row["customer"].strip(),
        "total": int(row["total"]),
        "due_date": None if pd.isna(row["due_date"]) else row["due_date"].date(),
        "days_past_due": None if pd.isna(days) else int(days),
    }
    keys = {name: row[name] for name in ("letter_no", "case_id", "phone", "template", "template_file")}
    return {**keys, "context": office_context(office) | own}
