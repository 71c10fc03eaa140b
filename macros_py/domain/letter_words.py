"""The words of the letter register in an English office, and back. The letters themselves stay Chinese: their readers are Chinese debtors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from macros_py.domain.arrays import text
from macros_py.domain.letters_due import NO_ADDRESS, NO_RECIPIENT, TEMPLATES, TO_POST, TO_REVIEW, VOID

_STATES: Final[Mapping[str, str]] = {
    TO_POST: "To post",
    TO_REVIEW: "To review",
    NO_ADDRESS: "No address",
    NO_RECIPIENT: "No recipient",
    VOID: "Void",
    "待发": "To send",
    "待签署": "To sign",
}
_TITLES: Final[Mapping[str, str]] = {t.zh: t.en for t in TEMPLATES} | {"还款协议": "Repayment agreement"}
_WHOM: Final = (("（本人）", " (debtor)"), ("（本单位）", " (company)"))
_SMS: Final = ("短信 ", "SMS ")


def in_english(register: pd.DataFrame) -> pd.DataFrame:
    """Register rows with state, template and recipient in English."""
    recipient = text(register, "recipient")
    for zh, en in _WHOM:
        recipient = pd.Series(recipient).str.replace(zh, en, regex=False).to_numpy(dtype=object)
    version = pd.Series(text(register, "template_version")).replace({"自定": "own"}).to_numpy(dtype=object)
    return _worded(register, _STATES, _TITLES, _SMS).assign(recipient=recipient, template_version=version)


def as_codes(register: pd.DataFrame) -> pd.DataFrame:
    """State and template in the words that the rules compare, whichever language they were written in."""
    return _worded(register, _back(_STATES), _back(_TITLES), (_SMS[1], _SMS[0]))


def _back(words: Mapping[str, str]) -> dict[str, str]:
    return {en.casefold(): zh for zh, en in words.items()}


def _worded(register: pd.DataFrame, states: Mapping[str, str], titles: Mapping[str, str], sms: tuple[str, str]) -> pd.DataFrame:
    def said(word: str, words: Mapping[str, str]) -> str:
        return words.get(word.strip(), words.get(word.strip().casefold(), word))

    template = [sms[1] + t.removeprefix(sms[0]) if t.startswith(sms[0]) else said(t, titles) for t in text(register, "template").tolist()]
    state = [said(s, states) for s in text(register, "letter_state").tolist()]
    return register.assign(
        template=pd.Series(template, register.index, dtype="str"), letter_state=pd.Series(state, register.index, dtype="str")
    )
