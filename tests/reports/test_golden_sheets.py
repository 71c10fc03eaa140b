"""Every kind of sheet, drawn and read back as text, is what it was. `make golden` renews the texts; look at the difference."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros_py.reports.draw import draw
from tests.reports import samples
from tests.reports.rendering import render

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.mark.parametrize("name", sorted(samples.everything()))
def test_the_sheet_is_drawn_as_agreed(name: str) -> None:
    shown = render(draw([samples.everything()[name]]))
    path = GOLDEN / f"sheet_{name}.txt"
    if os.environ.get("DUNBOOK_RENEW"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.exists(), "no golden text yet: make golden"
    assert shown == path.read_text(encoding="utf-8")
