"""The page of claims names tests that exist, and every check that it refers to."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "excel-claims.md").read_text("utf-8")
STATES = ("run", "simulated", "unproved", "documented")


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| claim", "| ---"))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_claim_has_a_state_and_a_check_where_it_is_unproved() -> None:
    for claim, state, _, check in rows():
        assert any(s in state for s in STATES), claim
        assert check or "unproved" not in state, claim


def test_the_tests_and_files_that_it_names_exist() -> None:
    named = set(re.findall(r"`((?:tests|addin)/[\w/.]+)`", PAGE))
    assert named
    assert [n for n in sorted(named) if not (ROOT / n).exists()] == []


def test_every_check_is_in_the_list_and_says_what_is_expected() -> None:
    items = dict(re.findall(r"^(\d+)\. (.+)$", PAGE, re.MULTILINE))
    asked = {number for *_, check in rows() for number in re.findall(r"\d+", check)}
    assert asked == set(items)
    assert [n for n, text in items.items() if "*Expected:" not in text] == []
