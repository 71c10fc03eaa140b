"""Many letters of one template: its XML is prepared by docxtpl and compiled once, each letter fills it and copies every other part.

The result has the same XML as docxtpl's own render with the same data (tests/letters/test_render.py compares them), in a
fraction of the time: no part is parsed or pressed again that a letter does not change.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jinja2
from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError
from lxml import etree

from macros_py.letters import package
from macros_py.letters.errors import LetterError
from macros_py.letters.sandbox import MAX_OUTPUT, LetterEnvironment, plain, unknown_variable

_BREAKS: Final = re.compile("[\t\n\a\f]")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Deadline = Callable[[], None]


@dataclass(frozen=True)
class _Piece:
    """One part that has placeholders: where it is, what stands around the filled XML, and the compiled template."""

    name: str
    before: bytes
    after: bytes
    compiled: jinja2.Template
    body: bool


class Letterhead:
    """A template, checked and compiled. `fill` makes one letter's bytes."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.parts = package.entries(name, data)
        self._environment = LetterEnvironment()
        clean = package.build(self.parts, {})  # docxtpl opens the package as we checked it, not as it came
        try:
            self._word = DocxTemplate(io.BytesIO(clean))
            self._word.render_init()
            self._pieces = tuple(self._prepare())
        except (KeyError, ValueError, etree.XMLSyntaxError, AttributeError) as error:
            raise LetterError("template-unreadable", template=name) from error

    def _prepare(self) -> list[_Piece]:
        body = self._word.get_xml()
        whole = self._word.xml_to_string(self._word.docx._element)
        start, end = whole.index("<w:body"), whole.rindex("</w:body>") + len("</w:body>")
        head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        pieces = [self._piece("word/document.xml", body, (head + whole[:start]).encode(), whole[end:].encode(), body=True)]
        for uri in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            for _, part in self._word.get_headers_footers(uri):
                xml = self._word.get_part_xml(part)
                if "{" in xml:  # else it is the same in every letter
                    pieces.append(self._piece(str(part.partname)[1:], xml, head.encode(), b"", body=False))
        stems = {p.name for p in pieces}
        footnotes = [p for p in self.parts if p.name == "word/footnotes.xml" and p.name not in stems]
        pieces += [self._piece(p.name, package.unpack(p).decode("utf-8"), b"", b"", body=False) for p in footnotes]
        return pieces

    def _piece(self, name: str, xml: str, before: bytes, after: bytes, *, body: bool) -> _Piece:
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", self._word.patch_xml(xml))
        for typed, shown in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):  # docxtpl's way of writing braces as such
            source = source.replace(typed, "{{'" + shown + "'}}")
        return _Piece(name, before, after, self._environment.compiled(source, self.name), body)

    def fill(self, context: Mapping[str, Any], deadline: Deadline = lambda: None) -> bytes:
        """One letter. LetterError names the variable that is missing, or what the template did wrong."""
        data = plain(dict(context))
        assert isinstance(data, dict)
        changed = {}
        for piece in self._pieces:
            changed[piece.name] = package.pack(piece.name, piece.before + self._xml(piece, data, deadline) + piece.after)
        return package.build(self.parts, changed)

    def _xml(self, piece: _Piece, data: dict[str, Any], deadline: Deadline) -> bytes:
        filled = re.sub(r"\n<w:p([ >])", r"<w:p\1", self._text(piece.compiled, data, deadline))
        if _BREAKS.search(filled):
            filled = self._word.resolve_listing(filled)
        if not piece.body:
            self._sound(filled)
            return filled.encode()
        tree = self._sound(filled)
        uneven, pictures = _uneven(tree), "<wp:docPr" in filled
        if not (uneven or pictures):
            return filled.encode()
        tree = self._word.fix_tables(filled) if uneven else tree
        self._word.docx_ids_index = 1000
        self._word.fix_docpr_ids(tree)
        return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=False))

    def _sound(self, xml: str) -> etree._Element:
        try:
            return etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            what = "占位符所在位置不当，文档结构被破坏 / a tag stands where it breaks the document"
            raise LetterError("template-fails", template=self.name, what=what) from error

    def _text(self, compiled: jinja2.Template, data: dict[str, Any], deadline: Deadline) -> str:
        pieces, length = [], 0
        try:
            for piece in compiled.generate(data):
                pieces.append(piece)
                length += len(piece)
                if length > MAX_OUTPUT:
                    raise LetterError("template-too-big", template=self.name, what="填写结果", limit=f"{MAX_OUTPUT // 1_000_000} MB")
                deadline()
        except UndefinedError as error:
            raise unknown_variable(error, self.name, data) from error
        except (TemplateError, TypeError, ValueError, ZeroDivisionError, KeyError, IndexError, OverflowError, RecursionError) as error:
            raise LetterError("template-fails", template=self.name, what=str(error)[:120]) from error
        return "".join(pieces)


def _uneven(body: etree._Element) -> bool:
    """Whether a table has rows with more cells than its grid, or a grid wider than its rows: docxtpl mends those."""
    for table in body.iter(f"{_W}tbl"):
        grid = table.find(f"{_W}tblGrid")
        columns = 0 if grid is None else len(grid.findall(f"{_W}gridCol"))
        rows = [row.findall(f"{_W}tc") for row in table.iter(f"{_W}tr")]
        if any(len(cells) > columns for cells in rows) or columns > max((_width(cells) for cells in rows), default=0):
            return True
    return False


def _width(cells: list[etree._Element]) -> int:
    spans = [cell.find(f"{_W}tcPr/{_W}gridSpan") for cell in cells]
    return sum(1 if span is None else int(span.get(f"{_W}val", "1")) for span in spans)


def render(template_path: Path, contexts: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """One letter per context, in this process (letters.batch does it in a child with a time limit)."""
    head = Letterhead(template_path.stem, template_path.read_bytes())
    return [head.fill(context) for context in contexts]
