"""One case number written in several ways: aj-0001, AJ0001, ＡＪ－０００１, and 1 for 0001 where a cell lost its zeros.

A number that stands in the ledger as it is, is that case. Any other is compared without spaces, dashes, width and case, then without
leading zeros; it is taken for the one ledger number that reads the same, and for none where two do, nor where both are parted between
digits and parted differently (A-1-11 is not A-11-1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Flags, Ints, Texts

SEVERAL: Final = re.compile(r"[、,，;；/|\n\r]+")  # between several numbers in one cell
_BETWEEN: Final = re.compile(r"[\W_]+")
_PARTED: Final = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_ZEROS: Final = re.compile(r"(?<!\d)0+(?=\d)")


def form(word: str) -> str:
    """Without spaces, dashes and other marks, width and case: what is left tells two numbers apart."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", word)).upper()


def short_form(word: str) -> str:
    """Also without the zeros that lead a run of digits."""
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", word))
    return "".join(_ZEROS.sub("", part) for part in parts).upper()


def in_ledger_spelling(words: Texts, ledger: Texts) -> tuple[Texts, Flags]:
    """words, each in the ledger's own spelling where it means one of its numbers, and where that changed it ('' stays '')."""
    there = pd.Index(ledger).unique()
    strange = (words != "") & ~pd.Index(words).isin(there)
    out: Texts = np.asarray(words, dtype=object).copy()
    if strange.any():
        distinct = pd.unique(words[strange])
        meant = {w: found for w, found in zip(distinct, _meant(distinct, there), strict=True) if found}
        at = np.flatnonzero(strange & pd.Index(words).isin(list(meant)))
        out[at] = [meant[w] for w in words[at]]
    return out, out != words


def may_mean(words: Texts, ledger: Texts) -> tuple[Ints, Ints]:
    """Every reading of words that say no single case: (position of the word, position in the ledger). Several numbers in one cell are read each."""
    by_form: dict[str, list[int]] = {}
    for at, known in enumerate(ledger if len(words) else ()):
        by_form.setdefault(short_form(known), []).append(at)
    by_form.pop("", None)
    pairs = {
        (n, at)
        for n, word in enumerate(words)
        for part in (word, *SEVERAL.split(word), *word.split())
        for at in by_form.get(short_form(part), ())
    }
    found = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _meant(words: Iterable[str], ledger: Iterable[str]) -> list[str]:
    """For each word the only ledger number of the same form, else of the same short form, else ''."""
    known = [(made, _only(made, ledger)) for made in (form, short_form)]
    return [
        next((found for made, by_form in known if (found := by_form.get(made(word), "")) and _parted_alike(word, found)), "")
        for word in words
    ]


def _parted_alike(one: str, other: str) -> bool:
    parts = [[short_form(p) for p in _PARTED.split(unicodedata.normalize("NFKC", word).strip())] for word in (one, other)]
    return len(parts[0]) == 1 or len(parts[1]) == 1 or parts[0] == parts[1]


def _only(made: Callable[[str], str], ledger: Iterable[str]) -> dict[str, str]:
    """Form → the ledger number that has it; '' where several have."""
    out: dict[str, str] = {}
    for word in ledger:
        key = made(word)
        out[key] = word if out.setdefault(key, word) == word else ""
    out.pop("", None)
    return out
