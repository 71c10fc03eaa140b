"""The letter register in an English office."""

from __future__ import annotations

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.domain.letter_words import as_codes, in_english


def register() -> pd.DataFrame:
    rows = [
        {"case_id": "A1", "template": "首次提醒函", "letter_state": "待寄", "recipient": "王伟（本人）", "template_version": "1"},
        {"case_id": "A2", "template": "短信 reminder T+5", "letter_state": "待发", "recipient": "王伟", "template_version": "自定"},
        {"case_id": "A3", "template": "我的模板", "letter_state": "作废", "recipient": "某公司（本单位）", "template_version": "1"},
    ]
    return conform(pd.DataFrame(rows), c.LETTER_COLUMNS)


def test_the_register_is_english_and_read_back_as_the_rules_compare_it() -> None:
    english = in_english(register())
    assert english["template"].tolist() == ["First reminder", "SMS reminder T+5", "我的模板"]
    assert english["letter_state"].tolist() == ["To post", "To send", "Void"]
    assert english["recipient"].tolist() == ["王伟 (debtor)", "王伟", "某公司 (company)"]
    back = as_codes(english)
    assert back[["template", "letter_state"]].equals(register()[["template", "letter_state"]])
    assert as_codes(register())[["template", "letter_state"]].equals(register()[["template", "letter_state"]])
