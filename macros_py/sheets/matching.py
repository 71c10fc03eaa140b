"""Headers → columns of a declared sheet: confirmed, by alias, by evidence; what stays open is proposed and reported, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from macros_py.domain.columns import FILLED_COLUMNS
from macros_py.domain.kinds import Column, Kind
from macros_py.domain.problems import Problem
from macros_py.sheets import header_words as words
from macros_py.sheets.aliases import Aliases, ambiguous, second_choice
from macros_py.sheets.currencies import HOME, of_header
from macros_py.sheets.evidence import Evidence, contradicts, settle
from macros_py.sheets.headers import Header, Heading
from macros_py.sheets.paid_beside import before_payments, difference, is_paid, paid_beside
from macros_py.sheets.tables import CASES, Sheet

OURS: Final = frozenset(c.name for c in FILLED_COLUMNS)  # a person's own column of such a name is theirs and may stand beside ours
COMPONENTS: Final = ("interest", "penalty", "fees")


@dataclass(frozen=True)
class Proposal:
    """A header that nobody confirmed: the columns that it may be, likeliest first (names of columns)."""

    sheet: str
    header: str
    cell: str
    candidates: tuple[str, ...]


@dataclass
class Matched:
    """The columns of one sheet: name → place in the grid; and what is open."""

    columns: dict[str, int] = field(default_factory=dict)
    extra_phones: list[int] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)  # further columns of interest, penalty or fees: 复利 beside 罚息
    problems: list[Problem] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    paid: str = ""  # the header of what was paid already, where nothing shows that it is deducted

    def open(self, heading: Heading, code: str, sheet: str, cell: str, columns: Iterable[Column], score: int = 0, **more: object) -> None:
        """Report a header that is left unknown, and propose what it may be."""
        options = tuple(columns)
        self.proposals.append(Proposal(sheet, heading.shown, cell, tuple(o.name for o in options)))
        values: dict[str, object] = {"header": heading.shown, "first": options[0].name, "name": options[0].name}
        values |= {"column": options[0].zh, "column_en": options[0].en, "score": score}
        values |= {"candidates": "、".join(f"{o.zh}({o.name})" for o in options)}
        values |= {"candidates_en": ", ".join(f"{o.en} ({o.name})" for o in options)}
        self.problems.append(Problem(code, sheet, cell, values | more))


def _closeness(name: str, rank: int, heading: Heading) -> tuple[bool, bool, int]:
    """How closely a header names a column: amounts in another currency last, then what may mean less than it says."""
    return of_header(heading.texts) not in ("", HOME), second_choice(name, heading.forms), rank


def cell_name(row: int, column: int) -> str:
    """Excel's name of a cell, row and column from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def match(header: Header, sheet: Sheet, aliases: Aliases, evidence: Evidence, title: str, corner: tuple[int, int]) -> Matched:
    """Every heading settled or reported. title: the sheet's name; corner: Excel row of the header and column of place 0."""
    return _Matching(header, sheet, aliases, evidence, title, corner).run()


@dataclass
class _Matching:
    header: Header
    sheet: Sheet
    aliases: Aliases
    evidence: Evidence
    title: str
    corner: tuple[int, int]
    out: Matched = field(default_factory=Matched)
    settled: set[int] = field(default_factory=set)
    asked: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def run(self) -> Matched:
        self._confirmed()
        rivals = self._by_alias()
        for name in sorted(rivals, key=lambda n: len(rivals[n]) > 1):  # the undisputed first: they are the evidence
            self._choose(name, [heading for _, heading in sorted(rivals[name], key=lambda r: _closeness(name, *r))])
        self._contradicted()
        if self.sheet is CASES:
            self._paid_beside()
        self._by_evidence()
        self._proposed()
        return self.out

    def _columns(self) -> dict[str, Column]:
        return {c.name: c for c in self.sheet.columns}

    def _cell(self, heading: Heading) -> str:
        return cell_name(self.corner[0], self.corner[1] + heading.place)

    def _take(self, name: str, place: int) -> None:
        self.out.columns[name] = place
        self.settled.add(place)

    def _confirmed(self) -> None:
        for heading in self.header.headings:
            said = self.aliases.said(heading.forms)
            if said is not None:
                self.settled.add(heading.place)
                if said in self._columns():
                    self._take(said, heading.place)

    def _by_alias(self) -> dict[str, list[tuple[int, Heading]]]:
        rivals: dict[str, list[tuple[int, Heading]]] = {}
        for heading in self.header.headings:
            if heading.place in self.settled:
                continue
            found = self.aliases.column(self.sheet, heading.forms)
            if found and found[0].name not in self.out.columns:
                rivals.setdefault(found[0].name, []).append((found[1], heading))
            elif not found and self.sheet is CASES and (names := ambiguous(heading.forms)):
                self.asked[heading.place] = names
        return rivals

    def _choose(self, name: str, headings: list[Heading]) -> None:
        """One of several headings for the same column; further phone columns are further numbers."""
        places = [h.place for h in headings]
        if name in ("phone", "phone2"):
            self._take(name, places[0])
            self.out.extra_phones += places[1:]
            self.settled.update(places)
            return
        if len(places) > 1:
            places = self._supported(name, places)
        same = [h for h in headings if h.place in places and words.bare(h.shown) == words.bare(headings[0].shown)]
        if len(same) > 1 and not self._alike([h.place for h in same]):
            self._ask_twins(name, same)
            return
        self._take(name, places[0])
        if name == "case_id" and self.sheet is CASES:
            self._second_number([h for h in headings if h.place != places[0]], places[0])
        self.settled.update(h.place for h in headings)
        self._say_choice(name, places[0], [h for h in headings if h.place != places[0]])

    def _say_choice(self, name: str, taken: int, others: list[Heading]) -> None:
        """Further columns that hold something else under another header for the same thing are not dropped in silence."""
        others = [h for h in others if self.evidence.cell(h.place).present.any() and not self._alike([taken, h.place])]
        if not others or self.sheet is not CASES or name in OURS:  # beside a person's own 优先级 stands ours
            return
        if name in COMPONENTS:
            self.out.beside += [h.place for h in others]
            self.evidence.beside += [h.place for h in others]
        chosen = next(h for h in self.header.headings if h.place == taken)
        column = self._columns()[name]
        values = {"column": column.zh, "column_en": column.en, "taken": chosen.shown, "others": "、".join(h.shown for h in others)}
        values |= {"name": name, "others_en": ", ".join(h.shown for h in others)}
        self.out.problems.append(Problem("column-chosen", self.title, self._cell(chosen), values))

    def _second_number(self, others: list[Heading], first: int) -> None:
        """A ledger with case numbers and contract numbers: both are known, payments may bear either."""
        told = [h.place for h in others if self.evidence.cell(h.place).present.any() and not self._alike([first, h.place])]
        if told and "contract_no" not in self.out.columns:
            self._take("contract_no", told[0])

    def _supported(self, name: str, places: list[int]) -> list[int]:
        """The places that hold anything and, where the sheet's arithmetic can tell, that fit it."""
        filled = [p for p in places if self.evidence.cell(p).present.any()] or places
        known = self.out.columns
        if name == "due_date" and "days_past_due" in known:
            fitting = [p for p in filled if self.evidence.days_fit(p, known["days_past_due"])]
            return fitting or filled
        if name == "overdue_amount":
            fitting = [p for p in filled if self.evidence.sums_up({**known, name: p})]
            return fitting or filled
        return filled

    def _alike(self, places: list[int]) -> bool:
        first = self.evidence.cell(places[0])
        return all(bool(np.all(np.asarray(self.evidence.cell(p).raw == first.raw, bool))) for p in places[1:])

    def _ask_twins(self, name: str, headings: list[Heading]) -> None:
        column = self._columns()[name]
        others = [c for c in self.sheet.columns if c.kind is column.kind and c.name != name][:2]
        self.settled.update(h.place for h in headings)
        for heading in headings:
            self.out.open(heading, "header-twice", self.title, self._cell(heading), [column, *others])

    def _paid_beside(self) -> None:
        """An amount that was due before payments is not taken for what is owed (see paid_beside)."""
        shown = {h.place: h for h in self.header.headings}
        paid = paid_beside("overdue_amount", shown.values(), self.evidence)
        if paid is not None:
            wholes = [self.out.columns[n] for n in ("overdue_amount", "loan_amount") if n in self.out.columns]
            rest = difference(self.asked, wholes, paid.place, self.evidence)
            if rest is not None:
                del self.asked[rest]
                self._take("overdue_amount", rest)
                return
            self.out.paid = paid.shown
        for name in ("overdue_amount", "principal"):
            heading = shown.get(self.out.columns.get(name, -1))
            if heading is None or self.aliases.said(heading.forms) is not None:
                continue
            payments = before_payments(name, heading, shown.values(), self.evidence)
            if payments is not None:
                del self.out.columns[name]
                column = self._columns()[name]
                self.out.open(heading, "amount-before-payments", self.title, self._cell(heading), [column], paid=payments.shown)

    def _contradicted(self) -> None:
        confirmed = {h.place for h in self.header.headings if self.aliases.said(h.forms) is not None}
        shown = {h.place: h for h in self.header.headings}
        for name, place in list(self.out.columns.items()):
            column = self._columns()[name]
            if place in shown and place not in confirmed and contradicts(column, self.evidence.cell(place), self.evidence.date1904):
                del self.out.columns[name]
                values = {"header": shown[place].shown, "column": column.zh, "column_en": column.en, "name": name}
                self.out.problems.append(Problem("header-contradicted", self.title, self._cell(shown[place]), values))

    def _by_evidence(self) -> None:
        decided = settle(self.asked, self.out.columns, self.evidence)
        columns = self._columns()
        for heading in self.header.headings:
            if heading.place not in self.asked:
                continue
            self.settled.add(heading.place)
            name = decided.get(heading.place)
            if name:
                self._take(name, heading.place)
            elif name is None:
                options = [columns[n] for n in self.asked[heading.place] if n not in self.out.columns]
                if options:  # 账期 beside 逾期天数 is not worth a question
                    self.out.open(heading, "header-ambiguous", self.title, self._cell(heading), options)

    def _proposed(self) -> None:
        for heading in self.header.headings:
            if heading.place in self.settled or is_paid(heading):
                continue
            near = self.aliases.proposal(self.sheet, heading.forms, self.out.columns)
            cells = self.evidence.cell(heading.place)
            if near and cells.present.any() and not contradicts(near[0], cells, self.evidence.date1904) and near[0].kind is not Kind.FLAG:
                self.out.open(heading, "header-unconfirmed", self.title, self._cell(heading), [near[0]], near[1])
