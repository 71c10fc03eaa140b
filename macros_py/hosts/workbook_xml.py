"""workbook.xml and what goes with it: tabs in and out, names that belong to a tab, recalculation, the list of titles in the properties."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from macros_py.hosts.package import Package
from macros_py.hosts.references import taller

_AFTER_NAMES: Final = (
    "calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst"
)
_LAST_SHEET_ID: Final = 65_534
_RANGE: Final = re.compile(r"((?:'(?:[^']|'')+'|[^'!,()\s]+)!)(\$[A-Z]{1,3}\$[0-9]+:\$[A-Z]{1,3}\$[0-9]+)")


class WorkbookXml:
    """The workbook part as a tree; `flush()` puts it back when it was changed."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.workbook
        self.root = package.xml(self.part)
        self.ns = str(etree.QName(self.root).namespace)
        self._changed = False

    def flush(self) -> None:
        if self._changed:
            self.package.put_xml(self.part, self.root)
        self._changed = False

    def _q(self, name: str) -> str:
        return f"{{{self.ns}}}{name}"

    @property
    def sheets(self) -> etree._Element:
        found = self.root.find(self._q("sheets"))
        assert found is not None
        return found

    def position(self, name: str) -> int | None:
        """The place of a tab, None when there is none of that name."""
        return next((i for i, e in enumerate(self.sheets) if (e.get("name") or "").casefold() == name.casefold()), None)

    # ---- tabs --------------------------------------------------------------------------------------------------

    def insert(self, name: str, rel_id: str, at: int | None = None) -> int:
        """A new tab at the end, or before place `at`; names, the active tab and views of the others keep meaning the same tabs."""
        sheets = self.sheets
        taken = {int(e.get("sheetId") or 0) for e in sheets}
        number = max(taken, default=0) + 1
        if number > _LAST_SHEET_ID:
            number = next(n for n in range(1, len(taken) + 2) if n not in taken)
        element = etree.Element(self._q("sheet"), name=name, sheetId=str(number))
        element.set(f"{{{self.package.rel_base}}}id", rel_id)
        place = len(sheets) if at is None else max(0, min(at, len(sheets)))
        sheets.insert(place, element)
        if place < len(sheets) - 1:
            self._renumber(lambda i: i + 1 if i >= place else i)
        self._changed = True
        return place

    def take_out(self, place: int) -> None:
        """A tab goes: its own names go with it, all numbers that count tabs are corrected."""
        self.sheets.remove(self.sheets[place])
        names = self.root.find(self._q("definedNames"))
        for element in list(names) if names is not None else []:
            if element.get("localSheetId") == str(place):
                assert names is not None
                names.remove(element)
        if names is not None and not len(names):
            self.root.remove(names)
        last = len(self.sheets) - 1
        self._renumber(lambda i: min(i - 1 if i > place else i, last))
        self._changed = True

    def _renumber(self, new: Callable[[int], int]) -> None:
        for element in self.root.iter(self._q("definedName")):
            if element.get("localSheetId"):
                element.set("localSheetId", str(new(int(element.get("localSheetId") or 0))))
        for view in self.root.iter(self._q("workbookView"), self._q("customWorkbookView")):
            for name in ("activeTab", "firstSheet"):
                if view.get(name):
                    view.set(name, str(new(int(view.get(name) or 0))))

    # ---- names -------------------------------------------------------------------------------------------------

    def names(self, place: int | None) -> dict[str, etree._Element]:
        """The names that belong to a tab (None: to the whole workbook), by name in lower case."""
        scope = None if place is None else str(place)
        return {(e.get("name") or "").lower(): e for e in self.root.iter(self._q("definedName")) if e.get("localSheetId") == scope}

    def set_names(self, place: int, new: dict[str, etree._Element]) -> None:
        """A tab's built-in names (print titles, print area, filter) become those of `new`; a person's own names on it stay."""
        old = self.names(place)
        for name, element in old.items():
            parent = element.getparent()
            if name not in new and name.startswith("_xlnm.") and parent is not None:
                parent.remove(element)
                self._changed = True
        for name, element in new.items():
            there = old.get(name)
            if there is None:
                self._add_name(element).set("localSheetId", str(place))
                self._changed = True
            elif there.text != element.text:
                there.text = element.text
                self._changed = True
        group = self.root.find(self._q("definedNames"))
        if group is not None and not len(group):
            self.root.remove(group)

    def add_global_name(self, element: etree._Element) -> None:
        """A name of the whole workbook, unless it has one."""
        if (element.get("name") or "").lower() not in self.names(None):
            self._add_name(element)
            self._changed = True

    def _add_name(self, element: etree._Element) -> etree._Element:
        made = etree.SubElement(self._name_group(), self._q("definedName"))
        for key, value in element.attrib.items():
            made.set(str(key), str(value))
        made.text = element.text
        return made

    def _name_group(self) -> etree._Element:
        found = self.root.find(self._q("definedNames"))
        if found is None:
            found = etree.Element(self._q("definedNames"))
            later = {self._q(n) for n in _AFTER_NAMES.split()}
            self.root.insert(next((i for i, e in enumerate(self.root) if e.tag in later), len(self.root)), found)
        return found

    def grow_names(self, sheet: str, top: int, old_last: int, new_last: int) -> None:
        """Names and print areas that end in a sheet's last row reach down to the new last row."""

        def longer(m: re.Match[str]) -> str:
            name = m.group(1)[:-1]
            name = name[1:-1].replace("''", "'") if name.startswith("'") else name
            return m.group(1) + (taller(m.group(2), old_last, new_last, top) if name.casefold() == sheet.casefold() else m.group(2))

        for element in self.root.iter(self._q("definedName")):
            text = element.text or ""
            if (made := _RANGE.sub(longer, text)) != text:
                element.text = made
                self._changed = True

    def widen_filter_name(self, place: int, ref: str) -> None:
        """The hidden name that goes with a sheet's filter."""
        found = self.names(place).get("_xlnm._filterdatabase")
        if found is not None and found.text and "!" in found.text:
            found.text = found.text.rpartition("!")[0] + "!" + ref
            self._changed = True

    # ---- recalculation -----------------------------------------------------------------------------------------

    def recalculate(self) -> None:
        """Formulas are worked out anew when the file is next opened (not where a person has switched calculation to manual)."""
        found = self.root.find(self._q("calcPr"))
        if found is None:
            found = etree.Element(self._q("calcPr"))
            later = {self._q(n) for n in _AFTER_NAMES.split()[1:]}
            self.root.insert(next((i for i, e in enumerate(self.root) if e.tag in later), len(self.root)), found)
        if found.get("calcMode") != "manual" and found.get("fullCalcOnLoad") not in ("1", "true"):
            found.set("fullCalcOnLoad", "1")
            self._changed = True

    def drop_calculation_chain(self) -> None:
        """The chain names formula cells that are no longer formulas; Excel builds it again."""
        for rel in self.package.rels(self.part):
            if rel.kind == "calcChain":
                self.package.remove(rel.target)
                self.package.drop_rel(self.part, rel.id)


def retitled(package: Package, before: list[str], after: list[str]) -> None:
    """docProps/app.xml lists the tabs by name: the list follows. A list that does not fit the tabs is left as it is."""
    part = package.related("", "extended-properties")
    if part is None or before == after:
        return
    root = package.xml(part)
    pairs, titles = root.find("{*}HeadingPairs/{*}vector"), root.find("{*}TitlesOfParts/{*}vector")
    if pairs is None or titles is None:
        return
    start = 0
    for count in list(pairs)[1::2]:
        number = count.find("{*}i4")
        held = int(number.text or 0) if number is not None else 0
        texts = [e.text or "" for e in list(titles)[start : start + held]]
        if texts and all(text in before for text in texts) and number is not None:
            _retitle(titles, start, texts, [n for n in after if n in texts or n not in before])
            number.text = str(len([n for n in after if n in texts or n not in before]))
            _drop_ranges_of_gone(pairs, titles, set(before) - set(after))
            titles.set("size", str(len(titles)))
            package.put_xml(part, root)
            return
        start += held


def _retitle(titles: etree._Element, start: int, old: list[str], new: list[str]) -> None:
    model = titles[start]
    for element in list(titles)[start : start + len(old)]:
        titles.remove(element)
    for offset, name in enumerate(new):
        made = etree.Element(model.tag)
        made.text = name
        titles.insert(start + offset, made)


def _drop_ranges_of_gone(pairs: etree._Element, titles: etree._Element, gone: set[str]) -> None:
    start = 0
    for count in list(pairs)[1::2]:
        number = count.find("{*}i4")
        held = int(number.text or 0) if number is not None else 0
        ours = list(titles)[start : start + held]
        lost = [e for e in ours if "!" in (e.text or "") and (e.text or "").rpartition("!")[0].strip("'") in gone]
        for element in lost:
            titles.remove(element)
        if lost and number is not None:
            number.text = str(held - len(lost))
        start += held - len(lost)
