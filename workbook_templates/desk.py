"""The sheet 工作台: what the workbook is, a few figures, and the buttons in their groups."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from addin import shapes
from macros_py import __version__
from macros_py.buttons.faces import Face
from macros_py.reports import paper
from macros_py.reports.paper import Paper
from workbook_templates.contents import Book, Tile

NAME: Final = "工作台"
SLOTS: Final = 5  # buttons side by side
FREE: Final = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
_FIRST: Final = 2  # the column of the first button; 0 is a margin, 1 holds the groups' names
_SLOT_WIDTH: Final = 19.0  # characters: a button and the space beside it
_LAST: Final = _FIRST + SLOTS - 1
QUIET: Final = frozenset({"check", "undo", "help"})  # buttons that write nothing new


def draw(out: Paper, book: Book) -> Any:
    """The sheet; every cell locked, for its only content that changes are formulas. Filters and sorting stay allowed."""
    sheet = out.sheet(NAME)
    sheet.set_column(0, 0, 2)
    sheet.set_column(1, 1, 12)
    sheet.set_column(_FIRST, _LAST, _SLOT_WIDTH)
    sheet.set_column(_LAST + 1, _LAST + 1, 2)
    _title(out, sheet, book)
    row = _tiles(out, sheet, book, 3)
    for zh, en, faces in book.groups():
        row = _group(out, sheet, (zh, en), faces, row + 1)
    _steps(out, sheet, book, row + 2)
    sheet.protect("", FREE)
    sheet.set_selection(2, 1, 2, 1)
    sheet.activate()
    return sheet


def _title(out: Paper, sheet: Any, book: Book) -> None:
    band = {"bg_color": paper.ACCENT, "font_color": "#FFFFFF"}
    sheet.set_row(0, 38)
    sheet.set_row(1, 20)
    for row in (0, 1):
        sheet.merge_range(row, 0, row, _LAST + 1, "", out.format(**band))
    sheet.write_string(0, 0, f"  {book.zh}", out.format(**band, bold=True, font_size=20))
    sheet.write_string(1, 0, f"   催收簿 Dunbook {__version__} · {book.en}", out.format(**band, font_size=10))


def _tiles(out: Paper, sheet: Any, book: Book, row: int) -> int:
    label = out.format(font_color=paper.QUIET, bg_color=paper.PALE, align="center", font_size=9)
    sheet.set_row(row, 18)
    sheet.set_row(row + 1, 30)
    for place, tile in enumerate(book.tiles, _FIRST):
        value = out.format(
            bold=True,
            font_size=15,
            font_color=paper.ACCENT,
            bg_color=paper.PALE,
            align="center",
            num_format=paper.NUMBER_FORMATS[tile.kind],
            shrink=True,
        )
        sheet.write_string(row, place, tile.zh, label)
        sheet.write_formula(row + 1, place, _formula(tile), value, 0)
    sheet.write_string(row, 1, "本工作簿", out.format(bold=True, font_color=paper.ACCENT))
    return row + 1


def _formula(tile: Tile) -> str:
    """Over the whole column, so that it holds however many rows there are and wherever the header stands."""
    letters = xl_col_to_name([k.name for k in tile.sheet.columns].index(tile.column.name))
    return tile.formula.format(column=f"'{tile.sheet.zh}'!{letters}:{letters}")


def _group(out: Paper, sheet: Any, title: tuple[str, str], faces: list[Face], row: int) -> int:
    """The group's name at the left, its buttons in as many rows as they need; → the last row."""
    line = {"top": 1, "top_color": paper.LINE}
    for start in range(0, len(faces), SLOTS):
        sheet.set_row(row, 42)
        for column in range(1, _LAST + 1):
            sheet.write_blank(row, column, None, out.format(**(line if start == 0 else {})))
        for place, face in enumerate(faces[start : start + SLOTS], _FIRST):
            fill, ink = (paper.ACCENT, "#FFFFFF") if face.name not in QUIET else (paper.PALE, paper.ACCENT)
            shapes.draw(sheet, face, row, place, fill, ink, paper.FONT)
        if start == 0:
            name = out.format(bold=True, font_color=paper.ACCENT, font_size=11, text_wrap=True, **line)
            sheet.write_rich_string(row, 1, name, title[0], out.format(font_color=paper.QUIET, font_size=8), f"\n{title[1]}", name)
        row += 1
    return row - 1


def _steps(out: Paper, sheet: Any, book: Book, row: int) -> None:
    sheet.write_string(row, 1, "怎么用", out.format(bold=True, font_color=paper.ACCENT, font_size=11))
    for place, step in enumerate(book.steps, 1):
        sheet.set_row(row, 20)
        sheet.merge_range(row, _FIRST, row, _LAST, f"{place}. {step}", out.format(text_wrap=True))
        row += 1
    note = "没有安装催收簿的电脑上，按键会提示安装；DC_ 公式显示上一次的结果或“未安装”。"
    sheet.merge_range(row, _FIRST, row, _LAST, note, out.format(font_color=paper.QUIET, font_size=9, text_wrap=True))
