"""Bars of a table of results: shares of a scale side by side, or how many named a choice. Figures stand beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Hidden, Rate, Table
from exports.pages.flow import MARGIN, Section, Strip, text_width
from exports.pages.paint import BLANK, NEGATIVE, NO_OPINION, PLAIN, POSITIVE, Area, Tone
from exports.pages.tables import paragraph, section_title, stacked
from exports.pages.words import evened, leading, natural, one_line, wrapped
from exports.paper.shapes import DARK, GREY, Frame, Shape, Stroke, Text
from exports.reasons import explained
from exports.showing import mark, shown
from exports.texts import tr

_LABEL, _FIGURES, _GAP = 58.0, 31.0, 3.0
"""Width of what stands at the left of a bar and at its right, and between, mm."""
_BAR, _THIN = 4.6, 3.3
"""Height of a bar, and of one of a part of it, mm."""
_BELOW = 0.5
"""Between the bars of the same question, mm."""
_PART = 16.0
"""Width of the names of parts, mm."""
_TEXT, _SMALL, _TINY = 8.5, 7.5, 6.5
_RATE, _PART_RATE = 10.0, 7.5
"""Size of the rate at the right of a bar, and at that of a part."""
_MOST_LINES = 3
_RIGHT = MARGIN + text_width(wide=False)
_FIRST = 2
"""So many bars do not stand under their title alone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a scale: whose answers, in which table and row."""

    table: Table
    row: Sequence[Cell]
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """What one row is about: the bar of all, those of its parts below it, and what is to be said of it."""

    bar: Bar
    parts: Sequence[Bar] = ()
    remark: str = ""
    ruled: bool = False
    """A line stands above it: it is the sum of those before."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer of the scale."""

    key: str
    """Of the column of its share."""
    label: I18n
    tone: Tone


def scale_bars(table: Table, labels: Sequence[str], title: str, lang: Lang) -> Section:
    """One bar a row, its parts the answers of the scale; ``labels`` are the columns that say what the row is."""
    return bars_of([Bars(Bar(table, row, named(table, row, labels, lang))) for row in table.rows], title, lang)


def named(table: Table, row: Sequence[Cell], labels: Sequence[str], lang: Lang) -> str:
    """What the row is about, by these columns."""
    return " ".join(shown(cell, lang) for key in labels if isinstance(cell := row[table.place(key)], I18n))


def bars_of(rows: Sequence[Bars], title: str, lang: Lang) -> Section:
    """The bars below each other, all of the same scale."""
    answers = _answers(rows[0].bar.table)
    legend = list(_legend(answers, lang))
    drawn = [_bars(each, answers, lang) for each in rows]
    notes = [
        tr(lang, "In the bars: per cent of the valid forms. Beside them: the satisfaction rate and the valid forms.")
    ]
    if _has_return_rate(rows[0].bar.table):
        notes.append(tr(lang, "Below: how many of the forms handed out came back."))
    hidden = explained((), [bar.row for each in rows for bar in (each.bar, *each.parts)])
    notes += (note.text(lang) for note in hidden)
    for place in (*range(min(_FIRST, len(drawn)) - 1), len(drawn) - 1):
        drawn[place] = replace(drawn[place], with_next=True)
    strips = [section_title(title), *legend, *drawn, *_note(("" if lang is Lang.ZH else " ").join(notes))]
    return Section(strips, again=(section_title(tr(lang, "{title} (continued)", title=title)), *legend))


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
    strips[1:] = [replace(strip, with_next=n in {0, len(strips) - 2}) for n, strip in enumerate(strips[1:])]
    strips += _note(table.notes[0].text(lang))
    return Section(strips, again=(section_title(tr(lang, "{title} (continued)", title=title)),))


def _note(text: str) -> Iterator[Strip]:
    yield Strip(1.0, with_next=True)
    yield from paragraph(text, _SMALL, text_width(wide=False), grey=GREY)


def _answers(table: Table) -> list[_Answer]:
    """The answers in the order of the scale, each with a tone of its own kind."""
    used = {"positive": 0, "negative": 0}
    answers = []
    for column in table.columns:
        if column.counts_as is None or column.group is None or not column.key.endswith("_share"):
            continue
        kind = column.counts_as
        if kind in used:
            tones = POSITIVE if kind == "positive" else NEGATIVE
            tone = tones[min(used[kind], len(tones) - 1)]
            used[kind] += 1
        else:
            tone = BLANK if kind == "blank" else NO_OPINION
        answers.append(_Answer(column.key, column.group, tone))
    return answers


def _legend(answers: Sequence[_Answer], lang: Lang) -> Iterator[Strip]:
    shapes: list[Shape] = []
    x, y, step = MARGIN, 0.0, leading(_TEXT) + 1.2
    for answer in answers:
        lines = wrapped(answer.label.text(lang), _TEXT, text_width(wide=False) - 6, most=1)
        wide = max((line.width for line in lines), default=0.0) + 11
        if x > MARGIN and x + wide > _RIGHT:
            x, y = MARGIN, y + step
        shapes += [Area(x, y + 0.3, 4.2, 3.2, answer.tone), *stacked(lines, x + 5.6, y)]
        x += wide
    yield Strip(y + step + 1.0, tuple(shapes), with_next=True)


def _bars(each: Bars, answers: Sequence[_Answer], lang: Lang) -> Strip:
    """The bar of all with its rate; under it the parts, thinner; at the left what it is about."""
    room = _LABEL - (_PART if each.parts else 0.0)
    lines = evened(each.bar.label, _TEXT, room, most=_MOST_LINES)
    said = one_line(each.remark, _SMALL, bold=True) if each.remark else None
    text = len(lines) * leading(_TEXT) + (leading(_SMALL) + 1.6 if said else 0.0)
    bars = _BAR + len(each.parts) * (_THIN + _BELOW)
    beside = 2 * leading(_SMALL) if _has_return_rate(each.bar.table) else 0.0
    high = max(text, bars, beside) + (2.6 if each.parts else 1.7)
    top = (high - bars) / 2
    label = top if each.parts else (high - text) / 2
    shapes: list[Shape] = [*stacked(lines, MARGIN, min(label, (high - text) / 2 if text > bars else label))]
    if said:
        y = (high - text) / 2 + len(lines) * leading(_TEXT) + 0.5
        shapes += [
            Frame(MARGIN, y, said.width + 2.4, leading(_SMALL) + 0.7, 0.25),
            *stacked((said,), MARGIN + 1.2, y + 0.35),
        ]
    if each.ruled:
        shapes.append(Stroke(MARGIN, 0.0, text_width(wide=False), 0, 0.15, GREY))
    shapes += _bar(each.bar, top, _BAR, answers, lang)
    for number, part in enumerate(each.parts):
        y = top + _BAR + _BELOW + number * (_THIN + _BELOW)
        name = wrapped(part.label, _TINY, _PART, most=1)
        left = MARGIN + _LABEL - max((line.width for line in name), default=0.0)
        shapes += stacked(name, left, y + (_THIN - leading(_TINY)) / 2, DARK)
        shapes += _bar(part, y, _THIN, answers, lang)
    return Strip(high, tuple(shapes))


def _bar(bar: Bar, y: float, high: float, answers: Sequence[_Answer], lang: Lang) -> Iterator[Shape]:
    """The answers side by side, and the rate at the right; in place of what is hidden, why."""
    table, row = bar.table, bar.row
    size = _SMALL if high >= _BAR else _TINY
    left, width = MARGIN + _LABEL + _GAP, text_width(wide=False) - _LABEL - _FIGURES - 2 * _GAP
    satisfaction = row[table.place("satisfaction")]
    middle = y + high / 2
    if isinstance(satisfaction, Hidden):
        yield from stacked(wrapped(mark(satisfaction, lang), size, width, most=1), left, middle - leading(size) / 2)
        return
    x = left
    for answer in answers:
        share = row[table.place(answer.key)]
        if isinstance(share, Rate) and share.value:
            wide = float(share.value) * width
            yield from _segment((x, y), (wide, high), answer.tone, shown(share, lang), size)
            x += wide
    if isinstance(satisfaction, Rate):
        rate = _RATE if high >= _BAR else _PART_RATE
        small = [f"n = {shown(row[table.place('valid')], lang)}"]
        if _has_return_rate(table) and isinstance(back := row[table.place("return_rate")], Rate):
            small.append(tr(lang, "back {p}%", p=back.percent))
        yield from _beside(f"{shown(satisfaction, lang)}%", small, middle, rate, bold=high >= _BAR)


def _segment(
    at: tuple[float, float], size: tuple[float, float], tone: Tone, figure: str, letters: float
) -> Iterator[Shape]:
    """A part of a bar, and its figure if it has room; on hatching the figure has a ground of its own."""
    (x, y), (width, high) = at, size
    drawn = max(width - 0.25, 0.15)
    yield Area(x, y, drawn, high, tone)
    needed = natural(figure, letters)
    if needed + 1.6 > drawn:
        return
    middle = x + (drawn - needed) / 2
    if tone.hatched:
        yield Area(middle - 0.5, y + 0.4, needed + 1.0, high - 0.8, Tone(tone.fill, 0.0))
    (line,) = stacked((one_line(figure, letters),), middle, y + (high - leading(letters)) / 2)
    yield Text(line.x, line.y + 0.15, line.line, tone.ink)


def _beside(rate: str, small: Sequence[str], middle: float, size: float, *, bold: bool) -> Iterator[Shape]:
    """The rate, that of all large enough to be found, and its number of forms, each at the right of its place.

    ``small`` stands line by line, the return rate below the number where it is known.
    """
    left = _RIGHT - 16.0 - natural(rate, size, bold=bold)
    yield from stacked((one_line(rate, size, bold=bold),), left, middle - leading(size) / 2)
    letters = _SMALL if bold else _TINY
    lower = (0.4 if bold else 0.1) if len(small) == 1 else 0.0
    for number, text in enumerate(small):
        y = middle - len(small) * leading(letters) / 2 + lower + number * leading(letters)
        yield from stacked((one_line(text, letters),), _RIGHT - natural(text, letters), y, GREY)


def _choice_row(label: str, share: float, figures: str) -> Strip:
    lines = evened(label, _TEXT, _LABEL, most=_MOST_LINES)
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


def _has_return_rate(table: Table) -> bool:
    return any(column.key == "return_rate" for column in table.columns)


def shows_scale(table: Table) -> bool:
    """Whether the table has shares of a scale and their rate, for bars."""
    return bool(table.rows) and any(column.counts_as for column in table.columns)


def names_choices(table: Table) -> bool:
    """Whether the table says how many named each choice."""
    return any(column.key == "all_share" for column in table.columns)
