"""Numbers that are names: case, customer and identity numbers, phone numbers. Kept as text, digit by digit.

A spreadsheet keeps 15 digits of a number. An identity number typed as a number has lost its last digits for good: it is unknown
and reported, never completed. The check digit is that of GB 11643.
"""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np

from macros_py.sheets import cells as k

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_SCIENCE: Final = re.compile(r"\d(?:\.\d+)?e\+?\d{1,2}", re.IGNORECASE)
_ID18: Final = re.compile(r"\d{17}[\dX]")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_DROP: Final = {ord(c): None for c in "-‐‑–—−()[]·.'" + k.SPACES}
_SPLIT: Final = re.compile(r"[、,;；/|\n\r或和及&]+|(?<=\d)\s{2,}(?=\d)")
_LABEL: Final = re.compile(r"^(?:tel|phone|mobile|手机|电话|座机|固话|本人|家庭|单位|联系)?(?:电话|号码)?[::]?", re.IGNORECASE)


def ids(raw: k.Objects | k.Cells) -> tuple[k.Objects, list[k.Found]]:
    """Case and customer numbers as text; leading zeros of text stay; damaged numbers ("" and id-damaged)."""
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    out, damaged = _as_text(column)
    at, texts = column.texts()
    cleaned = _plain_ids(texts)
    lost = [i for i, t in zip(at.tolist(), cleaned, strict=True) if _SCIENCE.fullmatch(t) and "." in t]
    out[at] = cleaned
    out[lost] = ""
    return out, column.lost() + k.found("id-damaged", sorted(damaged + lost))


def _as_text(column: k.Cells) -> tuple[k.Objects, list[int]]:
    """Every cell that is not text as text, and the positions of numbers that lost digits."""
    out = np.full(len(column.raw), "", object)
    at = column.at(k.WHOLE, k.FLOAT, k.BOOL, k.MOMENT, k.DAY, k.OTHER)
    out[at] = [k.number_text(v) for v in column.raw[at]]
    numbers = column.at(k.WHOLE, k.FLOAT)
    damaged = numbers[np.abs(column.raw[numbers].astype(np.float64)) >= 1e15] if len(numbers) else numbers
    out[damaged] = ""
    return out, damaged.tolist()


def _plain_ids(texts: list[str]) -> list[str]:
    joined = "\n".join(texts)
    if joined.isascii() and not any(c in joined for c in " \t'\r") and joined.count("\n") == len(texts) - 1:
        return [t if t not in ("-", "/", "?", "*", ".") else "" for t in texts]
    return [_plain_id(t) for t in texts]


def _plain_id(text: str) -> str:
    body = k.folded(text).removeprefix("'").rstrip("'").strip(k.SPACES)
    return "" if k.is_unknown_word(body) else body


def identity_numbers(raw: k.Objects | k.Cells) -> tuple[k.Objects, list[k.Found]]:
    """Identity numbers of people (18 or 15 digits, X in capitals) or firms; found: id-damaged, id-checksum."""
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    out, damaged = _as_text(column)
    at, texts = column.texts()
    out[at] = cleaned = [t if _ID18.fullmatch(t) else _identity(t) for t in texts]
    odd: list[int] = []
    for i, text in zip(at.tolist(), cleaned, strict=True):
        if _SCIENCE.fullmatch(text) or (text.endswith("000") and _ID18.fullmatch(text) and not checks(text)):
            damaged.append(i)
        elif _ID18.fullmatch(text) and not checks(text):
            odd.append(i)
    out[damaged] = ""
    return out, column.lost() + k.found("id-damaged", sorted(damaged)) + k.found("id-checksum", odd)


def _identity(text: str) -> str:
    body = k.folded(text)
    if k.is_unknown_word(body):
        return ""
    if _SCIENCE.fullmatch(body):
        return body
    return body.translate(_DROP).upper().replace("×", "X").replace("＊", "*")


def checks(number: str) -> bool:
    """True when the last digit of an 18-digit identity number is what its first 17 demand."""
    return _CHECK[sum(map(int.__mul__, map(int, number[:17]), _WEIGHTS)) % 11] == number[17]


def phones(raw: k.Objects | k.Cells) -> tuple[k.Objects, k.Objects, list[k.Found]]:
    """First number, other numbers of the same cell (joined by 、), and what was not a number (phone-unreadable)."""
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    first, others = np.full(len(column.raw), "", object), np.full(len(column.raw), "", object)
    bad: list[int] = []
    at = column.at(k.WHOLE, k.FLOAT)
    first[at] = [k.number_text(v) for v in column.raw[at]]
    at = column.at(k.WHOLE, k.FLOAT, k.TEXT)
    texts = [v if type(v) is str else k.number_text(v) for v in column.raw[at]]
    simple = np.fromiter(map(bool, map(_MOBILE.fullmatch, texts)), bool, len(texts))
    first[at[simple]] = [t for t, s in zip(texts, simple, strict=True) if s]
    for i in np.flatnonzero(~simple):
        numbers = _numbers(texts[i])
        if numbers is None:
            bad.append(int(at[i]))
        first[at[i]] = numbers[0] if numbers else ""
        others[at[i]] = "、".join(numbers[1:]) if numbers else ""
    bad += column.at(k.BOOL, k.MOMENT, k.DAY, k.OTHER).tolist()
    return first, others, column.lost() + k.found("phone-unreadable", sorted(bad))


def _numbers(text: str) -> list[str] | None:
    """The phone numbers in a cell; [] where it says unknown, None where something is not a number."""
    body = k.folded(text).strip("'")
    if k.is_unknown_word(body) or body in ("空号", "停机"):
        return []
    whole = _one(body)
    if whole:
        return [whole]
    parts = [p for p in _SPLIT.split(body) if p.strip(k.SPACES)]
    if len(parts) == 1:
        parts = _spaced(body)
    numbers = [_one(p) for p in parts]
    return [n for n in numbers if n] if numbers and all(numbers) else None


def _spaced(body: str) -> list[str]:
    """Two or more full numbers set apart by one space."""
    words = body.split()
    return words if len(words) > 1 and all(len(re.sub(r"\D", "", w)) >= 7 for w in words) else [body]


def _one(part: str) -> str | None:
    """One number as its digits; a foreign one keeps its +."""
    bare = re.sub(r"\([^\d)]*\)$|(?:转|ext\.?|分机|#)\s*\d+$", "", _LABEL.sub("", part.strip(k.SPACES)), flags=re.IGNORECASE).translate(
        _DROP
    )
    bare = re.sub(r"^(?:\+86|0086|\+0086)", "", bare)
    if re.fullmatch(r"86" + _MOBILE.pattern, bare):
        bare = bare[2:]
    if re.fullmatch(r"0" + _MOBILE.pattern, bare):
        bare = bare[1:]
    if _MOBILE.fullmatch(bare) or re.fullmatch(r"0\d{9,11}|[2-8]\d{6,7}|400\d{7}|800\d{7}|95\d{3,6}|1\d{10}", bare):
        return bare
    return bare if re.fullmatch(r"\+\d{7,15}", bare) else None


def clean_all(values: list[Any]) -> list[str]:
    """The texts of any cells, outer spaces dropped; used for headers and keys."""
    return ["" if v is None else (v if isinstance(v, str) else k.number_text(v)).strip(k.SPACES) for v in values]
