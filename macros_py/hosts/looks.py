"""What a number format says beside the digits: words round the figure (万元, $, HT), a scale (0!.0, shows ten-thousandths), leading zeros."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from macros_py.hosts.host import Look, ShownAs

# 0!.0, is 0\!.0, where LibreOffice saved it, which does not know ! as a mark
_TOKEN: Final = re.compile(
    r'\\!(?P<dot>\.)|"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)(?:-(?P<place>[^\]]*))?\]|\[[^\]]*\]'
    r"|(?P<general>general|g/通用格式)|(?P<power>e[+-])|(?P<digit>[0#?])|(?P<bare>.)",
    re.IGNORECASE,
)
_ZEROS: Final = re.compile(r"0{4,20}")
_SIGNS: Final = " \u00a0()+-\u2212"  # how a section shows minus says nothing of the figure
_PLAIN: Final = re.compile(r"[\s¥\uffe5]*")
# Whose dollar or yen, by the language that Excel notes beside the sign
_PLACES: Final = {
    "$": {"c04": "HK$", "404": "NT$", "1004": "SGD", "4809": "SGD", "c09": "AUD", "1009": "CAD", "c0c": "CAD", "1404": "MOP"},
    "¥": {"411": "JPY"},
    "\uffe5": {"411": "JPY"},
}
_DIGITS: Final = {0: "#,##0.00", -3: "0.00,", -4: "0!.0000", -6: "0.00,,", -8: "0!.00,,", -9: "0.00,,,"}


class _Piece(NamedTuple):
    kind: str  # digit, point, comma or word
    text: str


def look_of(code: str) -> Look | None:
    """What a number format says beside the digits; None where it shows digits, marks and perhaps the yuan sign only."""
    look = _look(code)
    return look if look and (look.width or not all(_PLAIN.fullmatch(s.before + s.after) and not s.power for s in look.sections)) else None


def looks_of(codes: Iterable[str]) -> list[Look | None]:
    """One for each format. Where one speaks of a unit or currency, formats with the yuan sign count too: they tell columns apart."""
    codes = list(codes)
    found = [look_of(code) for code in codes]
    if not any(look and any(s.before or s.after for s in look.sections) for look in found):
        return found
    return [look or (_look(code) if "¥" in code or "\uffe5" in code else None) for look, code in zip(found, codes, strict=True)]


def look_from(sections: Iterable[ShownAs], width: int = 0) -> Look | None:
    """The look of a format that a document describes otherwise, with a number format that says the same."""
    sections = tuple(dict.fromkeys(sections))
    codes = [_quoted(s.before) + _digits(s.power, 0 if s.power else width) + _quoted(s.after) for s in sections[:3]]
    if len(sections) == 1:
        return look_of(codes[0])
    return Look(";".join(codes), sections) if sections else None


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""


def _digits(power: int, width: int) -> str:
    if width:
        return "0" * width
    return _DIGITS.get(power) or ("0!." + "0" * (-power) if power < 0 else "0")


def _look(code: str) -> Look | None:
    parts = [list(_pieces(part)) for part in _sections(code)]
    numeric = [p for p in parts[:3] if any(piece.kind == "digit" for piece in p)]
    if not numeric:
        return None
    sections = tuple(dict.fromkeys(map(_shown, numeric)))
    return Look(code, sections, _width(parts[0]) if len(sections) == 1 else 0)


def _sections(code: str) -> list[str]:
    """The sections of a format; a ; within quotes or behind a \\ parts nothing."""
    out, held = [], ""
    for match in _TOKEN.finditer(code):
        if match["bare"] == ";":
            out.append(held)
            held = ""
        else:
            held += match[0]
    return [*out, held]


def _pieces(section: str) -> Iterator[_Piece]:
    for match in _TOKEN.finditer(section):
        if match["digit"] or match["general"]:
            yield _Piece("digit", match["digit"] or "0")
        elif match["bare"] in (".", ","):
            yield _Piece("point" if match["bare"] == "." else "comma", match["bare"])
        elif match["money"] is not None:
            sign = match["money"].strip()
            yield _Piece("word", _PLACES.get(sign, {}).get((match["place"] or "").lower().lstrip("0"), sign))
        elif word := match["dot"] or match["quoted"] or match["escaped"] or match["bare"]:
            yield _Piece("word", word)


def _shown(pieces: list[_Piece]) -> ShownAs:
    """Words before and behind the digits; the figure shown is the stored one × 10^power."""
    digits = [i for i, p in enumerate(pieces) if p.kind == "digit"]
    first, last = digits[0], digits[-1]
    point = next((i for i, p in enumerate(pieces) if p.kind == "point"), None)
    inside = pieces[first : last + 1]
    scaling = _commas_behind(pieces, last) + (
        _commas_behind(pieces, _last_before(pieces, point)) if point is not None and point < last else 0
    )
    power = -3 * scaling
    dot = next((i for i, p in enumerate(inside) if p.kind == "word" and p.text == "."), None)
    if dot is not None and point is None:
        power -= sum(p.kind == "digit" for p in inside[dot:])
    before = "".join(p.text for p in pieces[:first] if p.kind == "word")
    after = "".join(p.text for p in pieces[last + 1 :] if p.kind == "word")
    return ShownAs(before.strip(_SIGNS), after.strip(_SIGNS), power)


def _last_before(pieces: list[_Piece], point: int) -> int:
    return max((i for i, p in enumerate(pieces[:point]) if p.kind == "digit"), default=point)


def _commas_behind(pieces: list[_Piece], digit: int) -> int:
    """Commas right behind a digit, before the next digit or word."""
    count = 0
    for piece in pieces[digit + 1 :]:
        if piece.kind != "comma":
            break
        count += 1
    return count


def _width(pieces: list[_Piece]) -> int:
    """The least number of digits of a format of whole numbers with leading zeros, 0 for any other."""
    digits = "".join(p.text for p in pieces if p.kind == "digit")
    if any(p.kind in ("point", "comma") for p in pieces):
        return 0
    worded = any(p.kind == "word" and not p.text.isspace() for p in pieces)
    inside = [p.kind for p in pieces]
    run = inside[inside.index("digit") : len(inside) - inside[::-1].index("digit")]
    if "word" in run:
        return 0
    return len(digits) if _ZEROS.fullmatch(digits) or (worded and set(digits) == {"0"}) else 0
