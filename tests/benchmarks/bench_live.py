"""Monday's job on a ledger of 10,000 cases that is open in Calc, from the click to the end, against the same press on the closed file.

The first press fills the ledger and draws every sheet, the second finds nothing to do, and the next day's draws everything again.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from addin.calc_extension import calc_extension
from macros_py import udfs
from macros_py.buttons import BUTTONS
from macros_py.run.outcome import Request
from macros_py.run.pressing import press
from tests.benchmarks import big_ledger
from tests.build.calc_runs import PRODUCT, run

CASES = 10_000
DAY = dt.date(2026, 11, 23)
MOST = 10.0  # seconds that a person waits without wondering
TIMES = 6.0  # and times the closed file: Calc saves the workbook twice, loads the drawn sheets and takes them in one by one


def main() -> None:
    """Print the times; fail where an open workbook takes longer than a person expects."""
    button = next(b for b in BUTTONS if b.name == "monday")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        closed, there = folder / "closed.xlsx", folder / "open.xlsx"
        big_ledger.write(closed, CASES)
        there.write_bytes(closed.read_bytes())
        on_file = press(Request(closed, DAY), button.name, button.load()).seconds
        days = [day.isoformat() for day in (DAY, DAY, DAY + dt.timedelta(days=1))]
        job = {"book": str(there), "days": days, "folders": [str(p) for p in PRODUCT]}
        in_calc, again, next_day = run("../benchmarks/pressed_in_calc.py", folder, calc_extension(udfs.FUNCTIONS), PRODUCT, job)
    print(f"{CASES:,} cases, closed file       {on_file:6.2f} s")
    print(f"the same, open in Calc         {in_calc:6.2f} s   (at most {MOST:g})   {in_calc / on_file:4.1f} × (at most {TIMES:g})")
    print(f"pressed again, nothing to do   {again:6.2f} s   (at most {MOST:g})")
    print(f"the next day, all drawn anew   {next_day:6.2f} s   (for information)")
    if max(in_calc, again) > MOST or in_calc > TIMES * on_file:
        raise SystemExit("slower than promised")


if __name__ == "__main__":
    main()
