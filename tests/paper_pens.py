"""People who fill in sheets: what they mean, and what their pens leave on the paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from surveys.paper.geometry import BOX, Box, Field
from surveys.paper.reading.plane import Picture
from tests.scan_sheets import SCALE, ScanSheet

STYLES: Final = {"tick": 0.42, "cross": 0.15, "fill": 0.15, "pencil": 0.14, "thin": 0.14}
"""How people mark, and how many do so (after the first lab: most tick)."""
BLANK, STRAY, CORRECTED, TWICE = 0.02, 0.03, 0.015, 0.005
"""Shares of questions that are doubtful on purpose."""
_FINE: Final = 4
"""Strokes are drawn this many times larger and then made smaller, so that their edges are smooth."""

Stroke = Sequence[tuple[float, float]]


class Pen(NamedTuple):
    """What a stroke looks like."""

    width: float
    """Millimetres."""
    grey: float
    """Of the paper under a full stroke, 0 is black."""
    texture: float = 0.0
    """Unevenness: a pencil on rough paper."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was meant on one page."""

    style: str
    answers: dict[str, frozenset[str]] = field(default_factory=dict)
    """Per question with boxes; empty: left blank."""
    doubtful: dict[str, str] = field(default_factory=dict)
    """Questions that are doubtful on purpose, and why: blank, dot, smudge, corrected, struck, twice."""
    written: frozenset[str] = frozenset()
    """Fields with writing in them."""


def fill_in(page: Picture, of: ScanSheet, number: int, rng: Generator) -> Filled:
    """One person fills in a page of a sheet."""
    style = str(rng.choice(list(STYLES), p=list(STYLES.values())))
    hand = Hand(page, style, rng)
    filled = Filled(style)
    for question, boxes in of.choices(number).items():
        hand.answer(question, boxes, filled, takes_several=question in of.printed.several)
    written = {each.question for each in of.printed.layout.pages[number - 1].fields if hand.write(each)}
    return Filled(style, filled.answers, filled.doubtful, frozenset(written))


class Hand:
    """One person's hand: the same style, pen and carelessness on the whole page."""

    def __init__(self, page: Picture, style: str, rng: Generator) -> None:
        self.page, self.style, self.rng = page, style, rng
        self.slop = rng.uniform(0.15, 0.55)
        self.pen = {
            "pencil": Pen(rng.uniform(0.35, 0.6), rng.uniform(135, 175), 0.35),
            "thin": Pen(rng.uniform(0.22, 0.32), rng.uniform(40, 100)),
        }.get(style, Pen(rng.uniform(0.35, 0.8), rng.uniform(15, 105)))

    def answer(self, question: str, boxes: Sequence[Box], filled: Filled, *, takes_several: bool) -> None:
        """Mark what is meant, now and then not as one should."""
        rng = self.rng
        count = int(rng.integers(1, min(4, len(boxes)))) if takes_several else 1
        chosen = [boxes[place] for place in rng.choice(len(boxes), count, replace=False)]
        rest = [box for box in boxes if box not in chosen]
        odd = rng.random()
        if odd < BLANK:
            chosen, filled.doubtful[question] = [], "blank"
        elif odd < BLANK + CORRECTED and not takes_several:
            wrong = rest[int(rng.integers(len(rest)))]
            if rng.random() < 2 / 3:
                self.blacken(wrong)
                self.circle(wrong)
                filled.doubtful[question] = "corrected"
            else:
                self.mark(wrong)
                self.strike(wrong)
                filled.doubtful[question] = "struck"
        elif odd < BLANK + CORRECTED + TWICE and not takes_several:
            self.mark(rest[int(rng.integers(len(rest)))])
            filled.doubtful[question] = "twice"
        for box in chosen:
            self.mark(box)
        if rest and rng.random() < STRAY:
            self.stray(rest[int(rng.integers(len(rest)))], question, filled)
        filled.answers[question] = frozenset(box.choice for box in chosen)

    def mark(self, box: Box) -> None:
        """The mark of this person's style in a box."""
        rng = self.rng
        x, y = box.x + BOX / 2 + rng.normal(0, self.slop), box.y + BOX / 2 + rng.normal(0, self.slop)
        size = BOX / 2 * rng.uniform(0.75, 1.25)
        if self.style == "cross":
            reach = rng.uniform(0.8, 1.3) * size
            for way in (1, -1):
                ends = ((-reach, -reach * way), (0.0, 0.0), (reach, reach * way))
                self.draw(_curve(self.shaken(x, y, ends, size)))
        elif self.style == "fill":
            reach = rng.uniform(0.75, 1.02) * size
            turns = np.linspace(-reach, reach, int(rng.integers(6, 11)))
            zigzag = [point for turn in turns.tolist() for point in ((-reach, turn), (reach, turn))]
            self.draw(self.shaken(x, y, zigzag, size * 0.6), self.pen._replace(width=self.pen.width * 1.2))
        else:
            long = rng.uniform(0.9, 1.9)
            a, b, c = self.shaken(
                x, y, ((-0.8 * size, -0.05 * size), (-0.2 * size, 0.75 * size), (long * size, -0.9 * long * size)), size
            )
            self.draw(_curve((a, (a[0] + 0.2 * size, a[1] + 0.5 * size), b)))
            self.draw(_curve((b, ((b[0] + c[0]) / 2 + rng.normal(0, 0.2 * size), (b[1] + c[1]) / 2 + 0.15 * size), c)))

    def blacken(self, box: Box) -> None:
        """Black all over, as the rule for corrections says."""
        rng, half = self.rng, BOX / 2
        x, y = box.x + half + rng.normal(0, 0.15), box.y + half + rng.normal(0, 0.15)
        reach = rng.uniform(0.9, 1.1) * half
        turns = np.linspace(-reach, reach, 12)
        zigzag = [point for turn in turns.tolist() for point in ((-reach, turn), (reach, turn))]
        self.draw(self.shaken(x, y, zigzag, half * 0.5), self.pen._replace(width=max(0.45, self.pen.width)))

    def circle(self, box: Box) -> None:
        """A circle around a box."""
        rng = self.rng
        radius, start, more = rng.uniform(3.3, 4.6), rng.uniform(0, 2 * np.pi), rng.uniform(-0.2, 0.5)
        angles = start + np.linspace(0, 2 * np.pi + more, 40)
        wave = radius * (1 + 0.06 * np.sin(2 * angles + rng.uniform(0, 6)) + np.linspace(0, rng.uniform(-0.1, 0.1), 40))
        x = box.x + BOX / 2 + rng.normal(0, 0.3) + wave * np.cos(angles)
        y = box.y + BOX / 2 + rng.normal(0, 0.3) + wave * np.sin(angles) * rng.uniform(0.85, 1.1)
        self.draw(list(zip(x.tolist(), y.tolist(), strict=True)))

    def strike(self, box: Box) -> None:
        """A line through a box and its text: no rule says so, but people do it."""
        y = box.y + BOX / 2
        self.draw(self.shaken(box.x, y, ((-1.5, 0.3), (6.0, 0.0), (14.0, -0.3)), 1.5))

    def stray(self, box: Box, question: str, filled: Filled) -> None:
        """A dot or a smudge where nothing is meant."""
        rng = self.rng
        x, y = box.x + BOX / 2, box.y + BOX / 2
        if rng.random() < 0.5:
            start = (x + rng.normal(0, 0.8), y + rng.normal(0, 0.8))
            self.draw(
                (start, (start[0] + 0.05, start[1] + 0.1)), self.pen._replace(width=rng.uniform(0.4, 0.7), texture=0)
            )
            filled.doubtful.setdefault(question, "dot")
        else:
            _smudge(self.page, x - 1.6, y - 1.6, 3.2, rng)
            filled.doubtful.setdefault(question, "smudge")

    def write(self, frame: Field) -> bool:
        """Scribble a few words, or nothing."""
        rng = self.rng
        lines = int(rng.integers(0, 4))
        if frame.holds == "number":
            lines = min(lines, 1)
        for line in range(lines):
            y = frame.y + 6 + 9 * line
            for letter in range(int(rng.integers(2, 14)) if frame.holds == "text" else 2):
                x = frame.x + 6 + letter * 9
                for _ in range(4):
                    self.draw(_curve([(x + rng.uniform(0, 6), y + rng.uniform(-3, 3)) for _ in range(3)]))
        return lines > 0

    def shaken(self, x: float, y: float, ends: Sequence[tuple[float, float]], size: float) -> list[tuple[float, float]]:
        """Points around a place, each a little off."""
        off = self.rng.normal(0, 0.12 * size, (len(ends), 2))
        return [(x + right + dx, y + down + dy) for (right, down), (dx, dy) in zip(ends, off.tolist(), strict=True)]

    def draw(self, stroke: Stroke, pen: Pen | None = None) -> None:
        """A stroke on the paper: points in millimetres."""
        draw_stroke(self.page, stroke, pen or self.pen, self.rng)


def _curve(points: Stroke, steps: int = 14) -> Stroke:
    """A quadratic Bézier curve through three points' hull."""
    a, b, c = np.array(points)
    t = np.linspace(0, 1, steps)[:, None]
    found = (1 - t) ** 2 * a + 2 * (1 - t) * t * b + t**2 * c
    return [(float(x), float(y)) for x, y in found]


def draw_stroke(page: Picture, stroke: Stroke, pen: Pen, rng: Generator) -> None:
    points = np.array(stroke) * SCALE
    room = pen.width * SCALE + 3
    left, top = np.maximum(np.floor(points.min(axis=0) - room), 0).astype(int)
    right, bottom = np.ceil(points.max(axis=0) + room).astype(int)
    part = page[top:bottom, left:right]
    if not part.size:
        return
    mask = Image.new("L", (part.shape[1] * _FINE, part.shape[0] * _FINE))
    fine = [((x - left) * _FINE, (y - top) * _FINE) for x, y in points.tolist()]
    width = max(1, round(pen.width * SCALE * _FINE))
    draw = ImageDraw.Draw(mask)
    draw.line(fine, 255, width, joint="curve")
    for x, y in (fine[0], fine[-1]):
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), 255)
    cover = np.asarray(mask.reduce(_FINE)).astype(np.float32) / 255
    if pen.texture:
        cover *= np.clip(rng.normal(1 - pen.texture / 2, pen.texture, cover.shape), 0, 1).astype(np.float32)
    part[:] = part * (1 - cover) + np.minimum(part, pen.grey) * cover


def _smudge(page: Picture, x: float, y: float, side: float, rng: Generator) -> None:
    """A soft grey cloud."""
    pixels = int(side * SCALE)
    top, left = int(y * SCALE), int(x * SCALE)
    part = page[top : top + pixels, left : left + pixels]
    coarse = Image.fromarray((rng.random((5, 5)) * 255).astype(np.uint8)).resize(
        (part.shape[1], part.shape[0]), Image.Resampling.BICUBIC
    )
    cloud = np.asarray(coarse).astype(np.float32)
    cloud = (cloud - cloud.min()) / max(float(np.ptp(cloud)), 1)
    part[:] = np.clip(part - 38 * cloud, 0, 255)
