"""A question with choices, as bands."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.language import Lang
from surveys.questionnaire import QuestionType
from tui.kiosk.choosing import MOST, balanced, scale_signs
from tui.kiosk.flow import Flow
from tui.kiosk.pages.frame import TOP, caps
from tui.kiosk.scene import BLANK, Scene, Size, hint
from tui.kiosk.texts import tr
from tui.widgets.band import EDGES, Face, label_width
from tui.widgets.cells import spaced, wrap
from tui.widgets.spans import Line


@dataclass(frozen=True, slots=True)
class _Fitting:
    """How bands and keys share the rows."""

    band_height: int
    band_gap: int
    key_height: int
    capacity: int


def choices(flow: Flow, size: Size, top: tuple[Line, ...], prompt: list[Line]) -> Scene:
    """The page of the choices.

    The flow is told how many fit on a page, since digits mean the choices that are on screen.
    """
    labels = _labels(flow, size)
    hints = hint(flow, size, _hint(flow))
    fixed = TOP + len(prompt) + max(1, len(hints))
    fitting = _fitting(size.height - fixed, labels, roomy=size.is_roomy)
    flow.choosing.capacity = fitting.capacity
    faces = _faces(flow, labels)
    used = fixed + len(faces) * (fitting.band_height + fitting.band_gap) + fitting.key_height
    air = max(0, size.height - used)
    above, below = min(3, (air + 2) // 3), min(2, (air + 1) // 3)
    return Scene(
        top=top,
        body=(*[BLANK] * above, *prompt, *[BLANK] * below),
        bands=faces,
        band_height=fitting.band_height,
        band_gap=fitting.band_gap,
        hint=hints,
        keys=caps(flow),
        key_height=fitting.key_height,
    )


def _labels(flow: Flow, size: Size) -> list[tuple[str, ...]]:
    """Each choice's label in lines; short Chinese labels of a scale are set out to one width."""
    texts = [choice.label.text(flow.lang) for choice in flow.question.choices]
    if flow.question.is_scale and flow.lang is Lang.ZH:
        texts = [spaced(text) for text in texts]
    return [tuple(wrap(text, label_width(size.inner))) for text in texts]


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


def _faces(flow: Flow, labels: Sequence[tuple[str, ...]]) -> tuple[Face, ...]:
    """The bands of the page of choices that is shown."""
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


def _hint(flow: Flow) -> str:
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
