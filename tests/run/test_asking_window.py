"""The form itself, on a screen of its own: typed into by keyboard, wrong fields first, cancelled by Escape."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from macros_py.run import asking_window

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


def xdotool(display: str, *arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": display}, check=True, stdout=subprocess.DEVNULL, timeout=20)


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
