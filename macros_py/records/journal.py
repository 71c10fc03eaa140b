"""The journal of one workbook: one JSON line per event, each line carrying the hash of the line before.

It says who pressed what and when, which cases and columns were touched, and keyed hashes of old and new values.
The values themselves stand only in the backups, which are as protected as the workbook.

    <folder of the workbook>/.dunbook/<workbook id>/journal.jsonl
                                                   /details/<seq>.json.gz   case ids and keyed hashes of one press
                                                   /backups/…               see records.backups
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDER: Final = ".dunbook"
FIRST: Final = "0" * 64


def new_workbook_id() -> str:
    """A fresh id for a workbook that has none."""
    return secrets.token_hex(8)


def digest(data: bytes) -> str:
    """The hash by which bytes are recognised again."""
    return hashlib.sha256(data).hexdigest()


def _line_hash(entry: Mapping[str, Any]) -> str:
    body = {k: v for k, v in entry.items() if k != "hash"}
    return digest(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold: line number (1-based) and a stable word for the reason."""

    line: int
    reason: str  # unreadable | altered | chain | order


@dataclass(frozen=True)
class Press:
    """One committed press that can still be taken back."""

    seq: int
    entry: Mapping[str, Any]

    @property
    def before(self) -> str:
        return str(self.entry["before"])

    @property
    def after(self) -> str:
        return str(self.entry["after"])


class Journal:
    """Append-only and hash-chained. Opening it creates nothing; the first event does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "journal.jsonl"

    @staticmethod
    def beside(workbook: Path, workbook_id: str) -> Journal:
        """The journal of the workbook with this id, in the folder where the workbook lies."""
        safe = "".join(ch for ch in workbook_id if ch.isalnum() and ch.isascii())[:32]
        return Journal(workbook.parent / FOLDER / (safe or "unnamed"))

    # reading ---------------------------------------------------------------------------------------------------
    def entries(self) -> Iterator[dict[str, Any]]:
        """Every line that can be read, oldest first; a torn last line is passed over (verify tells)."""
        if not self.path.exists():
            return
        for line in self.path.read_text("utf-8").splitlines():
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(entry, dict):
                yield entry

    def verify(self) -> list[Broken]:
        """Every place where a line was altered, removed, added or torn; an empty list when the chain holds."""
        broken: list[Broken] = []
        if not self.path.exists():
            return broken
        previous, seq = FIRST, 0
        for number, line in enumerate(self.path.read_text("utf-8").splitlines(), start=1):
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                broken.append(Broken(number, "unreadable"))
                continue
            if entry.get("hash") != _line_hash(entry):
                broken.append(Broken(number, "altered"))
            if entry.get("prev") != previous:
                broken.append(Broken(number, "chain"))
            if entry.get("seq") != seq + 1:
                broken.append(Broken(number, "order"))
            previous, seq = str(entry.get("hash")), int(entry.get("seq", seq + 1))
        if (head := self._head()) and (head.get("hash") != previous or head.get("seq") != seq):
            broken.append(Broken(seq + 1, "chain"))  # lines were cut off at the end
        return broken

    def _head(self) -> dict[str, Any] | None:
        path = self.folder / "head.json"
        try:
            head = json.loads(path.read_text("utf-8"))
        except (OSError, json.JSONDecodeError):
            return None
        return head if isinstance(head, dict) else None

    # writing ---------------------------------------------------------------------------------------------------
    def write(self, event: str, **values: Any) -> dict[str, Any]:
        """Append one event; its seq, the hash of the line before and its own hash are added. Durable on return."""
        self.folder.mkdir(parents=True, exist_ok=True)
        last: dict[str, Any] = {}
        for last in self.entries():  # noqa: B007 - the last one is wanted
            pass
        entry: dict[str, Any] = {"seq": int(last.get("seq", 0)) + 1, "event": event, **values, "prev": last.get("hash", FIRST)}
        entry["hash"] = _line_hash(entry)
        lead = "\n" if self._torn() else ""
        with self.path.open("a", encoding="utf-8", newline="\n") as out:
            out.write(lead + json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
            out.flush()
            os.fsync(out.fileno())
        (self.folder / "head.json").write_text(json.dumps({"seq": entry["seq"], "hash": entry["hash"]}), "utf-8")
        return entry

    def _torn(self) -> bool:
        """Whether the last line was cut off by a crash."""
        if not self.path.exists() or self.path.stat().st_size == 0:
            return False
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"

    def write_details(self, seq: int, details: Mapping[str, Any]) -> str:
        """Case ids, columns and keyed hashes of one press, compressed beside the journal; → the hash of the file."""
        folder = self.folder / "details"
        folder.mkdir(parents=True, exist_ok=True)
        packed = gzip.compress(json.dumps(details, ensure_ascii=False, separators=(",", ":")).encode(), compresslevel=1, mtime=0)
        (folder / f"{seq:06d}.json.gz").write_bytes(packed)
        return digest(packed)

    def read_details(self, seq: int) -> dict[str, Any]:
        """What write_details stored for this press; empty when it is gone."""
        path = self.folder / "details" / f"{seq:06d}.json.gz"
        if not path.exists():
            return {}
        found = json.loads(gzip.decompress(path.read_bytes()))
        return found if isinstance(found, dict) else {}

    # what follows from the entries -------------------------------------------------------------------------------
    def pending(self) -> dict[str, Any] | None:
        """The intent of a press that was cut off before its commit, if the last press was."""
        intent: dict[str, Any] | None = None
        for entry in self.entries():
            if entry["event"] == "intent":
                intent = entry
            elif entry["event"] in ("commit", "abandon", "recover") and intent and entry.get("intent") == intent["seq"]:
                intent = None
        return intent

    def presses(self) -> list[Press]:
        """Committed presses that were not taken back, oldest first."""
        intents = {e["seq"]: e for e in self.entries() if e["event"] == "intent"}
        done: list[Press] = []
        for entry in self.entries():
            if entry["event"] in ("commit", "recover") and entry.get("intent") in intents:
                intent = intents[entry["intent"]]
                if intent.get("button") != "undo":
                    done.append(Press(intent["seq"], intent))
            elif entry["event"] == "undone":
                done = [p for p in done if p.seq != entry.get("press")]
        return done

    def salt(self) -> str:
        """The key of this workbook's value hashes (16 characters), made once."""
        path = self.folder / "salt"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(secrets.token_hex(8), "ascii")
            path.chmod(0o600)
        return path.read_text("ascii").strip()
