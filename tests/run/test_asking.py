"""The form of a button: what people type is understood as cells are, and comes again until everything can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from macros_py.buttons.asking import Asked
from macros_py.run.asking import Asking, understood
from macros_py.run.outcome import StoppedError

ASKS = (
    Asked("case_id", "text", "案件编号", "Case", needed=True),
    Asked("income_fen", "money", "月收入（元）", "Income"),
    Asked("first_on", "date", "首期日", "First day"),
    Asked("dependants", "int", "家属人数", "Dependants"),
    Asked("rate", "number", "利率", "Rate"),
    Asked("whole", "flag", "全部结清额", "Whole"),
    Asked("files", "file", "文件", "Files", many=True),
)


def test_what_is_typed_is_understood_as_cells_are() -> None:
    typed = {
        "case_id": "A001",
        "income_fen": "1,234.5元",
        "first_on": "2026年12月1日",
        "dependants": "2",
        "rate": "4.5%",
        "whole": True,
        "files": ["/a/流水.csv", "/b.csv"],
    }
    values, told = understood(ASKS, typed, "zh")
    assert told == {}
    assert values == {
        "case_id": "A001",
        "income_fen": 123450,
        "first_on": dt.date(2026, 12, 1),
        "dependants": 2,
        "rate": 0.045,
        "whole": True,
        "files": (Path("/a/流水.csv"), Path("/b.csv")),
    }


def test_the_form_comes_again_with_what_was_typed_until_it_can_be_read() -> None:
    seen: list[Mapping[str, Any]] = []

    def form(spec: Mapping[str, Any]) -> Mapping[str, Any]:
        seen.append(spec)
        return [{"income_fen": "很多"}, {"case_id": "A1", "income_fen": "3千"}][len(seen) - 1]

    assert Asking("还款方案", ASKS, "zh", form).values() == {"case_id": "A1", "income_fen": 300000}
    again = {f["name"]: f for f in seen[1]["fields"]}
    assert (again["case_id"]["told"], again["income_fen"]["told"]) == ("必须填写", "请填金额，如 8000 或 1.2万")
    assert again["income_fen"]["shown"] == "很多"


def test_a_form_that_is_cancelled_stops_the_press() -> None:
    def form(spec: Mapping[str, Any]) -> Mapping[str, Any]:
        raise StoppedError

    with pytest.raises(StoppedError):
        Asking("导入流水", ASKS, "en", form).values()
