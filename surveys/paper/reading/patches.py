"""The boxes of a page cut out of its picture, and how far each stands from where it was expected."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from surveys.paper.geometry import BOX
from surveys.paper.reading.plane import Grey, Points, View, steps, usual_paper

SCALE: Final = 8
"""Pixels a millimetre in a patch."""
_LEAST_CONTRAST: Final = 30.0
"""Grey values between paper and black below which ink is not made darker than it is."""
_SIDEWAYS: Final = 0.02
"""What a pixel away from where a box is expected costs against the darkness of its four lines."""

Shifts = NDArray[np.intp]
"""Pixels of a patch, one per box."""


class Profiles(NamedTuple):
    """How dark the lines of each box's frame are if it stands that much to the right, or lower, than expected."""

    steps: Shifts
    """The shifts that are looked at, pixels of a patch."""
    right: NDArray[np.float32]
    """Boxes by steps, 0 to 4."""
    down: NDArray[np.float32]


class Shifted(NamedTuple):
    """Where the frames of boxes are."""

    right: Shifts
    down: Shifts
    strength: NDArray[np.float32]
    """How dark the frame's lines are there, 0 to 1."""


def cut(view: View, corners: Points, margin: float) -> Grey:
    """Boxes by rows by columns of grey values: those with these top left ``corners``, ``margin`` millimetres around."""
    off = steps(-margin, int((BOX + 2 * margin) * SCALE), SCALE)
    x, y = corners.astype(np.float32).T[:, :, None, None]
    return view.grey(x + off, y + off[:, None])


def ink_of(patches: Grey, black: float | None = None) -> Grey:
    """From 0 (the paper around each box) to 1 (``black``, or else its darkest), a little more on both sides."""
    flat = patches.reshape(len(patches), -1)
    paper = usual_paper(flat)[:, None, None]
    dark = np.percentile(flat, 3, axis=1)[:, None, None].astype(np.float32) if black is None else black
    ink: Grey = ((paper - patches) / np.maximum(paper - dark, _LEAST_CONTRAST)).clip(-0.2, 1.2)
    return ink


def profiles(ink: Grey, margin: float, reach: float) -> Profiles:
    """The evidence for shifts of at most ``reach`` millimetres, which is less than ``margin``."""
    first, last = round(margin * SCALE), round((margin + BOX) * SCALE) - 1
    most = int(reach * SCALE)
    off = np.arange(-most, most + 1)
    inside = slice(first + 5, last - 4)
    across = np.median(ink[:, inside, :], axis=1)
    along = np.median(ink[:, :, inside], axis=2)
    lines = [first - 1, first, last, last + 1]
    right, down = (profile[:, off[:, None] + lines].sum(axis=2) for profile in (across, along))
    return Profiles(off, right, down)


def shifted(found: Profiles, right: Shifts, down: Shifts, cost: float = _SIDEWAYS) -> Shifted:
    """The shifts with the darkest lines; each pixel away from those expected, ``right`` and ``down``, has its cost."""
    which = np.arange(len(found.right))
    places = [
        (profile - cost * np.abs(found.steps - usual[:, None])).argmax(axis=1)
        for profile, usual in ((found.right, right), (found.down, down))
    ]
    strength = (found.right[which, places[0]] + found.down[which, places[1]]) / 8
    return Shifted(found.steps[places[0]], found.steps[places[1]], strength)
