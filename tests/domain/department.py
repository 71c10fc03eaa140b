"""A made-up department as the rules leave it before planning: cases with score, tier and owner; log, receipts, promises, people."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.domain.tables import Tables

TODAY = dt.date(2026, 11, 23)  # a Monday
BUCKETS = ("M1", "M2", "M3", "M4", "M5", "M6", "M7+")
OUTCOMES = ("无人接听", "本人接通", "承诺还款", "第三方接通", "号码无效", "拒接", "困难", "要求回访")


def table(columns, **values) -> pd.DataFrame:
    """A table in the product's dtypes from plain lists."""
    return conform(pd.DataFrame(values), columns)


def department(cases: int = 2000, people: int = 12, seed: int = 1, today: dt.date = TODAY) -> Tables:
    """Cases over people (the last third goes out visiting), a log of three months, receipts, promises, targets."""
    rng = np.random.default_rng(seed)
    names = [f"员工{n:02d}" for n in range(1, people + 1)]
    ids = np.array([f"LN{n:06d}" for n in range(1, cases + 1)], dtype=object)
    customer = np.array([f"KH{n:06d}" for n in rng.integers(1, max(int(cases * 0.85), 2), cases)], dtype=object)
    overdue = rng.integers(0, 400, cases)
    score = np.round(rng.random(cases) * 100, 2)
    owner_of = {k: names[n % people] for n, k in enumerate(pd.unique(customer))}
    held = rng.random(cases) < 0.05
    settled = rng.random(cases) < 0.04
    day = np.datetime64(today, "s")
    ledger = table(
        c.CASE_COLUMNS,
        case_id=ids,
        customer=[f"客{k[-4:]}" for k in customer],
        phone=np.where(rng.random(cases) < 0.06, "", "13800000000"),
        product=rng.choice(["信用卡", "车贷"], cases),
        address=np.where(rng.random(cases) < 0.2, "", "广州市天河区"),
        overdue_amount=rng.integers(10_000, 9_000_000, cases),
        owner=[owner_of[k] for k in customer],
        work_start=rng.choice(["", "08:00", "9点半", "下午2点"], cases, p=[0.7, 0.1, 0.1, 0.1]),
    )
    tier = np.select([overdue <= 30, overdue <= 60, overdue <= 90], ["正常", "预警", "加强"], "法律")
    ledger = ledger.assign(
        customer_key=customer,
        bucket=np.select([overdue <= 30 * n for n in range(1, 7)], BUCKETS[:6], BUCKETS[6]),
        open_amount=pd.array(np.where(settled, 0, ledger["overdue_amount"].to_numpy(dtype=np.int64)), dtype="Int64"),
        days_past_due=pd.array(overdue, dtype="Int64"),
        priority=score,
        rank=pd.array(pd.Series(-score).rank(method="first").astype(int), dtype="Int64"),
        tier=tier,
        tier_why=[f"逾期{d}天" for d in overdue],
        channels=np.where(overdue > 60, "电话、短信、信函、外访", "电话、短信"),
        next_action=np.where(overdue > 90, "法务评审", "电话提醒"),
        next_on=np.where(rng.random(cases) < 0.3, day + np.timedelta64(86400 * 2, "s"), day),
        hold=np.where(held, "投诉", ""),
        hold_why=np.where(held, "投诉处理中，2026-12-01 复核", ""),
        may_on=np.where(held, np.datetime64("2026-12-01", "s"), np.datetime64("NaT", "s")),
        settled=settled,
        assigned_owner=[owner_of[k] for k in customer],
        dialled_today=pd.array(np.zeros(cases, dtype=int), dtype="Int64"),
        calls_cap=pd.array(np.full(cases, 6), dtype="Int64"),
        letter_due=np.where((overdue == 7) | (overdue == 61), "reminder", ""),
    )
    return Tables(
        cases=ledger,
        contacts=_log(rng, ids, names, today, cases * 2),
        receipts=_receipts(rng, ids, today, cases // 3),
        collectors=table(
            c.COLLECTOR_COLUMNS,
            person=names,
            skill=["外访" if n >= people - people // 3 else "电催" for n in range(people)],
            minutes=[420 if n % 2 else None for n in range(people)],
        ),
        targets=table(
            c.TARGET_COLUMNS,
            month=[f"{today:%Y-%m}"] * (people + 1),
            person=["团队", *names],
            target_amount=[100_000_00 * people, *[100_000_00] * people],
        ),
        promises=_promises(rng, ids, today, cases // 10),
        data_as_of=today,
    )


def _log(rng, ids, names, today: dt.date, rows: int) -> pd.DataFrame:
    when = np.datetime64(today, "s") - rng.integers(3600, 86400 * 90, rows).astype("timedelta64[s]")
    outcome = rng.choice(OUTCOMES, rows)
    agreed = np.where(outcome == "要求回访", when.astype("datetime64[D]") + rng.integers(1, 9, rows), np.datetime64("NaT", "D"))
    return table(
        c.CONTACT_COLUMNS,
        entry_id=[f"JL{n:07d}" for n in range(rows)],
        contacted_at=when,
        case_id=rng.choice(ids, rows),
        collector=rng.choice(names, rows),
        channel=rng.choice(["电话", "电话", "电话", "短信"], rows),
        outcome=outcome,
        callback_on=agreed.astype("datetime64[s]"),
        note=rng.choice(["", "下午3点再打", "关机"], rows),
    )


def _receipts(rng, ids, today: dt.date, rows: int) -> pd.DataFrame:
    paid = np.datetime64(today, "D") - rng.integers(0, 80, rows)
    return table(
        c.RECEIPT_COLUMNS,
        receipt_id=[f"LS{n:06d}" for n in range(rows)],
        paid_on=paid.astype("datetime64[s]"),
        case_id=rng.choice(ids, rows),
        amount=rng.integers(10_000, 500_000, rows),
        pay_channel=rng.choice(["银行", "支付宝", "减免"], rows, p=[0.6, 0.3, 0.1]),
    )


def _promises(rng, ids, today: dt.date, rows: int) -> pd.DataFrame:
    due = np.datetime64(today, "D") + rng.integers(-20, 10, rows)
    state = np.where(due >= np.datetime64(today, "D") - 3, "open", rng.choice(["kept", "part", "broken"], rows))
    return pd.DataFrame(
        {
            "case_id": rng.choice(ids, rows),
            "promised_on": (due - 5).astype("datetime64[s]"),
            "due_on": due.astype("datetime64[s]"),
            "amount": pd.array(rng.integers(10_000, 500_000, rows), dtype="Int64"),
            "paid_fen": pd.array(np.where(state == "kept", 500_000, 0), dtype="Int64"),
            "state": state.astype(object),
        }
    )
