"""Conditional formats of a drawn sheet, made ready to be taken into another document.

Calc takes them in by the names of their styles: where the document has styles of these names, for its own conditional formats, they would
show in its colours. And what its Default style says of font and height would go before what the cells say. So each gets a style of ours
that says both. It is made where the sheet was drawn: a document with a protected sheet lets no style be changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

_TINT: Final = ("CharColor", "CellBackColor", "CharWeight", "CharWeightAsian", "CharPosture", "CharUnderline", "CharStrikeout")
_OF_CELLS: Final = ("CharFontName", "CharFontNameAsian", "CharHeight", "CharHeightAsian", "HoriJustify", "VertJustify", "IsTextWrapped")
_OURS: Final = "dunbook "
_DIRECT: Final = "DIRECT_VALUE"


def settle(document: Any, sheet: Any) -> None:
    """Let the conditional formats of a sheet look the same in every document that it comes into."""
    styles = document.StyleFamilies.getByName("CellStyles")
    for form in sheet.ConditionalFormats.getConditionalFormats():
        place = form.Range.RangeAddresses[0]
        cell = sheet.getCellByPosition(place.StartColumn, place.StartRow)
        for entry in _styled(form):
            if not entry.StyleName.startswith(_OURS):
                entry.StyleName = _style(styles.getByName(entry.StyleName), cell, document, styles)


def _styled(form: Any) -> Iterator[Any]:
    """The conditions that choose a style; data bars and the like have none."""
    for entry in (form.getByIndex(n) for n in range(form.getCount())):
        if entry.getPropertySetInfo().hasPropertyByName("StyleName"):
            yield entry


def _style(like: Any, cell: Any, document: Any, styles: Any) -> str:
    """The name of the style that tints as this one does and leaves the letters as the cell has them; one name, one look."""
    said = [name for name in _TINT if like.getPropertyState(name).value == _DIRECT]
    looks = {name: getattr(like, name) for name in said} | {name: getattr(cell, name) for name in _OF_CELLS}
    name = _OURS + " ".join(str(getattr(value, "value", value)) for value in looks.values())
    if not styles.hasByName(name):
        styles.insertByName(name, document.createInstance("com.sun.star.style.CellStyle"))
        made = styles.getByName(name)
        made.Hidden = True  # from the list of styles that people choose from
        for one, value in looks.items():
            setattr(made, one, value)
    return name
