"""What stands on the same sheet as a ledger and is not part of it: a table below with headers of its own, a table beside it, a line
that numbers the columns. Values of another table must never be read as a case's."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from macros_py.sheets import cells as k
from macros_py.sheets import header_words as words
from macros_py.sheets.aliases import NO_QUESTION, Aliases, ambiguous
from macros_py.sheets.headers import Header, Heading
from macros_py.sheets.tables import CASES, Sheet

LONGEST_HEADER: Final = 12
IDENTITY: Final = frozenset({"case_id", "customer_id", "id_number", "customer", "phone"})
COUNTS: Final = frozenset(
    ["户数", "笔数", "件数", "人数", "案件数", "案件数量", "数量", "占比", "比例", "比重", "count", "cases", "share", "percent"]
)
_STATISTICS: Final = COUNTS | NO_QUESTION | {"账龄", "账龄区间", "区间", "逾期区间", "项目", "指标", "类别", "行标签", "bucket", "item"}
_COLUMN_NUMBER: Final = re.compile(r"[甲乙丙丁戊己庚辛壬癸子丑寅卯]|\(?(?P<n>\d{1,2})\)?(?:=[\d+\-–×*/÷().]+)?|栏次|行次|序号")


def begins_another_table(row: Iterable[Any]) -> bool:
    """True when a row under a ledger reads as a header."""
    filled = [v for v in row if not (v is None or (isinstance(v, str) and not v.strip(k.SPACES)))]
    if len(filled) < 2 or not all(type(v) is str and len(v) <= LONGEST_HEADER and not re.search(r"\d{2}", v) for v in filled):
        return False
    known = sum(_is_header_word(v) for v in filled)
    return known >= 2 and known * 2 > len(filled)


def same_header(cells: Mapping[str, Any], own: Mapping[str, frozenset[str]]) -> bool:
    """True when every known column holds its own header again, perhaps in another word for it. own: column → its folded headers."""
    texts = {name: v for name, v in cells.items() if isinstance(v, str) and v.strip(k.SPACES)}
    return len(texts) > 1 and all(words.bare(v) in own[name] or Aliases().name(CASES, words.keys(v)) == name for name, v in texts.items())


def names_debtors(row: Iterable[Any]) -> bool:
    """True when a header names who owes: the table below is a ledger too, not a summary."""
    names = {Aliases().name(CASES, words.keys(v)) for v in row if type(v) is str}
    return bool(names & {"case_id", "customer_id", "id_number", "phone"}) or {"customer", "due_date"} <= names


@lru_cache(maxsize=5000)
def _is_header_word(text: str) -> bool:
    forms = words.keys(text)
    return bool(_STATISTICS.intersection(forms) or ambiguous(forms) or Aliases().column(CASES, forms))


def numbers_the_columns(row: Iterable[Any]) -> bool:
    """True for the line under a header that holds 甲 乙 1 2 3 4=2+3 or (1) (2) (3)."""
    filled = [k.folded(v) if isinstance(v, str) else k.number_text(v) for v in row if not (v is None or v == "")]
    found = [_COLUMN_NUMBER.fullmatch(re.sub(r"\s", "", t)) for t in filled]
    if len(filled) < 3 or not all(found):
        return False
    numbers = [int(m["n"]) for m in found if m and m["n"]]
    return len(numbers) < 2 or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def main_block(header: Header, sheet: Sheet, aliases: Aliases, empty: Callable[[int], bool]) -> Header:
    """The header without the headings of tables beside the ledger. empty: whether nothing stands under a place.

    A table beside the ledger is parted from it by an empty column and either repeats one of its columns or, naming no debtor,
    counts something (户数, 占比). Other columns behind an empty one belong to the ledger.
    """
    blocks = _blocks(header.headings, empty)
    if sheet is not CASES or len(blocks) < 2:
        return header
    names = [{n for h in block if (n := aliases.name(sheet, h.forms)) and n != "phone"} for block in blocks]
    main = max(range(len(blocks)), key=lambda i: (len(names[i]), -i))
    kept = [block for i, block in enumerate(blocks) if i == main or not _apart(block, names[i], names[main])]
    if len(kept) == len(blocks):
        return header
    return dataclasses.replace(header, headings=tuple(h for block in kept for h in block))


def _apart(block: Sequence[Heading], names: set[str], main: set[str]) -> bool:
    if len(block) < 2:
        return False
    counts = any(COUNTS.intersection(h.forms) for h in block)
    return bool(names & main) or (counts and not names & IDENTITY)


def _blocks(headings: Sequence[Heading], empty: Callable[[int], bool]) -> list[list[Heading]]:
    blocks: list[list[Heading]] = []
    for heading in headings:
        between = range(blocks[-1][-1].place + 1, heading.place) if blocks else range(0)
        if not blocks or any(empty(place) for place in between):
            blocks.append([])
        blocks[-1].append(heading)
    return blocks
