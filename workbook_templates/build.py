"""What managers hand out: the ledger, the collector's and the finance workbook, with buttons and code inside. No Excel is needed.

python -m workbook_templates.build [FOLDER]      writes them into dist/; the same bytes every time
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from lxml import etree

from addin import hidden, shapes
from addin.modules import vba_project
from addin.packages import edited, unzipped, zipped
from macros_py import __version__
from macros_py.functions.declaring import Function
from macros_py.reports import draw as reports
from macros_py.reports.paper import Paper
from macros_py.udfs import FUNCTIONS
from workbook_templates import desk, named_styles
from workbook_templates.contents import BOOKS, LEDGER, Book

DESK_PART: Final = "xl/worksheets/sheet1.xml"
HEADER_ROWS: Final = 3  # title, hint, header
MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DIST: Final = Path(__file__).resolve().parents[1] / "dist"


def workbook(book: Book, registry: Sequence[Function]) -> bytes:
    """The .xlsm of one of the three."""
    out = Paper("zh")
    desk.draw(out, book)
    for model in [book.guide(__version__), *book.models()]:
        reports.KINDS[model.kind](out, model)
        if model.name == LEDGER.zh:
            _wide(out.book.worksheets()[-1])
    hidden.add(out.book, registry)
    named = named_styles.ask(out)
    out.book.add_vba_project(io.BytesIO(vba_project(len(out.book.worksheets()), registry, addin=False)), is_stream=True)
    parts = unzipped(out.close())
    faces = {face.name: face for _, _, group in book.groups() for face in group}
    for name in parts:
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
            parts[name] = edited(parts[name], lambda drawing: shapes.finish(drawing, faces))
    parts[DESK_PART] = edited(parts[DESK_PART], _to_be_calculated)
    parts["xl/styles.xml"] = edited(parts["xl/styles.xml"], lambda styles: named_styles.name_them(styles, named))
    return zipped(parts)


def _to_be_calculated(sheet: etree._Element) -> None:
    """Formulas without a stored result: every program works them out when it opens the file, also after rows were filled in from outside."""
    for formula in sheet.iter(f"{MAIN}f"):
        cell = formula.getparent()
        assert cell is not None
        for stored in cell.findall(f"{MAIN}v"):
            cell.remove(stored)


def _wide(sheet: Any) -> None:
    """A ledger has more columns than a page or a window can show: three pages side by side, case and customer on each and always in sight."""
    sheet.fit_to_pages(3, 0)
    sheet.repeat_columns(0, 2)
    sheet.freeze_panes(HEADER_ROWS, 3)


def build(folder: Path) -> list[Path]:
    """All three into the folder; → their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for book in BOOKS:
        path = folder / book.file
        path.write_bytes(workbook(book, FUNCTIONS))
        made.append(path)
    return made


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else DIST):
        print(path)
