"""Installing and uninstalling on this PC: the list first, then, if wanted, the doing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from macros_py import __version__
from macros_py.installing import built, linux, removing, this_pc, windows
from macros_py.installing.actions import Action
from macros_py.installing.applying import Machine, known
from macros_py.installing.manifest import Put
from macros_py.installing.words import Words


@dataclass(frozen=True)
class Order:
    """files: the folder of the built files, None for the usual one; trust: folders of workbooks; profile: of LibreOffice."""

    files: Path | None = None
    trust: Sequence[Path] = ()
    profile: Path | None = None


@dataclass(frozen=True)
class Plan:
    """What will be done: actions, and what an earlier version put and this one does not."""

    machine: Machine
    actions: Sequence[Action]
    stale: Sequence[Put]


def plan(order: Order) -> Plan:
    """What installing will do here. InstallError when it cannot."""
    found = built.look(order.files or this_pc.default_files())
    actions = _for_windows(order, found) if this_pc.system() == "windows" else _for_linux(order, found)
    machine = this_pc.machine()
    return Plan(machine, actions, known(machine.kept_at).others(removing.identities(actions)))


def _for_windows(order: Order, found: built.Built) -> list[Action]:
    if found.addin is None:
        raise built.not_built(built.ADDIN, found.folder)
    xlwings = xlwings_version()
    for path in (found.addin, *found.workbooks):
        built.check_versions(path, built.carried(path), __version__, xlwings)
    trust = [PureWindowsPath(folder.absolute()) for folder in order.trust]
    return windows.plan(this_pc.of_windows(), windows.Wanted(found.addin, found.workbooks, trust, __version__, xlwings))


def _for_linux(order: Order, found: built.Built) -> list[Action]:
    if found.extension is None:
        raise built.not_built(built.EXTENSION, found.folder)
    built.check_versions(found.extension, built.Carried(built.extension_version(found.extension)), __version__, "")
    return linux.plan(this_pc.of_linux(order.profile), found.extension)


def xlwings_version() -> str:
    """The version of the installed xlwings; "" when it is not installed."""
    from importlib import metadata

    try:
        return metadata.version("xlwings")
    except metadata.PackageNotFoundError:
        return ""


def install(planned: Plan, said: Callable[[Action, bool], None]) -> list[Words]:
    """Do what was planned; → what an earlier version left and could not be taken away."""
    planned.machine.do(planned.actions, __version__, said)
    return removing.take_back(planned.machine, planned.stale, this_pc.program())


def put_here() -> tuple[Machine, list[Put]]:
    """What stands on this PC of ours, the last first."""
    machine = this_pc.machine()
    return machine, known(machine.kept_at).others(())


def uninstall(machine: Machine, puts: Sequence[Put]) -> list[Words]:
    """Take it away; → what stays, with the reason."""
    return removing.take_back(machine, puts, this_pc.program())
