"""The extension for Calc: every button in menu and toolbar in both languages, every part declared, every function with its help."""

from __future__ import annotations

import re

from lxml import etree

from addin.calc_extension import interface, method
from macros_py.buttons.faces import controls
from tests.build import reading
from tests.build.samples import FUNCTIONS

OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"


def tree(built: dict[str, bytes], name: str) -> etree._Element:
    return etree.fromstring(reading.parts(built["dunbook.oxt"])[name])


def values(root: etree._Element, prop: str) -> list[dict[str | None, str | None]]:
    """Every property of that name: language → text."""
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    return [{str(v.get(lang)): v.text for v in p} for p in root.iter("prop") if p.get(f"{OOR}name") == prop]


def test_menu_and_toolbar_hold_every_button_in_both_languages(built: dict[str, bytes]) -> None:
    root = tree(built, "Addons.xcu")
    urls = [v["None"] for v in values(root, "URL")]
    assert sorted(urls) == sorted(f"dunbook:{c.name}" for c in controls() for _ in ("menu", "toolbar"))
    titles = {(t["zh-CN"], t["en"]) for t in values(root, "Title")}
    assert {(c.zh, c.en) for c in controls()} | {("催收簿", "Dunbook")} <= titles


def test_the_protocol_of_the_buttons_is_the_handlers(built: dict[str, bytes]) -> None:
    handler = reading.parts(built["dunbook.oxt"])["python/dunbook_buttons.py"].decode()
    assert 'PROTOCOL = "dunbook:"' in handler
    assert b"<value>dunbook:*</value>" in reading.parts(built["dunbook.oxt"])["ProtocolHandler.xcu"]
    name = re.search(r'^NAME = "(.+)"$', handler, re.MULTILINE)
    assert name
    assert name[1] in reading.parts(built["dunbook.oxt"])["ProtocolHandler.xcu"].decode()


def test_the_manifest_names_every_part_that_has_to_be_registered(built: dict[str, bytes]) -> None:
    listed = [str(e.get(f"{MANIFEST}full-path")) for e in tree(built, "META-INF/manifest.xml")]
    there = [n for n in reading.parts(built["dunbook.oxt"]) if n.endswith((".xcu", ".idl")) or re.fullmatch(r"python/\w+\.py", n)]
    assert sorted(listed) == sorted(there)
    assert listed[0] == "XFunctions.idl"  # types come before the component that uses them


def test_every_function_is_declared_with_its_name_in_cells_and_in_excel_files_and_with_help(built: dict[str, bytes]) -> None:
    root = tree(built, "CalcAddIns.xcu")
    declared = {str(n.get(f"{OOR}name")) for n in root.iter("node")}
    idl = interface(FUNCTIONS)
    for function in FUNCTIONS:
        assert method(function) in declared
        assert f"{method(function)}(" in idl
        assert {"zh-CN": function.name, "en": function.name} in values(root, "CompatibilityName")
        assert {"zh-CN": function.zh, "en": function.en} in values(root, "Description")
        for parameter in function.parameters:
            assert {"zh-CN": parameter.zh, "en": parameter.en} in values(root, "Description")


def test_without_functions_the_extension_holds_the_buttons_alone() -> None:
    from addin.calc_extension import calc_extension

    parts = reading.parts(calc_extension(()))
    assert "Addons.xcu" in parts
    assert not [n for n in parts if "unctions" in n or n.endswith(".idl")]
