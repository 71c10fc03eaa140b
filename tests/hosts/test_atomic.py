"""A file is the old one or the new one, whenever the program is stopped."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros_py.hosts import atomic
from macros_py.hosts.host import HostError

WRITER = """
import sys
from pathlib import Path
from macros_py.hosts import atomic
path, n = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    n += 1
    atomic.replace(path, bytes([n % 256]) * 3_000_000)
"""


def test_the_file_is_replaced_and_its_mode_kept(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(b"old")
    book.chmod(0o640)
    atomic.replace(book, b"new", atomic.digest(b"old"))
    assert book.read_bytes() == b"new"
    assert stat.S_IMODE(book.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [book]


def test_a_link_keeps_pointing_at_the_file(tmp_path: Path) -> None:
    book, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.write_bytes(b"old")
    link.symlink_to(book)
    atomic.replace(link, b"new")
    assert link.is_symlink()
    assert book.read_bytes() == b"new"


def test_a_file_that_somebody_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    book.write_bytes(b"theirs")
    with pytest.raises(HostError, match="changed-meanwhile"):
        atomic.replace(book, b"new", atomic.digest(b"old"))
    assert book.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [book]


def test_killed_at_random_moments_it_is_never_torn(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(b"\x00" * 3_000_000)
    for attempt in range(8):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(book)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.02 + 0.013 * attempt)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        data = book.read_bytes()
        assert len(data) == 3_000_000
        assert data == data[:1] * 3_000_000
    atomic.sweep(book)
    assert list(tmp_path.iterdir()) == [book]


def test_only_temporary_files_of_ours_whose_program_is_gone_are_swept(tmp_path: Path) -> None:
    book = tmp_path / "a[1].xlsx"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    mine = tmp_path / f".dunbook-{os.getppid()}-abcd-{book.name}.tmp"
    orphan, foreign = tmp_path / f".dunbook-{dead.pid}-abcd-{book.name}.tmp", tmp_path / ".other.tmp"
    for path in (mine, orphan, foreign):
        path.write_bytes(b"x")
    assert atomic.sweep(book) == [orphan.name]
    assert mine.exists()
    assert foreign.exists()


def test_a_folder_that_is_gone_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="read-only"):
        atomic.replace(tmp_path / "没有" / "a.xlsx", b"new")
