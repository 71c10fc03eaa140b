"""vbaProject.bin from source text, by pyOpenVBA; the same bytes for the same text."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter
from pyopenvba.cfb import CFB
from pyopenvba.excel import ExcelFile

WORKBOOK: Final = "ThisWorkbook"
# [MS-OVBA] 2.3.4.1: a version of 0xFFFF belongs to no Office, so that Excel compiles the project from its source text.
NO_COMPILED_CODE: Final = b"\xcc\x61\xff\xff\x00\x00\x00"


class NotAsciiError(ValueError):
    """A module with a character that a Chinese or an English Windows would read differently."""


def project(sheets: Sequence[str], modules: Mapping[str, str], in_workbook: str = "") -> bytes:
    """The project of a workbook: a document module for it and for each sheet (their code names), and the standard modules.

    in_workbook: the code of the module ThisWorkbook.
    """
    for name, text in {**modules, WORKBOOK: in_workbook}.items():
        if not text.isascii():
            raise NotAsciiError(f"module {name} has characters outside ASCII")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "carrier.xlsm"
        path.write_bytes(_carrier(sheets))
        with ExcelFile(path) as book:
            vba = book.add_vba_project()
            for name, text in modules.items():
                vba.add_module(name, _lines(_headless(text)))
            for document in (WORKBOOK, *sheets):  # written anew, so that no compiled code of the library's template stays
                vba.get_module(document).body = _lines(_headless(in_workbook)) if document == WORKBOOK and in_workbook else ""
            book.save(path)
        with ExcelFile(path) as book:
            compound = CFB.from_bytes(book.vba_project_bytes())
    compound.write_stream_in_storage("VBA", "_VBA_PROJECT", NO_COMPILED_CODE)
    made: bytes = compound.to_bytes()
    return made


def _carrier(sheets: Sequence[str]) -> bytes:
    """A workbook with these code names and nothing else."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_vba_name(WORKBOOK)
    for name in sheets:
        book.add_worksheet(name).set_vba_name(name)
    book.close()
    return made.getvalue()


def _headless(text: str) -> str:
    """Source without the `Attribute VB_Name` line that an exported module begins with: the name is given here."""
    lines = text.splitlines()
    while lines and lines[0].startswith("Attribute VB_"):
        lines.pop(0)
    return "\n".join(lines)


def _lines(text: str) -> str:
    return text.rstrip("\n").replace("\n", "\r\n") + "\r\n"
