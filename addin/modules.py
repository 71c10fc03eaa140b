"""The VBA modules of a workbook or the add-in, as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from addin.hidden import TEXTS
from addin.project import project
from addin.wrappers import wrappers
from addin.xlwings_vba import runtime
from macros_py.buttons.faces import controls
from macros_py.functions.declaring import Function

SOURCES: Final = Path(__file__).parent / "vba"
BUTTON_MACRO: Final = "DunbookButton"
RIBBON_MACRO: Final = "DunbookRibbon"
LABEL_MACRO: Final = "DunbookRibbonLabel"


def modules(functions: Sequence[Function], *, addin: bool) -> dict[str, str]:
    """Name → text of every standard module. Only the add-in has a ribbon, so only it has the ribbon's callback."""
    own = {path.stem: _filled(path) for path in sorted(SOURCES.glob("*.bas")) if addin or path.stem != RIBBON_MACRO}
    made = {**own, "xlwings": runtime(addin=addin)}
    return {**made, "DunbookFunctions": wrappers(functions, addin=addin)} if functions else made


def vba_project(sheets: int, functions: Sequence[Function], *, addin: bool) -> bytes:
    """vbaProject.bin for a workbook with so many sheets, whose code names are Sheet1, Sheet2, …"""
    names = [f"Sheet{n}" for n in range(1, sheets + 1)]
    return project(names, modules(functions, addin=addin), _filled(SOURCES / "ThisWorkbook.cls"))


def _filled(path: Path) -> str:
    names = "," + ",".join(c.name for c in controls()) + ","
    return path.read_text("ascii").replace("@NAMES@", names).replace("@TEXTS@", TEXTS)
