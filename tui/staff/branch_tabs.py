"""The sections of a branch's page, and the line that names them. No Textual here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.language import N_, Lang
from tui.staff.texts import tr
from tui.widgets.spans import Line, Span, width_of


@dataclass(frozen=True, slots=True)
class Section:
    """One of them."""

    id: str
    """Also the id of the widget that shows it."""
    name: str
    """Marked for translation."""
    label: str = ""
    """What it is called in the words of the campaign; empty: by its name."""


SECTIONS = (
    Section("steps", N_("Steps")),
    Section("log", N_("Log")),
    Section("cases", N_("Cases")),
    Section("owed", N_("To the public")),
    Section("people", N_("Attendance")),
    Section("hints", N_("Second look")),
)
"""In the order of their digits."""


def tab_line(
    chosen: str, counts: Mapping[str, int], lang: Lang, width: int, sections: Sequence[Section] = SECTIONS
) -> Line:
    """Digit and name of every section, with how many things there are in it; the chosen one is set off.

    A click on one shows it.
    """
    shown: tuple[Mapping[str, int], ...] = (counts, counts, {})
    lines = [_tabs(chosen, each, lang, gap, sections) for each, gap in zip(shown, (2, 0, 0), strict=True)]
    return next((line for line in lines if width_of(line) <= width), lines[-1])


def _tabs(chosen: str, counts: Mapping[str, int], lang: Lang, gap: int, sections: Sequence[Section]) -> Line:
    spans: list[Span] = []
    for at, section in enumerate(sections, 1):
        here = section.id == chosen
        colour, back = ("on-key", "key") if here else ("foreground", "")
        number = f" {counts[section.id]}" if counts.get(section.id) else ""
        act = f"section('{section.id}')"
        spans.append(Span("▸" if here else " ", colour, back, bold=here, act=act))
        spans.append(Span(f"{at} ", colour if here else "accent", back, bold=True, act=act))
        spans.append(Span(section.label or tr(lang, section.name), colour, back, bold=here, act=act))
        spans.append(Span(f"{number} ", colour if here else "muted", back, act=act))
        spans.append(Span(" " * gap))
    return tuple(spans)
