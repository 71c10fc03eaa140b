"""A ledger in traditional characters (已結清, 爭議) leaves the same people alone as one in simplified ones, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import opencc
import pytest

from tests.buttons.conftest import AS_OF

LEDGER = """案件编号,客户姓名,手机,逾期金额,应还日期,负责人,状态,是否争议,备注
A1,甲,13900000001,100,2026-10-01,王,已结清,,
A2,乙,13900000002,100,2026-10-01,王,争议处理中,,
A3,丙,13900000003,100,2026-10-01,王,已还清,,
A4,丁,13900000004,100,2026-10-01,王,催收中,,客户继续联系
A5,戊,13900000005,100,2026-10-01,王,,,已委托律师
A6,己,13900000006,100,2026-10-01,王,,有争议,
A7,庚,13900000007,100,2026-10-01,王,,无争议,债务人已过世
"""


@pytest.mark.parametrize("region", ["s2t", "s2tw", "s2hk"])
def test_the_same_people_are_left_alone(region: str, tmp_path: Path, dunbook: Callable[..., tuple[int, Any]]) -> None:
    judged = {}
    for name, text in (("simplified", LEDGER), ("traditional", opencc.OpenCC(region).convert(LEDGER))):
        book = tmp_path / f"{name}.csv"
        book.write_text(text, "utf-8")
        code, said = dunbook("monday", book, "--as-of", AS_OF)
        assert code == 0
        cases = dunbook("table", said["book"] if Path(said["book"]).exists() else tmp_path / said["book"], "cases", "--as-of", AS_OF)[1]
        judged[name] = (said["figures"], [(c["case_id"], c["owner"], c["hold"], bool(c["hold_why"])) for c in cases])
        assert cases[4]["note"] == text.splitlines()[5].split(",")[-1], "what was typed stays as it was typed"
    assert judged["traditional"] == judged["simplified"]
    assert judged["traditional"][0]["settled"] == 2
    assert judged["traditional"][0]["held"] == 4
