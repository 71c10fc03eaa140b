"""A sheet that Calc takes in looks as it was drawn, also where the workbook has conditional formats of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from macros_py.hosts.live import LiveHost
from macros_py.reports.paper import TIERS
from tests.hosts import calc_office
from tests.run.conftest import MONDAY, ledger, pressed

pytestmark = pytest.mark.office
PLAN = "计划-王丽"
OF_LETTERS = ("CharFontName", "CharHeight", "CharHeightAsian", "VertJustify", "IsTextWrapped")


def with_tints_of_its_own(book: Any) -> None:
    for place, colour in enumerate(("FF0000", "00FF00", "0000FF", "FFFF00")):
        rule = CellIsRule(operator="greaterThan", formula=[str(10**place)], fill=PatternFill(bgColor=colour))
        book["案件台账"].conditional_formatting.add("D2:D6", rule)


def tints(document: Any, sheet: str) -> Iterator[tuple[Any, Any]]:
    """The first cell of each conditional format of a sheet, and the style of each of its conditions."""
    there, styles = document.Sheets.getByName(sheet), document.StyleFamilies.getByName("CellStyles")
    for form in there.ConditionalFormats.getConditionalFormats():
        place = form.Range.RangeAddresses[0]
        for entry in (form.getByIndex(n) for n in range(form.getCount())):
            yield there.getCellByPosition(place.StartColumn, place.StartRow), styles.getByName(entry.StyleName)


def colours(document: Any, sheet: str) -> set[tuple[int, int]]:
    return {(style.CellBackColor, style.CharColor) for _, style in tints(document, sheet)}


def with_a_protected_sheet(book: Any) -> None:
    book.create_sheet("工作台").protection.sheet = True


@pytest.mark.parametrize("its_own", [None, with_tints_of_its_own, with_a_protected_sheet], ids=["", "its own", "protected"])
def test_tints_keep_their_colours_and_letters_their_size_and_place(calc: xw.App, tmp_path: Path, its_own: Any) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(sheets=its_own))
    with calc_office.opened(calc, path) as book:
        before = colours(book.api, "案件台账")
        for later in (0, 1):  # drawn, and drawn again
            pressed(path, "plan", MONDAY + dt.timedelta(days=later), live=lambda: LiveHost(book))
            assert colours(book.api, PLAN) == {(int(tint[1:], 16), int(ink[1:], 16)) for _, _, tint, ink in TIERS}
            differ = {
                (n, getattr(s, n), getattr(c, n)) for c, s in tints(book.api, PLAN) for n in OF_LETTERS if getattr(s, n) != getattr(c, n)
            }
            assert differ == set()
        assert colours(book.api, "案件台账") == before


def test_the_page_bears_the_name_of_the_sheet_above(calc: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger())
    with calc_office.opened(calc, path) as book:
        pressed(path, "plan", live=lambda: LiveHost(book))
        style = book.api.StyleFamilies.getByName("PageStyles").getByName(book.api.Sheets.getByName(PLAN).PageStyle)
        assert style.RightPageHeaderContent.LeftText.getString().strip() == PLAN
        assert "第" in style.RightPageFooterContent.CenterText.getString()
