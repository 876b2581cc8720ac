"""Filled areas of a report: tones that differ in grey as well as in colour, and hatching for the one that matters."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.paper.shapes import MM, Shape
from surveys.paper.geometry import PAGE_HEIGHT

if TYPE_CHECKING:
    from exports.paper.canvas import Canvas

Colour = tuple[float, float, float]
"""Red, green, blue, 0 to 1."""

ACCENT: Colour = (0.09, 0.40, 0.29)
INK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
TILE: Colour = (0.945, 0.957, 0.949)
HEAD: Colour = (0.91, 0.93, 0.92)
_HATCH = 1.1
"""Between two lines of the hatching, mm."""


@dataclass(frozen=True, slots=True)
class Tone:
    """How one kind of answer is filled, and how what stands on it is written."""

    fill: Colour
    ink: float
    """Share of white of the figures on it."""
    hatched: bool = False
    outlined: bool = False


POSITIVE = (
    Tone((0.09, 0.40, 0.29), 1.0),
    Tone((0.66, 0.83, 0.73), 0.0),
    Tone((0.84, 0.92, 0.87), 0.0),
)
"""The best answer first."""
NEGATIVE = (Tone((0.93, 0.62, 0.50), 0.0, hatched=True), Tone((0.80, 0.36, 0.24), 0.0, hatched=True))
NO_OPINION = Tone((0.80, 0.81, 0.83), 0.0)
BLANK = Tone((1.0, 1.0, 1.0), 0.0, outlined=True)
PLAIN = Tone((0.36, 0.53, 0.70), 1.0)


@dataclass(frozen=True, slots=True)
class Area(Shape):
    """A rectangle in a tone."""

    width: float
    height: float
    tone: Tone

    def draw(self, canvas: "Canvas") -> None:
        """Fill it, hatch it, and draw its outline, as its tone says."""
        left, bottom = self.x * MM, (PAGE_HEIGHT - self.y - self.height) * MM
        width, height = self.width * MM, self.height * MM
        canvas.setFillColorRGB(*self.tone.fill)
        canvas.rect(left, bottom, width, height, stroke=0, fill=1)
        if self.tone.hatched:
            self._hatch(canvas, (left, bottom), width, height)
        if self.tone.hatched or self.tone.outlined:
            canvas.setLineWidth(0.4)
            canvas.setStrokeGray(0.35)
            canvas.rect(left, bottom, width, height, stroke=1, fill=0)

    def _hatch(self, canvas: "Canvas", corner: tuple[float, float], width: float, height: float) -> None:
        """Lines from the lower left to the upper right, each cut off where the rectangle ends."""
        canvas.setLineWidth(0.5)
        canvas.setStrokeColorRGB(0.62, 0.22, 0.12)
        left, bottom = corner
        start = _HATCH * MM - height
        while start < width:
            low, high = max(start, 0.0), min(start + height, width)
            if high > low:
                canvas.line(left + low, bottom + low - start, left + high, bottom + high - start)
            start += _HATCH * MM


@dataclass(frozen=True, slots=True)
class Panel(Shape):
    """A filled rectangle in a colour."""

    width: float
    height: float
    colour: Colour

    def draw(self, canvas: "Canvas") -> None:
        """Draw it without an outline."""
        canvas.setFillColorRGB(*self.colour)
        bottom = (PAGE_HEIGHT - self.y - self.height) * MM
        canvas.rect(self.x * MM, bottom, self.width * MM, self.height * MM, stroke=0, fill=1)
