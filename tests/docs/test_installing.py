"""The page about installing names every command of the family, in both languages, and no file that a bundle does not hold."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from macros_py.cli import COMMANDS
from macros_py.installing import bundle_texts

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "installing.md").read_text("utf-8")
CHINESE, ENGLISH = PAGE.split("\n---\n")


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_every_command_and_cmd_file_is_explained_and_exists(text: str) -> None:
    named = set(re.findall(r"dunbook (\w+)", text))
    assert {"install", "uninstall", "doctor", "bundle", "watch"} <= named <= {c.name for c in COMMANDS}
    files = set(bundle_texts.files("1")) | set(bundle_texts.program_files())
    assert set(re.findall(r"(?:^|[`\\])(\w+\.cmd)`", text)) <= files


def test_every_option_that_is_named_exists() -> None:
    parsers = {c.name: argparse.ArgumentParser() for c in COMMANDS}
    for command in COMMANDS:
        command.declare(parsers[command.name])
    for name, option in re.findall(r"dunbook (\w+)[^`]*? (--[a-z-]+)", PAGE):
        assert option in parsers[name]._option_string_actions
