"""Numbers out of bytes, eight bytes at a time: a 64-bit word holds eight characters, and arithmetic on it works on all of them."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_U = np.uint64
_ONES: Final = _U(0x0101010101010101)
_TOPS: Final = _U(0x8080808080808080)
_ZEROS: Final = _U(0x3030303030303030)  # "00000000"
_NIBBLES: Final = _U(0xF0F0F0F0F0F0F0F0)
_SIXES: Final = _U(0x0606060606060606)
_PAIRS: Final = _U(0x000000FF000000FF)
_FILL: Final = np.array([0x3030303030303030 & ((1 << (64 - 8 * n)) - 1) for n in range(9)], _U)  # zeros before n digits
_POWERS: Final = 10.0 ** np.arange(17)
_EXACT: Final = 10**15
MASKS: Final = np.array([(1 << (8 * n)) - 1 for n in range(9)], _U)


def words_of(a: npt.NDArray[np.uint8]) -> Words:
    """The eight bytes from each position on (the first one lowest), as a view: index it with positions."""
    return np.ndarray((len(a) - 8,), "<u8", a, 0, (1,))


def position(word: Words, byte: int) -> Ints:
    """Where `byte` stands first among the eight characters; 8 when it does not."""
    differing = word ^ (_ONES * _U(byte))
    mark = (differing - _ONES) & ~differing & _TOPS
    lowest = mark & (~mark + _U(1))
    return np.where(mark == 0, 8, np.bitwise_count(lowest - _U(1)) >> np.uint8(3)).astype(np.int64)


def short(word: Words, length: Ints) -> tuple[Ints, Flags]:
    """The number that the first `length` (0–8) characters spell, and whether they are digits only."""
    shift = (_U(8) * (_U(8) - length.astype(_U))) & _U(63)
    w = np.where(length > 0, (word << shift) | _FILL[length], _ZEROS)
    digits = ((w & _NIBBLES) == _ZEROS) & (((w + _SIXES) & _NIBBLES) == _ZEROS)
    w = w - _ZEROS
    w = w * _U(10) + (w >> _U(8))
    w = ((w & _PAIRS) * _U(0x000F424000000064) + ((w >> _U(16)) & _PAIRS) * _U(0x0000271000000001)) >> _U(32)
    return (w & _U(0xFFFFFFFF)).astype(np.int64), digits


def whole(words: Words, begin: Ints, length: Ints) -> tuple[Ints, Flags]:
    """Whole numbers of 1–8 digits; False for anything else."""
    number, ok = short(words[begin], np.clip(length, 0, 8))
    return number, ok & (length > 0) & (length <= 8)


def decimals(words: Words, begin: Ints, length: Ints) -> tuple[npt.NDArray[np.float64], Flags]:
    """The floats nearest to numbers written as -123.45; False where the text is not so written or has more than 15 digits.

    A whole number below 10^15 and a power of ten are exact floats, so that their quotient is the nearest one.
    """
    first = words[begin]
    minus = (first & _U(0xFF)) == _U(45)
    begin, length = begin + minus, length - minus
    first = np.where(minus, words[begin], first) if minus.any() else first
    point = position(first, 46)
    later = (point == 8) & (length > 8)
    if later.any():
        point[later] += position(words[begin[later] + 8], 46)
    point = np.minimum(point, length)
    places = np.maximum(length - point - 1, 0)
    ok = (length > 0) & (length <= 17) & (point > 0) & (point <= 16) & (places <= 8)
    front = np.clip(point - 8, 0, 8)
    back = np.clip(point - front, 0, 8)
    low, good = short(words[begin + front], back)
    ok &= good
    wide = front > 0
    if wide.any():
        high, good = short(first[wide], front[wide])
        low[wide] += high * 10**8
        ok[wide] &= good
    places = np.where(ok, places, 0)
    fraction, good = short(words[begin + np.where(ok, point + 1, 0)], places)
    scale = 10**places
    mantissa = low * scale + fraction
    ok &= good & (mantissa < _EXACT) & ((low < _EXACT // 10**8) | (mantissa >= low))
    value = mantissa / _POWERS[places]
    return np.where(minus, -value, value), ok
