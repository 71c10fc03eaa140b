"""The add-in, the extension and the three workbooks, built once with the sample functions."""

from __future__ import annotations

import pytest

from addin.calc_extension import calc_extension
from addin.excel_addin import excel_addin
from tests.build.samples import FUNCTIONS
from workbook_templates.build import workbook
from workbook_templates.contents import BOOKS


def build_all() -> dict[str, bytes]:
    made = {"dunbook.xlam": excel_addin(FUNCTIONS), "dunbook.oxt": calc_extension(FUNCTIONS)}
    return made | {book.file: workbook(book, FUNCTIONS) for book in BOOKS}


@pytest.fixture(scope="session")
def built() -> dict[str, bytes]:
    return build_all()


EXCEL = ("dunbook.xlam", *(book.file for book in BOOKS))
