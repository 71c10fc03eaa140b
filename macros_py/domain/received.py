"""Cash that came in, whose it is, and how a month's target lies on its working days.

Only cash is recovery: waivers, write-offs, hand-backs and buy-backs are not (domain.md, Words and definitions).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.arrays import Flags, Ints, days, known, text, whole
from macros_py.domain.balances import REVERSED
from macros_py.domain.characters import simplified
from macros_py.domain.tables import Tables
from macros_py.domain.working_days import WorkingDays

NOT_CASH: Final = re.compile(
    r"减免|免除|核销|退案|回购|债权转让|冲销|待确认|waive|write.?off|hand.?back|buy.?back", re.IGNORECASE
)  # 待确认: a receipt that waits for a person (bank_receipts.WAITING)
TEAM_WORDS: Final = frozenset({"", "团队", "全部", "合计", "部门", "全体", "team", "total", "all"})


def cash(tables: Tables, today: date) -> pd.DataFrame:
    """Receipts of money up to today → case_id, day (midnight), fen (int64), case (row of the ledger, −1), owner ('' unknown).

    owner: the case's assigned collector, else the ledger's. A receipt for a case that the ledger lacks counts for the team only.
    """
    receipts = tables.receipts
    keep, fen = moved(receipts, today)
    kept = receipts[keep]
    where = position_of(kept["case_id"], tables.cases)
    return pd.DataFrame(
        {
            "case_id": kept["case_id"].to_numpy(dtype=object),
            "day": days(kept, "paid_on").astype("datetime64[s]"),
            "fen": fen[keep],
            "case": where,
            "owner": _taken(owners(tables.cases), where),
        }
    )


def moved(receipts: pd.DataFrame, today: date) -> tuple[Flags, Ints]:
    """Which receipts are cash up to today, and the fen of every row; what was given back is negative, however it is written.

    A reversal (冲正) is no waiver: it takes cash away again.
    """
    code, words = pd.factorize(text(receipts, "pay_channel"))
    other = np.array([bool(NOT_CASH.search(str(word))) for word in simplified(words)] + [False], dtype=bool)[code]
    back = np.array([bool(REVERSED.search(str(word))) for word in simplified(words)] + [False], dtype=bool)[code]
    fen = whole(receipts, "amount")
    keep = (~other | back) & known(receipts, "amount") & (days(receipts, "paid_on") <= np.datetime64(today, "D"))
    return keep, np.where(back, -np.abs(fen), fen)


def owners(cases: pd.DataFrame) -> npt.NDArray[np.object_]:
    """assigned_owner, else the collector that the ledger names."""
    ledger = cases["owner"].to_numpy(dtype=object)
    if "assigned_owner" not in cases:
        return np.asarray(ledger, dtype=object)
    assigned = cases["assigned_owner"].to_numpy(dtype=object)
    return np.asarray(np.where(assigned == "", ledger, assigned), dtype=object)


def position_of(case_ids: pd.Series, cases: pd.DataFrame) -> Ints:
    """The row of each case number in the ledger (the first of duplicates), −1 where the ledger lacks it."""
    if case_ids.empty:
        return np.empty(0, dtype=np.int64)
    first = ~cases["case_id"].duplicated().to_numpy()
    rows = np.append(np.flatnonzero(first), -1)
    return np.asarray(rows[pd.Index(cases["case_id"][first]).get_indexer(pd.Index(case_ids))], dtype=np.int64)


def _taken(values: npt.NDArray[np.object_], where: Ints) -> npt.NDArray[np.object_]:
    return np.append(values, "")[where]


def month_targets(tables: Tables, month: date) -> dict[str, int]:
    """Person → target of the month in fen; "" is the team: its own row, else the sum of the people's. Unknown ones are absent."""
    targets = tables.targets
    if targets.empty:
        return {}
    wanted = f"{month:%Y-%m}"
    rows = zip(targets["month"].astype(str), targets["person"].astype(str), targets["target_amount"], strict=True)
    out: dict[str, int] = {}
    for when, name, amount in rows:
        if month_key(when) == wanted and not pd.isna(amount):
            person = "" if name.strip().lower() in TEAM_WORDS else name.strip()
            out[person] = out.get(person, 0) + int(amount)
    if out and "" not in out:
        out[""] = sum(out.values())
    return out


def month_key(typed: str) -> str:
    """ "2026-11", "2026年11月", "202611", "2026/11/1" → "2026-11"; '' when it is no month."""
    digits = "".join(ch if ch.isdigit() else " " for ch in str(typed)).split()
    joined = digits[0] if digits else ""
    year, month = (joined[:4], joined[4:6]) if len(joined) >= 6 else (joined, digits[1] if len(digits) > 1 else "")
    return f"{year}-{int(month):02d}" if len(year) == 4 and month and 1 <= int(month) <= 12 else ""


def spread(amount: int, parts: int) -> Ints:
    """`amount` over `parts` days so that the days sum to it to the fen; negative amounts spread as nothing."""
    amount = max(amount, 0)
    edges = np.array([amount * k // parts for k in range(parts + 1)], dtype=np.int64) if parts else np.zeros(1, dtype=np.int64)
    return np.diff(edges)


def even_targets(target: int, calendar: WorkingDays, month: date) -> dict[date, int]:
    """Working day of the month → its even share of the target, in fen."""
    working = [d.item() for d in calendar.working_days_in(month)]
    return dict(zip(working, spread(target, len(working)).tolist(), strict=True))


def day_targets(target: int, received_before: int, calendar: WorkingDays, today: date) -> dict[date, int]:
    """Working day of today's month → its target: days gone keep their even share, what is missing lies on those that remain."""
    even = even_targets(target, calendar, today)
    working = list(even)
    coming = [d for d in working if d >= today]
    missing = dict(zip(coming, spread(target - received_before, len(coming)).tolist(), strict=True))
    return even | missing


def week_of(day: date) -> list[date]:
    """Monday to Sunday of the ISO week of a day."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    return [monday + timedelta(days=n) for n in range(7)]


def week_name(day: date) -> str:
    """ "2026W48": ISO year and week (a year has up to 53)."""
    year, week, _ = day.isocalendar()
    return f"{year}W{week:02d}"
