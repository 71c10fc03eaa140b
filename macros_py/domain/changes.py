"""What a press will do, as one value: shown, backed up, applied by a host, journaled. A dry run only looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from macros_py.domain.kinds import Column


@dataclass(frozen=True)
class Fill:
    """Values for our own columns of rows that are there already (cases of the ledger).

    rows: the Excel row numbers (1-based); keys: what stands in the key column there, read again just before writing.
    table: one row per entry of `rows`, columns named as in `columns`; a column that the sheet lacks is added at its right.
    """

    sheet: str
    header_row: int
    key_column: int
    rows: tuple[int, ...]
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    table: pd.DataFrame


@dataclass(frozen=True)
class Append:
    """New rows below the last row of a log or register; `columns` are found by their header there."""

    sheet: str
    columns: tuple[Column, ...]
    table: pd.DataFrame


@dataclass(frozen=True)
class SheetModel:
    """An output sheet before it is drawn: `kind` names the report that draws it.

    tables and facts hold everything that the sheet shows, nothing that changes from one press to the next
    with the same input (no time stamp), so that equal models mean an equal sheet.
    """

    name: str
    kind: str
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FileModel:
    """A letter or SMS file to be made: rendered from `template` with `context` into the output folder under `name`."""

    name: str
    template: str
    context: Mapping[str, Any]
    case_id: str = ""


@dataclass(frozen=True)
class PackModel:
    """A workbook to be handed out, made from the collector's workbook: rows below the headers of its sheets, and sheets drawn into it.

    sheets: the plan first. encrypted: with a password of its own, which is made when the file is made and told to the presser only.
    """

    name: str
    encrypted: bool
    sheets: tuple[SheetModel, ...]
    rows: tuple[Append, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that one press writes. Redrawn sheets replace those of the same name; defaults are added where missing."""

    fill: tuple[Fill, ...] = ()
    append: tuple[Append, ...] = ()
    sheets: tuple[SheetModel, ...] = ()
    remove: tuple[str, ...] = ()
    files: tuple[FileModel, ...] = ()
    packs: tuple[PackModel, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many of each, for the person to see before anything is written."""
        return {
            "fill": sum(len(f.rows) for f in self.fill),
            "append": sum(len(a.table) for a in self.append),
            "sheets": len(self.sheets),
            "remove": len(self.remove),
            "files": len(self.files) + len(self.packs),
        }
