"""xlwings' own VBA (BSD 3-clause), taken from the installed package so that its version is the one that Python will meet.

Three things change. PROJECT_NAME names our conf sheet and files. A conf file in the folder of a workbook is not obeyed: a folder that
came by mail could name any program as the interpreter. And what concerns Word, Access, PowerPoint and the Mac goes, as conditional
compilation in Excel for Windows would have it: LibreOffice passes over the directives and reads every branch, stumbles over a function with
two heads or a variable declared twice, and with one such module it silently runs no macro of the workbook at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import xlwings

PROJECT: Final = "dunbook"
_FOLDER_CONF: Final = 'If source = "" Or source = "directory" Then'
_ONLY_WHEN_ASKED: Final = 'If source = "directory" Then'
_KNOWN: Final = {"Not Mac Then": True, 'App = "Microsoft Excel"': True, "App = ": False, "Mac Then": False, "MAC_OFFICE_VERSION": False}


class UnexpectedVersionError(ValueError):
    """The installed xlwings reads otherwise than the versions that were looked at."""


def runtime(*, addin: bool) -> str:
    """The text of the module `xlwings` for a workbook (works on itself) or an add-in (works on the active workbook)."""
    name = "xlwings_custom_addin.bas" if addin else "xlwings.bas"
    text = (Path(xlwings.__file__).parent / name).read_text("utf-8")
    default = "myaddin" if addin else "xlwings"
    text = _once(text, f'PROJECT_NAME As String = "{default}"', f'PROJECT_NAME As String = "{PROJECT}"')
    text = _once(text, _FOLDER_CONF, _ONLY_WHEN_ASKED)
    return "\n".join(_for_excel(text.splitlines())) + "\n"


def _for_excel(lines: Iterable[str]) -> Iterator[str]:
    """The lines that Excel for Windows would compile; directives whose outcome is known go with the branches that it would skip."""
    blocks: list[_Block] = []
    for line in lines:
        word = line.strip()
        if word.startswith("#If "):
            blocks.append(_Block(known := _outcome(word), known is not False, known is True))
            if known is not None:
                continue
        elif word.startswith("#Else") and blocks[-1].known is not None:
            taken = not blocks[-1].done and _outcome(word) is not False  # a plain #Else is taken when nothing before it was
            blocks[-1] = _Block(True, taken, blocks[-1].done or taken)
            continue
        elif word == "#End If" and blocks.pop().known is not None:
            continue
        if all(b.kept for b in blocks) and not word.startswith(("#Const App", "Attribute VB_")):
            yield line


class _Block(NamedTuple):
    """An open #If. known: its outcome, None where Excel decides; kept: whether the present branch stays; done: one was taken."""

    known: bool | None
    kept: bool
    done: bool


def _outcome(directive: str) -> bool | None:
    return next((outcome for text, outcome in _KNOWN.items() if text in directive), None)


def _once(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise UnexpectedVersionError(f"xlwings {xlwings.__version__}: {old!r} stands {text.count(old)} times, not once")
    return text.replace(old, new)
