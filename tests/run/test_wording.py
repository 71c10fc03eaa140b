"""What a person reads when a press is over: first what is to be done today, then the state, then what was written and where."""

from __future__ import annotations

from pathlib import Path

from macros_py.run.outcome import Outcome
from macros_py.run.wording import result_lines


def _outcome() -> Outcome:
    return Outcome(
        book=Path("台账.xlsx"),
        button="monday",
        wrote=True,
        counts={"fill": 2000, "append": 789, "sheets": 20, "files": 507},
        figures={"cases": 2000, "held": 109, "unassigned": 0, "letters": 506, "sms": 281, "tasks": 1141},
        sheets=(),
        files=(Path("台账-信函/短信.xlsx"),),
        seconds=7.44,
    )


def test_the_result_begins_with_the_work_of_today() -> None:
    assert result_lines(_outcome()) == [
        "今日任务 1,141 户 · 到期信函 506 份 · 到期短信 281 条 · 案件 2,000 件 · 停催或暂不可联 109 件",
        "更新 2,000 行；登记 789 行；绘制 20 张表；生成文件 507 个（7.4 秒）",
        "已写入：台账.xlsx",
        "信函与短信：台账-信函",
    ]


def test_an_undo_says_that_the_last_press_was_taken_back() -> None:
    outcome = Outcome(book=Path("台账.xlsx"), button="undo", wrote=True, seconds=0.12)
    assert result_lines(outcome) == ["已撤销上一步（0.1 秒）", "已写入：台账.xlsx"]


def test_the_english_result_has_no_chinese_punctuation() -> None:
    said = result_lines(_outcome(), "en")
    assert said[2:] == ["Written: 台账.xlsx", "Letters and SMS: 台账-信函"]
    assert not set("：；（）") & set("".join(said))
