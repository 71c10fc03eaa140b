"""The words of the ladder: why a case stands on its tier, and what is to be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from macros_py.domain.arrays import Days, Flags, Ints, Texts
from macros_py.domain.rules import Rules


@dataclass(frozen=True)
class Raised:
    """Something that moved a case on the ladder; `bit` marks it in a number."""

    bit: int
    zh: str
    en: str


RAISED: Final = {
    "broken": Raised(1, "失信{n}次", "{n} broken promises"),
    "unwilling": Raised(2, "有能力无意愿，升一档", "able but unwilling, one tier up"),
    "refuses": Raised(4, "有能力而拒绝还款", "refuses though able"),
    "near": Raised(8, "诉讼时效临近", "limitation near"),
    "hardship": Raised(16, "有困难情形，降一档、不外访", "hardship: one tier gentler, no visit"),
    "small": Raised(32, "低于诉讼最低金额", "below the minimum claim"),
    "doubtful": Raised(64, "时效存疑，转法务复核", "limitation in doubt: legal review"),
}
PAST: Final = ("逾期{n}天", "{n} days past due")
NOT_PAST: Final = ("未逾期", "not past due")
UNKNOWN: Final = ("账龄未知", "days past due unknown")
SEPARATOR: Final = ("；", "; ")
ACTIONS: Final = {
    "limitation": ("法务复核时效", "Legal review of the limitation"),
    "hold": ("停催：到期复核", "On hold: review"),
    "confirm": ("核对回款", "Confirm the receipt"),
    "days_unknown": ("核实应还日期", "Find the due date"),
    "before_due": ("到期前短信提醒", "SMS before the due date"),
    "promise": ("跟进承诺", "Follow up the promise"),
    "callback": ("按约回访", "Call back as agreed"),
    "hardship": ("协商还款方案（困难宽缓）", "Offer a plan (hardship)"),
    "plan": ("协商还款方案", "Offer a plan"),
    "long_plan": ("长期方案，核实困难", "Long plan; check for hardship"),
    "first": ("首次电话联系", "First call"),
}
VISIT_BY: Final = ("外访（{day}前）", "Visit by {day}")
VISIT_LATE: Final = ("外访（已过期限{day}）", "Visit (was due {day})")
REVIEW_BY: Final = ("法务评审（{day}前）；继续联系", "Legal review by {day}; contact goes on")
MOST_BROKEN: Final = 99
MOST_PAST: Final = 99_999


def tier_why(past: Ints, broken: Ints, raised: Ints, known: Flags, lang: str) -> Texts:
    """ "逾期87天；失信3次", each different combination made once."""
    en = lang == "en"
    days = np.where(known, np.minimum(past, MOST_PAST), MOST_PAST + 1)
    counted = np.where(raised & RAISED["broken"].bit, np.minimum(broken, MOST_BROKEN), 0)
    combined = (days * 128 + raised) * (MOST_BROKEN + 1) + counted
    distinct, code = np.unique(combined, return_inverse=True)
    said = [_why(int(c) // (MOST_BROKEN + 1), int(c) % (MOST_BROKEN + 1), en) for c in distinct]
    return np.asarray(np.array([*said, ""], dtype=object)[code], dtype=object)


def _why(days_and_bits: int, broken: int, en: bool) -> str:
    past, bits = divmod(days_and_bits, 128)
    first = UNKNOWN[en] if past > MOST_PAST else PAST[en].format(n=past) if past else NOT_PAST[en]
    more = [(r.en if en else r.zh).format(n=broken) for r in RAISED.values() if bits & r.bit]
    return SEPARATOR[en].join([first, *more])


class Actions:
    """The next steps in the language of the sheets."""

    def __init__(self, rules: Rules) -> None:
        self.en = rules.office.language == "en"
        self.ladder = rules.strategy.ladder

    def __call__(self, name: str) -> str:
        return ACTIONS[name][self.en]

    def of_tier(self, tier: Ints) -> Texts:
        """What the ladder itself names for each tier."""
        named = np.array([t.action_en if self.en else t.action_zh for t in self.ladder], dtype=object)
        return np.asarray(named[tier], dtype=object)

    def visit(self, by: Days, today: np.datetime64) -> Texts:
        """A visit with its deadline, or that the deadline has passed."""
        return np.where(by < today, _dated(VISIT_LATE[self.en], by), _dated(VISIT_BY[self.en], by))

    def review(self, by: Days) -> Texts:
        """Legal review with its deadline."""
        return _dated(REVIEW_BY[self.en], by)


def _dated(pattern: str, when: Days) -> Texts:
    distinct, code = np.unique(when, return_inverse=True)
    table = np.array([*("" if np.isnat(d) else pattern.format(day=d) for d in distinct), ""], dtype=object)
    return np.asarray(table[code], dtype=object)
