"""A real window: the manager's workbook in LibreOffice Calc, and a mouse that clicks the button of Monday's job."""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from addin.calc_extension import calc_extension
from macros_py import udfs
from macros_py.domain.kinds import CHINA
from tests.build.calc_runs import PRODUCT, filled_ledger, run

pytestmark = pytest.mark.office


def cases(count: int) -> list[dict[str, Any]]:
    """Overdue for 20 days and more, two collectors by turns."""
    today = dt.datetime.now(CHINA).date()
    return [
        {
            "案件编号": f"A{at:03}",
            "客户姓名": "张王李赵陈"[at % 5] + "某",
            "手机号": f"138{at:08}",
            "逾期金额": 1200.5 + 333 * at,
            "应还日期": today - dt.timedelta(days=20 + 7 * at),
            "催收员": ("王丽", "陈刚")[at % 2],
        }
        for at in range(count)
    ]


def many(count: int) -> list[dict[str, Any]]:
    """So many that there is time to press 停止."""
    today = dt.datetime.now(CHINA).date()
    return [
        {**case, "案件编号": f"B{at:05}", "应还日期": today - dt.timedelta(days=5 + at % 200)} for at, case in enumerate(cases(1) * count)
    ]


def pixels(screenshot: Path) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Rows of 0xRRGGBB from an X window dump of 32 bits a pixel, lowest byte first."""
    dump = screenshot.read_bytes()
    header = struct.unpack(">25I", dump[:100])
    start, width, height, order, bits, stride, colours = (header[at] for at in (0, 4, 5, 7, 11, 12, 19))
    assert (order, bits) == (0, 32)
    rows = np.frombuffer(dump, "<u4", height * stride // 4, start + 12 * colours).reshape(height, stride // 4)
    return (rows[:, :width] & 0xFFFFFF).astype(np.int64)


def test_a_click_by_mouse_on_the_sheets_button_runs_mondays_job_and_the_screen_shows_the_plan(tmp_path: Path) -> None:
    """Shape, the file's own VBA, extension, live host, rules, and back onto the sheets: nothing stands in for anything."""
    job = {"book": str(filled_ledger(tmp_path, cases(30))), "button": "monday", "sheet": "计划-王丽"}
    told = run("click_in_calc.py", tmp_path, calc_extension(udfs.FUNCTIONS), PRODUCT, job)
    assert told["shown"] == ["工作台", "团队计划", "计划-王丽"]
    assert any("个人计划 2 份 · 案件 30 件" in line for line in told["said"])
    before, after = pixels(tmp_path / "before.xwd"), pixels(tmp_path / "after.xwd")
    assert len(np.unique(before)) > 16
    assert (before != after).mean() > 0.1
    cells = [(after[top : top + height, left : left + width] == colour).mean() for colour, left, top, width, height in told["fills"]]
    assert len(cells) >= 20
    assert min(cells) > 0.3, "a cell's fill is not on the screen where the cell is"


def test_stop_clicked_by_mouse_ends_mondays_job_and_nothing_has_changed(tmp_path: Path) -> None:
    """The window with 停止 is there while Calc is busy, and its click is heard: no cell, no name, no journal, no question."""
    job = {"book": str(filled_ledger(tmp_path, many(20_000))), "button": "monday", "title": "Dunbook"}
    told = run("stop_in_calc.py", tmp_path, calc_extension(udfs.FUNCTIONS), PRODUCT, job)
    assert told["after"] == told["before"]
    assert len(told["before"]) > 10
    assert not told["asks"]
    assert not any("pending" in name for name in told["names"])
    assert not list(tmp_path.glob(".dunbook/*/backups/*"))
    asked, stopped = pixels(tmp_path / "asked.xwd"), pixels(tmp_path / "stopped.xwd")
    assert (asked != stopped).mean() > 0.005, "the window is still on the screen"
