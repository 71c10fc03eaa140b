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

from macros_py.records.sealing import Seal

FOLDER: Final = ".dunbook"
FIRST: Final = "0" * 64
UNDO: Final = "undo"  # the button of an intent that takes a press back; it closes with "undone"


def new_workbook_id() -> str:
    """A fresh id for a workbook that has none."""
    return secrets.token_hex(8)


def digest(data: bytes) -> str:
    """The hash by which bytes are recognised again."""
    return hashlib.sha256(data).hexdigest()


def _line_hash(entry: Mapping[str, Any]) -> str:
    body = {k: v for k, v in entry.items() if k != "hash"}
    return digest(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def _as_left(intent: Mapping[str, Any], commit: Mapping[str, Any]) -> dict[str, Any]:
    """A press as it left the workbook: an application that has it open works formulas out and says so at the end."""
    cells = commit.get("cells", {})
    sheets = {name: {**d, "cells": cells[name]} if name in cells else d for name, d in intent.get("sheets", {}).items()}
    return {**intent, "after": commit.get("after", intent["after"]), "sheets": sheets}


def _is_entry(line: bytes) -> bool:
    """Whether a line is a whole entry, as its own hash says."""
    try:
        entry = json.loads(line)
    except ValueError:
        return False
    return isinstance(entry, dict) and entry.get("hash") == _line_hash(entry)


def _number(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold: line number (1-based) and a stable word for the reason."""

    line: int
    reason: str  # unreadable | altered | chain | order | details (its file of case ids and hashes was altered or is gone)


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
        self.seal: Seal | None = None  # of the images beside it, where the workbook needs a password to open

    @staticmethod
    def beside(workbook: Path, workbook_id: str) -> Journal:
        """The journal of the workbook with this id, in the folder where the workbook lies."""
        safe = "".join(ch for ch in workbook_id if ch.isalnum() and ch.isascii())[:32]
        return Journal(workbook.parent / FOLDER / (safe or "unnamed"))

    # reading ---------------------------------------------------------------------------------------------------
    def entries(self) -> Iterator[dict[str, Any]]:
        """Every line that can be read, oldest first; a torn last line is passed over (verify tells)."""
        for line in self._lines():
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(entry, dict):
                yield entry

    def verify(self) -> list[Broken]:
        """Every place where a line was altered, removed, added or torn; an empty list when the chain holds.

        A head that is one line behind is no tampering: a press was killed between the two writes, and the chain itself vouches for it.
        """
        broken: list[Broken] = []
        lines = self._lines()
        head = self._head()
        if not lines:
            return [Broken(1, "chain")] if head else []
        previous, seq, before_last = FIRST, 0, FIRST
        for number, line in enumerate(lines, start=1):
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                entry = None
            if not isinstance(entry, dict):
                broken.append(Broken(number, "unreadable"))
                continue
            before_last = previous
            if entry.get("hash") != _line_hash(entry):
                broken.append(Broken(number, "altered"))
            if entry.get("prev") != previous:
                broken.append(Broken(number, "chain"))
            if entry.get("seq") != seq + 1:
                broken.append(Broken(number, "order"))
            if not self._details_hold(entry):
                broken.append(Broken(number, "details"))
            previous, seq = str(entry.get("hash")), _number(entry.get("seq"), seq + 1)
        if head and (head.get("seq"), head.get("hash")) not in ((seq, previous), (seq - 1, before_last)):
            broken.append(Broken(seq + 1, "chain"))  # lines were cut off at the end
        return broken

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return []
        return self.path.read_bytes().decode("utf-8", "replace").split("\n")[: None if self._torn() else -1]

    def _details_hold(self, entry: Mapping[str, Any]) -> bool:
        """Whether the details of a press are what was stored with it; entries without details hold."""
        wanted = entry.get("details")
        if not wanted:
            return True
        path = self._details_path(_number(entry.get("seq"), 0))
        return path.exists() and digest(path.read_bytes()) == wanted

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
        torn = self._mend_tail()
        last: dict[str, Any] = {}
        for last in self.entries():  # noqa: B007 - the last one is wanted
            pass
        entry: dict[str, Any] = {"seq": int(last.get("seq", 0)) + 1, "event": event, **values, "prev": last.get("hash", FIRST)}
        if torn:
            entry["torn"] = torn
        entry["hash"] = _line_hash(entry)
        with self.path.open("a", encoding="utf-8", newline="\n") as out:
            out.write(json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
            out.flush()
            os.fsync(out.fileno())
        temporary = self.folder / "head.json.part"
        temporary.write_text(json.dumps({"seq": entry["seq"], "hash": entry["hash"]}), "utf-8")
        temporary.replace(self.folder / "head.json")
        return entry

    def sweep(self) -> None:
        """Take away what a kill between two writes left beside the journal."""
        (self.folder / "head.json.part").unlink(missing_ok=True)

    def _mend_tail(self) -> str:
        """Take away half a line that a crash left at the end; → its hash, which the next event notes. A whole line is never taken."""
        if not self._torn():
            return ""
        data = self.path.read_bytes()
        kept, _, tail = data.rpartition(b"\n")
        with self.path.open("r+b") as file:
            if _is_entry(tail):  # only its line break is missing
                file.seek(0, os.SEEK_END)
                file.write(b"\n")
                return ""
            file.truncate(len(kept) + 1 if kept else 0)
        return digest(tail)

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
        with self._details_path(seq).open("wb") as out:
            out.write(packed)
            out.flush()
            os.fsync(out.fileno())
        return digest(packed)

    def _details_path(self, seq: int) -> Path:
        return self.folder / "details" / f"{seq:06d}.json.gz"

    def read_details(self, seq: int) -> dict[str, Any]:
        """What write_details stored for this press; empty when it is gone."""
        path = self._details_path(seq)
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
            elif entry["event"] in ("commit", "abandon", "recover", "undone") and intent and entry.get("intent") == intent["seq"]:
                intent = None
        return intent

    def presses(self) -> list[Press]:
        """Committed presses that were not taken back, oldest first."""
        intents = {e["seq"]: e for e in self.entries() if e["event"] == "intent"}
        done: list[Press] = []
        for entry in self.entries():
            if entry["event"] in ("commit", "recover") and entry.get("intent") in intents:
                intent = intents[entry["intent"]]
                if intent.get("button") != UNDO:
                    done.append(Press(intent["seq"], _as_left(intent, entry)))
            elif entry["event"] == "undone":
                done = [p for p in done if p.seq != entry.get("press")]
        return done

    def salt(self) -> str:
        """The key of this workbook's value hashes (16 characters), made once."""
        path = self.folder / "salt"
        if not path.exists() or path.stat().st_size != 16:  # a kill may have left it empty
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(secrets.token_hex(8), "ascii")
            path.chmod(0o600)
        return path.read_text("ascii")
