"""Buttons on a sheet: rounded shapes that run the one macro; a shape's name is the button's name.

Drawn by XlsxWriter as text boxes, then finished in the drawing's XML: XlsxWriter knows neither macro nor name of a shape.
"""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from addin.modules import BUTTON_MACRO
from macros_py.buttons.faces import Face

_SHEET_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MARK: Final = "dunbook:"
WIDTH, HEIGHT, OFFSET = 132, 36, 10  # pixels


def draw(sheet: Any, face: Face, row: int, column: int, fill: str, ink: str, font: str) -> None:
    """One button over a cell."""
    look = {
        "width": WIDTH,
        "height": HEIGHT,
        "description": _MARK + face.name,
        "fill": {"color": fill},
        "line": {"none": True},
        "font": {"name": font, "color": ink, "bold": True, "size": 11},
        "align": {"vertical": "middle", "horizontal": "center"},
        "object_position": 3,  # neither moved nor sized with cells
        "y_offset": OFFSET,
    }
    sheet.insert_textbox(row, column, face.zh, look)


def finish(drawing: etree._Element, faces: dict[str, Face]) -> None:
    """Name, macro, rounded corners and alternative text of every button in a drawing."""
    for shape in drawing.iter(f"{_SHEET_DRAWING}sp"):
        about = shape.find(f"{_SHEET_DRAWING}nvSpPr/{_SHEET_DRAWING}cNvPr")
        told = "" if about is None else str(about.get("descr", ""))
        if about is None or not told.startswith(_MARK):
            continue
        face = faces[told.removeprefix(_MARK)]
        shape.set("macro", f"[0]!{BUTTON_MACRO}")
        about.set("name", face.name)
        about.set("descr", f"{face.zh} · {face.en}")
        outline = shape.find(f"{_SHEET_DRAWING}spPr/{_DRAWING}prstGeom")
        assert outline is not None
        outline.set("prst", "roundRect")
        kind = shape.find(f"{_SHEET_DRAWING}nvSpPr/{_SHEET_DRAWING}cNvSpPr")
        assert kind is not None
        kind.attrib.pop("txBox", "")
