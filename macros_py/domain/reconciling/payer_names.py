"""Names of payers and customers made comparable, and those that are alike: within blocks, so that nobody is compared with everybody."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from macros_py.domain.arrays import Flags, Ints, Texts

PLATFORM: Final = re.compile(
    r"支付宝|财付通|微信|备付金|银联|网联|清算|待清算|快捷支付|拉卡拉|收钱吧|通联支付|alipay|tenpay|wechat|unionpay|paypal|stripe",
    re.IGNORECASE,
)
_FORMS: Final = re.compile(
    r"(?:股份)?有限(?:责任)?公司|股份公司|责任公司|集团公司|总公司|公司|集团|有限合伙|合伙企业|个体工商户|经营部|商行$|(?:CO|COMPANY)?LTD$|LIMITED$|LLC$|INC$|GMBH$|CORP$"
)
_CHANNEL: Final = re.compile(r"^(?:支付宝|微信(?:支付)?|财付通|ALIPAY|WECHAT)[-—_:：]+(?=.)", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_HONORIFIC: Final = re.compile(r"(?:先生|女士|小姐)$|^(?:MR|MRS|MS)(?=[A-Z])")
_DROP: Final = re.compile(r"[\W_]+")
SHORTEST: Final = 4  # shorter names differ in a fifth by one character: another person
BLOCK: Final = 4  # characters of a core name that two names of one block share, at its beginning or its end
BIGGEST: Final = 400  # members of a block; more of them and the beginning says nothing (a city, a trade)


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(names: list[str]) -> list[str]:
    """Traditional characters as simplified ones, all names at once."""
    joined = "\n".join(names)
    return names if joined.isascii() else str(_simplifier().convert(joined)).split("\n")


def comparable(names: Texts) -> Texts:
    """張 三 → 张三, ＡＢＣ（深圳）有限公司 → ABC深圳有限公司, 支付宝-李四 → 李四; "" stays. Each distinct name is folded once."""
    code, distinct = pd.factorize(names)
    plain = [unicodedata.normalize("NFKC", str(n).replace("\n", " ")) for n in distinct]
    folded = [_DROP.sub("", _CHANNEL.sub("", n.strip())).upper() for n in simplified(plain)]
    return np.asarray(np.array([*folded, ""], dtype=object)[code], dtype=object)


def core(names: Texts) -> Texts:
    """Comparable names without legal form, brackets and titles: what two spellings of one company share."""
    code, distinct = pd.factorize(names)
    short = [_HONORIFIC.sub("", _FORMS.sub("", _BRACKETS.sub("", str(n)))) or str(n) for n in distinct]
    return np.asarray(np.array([*short, ""], dtype=object)[code], dtype=object)


def alike(payers: Texts, customers: Texts, percent: int) -> pd.DataFrame:
    """Pairs of distinct comparable names that are alike → payer, customer (positions), score (percent, whole number).

    Equal cores count as 100. Others are compared within blocks that share a beginning or an end.
    """
    mine, theirs = core(payers), core(customers)
    pairs = [_equal(mine, theirs)]
    long_mine, long_theirs = _long(mine), _long(theirs)
    pairs += [_blocked(mine, theirs, long_mine, long_theirs, cut) for cut in (slice(None, BLOCK), slice(-BLOCK, None))]
    both = pd.concat(pairs, ignore_index=True).drop_duplicates()
    first, second = both["payer"].to_numpy(np.int64), both["customer"].to_numpy(np.int64)
    score = (
        np.rint(process.cpdist(mine[first].tolist(), theirs[second].tolist(), scorer=fuzz.ratio)).astype(np.int64)
        if len(both)
        else np.zeros(0, np.int64)
    )
    return both.assign(score=score)[score >= percent].reset_index(drop=True)


def _long(names: Texts) -> Ints:
    return np.flatnonzero(np.fromiter((len(n) >= SHORTEST for n in names), bool, len(names)))


def _equal(mine: Texts, theirs: Texts) -> pd.DataFrame:
    left = pd.DataFrame({"key": mine, "payer": np.arange(len(mine))})
    right = pd.DataFrame({"key": theirs, "customer": np.arange(len(theirs))})
    return left[left["key"] != ""].merge(right, on="key")[["payer", "customer"]]


def _blocked(mine: Texts, theirs: Texts, at: Ints, there: Ints, cut: slice) -> pd.DataFrame:
    left = pd.DataFrame({"key": [mine[i][cut] for i in at], "payer": at})
    right = pd.DataFrame({"key": [theirs[i][cut] for i in there], "customer": there})
    size = right["key"].map(right["key"].value_counts())
    return left.merge(right[size <= BIGGEST], on="key")[["payer", "customer"]]


def platforms(names: Texts) -> Flags:
    """Names that are a channel's, not a payer's."""
    code, distinct = pd.factorize(names)
    return np.array([bool(PLATFORM.search(str(n))) for n in distinct] + [False], dtype=bool)[code]
