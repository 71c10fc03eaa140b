"""The text that XML content stands for in a spreadsheet: entities, _xHHHH_ escapes, line ends, runs of rich text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from lxml import etree

from macros_py.hosts.package import Package
from macros_py.hosts.safety import pieces

_ENTITY: Final = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
ESCAPES: Final = ("&", "_x", "\r")  # text without any of these is what it looks like
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RUN: Final = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?(?:/>|>([^<]*)</)")
_PHONETIC: Final = re.compile(r"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh\s*>", re.DOTALL)
_ITEM: Final = re.compile(r"<si\s*(?:/>|>(.*?)</si\s*>)", re.DOTALL)
_SIMPLE_ITEM: Final = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_NEXT_RUN, _FIRST_RUN, _LAST_RUN = b"</t></r><r>", b"<si><r>", b"</t></r></si>"
_OPENED: Final = (b"<t>", b'<t xml:space="preserve">')
_LOOKS: Final = 60  # of runs in one stretch; Calc writes one for each font and script
_PREFIX: Final = re.compile(rb"<([A-Za-z_][\w.-]*:)?(sst|sheetData)[\s/>]")
_DECLARED: Final = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)[\"']")


def plain(xml: str) -> str:
    """XML character data as the text that a person sees."""
    if "\r" in xml:
        xml = xml.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in xml:
        xml = _ENTITY.sub(_resolved, xml)
    return unescaped(xml)


def unescaped(text: str) -> str:
    """Text with the spreadsheet's own _xHHHH_ escapes resolved (a carriage return, a control character, _x005F_ for an underscore)."""
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def _resolved(match: re.Match[str]) -> str:
    if match.group(3):
        return _NAMED[match.group(3)]
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def runs(xml: str) -> str:
    """The text of a string item: its runs together, reading aids (phonetic runs) left out."""
    if "rPh" in xml:
        xml = _PHONETIC.sub("", xml)
    return "".join(plain(run) for run in _RUN.findall(xml))


def element_runs(item: etree._Element) -> str:
    """The same as `runs` for a parsed <si> or <is> element."""
    texts = [e.text or "" for e in item.iter("{*}t") if not any(_local(a) == "rPh" for a in e.iterancestors())]
    return unescaped("".join(texts)) if len(texts) < 2 else "".join(unescaped(t) for t in texts)


def _local(element: etree._Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def in_utf8(head: bytes) -> bool:
    """Does a part that begins so hold UTF-8 (or ASCII)?"""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:64]:
        return False
    declared = _DECLARED.search(head[:256])
    return declared is None or declared.group(1).lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def prefix_of(head: bytes) -> bytes | None:
    """The namespace prefix with its colon (often empty) of <sst> or <sheetData>; None when neither begins here."""
    found = _PREFIX.search(head)
    return (found.group(1) or b"") if found else None


class PieceReader:
    """The pieces of a part as a file that a parser reads from."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._pieces = parts

    def read(self, _size: int = -1) -> bytes:
        return next(self._pieces, b"")


def shared_strings(package: Package) -> npt.NDArray[np.object_]:
    """The workbook's string table in its order; empty when it has none."""
    part = package.related(package.workbook, "sharedStrings")
    if part is None:
        return np.empty(0, object)
    entry = package.entry(part)
    known = package.strings_of(part)
    if known is not None:
        return known
    found = _quick(pieces(entry))
    if found is None:
        found = [element_runs(item) for item in _items(PieceReader(pieces(entry)))]
    out = np.empty(len(found), object)
    out[:] = found
    package.note_strings(part, out)
    return out


def _quick(parts: Iterator[bytes]) -> list[str] | None:
    """Read by pattern, a megabyte at a time; None when the part needs a real parser (comments, CDATA, another encoding)."""
    found: list[str] = []
    held = b""
    prefix: bytes | None = None
    for piece in parts:
        held += piece
        if prefix is None:
            prefix = prefix_of(held)
            if not in_utf8(held) or (prefix is None and len(held) > 1 << 16):
                return None
        end = held.rfind(b"</" + (prefix or b"") + b"si>") + len(prefix or b"") + 5
        if prefix is None or end < len(prefix) + 5:
            continue
        if b"<!" in held:
            return None
        _take(held[:end], prefix, found)
        held = held[end:]
    if b"<!" in held or prefix is None:
        return None
    _take(held, prefix, found)
    return found


def _take(xml: bytes, prefix: bytes, found: list[str]) -> None:
    if prefix:
        xml = xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    text = _joined(xml).decode("utf-8")
    simple = _SIMPLE_ITEM.findall(text)
    if len(simple) == text.count("<si"):
        found += [plain(t) for t in simple] if any(mark in text for mark in ESCAPES) else simple
    else:
        found += [runs(item) for item in _ITEM.findall(xml.decode("utf-8"))]


def _joined(xml: bytes) -> bytes:
    """Items of several runs as items of one: what stands between two runs comes again and again and goes at once wherever it stands.
    Unchanged where that could change a text or is written in another way."""
    if _FIRST_RUN not in xml or any(mark in xml for mark in (b"rPh", b"_x", b"\r")):
        return xml
    whole = xml
    for begin, instead in ((_NEXT_RUN, b""), (_FIRST_RUN, b"<si><t>")):
        for _ in range(_LOOKS):
            at = xml.find(begin)
            if at < 0:
                break
            between = xml[at : xml.find(b">", xml.find(b"<t", at + len(begin))) + 1]
            if not between.endswith(_OPENED) or b"</" in between[len(begin) :].replace(b"</rPr>", b""):
                return whole
            xml = xml.replace(between, instead)
        else:
            return whole
    return xml.replace(_LAST_RUN, b"</t></si>")


def _items(source: PieceReader) -> Iterator[etree._Element]:
    for _, item in etree.iterparse(source, events=("end",), tag="{*}si", resolve_entities=False, no_network=True, huge_tree=True):
        yield item
        item.clear()
