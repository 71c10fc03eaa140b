"""A press on a ledger of 10,000 cases that is open in Calc, from the click to the end, against the same press on the closed file."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from macros_py.buttons import BUTTONS
from macros_py.hosts.live import LiveHost
from macros_py.run.outcome import Request
from macros_py.run.pressing import press
from tests.benchmarks import big_ledger
from tests.hosts import calc_office

CASES = 10_000
DAY = dt.date(2026, 11, 23)
MOST = 20.0  # times the closed file: Calc saves the workbook twice and works out row heights after every block
COLD = "import macros_py.entry, macros_py.run.in_application"


def main() -> None:
    """Print the times; fail where an open workbook takes too many times as long as a closed one."""
    button = next(b for b in BUTTONS if b.name == "priority")
    with tempfile.TemporaryDirectory() as folder, calc_office.running("soffice") as app:
        closed, there = Path(folder) / "closed.xlsx", Path(folder) / "open.xlsx"
        big_ledger.write(closed, CASES)
        there.write_bytes(closed.read_bytes())
        on_file = press(Request(closed, DAY), button.name, button.load()).seconds
        with calc_office.opened(app, there) as book:
            in_calc = press(Request(there, DAY, live=lambda: LiveHost(book)), button.name, button.load()).seconds
            again = press(Request(there, DAY, live=lambda: LiveHost(book)), button.name, button.load()).seconds
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", COLD], check=True)
    cold = time.perf_counter() - started
    print(f"{CASES:,} cases, closed file       {on_file:6.2f} s")
    print(f"the same, open in Calc         {in_calc:6.2f} s   {in_calc / on_file:4.1f} × (at most {MOST:g})")
    print(f"pressed again, nothing to do   {again:6.2f} s   (for information)")
    print(f"Python's cold start            {cold:6.2f} s   (for information)")
    if in_calc > MOST * on_file:
        raise SystemExit("slower than promised")


if __name__ == "__main__":
    main()
