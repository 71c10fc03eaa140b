"""What number formats say beside the digits."""

from __future__ import annotations

import pytest

from macros_py.hosts.host import ShownAs
from macros_py.hosts.looks import look_of, looks_of


@pytest.mark.parametrize(
    ("code", "before", "after", "power"),
    [
        ('0!.0,"万元"', "", "万元", -4),
        ('0\\!.0,"万元"', "", "万元", -4),  # as LibreOffice saves it
        ('0"."0,"万"', "", "万", -4),
        ("0\\.0,", "", "", -4),
        ("0!.0000", "", "", -4),
        ('0.00,,"百万"', "", "百万", -6),
        ('0,.00"千元"', "", "千元", -3),
        ("#,##0,", "", "", -3),
        ('#,##0.0000"万"', "", "万", 0),
        ("[$$-409]#,##0.00", "$", "", 0),
        ("[$HK$-C04]#,##0", "HK$", "", 0),
        ("[$$-C04]#,##0", "HK$", "", 0),
        ("[$¥-411]#,##0", "JPY", "", 0),
        ("#,##0.00 [$€-407]", "", "€", 0),
        ('"$"#,##0.00_);[Red]\\("$"#,##0.00\\)', "$", "", 0),
        ('0"期";-0"期";"-"', "", "期", 0),
        ('General"元"', "", "元", 0),
        ("0.00%", "", "%", 0),
    ],
)
def test_words_and_scale_of_a_format(code: str, before: str, after: str, power: int) -> None:
    look = look_of(code)
    assert look is not None
    assert look.sections == (ShownAs(before, after, power),)


@pytest.mark.parametrize(
    "code", ["General", "0.00", "#,##0.00", "¥#,##0.00", "[$¥-804]#,##0.00", '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "@", ";;;", "000-0000-0000"]
)  # fmt: skip
def test_formats_of_plain_digits_and_yuan_say_nothing(code: str) -> None:
    assert look_of(code) is None


def test_sections_that_show_a_number_differently_are_kept_apart() -> None:
    look = look_of('[>=10000]0!.0,"万元";0"元"')
    assert look is not None
    assert look.sections == (ShownAs("", "万元", -4), ShownAs("", "元", 0))


@pytest.mark.parametrize(("code", "shown"), [("00000000", "00000012"), ('"HT"0000', "HT0012"), ('0"号"', "12号"), ('#,##0"元"', "")])
def test_a_whole_number_is_told_as_people_see_it(code: str, shown: str) -> None:
    look = look_of(code)
    assert look is not None
    assert look.text(12) == shown


def test_the_yuan_sign_counts_only_beside_another_unit() -> None:
    assert looks_of(["¥0.00", "0.00"]) == [None, None]
    assert looks_of(["¥0.00", "0.00", "[$$-409]0.00"])[0] is not None
