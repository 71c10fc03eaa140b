"""Where the tables of a statement begin: rows of headers, of one row or of two."""

from __future__ import annotations

import re
from typing import Final

from macros_py.sheets import cells as k
from macros_py.sheets import statement_headers as heads

SEARCHED: Final = 200  # rows in which a first header is looked for
_ABOUT: Final = re.compile(r"(?:信息|资料|情况)$")  # 对方信息 over 户名 and 账号
_TELLS_LITTLE: Final = ("", "account", "amount")  # 户名, 账号, 金额: whose, what stands above says


def headers_of(cells: k.Objects) -> list[tuple[int, dict[int, str]]]:
    """The rows of headers with their labels; one printed again on every page begins a table of its own, which reads the same.

    A header of two rows (发生额 over 借方 and 贷方, 对方信息 over 户名 and 账号) is read as one: what stands below with what it stands under.
    """
    out: list[tuple[int, dict[int, str]]] = []
    above: dict[int, str] = {}
    for i, row in enumerate(cells):
        if not out and i >= SEARCHED:
            break
        labels = _words(row)
        if out and (out[-1][0] == i or any(ch.isdigit() for ch in "".join(labels.values()))):
            above = {}  # the lower row of the header just found, or a row of data: further headers bear no digits
            continue
        both = above | {j: _named(above, j, label) for j, label in labels.items()}
        found = labels if labels and _is_header(labels) else both if labels and _is_header(both) else None
        lower = _lower(found, _words(cells[i + 1])) if found and i + 1 < len(cells) else {}
        if found:
            out.append((i + 1, found | lower) if lower else (i, found))
        above = labels if not found else {}
    return out


def _lower(upper: dict[int, str], below: dict[int, str]) -> dict[int, str]:
    """The labels of a second row of headers, {} when the row below is none: each of them must be a header under what it stands under."""
    if not below or _is_header(below):
        return {}
    named = {j: _named(upper, j, label) for j, label in below.items()}
    roles = {heads.role_of(label) for label in named.values()}
    return named if not roles & {"", "date", "ignored"} else {}


def _named(upper: dict[int, str], place: int, label: str) -> str:
    """A label with the one that it stands under (a merged cell holds its text at its left end), where it says little for itself."""
    over = [j for j in upper if j <= place]
    if not over or heads.role_of(label) not in _TELLS_LITTLE:
        return label
    whole = _ABOUT.sub("", upper[max(over)]) + label
    return whole if heads.role_of(whole) else label


def _words(row: k.Objects) -> dict[int, str]:
    """The labels of a row that holds words and nothing else, {} for any other."""
    labels = {j: v for j, v in enumerate(row) if isinstance(v, str)}
    return labels if len(labels) == sum(v is not None for v in row) else {}


def _is_header(labels: dict[int, str]) -> bool:
    return len(labels) >= 3 and heads.is_header([heads.role_of(v) for v in labels.values()])
