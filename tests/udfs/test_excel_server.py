"""The way of a worksheet function through xlwings' own UDF server: arguments as Excel's wrapper sends them, results as it takes them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def called(*calls: list[Any]) -> list[Any]:
    """The answers of the server, in a process of its own: pywin32 is stubbed there."""
    command = [sys.executable, "-m", "tests.udfs.excel_server", json.dumps(calls)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[Any] = json.loads(done.stdout)
    return found


def test_ranges_cells_and_missing_arguments_reach_the_function_and_come_back_as_rows() -> None:
    missing = ["missing"] * 8
    days, score, why, date, blank = called(
        ["DC_DAYS_PAST_DUE", [["day 2026-11-01"], [None], ["明天吧"]], "day 2026-11-23"],
        ["DC_PRIORITY", 5000.0, "day 2026-10-01", "day 2026-11-23", *missing],
        ["DC_PRIORITY_WHY", [[5000.0], [60.5]], [["day 2026-10-01"], [46300.0]], "day 2026-11-23", *missing],
        ["DC_LIMITATION_DATE", "day 2024-02-29", "missing", "day 2026-11-23", "missing"],
        ["DC_MASK_NAME", None],
    )
    assert days == [[22], [""], ["应还日期读不懂：明天吧 · due date: unreadable"]]
    assert 0 < score[0][0] <= 100
    assert len(why) == 2
    assert all(len(row) == 1 and row[0] for row in why)
    assert date[0][0].startswith("2027-02-28")
    assert blank == [[""]]
