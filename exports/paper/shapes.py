"""What is drawn on a sheet, in millimetres from its top left corner."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from exports.paper import fonts
from exports.paper.wrapping import Line
from surveys.paper.geometry import PAGE_HEIGHT

if TYPE_CHECKING:
    from exports.paper.canvas import Canvas

MM = 72 / 25.4
"""Points."""
BLACK, DARK, GREY, PALE = 0.0, 0.2, 0.35, 0.6
"""Shares of white: print; small print; what matters less; lines to write on."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the sheet."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Shape(ABC):
    """Base of all shapes; ``x`` and ``y`` are its top left corner unless it says otherwise."""

    x: float
    y: float

    def down(self, distance: float) -> Self:
        """The same shape further down."""
        return replace(self, y=self.y + distance)

    @abstractmethod
    def draw(self, canvas: "Canvas") -> None:
        """Draw it."""


@dataclass(frozen=True, slots=True)
class Text(Shape):
    """A line of text; ``y`` is its baseline."""

    line: Line
    grey: float = BLACK

    @property
    def area(self) -> Area:
        """Where its characters are."""
        em = self.line.size * fonts.MM_PER_POINT
        return Area(self.x, self.y - fonts.ASCENT * em, self.x + self.line.width, self.y + fonts.DESCENT * em)

    def draw(self, canvas: "Canvas") -> None:
        """Draw every run at its place."""
        canvas.setFillGray(self.grey)
        for run in self.line.runs:
            canvas.setFont(run.font, self.line.size)
            canvas.drawString((self.x + run.x) * MM, _from_below(self.y), run.text)


@dataclass(frozen=True, slots=True)
class Filled(Shape):
    """A filled rectangle."""

    width: float
    height: float
    grey: float = BLACK

    def draw(self, canvas: "Canvas") -> None:
        """Draw it without an outline."""
        canvas.setFillGray(self.grey)
        bottom = _from_below(self.y + self.height)
        canvas.rect(self.x * MM, bottom, self.width * MM, self.height * MM, stroke=0, fill=1)


@dataclass(frozen=True, slots=True)
class Frame(Shape):
    """An empty rectangle; its sides are the middles of the lines."""

    width: float
    height: float
    line: float

    def draw(self, canvas: "Canvas") -> None:
        """Draw its outline."""
        _pen(canvas, self.line, BLACK)
        bottom = _from_below(self.y + self.height)
        canvas.rect(self.x * MM, bottom, self.width * MM, self.height * MM, stroke=1, fill=0)


@dataclass(frozen=True, slots=True)
class Stroke(Shape):
    """A line from ``x``, ``y`` by so much to the right and down."""

    right: float
    below: float
    line: float
    grey: float = BLACK
    dashed: bool = False

    def draw(self, canvas: "Canvas") -> None:
        """Draw it."""
        _pen(canvas, self.line, self.grey)
        if self.dashed:
            canvas.setDash(1.2 * MM, 1.2 * MM)
        end = (self.x + self.right) * MM, _from_below(self.y + self.below)
        canvas.line(self.x * MM, _from_below(self.y), *end)
        if self.dashed:
            canvas.setDash()


@dataclass(frozen=True, slots=True)
class Ring(Shape):
    """A circle around ``x``, ``y``."""

    radius: float
    line: float

    def draw(self, canvas: "Canvas") -> None:
        """Draw its outline."""
        _pen(canvas, self.line, BLACK)
        canvas.circle(self.x * MM, _from_below(self.y), self.radius * MM, stroke=1, fill=0)


def draw(canvas: "Canvas", shapes: Iterable[Shape]) -> None:
    """Draw all of them, in their order."""
    for shape in shapes:
        shape.draw(canvas)


def _pen(canvas: "Canvas", width: float, grey: float) -> None:
    canvas.setLineWidth(width * MM)
    canvas.setStrokeGray(grey)


def _from_below(y: float) -> float:
    """Points from the sheet's lower edge, as a PDF counts."""
    return (PAGE_HEIGHT - y) * MM
