"""A worksheet part of one workbook rewritten for another: formats renumbered, shared strings put into the cells, table names changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from macros_py.hosts.cell_xml import escaped, text_of
from macros_py.hosts.sheet_rows import STYLE
from macros_py.hosts.sheet_xml import SheetXml
from macros_py.hosts.styles import StyleMap

_SHARED: Final = re.compile(rb"""\st\s*=\s*["']s["']""")
_META: Final = re.compile(rb"""\s[cv]m\s*=\s*["'][0-9]+["']""")
_INDEX: Final = re.compile(rb"<(?:\w+:)?v>\s*([0-9]+)\s*</")
_RICH: Final = re.compile(rb"<(\w+:)?si(?:\s[^>]*)?>(.*)</(?:\w+:)?si\s*>", re.DOTALL)


class SheetTranslation:
    """strings: number → a shared string item's XML; renamed: table names that had to change."""

    def __init__(self, xml: bytes, styles: StyleMap, strings: Callable[[int], bytes], renamed: Mapping[str, str]) -> None:
        self.xml = SheetXml(xml)
        self.styles = styles
        self.strings = strings
        self.renamed = renamed
        self._texts: dict[int, bytes] = {}

    def made(self, facts: Mapping[str, str], keep_metadata: bool) -> bytes:
        """The part for the target; facts: codeName and tabSelected of the sheet that it replaces."""
        self._frame(facts)
        self.xml.replace_body(self._body(keep_metadata))
        return b"".join(self.xml.streamed(()))

    def _frame(self, facts: Mapping[str, str]) -> None:
        for element in self.xml.frame.iter():
            name = str(element.tag).rpartition("}")[2]
            if name == "col" and element.get("style"):
                element.set("style", str(self.styles.cells.get(int(element.get("style") or 0), 0)))
            if element.get("dxfId"):
                element.set("dxfId", str(self.styles.differential.get(int(element.get("dxfId") or 0), 0)))
            if name == "sheetView":
                element.attrib.pop("tabSelected", "")
                if facts.get("tabSelected"):
                    element.set("tabSelected", "1")
            if name == "sheetPr":
                element.attrib.pop("codeName", "")
            if name in ("formula", "formula1", "formula2", "f") and element.text:
                element.text = self._with_names(element.text)
        if facts.get("codeName"):
            self.xml.make("sheetPr").set("codeName", facts["codeName"])

    def _with_names(self, formula: str) -> str:
        for old, new in self.renamed.items():
            formula = re.sub(rf"(?<![\w.'!]){re.escape(old)}(?=\[)", new, formula)
        return formula

    def _body(self, keep_metadata: bool) -> bytes:
        p = self.xml.prefix
        row = re.compile(rb"<" + p + rb"row(?=[\s/>])[^>]*>")
        cell = re.compile(rb"<" + p + rb'c(?=[\s/>])( r="[A-Z]+[0-9]+")?([^>]*?)(?:/>|>(.*?)</' + p + rb"c\s*>)", re.DOTALL)
        opening, closing = b"<" + p + b"c", b"</" + p + b"c>"
        known: dict[bytes, tuple[bytes, bool]] = {}  # few cells differ in more than where they stand

        def one(m: re.Match[bytes]) -> bytes:
            place, attributes, content = m.groups()
            if attributes not in known:
                known[attributes] = self._attributes(attributes, keep_metadata)
            new, shared = known[attributes]
            place = place or b""
            if content is None:
                return opening + place + new + b"/>"
            if shared and (index := _INDEX.search(content)):
                return opening + place + _SHARED.sub(b' t="inlineStr"', new) + b">" + self._inline(int(index.group(1))) + closing
            if self.renamed and b"[" in content:
                content = self._with_names(content.decode()).encode()
            return opening + place + new + b">" + content + closing

        return cell.sub(one, row.sub(lambda m: self._restyled(m.group()), self.xml.body))

    def _attributes(self, attributes: bytes, keep_metadata: bool) -> tuple[bytes, bool]:
        """What a cell's start tag says beside its place, for the target; and whether the cell holds a shared string."""
        new = self._restyled(attributes)
        new = new if keep_metadata else _META.sub(b"", new)
        return new, _SHARED.search(new) is not None

    def _restyled(self, attributes: bytes) -> bytes:
        return STYLE.sub(lambda m: b's="%d"' % self.styles.cells.get(int(m.group(1)), 0), attributes)

    def _inline(self, number: int) -> bytes:
        """A shared string as an inline one; runs keep their fonts where both parts write tags the same way."""
        if number not in self._texts:
            p = self.xml.prefix
            item = self.strings(number)
            found = _RICH.search(item)
            if found and (found.group(1) or b"") == p:
                inner = found.group(2)
            else:
                inner = b"<" + p + b't xml:space="preserve">' + escaped(text_of(item)).encode() + b"</" + p + b"t>"
            self._texts[number] = b"<" + p + b"is>" + inner + b"</" + p + b"is>"
        return self._texts[number]
