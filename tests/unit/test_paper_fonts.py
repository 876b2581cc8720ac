"""The fonts of everything on paper."""

import pytest

from campaign.errors import BadInput
from campaign.language import Lang
from exports.paper import fonts
from exports.texts import tr

WHERE = tr.phrase("the name of the branch")


def test_rare_names_can_be_printed() -> None:
    """Characters of names and places that GB 2312 does not have are there."""
    assert fonts.missing("镕堃喆犇昇垚祎玥珺旻赟㛃䶮") == ()


def test_what_the_font_does_not_have_is_listed_once_and_in_order() -> None:
    """Each missing character once, in the order of the text."""
    assert fonts.missing("满😀意𠮷😀") == ("😀", "𠮷")


def test_bold_borrows_from_regular() -> None:
    """A character that bold does not have is set in regular, the others stay bold."""
    assert [fonts.font_of(char, bold=True) for char in "满赟A"] == [fonts.BOLD, fonts.REGULAR, fonts.BOLD]
    assert fonts.font_of("满", bold=False) == fonts.REGULAR


def test_bold_has_all_of_ascii() -> None:
    """Figures and Latin letters never change their weight within a line."""
    assert {fonts.font_of(chr(code), bold=True) for code in range(32, 127)} == {fonts.BOLD}


def test_bold_is_measured_with_its_own_widths() -> None:
    """A bold letter is wider than the regular one."""
    assert fonts.width("w", fonts.BOLD) > fonts.width("w", fonts.REGULAR)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u2003b\tc", "a b c"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("e\u0301", "é"),
        ("满\u200b意\ufeff\ufe0f\x07", "满意"),
        ("第\u3000一\xa0联", "第\u3000一\xa0联"),
    ],
)
def test_text_is_set_without_what_cannot_be_seen(text: str, shown: str) -> None:
    """Blanks become spaces, line ends one character, accents part of their letter; format characters are left out."""
    assert fonts.printable(text) == shown


def test_a_missing_glyph_is_refused_by_name_and_place() -> None:
    """M80 names the character with its code point, and where it stands, in both languages; one problem a text."""
    with pytest.raises(BadInput) as refused:
        fonts.require([(WHERE, "支部😀"), (WHERE, "支部"), (WHERE, "𠮷")])
    problem, other = refused.value.problems
    assert (problem.code, other.code) == ("M80", "M80")
    assert "😀 (U+1F600)" in problem.text(Lang.EN)
    assert "the name of the branch" in problem.text(Lang.EN)
    assert "单位名称" in problem.text(Lang.ZH)
