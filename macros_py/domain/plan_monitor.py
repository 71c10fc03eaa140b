"""方案履行监督: which instalments of the signed plans were paid, and whether a plan is kept, late, breached or done.

Money that came for the case from the day of signing on pays the instalments in the order of their due dates; a reversal takes its money away
again. An instalment counts as kept when everything due so far had come by its due date and the grace days. A plan is breached when as many
instalments as 设置 says are overdue, or its last one is.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.arrays import Days, Ints, days, text, whole
from macros_py.domain.kinds import conform
from macros_py.domain.plan_register import standing
from macros_py.domain.problems import Problem
from macros_py.domain.received import moved
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables

KEPT, LATE, PART, MISSED, DUE, OPEN, UNJUDGED = "kept", "late", "part", "missed", "due", "open", "unjudged"  # of an instalment
PLAN_KEPT, PLAN_LATE, PLAN_BREACHED, PLAN_DONE = "kept", "late", "breached", "done"  # of a plan
RUNNING: Final = (PLAN_KEPT, PLAN_LATE)
SHEET: Final = "还款计划"


def instalments(tables: Tables, rules: Rules, today: date) -> Result:
    """Every instalment of the signed plans, judged by the receipts since the signing.

    tables.plans: plan_id, case_id, plan_state, plan_signed_on; tables.instalments: plan_id, instalment_no, instalment_due, instalment_amount
    tables.receipts: case_id, paid_on, amount (signed), pay_channel (waivers and write-offs are no money)
    → plan_id, case_id, instalment_no, instalment_due, instalment_amount, deadline, paid_fen, state: kept | late (paid after the grace) |
      part | missed | due (today, or within the grace) | open | unjudged (the workbook has no receipts), replaced (flag: a later plan of the
      case was signed; the earlier one is judged as it stood the day before)
    """
    signed = _signed(tables.plans)
    lines = tables.instalments[tables.instalments["plan_id"].isin(signed["plan_id"]) & tables.instalments["instalment_due"].notna()]
    lines = (
        lines.drop_duplicates(["plan_id", "instalment_no"])
        .sort_values(["plan_id", "instalment_due", "instalment_no"])
        .reset_index(drop=True)
    )
    judged = len(tables.receipts) > 0 or "receipts" in tables.present
    problems = [Problem("plans-unjudged", SHEET, values={"count": len(signed)})] if len(signed) and not judged else []
    without = int((~signed["plan_id"].isin(lines["plan_id"])).sum())
    problems += [Problem("instalments-missing", SHEET, values={"count": without})] if without else []
    came = money_of(tables.receipts, today)
    by_plan = dict(iter(lines.groupby("plan_id", sort=False)))
    parts = [
        _judged(by_plan[plan["plan_id"]], plan, came, rules, today, judged)
        for plan in signed.to_dict("records")
        if plan["plan_id"] in by_plan
    ]
    shape = ("plan_id", "case_id", "instalment_no", "instalment_due", "instalment_amount")
    empty = (
        lines[list(shape)]
        .iloc[:0]
        .assign(
            deadline=lines["instalment_due"].iloc[:0],
            paid_fen=pd.Series(dtype="Int64"),
            state=pd.Series(dtype="str"),
            replaced=pd.Series(dtype="bool"),
        )
    )
    return (pd.concat(parts, ignore_index=True) if parts else empty), problems


def per_case(tables: Tables, rules: Rules, today: date) -> Result:
    """Where the plan of each case stands.

    → cases + plan_id ('' = no signed plan), plan_state ('' | kept | late | breached | done), plan_due (date of the next unpaid instalment),
      plan_due_fen (what is missing of it), plan_missed (Int: instalments overdue), plan_waived (fen that the plan waives),
      plans_broken (Int: breached plans of the case, old ones too)
    """
    cases = tables.cases
    if tables.plans.empty:
        return _no_plans(cases), []
    judged, problems = instalments(tables, rules, today)
    states = plans(judged, rules)
    broken = states[states["plan_state"] == PLAN_BREACHED].groupby("case_id").size()
    latest = states.drop_duplicates("case_id", keep="last").set_index("case_id")
    ids = pd.Index(text(cases, "case_id"))
    found = latest.reindex(ids)
    table = cases.assign(
        plan_id=pd.Series(found["plan_id"].fillna("").to_numpy(dtype=object), index=cases.index, dtype="str"),
        plan_state=pd.Series(found["plan_state"].fillna("").to_numpy(dtype=object), index=cases.index, dtype="str"),
        plan_due=found["plan_due"].to_numpy().astype("datetime64[s]"),
        plan_due_fen=pd.Series(found["plan_due_fen"].to_numpy(), index=cases.index, dtype="Int64"),
        plan_missed=pd.Series(found["plan_missed"].fillna(0).to_numpy(), index=cases.index, dtype="Int64"),
        plan_waived=pd.Series(
            _waived(tables.plans).reindex(pd.Index(found["plan_id"])).fillna(0).to_numpy(), index=cases.index, dtype="Int64"
        ),
        plans_broken=pd.Series(broken.reindex(ids).fillna(0).to_numpy(), index=cases.index, dtype="Int64"),
    )
    for code, state in (("plan-breached", PLAN_BREACHED), ("plan-instalment-late", PLAN_LATE)):
        count = int((latest["plan_state"] == state).sum())
        problems += [Problem(code, SHEET, values={"count": count})] if count else []
    return table, problems


def _no_plans(cases: pd.DataFrame) -> pd.DataFrame:
    """Most workbooks have none: nothing is looked up for 100,000 cases."""
    none = pd.Series("", index=cases.index, dtype="str")
    no_fen = pd.Series(pd.NA, index=cases.index, dtype="Int64")
    zero = pd.Series(0, index=cases.index, dtype="Int64")
    no_day = np.full(len(cases), np.datetime64("NaT", "s"))
    return cases.assign(
        plan_id=none, plan_state=none, plan_due=no_day, plan_due_fen=no_fen, plan_missed=zero, plan_waived=zero, plans_broken=zero
    )


def _waived(register: pd.DataFrame) -> pd.Series:
    """Plan number → fen that it waives."""
    now = standing(register).set_index("plan_id")
    return now["waived_penalty"].fillna(0) + now["waived_interest"].fillna(0)


def plans(judged: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """One row per signed plan, in the order of signing: plan_id, case_id, plan_state, plan_due, plan_due_fen, plan_missed.

    judged: as instalments gives them.
    """
    rows = []
    for number, part in judged.groupby("plan_id", sort=False):
        overdue = part["state"].isin([PART, MISSED])
        unpaid = part[part["paid_fen"] < part["instalment_amount"]]
        breached = overdue.sum() >= max(rules.repayment.breach_count, 1) or bool(overdue.iloc[-1])
        state = PLAN_DONE if unpaid.empty else PLAN_BREACHED if breached else PLAN_LATE if overdue.any() else PLAN_KEPT
        first = None if unpaid.empty else unpaid.iloc[0]
        rows.append(
            {
                "plan_id": number,
                "case_id": part["case_id"].iloc[0],
                "plan_state": state,
                "plan_due": pd.NaT if first is None else first["instalment_due"],
                "plan_due_fen": pd.NA if first is None else int(first["instalment_amount"] - first["paid_fen"]),
                "plan_missed": int(overdue.sum()),
            }
        )
    names = ("plan_id", "case_id", "plan_state", "plan_due", "plan_due_fen", "plan_missed")
    table = pd.DataFrame(rows, columns=list(names))
    kinds = {"plan_due": "datetime64[s]", "plan_due_fen": "Int64", "plan_missed": "Int64"}
    return table.astype({name: kinds.get(name, "str") for name in names})


def waivers_due(tables: Tables, rules: Rules, today: date) -> pd.DataFrame:
    """Rows for 账务调整: the waivers of plans that were kept to their end and are not booked there yet (the note names the plan).

    tables: as for instalments, and adjustments → c.ADJUSTMENT_COLUMNS
    """
    judged, _ = instalments(tables, rules, today)
    done = plans(judged, rules)
    done = done[done["plan_state"] == PLAN_DONE]
    now = standing(tables.plans).set_index("plan_id")
    booked = "；".join(text(tables.adjustments, "note"))
    rows = [
        {
            "adjusted_on": pd.Timestamp(today),
            "case_id": now.loc[number, "case_id"],
            "adjust_kind": "减免",
            "adjusted_penalty": now.loc[number, "waived_penalty"],
            "adjusted_interest": now.loc[number, "waived_interest"],
            "approved_by": now.loc[number, "approved_by"],
            "note": f"方案 {number} 履行完毕",
        }
        for number in done["plan_id"]
        if f"方案 {number} 履行完毕" not in booked and _waived(tables.plans)[number] > 0
    ]
    return conform(pd.DataFrame(rows), c.ADJUSTMENT_COLUMNS)


def money_of(receipts: pd.DataFrame, today: date) -> pd.DataFrame:
    """case_id, day (int), fen (signed) of the cash up to today."""
    keep, fen = moved(receipts, today)
    on = days(receipts, "paid_on")[keep].astype(np.int64)
    return pd.DataFrame({"case_id": text(receipts, "case_id")[keep], "day": on, "fen": fen[keep]})


def _signed(register: pd.DataFrame) -> pd.DataFrame:
    """Plans that stand as signed, in the order of signing, and the day on which the next one of their case was signed (`until`)."""
    now = standing(register)
    signed: pd.DataFrame = now[now["plan_state"] == c.SIGNED_STATE].sort_values("plan_signed_on", kind="stable").reset_index(drop=True)
    return signed.assign(until=signed.groupby("case_id")["plan_signed_on"].shift(-1))


def _judged(part: pd.DataFrame, plan: dict[Any, Any], came: pd.DataFrame, rules: Rules, today: date, judged: bool) -> pd.DataFrame:
    replaced = pd.notna(plan["until"])
    if replaced:
        today = min(today, plan["until"].date() - timedelta(days=1))
        came = came[came["day"] <= np.datetime64(today, "D").astype(np.int64)]
    since = int(np.datetime64(plan["plan_signed_on"], "D").astype(np.int64)) if pd.notna(plan["plan_signed_on"]) else 0
    mine = came[(came["case_id"] == plan["case_id"]) & (came["day"] >= since)].sort_values("day", kind="stable")
    due, amount = days(part, "instalment_due"), whole(part, "instalment_amount")
    deadline = due + np.timedelta64(rules.repayment.grace_days, "D")
    until, day = np.cumsum(amount), np.datetime64(today, "D")
    paid = np.clip(mine["fen"].sum() - (until - amount), 0, amount)
    in_time = _by(mine, np.minimum(deadline, day)) >= until
    over = deadline < day
    full = paid >= amount
    late = np.select([full, paid > 0], [LATE, PART], MISSED)
    state = np.where(in_time & full, KEPT, np.where(over, late, np.where(due <= day, DUE, OPEN)))
    state = state if judged else np.full(len(part), UNJUDGED)
    return pd.DataFrame(
        {
            "plan_id": part["plan_id"].to_numpy(),
            "case_id": pd.Series([str(plan["case_id"])] * len(part), dtype="str"),
            "instalment_no": part["instalment_no"].to_numpy(),
            "instalment_due": part["instalment_due"].to_numpy(),
            "instalment_amount": part["instalment_amount"].to_numpy(),
            "deadline": deadline.astype("datetime64[s]"),
            "paid_fen": pd.Series(paid, dtype="Int64"),
            "state": pd.Series(state.astype(object), dtype="str"),
            "replaced": np.full(len(part), replaced),
        }
    )


def _by(mine: pd.DataFrame, moments: Days) -> Ints:
    """Fen that had come by each day."""
    total = np.append(0, np.cumsum(mine["fen"].to_numpy(dtype=np.int64)))
    out: Ints = total[np.searchsorted(mine["day"].to_numpy(dtype=np.int64), moments.astype("datetime64[D]").astype(np.int64), side="right")]
    return out
