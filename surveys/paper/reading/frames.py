"""The printed frames of a page, boxes and fields, and whether they are where the page's place in the picture says."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from surveys.paper.geometry import BOX, Field, PageLayout
from surveys.paper.reading.plane import Points, View

GATE: Final = 0.75
"""Share of frames that must be where they should be before anything on a page is believed."""
SURE: Final = 0.9
"""Share of frames at which no other way of placing the page is tried."""
_POINTS: Final = 6
"""Points looked at on each side of a box."""
_FEW: Final = 8
"""Boxes from which on a page is judged by them alone: on a bent sheet the long lines of a field are not straight."""
_PITCH: Final = 20.0
"""Length of the pieces into which the frame of a field is cut, millimetres."""
_OFFSETS: Final = (-0.12, 0.0, 0.12)
_BESIDE: Final = 0.8
"""Where the paper beside a line is looked at, millimetres outside."""
_CONTRAST: Final = 0.12
"""How much darker than the paper beside it a line must be, as a share of the paper's brightness."""
_DARKEST_PAPER: Final = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Points on the printed lines of a page."""

    points: Points
    """Frames by points by x and y, in millimetres."""
    outward: Points
    """The direction away from the frame's inside at each point."""

    @classmethod
    def of(cls, page: PageLayout) -> "Frames":
        """The boxes of a page, one frame each; of a page with few of them also the fields, cut into pieces."""
        points, outward = _square()
        corners = np.array([[box.x, box.y] for box in page.boxes]).reshape(-1, 1, 2)
        fields = [_pieces(field) for field in page.fields] if len(page.boxes) < _FEW else []
        return cls(
            np.concatenate([corners + points, *(found for found, _ in fields)]),
            np.concatenate(
                [np.broadcast_to(outward, (len(page.boxes), *outward.shape)), *(away for _, away in fields)]
            ),
        )

    def score(self, view: View) -> float:
        """Share of the frames that are darker than the paper beside them, 0 to 1."""
        if not len(self.points):
            return 0.0
        places = [(self.points + off * self.outward).astype(np.float32) for off in (*_OFFSETS, _BESIDE)]
        *greys, beside = (view.grey(place[..., 0], place[..., 1]) for place in places)
        lines = np.minimum.reduce(greys)
        contrast = np.median(beside, axis=1) - np.median(lines, axis=1)
        paper = np.maximum(np.percentile(beside, 80, axis=1), _DARKEST_PAPER)
        return float(np.mean(contrast / paper > _CONTRAST))


def _square() -> tuple[Points, Points]:
    """Points on the frame of a box at (0, 0), and the outward directions there."""
    along = np.linspace(0.15, 0.85, _POINTS) * BOX
    zero, full, one = np.zeros(_POINTS), np.full(_POINTS, BOX), np.ones(_POINTS)
    sides = [(along, zero, zero, -one), (along, full, zero, one), (zero, along, -one, zero), (full, along, one, zero)]
    points = np.concatenate([np.column_stack([x, y]) for x, y, _, _ in sides])
    return points, np.concatenate([np.column_stack([right, down]) for _, _, right, down in sides])


def _pieces(field: Field) -> tuple[Points, Points]:
    """Pieces of the frame of ``field``, with as many points as the frame of a box, and the outward directions there."""
    left, top, right, bottom = field.x, field.y, field.x + field.width, field.y + field.height
    sides = (
        ((left, top), (right, top), (0.0, -1.0)),
        ((left, bottom), (right, bottom), (0.0, 1.0)),
        ((left, top), (left, bottom), (-1.0, 0.0)),
        ((right, top), (right, bottom), (1.0, 0.0)),
    )
    points, outward = [], []
    for start, end, away in sides:
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        count = max(1, round(length / _PITCH))
        along = (np.arange(count)[:, None] + np.linspace(0.05, 0.95, 4 * _POINTS)[None]) / count
        points.append(np.array(start) + along[..., None] * (np.array(end) - np.array(start)))
        outward.append(np.broadcast_to(np.array(away), points[-1].shape))
    return np.concatenate(points), np.concatenate(outward)
