"""The ribbon tab 催收簿 (customUI14): a group per group of buttons, one callback for all presses, one for all labels."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lxml import etree

from addin.hidden import TAB, group_id
from addin.modules import LABEL_MACRO, RIBBON_MACRO
from macros_py.buttons.faces import Face, grouped

SKELETON: Final = Path(__file__).parent / "ribbon.xml"
PART: Final = "customUI/customUI14.xml"
RELATION: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_UI: Final = "{http://schemas.microsoft.com/office/2009/07/customui}"


def ribbon() -> bytes:
    """The part; every control's id is the button's name."""
    root = etree.fromstring(SKELETON.read_bytes(), etree.XMLParser(remove_blank_text=True))
    tab = root.find(f".//{_UI}tab")
    assert tab is not None
    assert (tab.get("id"), tab.get("getLabel")) == (TAB, LABEL_MACRO)
    for place, (zh, en, faces) in enumerate(grouped(), 1):
        group = etree.SubElement(tab, f"{_UI}group", id=group_id(place), getLabel=LABEL_MACRO)
        group.set("screentip", f"{zh} · {en}")
        for at, face in enumerate(faces):
            _button(group, face, large=at == 0 or len(faces) < 3)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True, pretty_print=True)


def _button(group: etree._Element, face: Face, *, large: bool) -> None:
    button = etree.SubElement(group, f"{_UI}button", id=face.name, getLabel=LABEL_MACRO)
    button.set("size", "large" if large else "normal")
    button.set("imageMso", face.image)
    button.set("screentip", f"{face.zh} · {face.en}")
    button.set("supertip", face.tip)
    button.set("onAction", RIBBON_MACRO)
