"""A second process draws the very parts that this one would; what it cannot do is done here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from macros_py.domain.changes import SheetModel
from macros_py.domain.problems import Problem
from macros_py.reports.beside import Drawing
from macros_py.reports.draw import draw

MODELS = (
    SheetModel("目标", "rules_table", {"rows": pd.DataFrame({"month": ["2026-11"], "target": ["1000"]})}),
    SheetModel("体检结果", "problems", {}, {"problems": (Problem("customer-by-name", values={"count": 3}),), "language": "zh"}),
)


def _parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("lang", "date1904"), [("zh", False), ("en", False), ("zh", True)])
def test_the_other_process_draws_the_same_parts(lang: str, date1904: bool) -> None:
    drawing = Drawing(beside=True)
    drawing.begin(MODELS, lang, date1904=date1904)
    child, folder = drawing._child, drawing._folder
    assert child is not None
    assert folder is not None
    made = drawing.drawn()
    drawing.close()
    assert child.returncode == 0
    assert _parts(made) == _parts(draw(MODELS, lang, date1904=date1904))
    assert not Path(folder.name).exists()


def test_a_process_that_is_killed_is_no_loss() -> None:
    drawing = Drawing(beside=True)
    assert drawing._child is not None
    drawing._child.kill()
    drawing.begin(MODELS, "zh")
    assert drawing.drawn() == draw(MODELS, "zh")
    drawing.close()


def test_a_small_ledger_needs_no_second_process() -> None:
    drawing = Drawing(beside=False)
    drawing.begin(MODELS, "zh")
    assert drawing._child is None
    assert drawing.drawn() == draw(MODELS, "zh")
    drawing.close()


def test_what_is_never_asked_for_is_let_go() -> None:
    drawing = Drawing(beside=True)
    child = drawing._child
    assert child is not None
    drawing.close()
    assert child.poll() is not None
