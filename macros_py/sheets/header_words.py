"""The words of a header: folded for comparison, and the unit that it states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from macros_py.domain.characters import TRADITIONAL

_BRACKETS: Final = re.compile(r"[(\[【<{〔「][^()\[\]【】<>{}〔〕「」]*[)\]】>}〕」]")
_UNIT_WORDS: Final = {
    "元": 1,
    "人民币元": 1,
    "千元": 1000,
    "万元": 10000,
    "万": 10000,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
    "亿": 10**8,
}
_UNIT: Final = re.compile(r"(?:单位|金额单位|币种)?[:\s]*(?:人民币)?[:/,、\s]*(百万元|千万元|千元|万元|亿元|万|亿|元)")
_ENGLISH_UNIT: Final = re.compile(
    r"(?:(?:amounts?|figures?|all)?(?:are)?in|unit:?)?(?:rmb|cny|yuan|[¥$€£]|[a-z]{3})?(?:in)?"
    r"(?:(?P<thousand>'?000s?|thousands?|k)|(?P<million>millions?|mn|mm|mil|(?<=rmb|cny|usd|eur|gbp|hkd)m))(?:of)?(?:rmb|cny|yuan|[¥$€£]|[a-z]{3})?"
)
_ENGLISH_TITLE: Final = re.compile(
    r"(?:\b(?:amounts?|figures?|unit|expressed)\b[^.;]{0,20}?|[(\[]\s*(?:in\s+)?)(?:rmb|cny|usd|[¥$€£])?\s*(?:in\s+)?"
    r"(?P<unit>'000s?|thousands?\b|millions?\b)(?!\s*of\s+(?!rmb|cny|usd|yuan|[¥$€£]))",
    re.IGNORECASE,
)
_UNIT_TAIL: Final = re.compile(r"(百万元|千万元|千元|万元|亿元|元|人民币|rmb|cny|天数?|日|必填|选填)$")
_FOREIGN_YUAN: Final = re.compile(r"美元|港元|欧元|日元|港币|英镑|澳元|加元")  # 万美元 is a unit as 万元 is
_FOOTNOTE: Final = re.compile(r"[\u2460-\u249b\u00b9\u00b2\u00b3\u2070-\u2079\u24ea-\u24ff\u2776-\u2793]")  # 手机号①, Amount²
_SHORT_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("no", "num", "nbr", "nr"), "number"),
    **dict.fromkeys(("os", "outst", "outstdg"), "outstanding"),
    **dict.fromkeys(("acct", "acc", "ac"), "account"),
    **dict.fromkeys(("tel", "ph"), "telephone"),
    **dict.fromkeys(("int", "intr"), "interest"),
    "amt": "amount",
    "bal": "balance",
    "od": "overdue",
    "inv": "invoice",
    "cust": "customer",
    "dt": "date",
    "prin": "principal",
    "pen": "penalty",
    "addr": "address",
    "mob": "mobile",
    "prod": "product",
    "curr": "current",
    "orig": "original",
    "pmt": "payment",
    "pymt": "payment",
    "ref": "reference",
    "cmt": "comment",
    "rcpt": "receipt",
    "txn": "transaction",
}
_TITLE_UNIT: Final = re.compile(r"单位\s*[:/]?\s*(?:人民币)?\s*(百万元|千万元|千元|万元|亿元|元)")


_ENUMERATED: Final = re.compile(r"\s*(?:\(\s*)?(?:[A-Za-z]|[一二三四五六七八九十]{1,3}|\d{1,2})\s*[.、)\]:](?=.)")  # A. 一、 (3) 5)


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """The header without case, width, spaces, punctuation and marks; traditional characters as simplified ones."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(TRADITIONAL)
    return re.sub(r"[\W_]+", "", folded)


@lru_cache(maxsize=20_000)
def keys(text: str) -> tuple[str, ...]:
    """The forms under which a header may be found, best first: as it is, without brackets, without unit, without leading number."""
    folded = unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text) or text)
    whole, outside = bare(folded), bare(_BRACKETS.sub("", folded))
    forms = [whole, outside]
    if whole.isascii():
        forms += [_written_out(folded), _written_out(_BRACKETS.sub("", folded))]
    for form in (whole, outside):
        forms += [_UNIT_TAIL.sub("", form), re.sub(r"^\d{1,2}(?=\D)", "", form)]
    forms += [form.removeprefix("其中") for form in (whole, outside) if form.startswith("其中")]
    if match := _ENUMERATED.match(folded):
        forms += [bare(folded[match.end() :]), bare(_BRACKETS.sub("", folded[match.end() :]))]
    return tuple(f for f in dict.fromkeys(forms) if f)


def _written_out(text: str) -> str:
    """An English header with its short words in full: O/S Bal, LoanAmt → outstandingbalance, loanamount."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\b([oOaA])/([sSdDcC])\b", r"\1\2", text))
    return "".join(_SHORT_WORDS.get(word, word) for word in re.findall(r"[a-z]+|\d+", apart.lower()))


def unit_of_header(text: str) -> int | None:
    """Yuan per number where the header says so: 逾期金额（万元） → 10000."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    inside = [m[0][1:-1] for m in _BRACKETS.finditer(folded)]
    for words in [*inside, *re.split(r"[/／]", folded)[1:]]:
        if match := _UNIT.fullmatch(_FOREIGN_YUAN.sub("元", words)):
            return _UNIT_WORDS[match[1]]
        if match := _ENGLISH_UNIT.fullmatch(words.lower().replace("’", "'").replace(",", "")):
            return 1000 if match["thousand"] else 10**6
    if re.search(r"['’]000s?$", folded):
        return 1000
    folded = _FOREIGN_YUAN.sub("元", folded)
    tail = re.search(r"(百万元|千万元|千元|万元|亿元)$", folded)
    return _UNIT_WORDS[tail[1]] if tail else None


def unit_of_title(text: str) -> int | None:
    """Yuan per number where a line above the table says so: 单位：万元."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'")
    if match := _TITLE_UNIT.search(_FOREIGN_YUAN.sub("元", folded)):
        return _UNIT_WORDS[match[1]]
    if match := _ENGLISH_TITLE.search(folded):
        return 10**6 if match["unit"].lower().startswith("m") else 1000
    return None
