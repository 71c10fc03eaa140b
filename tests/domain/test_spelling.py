"""One case number written in several ways."""

from __future__ import annotations

import numpy as np
import pytest

from macros_py.domain.spelling import in_ledger_spelling, may_mean


def read(word: str, *ledger: str) -> str:
    """What a word is taken for in a ledger; '?' when it stays as it is."""
    out, changed = in_ledger_spelling(np.array([word], dtype=object), np.array(ledger, dtype=object))
    return str(out[0]) if changed[0] else "?"


@pytest.mark.parametrize("word", ["aj-0001", "AJ0001", "ＡＪ－０００１", "AJ—0001", "AJ_0001", "AJ 0001", "AJ-1", "aj1"])
def test_dashes_width_case_and_leading_zeros_do_not_make_another_case(word: str) -> None:
    assert read(word, "AJ-0001", "AJ-0002", "AJ-0010") == "AJ-0001"


def test_a_number_that_lost_its_zeros_finds_its_case() -> None:
    assert read("123", "00000123", "00001230") == "00000123"


def test_a_number_that_stands_in_the_ledger_is_that_case_whatever_else_reads_the_same() -> None:
    assert read("AJ1", "AJ-0001", "AJ1") == "?"


def test_where_two_cases_read_the_same_none_is_taken_but_the_nearer_form_counts_first() -> None:
    assert read("AJ1", "AJ-01", "AJ-001") == "?"
    assert read("AJ001", "AJ-01", "AJ-001") == "AJ-001"


def test_numbers_parted_between_digits_at_other_places_differ() -> None:
    assert read("A-1-11", "A-11-1") == "?"
    assert read("2026-0001", "20260001") == "20260001"


def test_no_number_means_no_case() -> None:
    assert [read(word, "AJ-1", "") for word in ("", "-", "AJ-2")] == ["?", "?", "?"]


def test_several_numbers_in_one_cell_and_equal_forms_may_mean_each_of_them() -> None:
    words, ledger = np.array(["A-1、A-2", "a3", "B"], dtype=object), np.array(["A-1", "A-2", "A-3", "A-03", ""], dtype=object)
    at, meant = may_mean(words, ledger)
    assert list(zip(at.tolist(), meant.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 2), (1, 3)]
