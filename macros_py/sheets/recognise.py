"""Which of the declared sheets a grid is, where its header stands and which columns it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from macros_py.domain.columns import LINE_KEY
from macros_py.domain.problems import Problem
from macros_py.sheets import cells as k
from macros_py.sheets import header_words as words
from macros_py.sheets.aliases import Aliases, ambiguous
from macros_py.sheets.evidence import Evidence
from macros_py.sheets.headers import Header, RawGrid, find_header
from macros_py.sheets.matching import Matched, match
from macros_py.sheets.other_tables import main_block
from macros_py.sheets.rows import DataRows, data_rows
from macros_py.sheets.tables import (
    CASES,
    CHECK_SHEET,
    COMPLIANCE_SHEET,
    CONTACTS,
    HOLDS,
    LETTERS,
    LPR_SHEET,
    PAYMENT_ORDER_SHEET,
    PAYMENTS,
    PRIORITY_RULES_SHEET,
    RECEIPTS,
    RECONCILIATION_SHEET,
    SHEETS,
    STRATEGY_SHEET,
    Sheet,
)

BY_HEADER: Final = (CASES, CONTACTS, RECEIPTS, HOLDS, LETTERS)
NOT_TABLES: Final = frozenset(
    {
        PRIORITY_RULES_SHEET,
        STRATEGY_SHEET,
        COMPLIANCE_SHEET,
        PAYMENT_ORDER_SHEET,
        LPR_SHEET,
        CHECK_SHEET,
        RECONCILIATION_SHEET,
        "使用说明",
        "工作台",
    }
)
SAMPLE: Final = 2000
FILLED_DOWN: Final = (
    "case_id",
    "customer_id",
    "id_number",
    "customer",
    "phone",
    "phone2",
    "address",
    "owner",
    "region",
    "product",
    "client",
    "batch",
)


_LEDGER: Final = re.compile(r"台[账帐]|案件|逾期|欠[款费]|ledger|cases|arrears|overdue", re.IGNORECASE)
_RECEIVED: Final = re.compile(r"[回还收付缴来]款|到账|入账|流水|receipt|payment|cash", re.IGNORECASE)
DITTO: Final = frozenset(["同上", "〃", "″", '"', "''", "ditto", "Ditto", "do."])


@dataclass
class Piece:
    """A grid understood as one sheet: header, columns, and the rows below (positions within `body`)."""

    grid: RawGrid
    sheet: Sheet
    header: Header
    matched: Matched
    body: k.Objects
    rows: DataRows
    cells: dict[int, k.Cells] = field(default_factory=dict)  # by place, over the whole body
    known: dict[str, Any] = field(default_factory=dict)  # its currency (ledger_currency.Kept) by what its title states, once worked out

    @property
    def first_row(self) -> int:
        """The Excel row of the first row of the body."""
        return self.grid.top + self.header.last + 1

    def column(self, place: int) -> k.Cells:
        """The records' cells at one place."""
        whole = self.cells.get(place)
        if whole is None:
            whole = self.cells[place] = k.Cells.of(self.body[:, place])
        return whole if len(self.rows.kept) == len(self.body) else whole.take(self.rows.kept)


def fits(sheet: Sheet, names: Sequence[str] | set[str]) -> bool:
    """True when every required group has a column."""
    return all(any(c.name in names for c in group) for group in sheet.required)


def by_title(title: str) -> Sheet | None:
    """The declared sheet that has this title."""
    bare = words.bare(title)
    return next((s for s in SHEETS if bare in {words.bare(t) for t in (s.zh, s.en, s.name, *s.aliases)}), None)


def recognise(grid: RawGrid, aliases: Aliases) -> tuple[Piece | None, list[tuple[Sheet, Header, Matched]]]:
    """The grid as the declared sheet that fits it best, or None and what was tried (likeliest first)."""
    if not grid.cells.size or grid.sheet in NOT_TABLES:
        return None, []
    named = by_title(grid.sheet)
    tried: list[tuple[Sheet, Header, Matched]] = []
    ours = [PAYMENTS] if _has_fingerprints(grid) else []
    for sheet in dict.fromkeys([*([named] if named else []), *ours, *BY_HEADER]):
        header = find_header(grid, sheet, aliases)
        if header is None:
            continue
        header = main_block(header, sheet, aliases, _empty_below(grid, header))
        matched = match(header, sheet, aliases, _evidence(grid, header), grid.sheet, (grid.top + header.last, grid.left))
        tried.append((sheet, header, matched))
        if sheet in (named, *ours) and fits(sheet, set(matched.columns)):
            return as_piece(grid, sheet, header, matched), tried
    tried.sort(key=lambda t: -len(t[2].columns))
    for sheet, header, matched in tried:
        if (
            fits(sheet, set(matched.columns))
            and sheet in BY_HEADER
            and not (sheet is RECEIPTS and _calls_itself_a_ledger(grid, header, matched))
        ):
            return as_piece(grid, sheet, header, matched), tried
    return None, tried


def _calls_itself_a_ledger(grid: RawGrid, header: Header, matched: Matched) -> bool:
    """A sheet 台账 with 编号, 客户, 金额 and 日期 is asked what its amount is: taken for receipts, debtors would be people who have paid."""
    heading = next((h for h in header.headings if h.place == matched.columns.get("amount")), None)
    vague = heading is not None and bool(ambiguous(heading.forms))
    return vague and bool(_LEDGER.search(grid.sheet)) and not _RECEIVED.search(grid.sheet)


def _empty_below(grid: RawGrid, header: Header) -> Callable[[int], bool]:
    sample = grid.cells[header.last + 1 : header.last + 1 + SAMPLE]
    return lambda place: all(v is None or v == "" for v in sample[:, place])


def _has_fingerprints(grid: RawGrid) -> bool:
    """Whether it is our sheet of statement lines, under whatever title."""
    labels = (LINE_KEY.zh, LINE_KEY.en)
    return any(isinstance(v, str) and v in labels for row in grid.cells[:20] for v in row)


def _evidence(grid: RawGrid, header: Header) -> Evidence:
    sample = grid.cells[header.last + 1 : header.last + 1 + SAMPLE]
    cached: dict[int, k.Cells] = {}

    def cell(place: int) -> k.Cells:
        if place not in cached:
            cached[place] = k.Cells.of(sample[:, place])
        return cached[place]

    return Evidence(cell, grid.date1904)


def as_piece(grid: RawGrid, sheet: Sheet, header: Header, matched: Matched) -> Piece:
    """The rows below a header sorted into records and others, for a sheet whose columns are settled."""
    body = _filled_down(grid, header, matched)
    columns = {name: k.Cells.of(body[:, place]) for name, place in matched.columns.items() if _tells(sheet, name)}
    heads = {h.place: h.texts for h in header.headings}
    rows = data_rows(body, sheet, columns, {n: heads.get(matched.columns[n], ()) for n in columns})
    cells = {matched.columns[n]: columns[n] for n in columns}
    return Piece(grid, sheet, header, matched, body, rows, cells)


def _tells(sheet: Sheet, name: str) -> bool:
    """Columns by which records are told from other rows."""
    from macros_py.sheets.rows import AMOUNTS, DATES, IDENTITY

    return name in (*IDENTITY, *DATES, *AMOUNTS) if sheet is CASES else True


def _filled_down(grid: RawGrid, header: Header, matched: Matched) -> k.Objects:
    """The rows below the header; who and where of vertically merged cells repeated on every row that they span."""
    start = header.last + 1
    body: Any = grid.cells[start:]
    places = {matched.columns[n] for n in FILLED_DOWN if n in matched.columns}
    copied = False
    for top, left, bottom, right in grid.merged:
        i, j = top - grid.top - start, left - grid.left
        if bottom > top and right == left and j in places and i >= 0:
            body, copied = (body if copied else body.copy()), True
            body[i : bottom - grid.top - start + 1, j] = body[i, j]
    for j in places:
        if not DITTO.isdisjoint(body[:, j]):
            body, copied = (body if copied else body.copy()), True
            for i in range(1, len(body)):
                if body[i, j] in DITTO:
                    body[i, j] = body[i - 1, j]
    return np.asarray(body)


def missing(sheet: Sheet, header: Header, matched: Matched, title: str) -> list[Problem]:
    """One blocking problem per required group that has no column."""
    shown = "、".join(h.shown for h in header.headings)[:200]
    groups = [group for group in sheet.required if not any(c.name in matched.columns for c in group)]
    return [
        Problem(
            "column-missing",
            title,
            "",
            {
                "column": "/".join(c.zh for c in group),
                "column_en": " / ".join(c.en for c in group),
                "name": group[0].name,
                "headers": shown,
                "headers_en": shown.replace("、", ", "),
            },
        )
        for group in groups
    ]
