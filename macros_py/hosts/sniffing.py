"""What a file really is, told by its content: names and extensions lie."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from enum import Enum
from typing import Final

from macros_py.hosts.text_files import decoded

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE: Final = "utf-16-le"
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|table|head|body|meta)[\s>]", re.IGNORECASE)
_SAMPLE: Final = 64 << 10


class Format(Enum):
    """The formats told apart; the value is how people call them."""

    XLSX = ".xlsx"
    XLSB = ".xlsb"
    ODS = ".ods"
    XLS = ".xls"
    HTML = "HTML"
    XML2003 = "XML 2003"
    TEXT = ".csv"
    ENCRYPTED = "encrypted"
    ZIP = "zip"
    UNKNOWN = "?"


def sniffed(data: bytes) -> Format:
    """The format of a whole file. ENCRYPTED: an Office file that needs a password to open; UNKNOWN: no table to be found in it."""
    if data[:8] == OLE:
        return _ole(data)
    if data[:2] == b"PK":
        return _zip(data)
    if data[:4] in (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00") or data[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04"):
        return Format.XLS  # a bare BIFF stream, as old programs wrote it
    return _text(data)


def _ole(data: bytes) -> Format:
    """A compound file: directory entries carry their names in UTF-16."""
    if "EncryptedPackage".encode(_WIDE) in data or "EncryptionInfo".encode(_WIDE) in data:
        return Format.ENCRYPTED
    if any(name.encode(_WIDE) + b"\0\0" in data for name in ("Workbook", "WORKBOOK", "Book", "BOOK")):
        return Format.XLS
    return Format.UNKNOWN


def _zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.replace("\\", "/").lstrip("/").lower() for info in archive.infolist()}
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
                return Format.ODS
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, KeyError):
        return Format.UNKNOWN
    if "[content_types].xml" not in names:
        return Format.ZIP
    return Format.XLSB if "xl/workbook.bin" in names else Format.XLSX


def _text(data: bytes) -> Format:
    sample = data[:_SAMPLE]
    if _wide(sample):
        sample = decoded(sample).encode("utf-8", "replace")
    if not sample.strip() or sample[:4] == b"%PDF" or _BINARY.search(sample):
        return Format.UNKNOWN
    if b"urn:schemas-microsoft-com:office:spreadsheet" in sample and sample.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return Format.XML2003
    return Format.HTML if sample.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<" and _HTML.search(sample) else Format.TEXT


def _wide(sample: bytes) -> bool:
    """UTF-16, marked or not: many zero bytes, but never three in a row."""
    return sample[:2] in (b"\xff\xfe", b"\xfe\xff") or (sample.count(b"\0") * 5 > len(sample) and b"\0\0\0" not in sample)
