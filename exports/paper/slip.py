"""A follow-up slip: two parts to be torn apart, one for the person and one that stays with what the person wrote."""

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.i18n import I18n
from campaign.language import N_, Lang
from exports.paper import fonts
from exports.paper.qr import QUIET
from exports.paper.shapes import BLACK, DARK, GREY, Frame, Shape, Stroke, Text
from exports.paper.stamps import captions
from exports.paper.wrapping import line, lines
from exports.texts import tr
from surveys.paper.codes import SlipCode
from surveys.paper.geometry import BOX, BOX_LINE, PAGE_HEIGHT, QR_MODULES

PER_PAGE = 3
"""Slips on a sheet."""
HEIGHT = PAGE_HEIGHT / PER_PAGE
"""Of one slip, mm."""
CUT = 124.0
"""Where a slip is torn in two: the person's part is left of it."""
KEPT, STUB = (14.0, 116.0), (132.0, 196.0)
"""Left and right edges of what is printed on the two parts."""
SIDE = 22.0
"""Of the squares, without their quiet zone."""
QUIET_ZONE = SIDE * QUIET / QR_MODULES
SQUARES = tuple((right - QUIET_ZONE - SIDE, 12.0) for _, right in (KEPT, STUB))
"""Their top left corners on the two parts."""
NUMBER_Y, TEXT_Y, TEXT_BOTTOM = 51.0, 61.0, 92.0
"""Baselines of the number and of the first line below it, where they can be; nothing is printed further down."""
NUMBER_GAP = 15.5
"""From the last line of a long head to the number, whose name stands between them: more than a line, or it reads on."""
KEPT_NUMBER, STUB_NUMBER = 20.0, 16.0
"""Sizes of the number, points."""
STUB_LINES = (N_("Subject"), N_("Answered by (post)"), N_("Answered on"))
RATINGS = (N_("satisfied"), N_("mostly"), N_("not"))
SCALES = (1.0, 0.9, 0.8, 0.7)
"""Long texts are set smaller, until they fit."""


@dataclass(frozen=True, slots=True)
class SlipHead:
    """What a slip says beside its number: nothing that could tell who has it, when or for what."""

    organiser: I18n
    campaign: I18n
    ask_at: I18n
    """Where the state of an answer can be asked for: a place, a telephone."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip, all but its number; measured from its own top left corner."""

    shapes: tuple[Shape, ...]
    number: float
    """Baseline of the number on the person's part, mm."""


def compose_slip(head: SlipHead, lang: Lang) -> Slip:
    """The slip; long texts are set smaller.

    BadInput M80 for characters that the fonts do not have, M88 for texts without room.
    """
    texts = (
        (tr.phrase(N_("the organiser of the campaign")), head.organiser.text(lang)),
        (tr.phrase(N_("the title of the campaign")), head.campaign.text(lang)),
        (tr.phrase(N_("the place to ask at")), head.ask_at.text(lang)),
    )
    fonts.require(texts)
    for scale in SCALES:
        kept = _kept(head, lang, scale)
        if kept.bottom <= TEXT_BOTTOM:
            return Slip((*kept.shapes, *_stub(lang)), kept.number)
    raise fonts.too_long(texts)


def numbers(slip: Slip, code: SlipCode, digits: str) -> Iterator[Text]:
    """The slip's number on both parts, for people and under the squares."""
    yield Text(KEPT[0], slip.number, line(code.typed(), KEPT_NUMBER, bold=True))
    yield Text(STUB[0], NUMBER_Y, line(code.typed(), STUB_NUMBER, bold=True))
    for x, y in SQUARES:
        yield from captions(digits, x + SIDE / 2, y + SIDE + QUIET_ZONE)


@dataclass(frozen=True, slots=True)
class _Kept:
    shapes: tuple[Shape, ...]
    number: float
    """Baseline of the number."""
    bottom: float
    """Baseline of the last line."""


def _kept(head: SlipHead, lang: Lang, scale: float) -> _Kept:
    """The part that the person takes along, its texts so much smaller than usual."""
    left, right = KEPT
    beside = right - left - SIDE - 2 * QUIET_ZONE - 2.0
    shapes = [*_title(left, tr(lang, "Follow-up slip"), tr(lang, "Part 1: yours to keep"), beside)]
    y = max(shape.y for shape in shapes) + 1.4
    for text in (head.organiser.text(lang), head.campaign.text(lang)):
        for words in lines(text, 9.0 * scale, beside):
            y += 4.4 * scale
            shapes.append(Text(left, y, words, DARK))
    number = max(NUMBER_Y, y + NUMBER_GAP)
    shapes.append(Text(left, number - 8.6, line(tr(lang, "Number"), 9.0), GREY))
    ask = tr(
        lang,
        "To hear how it stands: {place}. Show the square or say the number; nobody will ask for your name.",
        place=head.ask_at.text(lang),
    )
    safe = tr(lang, "Keep it safe: the number alone leads to your matter, and a lost slip cannot be replaced.")
    nameless = tr(lang, "This slip is anonymous: no name and no telephone number belongs to it.")
    y = number + (TEXT_Y - NUMBER_Y) - 6.2 * scale
    for text, bold in ((ask, False), (safe, True), (nameless, False)):
        y += 1.4 * scale
        for words in lines(text, 9.5 * scale, right - left, bold=bold):
            y += 4.8 * scale
            shapes.append(Text(left, y, words, DARK))
    return _Kept(tuple(shapes), number, y)


def _stub(lang: Lang) -> Iterator[Shape]:
    """The part that stays with what the person wrote."""
    left, right = STUB
    beside = right - left - SIDE - 2 * QUIET_ZONE - 2.0
    yield from _title(left, tr(lang, "Stub"), tr(lang, "Part 2: goes with the opinion"), beside)
    yield Text(left, NUMBER_Y - 7.4, line(tr(lang, "Number"), 9.0), GREY)
    labels = [line(tr(lang, label), 9.0) for label in STUB_LINES]
    start = left + max(label.width for label in labels) + 2.0
    y = TEXT_Y
    for label in labels:
        yield Text(left, y, label, DARK)
        yield Stroke(start, y + 0.8, right - start, 0, 0.15, GREY)
        y += 7.6
    yield Text(left, y, line(tr(lang, "Satisfied with the answer?"), 9.0), DARK)
    x = left
    for rating in RATINGS:
        yield Frame(x, y + 2.4, BOX, BOX, BOX_LINE)
        words = line(tr(lang, rating), 9.0)
        yield Text(x + BOX + 1.6, y + 5.7, words, DARK)
        x += BOX + 1.6 + words.width + 4.0


def _title(left: float, title: str, part: str, width: float) -> Iterator[Shape]:
    """What it is, and which part of it, beside the square."""
    yield Text(left, 17.2, line(title, 16.0, bold=True), BLACK)
    for place, words in enumerate(lines(part, 9.0, width)):
        yield Text(left, 23.4 + 4.4 * place, words, GREY)
