"""Numbers that are names: case, customer and identity numbers, phone numbers. Kept as text, digit by digit.

A spreadsheet keeps 15 digits of a number. An identity number typed as a number has lost its last digits for good: it is unknown
and reported, never completed. The check digit is that of GB 11643.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

from macros_py.sheets import cells as k

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_X: Final = ord("X") - 48
_SCIENCE: Final = re.compile(r"\d(?:\.\d+)?e\+?\d{1,2}", re.IGNORECASE)
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_MOBILES: Final = re.compile(rf"{_MOBILE.pattern}(?:\n{_MOBILE.pattern})*+")  # a whole column of nothing else, at once
_DROP: Final = {ord(c): None for c in "-‐‑–—−()[]·.'" + k.SPACES}
_SPLIT: Final = re.compile(r"[、,;；/|\n\r或和及&]+|(?<=\d)\s{2,}(?=\d)")
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()} | {
    0xFF0D: 0x2D
}  # （2026）01 keeps its brackets
_LABEL: Final = re.compile(
    r"^(?:(?:tel|phone|mobile|mob|cell|[hmowt])\b|[\u4e00-\u9fff]{1,6})?\.?\s*:?\s*(?=[+(\d])", re.IGNORECASE
)  # 手机:, 妻:, Tel.
_WORD_BEHIND: Final = re.compile(r"(?<=\d)\s*(?:-{0,2}\s*)[\u4e00-\u9fff]{1,4}$")  # 13800000000 本人


_ANY_IDENTITY: Final = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")
_MASKED: Final = re.compile(r"[*＊✱●•#]|[Xx×]{3,}")
_MISCOUNTED: Final = re.compile(r"\d{16,17}|\d{19,}")
_LABELLED_IDENTITY: Final = re.compile(r"(?:[\u4e00-\u9fff]{2,6}:?)?\s*(\d{15}|\d{17}[\dXx])\s*(?:\([\u4e00-\u9fff]{1,6}\))?")  # 身份证:…


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
    out[at] = [getattr(v, "shown", "") or k.number_text(v) for v in column.raw[at]]  # 00001235 where the format shows the zeros
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
    body = text.translate(_NARROW).strip(k.SPACES).removeprefix("'").rstrip("'").strip(k.SPACES)
    return "" if k.is_unknown_word(body) else body


def identity_numbers(raw: k.Objects | k.Cells) -> tuple[k.Objects, list[k.Found]]:
    """Identity numbers of people (18 or 15 digits, X in capitals) or firms.

    Found: id-damaged, id-checksum, id-masked and id-several (both unknown: such numbers would join people who are not one).
    """
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    out, damaged = _as_text(column)
    at, texts = column.texts()
    out[at] = texts
    plain, right = _checked(texts)
    odd = [int(i) for i in at[plain & ~right] if not out[i].endswith("000")]
    damaged += [int(i) for i in at[plain & ~right] if out[i].endswith("000")]
    masked: list[int] = []
    several: list[int] = []
    for i in at[~plain].tolist():
        whole = set(_ANY_IDENTITY.findall(k.folded(out[i])))
        if len(whole) > 1 or _MASKED.search(out[i]):
            (several if len(whole) > 1 else masked).append(i)
            out[i] = ""
            continue
        out[i] = _identity(whole.pop() if whole else out[i])
        well, fits = _checked([out[i]])
        if _SCIENCE.fullmatch(out[i]) or (out[i].endswith("000") and well[0] and not fits[0]):
            damaged.append(i)
        elif (well[0] and not fits[0]) or _MISCOUNTED.fullmatch(out[i]):
            odd.append(i)
    out[damaged] = ""
    hidden = k.found("id-masked", masked) + k.found("id-several", several)
    return out, column.lost() + k.found("id-damaged", sorted(damaged)) + k.found("id-checksum", sorted(odd)) + hidden


def _identity(text: str) -> str:
    body = k.folded(text)
    if k.is_unknown_word(body):
        return ""
    if _SCIENCE.fullmatch(body):
        return body
    if match := _LABELLED_IDENTITY.fullmatch(body):
        body = match[1]
    return body.translate(_DROP).upper().replace("×", "X").replace("＊", "*")


def _checked(numbers: list[str]) -> tuple[k.Mask, k.Mask]:
    """Where an identity number of 18 digits stands, and where its last digit is what the first 17 demand."""
    well = np.fromiter(map(len, numbers), np.int64, len(numbers)) == 18
    right = np.zeros(len(numbers), bool)
    if well.any():
        long = np.flatnonzero(well)
        digits = _characters(numbers if well.all() else [numbers[i] for i in long]) - 48
        well[long] = ((digits[:, :17] >= 0) & (digits[:, :17] <= 9)).all(axis=1) & (
            ((digits[:, 17] >= 0) & (digits[:, 17] <= 9)) | (digits[:, 17] == _X)
        )
        rest = digits[:, :17] @ np.array(_WEIGHTS) % 11
        right[long] = np.array([ord(c) - 48 for c in _CHECK])[rest] == digits[:, 17]
    return well, right & well


def _characters(numbers: list[str]) -> npt.NDArray[np.int64]:
    """The characters of texts of 18, as numbers: one row a text."""
    joined = "".join(numbers)
    coded = np.frombuffer(joined.encode(), np.uint8) if joined.isascii() else np.array(numbers, "U18").view(np.uint32)
    return coded.reshape(-1, 18).astype(np.int64)


def phones(raw: k.Objects | k.Cells) -> tuple[k.Objects, k.Objects, list[k.Found]]:
    """First number, other numbers of the same cell (joined by 、), and what was not a number (phone-unreadable)."""
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    first, others = np.full(len(column.raw), "", object), np.full(len(column.raw), "", object)
    bad: list[int] = []
    _whole_mobiles(column, first)
    at = column.at(k.WHOLE, k.FLOAT, k.TEXT)
    at = at[first[at] == ""]
    texts = [v if type(v) is str else k.number_text(v) for v in column.raw[at].tolist()]
    joined = "\n".join(texts)
    if _MOBILES.fullmatch(joined) and joined.count("\n") == len(texts) - 1:
        simple = np.ones(len(texts), bool)
        first[at] = texts
    else:
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


def _whole_mobiles(column: k.Cells, first: k.Objects) -> None:
    """Numeric cells that are mobile numbers, at once."""
    at = column.at(k.WHOLE, k.FLOAT)
    values = column.raw[at].astype(np.float64)
    mobile = (values >= 13_000_000_000) & (values < 20_000_000_000) & (values == np.floor(values))
    first[at[mobile]] = list(map(str, values[mobile].astype(np.int64).tolist()))


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
        parts = _spaced(parts[0])
    numbers = [_one(p) for p in parts]
    return [n for n in numbers if n] if numbers and all(numbers) else None


def _spaced(body: str) -> list[str]:
    """Two or more full numbers set apart by one space."""
    words = body.split()
    return words if len(words) > 1 and all(len(re.sub(r"\D", "", w)) >= 7 for w in words) else [body]


def _one(part: str) -> str | None:
    """One number as its digits; a foreign one keeps its +."""
    told = _WORD_BEHIND.sub("", _LABEL.sub("", part.strip(k.SPACES)))
    bare = re.sub(r"\([^\d)]*\)$|(?:转|ext\.?|分机|#)\s*\d+$", "", told, flags=re.IGNORECASE).translate(_DROP)
    bare = re.sub(r"(?<=^1\d{10})0$", "", bare) if told.endswith(".0") else bare  # a number that became text by way of a float
    bare = re.sub(r"^(?:\+86|0086|\+0086)", "", bare)
    if re.fullmatch(r"86" + _MOBILE.pattern, bare):
        bare = bare[2:]
    if re.fullmatch(r"0" + _MOBILE.pattern, bare):
        bare = bare[1:]
    if _MOBILE.fullmatch(bare) or re.fullmatch(r"0\d{9,11}|[2-8]\d{6,7}|400\d{7}|800\d{7}|95\d{3,6}|1\d{10}", bare):
        return bare
    return bare if re.fullmatch(r"\+\d{7,15}", bare) else None
