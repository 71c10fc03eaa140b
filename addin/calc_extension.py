"""dunbook.oxt: the same buttons in Calc's menu and toolbar, the same functions in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lxml import etree

from addin.packages import edited, zipped
from addin.registry import check
from macros_py import __version__
from macros_py.buttons.faces import Face, grouped
from macros_py.functions.declaring import Function, Parameter

SOURCES: Final = Path(__file__).parent / "calc"
PROTOCOL: Final = "dunbook:"
SPREADSHEET: Final = "com.sun.star.sheet.SpreadsheetDocument"
_OOR: Final = "{http://openoffice.org/2001/registry}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_COMPONENT: Final = "application/vnd.sun.star.uno-component;type=Python"
_CONFIGURATION: Final = "application/vnd.sun.star.configuration-data"
_TYPES: Final = "application/vnd.sun.star.uno-typelibrary;type=RDB"
_NEVER_ZERO: Final = frozenset({"date", "time", "text", "name", "phone", "id"})
_MANIFEST: Final = "http://openoffice.org/2001/manifest"


def calc_extension(functions: Sequence[Function]) -> bytes:
    """The extension's bytes. Its functions and their type library are there only when there are functions."""
    check(functions)
    parts = {
        "description.xml": _source("description.xml").replace(b"@VERSION@", __version__.encode()),
        "ProtocolHandler.xcu": _source("ProtocolHandler.xcu"),
        "CalcWindowState.xcu": _source("CalcWindowState.xcu"),  # name and place of the toolbar
        "Addons.xcu": edited(_source("Addons.xcu"), _buttons),
        "python/dunbook_buttons.py": _source("python/dunbook_buttons.py"),
        "python/pythonpath/dunbook_path.py": _source("python/pythonpath/dunbook_path.py"),
    }
    if functions:
        parts |= {
            "CalcAddIns.xcu": edited(_source("CalcAddIns.xcu"), lambda root: _functions(root, functions)),
            "XFunctions.idl": interface(functions).encode(),
            "python/dunbook_functions.py": _source("python/dunbook_functions.py"),
            "python/pythonpath/dunbook_names.py": _names(functions).encode(),
        }
    return zipped({**parts, "META-INF/manifest.xml": _manifest(parts)})


def method(function: Function) -> str:
    """DC_PRIORITY_WHY → dcPriorityWhy: the name that a saved .ods keeps."""
    first, *rest = function.name.split("_")
    return first.lower() + "".join(word.capitalize() for word in rest)


def interface(functions: Sequence[Function]) -> str:
    """The UNO interface as text; LibreOffice reads it without a compiler. An argument may be a cell or a range, a result is rows."""
    lines = [
        f"    sequence< sequence< any > > {method(f)}({', '.join(f'[in] any {_argument(p)}' for p in f.parameters)});" for f in functions
    ]
    return "module org { module dunbook { module calc {\n  interface XFunctions {\n" + "\n".join(lines) + "\n  };\n}; }; };\n"


def _argument(parameter: Parameter) -> str:
    """With a prefix, for the words of the interface language are many."""
    return "a" + "".join(word.capitalize() for word in parameter.name.split("_"))


def _names(functions: Sequence[Function]) -> str:
    rows = "".join(f'    "{method(f)}": "{f.name}",\n' for f in functions)
    empty = "".join(f'    "{f.name}": {tuple(at for at, p in enumerate(f.parameters) if p.kind in _NEVER_ZERO)},\n' for f in functions)
    return (
        f'"""Method → worksheet function; and function → the arguments in which 0 is an empty cell."""\n\nMETHODS = {{\n{rows}}}\n'
        f"EMPTY = {{\n{empty}}}\n"
    )


def _source(name: str) -> bytes:
    return (SOURCES / name).read_bytes()


def _manifest(parts: Sequence[str] | dict[str, bytes]) -> bytes:
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    kinds = {".xcu": _CONFIGURATION, ".idl": _TYPES, ".py": _COMPONENT}
    names = [n for n in parts if Path(n).suffix in kinds and "pythonpath" not in n]
    for name in sorted(names, key=lambda n: (".idl", ".py", ".xcu").index(Path(n).suffix)):
        entry = etree.SubElement(root, f"{{{_MANIFEST}}}file-entry")
        entry.set(f"{{{_MANIFEST}}}full-path", name)
        entry.set(f"{{{_MANIFEST}}}media-type", kinds[Path(name).suffix])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _node(parent: etree._Element, name: str) -> etree._Element:
    node = etree.SubElement(parent, "node")
    node.set(f"{_OOR}name", name)
    node.set(f"{_OOR}op", "replace")
    return node


def _prop(node: etree._Element, name: str, value: str, **translations: str) -> None:
    """A property; with translations it has a value per language."""
    prop = etree.SubElement(node, "prop")
    prop.set(f"{_OOR}name", name)
    for language, text in translations.items() or (("", value),):
        entry = etree.SubElement(prop, "value")
        entry.text = text
        if language:
            entry.set(f"{_XML}lang", language.replace("_", "-"))


def _told(node: etree._Element, name: str, zh: str, en: str) -> None:
    _prop(node, name, "", zh_CN=zh, en=en)


def _child(root: etree._Element, name: str) -> etree._Element:
    found = next((n for n in root.iter("node") if n.get(f"{_OOR}name") == name), None)
    assert found is not None
    return found


def _buttons(root: etree._Element) -> None:
    """A menu with a submenu per group, and one toolbar."""
    menu = _node(_child(root, "OfficeMenuBar"), "org.dunbook.calc.menu")
    _told(menu, "Title", "催收簿", "Dunbook")
    _prop(menu, "Context", SPREADSHEET)
    groups = etree.SubElement(menu, "node")
    groups.set(f"{_OOR}name", "Submenu")
    bar = _node(_child(root, "OfficeToolBar"), "org.dunbook.calc.bar")
    count = 0
    for place, (zh, en, faces) in enumerate(grouped()):
        group = _node(groups, f"g{place:02d}")
        _told(group, "Title", zh, en)
        inside = etree.SubElement(group, "node")
        inside.set(f"{_OOR}name", "Submenu")
        for at, face in enumerate(faces):
            _button(_node(inside, f"b{at:02d}"), face)
            _button(_node(bar, f"b{count:02d}"), face)
            count += 1


def _button(node: etree._Element, face: Face) -> None:
    _prop(node, "URL", PROTOCOL + face.name)
    _told(node, "Title", face.zh, face.en)
    _prop(node, "Target", "_self")
    _prop(node, "Context", SPREADSHEET)


def _functions(root: etree._Element, functions: Sequence[Function]) -> None:
    inside = _child(root, "AddInFunctions")
    for function in functions:
        node = _node(inside, method(function))
        _told(node, "DisplayName", function.name, function.name)
        _told(node, "Description", function.zh, function.en)
        _prop(node, "Category", "Add-In")
        _told(node, "CompatibilityName", function.name, function.name)
        parameters = etree.SubElement(node, "node")
        parameters.set(f"{_OOR}name", "Parameters")
        for parameter in function.parameters:
            entry = _node(parameters, _argument(parameter))
            _told(entry, "DisplayName", parameter.name, parameter.name)
            _told(entry, "Description", parameter.zh, parameter.en)
