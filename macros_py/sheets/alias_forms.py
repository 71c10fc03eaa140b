"""Other ways of writing a declared alias that mean the same: 放款日 for 放款日期, 借款额 for 借款金额, Principal O/S for principal outstanding.

These are equal by rule of language, not by likeness, so they count as known. A form that two columns could claim counts for neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
    plain = not bare.endswith(("number", "no", "num", "amount", "balance", "due", "fee", "fees", "charges"))
    return turned | ({bare + tail for tail in ADDED.get(column.kind, ())} if plain else set())
