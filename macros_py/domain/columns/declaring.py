"""How a column is declared: a short form for a declaration that has many."""

from __future__ import annotations

from macros_py.domain.kinds import Column, Kind

T, ID, PH, M, D, TM, IN, N, F = Kind.TEXT, Kind.ID, Kind.PHONE, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.INT, Kind.NUMBER, Kind.FLAG


def column(name: str, kind: Kind, zh: str, en: str, *aliases: str, typed: bool = False, choices: tuple[str, ...] = ()) -> Column:
    """One column; aliases: the other headers under which people keep it, several in one text parted by 、."""
    return Column(name, kind, zh, en, tuple(alias for several in aliases for alias in several.split("、")), typed, choices)
