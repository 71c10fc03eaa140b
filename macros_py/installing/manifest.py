"""What was put on this PC, so that exactly this can be taken away again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

NAME: Final = "installed.json"


@dataclass(frozen=True)
class PutFolder:
    """A folder; made: it was not there before us; whole: it is ours alone."""

    path: str
    made: bool
    whole: bool = False


@dataclass(frozen=True)
class PutFile:
    """A file with the hash of what we put; kept: where the file that stood there before us was moved to, "" if none did."""

    path: str
    sha256: str
    kept: str = ""


@dataclass(frozen=True)
class PutValue:
    """A registry value, and the one before us (None: there was none); key_made: the topmost key that was not there before us, "" if none."""

    key: str
    name: str
    value: str | int
    before: str | int | None
    before_kind: str = ""
    key_made: str = ""


@dataclass(frozen=True)
class PutExtension:
    """An extension in a LibreOffice profile, "" being the person's own."""

    identifier: str
    profile: str
    sha256: str


Put = PutFolder | PutFile | PutValue | PutExtension
_KINDS: Final[dict[str, type[Put]]] = {"folder": PutFolder, "file": PutFile, "value": PutValue, "extension": PutExtension}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def identity(put: Put) -> tuple[str, ...]:
    """Which thing on the PC it is."""
    match put:
        case PutFolder(path) | PutFile(path):
            return (_NAMES[type(put)], path)
        case PutValue(key, name):
            return ("value", key, name)
        case PutExtension(identifier, profile):
            return ("extension", identifier, profile)


@dataclass
class Manifest:
    """The list, in the order in which things were put."""

    version: str = ""
    puts: list[Put] = field(default_factory=list)

    def find(self, like: tuple[str, ...]) -> Put | None:
        return next((p for p in self.puts if identity(p) == like), None)

    def note(self, put: Put) -> None:
        """Add it, or renew what is known of the same thing."""
        at = next((i for i, p in enumerate(self.puts) if identity(p) == identity(put)), None)
        if at is None:
            self.puts.append(put)
        else:
            self.puts[at] = put

    def drop(self, put: Put) -> None:
        self.puts = [p for p in self.puts if identity(p) != identity(put)]

    def others(self, wanted: Sequence[tuple[str, ...]]) -> list[Put]:
        """What an earlier version put and the present one does not, the last first."""
        return [p for p in reversed(self.puts) if identity(p) not in wanted]


def load(path: Path) -> Manifest:
    """The list as it stands; empty where nothing was put. ValueError when the file is damaged."""
    if not path.exists():
        return Manifest()
    data = json.loads(path.read_text("utf-8"))
    try:
        puts: list[Put] = [_KINDS[p.pop("kind")](**p) for p in data["puts"]]
        return Manifest(data["version"], puts)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is damaged") from error


def save(path: Path, manifest: Manifest) -> None:
    """Whole or not at all: a list cut in two would leave things behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {"version": manifest.version, "puts": [{"kind": _NAMES[type(p)], **asdict(p)} for p in manifest.puts]}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    part.replace(path)
