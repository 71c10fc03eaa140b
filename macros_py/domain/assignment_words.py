"""Why a customer has this owner, in words: one sentence per outcome, zh and en, made once per distinct case of it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Flags, Ints, Texts
from macros_py.domain.rules import BUCKETS
from macros_py.domain.workload import AMOUNT_BANDS

BAND_ZH: Final = ("1千元以下", "1千至5千元", "5千至2万元", "2万至10万元", "10万元以上")
BAND_EN: Final = ("under 1k", "1k to 5k", "5k to 20k", "20k to 100k", "over 100k")

# outcomes; those from WAITING on cost no minutes, those from NO_ROOM on have no owner or need none
KEPT, EDITED, KEPT_AT_LIMIT, NEW, FROM_LEAVER, FROM_FULL, FROM_STALE, FROM_UNSUITED, WAITING, HELD, NO_ROOM, NOBODY_FITS, SETTLED = range(
    13
)
ARRIVALS: Final = (EDITED, NEW, FROM_LEAVER, FROM_FULL, FROM_STALE, FROM_UNSUITED)
CHANGES: Final = (FROM_FULL, FROM_STALE, FROM_UNSUITED)

ZH: Final = {
    KEPT: "沿用{owner}：跟进中，分钟够用",
    EDITED: "按台账改定：{owner}",
    KEPT_AT_LIMIT: "沿用{owner}：久未触达或不在其负责范围，但换手已达上限或无更合适的人",
    NEW: "新分给{owner}：岗位、地区、产品相符，{stratum}户按产能均分",
    FROM_LEAVER: "由{from_}转给{owner}：原催收员不在岗，{stratum}户按产能均分",
    FROM_FULL: "由{from_}转给{owner}：原催收员分钟不足",
    FROM_STALE: "由{from_}转给{owner}：久无有效触达",
    FROM_UNSUITED: "由{from_}转给{owner}：岗位、地区或产品不在原催收员负责范围",
    WAITING: "沿用{owner}：本期分钟已满，排队等候",
    HELD: "停催或已过退案日，保留原催收员",
    NO_ROOM: "未分配：合适的催收员分钟已满",
    NOBODY_FITS: "未分配：没有在岗催收员负责该岗位、地区和产品",
    SETTLED: "已无欠款，不需催收员",
}
EN: Final = {
    KEPT: "stays with {owner}: being worked, minutes suffice",
    EDITED: "as set in the ledger: {owner}",
    KEPT_AT_LIMIT: "stays with {owner}: not reached for long or outside their field, but the limit of changes is used up or nobody suits better",
    NEW: "new to {owner}: skill, region and product fit; {stratum} customers shared by capacity",
    FROM_LEAVER: "from {from_} to {owner}: the former collector is not active; {stratum} customers shared by capacity",
    FROM_FULL: "from {from_} to {owner}: the former collector is short of minutes",
    FROM_STALE: "from {from_} to {owner}: no effective contact for long",
    FROM_UNSUITED: "from {from_} to {owner}: skill, region or product outside the former collector's field",
    WAITING: "stays with {owner}: this period's minutes are full, waiting",
    HELD: "on hold or past its hand-back date, keeps its collector",
    NO_ROOM: "unassigned: the collectors who suit it have no minutes left",
    NOBODY_FITS: "unassigned: no active collector covers its skill, region and product",
    SETTLED: "nothing owed, needs no collector",
}
JOINT: Final = {"zh": "；外访由外访人员协同", "en": "; the visit is made jointly with a field collector"}


def stratum_words(stratum: int, lang: str) -> str:
    """ "M2·5千至2万元" of a stratum's number."""
    bucket, band = divmod(stratum, len(AMOUNT_BANDS))
    return f"{BUCKETS[bucket]}·{(BAND_EN if lang == 'en' else BAND_ZH)[band]}"


def why(outcome: Ints, owner: Texts, before: Texts, stratum: Ints, joint: Flags, lang: str) -> Texts:
    """One sentence per customer."""
    if not len(outcome):
        return np.empty(0, dtype=object)
    templates = EN if lang == "en" else ZH
    owner_of, owners = pd.factorize(owner)
    before_of, befores = pd.factorize(before)
    fresh = np.isin(outcome, (NEW, FROM_LEAVER))
    moved = np.isin(outcome, (*CHANGES, FROM_LEAVER))
    code = (outcome * len(owners) + owner_of) * len(befores) + np.where(moved, before_of, 0)
    code = (code * (int(stratum.max()) + 1) + np.where(fresh, stratum, 0)) * 2 + joint
    _, first, of_unit = np.unique(code, return_index=True, return_inverse=True)
    said = [
        templates[int(outcome[n])].format(owner=owner[n], from_=before[n], stratum=stratum_words(int(stratum[n]), lang))
        + (JOINT["en" if lang == "en" else "zh"] if joint[n] else "")
        for n in first.tolist()
    ]
    out: Texts = np.array(said, dtype=object)[of_unit]
    return out


def still(said: Texts, before: Texts, arrived: Flags, lang: str) -> Texts:
    """`said`, but how a customer came to its owner is told on as long as it stays there and fits in. One entry per case."""
    starts = tuple(text.split("{")[0] for kind, text in (EN if lang == "en" else ZH).items() if kind in ARRIVALS)
    joint = JOINT["en" if lang == "en" else "zh"]
    out = said.copy()
    for n in np.flatnonzero(arrived).tolist():
        if before[n].startswith(starts):
            out[n] = before[n].removesuffix(joint) + (joint if said[n].endswith(joint) else "")
    return out
