"""Programs and DLLs of Windows, as far as a bundle asks: the machine that they are made for, and the DLLs that they import."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MACHINES: Final = {0x8664: "64", 0x14C: "32", 0xAA64: "ARM64"}
_FILE_HEADER: Final = 24  # bytes of the signature and of the header behind it
_DIRECTORIES: Final = {0x10B: 96, 0x20B: 112}  # where the directories begin in the optional header: PE32, PE32+
_SECTION: Final = 40  # bytes
_IMPORT: Final = 20  # bytes of one imported DLL
_MOST: Final = 1000  # imported DLLs; more has only a damaged file


def bits(program: bytes) -> str:
    """ "64", "32" or "ARM64" by the PE header of a Windows program (its first kilobyte is enough); "" when it is none."""
    at = _header(program)
    if not at or len(program) < at + 6:
        return ""
    (machine,) = struct.unpack_from("<H", program, at + 4)
    return MACHINES.get(machine, "")


def imports(program: bytes) -> tuple[str, ...]:
    """The DLLs that a whole program or DLL imports, in small letters; () where it imports none or is damaged."""
    try:
        return tuple(_imported(program))
    except (struct.error, IndexError, ValueError):
        return ()


def _header(program: bytes) -> int:
    """Where the PE header begins; 0 where there is none."""
    if program[:2] != b"MZ" or len(program) < 0x40:
        return 0
    (at,) = struct.unpack_from("<I", program, 0x3C)
    return int(at) if program[at : at + 4] == b"PE\0\0" else 0


@dataclass(frozen=True)
class _Section:
    """A part of a file and the address at which it stands in memory."""

    address: int
    size: int
    offset: int


def _imported(program: bytes) -> Iterator[str]:
    at = _header(program)
    count, _, _, _, length = struct.unpack_from("<HIIIH", program, at + 6)
    optional = at + _FILE_HEADER
    (magic,) = struct.unpack_from("<H", program, optional)
    sections = [_section(program, optional + length + n * _SECTION) for n in range(count)]
    if magic not in _DIRECTORIES:
        raise ValueError(magic)
    (table,) = struct.unpack_from("<I", program, optional + _DIRECTORIES[magic] + 8)  # the second directory: imports
    if not table:
        return
    first = _offset(sections, table)
    for place in range(first, first + _MOST * _IMPORT, _IMPORT):
        (name,) = struct.unpack_from("<I", program, place + 12)
        if not name:
            return
        start = _offset(sections, name)
        yield program[start : program.index(b"\0", start)].decode("ascii").lower()


def _section(program: bytes, at: int) -> _Section:
    virtual, address, raw, offset = struct.unpack_from("<IIII", program, at + 8)
    return _Section(address, max(virtual, raw), offset)


def _offset(sections: list[_Section], address: int) -> int:
    """Where in the file an address of memory lies. ValueError where it lies nowhere."""
    for one in sections:
        if one.address <= address < one.address + one.size:
            return one.offset + address - one.address
    raise ValueError(address)
