"""Where lines break, and how wide they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.paper import fonts
from exports.paper.wrapping import NO_END, NO_START, line, lines, measured

EM = 10 / fonts.MM_PER_POINT
"""Size in points at which an em is 10 mm."""
TEXT = st.text(alphabet="满意度测评（）“”《》，。、：；？！…—·9aB’-' (),.%\n", max_size=60)

PARTS = (
    "满意",
    "度",
    "（总的）",
    "“三会一课”、",
    "《测评》：",
    "（“好”）。",
    "…",
    "——",
    "10%",
    "well-known ",
    "don’t ",
    "(OK)",
)


def shown(text: str, ems: float, *, bold: bool = False) -> list[str]:
    return [each.text for each in lines(text, EM, ems * 10, bold=bold)]


def test_no_line_begins_with_closing_or_ends_with_opening_punctuation() -> None:
    """The characters before or after come along to the next line."""
    assert shown("支部活动情况。好", 6) == ["支部活动情", "况。好"]
    assert shown("支部活动的（总的）", 6) == ["支部活动的", "（总的）"]


def test_closing_punctuation_hangs_into_its_own_empty_half() -> None:
    """At the end of a line a full stop needs half its width."""
    assert shown("支部活动情况。", 6.5) == ["支部活动情况。"]


def test_words_are_kept_whole() -> None:
    """A line ends between words, or after a hyphen between letters; figures with hyphens are kept."""
    assert shown("well-known follow-up of 2026-11-23", 6) == ["well-known", "follow-up of", "2026-11-23"]
    assert shown("follow-up", 3.5) == ["follow-", "up"]


def test_a_word_wider_than_the_line_is_broken() -> None:
    """Nothing ever leaves its column."""
    assert "".join(shown("Donaudampfschifffahrt", 4)) == "Donaudampfschifffahrt"
    assert all(each.width <= 40 for each in lines("Donaudampfschifffahrt", EM, 40))


@pytest.mark.parametrize(
    ("text", "ems"),
    [("活（“三会”）", 5.5), ("会。”好", 3.5), ("（“三", 2.0), ("会：“三", 3.5), ("会（三", 3.0), ("“三”", 2.0)],
)
def test_adjacent_punctuation_is_squeezed(text: str, ems: float) -> None:
    """Where the empty half of a full-width sign meets another sign, or the edge of the line, it is left out."""
    assert measured(text, EM) == pytest.approx(ems * 10)


def test_squeezed_signs_do_not_run_into_each_other() -> None:
    """The second of two opening signs is moved left by half, so that its ink follows the first's."""
    runs = line("活（“三", EM).runs
    assert [(run.text, round(run.x, 3)) for run in runs] == [("活（", 0.0), ("“三", 15.0)]


def test_curly_quotes_among_latin_letters_are_narrow() -> None:
    """An apostrophe does not tear a word apart, though the font has it in full width alone."""
    assert measured("don’t", EM) < measured("dont", EM) + 3
    assert measured("说“好”吧", EM) == pytest.approx(50)


def test_bold_text_is_measured_in_bold() -> None:
    """A line that fits in regular breaks earlier in bold."""
    text = "How well are households helped"
    ems = measured(text, EM) / 10
    assert len(shown(text, ems)) == 1
    assert len(shown(text, ems, bold=True)) == 2


def test_lines_of_the_text_are_kept() -> None:
    """A line end in the data is one on paper; empty lines are left out."""
    assert shown("一\n\n二 三", 10) == ["一", "二 三"]
    assert shown("", 10) == []


@given(TEXT, st.floats(min_value=2.5, max_value=30), st.booleans())
def test_every_character_is_set_once_and_inside_its_column(text: str, ems: float, bold: bool) -> None:
    """Nothing but blanks is lost between lines, and no line is wider than it may be."""
    made = lines(text, EM, ems * 10, bold=bold)
    assert "".join("".join(each.text for each in made).split()) == "".join(text.split())
    assert all(each.width <= ems * 10 + 1e-6 for each in made)


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join), st.floats(min_value=12, max_value=30))
def test_lines_begin_and_end_as_they_may(text: str, ems: float) -> None:
    """No line but the first begins with a closing sign, and none but the last ends with an opening one."""
    made = shown(text, ems)
    assert [each for each in made[1:] if each[0] in NO_START] == []
    assert [each for each in made[:-1] if each[-1] in NO_END] == []


@given(st.lists(st.sampled_from(["满意", "well", "2026", "（好）", "“是”"]), min_size=1, max_size=30))
def test_a_line_is_as_wide_as_its_runs(words: list[str]) -> None:
    """What is measured is what is drawn: the last run ends where the line does, but for a sign's empty half."""
    drawn = line(" ".join(words), EM)
    last = drawn.runs[-1]
    end = last.x + sum(fonts.width(char, last.font) for char in last.text) * 10
    assert end - 5.01 <= drawn.width <= end + 0.01
