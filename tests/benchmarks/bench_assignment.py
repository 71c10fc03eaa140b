"""How long sharing out 100,000 cases takes, and how near to the optimum it is proven to be: `python -m tests.benchmarks.bench_assignment`."""

from __future__ import annotations

import time
from datetime import date

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.assignment import Assignment, assign
from macros_py.domain.kinds import conform
from macros_py.domain.rules import BUCKETS, Rules
from macros_py.domain.tables import Tables

TODAY = date(2026, 11, 23)
TIERS = ("正常", "预警", "加强", "法律")


def department(cases: int, collectors: int, owned: float, seed: int = 7) -> Tables:
    """A fictional department: `owned` is the share of cases that have a collector already."""
    rng = np.random.default_rng(seed)
    names = np.array([f"催收员{n:02d}" for n in range(collectors)], dtype=object)
    level = rng.choice(4, cases, p=(0.5, 0.2, 0.12, 0.18))
    owner = np.where(rng.random(cases) < owned, names[rng.integers(0, collectors, cases)], "")
    table = pd.DataFrame(
        {
            "case_id": [f"C{n:06d}" for n in range(cases)],
            "customer_key": [f"K{n}" for n in rng.integers(0, cases, cases)],
            "open_amount": pd.array(rng.lognormal(13, 1.3, cases).astype(np.int64), dtype="Int64"),
            "settled": rng.random(cases) < 0.03,
            "hold": np.where(rng.random(cases) < 0.02, "投诉", ""),
            "priority": np.round(rng.beta(2, 3, cases) * 100, 1),
            "bucket": np.array(BUCKETS, dtype=object)[np.minimum(level * 2 + rng.integers(0, 2, cases), 7)],
            "tier": np.array(TIERS, dtype=object)[level],
            "next_action": np.where((level == 2) & (rng.random(cases) < 0.05), "外访", "电话"),
            "product": rng.choice(["个贷", "信用卡", "车贷"], cases),
            "owner": owner,
        }
    )
    people = pd.DataFrame(
        {
            "person": names,
            "skill": ["外访" if n % 3 == 2 else "电催" for n in range(collectors)],
            "products": ["信用卡" if n % 5 == 1 else "" for n in range(collectors)],
        }
    )
    calls = pd.DataFrame(
        {
            "case_id": rng.choice(table["case_id"], cases // 2),
            "collector": names[rng.integers(0, collectors, cases // 2)],
            "contacted_at": (np.datetime64(TODAY, "s") - rng.integers(0, 90, cases // 2).astype("timedelta64[D]")),
            "outcome": rng.choice(["本人接通", "无人接听", "承诺还款", "第三方接通"], cases // 2, p=(0.2, 0.55, 0.1, 0.15)),
            "channel": "电话",
        }
    )
    return Tables(
        cases=conform(table, c.CASE_COLUMNS),
        collectors=conform(people, c.COLLECTOR_COLUMNS),
        contacts=conform(calls, c.CONTACT_COLUMNS),
    )


def timed(tables: Tables) -> tuple[float, Assignment]:
    """Seconds, and what came out."""
    began = time.perf_counter()
    done = assign(tables, Rules(), TODAY)
    return time.perf_counter() - began, done


def main() -> None:
    """Print one line per department."""
    for cases, collectors, owned in ((2_000, 12, 0.9), (10_000, 50, 0.0), (100_000, 10, 0.9), (100_000, 50, 0.9), (100_000, 50, 0.0)):
        seconds, done = min((timed(department(cases, collectors, owned)) for _ in range(2)), key=lambda run: run[0])
        print(f"{cases:>7} × {collectors:<3} owned {owned:.0%}: {seconds:.2f} s  {done.quality.text('en')}")


if __name__ == "__main__":
    main()
