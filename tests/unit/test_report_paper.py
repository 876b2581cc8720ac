"""How a sheet goes onto paper: in letters that can be read, on as few pages as that takes; headings between words."""

from hypothesis import given
from hypothesis import strategies as st

from exports.workbook.report_headings import broken
from exports.workbook.report_paper import LEAST, ROW, packed, paper_for, points
from exports.workbook.report_words import in_lines
from exports.workbook.sheets import cells_of

SIZES = st.floats(50, 3000)


def test_a_narrow_long_table_stands_and_a_wide_one_lies() -> None:
    """Whichever takes fewer pages."""
    assert paper_for(500, 1000, 100).standing
    assert not paper_for(1000, 300, 100).standing


def test_a_few_lines_too_many_are_no_page_of_their_own() -> None:
    """All is printed a little smaller, as long as it can be read."""
    paper = paper_for(500, 850, 100)
    assert (paper.tall, paper.across) == (1, 1)
    assert LEAST <= paper.scale < 1


def test_a_very_wide_table_goes_over_pages_beside_each_other() -> None:
    """Rather than in letters that nobody can read."""
    paper = paper_for(3000, 100, 50)
    assert paper.across > 1
    assert paper.scale == LEAST


@given(SIZES, SIZES, st.floats(0, 150))
def test_letters_are_never_too_small_and_everything_has_room(wide: float, high: float, heads: float) -> None:
    """Whatever is printed."""
    paper = paper_for(wide, high, heads)
    assert LEAST <= paper.scale <= 1
    if paper.tall:
        assert paper.tall * (paper.room - heads) >= high - paper.tall * ROW


@given(st.lists(st.floats(50, 400), min_size=1, max_size=20))
def test_parts_that_stay_whole_are_packed(heights: list[float]) -> None:
    """As many on a page as there is room for, in their order."""
    paper, starts = packed(points([16, 118]), heights, 100)
    pages = [*starts, len(heights)]
    begin = 0
    for end in pages:
        assert end > begin
        assert end == begin + 1 or sum(heights[begin:end]) <= paper.room - 100
        begin = end


def test_a_chinese_heading_is_broken_between_words_by_us() -> None:
    """A program would break it anywhere; one that fits, or is in English, is left alone."""
    assert broken("有效回收率%", 8.5) == "有效\n回收率%"
    assert broken("终端中途退出", 5.5) == "终端\n中途\n退出"
    assert broken("有效票", 8.0) == "有效票"
    assert broken("Valid of handed out", 8.0) == "Valid of handed out"


@given(st.text(st.sampled_from("满意率，。a b-1"), max_size=80), st.integers(8, 60))
def test_a_note_in_lines_loses_nothing(text: str, width: int) -> None:
    """But blanks at the ends of lines."""
    lines = in_lines(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells_of(line) <= width or len(line.split()) == 1 for line in lines)
