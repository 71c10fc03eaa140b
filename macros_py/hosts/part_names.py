"""Names of parts in a package, as relationships and content types give them."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote


def rels_name(part: str) -> str:
    """xl/workbook.xml → xl/_rels/workbook.xml.rels; '' → _rels/.rels."""
    folder, base = posixpath.split(part.lstrip("/"))
    return posixpath.join(folder, "_rels", base + ".rels")


def resolved(part: str, target: str) -> str:
    """A relationship's target as a part name."""
    path = target.replace("\\", "/").split("#")[0]
    return posixpath.normpath(posixpath.join("/" + posixpath.dirname(part.lstrip("/")), path)).lstrip("/")


def relative(part: str, target: str) -> str:
    """A part name as Excel writes it in a relationship of `part`: relative to its folder."""
    return posixpath.relpath("/" + target.lstrip("/"), "/" + posixpath.dirname(part.lstrip("/")))


def same_part(declared: str | None, part: str) -> bool:
    """Does a declared name mean this part? Case and percent signs make no difference."""
    return declared is not None and unquote(declared).lstrip("/").lower() == unquote(part).lstrip("/").lower()
