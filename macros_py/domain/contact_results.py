"""What the words of a contact log mean: was it a call, was somebody connected, was the debtor in person reached.

Source: domain.md, Words and definitions. A third party answering is connected, not reached. Words are judged once per distinct
word, so a log of 100,000 rows costs what its few hundred wordings cost.
"""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.characters import simplified

Flags = npt.NDArray[np.bool_]

NOT_CONNECTED: Final = re.compile(
    r"无人接|未接|不接|没接|关机|停机|空号|忙音|占线|拒接|挂断|无法接通|打不通|未通|号码无效|无效号|错号|暂停服务|来电提醒"
    r"|no answer|unanswered|busy|invalid|switched off|voicemail|hung up|wrong number",
    re.IGNORECASE,
)
THIRD_PARTY: Final = re.compile(r"第三方|第三人|他人|家人|家属|亲属|父母|配偶接|同事|代接|转告|third", re.IGNORECASE)
IN_PERSON: Final = re.compile(
    r"承诺|本人|拒绝还|拒还|拒绝还款|困难|争议|投诉|回访|约定|已还|称还|协商|接通|promise|ptp|reached|spoke|refus|hardship|dispute|complain|callback|paid",
    re.IGNORECASE,
)
SELF: Final = frozenset({"", "本人", "自己", "客户本人", "借款人", "持卡人", "self", "debtor", "own"})
CALL: Final = re.compile(r"电话|通话|呼|拨|外呼|call|phone", re.IGNORECASE)
VISIT: Final = re.compile(r"外访|上门|走访|面访|visit", re.IGNORECASE)
COMPLAINT: Final = re.compile(r"投诉|complain", re.IGNORECASE)
PROMISE: Final = re.compile(r"承诺|promise|ptp", re.IGNORECASE)


def says(words: pd.Series[Any], pattern: re.Pattern[str]) -> Flags:
    """Where the text of `words` holds the pattern."""
    code, distinct = pd.factorize(words)
    hit = np.array([bool(pattern.search(word)) for word in simplified(distinct)] + [False], dtype=bool)
    found: Flags = hit[code]
    return found


def dialled(contacts: pd.DataFrame) -> Flags:
    """contacts: channel → True for calls; a row without a channel is taken for a call (old logs are call logs)."""
    found: Flags = says(contacts["channel"], CALL) | contacts["channel"].eq("").to_numpy(dtype=bool)
    return found


def visited(contacts: pd.DataFrame) -> Flags:
    """contacts: channel → True for visits."""
    return says(contacts["channel"], VISIT)


def connected(contacts: pd.DataFrame) -> Flags:
    """contacts: outcome → somebody answered: the debtor or a third party."""
    answered = says(contacts["outcome"], IN_PERSON) | says(contacts["outcome"], THIRD_PARTY)
    found: Flags = answered & ~says(contacts["outcome"], NOT_CONNECTED)
    return found


def reached(contacts: pd.DataFrame) -> Flags:
    """contacts: outcome, relation → the debtor in person was spoken to (有效触达)."""
    third = says(contacts["outcome"], THIRD_PARTY) | ~contacts["relation"].isin(SELF).to_numpy(dtype=bool)
    found: Flags = connected(contacts) & ~third
    return found


def promised(contacts: pd.DataFrame) -> Flags:
    """contacts: outcome, promised_on → a promise to pay was given."""
    found: Flags = says(contacts["outcome"], PROMISE) | contacts["promised_on"].notna().to_numpy(dtype=bool)
    return found


def complained(contacts: pd.DataFrame) -> Flags:
    """contacts: outcome → the customer complained."""
    return says(contacts["outcome"], COMPLAINT)
