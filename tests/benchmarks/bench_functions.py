"""One array call of DC_PRIORITY over 10,000 rows against 10,000 calls, and the first call of a process.

What Excel adds to a call (its wrapper, COM, the way to the server and back) is left out on both sides: it comes once a call.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time

from macros_py import udfs

ROWS = 10_000
SINGLE = 200  # calls that stand for all of them
LEAST = 300.0
DAY = dt.datetime(2026, 11, 23)
COLD = "import datetime as d; from macros_py import udfs; udfs.DC_PRIORITY(5000, d.datetime(2026, 10, 1), d.datetime(2026, 11, 23))"


def main() -> None:
    """Print the times and the ratio; fail where it is below what is promised."""
    amounts = [[float(100 + n % 50_000)] for n in range(ROWS)]
    due = [[DAY - dt.timedelta(days=1 + n % 400)] for n in range(ROWS)]
    udfs.DC_PRIORITY(5000, DAY, DAY)
    started = time.perf_counter()
    whole = udfs.DC_PRIORITY(amounts, due, DAY)
    array = time.perf_counter() - started
    started = time.perf_counter()
    single = [udfs.DC_PRIORITY(amounts[n], due[n], DAY)[0] for n in range(SINGLE)]
    calls = (time.perf_counter() - started) / SINGLE * ROWS
    if single != whole[:SINGLE]:
        raise SystemExit("the array and the single calls do not agree")
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", COLD], check=True)
    cold = time.perf_counter() - started
    print(f"one call, {ROWS:,} rows        {array:7.3f} s")
    print(f"{ROWS:,} calls, one row each  {calls:7.1f} s   {calls / array:5.0f} × (at least {LEAST:g})")
    print(f"first call of a process      {cold:7.2f} s   (for information)")
    if calls < LEAST * array:
        raise SystemExit("slower than promised")


if __name__ == "__main__":
    main()
