"""What the number styles of an OpenDocument spreadsheet say beside the digits (see looks)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from macros_py.hosts.host import Look, ShownAs
from macros_py.hosts.looks import look_from

_NUMBER: Final = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_KINDS: Final = ("number-style", "currency-style", "percentage-style")


def looks_by_style(roots: Iterable[etree._Element]) -> dict[str, Look]:
    """The look of every cell style that has one, by the style's name. roots: styles.xml, content.xml; the later counts."""
    numbers: dict[str, etree._Element] = {}
    cells: dict[str, etree._Element] = {}
    for root in roots:
        for kind in _KINDS:
            numbers.update({e.get(f"{_STYLE}name") or "": e for e in root.iter(f"{_NUMBER}{kind}")})
        cells.update({e.get(f"{_STYLE}name") or "": e for e in root.iter(f"{_STYLE}style") if e.get(f"{_STYLE}family") == "table-cell"})
    looks = {name: look for name, style in numbers.items() if (look := _look(style, numbers))}
    return {name: looks[data] for name in cells if (data := _data_style(name, cells)) in looks}


def _data_style(name: str, cells: dict[str, etree._Element]) -> str:
    """The number style of a cell style, perhaps inherited."""
    for _ in range(20):
        style = cells.get(name)
        if style is None:
            return ""
        if data := style.get(f"{_STYLE}data-style-name"):
            return data
        name = style.get(f"{_STYLE}parent-style-name") or ""
    return ""


def _look(style: etree._Element, numbers: dict[str, etree._Element]) -> Look | None:
    sections = list(dict.fromkeys(shown for part in _parts(style, numbers) if (shown := _shown(part))))
    return look_from(sections, _width(style) if len(sections) == 1 else 0)


def _parts(style: etree._Element, numbers: dict[str, etree._Element]) -> Iterator[etree._Element]:
    """The sections: the style itself and those that it turns to under a condition."""
    for part in style.iterchildren(f"{_STYLE}map"):
        if (other := numbers.get(part.get(f"{_STYLE}apply-style-name") or "")) is not None:
            yield other
    yield style


def _shown(style: etree._Element) -> ShownAs | None:
    before, after, power, met = "", "", 0, False
    for child in style.iterchildren():
        name = str(child.tag).rsplit("}", 1)[-1]
        if name in ("text", "currency-symbol"):
            words = _yen(child) if name == "currency-symbol" else child.text or ""
            before, after = (before, after + words) if met else (before + words, after)
        elif name in ("number", "scientific-number", "fraction"):
            met, power = True, _power(child)
    return ShownAs(before.strip(), after.strip(), power) if met else None


def _yen(symbol: etree._Element) -> str:
    """The sign of a currency; ¥ and $ are told apart by the country."""
    sign, country = symbol.text or "", symbol.get(f"{_NUMBER}country") or ""
    places = {("$", "HK"): "HK$", ("$", "TW"): "NT$", ("$", "AU"): "AUD", ("$", "CA"): "CAD", ("$", "SG"): "SGD", ("$", "MO"): "MOP"}
    return "JPY" if sign in "¥\uffe5" and country == "JP" else places.get((sign, country), sign)


def _power(number: etree._Element) -> int:
    """The figure shown is the stored one × 10^power: a display factor, or a point set between whole digits."""
    factor = number.get(f"{_NUMBER}display-factor") or "1"
    power = -(len(factor.split(".")[0]) - 1) if factor.replace(".0", "").rstrip("0") in ("1", "") else 0
    for text in number.iterchildren(f"{_NUMBER}embedded-text"):
        place = text.get(f"{_NUMBER}position") or "0"
        if (text.text or "") == "." and place.isdecimal():
            power -= int(place)
    return power


def _width(style: etree._Element) -> int:
    number = style.find(f"{_NUMBER}number")
    if number is None or number.get(f"{_NUMBER}grouping") == "true" or (number.get(f"{_NUMBER}decimal-places") or "0") != "0":
        return 0
    least = number.get(f"{_NUMBER}min-integer-digits") or "0"
    worded = bool("".join(t.text or "" for t in style.iterchildren(f"{_NUMBER}text")).strip())
    digits = int(least) if least.isdecimal() else 0
    return digits if digits >= 4 or (worded and digits) else 0
