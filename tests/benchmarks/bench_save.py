"""One cell of a 100,000 × 25 workbook changed and saved: ours against openpyxl load + set + save, in one run.

python -m tests.benchmarks.bench_save [rows]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite
from tests.benchmarks import big_ledger

SHEET, ROW, COLUMN, TEXT = "案件台账", 50_000, 15, "已联系"
WANTED = 30.0
ROUNDS = 3


def ours(path: Path) -> None:
    """Open, write one cell, save: checked, patched, replaced atomically."""
    host = FileHost(path)
    host.write(CellWrite(SHEET, ((ROW, COLUMN, TEXT),)))
    host.save()
    host.close()


def with_openpyxl(path: Path) -> None:
    """The same as a script would do it."""
    book = openpyxl.load_workbook(path)
    book[SHEET].cell(ROW, COLUMN).value = TEXT
    book.save(path)


def seconds(work: Callable[[Path], None], book: Path) -> float:
    """On a fresh copy; the cell must hold the text afterwards."""
    copy = book.with_name("copy.xlsx")
    copy.write_bytes(book.read_bytes())
    started = time.perf_counter()
    work(copy)
    taken = time.perf_counter() - started
    if FileHost.for_reading(copy).read(SHEET).cells[ROW - 1, COLUMN - 1] != TEXT:
        raise SystemExit("the cell was not written")
    return taken


def main(rows: int = 100_000) -> None:
    """Print both times and the ratio; fail where it is below what is promised."""
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "ledger.xlsx"
        big_ledger.write(book, rows, extra_columns=10)
        mine = min(seconds(ours, book) for _ in range(ROUNDS))
        print(f"one cell of {rows:,} × 25 saved: ours {mine:.2f} s", flush=True)
        peer = seconds(with_openpyxl, book)
        print(f"  openpyxl {peer:.1f} s, {peer / mine:.0f} times faster (wanted: {WANTED:g})")
    if peer < WANTED * mine:
        raise SystemExit("slower than promised")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:2]))
