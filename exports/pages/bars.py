"""Bars of a table of results: shares of a scale side by side, or how many named a choice. Figures stand beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Hidden, Rate, Table
from exports.pages.flow import MARGIN, Section, Strip, text_width
from exports.pages.paint import BLANK, NEGATIVE, NO_OPINION, PLAIN, POSITIVE, Area, Tone
from exports.pages.tables import paragraph, section_title, stacked
from exports.pages.words import leading, natural, one_line, wrapped
from exports.paper.shapes import DARK, GREY, Shape, Text
from exports.showing import shown
from exports.texts import tr

_LABEL, _FIGURES, _GAP = 58.0, 31.0, 3.0
"""Width of what stands at the left of a bar and at its right, and between, mm."""
_BAR = 4.6
"""Height, mm."""
_TEXT, _SMALL = 8.5, 7.5
_MOST_LINES = 3
_RIGHT = MARGIN + text_width(wide=False)


@dataclass(frozen=True, slots=True)
class _Part:
    """One answer of the scale."""

    place: int
    """Column of its share."""
    label: I18n
    tone: Tone


def scale_bars(table: Table, labels: Sequence[str], title: str, lang: Lang) -> Section:
    """One bar a row, its parts the answers of the scale; ``labels`` are the columns that say what the row is."""
    parts = _parts(table)
    strips = [section_title(title), *_legend(parts, lang)]
    strips += (_scale_row(table, row, labels, parts, lang) for row in table.rows)
    strips += _note(
        tr(lang, "In the bars: per cent of the valid forms. Beside them: the satisfaction rate and the valid forms.")
    )
    return Section(strips, again=(section_title(tr(lang, "{title} (continued)", title=title)), *_legend(parts, lang)))


def choice_bars(table: Table, title: str, lang: Lang) -> Section | None:
    """One bar a choice, of all together; None where nothing may be shown."""
    count, share, label = table.place("all_count"), table.place("all_share"), table.place("choice_text")
    rows = [row for row in table.rows if isinstance(row[table.place("choice")], I18n)]
    rates = [cell.value for row in rows if isinstance(cell := row[share], Rate)]
    if not rates or not max(rates):
        return None
    strips = [section_title(title)]
    for row in rows:
        rate = row[share]
        if isinstance(rate, Rate):
            figures = f"{shown(row[count], lang)} ({shown(rate, lang)}%)"
            strips.append(_choice_row(shown(row[label], lang), float(rate.value / max(rates)), figures))
    strips += _note(table.notes[0].text(lang))
    return Section(strips, again=(section_title(tr(lang, "{title} (continued)", title=title)),))


def _note(text: str) -> Iterator[Strip]:
    yield Strip(1.0)
    yield from paragraph(text, _SMALL, text_width(wide=False), grey=GREY)


def _parts(table: Table) -> list[_Part]:
    """The answers in the order of the scale, each with a tone of its own kind."""
    used = {"positive": 0, "negative": 0}
    parts = []
    for place, column in enumerate(table.columns):
        if column.counts_as is None or column.group is None or not column.key.endswith("_share"):
            continue
        kind = column.counts_as
        if kind in used:
            tones = POSITIVE if kind == "positive" else NEGATIVE
            tone = tones[min(used[kind], len(tones) - 1)]
            used[kind] += 1
        else:
            tone = BLANK if kind == "blank" else NO_OPINION
        parts.append(_Part(place, column.group, tone))
    return parts


def _legend(parts: Sequence[_Part], lang: Lang) -> Iterator[Strip]:
    shapes: list[Shape] = []
    x, y, step = MARGIN, 0.0, leading(_TEXT) + 1.2
    for part in parts:
        text = part.label.text(lang)
        lines = wrapped(text, _TEXT, text_width(wide=False) - 6, most=1)
        wide = max((line.width for line in lines), default=0.0) + 11
        if x > MARGIN and x + wide > _RIGHT:
            x, y = MARGIN, y + step
        shapes += [Area(x, y + 0.3, 4.2, 3.2, part.tone), *stacked(lines, x + 5.6, y)]
        x += wide
    yield Strip(y + step + 1.0, tuple(shapes), with_next=True)


def _scale_row(table: Table, row: Sequence[Cell], labels: Sequence[str], parts: Sequence[_Part], lang: Lang) -> Strip:
    name = " ".join(shown(cell, lang) for key in labels if isinstance(cell := row[table.place(key)], I18n))
    lines = wrapped(name, _TEXT, _LABEL, most=_MOST_LINES)
    high = max(len(lines) * leading(_TEXT), _BAR) + 1.7
    middle = high / 2
    shapes: list[Shape] = [*stacked(lines, MARGIN, middle - len(lines) * leading(_TEXT) / 2)]
    left, width = MARGIN + _LABEL + _GAP, text_width(wide=False) - _LABEL - _FIGURES - 2 * _GAP
    satisfaction = row[table.place("satisfaction")]
    if isinstance(satisfaction, Hidden):
        shapes += stacked(wrapped(satisfaction.text(lang), _SMALL, width, most=1), left, middle - leading(_SMALL) / 2)
        return Strip(high, tuple(shapes))
    if (why := next((cell for part in parts if isinstance(cell := row[part.place], Hidden)), None)) is not None:
        shapes += stacked(wrapped(why.text(lang), _SMALL, width, most=1), left, middle - leading(_SMALL) / 2)
    x = left
    for part in parts:
        share = row[part.place]
        if isinstance(share, Rate) and share.value:
            wide = float(share.value) * width
            shapes += _segment(x, middle - _BAR / 2, wide, part.tone, shown(share, lang))
            x += wide
    if isinstance(satisfaction, Rate):
        shapes += _beside(f"{shown(satisfaction, lang)}%", f"n = {shown(row[table.place('valid')], lang)}", middle)
    return Strip(high, tuple(shapes))


def _segment(x: float, y: float, width: float, tone: Tone, figure: str) -> Iterator[Shape]:
    """A part of a bar, and its figure if it has room; on hatching the figure has a ground of its own."""
    drawn = max(width - 0.25, 0.15)
    yield Area(x, y, drawn, _BAR, tone)
    needed = natural(figure, _SMALL)
    if needed + 1.6 > drawn:
        return
    middle = x + (drawn - needed) / 2
    if tone.hatched:
        yield Area(middle - 0.5, y + 0.5, needed + 1.0, _BAR - 1.0, Tone(tone.fill, 0.0))
    (line,) = stacked((one_line(figure, _SMALL),), middle, y + (_BAR - leading(_SMALL)) / 2)
    yield Text(line.x, line.y + 0.15, line.line, tone.ink)


def _beside(rate: str, valid: str, middle: float) -> Iterator[Shape]:
    """The rate, large enough to be found, and its number of forms, each at the right of its place."""
    size = 10.0
    end = _RIGHT - 16.0
    (line,) = stacked(
        (one_line(rate, size, bold=True),), end - natural(rate, size, bold=True), middle - leading(size) / 2
    )
    yield line
    right = _RIGHT - natural(valid, _SMALL)
    yield from stacked((one_line(valid, _SMALL),), right, middle - leading(_SMALL) / 2 + 0.4, GREY)


def _choice_row(label: str, share: float, figures: str) -> Strip:
    lines = wrapped(label, _TEXT, _LABEL, most=_MOST_LINES)
    high = max(len(lines) * leading(_TEXT), _BAR) + 1.4
    middle = high / 2
    left, width = MARGIN + _LABEL + _GAP, text_width(wide=False) - _LABEL - _FIGURES - 2 * _GAP
    long = max(share * width, 0.15)
    return Strip(
        high,
        (
            *stacked(lines, MARGIN, middle - len(lines) * leading(_TEXT) / 2),
            Area(left, middle - _BAR / 2, long, _BAR, PLAIN),
            *stacked((one_line(figures, _TEXT),), left + long + 1.6, middle - leading(_TEXT) / 2, DARK),
        ),
    )


def shows_scale(table: Table) -> bool:
    """Whether the table has shares of a scale and their rate, for bars."""
    return bool(table.rows) and any(column.counts_as for column in table.columns)


def names_choices(table: Table) -> bool:
    """Whether the table says how many named each choice."""
    return any(column.key == "all_share" for column in table.columns)
