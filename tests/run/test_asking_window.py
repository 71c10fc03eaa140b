"""The form itself, on a screen of its own: typed into by keyboard, wrong fields first, cancelled by Escape."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from macros_py.buttons import BUTTONS
from macros_py.hosts.files import FileHost
from macros_py.run import asking_window
from macros_py.run.asking import Asking
from macros_py.run.given import given_values
from macros_py.run.outcome import Request
from macros_py.run.pressing import press
from tests.run.conftest import MONDAY, ledger

pytestmark = pytest.mark.office
FIELDS = [
    {"name": name, "kind": kind, "label": name, "many": False, "choices": [], "shown": shown, "told": told}
    for name, kind, shown, told in (
        ("case", "text", "A001", ""),
        ("income", "money", "abc", "?"),
        ("whole", "flag", "", ""),
        ("key", "secret", "", ""),
    )
]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen whose number is free."""
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-screen", "0", "1200x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tells], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tells)
    with os.fdopen(told) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait(20)


@contextmanager
def form(display: str) -> Iterator[subprocess.Popen[bytes]]:
    """The form, as soon as it is seen."""
    spec = {"title": "Propose", "said": "请核对", "ok": "确定", "cancel": "取消", "choose": "选择…", "fields": FIELDS}
    environment = {**os.environ, "DISPLAY": display}
    command = [sys.executable, asking_window.__file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as shown:
        assert shown.stdin is not None
        shown.stdin.write(json.dumps(spec).encode() + b"\n")
        shown.stdin.flush()
        xdotool(display, "search", "--sync", "--onlyvisible", "--name", "Propose")
        time.sleep(0.5)  # the keyboard follows
        yield shown
        shown.kill()


def xdotool(display: str, *arguments: str) -> str:
    """What xdotool tells; it waits for what it looks for."""
    environment = {**os.environ, "DISPLAY": display}
    return subprocess.run(["xdotool", *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=20).stdout


def focused(display: str, title: str) -> None:
    """The keyboard goes to the window of this title once it is seen, as a manager of windows would have it."""
    (window, *_) = xdotool(display, "search", "--sync", "--onlyvisible", "--name", title).split()
    xdotool(display, "windowfocus", "--sync", window)
    time.sleep(0.5)


def test_the_keyboard_is_in_the_wrong_field_and_what_is_typed_replaces_it(display: str) -> None:
    with form(display) as shown:
        xdotool(display, "type", "8000")
        xdotool(display, "key", "Tab", "space", "Tab")
        xdotool(display, "type", "geheim")
        xdotool(display, "key", "Return")
        out, _ = shown.communicate(timeout=30)
    typed: dict[str, Any] = json.loads(out)
    assert shown.returncode == 0
    assert typed == {"case": "A001", "income": "8000", "whole": True, "key": "geheim"}


def test_escape_cancels(display: str) -> None:
    with form(display) as shown:
        xdotool(display, "key", "Escape")
        out, _ = shown.communicate(timeout=30)
    assert (out, shown.returncode) == (b"", asking_window.CANCELLED)


def test_a_file_is_chosen_in_the_file_dialog_and_imported(display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window of 导入流水, its button 选择… by keyboard, a path typed into the dialog, and the press with what was chosen."""
    monkeypatch.setenv("DISPLAY", display)
    book, statement = tmp_path / "ledger.xlsx", tmp_path / "icbc.csv"
    book.write_bytes(ledger())
    statement.write_text("交易日期,交易金额,对方户名,摘要,交易流水号\n2026-11-20,1250.50,张三,还款,2026112000001\n", "utf-8")
    button = next(b for b in BUTTONS if b.name == "import")
    values: dict[str, Any] = {}
    person = threading.Thread(target=lambda: values.update(Asking("Import", button.asks, "zh").values()))
    person.start()
    focused(display, "^Import$")
    xdotool(display, "key", "Tab", "space")
    focused(display, "^Open$")
    xdotool(display, "type", str(statement))
    xdotool(display, "key", "Return")
    focused(display, "^Import$")
    xdotool(display, "key", "Return")
    person.join(30)
    assert values == {"files": (statement,)}
    outcome = press(Request(book, MONDAY), button.name, button.load(**given_values(button.asks, values)))
    assert outcome.wrote, outcome.problems
    host = FileHost.for_reading(book)
    cells = [str(v) for row in host.read("资金流水").cells for v in row]
    host.close()
    assert "2026112000001" in cells
