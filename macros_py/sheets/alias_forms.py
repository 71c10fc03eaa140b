"""Other ways of writing a declared alias that mean the same: 放款日 for 放款日期, 借款额 for 借款金额, Principal O/S for principal outstanding.

These are equal by rule of language, not by likeness, so they count as known. A form that two columns could claim counts for neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from macros_py.domain.kinds import Column, Kind
from macros_py.sheets import header_words as words

_DAY_TAILS: Final = ("年月日", "日期", "时间", "日")
TAILS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.DATE: _DAY_TAILS,
    Kind.TIME: _DAY_TAILS,
    Kind.MONEY: ("总金额", "合计", "总额", "金额", "款额", "数额", "额"),
    Kind.ID: ("号码", "编号", "编码", "代码", "号", "number", "num", "no", "id"),
    Kind.PHONE: ("手机号码", "电话号码", "手机号", "手机", "电话", "号码"),
}
ADDED: Final[Mapping[Kind, tuple[str, ...]]] = {Kind.PHONE: ("number", "no", "num"), Kind.MONEY: ("amount",)}
PEOPLE: Final = frozenset({"customer", "owner", "collector", "payer"})
OF_THE_DEBTOR: Final = frozenset({"phone", "id_number", "address", "employer", "customer_id"})
DEBTOR_WORDS: Final = ("借款人", "客户", "债务人", "持卡人", "主借人", "主借款人", "欠款人", "本人")
NOW_WORDS: Final = ("当前", "目前", "最新", "现")
SHORTEST_STEM: Final = 2
# What is still owed of a component, in the words that may stand before it and behind it.
COMPONENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "principal": ("本金", "principal"),
    "interest": ("利息", "interest"),
    "penalty": ("罚息", "违约金", "滞纳金", "penalty", "penaltyinterest", "latefee", "latefees", "latecharge", "latecharges"),
    "fees": ("费用", "手续费", "服务费", "fees"),
}
OWED_BEFORE: Final = (
    *(
        "应还",
        "未还",
        "待还",
        "剩余",
        "剩余应还",
        "剩余未还",
        "应还未还",
        "未清",
        "未偿",
        "未结",
        "尚欠",
        "所欠",
        "结欠",
        "拖欠",
        "欠缴",
        "欠",
    ),
    *("逾期", "逾期未还", "委案", "应收", "应收未收"),
)
OWED_BEHIND: Final = ("余额", "金额", "欠款", "合计")
OWED_ENGLISH: Final = ("outstanding", "due", "overdue", "pastdue", "unpaid", "remaining", "accrued", "balance", "amount")
DEBT_STATES: Final = (
    "逾期",
    "逾期未还",
    "逾期应还",
    "逾期未付",
    "逾期应收",
    "逾期未收",
    "未还",
    "未付",
    "拖欠",
    "结欠",
    "尚欠",
    "欠缴",
    "欠费",
    "未缴",
    "剩余应还",
    "剩余未还",
)
DEBT_NOUNS: Final = ("金额", "总金额", "总额", "款", "款项", "本息", "本息合计", "欠款")
DEBT_ENGLISH: Final = (
    ("amount", "balance", "total", "totalamount", "totalbalance"),
    ("outstanding", "due", "overdue", "pastdue", "unpaid", "delinquent", "open"),
)
FIRST_NUMBER: Final = ("1", "一")
PHONE_WORDS: Final = (
    "手机",
    "电话",
    "手机号",
    "手机号码",
    "联系电话",
    "联系手机",
    "联系方式",
    "电话号码",
    "本人电话",
    "本人手机",
    "客户电话",
    "客户手机",
    *("phone", "mobile", "tel", "telephone"),
)
FURTHER_NUMBERS: Final = ("2", "二", "3", "三", "4", "四")


def forms(column: Column, alias: str) -> Iterator[str]:
    """The folded forms that mean the same as one alias of a column (the alias itself not among them)."""
    bare = words.bare(alias)
    told = {bare, *_tails(column.kind, bare), *_english(column, alias)}
    if column.name in PEOPLE and not bare.isascii():
        told |= {bare + tail for tail in ("姓名", "名称") if bare[-1] in "人员理主方"}
    if column.name in OF_THE_DEBTOR and not bare.isascii():
        told |= {who + form for form in list(told) for who in DEBTOR_WORDS if not form.startswith(DEBTOR_WORDS)}
    if column.kind in (Kind.MONEY, Kind.INT) and not bare.isascii():
        told |= {now + form for form in list(told) for now in NOW_WORDS if not form.startswith(NOW_WORDS)}
    if column.name == "phone":
        told |= {form + n for form in {bare, *told} for n in FIRST_NUMBER}
    if column.name == "phone2" and alias == column.zh:
        told |= {word + n for word in PHONE_WORDS for n in FURTHER_NUMBERS}
    told |= _owed(column.name, bare)
    told.discard(bare)
    yield from sorted(told)


def _tails(kind: Kind, bare: str) -> set[str]:
    """The same stem under the other words for number, day, amount or telephone."""
    latin = bare.isascii()
    tails = [t for t in TAILS.get(kind, ()) if t.isascii() is latin]
    stems = {bare.removesuffix(t) for t in tails if bare.endswith(t)}
    stems = {s for s in stems if len(s) >= SHORTEST_STEM + 2 * latin and not s.endswith(("日", "号", "总", "手"))}
    if kind is Kind.MONEY and not latin and not stems and len(bare) >= SHORTEST_STEM and not bare.endswith(("余额", "费")):
        stems = {bare}
    return {stem + tail for stem in stems for tail in tails}


def _english(column: Column, alias: str) -> set[str]:
    """Added endings (mobile no) and two words the other way round (balance outstanding)."""
    bare = words.bare(alias)
    if not bare.isascii():
        return set()
    parts = re.findall(r"[a-z]+", alias.lower())
    turned = {parts[1] + parts[0]} if len(parts) == 2 else set()
    turned |= {bare[:-1]} if bare.endswith("s") and not bare.endswith("ss") else {bare + "s"}
    plain = not bare.endswith(("number", "no", "num", "amount", "balance", "due", "fee", "fees", "charges"))
    return turned | ({bare + tail for tail in ADDED.get(column.kind, ())} if plain else set())


def _owed(name: str, bare: str) -> set[str]:
    """What is still owed of a component or in all: 剩余应还本金, 未还罚息余额, principal overdue, total past due."""
    if bare in COMPONENTS.get(name, ()):
        if bare.isascii():
            return _combined((bare,), OWED_ENGLISH)
        whole = {bare, *(before + bare for before in OWED_BEFORE)}
        return whole | {form + behind for form in whole for behind in OWED_BEHIND}
    return set()


def debt() -> set[str]:
    """Ways of saying the whole overdue debt."""
    return {state + noun for state in DEBT_STATES for noun in DEBT_NOUNS} | _combined(*DEBT_ENGLISH)


def _combined(nouns: Iterable[str], states: Iterable[str]) -> set[str]:
    states = tuple(states)
    out = {pair for n in nouns for s in states for pair in (n + s, s + n)}
    for noun in nouns:
        out |= {form for a in states for b in states if a != b for form in (a + b + noun, a + noun + b)}
    return out
