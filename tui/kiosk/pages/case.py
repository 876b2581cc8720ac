"""The pages for somebody with a slip: the number, the answer, its rating."""

from campaign.language import Lang
from surveys.paper.check_digits import grouped
from surveys.slip_desk import TYPED_DIGITS
from tui.kiosk.flow import Flow
from tui.kiosk.page import Action
from tui.kiosk.ports import Booth, SlipAnswer
from tui.kiosk.scene import BLANK, Scene, Size, hint, in_the_middle, language_cap, middle, paragraph
from tui.kiosk.slip_visit import RATINGS, SlipVisit, Step
from tui.kiosk.slip_words import (
    RATING_NAMES,
    fault_words,
    next_words,
    outcome_words,
    rating_words,
    state_words,
    title_of_text,
)
from tui.kiosk.texts import tr
from tui.widgets.band import Face
from tui.widgets.big_number import big_number, number_width
from tui.widgets.cells import wrap
from tui.widgets.numerals import ROWS
from tui.widgets.spans import Line, Span, spread
from tui.widgets.touch_keys import Cap, Places

PAD = ("123", "456", "789")
PAD_ROWS, PAD_WIDTH = 12, 48
"""Screen rows of all keys to type with, and the columns of their three places."""
EMPTY = "_"
"""A digit that is still to be typed."""
TALL, TALL_WITH_PAD = 22, 26
"""Rows from which the keys at the foot are three rows high; there are more below keys to type with."""


def case(flow: Flow, booth: Booth, size: Size) -> Scene:
    """The page on which somebody with a slip is."""
    visit = flow.visit
    if visit is None:
        raise ValueError(flow.page)
    if visit.step is Step.CODE:
        return _code(flow, visit, booth, size)
    if visit.answer is None:
        raise ValueError(visit.step)
    if visit.step is Step.RATE:
        return _rate(flow, visit, visit.answer, booth, size)
    return _answer(flow, visit, visit.answer, booth, size)


def _code(flow: Flow, visit: SlipVisit, booth: Booth, size: Size) -> Scene:
    lang = flow.lang
    key_height = 3 if size.height >= TALL_WITH_PAD else 1
    hints = _hint(flow, visit, size, tr(lang, "Scan the square, or type the number below it, then press Enter."))
    asked = [middle(tr(lang, "Enter the number of your slip"), size, bold=True)]
    room = size.height - 1 - PAD_ROWS - len(hints) - key_height
    number = _number(visit.digits, size, room - len(asked))
    lines = [*asked, *number]
    if room > len(lines):
        lines = [*asked, BLANK, *number]
    back, find = tr(lang, "Go back"), tr(lang, "Find")
    return Scene(
        top=(_heading(flow, booth, size),),
        body=(*in_the_middle(lines, room), *[BLANK] * (room - len(lines) - (room - len(lines)) // 2)),
        pad=_pad(),
        pad_side=(size.width - PAD_WIDTH) // 2,
        hint=hints,
        keys=(
            Cap(Action.BACK, f"Esc  ◀ {back}"),
            language_cap(lang, key=tr(lang, "Space") + "  "),
            Cap(Action.ON, f"Enter  {find} ▶", main=True),
        ),
        key_height=key_height,
    )


def _number(digits: str, size: Size, room: int) -> list[Line]:
    """The digits in groups of four, large where there is room, with a line for each that is still to come."""
    shown = grouped(digits.ljust(TYPED_DIGITS, EMPTY))
    large = grouped(digits)
    is_large = bool(large) and room >= ROWS and number_width(shown.replace(EMPTY, "0")) <= size.width
    if is_large and len(digits) <= TYPED_DIGITS:
        return [middle(row, size, "primary", bold=True) for row in big_number(large, size.width)]
    lines = wrap(shown, size.inner) if len(digits) > TYPED_DIGITS else [" ".join(shown)]
    return [middle(line, size, "primary", bold=True) for line in lines[: max(1, room)]]


def _pad() -> tuple[Places, ...]:
    rows: list[Places] = [tuple(Cap(digit, digit) for digit in digits) for digits in PAD]
    return (*rows, (Cap("backspace", "⌫"), Cap("0", "0"), Cap("enter", "OK", main=True)))


def _answer(flow: Flow, visit: SlipVisit, answer: SlipAnswer, booth: Booth, size: Size) -> Scene:
    lang, key_height = flow.lang, 3 if size.height >= TALL else 1
    is_rated = visit.step is Step.RATED
    lines = _answer_lines(answer, lang, size, is_rated=is_rated)
    usual = rating_words(answer, lang) if not is_rated else ""
    hints = _hint(flow, visit, size, usual)
    room = size.height - 2 - max(1, len(hints)) - key_height
    visit.text_pages = max(1, -(-len(lines) // room))
    at = min(visit.text_page, visit.text_pages - 1)
    if visit.text_pages > 1:
        page = tr(lang, "Page {page}/{pages}", page=at + 1, pages=visit.text_pages)
        hints = _hint(flow, visit, size, f"{page} · {usual}" if usual else page)
    return Scene(
        top=(_heading(flow, booth, size), BLANK),
        body=tuple(lines[at * room : (at + 1) * room]),
        hint=hints,
        keys=_answer_keys(visit, answer, lang),
        key_height=key_height,
    )


def _answer_lines(answer: SlipAnswer, lang: Lang, size: Size, *, is_rated: bool) -> list[Line]:
    """Where the matter stands, then the text of the answer with what it came to."""
    lines: list[Line] = []
    if is_rated:
        lines += [*_left(tr(lang, "✔ Thank you. Your rating is kept, without your name."), size, "success"), BLANK]
    for at, said in enumerate(state_words(answer, lang)):
        lines += _left(said, size, "primary" if at == 0 else "warning" if answer.late else "foreground")
    if title := title_of_text(answer, lang):
        lines += [BLANK, *_left(title, size, "muted")]
        margin = Span(" " * size.side)
        lines += [
            (margin, Span("▌ ", "primary"), Span(line))
            for part in answer.text.splitlines()
            for line in wrap(part, size.inner - 2)
        ]
    if outcome := outcome_words(answer, lang):
        lines += [BLANK, *_left(outcome, size, "foreground")]
    if answer.due is not None and is_rated:
        lines += [BLANK, *_left(tr(lang, "Keep the slip: it shows the new answer too."), size, "warning")]
    return lines


def _answer_keys(visit: SlipVisit, answer: SlipAnswer, lang: Lang) -> Places:
    done, rate, more_word = tr(lang, "Done"), tr(lang, "Rate it"), tr(lang, "More")
    more = Cap(Action.MORE, f"8  {more_word} ▼") if visit.text_pages > 1 else None
    if visit.step is Step.ANSWER and answer.can_rate:
        return (
            Cap(Action.BACK, f"7  {done}"),
            language_cap(lang),
            more,
            Cap(Action.ON, f"9  {rate} ▶", main=True),
        )
    return None, language_cap(lang), more, Cap(Action.ON, f"9  {done} ✔", main=True)


def _rate(flow: Flow, visit: SlipVisit, answer: SlipAnswer, booth: Booth, size: Size) -> Scene:
    lang = flow.lang
    roomy = size.is_roomy
    key_height = 3 if size.height >= TALL else 1
    usual = next_words(answer, lang)
    hints = _hint(flow, visit, size, usual)
    height = 5 if roomy else 3
    room = size.height - 1 - len(RATINGS) * height - max(1, len(hints)) - key_height - 1
    asked = paragraph(tr(lang, "What do you think of the answer?"), size, bold=True)
    chosen, back, keep = tr(lang, "Chosen"), tr(lang, "Go back"), tr(lang, "Hand in")
    faces = tuple(
        Face(
            str(at),
            (tr(lang, RATING_NAMES[rating]),),
            f"✔ {chosen}" if visit.rating is rating else "■" * (len(RATINGS) - at + 1) + "□" * (at - 1),
            visit.rating is rating,
            pointed=visit.choosing.pointed == at - 1,
        )
        for at, rating in enumerate(RATINGS, 1)
    )
    above = max(0, (room - len(asked)) // 2)
    return Scene(
        top=(_heading(flow, booth, size),),
        body=(*[BLANK] * above, *asked, *[BLANK] * max(0, min(2, room - above - len(asked)))),
        bands=faces,
        band_height=height,
        hint=hints,
        keys=(
            Cap(Action.BACK, f"7  ◀ {back}"),
            language_cap(lang),
            Cap(Action.ON, f"9  {keep} ✔", main=True) if visit.rating else None,
        ),
        key_height=key_height,
    )


def _hint(flow: Flow, visit: SlipVisit, size: Size, usual: str) -> tuple[Line, ...]:
    """A countdown, a wait, what was wrong, or else what to do."""
    if flow.seconds_left is not None or flow.is_slow:
        return hint(flow, size, "", shown=False)
    if seconds := visit.wait(flow.now):
        said = tr(flow.lang, "Too many numbers led to nothing. Please wait {n} s.", n=seconds)
        return _error(said, size)
    if visit.problem and visit.problem.code != "M146":
        return _error(fault_words(visit.problem, flow.lang), size)
    return tuple(paragraph(usual, size, "muted")) if usual else ()


def _error(said: str, size: Size) -> tuple[Line, ...]:
    return tuple(paragraph(f"▲ {said}", size, "error", bold=True))


def _left(said: str, size: Size, colour: str) -> list[Line]:
    """A text in lines that begin at the left, as an answer is read."""
    return [(Span(" " * size.side), Span(line, colour, bold=colour != "muted")) for line in wrap(said, size.inner)]


def _heading(flow: Flow, booth: Booth, size: Size) -> Line:
    """The campaign alone: the slip may come from any of its branches."""
    title, name = f"  {booth.campaign_title.text(flow.lang)}", tr(flow.lang, "Slip")
    line = spread((Span(title),), (Span(f"{name}  "),), size.width)
    return tuple(Span(span.text, "on-key", "key", bold=True) for span in line)
