"""Strict and transitional OOXML say the same under other namespaces: parts that move between them are translated."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = rb"(officeDocument|spreadsheetml|drawingml)"
_TRANSITIONAL: Final = re.compile(rb"http://schemas\.openxmlformats\.org/" + _WORDS + rb"/2006/([\w/-]+)")
_STRICT: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/" + _WORDS + rb"/([\w/-]+)")
# names that differ by more than the beginning
_TO_STRICT: Final = {
    b"extended-properties": b"extendedProperties",
    b"custom-properties": b"customProperties",
}
_TO_TRANSITIONAL: Final = {new: old for old, new in _TO_STRICT.items()}
_CONFORMANCE: Final = re.compile(rb'\sconformance="strict"')


def to_strict(xml: bytes) -> bytes:
    """A transitional part in strict namespaces."""
    return _TRANSITIONAL.sub(lambda m: b"http://purl.oclc.org/ooxml/" + m[1] + b"/" + _TO_STRICT.get(m[2], m[2]), xml)


def to_transitional(xml: bytes) -> bytes:
    """A strict part in transitional namespaces."""
    xml = _CONFORMANCE.sub(b"", xml)
    return _STRICT.sub(lambda m: b"http://schemas.openxmlformats.org/" + m[1] + b"/2006/" + _TO_TRANSITIONAL.get(m[2], m[2]), xml)


def in_dialect(xml: bytes, strict: bool) -> bytes:
    """The part in the wanted dialect; what is in it already stays to the byte."""
    return to_strict(xml) if strict else to_transitional(xml)
