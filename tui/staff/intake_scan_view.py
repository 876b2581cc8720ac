"""What was seen on a scan, beside the question that it is about: why somebody must look, and the picture."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len

from campaign.language import Lang
from surveys.paper.queue import OpenQuestion, Spot
from surveys.paper.scan_words import DOUBTS
from surveys.questionnaire import Question
from tui.staff.advice import ADVICE
from tui.staff.intake_draft import Draft
from tui.staff.intake_notice import Tone
from tui.staff.intake_parts import MARGIN, Place, band, head, options, prompt, spread_out
from tui.staff.intake_run import IntakeRun
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.pixels import Region, picture_lines, size_of
from tui.widgets.spans import Line, Span, fitted, side_by_side

LEAST_ROWS = 4
"""Rows without which no picture is drawn."""
WIDEST, NARROWEST = 20, 9
"""Cells of the picture of one box."""
AROUND: Region = (-12, -20, 46, 38)
"""What is shown of a box, in pixels from its top left corner (6 a millimetre): ticks go beyond it, up and right."""
SHARP = 3.2
"""Pixels of a picture that share one on the screen at most: handwriting is still legible."""

NUMBER_ABOVE, NUMBER_BESIDE = (42, 10), (24, 190)
"""Where the picture of a code shows the number: pixels above its lower edge, and from its left one."""


class Seen(NamedTuple):
    """A picture and what waits."""

    png: bytes
    waits: OpenQuestion


def doubt_lines(draft: Draft, question: Question, lang: Lang, width: int) -> list[Line]:
    """Why a person must look, and what was marked for certain."""
    waits = draft.doubt
    if waits is None:
        return []
    text = tr(lang, "From the scan: {why}.", why=DOUBTS[waits.doubt].text(lang))
    marked = [str(at) for at, choice in enumerate(question.choices, 1) if choice.code in waits.marked]
    if marked:
        text = tr(lang, "From the scan: {why} ({list}).", why=DOUBTS[waits.doubt].text(lang), list=", ".join(marked))
    left = len([name for name in draft.to_settle if name != draft.at])
    told = [text]
    if left:
        told.append(tr.plural(lang, "{n} question more.", "{n} questions more.", left))
    if not waits.picture:
        told.append(tr(lang, "Look at the sheet."))
    text = " ".join(told)
    return [(Span(" " * MARGIN), Span(part, "warning", bold=True)) for part in wrap(f"▲ {text}", width - 2 * MARGIN)]


def picture_part(run: IntakeRun, draft: Draft, question: Question, lang: Lang, width: int, rows: int) -> list[Line]:
    """The picture of the question on screen in at most so many rows: box by box, or a part of what is written."""
    waits = draft.doubt
    if waits is None or not waits.picture or rows < LEAST_ROWS:
        return []
    png = run.picture(waits.picture)
    if not png:
        return [(Span(" " * MARGIN), Span(tr(lang, "The picture is gone: look at the sheet."), "muted"))]
    named = _named(run.desk.picture_path(waits.picture), width) if rows > 2 * LEAST_ROWS else []
    room, cells = rows - len(named), width - 2 * MARGIN
    seen = Seen(png, waits)
    drawn = _boxes(seen, question, cells, room) if waits.spots else part_of(png, run.shift, cells, room, lang)
    return [*((Span(" " * MARGIN), *line) for line in drawn), *named]


def _named(path: Path, width: int) -> list[Line]:
    """Where the picture lies, for another program to show it; of a long path the end."""
    text = str(path)
    if cell_len(text) > width - 2 * MARGIN:
        text = f"…/{path.parent.name}/{path.name}"
    return [(Span(" " * MARGIN), Span(text, "muted"))]


def part_of(png: bytes, shift: int, cells: int, rows: int, lang: Lang) -> list[Line]:
    """The whole picture where it is legible so small, else one part of it after the other."""
    width, height = size_of(png)
    if not width or not height:
        return []
    scale = max(width / cells, height / (2 * rows))
    if scale <= SHARP:
        return [*picture_lines(png, (0, 0, width, height), round(width / scale), max(1, round(height / scale / 2)))]
    rows -= 1
    across, down = cells * SHARP, 2 * rows * SHARP
    columns, lines = -(-width // int(across)), -(-height // int(down))
    at = shift % (columns * lines)
    left, top = _start(at % columns, columns, width, across), _start(at // columns, lines, height, down)
    told = tr(lang, "part {n} of {m}: ↑ ↓", n=at + 1, m=columns * lines)
    drawn = picture_lines(png, (left, top, left + across, top + down), cells, rows)
    return [*drawn, (Span(told, "muted"),)]


def codeless_page(run: IntakeRun, place: Place, lang: Lang, width: int, height: int) -> list[Line]:
    """A page whose code can't be read: the square with the number under it, and what can be done."""
    page = run.codeless
    top = head(run, place, lang, width)
    if page is None:
        return [*top]
    title = band(tr(lang, "Type the number that stands under the square"), Tone.ASK, width)
    told = tr(
        lang,
        "This page came from the scanner, but its code is damaged. If the picture does not show it, look at the sheet.",
    )
    text = [(Span(" " * MARGIN), Span(part)) for part in wrap(told, width - 2 * MARGIN)]
    can = options((("1", tr(lang, "Later.")), ("2", tr(lang, "It is none of these forms: put it aside."))), width)
    wrong = _wrong(run, lang, width)
    room = height - len(top) - len(title) - len(text) - len(can) - len(wrong) - 5
    png = run.picture(page.picture)
    cells = width - 2 * MARGIN
    lines = part_of(png, run.shift - 1, cells, room, lang) if run.shift else _number(png, cells, room)
    drawn = [(Span(" " * MARGIN), *line) for line in lines]
    return spread_out([top, title, text, drawn, wrong, can], [prompt(run, lang, width)], height)


def _number(png: bytes, cells: int, rows: int) -> list[Line]:
    """The strip below the square, as wide as it may be: the number stands there."""
    width, height = size_of(png)
    if not width:
        return []
    (left, right), top, bottom = NUMBER_BESIDE, height - NUMBER_ABOVE[0], height - NUMBER_ABOVE[1]
    scale = max((right - left) / cells, (bottom - top) / (2 * rows))
    shown = round((right - left) / scale), max(1, round((bottom - top) / scale / 2))
    return [*picture_lines(png, (left, top, right, bottom), *shown)]


def _wrong(run: IntakeRun, lang: Lang, width: int) -> list[Line]:
    problem = run.notice.problem if run.notice else None
    if problem is None:
        return []
    parts = wrap(f"✘ {ADVICE.text(problem, lang)}", width - 2 * MARGIN)
    return [(Span(" " * MARGIN), Span(part, "error", bold=True)) for part in parts]


def _start(at: int, count: int, whole: int, part: float) -> float:
    """Where a part begins, so that the first and the last lie at the edges."""
    return 0.0 if count == 1 else at * (whole - part) / (count - 1)


def _boxes(seen: Seen, question: Question, cells: int, rows: int) -> list[Line]:
    """The boxes beside each other, each under its number; where there is no room for all, those that are not empty."""
    spots = seen.waits.spots
    if _fitting(len(spots), cells, rows)[0] < NARROWEST:
        spots = tuple(spot for spot in spots if spot.look != "empty") or spots
    wide, each_row = _fitting(len(spots), cells, rows)
    if wide < NARROWEST:
        spots, wide, each_row = spots[: cells // (NARROWEST + 1)], NARROWEST, cells // (NARROWEST + 1)
    lines: list[Line] = []
    for first in range(0, len(spots), each_row):
        lines += _band_of(seen, spots[first : first + each_row], question, wide)
    return lines


def _fitting(count: int, cells: int, rows: int) -> tuple[int, int]:
    """Cells of each picture, and how many stand beside each other, when so many are as large as the room allows."""
    best = (0, max(1, count))
    for bands in range(1, max(1, rows // LEAST_ROWS) + 1):
        each_row = -(-count // bands)
        wide = min(WIDEST, cells // max(1, each_row) - 1, 2 * (rows // bands - 1))
        best = max(best, (wide, each_row))
    return best


def _band_of(seen: Seen, spots: Sequence[Spot], question: Question, wide: int) -> list[Line]:
    codes = [choice.code for choice in question.choices]
    signs = {"empty": " ", "marked": "✔", "unclear": "?"}
    caps = [
        ((Span(f" {1 + codes.index(spot.choice):>2} {signs[spot.look]} ", "on-key", "key", bold=True),), wide)
        for spot in spots
    ]
    drawn = [_spot(seen.png, spot, wide) for spot in spots]
    rows = zip(*drawn, strict=True)
    return [side_by_side(caps), *(side_by_side([(line, wide) for line in row]) for row in rows)]


def _spot(png: bytes, spot: Spot, wide: int) -> tuple[Line, ...]:
    left, top, right, bottom = AROUND
    region = (spot.x + left, spot.y + top, spot.x + right, spot.y + bottom)
    return tuple(fitted(line, wide) for line in picture_lines(png, region, wide, wide // 2))
