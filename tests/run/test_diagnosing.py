"""Files for whoever helps when something unexpected happened: few, the newest."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros_py.run.diagnosing import KEPT, unexpected


def test_the_newest_diagnostic_files_are_kept_and_nothing_else_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".dunbook"
    folder.mkdir()
    old = [folder / f"diagnostic-202501{n:02d}-120000.txt" for n in range(1, KEPT + 6)]
    for path in old:
        path.write_text("x", "utf-8")
    (folder / "dunbook.conf").write_text("conf", "ascii")
    said, _ = unexpected(ValueError("张三"))
    kept = sorted(folder.glob("diagnostic-*.txt"))
    assert len(kept) == KEPT
    assert kept[:-1] == old[6:]
    assert str(kept[-1]) in said
    assert (folder / "dunbook.conf").exists()
