"""The way to UNO: its Python module from the system, and an office that runs already or is started here."""

from __future__ import annotations

import contextlib
import functools
import importlib
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from macros_py.hosts.host import HostError

P = ParamSpec("P")
T = TypeVar("T")
_MODULES: Final = ("uno.py", "unohelper.py")
_HOMES: Final = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/usr/lib64/libreoffice/program",
)
_RESTART: Final = 81  # the first start of a new profile ends with this and wants to be started again


def uno() -> Any:
    """The module `uno`. From a virtual environment through a folder that holds links to its two files alone, for the system's
    other packages would hide our own. HostError("no-uno") where LibreOffice's Python bridge is not installed."""
    try:
        return importlib.import_module("uno")
    except ImportError:
        pass
    home = next((Path(h) for h in _HOMES if (Path(h) / _MODULES[0]).exists()), None)
    if home is None:
        raise HostError("no-uno")
    folder = Path(tempfile.mkdtemp(prefix="dunbook-uno-"))
    for name in _MODULES:
        (folder / name).symlink_to(home / name)
    sys.path.append(str(folder))
    try:
        found = importlib.import_module("uno")
        importlib.import_module("unohelper")  # kept ready for objects of our own, which it is the base of
        return found
    except ImportError as error:
        raise HostError("no-uno") from error
    finally:
        sys.path.remove(str(folder))
        shutil.rmtree(folder, ignore_errors=True)


def struct(name: str, **values: Any) -> Any:
    """A UNO struct with these members."""
    made = uno().createUnoStruct(name)
    for key, value in values.items():
        setattr(made, key, value)
    return made


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values, as UNO wants them for loading and storing."""
    return tuple(struct("com.sun.star.beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


class OfficeError(Exception):
    """What UNO said, as an exception of Python's own: UNO's cannot pass through context managers."""


def plainly(call: Callable[P, T]) -> Callable[P, T]:
    """A call whose UNO exceptions come as OfficeError, named by their class."""

    @functools.wraps(call)
    def called(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return call(*arguments, **named)
        except uno().getClass("com.sun.star.uno.Exception") as error:
            said = OfficeError(f"{type(error).__name__}: {error.Message}")
        raise said

    return called


class Office:
    """A LibreOffice of our own: started with a fresh profile, ended with close()."""

    def __init__(
        self, program: str = "soffice", *, headless: bool = True, arguments: Sequence[str] = (), profile: Path | None = None
    ) -> None:
        """HostError("no-office") when it cannot be started or does not answer within a minute."""
        self._folder = Path(tempfile.mkdtemp(prefix="dunbook-office-"))
        home = profile or self._folder / "profile"
        pipe = f"dunbook{uuid.uuid4().hex[:10]}"
        shown = ("--headless", "--invisible") if headless else ()
        self._command = [program, f"-env:UserInstallation={home.as_uri()}", f"--accept=pipe,name={pipe};urp;", *shown]
        self._command += ["--norestore", "--nologo", "--nodefault", "--nolockcheck", *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self.context = self._connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        except OSError as error:
            raise HostError("no-office") from error

    def _connected(self, url: str) -> Any:
        local = uno().getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        self._process = self._started()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                return resolver.resolve(url)
            except Exception:  # noqa: BLE001 - UNO's exceptions have no base class of their own: not listening yet
                ended = self._process.poll()
                if ended is not None and ended != _RESTART:
                    break
                if ended == _RESTART:
                    self._process = self._started()
                time.sleep(0.1)
        self.close()
        raise HostError("no-office")

    @property
    def pid(self) -> int:
        """The process that we started; 0 when it has ended."""
        return self._process.pid if self._process and self._process.poll() is None else 0

    def close(self) -> None:
        """End the office that was started here and remove its profile."""
        if self._process is not None and self._process.poll() is None:
            with contextlib.suppress(Exception):  # the connection breaks while it ends; waiting tells
                desktop(self.context).terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
        shutil.rmtree(self._folder, ignore_errors=True)


def desktop(context: Any) -> Any:
    """The desktop of an office: its open documents."""
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
