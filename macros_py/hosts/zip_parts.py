"""The zip container of a package: entries with their packed bytes kept as they are, and packing on both cores."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Final, cast

from isal import isal_zlib

from macros_py.hosts.host import HostError

PIECE: Final = 1 << 20
LEVEL: Final = 2  # of ISA-L: a workbook is saved while a person waits; nine times faster than zlib at 6, a quarter larger
STORED: Final = 0
DEFLATED: Final = 8
UNPACKING_FAILED = cast("type[Exception]", isal_zlib.error)  # the stub has it as an instance
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # new parts carry no clock, so that the same content gives the same file
_END_OF_STREAM: Final = b"\x03\x00"  # the final, empty block
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s4B4H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")


@dataclass(frozen=True)
class Entry:
    """One zip entry: name as stored, packing method, packed bytes (a view into the old file, or new), checksum and unpacked size."""

    name: str
    method: int
    packed: bytes | memoryview
    crc: int
    size: int
    date: tuple[int, int, int, int, int, int] = _EPOCH
    attributes: int = 0
    utf8: bool = False


def entries(data: bytes) -> dict[str, Entry]:
    """The entries by lower-case name in the file's order.

    HostError: "encrypted" (an OLE container or zip encryption), "corrupt" (no zip, a name twice, a broken header).
    """
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise HostError("encrypted")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
        raise HostError("corrupt") from error
    found: dict[str, Entry] = {}
    view = memoryview(data)
    for info in infos:
        if info.is_dir():
            continue
        if info.flag_bits & 1:
            raise HostError("encrypted")
        key = info.filename.replace("\\", "/").lstrip("/").lower()
        if key in found:
            raise HostError("corrupt", part=info.filename)
        found[key] = _entry(view, info)
    return found


def _entry(view: memoryview, info: zipfile.ZipInfo) -> Entry:
    header = view[info.header_offset : info.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size or bytes(header[:4]) != b"PK\x03\x04":
        raise HostError("corrupt", part=info.filename)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = info.header_offset + _LOCAL.size + name_length + extra_length
    packed = view[start : start + info.compress_size]
    if len(packed) != info.compress_size:
        raise HostError("corrupt", part=info.filename)
    date = info.date_time
    return Entry(
        info.filename, info.compress_type, packed, info.CRC, info.file_size, date, info.external_attr, bool(info.flag_bits & 0x800)
    )


def inflated(entry: Entry) -> bytes:
    """The unpacked bytes, checked. HostError("corrupt") when they do not match the checksum or the size declared."""
    if entry.method == STORED:
        content = bytes(entry.packed)
    elif entry.method == DEFLATED:
        try:
            content = isal_zlib.decompress(entry.packed, -15, max(entry.size, 64))
        except (UNPACKING_FAILED, OverflowError) as error:
            raise HostError("corrupt", part=entry.name) from error
    else:
        raise HostError("corrupt", part=entry.name)
    if len(content) != entry.size or isal_zlib.crc32(content) != entry.crc:
        raise HostError("corrupt", part=entry.name)
    return content


def deflated(name: str, pieces: Iterable[bytes]) -> Entry:
    """Pack a stream of pieces: megabytes are packed independently on both cores, the result is one ordinary deflate stream."""
    parts = _megabytes(pieces)
    first, second = next(parts, b""), next(parts, None)
    if second is None:  # a small part: no threads for it
        return Entry(name, DEFLATED, _deflate_piece(first) + _END_OF_STREAM, isal_zlib.crc32(first), len(first))
    crc = size = 0
    packed: list[bytes] = []
    with ThreadPoolExecutor(2) as pool:
        waiting: list[Future[bytes]] = []
        for piece in chain((first, second), parts):
            crc, size = isal_zlib.crc32(piece, crc), size + len(piece)
            waiting.append(pool.submit(_deflate_piece, piece))
            if len(waiting) > 4:  # bounded: what is not packed yet stays small
                packed.append(waiting.pop(0).result())
        packed += [future.result() for future in waiting]
    packed.append(_END_OF_STREAM)
    return Entry(name, DEFLATED, b"".join(packed), crc, size)


def _deflate_piece(piece: bytes) -> bytes:
    compressor = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -15)
    return compressor.compress(piece) + compressor.flush(isal_zlib.Z_FULL_FLUSH)


def _megabytes(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of about a megabyte, whatever came in: so the packed bytes depend on the content only."""
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        view = memoryview(piece)
        while length + len(view) >= PIECE:
            cut = PIECE - length
            yield b"".join((*held, view[:cut]))
            view, held, length = view[cut:], [], 0
        if len(view):
            held.append(bytes(view))
            length += len(view)
    if held:
        yield b"".join(held)


def written(parts: Iterable[Entry]) -> bytes:
    """The whole zip file. HostError("too-large") above the 4 GB that the plain format holds."""
    out: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = count = 0
    for entry in parts:
        name = entry.name.encode("utf-8")
        flags = 0x800 if entry.utf8 or not entry.name.isascii() else 0
        year, month, day, hour, minute, second = entry.date
        date, time = (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2
        sizes = (entry.crc, len(entry.packed), entry.size)
        if offset + len(entry.packed) >= 0xFFFFFFFF or entry.size >= 0xFFFFFFFF:
            raise HostError("too-large")
        header = _LOCAL.pack(b"PK\x03\x04", 20, flags, entry.method, time, date, *sizes, len(name), 0)
        directory.append(
            _CENTRAL.pack(
                b"PK\x01\x02", 20, 0, 20, 0, flags, entry.method, time, date, *sizes, len(name), 0, 0, 0, 0, entry.attributes, offset
            )
            + name
        )
        out += (header, name, entry.packed)
        offset += len(header) + len(name) + len(entry.packed)
        count += 1
    central = b"".join(directory)
    return b"".join((*out, central, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), offset, 0)))
