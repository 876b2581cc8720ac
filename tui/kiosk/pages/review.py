"""The review: all answers on one page, to look over, change and hand in."""

from surveys.questionnaire import Question
from surveys.response import Answer
from tui.kiosk.flow import Flow
from tui.kiosk.page import Action
from tui.kiosk.pages.frame import TOP, top_lines
from tui.kiosk.ports import Booth
from tui.kiosk.scene import BLANK, Scene, Size, hint, language_cap, middle
from tui.kiosk.texts import tr
from tui.widgets.cells import fit
from tui.widgets.spans import Line, Span
from tui.widgets.touch_keys import Cap

NUMBER = 5
LEAST_ANSWER, ANSWER_SHARE = 18, 3
"""Cells of the column of answers: a third, at least 18."""
HEAD, FOOT = 3, 4
"""Rows of the page's title with its blanks, and of hint and keys."""


def review(flow: Flow, booth: Booth, size: Size) -> Scene:
    """The page of all answers."""
    lang, asked = flow.lang, flow.run.asked
    back, submit = tr(lang, "Back"), tr(lang, "Submit")
    room = size.height - TOP - HEAD - FOOT - 1
    pitch = 2 if 2 * len(asked) - 1 <= room else 1
    first = _first(flow.row or 0, len(asked), room)
    shown = list(enumerate(asked))[first : first + room]
    body: list[Line] = [BLANK, middle(tr(lang, "Please look over your answers"), size, bold=True), BLANK]
    rows = {len(body) + at * pitch + below: index for at, (index, _) in enumerate(shown) for below in range(pitch)}
    for index, question in shown:
        body += [_row(flow, index, question, size, striped=pitch == 1), *[BLANK] * (pitch - 1)]
    if len(shown) < len(asked):
        more = tr(lang, "{first}–{last} of {n}", first=first + 1, last=first + len(shown), n=len(asked))
        body.append(middle(f"▲▼  {more}", size, "muted"))
    return Scene(
        top=(_heading(flow, booth, size), top_lines(flow, booth, size)[1]),
        body=tuple(body),
        rows=rows,
        hint=hint(flow, size, _advice(flow)),
        keys=(
            Cap(Action.BACK, f"7  ◀ {back}"),
            language_cap(lang),
            Cap(Action.ON, f"9  {submit} ✔", main=True),
        ),
    )


def _advice(flow: Flow) -> str:
    if not flow.run.answers:
        return tr(flow.lang, "You have not answered anything yet. Press 7 to go back, 9 to submit all the same.")
    return tr(flow.lang, "Choose one with ▲ ▼ and Enter, or touch it, to change it. Press 9 to submit.")


def answer_text(flow: Flow, question: Question) -> str:
    """The answer as the person chose or typed it; empty if there is none."""
    value: Answer | None = flow.run.value(question.name)
    codes = value if isinstance(value, tuple) else (value,)
    labels = [choice.label.text(flow.lang) for choice in question.choices if choice.code in codes]
    if question.choices:
        return tr(flow.lang, ", ").join(labels)
    return "" if value is None else str(value)


def _heading(flow: Flow, booth: Booth, size: Size) -> Line:
    title = f"{booth.branch_name.text(flow.lang)} · {booth.campaign_title.text(flow.lang)}"
    return (Span(fit(f"  {title}", size.width), "on-key", "key", bold=True),)


def _first(row: int, count: int, room: int) -> int:
    """The first row shown, so that ``row`` is in view."""
    return min(max(0, row - room // 2), max(0, count - room))


def _row(flow: Flow, index: int, question: Question, size: Size, *, striped: bool) -> Line:
    pointed = flow.row == index
    back = "panel" if pointed else "background" if striped and index % 2 else "surface"
    answer, not_answered = answer_text(flow, question), tr(flow.lang, "not answered")
    answer_cells = max(LEAST_ANSWER, size.inner // ANSWER_SHARE)
    question_cells = size.inner - NUMBER - answer_cells - 4
    return (
        Span(" " * size.side, back="background"),
        Span(fit(f"{'▶' if pointed else ' '} {index + 1:>2} ", NUMBER), "primary", back, bold=True),
        Span(fit(question.label.text(flow.lang), question_cells), "foreground", back),
        Span("  ", back=back),
        Span(
            fit(f"✔ {answer}" if answer else f"· {not_answered}", answer_cells + 2),
            "foreground" if answer else "muted",
            back,
            bold=bool(answer),
        ),
    )
