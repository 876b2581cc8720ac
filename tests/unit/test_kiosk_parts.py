"""The small parts of the kiosk: typed keys, editor, choices on pages, idle time, PIN, big titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from campaign.errors import Problem
from surveys.questionnaire import Choice, CountsAs
from tests.kiosk_fakes import GROUPS, SCALE, numbered
from tui.kiosk.choosing import Choosing, balanced, scale_signs
from tui.kiosk.editor import Editor
from tui.kiosk.idle import Idle
from tui.kiosk.keys import typed
from tui.kiosk.pin import Knock, PinPad
from tui.widgets.big_hanzi import big


@pytest.mark.parametrize(
    ("key", "character", "meant", "text"),
    [
        ("5", "5", "5", "5"),
        ("５", "５", "5", "５"),
        ("fullwidth_asterisk", "＊", "asterisk", "＊"),
        ("multiply", "*", "asterisk", "*"),
        ("space", " ", "space", " "),
        ("ideographic_space", "\u3000", "space", " "),
        ("enter", "\r", "enter", ""),
        ("escape", "\x1b", "escape", ""),
        ("ctrl+q", "\x11", "ctrl+q", ""),
        ("alt+q", "q", "alt+q", ""),
        ("李四", "李四", "李四", "李四"),
        ("up", None, "up", ""),
    ],
)
def test_keys_are_folded(key: str, character: str | None, meant: str, text: str) -> None:
    """Full-width digits and keypad keys are what they stand for; only printable characters are text."""
    assert (typed(key, character).key, typed(key, character).text) == (meant, text)


def test_an_editor_keeps_to_its_limit() -> None:
    """The character after the last one is not taken."""
    editor = Editor("", limit=3)
    for char in "满意吗了":
        editor.press(typed(char, char))
    assert editor.text == "满意吗"


def test_characters_go_where_the_caret_is() -> None:
    """Arrows move the caret; typing, also of several characters at once, and backspace act before it."""
    editor = Editor("满意", limit=300)
    editor.press(typed("left", None))
    editor.press(typed("非常", "非常"))
    assert (editor.text, editor.caret) == ("满非常意", 3)
    editor.press(typed("backspace", "\x7f"))
    assert (editor.text, editor.caret) == ("满非意", 2)
    editor.press(typed("right", None))
    editor.press(typed("right", None))
    assert editor.caret == 3


def test_a_number_takes_digits_alone() -> None:
    """Letters are not taken, full-width digits are taken as plain ones."""
    editor = Editor("", limit=9, digits_only=True)
    for char in "a１2-３":
        editor.press(typed(char, char))
    assert editor.text == "123"


@given(st.text(st.sampled_from("满意，。 ab1"), max_size=60), st.integers(4, 30), st.data())
def test_the_caret_stands_within_the_lines(text: str, width: int, data: st.DataObject) -> None:
    """Wherever the caret is, its column lies in its row, and before it stand all characters before it."""
    editor = Editor(text, limit=300)
    editor.caret = data.draw(st.integers(0, len(editor.text)))
    lines, (column, row) = editor.lines(width)
    assert 0 <= row < len(lines)
    before = "".join(lines[:row])
    if column <= cell_len(lines[row]) and column:
        assert cell_len(before) + column == cell_len(editor.text[: editor.caret])


@given(st.integers(1, 40), st.integers(1, 6))
def test_pages_of_choices_are_balanced(count: int, most: int) -> None:
    """All choices are on a page, in order, and pages differ by one choice at most."""
    pages = balanced(count, most)
    assert [index for page in pages for index in page] == list(range(count))
    assert max(map(len, pages)) <= most
    assert max(map(len, pages)) - min(map(len, pages)) <= 1


def test_thirteen_choices_are_on_three_pages() -> None:
    """13 is 5 + 4 + 4; the pages turn round, and arrows turn them too."""
    choosing = Choosing(13)
    assert [len(page) for page in choosing.pages] == [5, 4, 4]
    for page in (1, 2, 0):
        choosing.more()
        assert choosing.page == page
    for _ in range(6):
        choosing.move(1)
    assert (choosing.page, choosing.pointed) == (1, 5)
    assert choosing.at_key("1") == 5
    assert choosing.at_key("5") is None


def test_nothing_is_pointed_at_to_begin_with() -> None:
    """No choice is suggested; the first arrow points at the first or the last one."""
    choosing = Choosing(4)
    assert choosing.pointed is None
    choosing.move(-1)
    assert choosing.pointed == 3


def test_scales_have_signs_in_either_order() -> None:
    """Best is full, worst is one, no opinion is a question mark; plain choices have none."""
    assert scale_signs(SCALE) == ["■■■", "■■□", "■□□", " ?"]
    assert scale_signs(SCALE[2::-1]) == ["■□□", "■■□", "■■■"]
    assert scale_signs(numbered(GROUPS)) == [""] * 6
    assert scale_signs([Choice(code="D", label=SCALE[3].label, counts_as=CountsAs.NO_OPINION)]) == ["?"]


@pytest.mark.parametrize(("silence", "left"), [(0, None), (59.9, None), (60, 15), (70.5, 4.5), (75, 0), (500, 0)])
def test_idle_time(silence: float, left: float | None) -> None:
    """After 60 s of silence 15 s are counted down."""
    assert Idle(1000).left(1000 + silence) == left


def test_a_touch_ends_the_countdown() -> None:
    """And tells that it did."""
    idle = Idle(0)
    assert not idle.touch(59)
    assert idle.touch(59 + 61)
    assert idle.left(121) is None


def test_five_stars_within_three_seconds_are_a_knock() -> None:
    """Slower ones, or ones with another key between, are not."""
    star, other = typed("asterisk", "*"), typed("1", "1")
    assert [Knock().heard(star, now) for now in (0, 1)] == [False, False]
    knock = Knock()
    assert [knock.heard(star, now) for now in (0, 0.5, 1, 1.5, 2)] == [False] * 4 + [True]
    knock = Knock()
    assert not any(knock.heard(star, now) for now in (0, 1, 2, 3, 4, 5))
    knock = Knock()
    assert not any(knock.heard(key, 0) for key in (star, star, other, star, star, star))


def enters(pad: PinPad, now: float, digit: str = "1") -> bool:
    """Whether a digit and Enter are taken for a PIN that is to be checked."""
    pad.press(typed(digit, digit), now)
    return pad.press(typed("enter", "\r"), now)


def test_no_digit_is_taken_during_a_wait() -> None:
    """As long as the booth says, even if the page is closed and opened anew; the seconds left are told, rounded up."""
    pad = PinPad()
    pad.open(0)
    assert enters(pad, 0)
    pad.refuse(0, 60)
    assert (pad.digits, pad.failed, pad.wait(0)) == ("", True, 60)
    pad.close()
    pad.open(30)
    assert not enters(pad, 30)
    assert pad.wait(59.5) == 1
    assert enters(pad, 60)


def test_a_wait_that_is_learnt_late_takes_back_what_was_typed() -> None:
    """Digits typed before the booth has said how long to wait are forgotten; without a wait they stay."""
    pad = PinPad()
    pad.open(0)
    pad.press(typed("1", "1"), 0)
    pad.block(0, 0)
    assert (pad.digits, pad.wait(0)) == ("1", 0)
    pad.block(0, 42.5)
    assert (pad.digits, pad.wait(0)) == ("", 43)


def test_why_a_pin_was_not_looked_at_is_known_until_it_no_longer_holds() -> None:
    """The problem stays for its wait, also on a page opened anew; the next digit or a later opening ends it."""
    full = Problem("M40", {"why": "full", "path": "/data"})
    for ended in (lambda pad: enters(pad, 60), lambda pad: pad.open(60), lambda pad: pad.refuse(60, 0)):
        pad = PinPad()
        pad.open(0)
        pad.refuse(0, 60, full)
        pad.close()
        pad.open(30)
        assert (pad.failed, pad.problem) == (False, full)
        ended(pad)
        assert pad.problem is None


def test_the_pin_page_closes_by_itself() -> None:
    """15 s without a key, and what was typed is forgotten."""
    pad = PinPad()
    pad.open(0)
    pad.press(typed("1", "1"), 10)
    pad.tick(24)
    assert pad.shown
    pad.tick(25)
    assert (pad.shown, pad.digits) == (False, "")


def test_big_titles_are_eight_rows_of_half_blocks() -> None:
    """A Hanzi is 16 cells wide, a letter 8, and all titles of the kiosk have their glyphs."""
    for title, width in (("请您评一评", 80), ("请评价", 48), ("谢谢您", 48), ("Thank you", 72)):
        rows = big(title)
        assert [len(row) for row in rows] == [width] * 8
        assert set("".join(rows)) <= set(" ▀▄█")
        assert any(row.strip() for row in rows)
    assert big("一")[3] == "▄" * 15 + " "
