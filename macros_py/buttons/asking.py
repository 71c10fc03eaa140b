"""What a button asks for before it is pressed, declared once for terminal, dialog and manual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # a terminal that shows its help loads no tables
    from macros_py.sheets.headers import RawGrid

AskedKind = Literal["text", "money", "int", "number", "date", "flag", "file", "secret"]


@dataclass(frozen=True)
class GivenFile:
    """A file that a person gave, read already: its name and the cells of its sheets."""

    name: str
    grids: tuple[RawGrid, ...]


@dataclass(frozen=True)
class Asked:
    """One field of the button's own dataclass.

    kind: money is typed in yuan and reaches the button as fen; file reaches it as a GivenFile: whoever presses has read it; secret is not shown while it is typed.
    needed: the button cannot be pressed without it; many: a tuple of values. What is not given keeps the field's default.
    of_selection: in an open workbook the case of the selected row is offered.
    """

    name: str
    kind: AskedKind
    zh: str
    en: str
    needed: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""  # how it stands in the example of --help
    of_selection: bool = False

    @property
    def option(self) -> str:
        """The name in a terminal."""
        return self.name.removesuffix("_fen").replace("_", "-")
