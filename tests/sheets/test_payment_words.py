"""Codes of statement lines have words in both languages, and every stage and state that rules give has one."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from macros_py.domain import payments as p
from macros_py.domain.reconciling.match_words import WHY
from macros_py.sheets import payment_words as words

DOMAIN = Path(words.__file__).parents[1] / "domain"


def test_every_code_has_words_and_every_stage_of_the_rules_is_known() -> None:
    assert set(words.STATES) == set(p.STATES)
    assert set(words.MATCHES) == set(p.MATCHES)
    text = (DOMAIN / "reconcile.py").read_text("utf-8") + (DOMAIN / "reconciling" / "candidates.py").read_text("utf-8")
    stages = set(re.findall(r"""(?:propose|post)\(\w+(?:\[\w+\])?, "(\w+)\"""", text)) | set(re.findall(r'stage or "(\w+)"', text))
    assert stages
    assert stages <= set(words.STAGES)
    assert all(zh and en for zh, en in WHY.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_are_read_back_as_the_codes_that_they_were_written_for(lang: str) -> None:
    table = pd.DataFrame(
        {
            "state": list(words.STATES),
            "match": [*words.MATCHES, *[""] * (len(words.STATES) - len(words.MATCHES))],
            "stage": list(words.STAGES)[: len(words.STATES)],
            "confirmed": [p.YES, p.UNDO, *[""] * (len(words.STATES) - 2)],
        },
        dtype="str",
    )
    shown = words.as_words(table, lang)
    assert (shown["state"] != table["state"]).all()
    pd.testing.assert_frame_equal(words.as_codes(shown), table)


@pytest.mark.parametrize(("typed", "code"), [("是", p.YES), ("√", p.YES), ("Y", p.YES), ("撤销", p.UNDO), ("随便", "随便"), ("", "")])
def test_what_people_type_as_confirmation_is_understood(typed: str, code: str) -> None:
    assert words.as_codes(pd.DataFrame({"confirmed": [typed]}, dtype="str"))["confirmed"].tolist() == [code]
