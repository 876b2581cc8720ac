"""A question with choices, a text to type, a number, or a note."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from campaign.language import Lang
from surveys.questionnaire import Question, QuestionType
from tui.kiosk.choosing import MOST, balanced, scale_signs
from tui.kiosk.editor import Editor
from tui.kiosk.flow import Action, Flow
from tui.kiosk.ports import Booth
from tui.kiosk.scene import BLANK, Scene, Size, hint, language_cap, paragraph
from tui.kiosk.texts import tr
from tui.widgets.band import EDGES, Face, label_width
from tui.widgets.cells import fit, spaced, wrap
from tui.widgets.spans import Line, Span, spread
from tui.widgets.touch_keys import Cap, Places

TOP = 2
"""Rows of heading and steps."""
MOST_BOX_ROWS = 10
BOX_PADDING = 2


def question(flow: Flow, booth: Booth, size: Size) -> Scene:
    """The page of the question or note on screen."""
    asked = flow.question
    top = top_lines(flow, booth, size)
    prompt = _prompt(asked, flow.lang, size)
    if flow.editor:
        return _typing(flow, flow.editor, size, top, prompt)
    if not asked.choices:
        return _note(flow, size, top, prompt)
    return _choices(flow, size, top, prompt)


def top_lines(flow: Flow, booth: Booth, size: Size) -> tuple[Line, Line]:
    """Place and progress, and the segments of the steps: heavy for those behind, dots for those ahead."""
    number, count = flow.run.position
    where = tr(flow.lang, "Question {number} of {count}", number=number, count=count)
    title = f"{booth.branch_name.text(flow.lang)} · {booth.campaign_title.text(flow.lang)}"
    bar = spread(
        (Span(f"  {title}", "on-key", "key", bold=True),),
        (Span(f"{where}  ", "on-key", "key", bold=True),),
        size.width,
    )
    return tuple(Span(span.text, "on-key", "key", bold=True) for span in bar), _steps(number, count, size)


def _steps(number: int, count: int, size: Size) -> Line:
    room = size.width - 4 + 1
    spans = [Span("  ")]
    for step in range(count):
        cells = (step + 1) * room // count - step * room // count - 1
        spans.append(Span("━" * cells, "key") if step < number else Span("·" * cells, "muted"))
        spans.append(Span(" "))
    return tuple(spans)


def _prompt(asked: Question, lang: Lang, size: Size) -> list[Line]:
    lines = paragraph(asked.label.text(lang), size, bold=True)
    if advice := asked.hint.text(lang):
        lines += paragraph(advice, size, "muted")
    return lines


def _caps(flow: Flow, *, typing: bool = False) -> Places:
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


def _note(flow: Flow, size: Size, top: tuple[Line, ...], prompt: list[Line]) -> Scene:
    room = size.height - TOP - 4
    above = max(1, (room - len(prompt)) // 3)
    return Scene(
        top=top,
        body=(*[BLANK] * above, *prompt)[:room],
        hint=hint(flow, size, tr(flow.lang, "Press 9 to continue.")),
        keys=_caps(flow),
    )


@dataclass(frozen=True, slots=True)
class _Fitting:
    """How bands and keys share the rows."""

    band_height: int
    band_gap: int
    key_height: int
    capacity: int


def _choices(flow: Flow, size: Size, top: tuple[Line, ...], prompt: list[Line]) -> Scene:
    choices, lang = flow.question.choices, flow.lang
    is_scale = flow.question.is_scale
    labels = [
        tuple(wrap(_label(choice.label.text(lang), is_scale=is_scale and lang is Lang.ZH), label_width(size.inner)))
        for choice in choices
    ]
    hints = hint(flow, size, _choices_hint(flow))
    fixed = TOP + len(prompt) + max(1, len(hints))
    fitting = _fitting(size.height - fixed, labels, roomy=size.is_roomy)
    flow_pages = _faces(flow, labels, fitting.capacity)
    used = fixed + len(flow_pages) * (fitting.band_height + fitting.band_gap) + fitting.key_height
    air = max(0, size.height - used)
    above, below = min(3, (air + 2) // 3), min(2, (air + 1) // 3)
    return Scene(
        top=top,
        body=(*[BLANK] * above, *prompt, *[BLANK] * below),
        bands=flow_pages,
        band_height=fitting.band_height,
        band_gap=fitting.band_gap,
        hint=hints,
        keys=_caps(flow),
        key_height=fitting.key_height,
        capacity=fitting.capacity,
    )


def _label(text: str, *, is_scale: bool) -> str:
    return spaced(text) if is_scale else text


def _fitting(rows: int, labels: Sequence[tuple[str, ...]], *, roomy: bool) -> _Fitting:
    """The largest bands with which all choices fit, or else the most choices a page; a row stays for air."""
    lines = max(len(label) for label in labels)
    wanted = len(balanced(len(labels), MOST)[0])
    ways = [(5, 0, 3), (3, 1, 3)] if roomy else []
    ways += [(3, 0, 3), (3, 0, 1), (1, 1, 3), (1, 1, 1), (1, 0, 1)]
    for height, gap, keys in ways:
        band = max(height, lines + (EDGES if height > 1 else 0))
        capacity = (rows - keys) // (band + gap)
        if capacity >= wanted:
            return _Fitting(band, gap, keys, MOST)
    return _Fitting(lines, 0, 1, max(1, rows - 1) // lines)


def _faces(flow: Flow, labels: Sequence[tuple[str, ...]], capacity: int) -> tuple[Face, ...]:
    """The bands of the page of choices that is shown."""
    flow.choosing.capacity = capacity
    asked, lang = flow.question, flow.lang
    several = asked.type is QuestionType.SELECT_MULTIPLE
    signs = scale_signs(asked.choices) if asked.is_scale else ["□" if several else ""] * len(asked.choices)
    chosen_word = tr(lang, "Chosen")
    faces = []
    for place, index in enumerate(flow.choosing.shown, 1):
        chosen = flow.is_chosen(asked.choices[index].code)
        sign = f"✔ {chosen_word}" if chosen else signs[index]
        faces.append(Face(str(place), labels[index], sign, chosen, pointed=flow.choosing.pointed == index))
    return tuple(faces)


def _choices_hint(flow: Flow) -> str:
    lang, choosing = flow.lang, flow.choosing
    count = len(choosing.shown)
    if flow.question.type is not QuestionType.SELECT_MULTIPLE:
        text = tr(lang, "Press 1–{n} or touch your choice. No names are kept.", n=count)
    else:
        value = flow.run.value(flow.question.name)
        chosen = len(value) if isinstance(value, tuple) else 0
        text = tr(lang, "{n} chosen. Choose several; press again to take one back.", n=chosen)
    if len(choosing.pages) > 1:
        page = tr(lang, "Page {page}/{pages}", page=choosing.page + 1, pages=len(choosing.pages))
        return f"{page} · {text}"
    return text


def _typing(flow: Flow, editor: Editor, size: Size, top: tuple[Line, ...], prompt: list[Line]) -> Scene:
    width = size.inner
    hints = hint(flow, size, _typing_hint(flow, editor))
    room = size.height - TOP - len(prompt) - max(1, len(hints)) - 3 - EDGES - 3
    lines, (column, row) = editor.lines(width - 2 * BOX_PADDING)
    rows = 1 if editor.digits_only else max(1, min(room, MOST_BOX_ROWS))
    first = max(0, row - rows + 1)
    shown = [*lines[first : first + rows], *[""] * rows][:rows]
    margin = Span(" " * size.side)
    box: list[Line] = [(margin, Span("▄" * width, "surface"))]
    padding = " " * BOX_PADDING
    for at, line in enumerate(shown):
        caret = column if at == row - first else None
        box.append((margin, *_box_line(padding, line, width, caret)))
    box.append((margin, Span("▀" * width, "surface")))
    count = tr(flow.lang, "{n} of {limit} characters", n=len(editor.text), limit=editor.limit)
    counter: Line = (margin, Span(fit(count, width, right=True), "muted"))
    above = [BLANK]
    return Scene(
        top=top,
        body=(*above, *prompt, BLANK, *box, *([] if editor.digits_only else [counter])),
        caret=(size.side + BOX_PADDING + column, len(above) + len(prompt) + 2 + row - first),
        hint=hints,
        keys=_caps(flow, typing=True),
    )


def _box_line(padding: str, line: str, width: int, caret: int | None) -> Line:
    """A row of the box; the caret is a block of the main colour, that stands still."""
    text = fit(line, width - 2 * BOX_PADDING)
    if caret is None:
        return (Span(padding + text + padding, "foreground", "surface"),)
    before, under, after = _parted(text + padding, caret)
    return (
        Span(padding + before, "foreground", "surface"),
        Span(under, "on-key", "key"),
        Span(after, "foreground", "surface"),
    )


def _parted(text: str, column: int) -> tuple[str, str, str]:
    """``text`` before, at and behind a column."""
    at = next(index for index in range(len(text)) if cell_len(text[:index]) >= column)
    return text[:at], text[at], text[at + 1 :]


def _typing_hint(flow: Flow, editor: Editor) -> str:
    if editor.digits_only:
        return tr(flow.lang, "Type a number, then press Enter. You may leave it empty.")
    return tr(flow.lang, "Type your answer, then press Enter. You may leave it empty.")
