"""The currency that an amount, a header or a title states; and which one a ledger keeps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

HOME: Final = "CNY"
SEVERAL: Final = "?"  # sections of one number format that state several
_SPELLED: Final[Mapping[str, tuple[str, ...]]] = {
    "USD": ("us$", "usd", "美元", "美金"),
    "HKD": ("hk$", "hkd", "港币", "港元", "港幣"),
    "TWD": ("nt$", "twd", "新台币", "台币", "新臺幣"),
    "MOP": ("mop$", "mop", "澳门元", "澳门币"),
    "SGD": ("s$", "sgd", "新加坡元", "新币"),
    "AUD": ("a$", "aud", "澳元"),
    "CAD": ("c$", "cad", "加元"),
    "EUR": ("€", "eur", "欧元"),
    "GBP": ("£", "gbp", "英镑"),
    "JPY": ("jp¥", "jpy", "日元", "日圆", "円"),
    "KRW": ("₩", "krw", "韩元"),
    "CHF": ("chf", "瑞士法郎"),
    HOME: ("rmb¥", "rmb", "cny", "cnh", "人民币", "¥", "yuan", "元", "圆", "块"),
}
_CODES: Final = {word: code for code, words in _SPELLED.items() for word in words} | {"$": "USD"}
FOREIGN_WORDS: Final = tuple(sorted((w for w, c in _CODES.items() if c != HOME), key=len, reverse=True))
WORDS: Final = re.compile("|".join(map(re.escape, sorted(_CODES, key=len, reverse=True))))
FOREIGN: Final = "|".join(map(re.escape, FOREIGN_WORDS))
_SAID: Final = re.compile(r"(?:币种|货币|币别|currency|ccy)[:\s]*([^\s,;,。;、)]+)", re.IGNORECASE)
_UNIT: Final = re.compile(r"单位[:\s]*(?:百|千|万|亿)*([^\s,;,。;、)\d]+)")
ROW_HEADERS: Final = frozenset(
    ["币种", "币别", "货币", "货币种类", "结算币种", "交易币种", "原币币种", "原币", "currency", "ccy", "cur", "curr", "currencycode"]
)
Stated = npt.NDArray[np.object_]


def of_word(text: str) -> str:
    """The currency that a word is (美元, US$, cny), "" when it is none."""
    body = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()
    return _CODES.get(body) or next((c for w, c in _CODES.items() if len(w) > 1 and (body.startswith(w) or body.endswith(w))), "")


def in_text(text: str) -> str:
    """The currency that an amount states, "" for none; a foreign one goes before the 元 within its own name."""
    body = unicodedata.normalize("NFKC", text).lower()
    found = {_CODES[word] for word in WORDS.findall(body)}
    return "" if not found else found.pop() if len(found) == 1 else SEVERAL


def stated(texts: list[str]) -> Stated | None:
    """The currency that each text states, None where none does; the yuan only where foreign ones occur as well (else nothing is to be told apart)."""
    joined = "\n".join(texts)
    letters = frozenset("".join(unicodedata.normalize("NFKC", c) for c in set(joined)).lower())
    possible = [word for word in _CODES if letters.issuperset(word)]  # figures with ¥ or 元 need no further look
    if not possible:
        return None
    foreign, home = [w for w in possible if _CODES[w] != HOME], [w for w in possible if _CODES[w] == HOME]
    if foreign or all(len(w) > 1 for w in home):  # a word of one letter is there when its letter is
        joined = (joined if joined.isascii() else unicodedata.normalize("NFKC", joined)).lower()
    if any(word in joined for word in foreign):
        out = np.empty(len(texts), object)
        out[:] = [in_text(t) for t in texts]
        return out
    there = any(len(word) == 1 or word in joined for word in home)
    return np.full(len(texts), HOME, object) if there else None  # whichever of them say so: no other is there


def of_header(texts: Iterable[str]) -> str:
    """The currency that a header states: Amount (USD), 欠款/港币, 折人民币金额; "" for none."""
    for text in texts:
        folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).lower()
        words = re.split(r"[^a-z$€£¥₩\u4e00-\u9fff]+", folded)
        for word in words:
            if word in _CODES and word != "块":
                return _CODES[word]
        for word, code in _CODES.items():
            if len(word) > 1 and not word.isascii() and word in folded:
                return code
    return ""


def of_title(text: str) -> str:
    """The currency that a line above a table states: 币种：美元, 单位：万美元; "" for none."""
    folded = unicodedata.normalize("NFKC", text)
    for pattern in (_SAID, _UNIT):
        if (match := pattern.search(folded)) and (code := of_word(match[1])):
            return code
    return ""


def of_ledger(columns: Iterable[Stated], headers: Iterable[str], titled: str) -> str:
    """The one currency that a ledger keeps; the yuan unless everything that states a currency states one and the same other.

    columns: what each amount that is not blank states; headers: what the headers of amounts state. A few cells with $ among plain
    figures do not make a ledger of dollars: a header, a title or one whole column must say so.
    """
    said, whole = {h for h in headers if h} | ({titled} if titled else set()), set()
    for column in columns:
        kinds = set(column.tolist())
        said |= kinds - {""}
        if len(kinds) == 1:
            whole |= kinds
    whole |= {h for h in said if h == titled} | {h for h in headers if h}
    return said.pop() if len(said) == 1 and said & whole and SEVERAL not in said else HOME
