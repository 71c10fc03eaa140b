"""Packs as files: the collector's workbook filled with rows and sheets, then encrypted."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from macros_py.domain.changes import Append, PackModel
from macros_py.hosts.files import FileHost
from macros_py.hosts.passwords import encrypted
from macros_py.run.encoding import row_append

TEMPLATE: Final = "催收员工作簿.xlsm"
HOMES: Final = (Path(__file__).resolve().parents[2] / "dist", Path(sys.prefix).parent / "files")  # a checkout, a bundle
HEADERS: Final = "zh"  # the language of the blank workbook's headers
DESK: Final = 1  # the plan stands behind the 工作台
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_GROUPS, _GROUP = 4, 4  # 79 bits


@dataclass(frozen=True)
class Made:
    """Files by name, and the password of each that is encrypted: told to the presser, stored nowhere."""

    files: Sequence[tuple[str, bytes]]
    passwords: Mapping[str, str] = field(repr=False)


def template() -> bytes | None:
    """The collector's workbook as built; None where it is not installed."""
    found = next((home / TEMPLATE for home in HOMES if (home / TEMPLATE).is_file()), None)
    return found.read_bytes() if found else None


class NoTemplateError(Exception):
    """The collector's workbook is not installed."""


def make(packs: Sequence[PackModel], lang: str) -> Made:
    """Every pack, made from the collector's workbook. NoTemplateError; LetterError for a name that a disk would not take."""
    if not packs:
        return Made((), {})
    from macros_py.letters import names

    blank = template()
    if blank is None:
        raise NoTemplateError
    checked = names.checked(p.name for p in packs)
    passwords = {name: password() for name, p in zip(checked, packs, strict=True) if p.encrypted}
    files = []
    for name, pack in zip(checked, packs, strict=True):
        data = _filled(pack, blank, lang)
        files.append((name, encrypted(data, passwords[name]) if name in passwords else data))
    return Made(files, passwords)


def password() -> str:
    """Four groups of four letters and digits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _filled(pack: PackModel, blank: bytes, lang: str) -> bytes:
    from macros_py.reports.draw import draw

    host = FileHost.of_bytes(blank, Path(pack.name))
    try:
        for rows in pack.rows:
            host.append(row_append(rows, _header_row(host, rows), {}, HEADERS))
        first, *others = [m.name for m in pack.sheets]
        drawn = draw(pack.sheets, lang)
        host.adopt(drawn, [first], DESK)
        host.adopt(drawn, others)
        return host.to_bytes()
    finally:
        host.close()


def _header_row(host: FileHost, rows: Append) -> int:
    """Where the blank workbook has the header of the sheet: the row that begins with the first column's label."""
    grid = host.read(rows.sheet)
    labels = {rows.columns[0].zh, rows.columns[0].en}
    return next(grid.top + at for at, row in enumerate(grid.cells) if labels & set(row.tolist()))
