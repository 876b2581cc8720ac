"""Questions and notes as pieces of a form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.language import Lang
from exports.paper.pieces import FEWEST_LINES, RULED, Piece, stacked
from exports.paper.remarks import remarks
from exports.paper.shapes import DARK, GREY, Frame, Shape, Text
from exports.paper.wrapping import Line, line, lines, measured, widest_word
from exports.texts import tr
from surveys.paper.geometry import BOX, BOX_LINE, Box, Field
from surveys.questionnaire import Question, Questionnaire, QuestionType

LEFT, RIGHT = 20.0, 190.0
"""Text stands between these."""
LABEL, CHOICE, REMARK = 11.0, 10.5, 9.0
"""Sizes, points."""
ROW = 7.6
"""Least distance of the boxes of two rows, and of two columns."""
LABEL_GAP = 2.0
"""From a box to its label."""
COLUMN_GAP = 4.0
"""From a label to the next box, at the least."""
NARROW_COLUMNS = 4
"""So many columns share the width if there are no more, so that short lists stand one below the other."""
NUMBERED = 6
"""From so many choices on they are numbered; fewer are set in one row where their labels have room on a few lines."""
LABEL_LINES = 3
NUMBER, NUMBER_GAP = 8.0, 1.2
"""Size of these numbers in points, and their distance from the label."""
FRAME_WIDTH, FRAME_HEIGHT = 40.0, 9.0
"""The frame for a number."""
_LABEL_LINE, _CHOICE_LINE, _REMARK_LINE = 5.6, 4.8, 4.4
"""From one line to the next."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How a list of choices is laid out, row by row."""

    count: int
    pitch: float
    """From one box to the next, mm."""
    number: float
    """Room for the choices' numbers between box and label, mm; 0 without them."""
    label: float
    """Width of a label, mm."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One choice of a row."""

    code: str
    label: str
    number: int
    x: float


def blocks(questionnaire: Questionnaire, lang: Lang) -> Iterator[Piece]:
    """Every question and note, in order; nothing is left out, whatever it depends on."""
    numbers = {question.name: number for number, question in enumerate(questionnaire.asked, start=1)}
    indent = LEFT + max(7.0, measured(f"{len(numbers)}.", LABEL, bold=True) + 1.5)
    for question in questionnaire.questions:
        if question.asks:
            yield _question(questionnaire, question, numbers, indent, lang)
        else:
            yield stacked(*_paragraph(question.label.text(lang), CHOICE, _LABEL_LINE, LEFT, DARK))


def columns(labels: Sequence[str], width: float) -> Columns:
    """As many columns as fit the longest label, and no more than the rows need; a short list in one row if it can be.

    Long lists are numbered, so that whoever keys a form need not count; not those whose labels are numbers themselves.
    """
    numbered = len(labels) >= NUMBERED and not any(label[:1].isdigit() for label in labels)
    number = measured(str(len(labels)), NUMBER) + NUMBER_GAP if numbered else 0.0
    before, room = BOX + LABEL_GAP + number, width + COLUMN_GAP
    needed = max(before + max(measured(label, CHOICE) for label in labels) + COLUMN_GAP, ROW)
    fitting = min(max(int(room / needed), 1), len(labels))
    if fitting < len(labels) < NUMBERED and _go_into(labels, room / len(labels) - COLUMN_GAP - before):
        fitting = len(labels)
    rows = -(-len(labels) // fitting)
    count = -(-len(labels) // rows)
    pitch = room / count
    if count < NARROW_COLUMNS and needed <= room / NARROW_COLUMNS:
        pitch = room / NARROW_COLUMNS
    return Columns(count, pitch, number, pitch - COLUMN_GAP - before)


def _go_into(labels: Sequence[str], width: float) -> bool:
    """Whether each label has room in a column so wide, on a few lines and without a broken word."""
    return all(
        widest_word(label, CHOICE) <= width and len(lines(label, CHOICE, width)) <= LABEL_LINES for label in labels
    )


def _question(
    questionnaire: Questionnaire, question: Question, numbers: Mapping[str, int], indent: float, lang: Lang
) -> Piece:
    number = numbers[question.name]
    head = [*_label(question.label.text(lang), number, indent)]
    if remark := remarks(questionnaire, question, numbers, lang):
        head += [*_paragraph(remark, REMARK, _REMARK_LINE, indent, GREY)]
    head.append(Piece(1.8))
    first, *others = _answer(question, indent, lang)
    again = line(tr(lang, "{n}. (continued)", n=number), LABEL, bold=True)
    continued = Piece(_LABEL_LINE + 1.8, (Text(LEFT, 4.2, again),))
    return stacked(stacked(*head, first), *others, continued=continued)


def _label(text: str, number: int, indent: float) -> Iterator[Piece]:
    """The question's words, its number before the first line."""
    for place, words in enumerate(lines(text, LABEL, RIGHT - indent, bold=True) or (line("", LABEL),)):
        before = (Text(LEFT, 4.2, line(f"{number}.", LABEL, bold=True)),) if place == 0 else ()
        yield Piece(_LABEL_LINE, (*before, Text(indent, 4.2, words)))


def _paragraph(text: str, size: float, distance: float, left: float, grey: float) -> Iterator[Piece]:
    for words in lines(text, size, RIGHT - left):
        yield Piece(distance, (Text(left, distance * 0.75, words, grey),))


def _answer(question: Question, indent: float, lang: Lang) -> list[Piece]:
    """Where the answer goes: rows of boxes, or a frame."""
    if question.choices:
        return [*_rows(question, indent, lang)]
    if question.type is QuestionType.INTEGER:
        field = Field(question=question.name, x=indent, y=0, width=FRAME_WIDTH, height=FRAME_HEIGHT, holds="number")
        return [Piece(FRAME_HEIGHT, field=field)]
    height = FEWEST_LINES * RULED
    return [Piece(height, field=Field(question=question.name, x=indent, y=0, width=RIGHT - indent, height=height))]


def _rows(question: Question, indent: float, lang: Lang) -> Iterator[Piece]:
    layout = columns([choice.label.text(lang) for choice in question.choices], RIGHT - indent)
    for start in range(0, len(question.choices), layout.count):
        cells = [
            _Cell(choice.code, choice.label.text(lang), number, indent + place * layout.pitch)
            for place, (number, choice) in enumerate(
                enumerate(question.choices[start : start + layout.count], start=start + 1)
            )
        ]
        yield _row(question.name, cells, layout)


def _row(question: str, cells: Sequence[_Cell], layout: Columns) -> Piece:
    """Boxes side by side; a label that is wider than its column goes on below."""
    shapes: list[Shape] = []
    labels: list[tuple[float, tuple[Line, ...]]] = []
    for cell in cells:
        shapes.append(Frame(cell.x, 0, BOX, BOX, BOX_LINE))
        x = cell.x + BOX + LABEL_GAP + layout.number
        if layout.number:
            number = line(str(cell.number), NUMBER)
            shapes.append(Text(x - NUMBER_GAP - number.width, 3.5, number, GREY))
        labels.append((x, lines(cell.label, CHOICE, layout.label)))
    boxes = tuple(Box(question=question, choice=cell.code, x=cell.x, y=0) for cell in cells)
    deepest = max(1, *(len(each) for _, each in labels))
    pieces = []
    for level in range(deepest):
        texts = [Text(x, 3.5, each[level]) for x, each in labels if level < len(each)]
        height = ROW if level == deepest - 1 else _CHOICE_LINE
        pieces.append(Piece(height, (*shapes, *texts), boxes) if level == 0 else Piece(height, tuple(texts)))
    return stacked(*pieces)
