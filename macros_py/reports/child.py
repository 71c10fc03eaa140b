"""The process in which sheets are drawn beside the filling of a ledger: pickled models in, the drawn workbook out; it holds nothing else."""

from __future__ import annotations

import gc
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from macros_py.domain.changes import SheetModel
from macros_py.reports.draw import draw


def serve(source: BinaryIO, sink: BinaryIO, folder: Path) -> None:
    """One job: (models, language, date system) from the process that started this one, and from nobody else. folder: its own, and removed by it."""
    gc.disable()  # one job and gone: there is nothing worth collecting
    models, lang, date1904 = pickle.load(source)  # noqa: S301 - written by our own parent process into our standard input
    sink.write(draw(_handed_over(list(models)), lang, folder, date1904=date1904))


def _handed_over(models: list[SheetModel]) -> Iterator[SheetModel]:
    """Each model once: what is drawn is not kept."""
    models.reverse()
    while models:
        yield models.pop()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, Path(sys.argv[1]))
