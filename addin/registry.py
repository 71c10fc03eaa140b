"""Whether worksheet functions (macros_py.functions.catalogue) have names that Excel and VBA take, and their help."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from macros_py.functions.declaring import Function, Parameter

# The words of the VBA language ([MS-VBAL] 3.3.5.2), which cannot name a function or a parameter.
_WORDS: Final = (
    "abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cint circle "
    "clng clnglng clngptr close const csng cstr currency cvar cverr date debug decimal declare defbool defbyte defcur defdate "
    "defdbl defdec defint deflng deflnglng deflngptr defobj defsng defstr defvar dim do doevents double each else elseif "
    "empty end endif enum eqv erase error event exit false fix for friend function get global go gosub goto if imp implements "
    "in input inputb instr int integer is lbound len lenb let lib like line linput local lock long longlong longptr loop lset "
    "me mid midb mod new next not nothing null object on open option optional or paramarray preserve print private property "
    "pset ptrsafe public put raiseevent redim rem resume return rset scale seek select set sgn shared single spc static step "
    "stop string sub tab then to true type typeof ubound unknown unlock until variant vb_ wend while with withevents write "
    "xor "
)
RESERVED: Final = frozenset(_WORDS.split())
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")
_CELL: Final = re.compile(r"[A-Za-z]{1,3}[0-9]{1,7}|[Rr][0-9]*[Cc][0-9]*")
HELP_LIMIT: Final = 255  # characters that Excel's function wizard shows


class BadNameError(ValueError):
    """A name that VBA or a cell would read as something else."""


def check(functions: Iterable[Function]) -> None:
    """BadNameError for a VBA keyword, what is no identifier, what reads as a cell, names that differ only in case, a needed argument after an optional one."""
    functions = tuple(functions)
    _apart("functions", [f.name for f in functions])
    for function in functions:
        _legal(function.name, function.name)
        if _CELL.fullmatch(function.name):
            raise BadNameError(f"{function.name} reads as a cell address")
        for parameter in function.parameters:
            _legal(function.name, parameter.name)
        _apart(function.name, [function.name, *(p.name for p in function.parameters)])
        optional = [p.optional for p in function.parameters]
        if optional != sorted(optional):
            raise BadNameError(f"{function.name} needs an argument after an optional one")


def _legal(where: str, name: str) -> None:
    if not _IDENTIFIER.fullmatch(name):
        raise BadNameError(f"{where}: {name!r} is no VBA identifier")
    if name.lower() in RESERVED:
        raise BadNameError(f"{where}: {name!r} is a word of VBA")


def _apart(where: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            raise BadNameError(f"{where}: {name!r} stands twice but for case")
        seen.add(name.lower())


def help_text(entry: Function | Parameter) -> str:
    """zh · en, as much of it as the function wizard shows."""
    both = f"{entry.zh} · {entry.en}"
    return both if len(both) <= HELP_LIMIT else entry.zh[:HELP_LIMIT]
