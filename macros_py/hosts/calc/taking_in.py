"""A drawn sheet on its way into an open document, and what the office's own way leaves behind: module, tints, page, frozen panes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from macros_py.hosts.calc.tints import settle

if TYPE_CHECKING:
    from macros_py.hosts.calc.book import Book, Sheet

_LIBRARY: Final = "Standard"  # the one that every document has
_FIRST_SHEET: Final = 3  # of a view's words: zoom, active sheet and width of the tabs come before
_PAGE: Final = ("IsLandscape", "Width", "Height", "LeftMargin", "RightMargin", "TopMargin", "BottomMargin", "ScaleToPagesX", "ScaleToPagesY",
                "HeaderIsOn", "FooterIsOn", "CenterHorizontally", "PrintDownFirst")  # fmt: skip


def take_in(source: Sheet, book: Book, place: int) -> None:
    """A copy of the sheet in another or the same document, at this place (from 0)."""
    if book.doc.BasicLibraries.VBACompatibilityMode:
        _with_module(source)
    settle(source.book.doc, source.sheet)
    taken = book.doc.Sheets.getByIndex(book.doc.Sheets.importSheet(source.book.doc, source.name, place))
    _page(source, book, taken)
    _panes(source, book, taken)


def _with_module(sheet: Sheet) -> None:
    """An empty module for the sheet. Into a document with VBA an office copies a sheet with its module, and stops half-way without one."""
    libraries = sheet.book.doc.BasicLibraries
    name = libraries.ProjectName or _LIBRARY
    library = libraries.getByName(name) if libraries.hasByName(name) else libraries.createLibrary(name)
    if not sheet.sheet.CodeName:
        sheet.sheet.CodeName = f"Drawn{sheet.index}"
    if not library.hasByName(sheet.sheet.CodeName):
        library.insertByName(sheet.sheet.CodeName, "")


def _page(source: Sheet, book: Book, taken: Any) -> None:
    """A page style of its own for the sheet, as it was where it came from."""
    styles = book.doc.StyleFamilies.getByName("PageStyles")
    name = f"dunbook {taken.Name}"
    if not styles.hasByName(name):
        styles.insertByName(name, book.doc.createInstance("com.sun.star.style.PageStyle"))
    made, was = styles.getByName(name), source.book.doc.StyleFamilies.getByName("PageStyles").getByName(source.sheet.PageStyle)
    made.setPropertyValues(_PAGE, was.getPropertyValues(_PAGE))
    if made.HeaderIsOn:
        made.RightPageHeaderContent = was.RightPageHeaderContent
    if made.FooterIsOn:
        made.RightPageFooterContent = was.RightPageFooterContent
    if source.sheet.getPrintTitleRows():  # once, and before the style: Calc counts pages anew, slowly where a style fits them to a width
        taken.setTitleRows(source.sheet.getTitleRows())
    elif taken.getPrintTitleRows():
        taken.setPrintTitleRows(False)
    taken.PageStyle = name


def _panes(source: Sheet, book: Book, taken: Any) -> None:
    """Its frozen panes, by the words in which a view tells of every sheet: to freeze them as a person does, the sheet would have to be shown."""
    there, here = source.book.doc.CurrentController, book.doc.CurrentController
    if there is None or here is None:
        return
    frozen, view = there.getViewData().split(";"), here.getViewData().split(";")
    view[_FIRST_SHEET + taken.RangeAddress.Sheet] = frozen[_FIRST_SHEET + source.index - 1]
    here.restoreViewData(";".join(view))
