"""Look at a workbook file before any parser does, and refuse what is not a sound .xlsx/.xlsm package.

Limits are far above real ledgers (300,000 rows × 25 columns unpack to about 300 MB at a ratio below 20).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from isal import isal_zlib

from macros_py.hosts.host import HostError
from macros_py.hosts.sniffing import Format, sniffed
from macros_py.hosts.zip_parts import DEFLATED, STORED, UNPACKING_FAILED, Entry, entries

MAX_PARTS: Final = 20_000
MAX_PART: Final = 1 << 30  # unpacked bytes of one part
MAX_TOTAL: Final = 2 << 30
MAX_RATIO: Final = 250  # deflate reaches 1,032; sheets of a hundred thousand equal rows stay below 100
RATIO_GRACE: Final = 8 << 20  # a small part may be as repetitive as it likes
PIECE: Final = 1 << 20
PACKED_PIECE: Final = 1 << 16  # what zlib has not taken in yet is copied at every call: little at a time
_XML: Final = (".xml", ".rels", ".vml")
_DECLARES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00[DE]\x00|\x00<\x00!\x00[DE]")

_PROTECTED: Final = re.compile(rb"""sheetProtection\b[^>]*\bsheet\s*=\s*["'](?:1|true)""")
_WIDE_PROTECTION: Final = b"\0".join(bytes([letter]) for letter in b"sheetProtection")
_PROTECTION_SPAN: Final = 1024
_ROOT: Final = re.compile(rb"<\x00?[A-Za-z_]")


def check(source: Path | bytes) -> None:
    """Refuse a file that is no sound .xlsx/.xlsm package, with a HostError whose code is in REFUSALS; else do nothing.

    Codes: encrypted, other-format, not-workbook, corrupt, duplicate-part, unsafe-name, bomb, dtd, too-large.
    """
    try:
        inspected(source if isinstance(source, bytes) else source.read_bytes())
    except HostError as error:
        if isinstance(source, Path):
            error.values.setdefault("file", source.name)
        raise


def inspected(data: bytes) -> frozenset[str]:
    """The same check, telling what is worth knowing on the way: the worksheet parts (lower case) with sheet protection.

    Every part is unpacked once, in pieces, and held against its checksum.
    """
    _check_kind(data)
    parts = _checked_entries(data)
    ordered = sorted(parts.items(), key=lambda item: -item[1].size)
    with ThreadPoolExecutor(2) as pool:  # zlib lets go of the interpreter lock
        protected = list(pool.map(_check_part, (entry for _, entry in ordered)))
    return frozenset(name for (name, _), has in zip(ordered, protected, strict=True) if has)


def sound_zip(data: bytes) -> dict[str, Entry]:
    """The entries of any zip container by lower-case name, each part checked as in `check`."""
    parts = _checked_entries(data)
    for entry in parts.values():
        _check_part(entry)
    return parts


def _checked_entries(data: bytes) -> dict[str, Entry]:
    _check_directory(data)
    parts = entries(data)
    _check_sizes(parts)
    return parts


def _check_kind(data: bytes) -> None:
    kind = sniffed(data)
    if kind is Format.ENCRYPTED:
        raise HostError("encrypted")
    if kind is Format.UNKNOWN and data[:2] == b"PK":
        raise HostError("corrupt")
    if kind in (Format.UNKNOWN, Format.ZIP):
        raise HostError("not-workbook")
    if kind is not Format.XLSX:
        raise HostError("other-format", format=kind.value)


def _check_directory(data: bytes) -> None:
    """Names: none twice (case-insensitive, as Excel compares), none outside the package, none encrypted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise HostError("bomb", part=f"{len(infos)} parts")
    seen: set[str] = set()
    for info in infos:
        name = info.filename.replace("\\", "/")
        if ".." in name.split("/") or re.match(r"[A-Za-z]:", name) or name.startswith("//"):
            raise HostError("unsafe-name")
        if info.flag_bits & 1:
            raise HostError("encrypted")
        if name.lstrip("/").lower() in seen:
            raise HostError("duplicate-part", part=name)
        seen.add(name.lstrip("/").lower())


def _check_sizes(parts: dict[str, Entry]) -> None:
    for entry in parts.values():
        if entry.size > MAX_PART or (entry.size > RATIO_GRACE and entry.size > MAX_RATIO * max(len(entry.packed), 1)):
            raise HostError("bomb", part=entry.name)
    if sum(entry.size for entry in parts.values()) > MAX_TOTAL:
        raise HostError("too-large")


def pieces(entry: Entry) -> Iterator[bytes]:
    """The unpacked part in pieces of about a megabyte; never more than it declares.

    HostError("corrupt"), at the latest with the last piece: a broken stream, more bytes than declared, a wrong checksum, unknown packing.
    """
    crc = size = 0
    for piece in _unpacked(entry):
        crc, size = isal_zlib.crc32(piece, crc), size + len(piece)
        if size > entry.size:
            raise HostError("corrupt", part=entry.name)
        yield piece
    if size != entry.size or crc != entry.crc:
        raise HostError("corrupt", part=entry.name)


def _unpacked(entry: Entry) -> Iterator[bytes]:
    if entry.method == STORED:
        for start in range(0, len(entry.packed), PIECE):
            yield bytes(entry.packed[start : start + PIECE])
        return
    if entry.method != DEFLATED:
        raise HostError("corrupt", part=entry.name)
    engine = isal_zlib.decompressobj(-15)
    try:
        for start in range(0, len(entry.packed), PACKED_PIECE):
            rest: bytes | memoryview = entry.packed[start : start + PACKED_PIECE]
            while rest and not engine.eof:
                if piece := engine.decompress(rest, PIECE):
                    yield piece
                rest = engine.unconsumed_tail
        while not engine.eof:
            piece = engine.decompress(b"", PIECE)
            if not piece:
                raise HostError("corrupt", part=entry.name)
            yield piece
    except UNPACKING_FAILED as error:
        raise HostError("corrupt", part=entry.name) from error


def _check_part(entry: Entry) -> bool:
    """Unpack once: checksum, honest size, no document type before the root of an XML part. Is it a protected sheet?"""
    xml = entry.name.lower().endswith(_XML)
    head, protected, tail = True, False, b""
    for piece in pieces(entry):
        if xml and head and _DECLARES.search(piece):
            raise HostError("dtd", part=entry.name)
        head = head and not _ROOT.search(piece)
        if xml and not protected:
            protected = _is_protected(piece) or _is_protected(tail + piece[:_PROTECTION_SPAN])
            tail = piece[-_PROTECTION_SPAN:]
    return protected


def _is_protected(xml: bytes) -> bool:
    found = xml.find(b"sheetProtection")
    if found < 0:
        wide = xml.find(_WIDE_PROTECTION) if b"\0" in xml else -1
        return wide >= 0 and bool(_PROTECTED.search(xml[wide : wide + 2 * _PROTECTION_SPAN].replace(b"\0", b"")))
    return bool(_PROTECTED.search(xml[found : found + _PROTECTION_SPAN]))
