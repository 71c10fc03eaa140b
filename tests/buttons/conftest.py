"""A small fictional department on disk, and the terminal as a function."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros_py import cli
from workbook_templates import demo

AS_OF = "2026-11-23"


@pytest.fixture(scope="session")
def department_bytes() -> bytes:
    """300 cases, made once."""
    return demo.workbook(demo.make(seed=5, cases=300))


@pytest.fixture
def book(tmp_path: Path, department_bytes: bytes) -> Path:
    """A ledger that nobody has pressed a button on yet."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes(department_bytes)
    return path


@pytest.fixture
def dunbook(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    """Run a command with --json; → exit code and what it printed, read as JSON (the last line where there are several)."""

    def run(*arguments: object) -> tuple[int, Any]:
        capsys.readouterr()
        code = cli.main([str(a) for a in arguments] + ["--json"])
        printed = capsys.readouterr().out.strip()
        return code, json.loads(printed.splitlines()[-1]) if printed else None

    return run
