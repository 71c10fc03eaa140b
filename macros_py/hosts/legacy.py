"""Read the sheets of an old .xls, in a child process that may fail without us."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np

from macros_py.hosts.host import CellError, Grid, HostError
from macros_py.hosts.number_formats import Styles, styles_of
from macros_py.interpreter import import_path, program

_CHILD: Final = Path(__file__).with_name("xls_child.py")
_SECONDS: Final = 120
_PASSWORD: Final = 3


def read_legacy(data: bytes) -> list[Grid]:
    """Every sheet in its order, with error values, dates by number format, merged ranges and hidden rows.

    HostError: "encrypted", "corrupt" (the parser failed, crashed, or took longer than two minutes).
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own file by our own interpreter
            [program() or sys.executable, "-P", "-s", str(_CHILD)],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={k: v for k, v in os.environ.items() if not k.upper().startswith("PYTHON")} | {"PYTHONPATH": import_path()},
        )
    except subprocess.TimeoutExpired as error:
        raise HostError("corrupt") from error
    if done.returncode:
        raise HostError("encrypted" if done.returncode == _PASSWORD else "corrupt")
    answer = json.loads(done.stdout)
    look = styles_of(answer["formats"])
    return [_grid(sheet, look, answer["date1904"]) for sheet in answer["sheets"]]


def _grid(sheet: dict[str, Any], look: Styles, date1904: bool) -> Grid:
    rows, columns = np.array(sheet["rows"], np.int64), np.array(sheet["columns"], np.int64)
    kinds, styles = np.array(sheet["kinds"], np.int64), np.array(sheet["styles"], np.int64)
    values = np.empty(len(rows), object)
    values[:] = [CellError(v) if k == 5 else bool(v) if k == 4 else v for k, v in zip(sheet["kinds"], sheet["values"], strict=True)]
    numeric = (kinds == 2) | (kinds == 3)
    values[numeric] = look.numbers(values[numeric].astype(np.float64), styles[numeric], date1904)
    cells = np.full((int(rows.max(initial=0)), int(columns.max(initial=0))), None, object)
    cells[rows - 1, columns - 1] = values
    cells[cells == ""] = None
    merged = tuple((t, left, b, r) for t, left, b, r in sheet["merged"])
    return Grid(sheet["name"], cells, merged=merged, hidden_rows=frozenset(sheet["hidden"]), date1904=date1904)
