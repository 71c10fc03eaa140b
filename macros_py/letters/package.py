"""The .docx package of a template: checked before anything opens it, and packed again with only the changed parts pressed anew."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from macros_py.letters.errors import LetterError

MAX_FILE: Final = 5_000_000
MAX_PART: Final = 8_000_000
MAX_WHOLE: Final = 20_000_000
MAX_PARTS: Final = 400

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEXT_LINKS: Final = ("http://", "https://", "mailto:")
_ACTIVE: Final = re.compile(
    r"vbaproject|vbadata|activex|embeddings/|oleobject|attachedtemplate|/control|customui|externallink|/frame|/subdocument|altchunk|afchunk|mailmerge",
    re.IGNORECASE,
)
_FIELDS: Final = re.compile(
    r"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|INCLUDE|LINK|DATABASE|MACROBUTTON|RD|AUTOTEXT)\b(?=[\s\"])"
)
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Entry:
    """One part as it is packed: name, packed bytes, method, checksum and size; copied as it stands into every letter."""

    name: str
    packed: bytes
    method: int
    crc: int
    size: int


def entries(name: str, data: bytes) -> tuple[Entry, ...]:
    """The parts of a template that has passed every check, in their order; LetterError says what was refused and where."""
    if len(data) > MAX_FILE:
        raise LetterError("template-too-big", template=name, what="文件", limit=f"{MAX_FILE // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            _sizes(name, box.infolist())
            parts = {i.filename: _read(name, box, i) for i in box.infolist() if not i.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise LetterError("template-unreadable", template=name) from error
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise LetterError("template-unreadable", template=name)
    for part, content in parts.items():
        _check_part(name, part, content)
    return tuple(pack(part, content) for part, content in parts.items())


def _sizes(name: str, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_PARTS:
        raise LetterError("template-too-big", template=name, what="部件数", limit=MAX_PARTS)
    if len({i.filename.casefold() for i in infos}) != len(infos):
        raise LetterError("template-refused", template=name, what="重复的部件 / parts of the same name", where="zip")
    if any(i.file_size > MAX_PART for i in infos) or sum(i.file_size for i in infos) > MAX_WHOLE:
        raise LetterError("template-too-big", template=name, what="解压后大小", limit=f"{MAX_PART // 1_000_000} MB")


def _read(name: str, box: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A part, read no further than its declared size (a lying directory entry is a broken file)."""
    with box.open(info) as stream:
        content = stream.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise LetterError("template-too-big", template=name, what="解压后大小", limit=f"{MAX_PART // 1_000_000} MB")
    return content


def _check_part(name: str, part: str, content: bytes) -> None:
    if _ACTIVE.search(part):
        raise LetterError("template-refused", template=name, what="宏或嵌入对象 / macro or embedded object", where=part)
    if not part.endswith((".xml", ".rels")):
        return
    root = _parse(name, part, content)
    if part.endswith(".rels"):
        _check_links(name, part, root)
    elif part == "[Content_Types].xml":
        _check_types(name, part, root)
    else:
        _check_fields(name, part, root)


def _parse(name: str, part: str, content: bytes) -> etree._Element:
    """The part's root, parsed without entities or network; a DTD is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    declared = b"<!DOCTYPE" in content or b"<!ENTITY" in content
    try:
        root = etree.fromstring(content, parser)
        info: Any = root.getroottree().docinfo  # a part in UTF-16 hides its DTD from a search of its bytes
        declared = declared or bool(info.doctype)
    except etree.XMLSyntaxError as error:
        if not declared:
            raise LetterError("template-unreadable", template=name) from error
    if declared:
        raise LetterError("template-refused", template=name, what="DTD", where=part)
    return root


def _check_links(name: str, part: str, root: etree._Element) -> None:
    for link in root.iter(_RELATIONSHIP):
        kind, target = link.get("Type", ""), link.get("Target", "")
        outside = link.get("TargetMode", "").lower() == "external" or "://" in target or target.startswith(("\\\\", "//"))
        plain_link = kind.endswith("/hyperlink") and target.lower().startswith(_TEXT_LINKS)
        if (outside and not plain_link) or _ACTIVE.search(kind):
            what = "外部或活动内容 / external or active content"
            raise LetterError("template-refused", template=name, what=what, where=f"{part}: {kind.rsplit('/', 1)[-1]}")


def _check_types(name: str, part: str, root: etree._Element) -> None:
    types = [((e.get("PartName") or "").lower(), e.get("ContentType") or "") for e in root]
    if ("/word/document.xml", _MAIN) not in types or any("macro" in kind.lower() or "vba" in kind.lower() for _, kind in types):
        raise LetterError("template-refused", template=name, what="不是 .docx 文档（宏文档或其他类型）/ not a plain .docx", where=part)


def _check_fields(name: str, part: str, root: etree._Element) -> None:
    """Fields that fetch or run something (also when Word split their name over several runs)."""
    if part == "word/document.xml" and root.tag != f"{_W}document":
        raise LetterError("template-unreadable", template=name)  # strict OOXML, or another kind of document
    for paragraph in root.iter(f"{_W}p"):
        split = "".join(e.text or "" for e in paragraph.iter(f"{_W}instrText"))
        simple = [e.get(f"{_W}instr") or "" for e in paragraph.iter(f"{_W}fldSimple")]
        if any(_FIELDS.search(code.upper() + " ") for code in (split, *simple)):
            raise LetterError("template-refused", template=name, what="取外部内容的域 / a field that fetches", where=part)


def pack(name: str, content: bytes, level: int = 6) -> Entry:
    """A part, pressed once."""
    press = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = press.compress(content) + press.flush()
    return Entry(name, packed, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content))


def unpack(entry: Entry) -> bytes:
    """The content of a part."""
    return zlib.decompress(entry.packed, -15)


def build(parts: tuple[Entry, ...], changed: Mapping[str, Entry]) -> bytes:
    """A .docx of `parts`, those in `changed` replaced: packed bytes are copied, dates are fixed (PKWARE APPNOTE 4.3)."""
    out, directory, offset = [], [], 0
    for part in parts:
        entry = changed.get(part.name, part)
        name = entry.name.encode()
        head = _HEAD.pack(20, 0x800, entry.method, 0, 0x21, entry.crc, len(entry.packed), entry.size, len(name), 0)
        out += [b"PK\x03\x04", head, name, entry.packed]
        directory += [b"PK\x01\x02\x14\x00", head, _PLACE.pack(0, 0, 0, 0, offset), name]
        offset += 30 + len(name) + len(entry.packed)
    index = b"".join(directory)
    end = b"PK\x05\x06" + _END.pack(0, 0, len(parts), len(parts), len(index), offset, 0)
    return b"".join([*out, index, end])


_HEAD: Final = struct.Struct("<5H3I2H")  # version, flags (UTF-8 names), method, time, date 1980-01-01, checksum, sizes, lengths
_PLACE: Final = struct.Struct("<3H2I")  # comment length, disk, attributes, offset
_END: Final = struct.Struct("<4H2IH")
