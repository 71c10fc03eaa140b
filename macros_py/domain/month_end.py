"""月末快照 and 账龄迁徙: what stood in which bucket at the end of a month, and where it went by the end of the next.

A snapshot is kept by the first press on or soon after the last day of a month, as of that day, once. Rolls are told between two stored
snapshots only: no snapshot, no figure (domain.md, roll rate 滚动率).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.arrays import Ints, Texts, days, known, text, whole
from macros_py.domain.balances import bucket_names, written_off
from macros_py.domain.kinds import conform, empty
from macros_py.domain.problems import Problem
from macros_py.domain.received import month_key, position_of
from macros_py.domain.rules import BUCKETS, WRITTEN_OFF, Rules
from macros_py.domain.tables import Result, Tables

SHEET: Final = "月末快照"
MOST_ROWS: Final = 900_000  # a sheet holds 1,048,576
ORDER: Final = (*BUCKETS, WRITTEN_OFF)
MOVES: Final = {
    "worse": ("下滚", "rolled on"),
    "same": ("停留", "stayed"),
    "better": ("回转", "rolled back"),
    "gone": ("结清或退出", "settled or gone"),
    "new": ("新增", "new"),
}


def month_end(day: date) -> date:
    """The last day of a month on or before a day."""
    tomorrow = day + timedelta(days=1)
    return tomorrow.replace(day=1) - timedelta(days=1)


def snapshot(tables: Tables, rules: Rules, today: date) -> Result:
    """The rows to keep for the last month end; none where it is kept already or lies too long ago for the ledger to tell.

    tables.cases: case_id, due_date, days_past_due, open_amount, settled, written_off (after the receipts); receipts; snapshots
    → c.SNAPSHOT_COLUMNS, one row for each case number with a balance on that day. Receipts since then are added back.
    """
    end = month_end(today)
    nothing = empty(c.SNAPSHOT_COLUMNS)
    if f"{end:%Y-%m}" in set(_months(tables)) or (today - end).days > rules.planning.snapshot_days:
        return nothing, []
    rows = _standing(tables, end, today)
    if len(rows) + len(tables.snapshots) > MOST_ROWS:
        return nothing, [Problem("snapshots-full", SHEET, values={"rows": len(tables.snapshots)})]
    return rows, []


def _standing(tables: Tables, end: date, today: date) -> pd.DataFrame:
    cases = tables.cases
    since = (today - end).days
    day, due = np.datetime64(end, "D"), days(cases, "due_date")
    dated = ~np.isnat(due)
    counted = np.where(dated, (day - np.where(dated, due, day)).astype(np.int64), whole(cases, "days_past_due") - since)
    past = np.where(dated | known(cases, "days_past_due"), np.maximum(counted, 0), -1)
    fen = whole(cases, "open_amount") + _received_since(tables, end, today)
    take = (text(cases, "case_id") != "") & (fen > 0)
    table = pd.DataFrame({"case_id": text(cases, "case_id"), "past": past, "fen": fen, "off": written_off(cases)})[take]
    once = table.groupby("case_id", sort=False).agg(past=("past", "max"), fen=("fen", "sum"), off=("off", "any")).reset_index()
    bucket = bucket_names(once["past"].to_numpy(dtype=np.int64), once["off"].to_numpy(dtype=bool))
    kept = {
        c.SNAPSHOT_MONTH.name: f"{end:%Y-%m}",
        c.CASE_ID.name: once["case_id"],
        c.BUCKET.name: bucket,
        c.SNAPSHOT_BALANCE.name: once["fen"],
        c.SNAPSHOT_TAKEN.name: pd.Timestamp(today),
    }
    return conform(pd.DataFrame(kept), c.SNAPSHOT_COLUMNS)


def _received_since(tables: Tables, end: date, today: date) -> Ints:
    """Fen of receipts after the month end that the balances of today are net of; where the ledger names no day they are not."""
    out = np.zeros(len(tables.cases), dtype=np.int64)
    if tables.data_as_of is None or tables.receipts.empty:
        return out
    receipts, on = tables.receipts, days(tables.receipts, "paid_on")
    where = position_of(receipts["case_id"], tables.cases)
    take = (where >= 0) & (on > np.datetime64(end, "D")) & (on <= np.datetime64(today, "D"))
    np.add.at(out, where[take], whole(receipts, "amount")[take])
    return out


def _months(tables: Tables) -> Texts:
    """The month of each stored row, as 2026-10."""
    code, distinct = pd.factorize(text(tables.snapshots, "snapshot_month"))
    names = np.array([*(month_key(str(word)) for word in distinct), ""], dtype=object)
    return np.asarray(names[code], dtype=object)


@dataclass(frozen=True)
class Migration:
    """table: c.WEEK_MIGRATION by balance at the first of the two month ends (of new cases at the second); rolled: bucket → share that
    moved to the next one; first, last: the months, '' where fewer than two snapshots are stored."""

    table: pd.DataFrame
    rolled: dict[str, float]
    first: str = ""
    last: str = ""


def migration(tables: Tables, rules: Rules, today: date) -> Migration:
    """Between the two latest stored month ends up to today. tables.snapshots: c.SNAPSHOT_COLUMNS."""
    month = _months(tables)
    stored = sorted({str(m) for m in month if m and m <= f"{month_end(today):%Y-%m}"})
    if len(stored) < 2:
        return Migration(empty(c.WEEK_MIGRATION), {})
    first, last = stored[-2:]
    before, after = (_stand(tables.snapshots[month == name]) for name in (first, last))
    both = before.add_suffix("_before").join(after.add_suffix("_after"), how="outer")
    table = _grouped(both, rules.office.language == "en")
    return Migration(table, _rolled(table), first, last)


def _stand(rows: pd.DataFrame) -> pd.DataFrame:
    """case_id → bucket, fen; a case stored twice counts once."""
    table = pd.DataFrame({"bucket": text(rows, "bucket"), "fen": whole(rows, "snapshot_balance")}, index=text(rows, "case_id"))
    return table[~table.index.duplicated()]


def _grouped(both: pd.DataFrame, en: bool) -> pd.DataFrame:
    a, b = (both[name].fillna("").to_numpy(dtype=object) for name in ("bucket_before", "bucket_after"))
    places = pd.Index(ORDER)
    from_, to = places.get_indexer(pd.Index(a)), places.get_indexer(pd.Index(b))
    move = np.select([a == "", b == "", to > from_, to < from_], ["new", "gone", "worse", "better"], "same")
    fen = both["fen_before"].fillna(both["fen_after"]).to_numpy(dtype=np.int64)
    moved = pd.DataFrame(
        {"a": a, "b": b, "move": move, "fen": fen, "from": np.where(a == "", len(ORDER), from_), "to": np.where(b == "", -1, to)}
    )
    out = moved.groupby(["from", "to", "a", "b", "move"], sort=True)["fen"].agg(["size", "sum"]).reset_index()
    started = out.groupby("from")["sum"].transform("sum")
    share = (out["sum"] / started.where(started > 0)).where(out["move"] != "new")
    made = {
        c.BUCKET_FROM.name: out["a"].replace("", "—"),
        c.BUCKET_TO.name: out["b"].replace("", "—"),
        c.MIGRATION_MOVE.name: [MOVES[m][en] for m in out["move"]],
        c.TEAM_CASES.name: out["size"],
        c.TEAM_AMOUNT.name: out["sum"],
        c.TEAM_SHARE.name: share,
    }
    return conform(pd.DataFrame(made), c.WEEK_MIGRATION)


def _rolled(table: pd.DataFrame) -> dict[str, float]:
    """The share of each bucket's balance that stands in the next bucket at the second month end; the last buckets roll nowhere."""
    shares = dict(zip(zip(table["bucket_from"], table["bucket_to"], strict=True), table["team_share"], strict=True))
    there = set(table["bucket_from"])
    return {a: float(shares.get((a, b), 0.0)) for a, b in pairwise(BUCKETS) if a in there}
