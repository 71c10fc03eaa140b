"""In which currency a sheet keeps its amounts: its cells, number formats, headers, title and a column 币种 say so together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from macros_py.domain.kinds import Kind
from macros_py.sheets import amounts, currencies
from macros_py.sheets import cells as k
from macros_py.sheets import header_words as words
from macros_py.sheets.recognise import Piece


@dataclass(frozen=True)
class Kept:
    """The currency of a sheet, and what its amounts state by place (None: nothing)."""

    currency: str
    stated: Mapping[int, currencies.Stated | None]

    def amounts(self, cells: k.Cells, place: int, unit: int) -> tuple[pd.arrays.IntegerArray, list[k.Found]]:
        """The amounts at a place; unknown and found where they are in another currency (see amounts.money)."""
        return amounts.money(cells, unit, self.currency, lambda _: self.stated[place])


def kept_in(piece: Piece, titled: str) -> Kept:
    """titled: the currency that a line above the table states, "" for none. Worked out once for a piece."""
    known = piece.known.get(titled)
    if known is None:
        known = piece.known[titled] = _kept_in(piece, titled)
    return known


def _kept_in(piece: Piece, titled: str) -> Kept:
    places = [piece.matched.columns[c.name] for c in piece.sheet.columns if c.kind is Kind.MONEY and c.name in piece.matched.columns]
    headers = {h.place: said for h in piece.header.headings if (said := currencies.of_header(h.texts))}
    rows = _by_row(piece)
    places += piece.matched.beside
    stated, said_of_cells = {}, []
    for place in places:
        cells = piece.column(place)
        found = stated[place] = _stated(cells, headers.get(place, ""), rows)
        if found is not None:
            said_of_cells.append(found[cells.present])
    own = [headers.get(place, "") for place in places]
    return Kept(currencies.of_ledger(said_of_cells, own, titled), stated)


def _stated(cells: k.Cells, header: str, rows: currencies.Stated | None) -> currencies.Stated | None:
    """What each cell states, else its row, else its header; where cell and row contradict each other, what is not the yuan."""
    stated = amounts.stated_in(cells)
    if stated is None:
        stated = rows
    elif rows is not None:
        stated = np.where((stated == "") | ((stated == currencies.HOME) & (rows != "")), rows, stated)
    if not header:
        return stated
    return np.full(len(cells.raw), header, object) if stated is None else np.where(stated == "", header, stated)


def _by_row(piece: Piece) -> currencies.Stated | None:
    """The currency that a column 币种 says of each record; a word that is none of those known counts as one of its own."""
    for heading in piece.header.headings:
        if words.bare(heading.texts[-1]) in currencies.ROW_HEADERS:
            cells = piece.column(heading.place)
            out = np.full(len(cells.raw), "", object)
            at, texts = cells.texts()
            out[at] = [currencies.of_word(t) or ("" if k.is_unknown_word(t) else t.strip().upper()[:8]) for t in texts]
            return out
    return None
