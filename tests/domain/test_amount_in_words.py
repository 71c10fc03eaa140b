"""Amounts in capitals, read back by a parser that knows nothing of the writer."""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain.amount_in_words import capitals, capitals_of

VALUES = {"零": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
SMALL = {"拾": 10, "佰": 100, "仟": 1000}


def read_whole(words: str) -> int:
    """The value of a whole number in capitals, split at the last 亿, then at 万."""
    for unit, word in ((10**8, "亿"), (10**4, "万")):
        if word in words:
            high, low = words.rsplit(word, 1)
            return read_whole(high) * unit + read_whole(low)
    total, digit = 0, 0
    for char in words:
        if char in SMALL:
            assert digit, f"{char} without a digit before it in {words}"
            total, digit = total + digit * SMALL[char], 0
        else:
            digit = VALUES[char]
    return total + digit


def read_fen(words: str) -> int:
    found = re.fullmatch(r"人民币(负?)(?:([^元角分整]+)元)?(?:零(?=.分))?(?:(.)角)?(?:(.)分)?(整?)", words)
    assert found, words
    minus, yuan, jiao, fen, whole = found.groups()
    assert bool(whole) == (jiao is None and fen is None), words
    value = read_whole(yuan or "零") * 100 + VALUES[jiao or "零"] * 10 + VALUES[fen or "零"]
    return -value if minus else value


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (50, "人民币伍角"),
        (55, "人民币伍角伍分"),
        (100, "人民币壹元整"),
        (1_000, "人民币壹拾元整"),
        (1_005, "人民币壹拾元零伍分"),
        (1_050, "人民币壹拾元伍角"),
        (11_000, "人民币壹佰壹拾元整"),
        (100_100, "人民币壹仟零壹元整"),
        (1_000_100, "人民币壹万零壹元整"),
        (10_700_053, "人民币壹拾万柒仟元伍角叁分"),
        (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (168_032, "人民币壹仟陆佰捌拾元叁角贰分"),
        (-1_230, "人民币负壹拾贰元叁角"),
        (100_000_000_00, "人民币壹亿元整"),
        (100_007_000_00, "人民币壹亿零柒仟元整"),
        (100_010_000_00, "人民币壹亿零壹万元整"),
        (1_000_000_000_000_00, "人民币壹万亿元整"),
        (1_000_000_010_000_00, "人民币壹万亿零壹万元整"),
        (10**18, "人民币壹亿亿元整"),
    ],
)
def test_amounts_are_worded_as_a_cheque_wants_them(fen: int, words: str) -> None:
    assert capitals(fen) == words


@settings(max_examples=400)
@given(
    st.integers(-(2**63), 2**63 - 1)
    | st.integers(-(10**12), 10**12)
    | st.builds(lambda d, z: d * 10**z, st.integers(1, 9999), st.integers(0, 14))
)
def test_every_amount_reads_back_to_the_same_fen(fen: int) -> None:
    words = capitals(fen)
    assert read_fen(words) == fen
    assert "零零" not in words
    assert not re.search(r"零[拾佰仟万亿]", words)


@settings(max_examples=200)
@given(st.integers(0, 10**10 - 1))
def test_below_a_hundred_million_yuan_it_agrees_with_cn2an(fen: int) -> None:
    assert capitals(fen) == "人民币" + cn2an.an2cn(str(Decimal(fen).scaleb(-2)), "rmb")


def test_a_column_keeps_its_index_and_leaves_the_unknown_blank() -> None:
    amounts = pd.Series([100, None, 5, 100], index=[7, 3, 9, 1], dtype="Int64")
    assert capitals_of(amounts).to_dict() == {7: "人民币壹元整", 3: "", 9: "人民币伍分", 1: "人民币壹元整"}
    assert capitals_of(amounts.iloc[:0]).empty
