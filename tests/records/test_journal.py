"""The journal only grows, and any meddling with it shows."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.records.backups import Backups
from macros_py.records.journal import Journal, digest


def pressed(journal: Journal, before: str, after: str, button: str = "monday") -> int:
    intent = journal.write("intent", button=button, before=before, after=after)
    journal.write("commit", intent=intent["seq"])
    return int(intent["seq"])


def test_a_chain_that_nobody_touched_holds(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    pressed(journal, "a", "b")
    pressed(journal, "b", "c")
    assert [e["seq"] for e in journal.entries()] == [1, 2, 3, 4]
    assert journal.verify() == []


def test_an_altered_line_is_found(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    pressed(journal, "a", "b")
    lines = journal.path.read_text("utf-8").splitlines()
    lines[0] = lines[0].replace('"monday"', '"undo"')
    journal.path.write_text("\n".join(lines) + "\n", "utf-8")
    assert [(b.line, b.reason) for b in journal.verify()] == [(1, "altered")]


def test_a_line_altered_and_hashed_anew_breaks_the_chain(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    pressed(journal, "a", "b")
    lines = journal.path.read_text("utf-8").splitlines()
    entry = json.loads(lines[0])
    entry["button"] = "check"
    body = {k: v for k, v in entry.items() if k != "hash"}
    entry["hash"] = digest(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    lines[0] = json.dumps(entry, ensure_ascii=False)
    journal.path.write_text("\n".join(lines) + "\n", "utf-8")
    assert [(b.line, b.reason) for b in journal.verify()] == [(2, "chain")]


def test_removed_lines_are_found_even_at_the_end(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    pressed(journal, "a", "b")
    pressed(journal, "b", "c")
    lines = journal.path.read_text("utf-8").splitlines()
    journal.path.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    assert journal.verify()
    journal.path.write_text("\n".join(lines[1:]) + "\n", "utf-8")
    assert journal.verify()


def test_a_torn_last_line_is_told_and_the_next_event_notes_it_and_takes_its_place(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    pressed(journal, "a", "b")
    with journal.path.open("a", encoding="utf-8") as out:
        out.write('{"seq":3,"event":"int')
    assert [b.reason for b in journal.verify()] == ["unreadable"]
    journal.write("intent", button="monday", before="b", after="c")
    assert journal.verify() == []
    assert [e["torn"] for e in journal.entries() if "torn" in e] == [digest(b'{"seq":3,"event":"int')]
    assert [e["seq"] for e in journal.entries()] == [1, 2, 3]


def test_a_press_cut_off_before_its_commit_is_pending(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    pressed(journal, "a", "b")
    assert journal.pending() is None
    intent = journal.write("intent", button="monday", before="b", after="c")
    pending = journal.pending()
    assert pending is not None
    assert pending["seq"] == intent["seq"]
    journal.write("abandon", intent=intent["seq"])
    assert journal.pending() is None
    assert [p.after for p in journal.presses()] == ["b"]


def test_what_was_undone_is_no_press_any_more(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    first = pressed(journal, "a", "b")
    second = pressed(journal, "b", "c")
    journal.write("undone", press=second)
    assert [p.seq for p in journal.presses()] == [first]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_flipping_any_character_of_the_journal_is_found(tmp_path_factory: object, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("journal")  # type: ignore[attr-defined]
    journal = Journal(folder)
    pressed(journal, "a", "b")
    text = journal.path.read_text("utf-8")
    at = data.draw(st.integers(0, len(text) - 1).filter(lambda i: text[i] != "\n"))
    new = "x" if text[at] != "x" else "y"
    journal.path.write_text(text[:at] + new + text[at + 1 :], "utf-8")
    assert journal.verify()


def test_an_image_that_was_meddled_with_is_not_used(tmp_path: Path) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(b"old")
    backups = Backups(tmp_path / "j")
    backups.keep(b"old", book)
    assert backups.find(digest(b"old"), ".xlsx") == b"old"
    next(backups.folder.glob("*.xlsx")).write_bytes(b"bad")
    assert backups.find(digest(b"old"), ".xlsx") is None


def test_details_come_back_as_they_were_stored(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    journal.write_details(3, {"cases": ["CS1"], "new": [17]})
    assert journal.read_details(3) == {"cases": ["CS1"], "new": [17]}
    assert journal.read_details(4) == {}
