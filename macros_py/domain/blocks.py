"""A block of an output sheet: its title, its columns, and the sentence that stands there when it has no rows."""

from __future__ import annotations

from dataclasses import dataclass

from macros_py.domain.kinds import Column


@dataclass(frozen=True)
class Block:
    """`name` is the key of SheetModel.tables; the table has exactly `columns`, in this order."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    empty_zh: str
    empty_en: str

    def title(self, lang: str = "zh") -> str:
        """The heading that people read."""
        return self.en if lang == "en" else self.zh

    def sentence(self, lang: str = "zh") -> str:
        """What is said in place of an empty table."""
        return self.empty_en if lang == "en" else self.empty_zh
