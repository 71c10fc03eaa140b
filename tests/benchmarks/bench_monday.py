"""The Monday run on 100,000 cases against the same job as a handy user would script it, in one run.

The rendering of letters is a benchmark of its own (bench_letters), so this ledger names no creditor and none is made.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import big_ledger
from tests.benchmarks.measure import measure

ROOT = Path(__file__).resolve().parents[2]
PEER = Path(os.environ.get("DUNBOOK_SHARED", ROOT.parent / "shared")) / "peers" / "monday_script.py"


def main(rows: int = 100_000) -> None:
    """Print time, memory and their ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "ledger.xlsx"
        big_ledger.write(book, rows)
        ours = folder / "ours.xlsx"
        shutil.copy(book, ours)
        mine = measure([sys.executable, "-m", "macros_py.cli", "monday", str(ours), "--as-of", big_ledger.AS_OF.isoformat(), "--json"])
        print(f"monday, {rows:,} cases: ours {mine.seconds:.1f} s, {mine.peak_mb:.0f} MB")
        if not PEER.exists():
            print("  the peer script is not beside this clone: no ratio")
            return
        peer = measure([sys.executable, "-W", "ignore", str(PEER), str(book), str(folder / "peer.xlsx")])
        print(f"  peer {peer.seconds:.1f} s, {peer.peak_mb:.0f} MB")
        print(
            f"  {peer.seconds / mine.seconds:.1f} times faster (wanted: 8), {mine.peak_mb / peer.peak_mb:.2f} of the memory (wanted: at most 0.50)"
        )


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:]))
