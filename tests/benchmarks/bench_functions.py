"""One array call over 10,000 rows: against 10,000 calls, and in Calc against Calc's own formulas filled down; and Python's cold start.

What Excel adds to a call (its wrapper, COM, the way to the server and back) is left out of the first: it comes once a call. In Calc
everything is in: a hard recalculation of the sheet, timed on both sides. The peers stand in tests/benchmarks/native.py.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from addin.calc_extension import calc_extension
from macros_py import udfs
from tests.benchmarks import native
from tests.build.calc_runs import PRODUCT, run

ROWS = 10_000
LEAST_IN_CALC = 10.0  # one array formula against our function filled down, a cell a row
SINGLE = 200  # calls that stand for all of them
LEAST = 300.0
DAY = dt.datetime(2026, 11, 23)
STARTS = (  # what a person waits for, by the command that is run
    ("the interpreter alone", ("-c", "pass")),
    ("  and pandas", ("-c", "import pandas")),
    ("a function in Calc", ("-c", "from macros_py import udfs; udfs.DC_PRIORITY(5000, 46296.0, 46349.0)")),
    ("a function by Excel's server", ("-m", "tests.udfs.excel_server", '[["DC_PRIORITY", 5000, 46296.0, 46349.0]]')),
    ("a button by RunPython", ("-c", "import macros_py.entry, macros_py.run.in_application")),
)
ROUNDS = 3


def cold(command: Sequence[str]) -> float:
    """Seconds from starting the interpreter to its end, the best of some."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - started)
    return min(taken)


def in_calc(races: Sequence[native.Race]) -> list[str]:
    """Print a line for each function; → what is wrong: answers that are not the same, promises not kept."""
    job = {"data": native.data(ROWS), "tables": native.tables(), "races": [native.job(r, ROWS) for r in races]}
    with tempfile.TemporaryDirectory() as folder:
        told = run("../benchmarks/recalculated.py", Path(folder), calc_extension(udfs.FUNCTIONS), PRODUCT, job)
    wrong = []
    print(f"{ROWS:,} rows recalculated in Calc     native       ours      again, nothing changed      a cell a row (scaled up from some)")
    for one, found in zip(races, told, strict=True):
        ratio = found["native"] / found["ours"]
        promise = f"(at least {one.least:g})" if one.least else "(a short formula: nothing promised)"
        print(
            f"  {one.name:<24} {found['native'] * 1000:9.0f} ms {found['ours'] * 1000:7.0f} ms   {ratio:5.1f} × {promise:<38} {found['again'] * 1000:5.0f} ms",
            end="",
        )
        if "alone" in found:
            filled = found["alone"] * ROWS
            print(f"   {filled:7.1f} s {filled / found['ours']:6.0f} × (at least {LEAST_IN_CALC:g})", end="")
            if filled < LEAST_IN_CALC * found["ours"] or not found["alike"]:
                wrong.append(f"{one.name}: filled down, not as promised" if found["alike"] else f"{one.name}: cells and array do not agree")
        print()
        if found["wrong"]:
            wrong.append(f"{one.name}: {found['wrong']} answers differ, such as {found['apart']}")
        if ratio < one.least:
            wrong.append(f"{one.name}: slower than promised")
    return wrong


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
    print(f"one call, {ROWS:,} rows        {array:7.3f} s")
    print(f"{ROWS:,} calls, one row each  {calls:7.1f} s   {calls / array:5.0f} × (at least {LEAST:g})")
    wrong = in_calc(native.RACES)
    print("cold start of Python, to its first answer")
    for name, command in STARTS:
        print(f"  {name:<30} {cold(command):5.2f} s   (for information)")
    if calls < LEAST * array:
        wrong.append("slower than promised")
    if wrong:
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
