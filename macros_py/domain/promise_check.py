"""承诺检查: promises and instalments, what is due today, what was broken and by whom it is followed up, what was kept."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import contact_results as log
from macros_py.domain import plan_monitor, promises
from macros_py.domain.arrays import Days, Flags, days, text, whole
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import conform
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables

NAME: Final = "承诺检查"
KIND: Final = "promise_check"
PROMISE, INSTALMENT = "promise", "instalment"
KINDS: Final = {PROMISE: ("承诺", "Promise"), INSTALMENT: ("期款", "Instalment")}
STATES: Final = {
    promises.KEPT: ("已兑现", "kept"),
    promises.PART: ("部分兑现", "part"),
    promises.BROKEN: ("未兑现", "broken"),
    promises.OPEN: ("未到期", "open"),
    promises.UNCONFIRMED: ("有收款待确认", "a receipt waits to be confirmed"),
    promises.UNJUDGED: ("无回款数据", "no receipts"),
    plan_monitor.LATE: ("迟付", "paid late"),
    plan_monitor.MISSED: ("未还", "missed"),
    plan_monitor.DUE: ("到期", "due"),
}
UNKEPT: Final = (promises.PART, promises.BROKEN, promises.UNCONFIRMED, plan_monitor.MISSED)
WAITING: Final = (promises.OPEN, promises.UNJUDGED, plan_monitor.DUE)
KEPT: Final = (promises.KEPT, plan_monitor.LATE)
AHEAD, BACK = 7, 7  # days shown of what comes and of what was kept; a promise that was kept early is shown however far ahead its day is
BLOCKS: Final = (
    Block("due", "今日到期（含宽限中）", "Due today, or within the grace", c.PROMISE_CHECK_COLUMNS, "今天没有到期的承诺或期款。", "No promise or instalment is due today."),
    Block("tasks", "待办：未兑现", "Tasks: not kept", c.PROMISE_CHECK_COLUMNS, "没有需要跟进的失信承诺或逾期期款。", "No broken promise or overdue instalment to follow up."),
    Block("ahead", "未来七天到期", "Due within seven days", c.PROMISE_CHECK_COLUMNS, "未来七天没有到期的承诺或期款。", "Nothing is due within seven days."),
    Block("kept", "近七天兑现（含提前兑现）", "Kept in the last seven days, or before it is due", c.PROMISE_CHECK_COLUMNS, "近七天没有兑现、也没有提前兑现的承诺或期款。", "Nothing was kept in the last seven days, nor before it is due."),
)  # fmt: skip


def check(tables: Tables, rules: Rules, today: date) -> SheetModel:
    """The sheet. tables.promises, cases (as the procedure leaves them), plans, instalments, receipts, contacts.

    → tables by BLOCKS; facts: language, day, due_amount, broken (tasks), kept_month, judged_month (promises that fell due this month),
      older (unkept ones whose time for a follow-up has lapsed)
    """
    lang = rules.office.language
    every = _every(tables, rules, today)
    state, due, deadline = text(every, "state"), days(every, "check_due"), days(every, "check_deadline")
    day = np.datetime64(today, "D")
    unkept = np.isin(state, UNKEPT)
    followed = _followed(every, tables, today)
    fresh = deadline >= day - rules.planning.callback_days
    where = {
        "due": np.isin(state, WAITING) & (due <= day) & (deadline >= day),
        "tasks": unkept & fresh,
        "ahead": np.isin(state, WAITING) & (due > day) & (due <= day + AHEAD),
        "kept": np.isin(state, KEPT) & (due > day - BACK) & ((due <= day + AHEAD) | (text(every, "kind") == PROMISE)),
    }
    table = _worded(every, followed, lang, today)
    blocks = {name: _ordered(table[rows], followed[rows]) for name, rows in where.items()}
    return SheetModel(NAME, KIND, blocks, _facts(every, where, unkept & ~fresh, lang, today))


def _every(tables: Tables, rules: Rules, today: date) -> pd.DataFrame:
    """Promises that stand and instalments of signed plans, in the columns of the sheet, with `state` and `kind`."""
    made = tables.promises
    stands = made[made["state"] != promises.REPLACED] if len(made) else made
    judged, _ = plan_monitor.instalments(tables, rules, today)
    judged = judged[~judged["replaced"]].reset_index(drop=True)
    one = _part(PROMISE, stands, {"check_made": "promised_on", "check_due": "due_on", "check_amount": "amount"})
    two = _part(INSTALMENT, judged, {"check_due": "instalment_due", "check_amount": "instalment_amount"})
    two["check_made"] = _signing(tables, judged)
    two["note_key"] = [f"{plan}#{n}" for plan, n in zip(text(judged, "plan_id"), whole(judged, "instalment_no"), strict=True)]
    one["note_key"] = [
        f"{case}#{made_on}#{due}"
        for case, made_on, due in zip(text(one, "case_id"), days(one, "check_made"), days(one, "check_due"), strict=True)
    ]
    both = pd.concat([part for part in (one, two) if len(part)] or [one], ignore_index=True)
    cases = tables.cases.drop_duplicates("case_id").set_index("case_id")
    for name, source in (("customer", "customer"), ("check_owner", "assigned_owner"), ("owner", "owner")):
        found = both["case_id"].map(cases[source]) if source in cases else pd.Series("", index=both.index)
        both[name] = found.fillna("").to_numpy(dtype=object)
    both["check_owner"] = np.where(both["check_owner"] == "", both["owner"], both["check_owner"])
    return both[both["case_id"].isin(cases.index)].reset_index(drop=True)


def _part(kind: str, table: pd.DataFrame, renamed: dict[str, str]) -> pd.DataFrame:
    """A table of promises or instalments in our columns."""
    out: dict[str, Any] = {
        "kind": pd.Series([kind] * len(table), dtype="str"),
        "case_id": pd.Series(text(table, "case_id"), dtype="str"),
        "check_paid": pd.Series(whole(table, "paid_fen"), dtype="Int64"),
        "check_deadline": days(table, "deadline").astype("datetime64[s]"),
        "state": pd.Series(text(table, "state"), dtype="str"),
    }
    for ours, theirs in renamed.items():
        money = ours == "check_amount"
        out[ours] = (
            pd.Series(table[theirs].to_numpy(), dtype="Int64") if money and theirs in table else days(table, theirs).astype("datetime64[s]")
        )
    return pd.DataFrame(out)


def _signing(tables: Tables, judged: pd.DataFrame) -> Any:
    signed = tables.plans[tables.plans["plan_state"] == c.SIGNED_STATE].drop_duplicates("plan_id", keep="last").set_index("plan_id")
    found = judged["plan_id"].map(signed["plan_signed_on"]) if len(judged) else pd.Series(dtype="datetime64[s]")
    return found.to_numpy().astype("datetime64[s]")


def _followed(every: pd.DataFrame, tables: Tables, today: date) -> Days:
    """The last day on which somebody called or visited for the case after the deadline; NaT for never."""
    contacts = tables.contacts
    tried = (log.dialled(contacts) | log.visited(contacts)) & (days(contacts, "contacted_at") <= np.datetime64(today, "D"))
    latest = pd.Series(days(contacts, "contacted_at")[tried].astype("datetime64[s]")).groupby(text(contacts, "case_id")[tried]).max()
    last = latest.reindex(pd.Index(every["case_id"])).to_numpy().astype("datetime64[D]")
    return np.where(last > days(every, "check_deadline"), last, np.datetime64("NaT", "D"))


def _worded(every: pd.DataFrame, followed: Days, lang: str, today: date) -> pd.DataFrame:
    en = lang == "en"
    amount, paid = whole(every, "check_amount"), whole(every, "check_paid")
    task = [_task(*row, en) for row in zip(text(every, "state"), text(every, "kind"), followed, days(every, "check_due"), strict=True)]
    table = every.assign(
        row_key=every["note_key"],
        check_kind=[KINDS[kind][en] for kind in every["kind"]],
        check_missing=pd.Series(np.maximum(amount - paid, 0), index=every.index, dtype="Int64").mask(every["check_amount"].isna()),
        check_state=[_state(s, d, today, en) for s, d in zip(text(every, "state"), days(every, "check_due"), strict=True)],
        check_task=task,
        plan_note="",
    )
    return conform(table, c.PROMISE_CHECK_COLUMNS)[[k.name for k in c.PROMISE_CHECK_COLUMNS]]


def _state(state: str, due: np.datetime64, today: date, en: bool) -> str:
    day = np.datetime64(today, "D")
    if state == promises.KEPT and due > day:
        return "kept early" if en else "提前兑现"
    if state in (promises.OPEN, plan_monitor.DUE) and due <= day:
        return ("due today" if en else "今日到期") if due == day else ("due, within the grace" if en else "已到期，宽限中")
    return STATES[state][en]


def _task(state: str, kind: str, followed: np.datetime64, due: np.datetime64, en: bool) -> str:
    if state not in UNKEPT:
        return ""
    if not np.isnat(followed):
        return f"followed up on {followed}" if en else f"已于{followed}跟进"
    if state == promises.UNCONFIRMED:
        return (
            "confirm the receipt on the sheet of statement lines before anybody calls"
            if en
            else "先在资金流水确认该客户的收款，确认前不追问"
        )
    if kind == INSTALMENT:
        return "remind; propose again after a breach" if en else "提醒补足；违约的重做还款方案"
    return "contact, agree a new date" if en else "联系客户，重新约定"


def _ordered(table: pd.DataFrame, followed: Days) -> pd.DataFrame:
    """What nobody has followed up first, then by the day."""
    by_day = table.assign(_done=~np.isnat(followed)).sort_values(["_done", "check_due", "check_owner", "case_id"], kind="stable")
    return by_day.drop(columns="_done").reset_index(drop=True)


def _facts(every: pd.DataFrame, where: dict[str, Flags], older: Flags, lang: str, today: date) -> dict[str, Any]:
    state, kind, due = text(every, "state"), text(every, "kind"), days(every, "check_due")
    month = (kind == PROMISE) & (due >= np.datetime64(today.replace(day=1), "D")) & (due <= np.datetime64(today, "D"))
    kept = month & (state == promises.KEPT)
    judged = month & np.isin(state, (promises.KEPT, promises.PART, promises.BROKEN))
    missing = np.maximum(whole(every, "check_amount") - whole(every, "check_paid"), 0)
    return {
        "language": lang,
        "day": today,
        "due": int(where["due"].sum()),
        "due_amount": int(missing[where["due"]].sum()),
        "tasks": int(where["tasks"].sum()),
        "kept_month": int(kept.sum()),
        "judged_month": int(judged.sum()),
        "older": int(older.sum()),
    }
