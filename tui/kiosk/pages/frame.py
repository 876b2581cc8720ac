"""What all pages of questions share: place and progress, the question's text, and the keys in their places."""

from campaign.language import Lang
from surveys.questionnaire import Question
from tui.kiosk.flow import Flow
from tui.kiosk.page import Action
from tui.kiosk.ports import Booth
from tui.kiosk.scene import Size, language_cap, paragraph
from tui.kiosk.texts import tr
from tui.widgets.spans import Line, Span, spread
from tui.widgets.touch_keys import Cap, Places

TOP = 2
"""Rows of heading and steps."""


def top_lines(flow: Flow, booth: Booth, size: Size) -> tuple[Line, Line]:
    """Place and progress, and the segments of the steps: heavy for those behind, dots for those ahead."""
    number, count = flow.run.position
    current = flow.run.current
    is_note = current is not None and not current.asks
    where = "" if is_note else tr(flow.lang, "Question {number} of {count}", number=number, count=count)
    done = number - 1 if is_note else number
    title = f"{booth.branch_name.text(flow.lang)} · {booth.campaign_title.text(flow.lang)}"
    bar = spread(
        (Span(f"  {title}", "on-key", "key", bold=True),),
        (Span(f"{where}  ", "on-key", "key", bold=True),),
        size.width,
    )
    return tuple(Span(span.text, "on-key", "key", bold=True) for span in bar), _steps(done, count, size)


def _steps(number: int, count: int, size: Size) -> Line:
    room = size.width - 4 + 1
    spans = [Span("  ")]
    for step in range(count):
        cells = (step + 1) * room // count - step * room // count - 1
        spans.append(Span("━" * cells, "key") if step < number else Span("·" * cells, "muted"))
        spans.append(Span(" "))
    return tuple(spans)


def prompt_lines(asked: Question, lang: Lang, size: Size) -> list[Line]:
    """The question, and its hint below."""
    lines = paragraph(asked.label.text(lang), size, bold=True)
    if advice := asked.hint.text(lang):
        lines += paragraph(advice, size, "muted")
    return lines


def caps(flow: Flow, *, typing: bool = False) -> Places:
    """The keys in their places: back, language, more, on."""
    lang, run = flow.lang, flow.run
    asked = flow.question
    is_first = run.questionnaire.questions and run.questionnaire.questions[0] is asked
    back_word = tr(lang, "Back")
    back = None if is_first else Cap(Action.BACK, f"{'Esc' if typing else '7'}  ◀ {back_word}")
    if not asked.asks:
        onward = tr(lang, "Continue")
    elif flow.is_answered or asked.required:
        onward = tr(lang, "Next")
    else:
        onward = tr(lang, "Skip")
    on = Cap(Action.ON, f"{'Enter' if typing else '9'}  {onward} ▶", main=True)
    language = language_cap(lang, key="" if typing else "0  ")
    if len(flow.choosing.pages) > 1:
        more_word = tr(lang, "More")
        return back, language, Cap(Action.MORE, f"8  {more_word} ▼"), on
    return back, language, on
