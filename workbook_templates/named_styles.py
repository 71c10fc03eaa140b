"""Cell styles with names, so that people can give their own cells the looks of our sheets from Excel's gallery."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Final

from lxml import etree

from macros_py.domain.kinds import Kind
from macros_py.reports import paper
from macros_py.reports.paper import Paper

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STYLES: Final = {
    "催收簿 标题": {"bold": True, "font_size": 16, "font_color": paper.ACCENT},
    "催收簿 表头": {"bold": True, "font_color": "#FFFFFF", "bg_color": paper.ACCENT, "border": 1, "border_color": paper.LINE},
    "催收簿 填写": {"bg_color": paper.INPUT, "border": 1, "border_color": paper.LINE, "locked": False},
    "催收簿 金额": {"num_format": paper.NUMBER_FORMATS[Kind.MONEY], "border": 1, "border_color": paper.LINE},
    "催收簿 日期": {"num_format": paper.NUMBER_FORMATS[Kind.DATE], "border": 1, "border_color": paper.LINE, "align": "center"},
}


def ask(out: Paper) -> dict[str, int]:
    """Style name → index of the cell format that has its looks."""
    return {name: out.format(**look)._get_xf_index() for name, look in STYLES.items()}


def name_them(styles: etree._Element, named: Mapping[str, int]) -> None:
    """Gives the cell formats of styles.xml their names."""
    formats, bases, names = (styles.find(_MAIN + tag) for tag in ("cellXfs", "cellStyleXfs", "cellStyles"))
    assert formats is not None
    assert bases is not None
    assert names is not None
    for name, index in named.items():
        base = copy.deepcopy(formats[index])
        base.attrib.pop("xfId", "")
        formats[index].set("xfId", str(len(bases)))
        etree.SubElement(names, f"{_MAIN}cellStyle", name=name, xfId=str(len(bases)))
        bases.append(base)
    bases.set("count", str(len(bases)))
    names.set("count", str(len(names)))
