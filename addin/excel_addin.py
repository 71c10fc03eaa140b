"""dunbook.xlam: the ribbon tab and the worksheet functions, for any workbook that a person opens."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter
from lxml import etree

from addin import hidden
from addin.modules import vba_project
from addin.packages import edited, unzipped, zipped
from addin.ribbon import PART, RELATION, ribbon
from macros_py import __version__
from macros_py.functions.declaring import Function

MADE: Final = dt.datetime(2020, 1, 1)
_WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN: Final = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


def excel_addin(functions: Sequence[Function]) -> bytes:
    """The add-in's bytes."""
    parts = unzipped(_workbook(functions))
    parts["[Content_Types].xml"] = edited(parts["[Content_Types].xml"], _as_addin)
    parts["_rels/.rels"] = edited(parts["_rels/.rels"], _with_ribbon)
    return zipped({**parts, PART: ribbon()})


def _workbook(functions: Sequence[Function]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"title": "催收簿 Dunbook", "author": "Dunbook", "comments": f"Dunbook {__version__}", "created": MADE})
    book.add_worksheet("Dunbook").write_string(0, 0, f"催收簿 Dunbook {__version__}")
    hidden.add(book, functions)
    book.add_vba_project(io.BytesIO(vba_project(len(book.worksheets()), functions, addin=True)), is_stream=True)
    book.close()
    return made.getvalue()


def _as_addin(types: etree._Element) -> None:
    for entry in types:
        if entry.get("ContentType") == _WORKBOOK:
            entry.set("ContentType", _ADDIN)


def _with_ribbon(relations: etree._Element) -> None:
    etree.SubElement(
        relations,
        "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship",
        Id="dunbookRibbon",
        Type=RELATION,
        Target=PART,
    )
