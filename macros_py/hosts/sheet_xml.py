"""A worksheet part in two halves: the frame (a small tree that can be edited) and the rows (bytes that are copied, not parsed)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lxml import etree

from macros_py.hosts.host import HostError
from macros_py.hosts.package import parsed
from macros_py.hosts.references import Area, areas
from macros_py.hosts.sheet_rows import Changed, SheetRows
from macros_py.hosts.xml_text import in_utf8

_DECLARED: Final = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_MARK: Final = b"ROWS-OF-THE-SHEET"
_SHEET_DATA: Final = re.compile(rb"<(\w+:)?sheetData(?:\s[^>]*?)?(/)?>")
_HEAD: Final = 1 << 22  # no sheet says more than this before its rows

# What follows sheetData in a worksheet, in the order of the schema (ECMA-376 part 1, 18.3.1.99)
_AFTER_EACH_OTHER: Final = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState "
    "dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins "
    "pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing drawingHF legacyDrawing "
    "legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst"
)
ORDER: Final = tuple(_AFTER_EACH_OTHER.split())


def utf8(xml: bytes) -> bytes:
    """The part in UTF-8 without a byte order mark."""
    if xml[:3] == b"\xef\xbb\xbf":
        xml = xml[3:]
    declared = _DECLARED.match(xml[:200])
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii")):
        return etree.tostring(parsed(xml), encoding="UTF-8", xml_declaration=True, standalone=True)
    return xml


def _cut(rows: io.BytesIO, close: bytes) -> bytes:
    """What follows the last `close`, which goes with it. HostError("corrupt") without one."""
    size = rows.tell()
    for far in (1 << 16, 1 << 20, size):
        start = rows.seek(max(0, size - far))
        end = rows.read()
        at = end.rfind(close)
        if at >= 0:
            rows.truncate(start + at)
            return end[at + len(close) :]
    raise HostError("corrupt")


class SheetXml(SheetRows):
    """The rows, and beside them `frame`: the part's tree without them."""

    def __init__(self, xml: bytes) -> None:
        xml = utf8(xml)
        found = _SHEET_DATA.search(xml)
        if found is None:
            raise HostError("corrupt")
        close = b"</" + (found.group(1) or b"") + b"sheetData>"
        end = found.end() if found.group(2) else xml.rfind(close)
        if end < 0:
            raise HostError("corrupt")
        after = end if found.group(2) else end + len(close)
        self._begin(found, xml[found.end() : end], xml[after:])

    @classmethod
    def of_pieces(cls, pieces: Iterator[bytes], size: int) -> SheetXml:
        """The part as it is unpacked, piece by piece (`size` bytes in all): nothing of a large sheet stands in memory twice."""
        head, found = b"", None
        for piece in pieces:
            head += piece
            found = _SHEET_DATA.search(head)
            if found or len(head) > _HEAD:
                break
        if found is None or found.group(2) or not in_utf8(head):
            return cls(head + b"".join(pieces))
        rows = io.BytesIO()
        rows.seek(max(size - found.end() - 1, 0))
        rows.write(b"\0")  # room for all at once: to grow by and by would leave as much again in holes
        rows.seek(0)
        rows.write(head[found.end() :])
        for piece in pieces:
            rows.write(piece)
        made = cls.__new__(cls)
        tail = _cut(rows, b"</" + (found.group(1) or b"") + b"sheetData>")
        made._begin(found, rows.getvalue(), tail)
        return made

    def _begin(self, opening: re.Match[bytes], body: bytes, tail: bytes) -> None:
        prefix = opening.group(1) or b""
        super().__init__(prefix, body)
        self.frame = parsed(opening.string[: opening.start()] + b"<" + prefix + b"sheetData/>" + tail)
        self.ns = str(etree.QName(self.frame).namespace)
        self._merged: list[Area] | None = None
        rare = b"!" in self.body or b"?" in self.body  # found far quicker than the '<' that stands everywhere
        if rare and (b"<!" in self.body or b"<?" in self.body):  # comments and CDATA would hide tags from a search in bytes
            self.replace_body(self._without_comments())

    def _without_comments(self) -> bytes:
        head, tail = self._halves()
        root = parsed(head + self.body + tail)
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        out = etree.tostring(root, encoding="UTF-8")
        close = b"</" + self.prefix + b"sheetData>"
        return out[out.index(b">", out.index(b"<" + self.prefix + b"sheetData")) + 1 : out.rindex(close)]

    def streamed(self, changed: Iterable[Changed]) -> Iterator[bytes]:
        """The whole part, piece by piece, with some rows (in ascending order) replaced or added."""
        head, tail = self._halves()
        yield head
        yield from self.spliced(changed)
        yield tail

    def _halves(self) -> tuple[bytes, bytes]:
        data = self.frame.find("{*}sheetData")
        assert data is not None
        data.text = _MARK.decode()
        xml = etree.tostring(self.frame, xml_declaration=True, encoding="UTF-8", standalone=True)
        data.text = None
        head, _, tail = xml.partition(_MARK)
        return head, tail

    # ---- the frame ---------------------------------------------------------------------------------------------

    def element(self, name: str) -> etree._Element | None:
        return self.frame.find(f"{{{self.ns}}}{name}")

    def make(self, name: str) -> etree._Element:
        """The frame's element of this name, made in the place that the schema gives it when it is missing."""
        found = self.element(name)
        if found is None:
            found = etree.Element(f"{{{self.ns}}}{name}")
            later = set(ORDER[ORDER.index(name) + 1 :])
            at = next(
                (i for i, e in enumerate(self.frame) if isinstance(e.tag, str) and etree.QName(e).localname in later), len(self.frame)
            )
            self.frame.insert(at, found)
        return found

    @property
    def merged(self) -> list[Area]:
        """The merged ranges."""
        if self._merged is None:
            element = self.element("mergeCells")
            refs = "" if element is None else " ".join(e.get("ref") or "" for e in element if isinstance(e.tag, str))
            self._merged = areas(refs)
        return self._merged

    def grow_dimension(self, box: Area) -> None:
        """The sheet says that it reaches as far as this rectangle too."""
        element = self.element("dimension")
        old = areas(element.get("ref") or "") if element is not None else []
        if element is None or not old:
            return
        a = old[0]
        wide = Area(min(a.top, box.top), min(a.left, box.left), max(a.bottom, box.bottom), max(a.right, box.right))
        element.set("ref", wide.text())

    def ranges(self) -> Iterator[tuple[str, Callable[[str], None]]]:
        """Every range that follows the rows (filter, sorting, conditional formats, validation …) with the way to change it."""
        follow = {"autoFilter": "ref", "sortState": "ref", "conditionalFormatting": "sqref", "dataValidation": "sqref"}
        follow |= {"ignoredError": "sqref", "protectedRange": "sqref", "sortCondition": "ref"}
        for element in self.frame.iter():
            name = str(element.tag).rpartition("}")[2]
            if name == "sqref" and element.text:
                yield element.text, lambda ref, e=element: setattr(e, "text", ref)  # type: ignore[misc]
            elif name in follow and element.get(follow[name]):
                yield element.get(follow[name]) or "", lambda ref, e=element, a=follow[name]: e.set(a, ref)  # type: ignore[misc]
