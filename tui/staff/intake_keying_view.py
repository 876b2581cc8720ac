"""The pages of a form that is being keyed: a question, the summary, and where two keyings differ."""

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len

from campaign.errors import Problem
from campaign.language import N_, Lang
from surveys.paper.codes import typed_serial
from surveys.questionnaire import Question
from surveys.response import Answer, Validity
from tui.kiosk.choosing import scale_signs
from tui.staff.advice import ADVICE
from tui.staff.intake_draft import Draft, Stage
from tui.staff.intake_moves import STOP
from tui.staff.intake_notice import KEYER_NAMES, Notice, Tone
from tui.staff.intake_parts import CARET, MARGIN, SIGNS, Place, band, head, options, spread_out
from tui.staff.intake_run import IntakeRun
from tui.staff.intake_scan_view import doubt_lines, picture_part
from tui.staff.texts import tr
from tui.widgets.cells import fit, wrap
from tui.widgets.spans import Line, Span, fitted, flowed, side_by_side, spread

BOX_ROWS = 5
"""Most rows of the box for a text."""
NUMBER = 5
"""Cells of a choice's number."""
LEAST_ANSWER = 24
"""Fewest cells of the column of answers in the summary."""
BESIDE = 5
"""Rows of the summary beside the answers: a sentence in large, what the form counts as, the line."""
BESIDE_PICTURE = 6
"""Rows beside a question and its picture: the top, the line at the foot, and between the parts."""
COUNTS_AS = {
    Validity.COMPLETE: N_("✔ it counts: complete"),
    Validity.PARTIAL: N_("✔ it counts: partly answered"),
    Validity.VOID: N_("▲ too few answers: it will count as void"),
}


def keying_page(run: IntakeRun, draft: Draft, place: Place, lang: Lang, width: int, height: int) -> list[Line]:
    """The whole page."""
    top = [head(run, place, lang, width)[0], _progress(draft, lang, width)]
    message = _message(run, draft, lang, width)
    match draft.stage:
        case Stage.SUMMARY | Stage.SETTLED:
            room = height - len(top) - len(message) - BESIDE
            parts = _summary(run, draft, lang, width, room)
        case Stage.DIFFERENCE:
            parts = _difference(draft, lang, width)
        case _:
            parts = _question(run, draft, lang, width, height - len(message))
    return spread_out([top, *parts, message], [_line(draft, lang, width)], height)


def answer_text(question: Question, value: Answer | None, lang: Lang) -> str:
    """An answer as it stands on the paper: number and words of each choice; a dash for a blank."""
    if value is None:
        return "–"
    if not question.choices:
        return str(value)
    codes = value if isinstance(value, tuple) else (value,)
    chosen = [f"{at} {each.label.text(lang)}" for at, each in enumerate(question.choices, 1) if each.code in codes]
    return tr(lang, ", ").join(chosen)


def _progress(draft: Draft, lang: Lang, width: int) -> Line:
    """Which form and how far: a square for an answer, a dash for a blank, a point for what is to come."""
    names = [question.name for question in draft.asked]
    at = names.index(draft.at) if draft.at in names else len(names)
    signs = "".join(
        "▶" if index == at else "■" if name in draft.answers else "–" if index < at else "·"
        for index, name in enumerate(names)
    )
    which = tr(lang, "Form no. {x}", x=typed_serial(draft.form.serial))
    left: Line = (Span(f"  {which}", bold=True),)
    if draft.again:
        again = tr(lang, "second keying")
        left = (*left, Span(f" · {again}", "warning", bold=True))
    if draft.question is not None:
        number, total = draft.number(draft.question.name), len(draft.questionnaire.asked)
        which = tr(lang, "question {n} of {m}", n=number, m=total)
        left = (*left, Span(f" · {which}", "muted"))
    return spread(left, (Span(signs, "primary"),), width)


def _question(run: IntakeRun, draft: Draft, lang: Lang, width: int, height: int) -> list[Sequence[Line]]:
    question = draft.question
    if question is None:
        return []
    text = f"{draft.number(question.name)}. {question.label.text(lang)}"
    label = [(Span(" " * MARGIN), Span(part, bold=True)) for part in wrap(text, width - 2 * MARGIN)]
    body = _choices(draft, question, lang, width, height) if question.choices else _box(draft, width)
    if draft.doubt is None:
        return [label, body, _keyed(draft, width)]
    why = doubt_lines(draft, question, lang, width)
    rows = height - len(label) - len(body) - len(why) - BESIDE_PICTURE
    return [label, why, body, picture_part(run, draft, question, lang, width, rows)]


def _choices(draft: Draft, question: Question, lang: Lang, width: int, height: int) -> list[Line]:
    """The choices with their numbers, in one column if they fit, else in several."""
    room = max(4, height - 12)
    count = len(question.choices)
    columns = -(-count // room)
    rows = -(-count // columns)
    cells = (width - 2 * MARGIN) // columns - 1
    signs = scale_signs(question.choices)
    shown = [
        _choice(str(at + 1), choice.label.text(lang), signs[at], draft.is_chosen(choice.code), cells)
        for at, choice in enumerate(question.choices)
    ]
    pitch = 2 if 2 * rows <= room and draft.stage is Stage.DIGIT and draft.doubt is None else 1
    lines: list[Line] = []
    for row in range(rows):
        lines.append((Span(" " * MARGIN), *side_by_side([(each, cells) for each in shown[row::rows]])))
        lines += [()] * (pitch - 1) if row + 1 < rows else []
    return lines


def _choice(number: str, label: str, sign: str, chosen: bool, cells: int) -> Line:  # of the choice
    fore, back = ("on-chosen", "chosen") if chosen else ("foreground", "surface")
    cap = ("on-chosen", "chosen") if chosen else ("on-key", "key")
    room = cells - NUMBER - cell_len(sign) - 1
    return (
        Span(f" {number:>2}  ", *cap, bold=True),
        Span(fit(f" {'✔' if chosen else ' '} {label}", room), fore, back, bold=chosen),
        Span(f"{sign} ", fore, back),
    )


def _box(draft: Draft, width: int) -> list[Line]:
    """What is being typed."""
    cells = width - 2 * MARGIN
    if draft.editor is None:
        typed, before = draft.line, draft.answers.get(draft.at or "")
        shown = typed if typed or before is None else str(before)
        return [(Span(" " * MARGIN), *_boxed(shown, len(typed), cells))]
    lines, (column, row) = draft.editor.lines(cells - 4)
    first = max(0, row - BOX_ROWS + 1)
    shown_lines = lines[first : first + BOX_ROWS]
    return [
        (Span(" " * MARGIN), *_boxed(line, column if at + first == row else None, cells))
        for at, line in enumerate(shown_lines)
    ]


def _boxed(line: str, caret: int | None, cells: int) -> Line:
    """A row of a box; the caret is a block that stands still, at that cell."""
    text = fit(line, cells - 4)
    if caret is None:
        return (Span(f"  {text}  ", "foreground", "surface"),)
    before = next((at for at in range(len(text) + 1) if cell_len(text[:at]) >= caret), len(text))
    under = text[before : before + 1] or " "
    return (
        Span(f"  {text[:before]}", "foreground", "surface", bold=True),
        replace(CARET, text=under),
        Span(f"{text[before + 1 :]}  "[: max(0, cells)], "foreground", "surface", bold=True),
    )


def _keyed(draft: Draft, width: int) -> list[Line]:
    """The last answers, as they stand on the paper: the question's number, and those of the choices."""
    parts: list[Line] = []
    for question in draft.asked:
        if question.name == draft.at:
            break
        value = draft.answers.get(question.name)
        shown = "+".join(_numbers(question, value)) if question.choices else "" if value is None else "■"
        parts.append((Span(f"{draft.number(question.name)}: ", "muted"), Span(shown or "–", bold=True), Span("   ")))
    lines = flowed(parts, width - 2 * MARGIN)
    return [(Span(" " * MARGIN), *line) for line in lines[-2:]]


def _summary(run: IntakeRun, draft: Draft, lang: Lang, width: int, room: int) -> list[Sequence[Line]]:
    """All answers, to be compared with the paper once more."""
    answers = draft.decided
    cells = max(LEAST_ANSWER, width // 3)
    rows: list[Line] = []
    for at, question in enumerate(draft.asked):
        text = f"{draft.number(question.name):>3}  {question.label.text(lang)}"
        answer = _fitting(question, answers.get(question.name), lang, cells - 2)
        back = "surface" if at % 2 else "background"
        columns = [
            ((Span(fit(text, width - cells - 6), "foreground", back),), width - cells - 6),
            (
                (
                    Span(
                        fit(f"  {answer}", cells),
                        "foreground" if question.name in answers else "muted",
                        back,
                        bold=True,
                    ),
                ),
                cells,
            ),
        ]
        rows.append((Span(" " * MARGIN), *side_by_side(columns, gap=0)))
    shown = rows
    if len(rows) > room:
        each = max(1, room - 1)
        pages = -(-len(rows) // each)
        page = run.shift % pages
        shown = rows[page * each : (page + 1) * each]
        more = tr(lang, "page {n} of {m}", n=page + 1, m=pages)
        shown.append((Span(f"  ▲▼  {more}", "muted"),))
    words = tr(lang, "Enter keeps this form")
    if draft.again and not draft.differences:
        words = tr(lang, "Enter compares it with the first keying")
    judged = run.judged()
    counts = judged.message(lang) if isinstance(judged, Problem) else tr(lang, COUNTS_AS[judged]) if judged else ""
    colour = "foreground" if judged in {Validity.COMPLETE, Validity.PARTIAL} else "warning"
    told: list[Line] = [(Span(" " * MARGIN), Span(part, colour, bold=True)) for part in wrap(counts, width - 4)]
    return [band(words, Tone.TOLD, width), [*shown, *told]]


def _fitting(question: Question, value: Answer | None, lang: Lang, cells: int) -> str:
    """An answer in so many cells: several that are too long together by their numbers alone."""
    text = answer_text(question, value, lang)
    if not isinstance(value, tuple) or cell_len(text) <= cells:
        return text
    return tr(lang, ", ").join(_numbers(question, value))


def _numbers(question: Question, value: Answer | None) -> list[str]:
    """The numbers of the choices that are chosen."""
    codes = value if isinstance(value, tuple) else (value,)
    return [str(at) for at, choice in enumerate(question.choices, 1) if choice.code in codes]


def _difference(draft: Draft, lang: Lang, width: int) -> list[Sequence[Line]]:
    """Two answers to one question beside each other; the paper decides."""
    difference = draft.difference
    question = draft.questionnaire.question(difference.question) if difference else None
    if difference is None or question is None:
        return []
    number = draft.number(question.name)
    first, second = (answer_text(question, value, lang) for value in (difference.first, difference.second))
    at = tr(lang, "difference {n} of {m}", n=len(draft.settled) + 1, m=len(draft.differences))
    told = Problem("V76", {"qid": number, "a": first, "b": second}).message(lang)
    cells = (width - 2 * MARGIN - 2) // 2
    roles = (draft.form.keyed_by, draft.role)
    titles = (tr(lang, "first keying"), tr(lang, "second keying"))
    sides = [
        _side(str(cap), f"{title} · {_role(role, lang)}", answer, cells)
        for cap, title, role, answer in zip((1, 2), titles, roles, (first, second), strict=True)
    ]
    deepest = max(len(side) for side in sides)
    blank: Line = (Span(" " * cells, back="surface"),)
    sides = [[*side, *[blank] * (deepest - len(side))] for side in sides]
    beside = [
        (Span(" " * MARGIN), *side_by_side([(left, cells), (right, cells)], gap=2))
        for left, right in zip(*sides, strict=True)
    ]
    label = [
        (Span(" " * MARGIN), Span(part, bold=True))
        for part in wrap(f"{number}. {question.label.text(lang)}", width - 4)
    ]
    return [
        band(at, Tone.ASK, width),
        label,
        beside,
        options((("3", tr(lang, "Neither is right: key this question again.")),), width),
        [(Span(" " * MARGIN), Span(part, "muted")) for part in wrap(told, width - 4)],
    ]


def _side(cap: str, title: str, answer: str, cells: int) -> list[Line]:
    """One of two answers, with its digit."""
    rows: list[Line] = [
        (Span(f" {cap} ", "on-key", "key", bold=True), Span(fit(f" {title}", cells - 3), "muted", "surface"))
    ]
    rows.append((Span(" " * cells, back="surface"),))
    rows += [(Span(fit(f"   {part}", cells), "foreground", "surface", bold=True),) for part in wrap(answer, cells - 5)]
    rows.append((Span(" " * cells, back="surface"),))
    return rows


def _role(role: str, lang: Lang) -> str:
    return KEYER_NAMES[role].text(lang) if role in KEYER_NAMES else role


def _message(run: IntakeRun, draft: Draft, lang: Lang, width: int) -> list[Line]:
    """What is wrong, or what was done."""
    notice = run.notice or (Notice(Tone.WRONG, problem=draft.problem) if draft.problem else None)
    if notice is None:
        return []
    colour = {Tone.WRONG: "error", Tone.ASK: "warning", Tone.DONE: "success", Tone.TOLD: "foreground"}[notice.tone]
    texts = [notice.problem and ADVICE.text(notice.problem, lang), notice.said and notice.said.text(lang)]
    lines = [part for text in texts if text for part in wrap(text, width - 6)]
    return [
        (Span(f"  {SIGNS[notice.tone] if at == 0 else ' '} ", colour, bold=True), Span(part, colour, bold=True))
        for at, part in enumerate(lines)
    ]


def _line(draft: Draft, lang: Lang, width: int) -> Line:
    """The digits since the last Enter."""
    what = {
        Stage.NUMBER: tr(lang, "Number of a choice"),
        Stage.SUMMARY: tr(lang, "Number of a question to change"),
    }.get(draft.stage, "")
    if draft.stage in {Stage.INTEGER, Stage.TEXT}:
        return ()
    if draft.line and not what:
        text = tr(lang, "✘ {x} means nothing here; Enter clears it", x=draft.line)
        if draft.line == STOP:
            text = tr(lang, "0: Enter stops with this form")
        return fitted((Span(f"  {text} ", "warning", bold=True),), width)
    if not what:
        return ()
    return fitted((Span(f"  {what} ▶ ", "muted"), Span(draft.line, "primary", bold=True), CARET), width)
