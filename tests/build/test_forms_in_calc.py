"""Buttons that ask, in a real window of Calc where no Python has tkinter: the form is Calc's own, filled in by keyboard and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.calc_extension import calc_extension
from macros_py import udfs
from tests.build.calc_runs import PRODUCT, filled_ledger, run
from tests.build.test_clicked_in_calc import cases, pixels

pytestmark = pytest.mark.office


def reddish(screenshot: Path) -> int:
    """How many pixels are redder than they are green or blue."""
    seen = pixels(screenshot)
    red, green, blue = seen >> 16, seen >> 8 & 0xFF, seen & 0xFF
    return int(((red - green > 60) & (red - blue > 60)).sum())


def test_a_plan_is_proposed_and_a_statement_imported_where_tkinter_is_missing(tmp_path: Path) -> None:
    """Typed by keyboard, a wrong field typed again, a file chosen in the office's file dialog, a form cancelled; presses to the last word."""
    without, statement = tmp_path / "without", tmp_path / "icbc.csv"
    (without / "tkinter").mkdir(parents=True)
    (without / "tkinter" / "__init__.py").write_text(f"open({str(tmp_path / 'missed')!r}, 'w').close()\nraise ImportError\n")
    statement.write_text("交易日期,交易金额,对方户名,摘要,交易流水号\n2026-11-20,1250.50,张某,还款,2026112000001\n", "utf-8")
    job = {"book": str(filled_ledger(tmp_path, cases(5))), "statement": str(statement), "without": str(without)}
    told = run("form_in_calc.py", tmp_path, calc_extension(udfs.FUNCTIONS), PRODUCT, job)
    assert (tmp_path / "missed").exists()  # the progress window wanted it

    asked, again, proposed = told["propose"]
    assert {"案件编号 *", "月收入（元）", "首期日，默认一个月后"} <= set(asked)
    assert {"A001", "8000", "3000", "abc", "请填整数，如 2"} <= set(again)
    assert any("还款方案 2 个" in line for line in proposed)
    assert {8000.0, 3000.0} <= set(told["held"]["方案-A001"])
    red = [reddish(tmp_path / f"{name}.xwd") for name in ("asked", "wrong")]
    assert red[1] > red[0] + 40, "what was wrong is not on the screen in red"

    assert any("导入流水 1 行" in line for line in told["import"])
    assert {1250.5, "2026112000001"} <= set(told["held"]["资金流水"])
    assert told["cancelled"]
