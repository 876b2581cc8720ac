"""What the pages of the intake screen are put together from."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from campaign.language import Lang
from surveys.paper.codes import serial_text, typed_serial
from surveys.paper.forms import PaperForm
from surveys.session import SessionState
from surveys.words import FORM_STATES, STATES, VOID_REASONS
from tui.staff.advice import ADVICE
from tui.staff.intake_deeds import Page
from tui.staff.intake_keys import LOOK, MODES, SCANNED, Command, Mode
from tui.staff.intake_notice import KEYER_NAMES, Notice, Tone
from tui.staff.intake_run import IntakeRun
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.numerals import numerals
from tui.widgets.spans import Line, Span, fitted, flowed, side_by_side, spread, width_of

MARGIN = 2
AIRY = 28
"""Rows from which there is room for empty ones."""
SIGNS = {Tone.DONE: "✔", Tone.TOLD: "·", Tone.ASK: "▲", Tone.WRONG: "✘"}
COLOURS = {
    Tone.DONE: ("on-key", "success"),
    Tone.TOLD: ("foreground", "panel"),
    Tone.ASK: ("on-chosen", "chosen"),
    Tone.WRONG: ("on-alarm", "alarm"),
}
EDGES = 6
"""Cells that a sentence in large leaves free."""
CARET = Span(" ", "on-key", "key")
"""Where the next digit or character appears; nothing else that is not bold has these colours."""
CAP = 5
"""Cells of a digit before what it does."""
FACT, GAP = 10, 4
"""Cells of the names of facts, and between the number and the facts."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which session the screen is about, in words."""

    session: str
    branch: str
    branch_word: str
    survey: str
    state: SessionState


def mode_label(run: IntakeRun, lang: Lang) -> str:
    """What a scan does; or that it is about what came from the scanner."""
    if run.page is Page.CODELESS or (run.draft is not None and run.draft.read is not None):
        return tr(lang, SCANNED)
    return tr(lang, next((key.label for key in MODES if key.cap == run.mode and run.mode is not Mode.LOOK), LOOK))


def head(run: IntakeRun, place: Place, lang: Lang, width: int) -> list[Line]:
    """Which session, who keys, what a scan does, and how many forms there are."""
    role = run.draft.role if run.draft else run.role
    left: Line = (
        Span("▌ ", "primary"),
        Span(tr(lang, "Paper forms"), bold=True),
        Span(f"  {place.session} · {place.branch} · {place.survey}", "muted"),
    )
    label = mode_label(run, lang)
    digit = "" if run.mode is Mode.LOOK or label == tr(lang, SCANNED) else f"{run.mode} "
    right: Line = (
        Span(f" {digit}{label} ", "on-chosen", "chosen", bold=True),
        Span(" "),
        Span(f" {KEYER_NAMES[role].text(lang)} ", "on-key", "key", bold=True),
    )
    return [spread(left, right, width), _counts(run, place, lang, width)]


def _counts(run: IntakeRun, place: Place, lang: Lang, width: int) -> Line:
    """The account in one line; where it is too long, what hardly changes is left out."""
    account = run.account
    state: Line = (Span(f"  {STATES[place.state].text(lang)}  ", bold=True),)
    if account is None:
        return state
    counts = (
        (tr(lang, "printed"), account.printed),
        (tr(lang, "handed out"), account.issued),
        (tr(lang, "returned"), account.returned),
        (tr(lang, "to key"), account.to_key),
        (tr(lang, "keyed"), account.keyed),
        (tr(lang, "void"), account.void),
        (tr(lang, "put aside"), account.foreign + account.copies),
    )
    told = [(Span(f" {name} ", "muted"), Span(f"{count} ", bold=True)) for name, count in counts]
    while told and width_of(state) + sum(map(width_of, told)) > width:
        told.pop(0)
    return sum(told, state)


def bar(run: IntakeRun, lang: Lang, width: int) -> list[Line]:
    """The modes and commands with their digits; the mode that is on stands out."""
    parts: list[Line] = []
    for key in MODES:
        label = tr(lang, key.label)
        if key.cap == Command.LEAVE and run.mode is not Mode.LOOK:
            label = tr(lang, LOOK)
        if key.cap == run.mode and run.mode is not Mode.LOOK:
            parts.append((Span(f"▶{key.cap} {label} ", "on-chosen", "chosen", bold=True), Span(" ")))
        else:
            parts.append((Span(f" {key.cap} ", "on-key", "key", bold=True), Span(f" {label} ", "muted")))
    room = width - 1
    fewest = len(flowed(parts, room))
    shortest = sum(map(width_of, parts)) // fewest
    ways = (lines for cells in range(shortest, room) if len(lines := flowed(parts, cells)) == fewest)
    return [(Span(" "), *line) for line in next(ways, flowed(parts, room))]


def band(words: str, tone: Tone, width: int) -> list[Line]:
    """A sentence in large: three rows in the colour of its tone, with its sign."""
    fore, back = COLOURS[tone]
    text = fitted((Span(f"  {SIGNS[tone]} {words}", fore, back, bold=True),), width)
    return [
        (Span("▄" * width, back),),
        tuple(Span(span.text, fore, back, bold=True) for span in text),
        (Span("▀" * width, back),),
    ]


def card(form: PaperForm, place: Place, lang: Lang, width: int) -> list[Line]:
    """A form: its number in large digits, and beside it in words where it is and whose it is."""
    state = FORM_STATES[form.state].text(lang)
    if form.void_reason is not None:
        state = f"{state} ({VOID_REASONS[form.void_reason].text(lang)})"
    if form.keyed_twice:
        state = tr(lang, "{state}, keyed twice", state=state)
    facts = ((tr(lang, "State"), state), (place.branch_word, place.branch), (tr(lang, "Survey"), place.survey))
    rows = numerals(serial_text(form.serial))
    cells = len(rows[0]) + GAP
    lines: list[Line] = []
    for row, (name, fact) in zip(rows, facts, strict=True):
        told: Line = (*fitted((Span(name, "muted"),), FACT), Span(fact, bold=True))
        lines.append((Span(" " * MARGIN), *side_by_side([((Span(row, "primary"),), cells), (told, width - cells - 4)])))
    return [*lines, (Span(" " * MARGIN), Span(tr(lang, "Form no. {x}", x=typed_serial(form.serial)), "muted"))]


def headline(notice: Notice, lang: Lang, width: int) -> str:
    """The notice in a line; where it does not fit or has a code, its message stands below."""
    if notice.problem is not None:
        return tr(lang, "{code}: nothing was changed", code=notice.problem.code)
    text = notice.said.text(lang) if notice.said else FORM_STATES[notice.form.state].text(lang) if notice.form else ""
    if cell_len(text) <= width - EDGES:
        return text
    return tr(lang, "Done") if notice.tone is Tone.DONE else tr(lang, "Nothing was changed")


def said(notice: Notice, lang: Lang, width: int) -> list[Line]:
    """The rest of the notice."""
    texts = [each for each in [notice.said.text(lang) if notice.said else ""] if each != headline(notice, lang, width)]
    texts += [ADVICE.message(notice.problem, lang)] if notice.problem else []
    lines = [part for text in texts if text for part in wrap(text, width - 2 * MARGIN)]
    return [(Span(" " * MARGIN), Span(line, bold=True)) for line in lines]


def options(choices: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """Digits and what each of them does."""
    lines: list[Line] = []
    for cap, text in choices:
        room = width - 2 * MARGIN - CAP
        for at, part in enumerate(wrap(text, room)):
            first: Line = (Span(f" {cap} ", "on-key", "key", bold=True),) if at == 0 else ()
            lines.append((Span(" " * MARGIN), *fitted(first, CAP), Span(part, bold=True)))
    return lines


def prompt(run: IntakeRun, lang: Lang, width: int) -> Line:
    """What is typed or being scanned."""
    text = tr(lang, "Scan, or type a digit or the number under the square")
    line: Line = (
        Span(" " * MARGIN),
        Span(f"{text} ▶ ", "muted"),
        Span(run.line, "primary", bold=True),
        CARET,
    )
    if sum(len(span.text) for span in line) > width:
        line = (
            Span(" " * MARGIN),
            Span("▶ ", "muted"),
            Span(run.line, "primary", bold=True),
            CARET,
        )
    return fitted(line, width)


def spread_out(parts: Sequence[Sequence[Line]], foot: Sequence[Line], height: int) -> list[Line]:
    """The parts below each other, with empty rows between them where there is room, and ``foot`` at the end."""
    parts = [part for part in parts if part]
    free = max(0, height - len(foot) - sum(len(part) for part in parts))
    most = 2 if height >= AIRY else 1
    lines: list[Line] = []
    for at, part in enumerate(parts):
        # Where rows are few, the lower parts are set apart: what is to be chosen stands there.
        later = len(parts) - at - 1
        gap = min(most, free // later if free >= later else 0) if later else 0
        free -= gap
        lines += [*part, *[()] * gap]
    lines = lines[: max(0, height - len(foot))]
    return [*lines, *[()] * (height - len(foot) - len(lines)), *foot]


def caret_in(lines: Sequence[Line]) -> tuple[int, int]:
    """Column and row of the caret; the upper left corner if there is none."""
    for y, line in enumerate(lines):
        for at, span in enumerate(line):
            if (span.colour, span.back, span.bold) == (CARET.colour, CARET.back, CARET.bold):
                return width_of(line[:at]), y
    return 0, 0
