"""What the probe found on a PC."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Program:
    """Python and its packages. python: 3.11.9; bits: "64" or "32"; xlwings, pywin32: versions, "" when not installed; tk: version of the Tk
    that its windows are made with, "" when it does not work."""

    python: str = "3.11.9"
    bits: str = "64"
    dunbook: str = ""
    xlwings: str = ""
    pywin32: str = ""
    tk: str = "8.6.13"


@dataclass(frozen=True)
class Installed:
    """What `dunbook install` put. version: "" when nothing is installed; lost: files that are gone since; conf_python: the program
    that the conf file names, and whether it is there."""

    version: str = ""
    damaged: bool = False
    lost: tuple[str, ...] = ()
    conf_python: str = ""
    conf_python_there: bool = True


@dataclass(frozen=True)
class Excel:
    """offices: such as "16.0"; bits: of Excel, "" unknown; opens: which program opens .xlsx; dll: whether xlwings' DLL for this Excel
    lies beside Python; addin, addin_xlwings: versions in the add-in, "" when it is not there; macros: the setting VBAWarnings;
    start_on_network: the start folder, below APPDATA, lies on a network."""

    offices: tuple[str, ...] = ()
    bits: str = ""
    opens: str = ""
    wps: bool = False
    dll: bool = False
    addin: str = ""
    addin_xlwings: str = ""
    addin_marked: bool = False
    addin_disabled: bool = False
    trusted: bool = False
    trust_forbidden: bool = False
    macros: int | None = None
    macros_by_policy: bool = False
    start_on_network: bool = False


@dataclass(frozen=True)
class Calc:
    """version: of LibreOffice, "" when it is not there; extension: of ours, "" when not added; python: of LibreOffice, "" when it has none."""

    version: str = ""
    unopkg: bool = False
    root: bool = False
    extension: str = ""
    python: str = ""


@dataclass(frozen=True)
class Book:
    """A workbook that a person asks about. cloud: OneDrive or SharePoint holds its folder; marked: Windows marks it as from the Internet."""

    path: str
    cloud: bool = False
    marked: bool = False
    network: bool = False
    macros: bool = False
    dunbook: str = ""


@dataclass(frozen=True)
class Facts:
    """All of it. antivirus: the names of programs that were found."""

    system: Literal["windows", "linux"]
    program: Program = field(default_factory=Program)
    installed: Installed = field(default_factory=Installed)
    excel: Excel = field(default_factory=Excel)
    calc: Calc = field(default_factory=Calc)
    book: Book | None = None
    antivirus: tuple[str, ...] = ()
