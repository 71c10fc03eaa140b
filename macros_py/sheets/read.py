"""From the raw grids of a workbook to tables, with where each came from and everything that was wrong, in one pass.

Which sheets are ledgers: every sheet whose headers read as cases is read, and their rows are joined (a ledger split by branch or
month). The sheet with most columns comes first; a further one most of whose case numbers stand already in the first is a copy or an
extract and is left out with a note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import letter_words
from macros_py.domain.kinds import Kind, empty
from macros_py.domain.problems import Problem
from macros_py.domain.tables import Tables
from macros_py.sheets import header_words as words
from macros_py.sheets import payment_words
from macros_py.sheets.above import currency_above, day_above, unit_above
from macros_py.sheets.aliases import Aliases
from macros_py.sheets.cases import AsOf, once
from macros_py.sheets.copies import Ledgers, key_place
from macros_py.sheets.currencies import HOME
from macros_py.sheets.drawn import Drawn, is_drawn, plan_entries, read_drawn
from macros_py.sheets.findings import Finding
from macros_py.sheets.headers import Header, RawGrid
from macros_py.sheets.ledger_currency import kept_in
from macros_py.sheets.matching import Matched, Proposal
from macros_py.sheets.memory import remembered
from macros_py.sheets.partial import is_a_log_that_cannot_be_used as is_log
from macros_py.sheets.partial import is_nearly_a_ledger
from macros_py.sheets.quantities import kept_as_text
from macros_py.sheets.recognise import Piece, as_piece, by_title, missing, recognise
from macros_py.sheets.records import Above, beside, excel_rows, records
from macros_py.sheets.spelled import as_in_the_ledger, without_roles
from macros_py.sheets.tables import CASES, LETTERS, PAYMENTS, SETTINGS, SHEETS, Sheet

MONEY = [c.name for c in CASES.columns if c.kind is Kind.MONEY]
Tried = tuple[str, Sheet, Header, Matched]  # title of the tab, what it was tried as


@dataclass(frozen=True)
class Source:
    """Where the rows of a table stand. columns: name → Excel column number; rows: Excel rows, in the table's order.

    key_texts: the text of the key cell of each row, as a host reads it again before writing.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    rows: npt.NDArray[np.int64]
    key_column: int
    key_texts: tuple[str, ...]
    last_row: int


@dataclass(frozen=True)
class Book:
    """A workbook as understood. problems: short, many alike told once; findings: every cell of them.

    repeated: rows of a case that stands higher up already (columns as cases). settings: rows of the 设置 sheet.
    """

    tables: Tables
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    proposals: tuple[Proposal, ...] = ()
    findings: tuple[Finding, ...] = ()
    repeated: pd.DataFrame = field(default_factory=pd.DataFrame)
    settings: pd.DataFrame = field(default_factory=pd.DataFrame)

    def every_problem(self) -> Iterator[Problem]:
        """The whole list: one problem for every cell."""
        told = {id(f) for f in self.findings}
        yield from (p for p in self.problems if p.code not in {f.code for f in self.findings if id(f) in told})
        for finding in self.findings:
            yield from finding.every()

    def as_understood(self, name: str) -> pd.DataFrame:
        """A table by its sheet name with every row as it stands in the workbook, repeated cases included."""
        if name == SETTINGS.name:
            return self.settings
        table: pd.DataFrame = getattr(self.tables, name)
        if name == CASES.name and len(self.repeated):
            order = {s.sheet: n for n, s in enumerate(self.sources.get(name, ()))}
            both = pd.concat([table, self.repeated], ignore_index=True)
            both["_place"] = both["sheet"].map(order)
            return both.sort_values(["_place", "row"], kind="stable").drop(columns="_place").reset_index(drop=True)
        return table


def understand(
    grids: Iterable[RawGrid],
    *,
    confirmed: Mapping[str, str] | None = None,
    beside: Mapping[str, str] | None = None,
    as_of: dt.date | None = None,
) -> Book:
    """The tables of a workbook. as_of: the day, if chosen.

    confirmed: header → column name, over what its 设置 sheet remembers, which is over what a file beside the workbook does.
    """
    return _Reading(list(grids), dict(confirmed or {}), as_of, dict(beside or {})).book()


@dataclass
class _Reading:
    grids: list[RawGrid]
    confirmed: dict[str, str]
    as_of: dt.date | None
    beside: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    sources: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    repeated: pd.DataFrame = field(default_factory=pd.DataFrame)
    data_day: dt.date | None = None
    day_counted: bool = False
    currency: str = HOME

    def book(self) -> Book:
        drawn, others = [g for g in self.grids if is_drawn(g)], [g for g in self.grids if not is_drawn(g)]
        aliases = Aliases({**self.beside, **remembered(self._settings(others)), **self.confirmed})
        pieces, tried = self._pieces(others, aliases)
        cases = self._ledgers([p for p in pieces if p.sheet is CASES])
        if cases:
            self._cases(cases)
            self._left_out(tried)
        else:
            self._no_cases(others, [t for t in tried if t[1] is CASES])
        self._half_read(tried)
        self._unmet([p.header for p in pieces] + [header for _, _, header, _ in tried])
        for sheet in SHEETS:
            if sheet is not CASES:
                self._plain(sheet, [p for p in pieces if p.sheet is sheet])
        respelled, spelled = as_in_the_ledger(self.tables)
        self.tables |= respelled
        self.problems += spelled
        self.tables |= without_roles({**self.tables, "repeated": self.repeated})
        self.repeated = self.tables.pop("repeated", self.repeated)
        typed = [read_drawn(g) for g in drawn]
        self.problems += [p for f in self.findings for p in f.told()]
        settings = self.tables.pop(SETTINGS.name, empty(SETTINGS.columns))
        tables = self._tables(typed)
        return Book(tables, self.sources, self.problems, tuple(self.proposals), tuple(self.findings), self.repeated, settings)

    def _settings(self, grids: Sequence[RawGrid]) -> pd.DataFrame:
        mine = [g for g in grids if by_title(g.sheet) is SETTINGS]
        piece = recognise(mine[0], Aliases())[0] if mine else None
        return records(piece, Above())[0] if piece and piece.sheet is SETTINGS else empty(SETTINGS.columns)

    def _tables(self, typed: list[Drawn]) -> Tables:
        cases = self.tables.get(CASES.name)
        for one in typed:
            self.findings += one.findings
            self.problems += [p for f in one.findings for p in f.told()]
        entries = plan_entries(typed, cases["case_id"].tolist() if cases is not None and typed else ())
        self.tables.setdefault(CASES.name, _no_case())
        base = Tables(
            plan_entries=entries,
            typed={d.sheet: d.table for d in typed},
            data_as_of=self.data_day,
            as_of_counted=self.day_counted and self.data_day is not None,
            present=frozenset(self.sources),
            titles=frozenset(g.sheet for g in self.grids),
            currency=self.currency,
        )
        return base.having(**self.tables)

    def _pieces(self, grids: Sequence[RawGrid], aliases: Aliases) -> tuple[list[Piece], list[Tried]]:
        pieces, tried = [], []
        for grid in grids:
            piece, attempts = recognise(grid, aliases)
            if piece is not None:
                pieces.append(piece)
            else:
                tried += [(grid.sheet, *attempt) for attempt in attempts]
        return pieces, tried

    def _ledgers(self, pieces: list[Piece]) -> list[Piece]:
        """The case sheets to read, the fullest first; copies and older states of them are left out."""
        ledgers = Ledgers.of(pieces, self.as_of)
        self.problems += ledgers.problems
        return ledgers.kept

    def _cases(self, pieces: list[Piece]) -> None:
        parts, places, currency = [], {}, self._currencies(pieces)
        for piece in pieces:
            stated = day_above(piece.grid, piece.header.first)
            numbers = {n: piece.grid.left + p for n, p in piece.matched.columns.items()}
            table = self._records(piece, self.as_of or stated)
            if currency[piece.grid.sheet] != self.currency:
                table[MONEY] = pd.NA
            unsettled = frozenset(name for p in piece.matched.proposals for name in p.candidates)
            further = beside(piece, _above(piece, self.as_of or stated)) if currency[piece.grid.sheet] == self.currency else None
            work = AsOf(table, piece.grid.sheet, numbers, self.as_of, stated, open=unsettled, paid=piece.matched.paid, beside=further)
            parts.append(work.run())
            places[piece.grid.sheet] = numbers
            self.findings += work.findings
            self.problems += work.problems
            if self.data_day is None:
                self.data_day, self.day_counted = stated or work.printed_day, stated is None
        table, self.repeated, found = once(pd.concat(parts, ignore_index=True), places)
        self.findings += found
        if table.empty:
            self.problems.append(Problem("ledger-empty", pieces[0].grid.sheet))
        if table["case_id_made"].any():
            self.problems.append(Problem("case-id-made", pieces[0].grid.sheet))
        tabs = {g.sheet: n for n, g in enumerate(self.grids)}
        if len(pieces) > 1:  # read by fullness, given in the order of the tabs
            pieces = sorted(pieces, key=lambda p: tabs[p.grid.sheet])
            table = table.iloc[np.argsort(table["sheet"].map(tabs).to_numpy(), kind="stable")].reset_index(drop=True)
        self.tables[CASES.name] = table
        self.sources[CASES.name] = tuple(_source(p, table) for p in pieces)

    def _currencies(self, pieces: list[Piece]) -> dict[str, str]:
        """The currency of each case sheet; the workbook's is theirs, or the yuan where they differ."""
        each = {p.grid.sheet: kept_in(p, currency_above(p.grid, p.header.first)).currency for p in pieces}
        self.currency = each[pieces[0].grid.sheet] if len(set(each.values())) == 1 else HOME
        for sheet, currency in each.items():
            if currency != HOME:
                code = "ledger-currency" if currency == self.currency else "sheet-currency"
                self.problems.append(Problem(code, sheet, "", {"currency": currency, "kept": self.currency}))
        return each

    def _left_out(self, tried: list[Tried]) -> None:
        """A sheet of cases beside the ledger that cannot be read for want of a column is not passed over in silence."""
        for title, sheet, header, matched in tried:
            if is_nearly_a_ledger(sheet, header, matched) and not any(t == title and is_log(t, s, m) for t, s, _, m in tried):
                lacking = missing(sheet, header, matched, title)
                self.problems += [*matched.problems, Problem("sheet-left-out", title, "", lacking[0].values)]
                self.proposals += matched.proposals

    def _no_cases(self, grids: Sequence[RawGrid], tried: list[Tried]) -> None:
        """Say which column each sheet that is nearly a ledger lacks, and read what is known of it."""
        near = [t for t in tried if is_nearly_a_ledger(*t[1:])]
        if not near:
            self._none_likely(tried)
            return
        for title, sheet, header, matched in near:
            self.problems += missing(sheet, header, matched, title)
        self._cases(self._ledgers([as_piece(next(g for g in grids if g.sheet == t[0]), *t[1:]) for t in near]))

    def _none_likely(self, tried: list[Tried]) -> None:
        """Say which column the likeliest sheet lacks."""
        likely = max(tried, key=lambda t: len(t[3].columns) + len(t[3].proposals), default=None)
        if likely is None or len(likely[3].columns) + len(likely[3].proposals) < 2:
            self.problems.append(Problem("no-case-sheet"))
            return
        title, sheet, header, matched = likely
        self.problems += matched.problems + missing(sheet, header, matched, title)
        self.proposals += matched.proposals

    def _half_read(self, tried: list[Tried]) -> None:
        """A sheet of receipts, contacts or holds that cannot be used would let someone be called who has paid: that blocks."""
        for title, sheet, header, matched in tried:
            if is_log(title, sheet, matched):
                self.problems += matched.problems + missing(sheet, header, matched, title)
                self.proposals += matched.proposals

    def _unmet(self, headers: Sequence[Header]) -> None:
        """A header that someone confirmed for this reading and that stands nowhere is most likely mistyped."""
        there = {form for header in headers for heading in header.headings for form in heading.forms}
        for header, name in self.confirmed.items():
            if headers and words.bare(header) not in there:
                self.problems.append(Problem("map-header-missing", values={"header": header, "name": name}))

    def _plain(self, sheet: Sheet, pieces: list[Piece]) -> None:
        if pieces:
            parts = [self._records(p, self.as_of) for p in pieces]
            table = pd.concat(parts, ignore_index=True)
            worded = {PAYMENTS.name: payment_words.as_codes, LETTERS.name: letter_words.as_codes}.get(sheet.name)
            self.tables[sheet.name] = worded(table) if worded else table
            self.sources[sheet.name] = tuple(_source(p, part) for p, part in zip(pieces, parts, strict=True))

    def _records(self, piece: Piece, day: dt.date | None) -> pd.DataFrame:
        table, found = records(piece, _above(piece, day))
        self.problems += piece.matched.problems
        self.proposals += piece.matched.proposals
        self.findings += found
        for code, rows in piece.rows.told():
            if rows:
                self.findings.append(Finding(code, piece.grid.sheet, piece.grid.left, np.array(rows, np.int64) + piece.first_row))
        return table


def _above(piece: Piece, day: dt.date | None) -> Above:
    first = piece.header.first
    return Above(unit_above(piece.grid, first), day.year if day else 2026, currency_above(piece.grid, first))


def _no_case() -> pd.DataFrame:
    rows = pd.Series([], dtype="int64")
    return empty(CASES.columns).assign(row=rows, sheet=pd.Series([], dtype="str"), case_id_made=rows.astype(bool))


def _source(piece: Piece, table: pd.DataFrame) -> Source:
    grid = piece.grid
    rows = table.loc[(table["sheet"] == grid.sheet).to_numpy(), "row"].to_numpy(np.int64)
    place = key_place(piece)
    raw = grid.cells[rows - grid.top, place].tolist()
    columns = {n: grid.left + p for n, p in piece.matched.columns.items()}
    last = int(excel_rows(piece)[-1]) if len(piece.rows.kept) else grid.top + piece.header.last
    return Source(
        grid.sheet,
        grid.top + piece.header.last,
        columns,
        rows,
        grid.left + place,
        tuple([v if type(v) is str else kept_as_text(v) for v in raw]),
        _last(piece, last),
    )


def _last(piece: Piece, last: int) -> int:
    """The last Excel row of the sheet with anything in it (rows are appended below it)."""
    for i in range(len(piece.grid.cells) - 1, last - piece.grid.top, -1):
        if any(v is not None and v != "" for v in piece.grid.cells[i]):
            return piece.grid.top + i
    return last
