"""Fitting, centring and breaking of lines by display cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.widgets.cells import NOT_FIRST, NOT_LAST, balanced_lines, centred, clean, fit, line_spans, spaced, wrap

MIXED = st.text(st.sampled_from("满意测评，。？（）“”《》、 abcXYZ019.-'%…—é́㎡𠮷"), max_size=80)
WIDTHS = st.integers(min_value=4, max_value=60)


@given(MIXED, WIDTHS)
def test_lines_are_the_whole_text(text: str, width: int) -> None:
    """Put together again, the lines are the text, each at most as wide as asked, blanks at its end aside."""
    text = clean(text)
    lines = [text[start:end] for start, end in line_spans(text, width)]
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    assert all(lines) or text == ""


@given(MIXED, WIDTHS)
def test_lines_end_where_the_rules_of_chinese_allow(text: str, width: int) -> None:
    """No line starts with closing punctuation or ends with opening punctuation, if it can be broken at all."""
    text = clean(text)
    spans = line_spans(text, width)
    for start, end in spans[:-1]:
        breakable = any(
            text[at] not in NOT_FIRST
            and text[at - 1] not in NOT_LAST
            and " " not in text[at - 1 : at + 1]
            and cell_len(text[at - 1]) == 2 == cell_len(text[at])
            for at in range(start + 1, end + 1)
        )
        if breakable:
            assert text[end] not in NOT_FIRST
            assert text[end - 1] not in NOT_LAST


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("您对本次会议（含线上会议）满意吗？", 14, ["您对本次会议", "（含线上会议）", "满意吗？"]),
        ("请打分，满分100分。", 12, ["请打分，满分", "100分。"]),
        ("他说“好”。", 6, ["他说", "“好”。"]),
        ("How well were the problems answered?", 14, ["How well were", "the problems", "answered?"]),
        ("Pneumonoultramicroscopic", 10, ["Pneumonoul", "tramicrosc", "opic"]),
        ("well-known words", 12, ["well-known", "words"]),
        ("", 10, [""]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    """Numbers and words stay whole, punctuation stays with its text."""
    assert wrap(text, width) == lines


def test_a_paragraph_breaks_behind_its_sentences() -> None:
    """Centred texts break about evenly, and behind a sentence where that is possible."""
    note = "本次测评不记名，不收集姓名、电话和时间。任何题都可以跳过。请按自己的真实感受选择。"
    assert balanced_lines(note, 72) == (
        "本次测评不记名，不收集姓名、电话和时间。",
        "任何题都可以跳过。请按自己的真实感受选择。",
    )


@given(MIXED, WIDTHS)
def test_balanced_lines_need_no_more_lines(text: str, width: int) -> None:
    """Balancing keeps every character but blanks, fits the width and takes as many lines as plain breaking."""
    lines = balanced_lines(text, width)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())
    assert all(cell_len(line) <= width for line in lines)
    assert len(lines) <= len(line_spans(clean(text), width))


@given(MIXED, st.integers(min_value=0, max_value=40))
def test_fitted_text_has_exactly_its_width(text: str, width: int) -> None:
    """Padded or cut, at either side or centred, a text takes exactly the cells that it was given."""
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width
    assert cell_len(centred(text, width)) == width


def test_a_cut_never_parts_a_wide_character() -> None:
    """Half a Hanzi is no Hanzi."""
    assert fit("满意度", 4) == "满… "
    assert fit("满意度", 5) == "满意…"


def test_control_characters_never_reach_a_cell() -> None:
    """Escape sequences, direction marks and line ends are taken out of data."""
    assert clean("a\x1b[31mb\u202ec\nd\x00") == "a[31mbc d"


@pytest.mark.parametrize(
    ("label", "shown"),
    [("满意", "满    意"), ("不满意", "不 满 意"), ("基本满意", "基本满意"), ("Yes", "Yes"), ("是", "是")],
)
def test_short_labels_are_set_out(label: str, shown: str) -> None:
    """Two or three Hanzi take the width of four, other labels stay."""
    assert spaced(label) == shown
