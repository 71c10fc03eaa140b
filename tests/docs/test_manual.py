"""Every button, command, column, setting and message is documented, and the manual is as new as the code."""

from __future__ import annotations

from pathlib import Path

from docs.build import manual
from docs.function_examples import answer, formula
from docs.pictures import OF_BUTTONS, of_function
from macros_py import cli
from macros_py.buttons import BUTTONS
from macros_py.buttons.faces import OTHERS
from macros_py.domain.problems import CATALOGUE
from macros_py.domain.rules import scalars
from macros_py.functions.catalogue import FUNCTIONS
from macros_py.hosts.refusals import REFUSALS
from macros_py.sheets.tables import SHEETS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "manual.md").read_text("utf-8")


def test_the_manual_is_as_new_as_the_code() -> None:
    assert manual() == TEXT, "run `make docs`"


def test_everything_that_people_meet_stands_in_the_manual() -> None:
    named = [b.zh for b in BUTTONS] + [f"dunbook {c.name} " for c in cli.COMMANDS] + [f"**{code}**" for code in (*CATALOGUE, *REFUSALS)]
    named += [c.zh for s in SHEETS for c in s.columns] + [entry.metadata["zh"] for _, _, entry in scalars()]
    assert [n for n in named if n not in TEXT] == []


def test_every_button_and_function_has_a_picture_and_every_function_an_example_that_is_answered() -> None:
    pictures = [*(OF_BUTTONS[b.name] for b in (*BUTTONS, *OTHERS)), *(of_function(f.category) for f in FUNCTIONS)]
    assert [p for p in pictures if not (ROOT / "docs" / "pictures" / f"{p}.png").exists()] == []
    for function in FUNCTIONS:
        assert f"### {function.name}\n" in TEXT
        assert formula(function.name) in TEXT
        assert "算不出来" not in str(answer(function.name))


def test_every_message_has_both_languages_and_a_remedy() -> None:
    for code, t in {**CATALOGUE, **REFUSALS}.items():
        assert t.zh, code
        assert t.en, code
        assert t.remedy_zh, code
        assert t.remedy_en, code


def test_a_remedy_by_an_option_says_that_it_is_one_of_the_command_line() -> None:
    for code, t in {**CATALOGUE, **REFUSALS}.items():
        if " --" in t.remedy_zh:
            assert "命令行" in t.remedy_zh or "dunbook " in t.remedy_zh, code
            assert "command line" in t.remedy_en or "dunbook " in t.remedy_en, code


def test_the_readme_shows_pictures_that_exist_and_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for picture in ("plan", "team", "week", "letter"):
        assert f"docs/pictures/{picture}.png" in readme
        assert (ROOT / "docs" / "pictures" / f"{picture}.png").stat().st_size > 10_000
    assert "make demo" in readme
    assert "make test" in readme
