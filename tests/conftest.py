"""What several test folders share: where the shared data lies, where LibreOffice is, and what a run leaves out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DUNBOOK_SHARED", ROOT.parent / "shared"))
settings.register_profile("dunbook", deadline=None)  # how long an example takes depends on what else the machine does
settings.load_profile("dunbook")
IN_CI = os.environ.get("CI", "").lower() == "true"


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI everything runs; elsewhere, what needs absent data or programs is left out, with the reason."""
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.exists() and not IN_CI:
            item.add_marker(pytest.mark.skip(reason="the shared data folder is not beside this clone"))
        if item.get_closest_marker("office") and _office() is None and not IN_CI:
            item.add_marker(pytest.mark.skip(reason="LibreOffice is not installed"))


@pytest.hookimpl(hookwrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """What works in the shared office works there as a click does: on the office's own thread."""
    app = pyfuncitem.funcargs.get("calc")
    if isinstance(app, xw.App):
        from tests.hosts import calc_office

        test = pyfuncitem.obj
        pyfuncitem.obj = lambda **arguments: calc_office.inside(app, lambda: test(**arguments))
    yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data and corpus."""
    assert SHARED.exists(), "the shared data folder is missing"
    return SHARED


@pytest.fixture(scope="session")
def office() -> str:
    """The LibreOffice program."""
    found = _office()
    assert found, "LibreOffice is missing"
    return found


@pytest.fixture(scope="session")
def calc(office: str) -> Iterator[xw.App]:
    """One headless LibreOffice Calc for the whole run, as an xlwings App."""
    from tests.hosts import calc_office

    with calc_office.running(office) as app:
        yield app
