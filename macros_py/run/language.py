"""Which language the sheets of an open workbook are in, before it is read as a whole: forms and refusals come earlier."""

from __future__ import annotations

import dataclasses
from typing import Final

import xlwings as xw

from macros_py.domain.rules import OfficeRules
from macros_py.hosts.host import HostError, header_text
from macros_py.hosts.live_calls import calls_for
from macros_py.sheets.settings import LANGUAGES
from macros_py.sheets.tables import SETTINGS

_ROWS: Final = 300  # of the sheet 设置 that are looked at
_FIELD: Final = next(f for f in dataclasses.fields(OfficeRules) if f.name == "language")
_LABELS: Final = frozenset(header_text(label) for label in (_FIELD.name, _FIELD.metadata["zh"], _FIELD.metadata["en"]))
_TITLES: Final = frozenset({SETTINGS.zh, SETTINGS.en})


def language_of(book: xw.Book) -> str:
    """zh or en, as the sheet 设置 says; zh where it says nothing or cannot be read now."""
    try:
        if not calls_for(book).ready(book):
            return "zh"
    except HostError:
        return "zh"
    sheet = next((s for s in book.sheets if s.name in _TITLES), None)
    rows = sheet.range((1, 1), (_ROWS, 2)).options(ndim=2).value if sheet is not None else []
    said = [header_text(value) for label, value in rows if label and value and header_text(label) in _LABELS]
    return LANGUAGES.get(said[-1], "zh") if said else "zh"
