"""Empty pages: the backs of sheets that went through a scanner for both sides."""

from typing import Final

import numpy as np

from surveys.paper.reading.plane import Picture

SMALLEST: Final = 200
"""Pixels of the shorter side under which a picture is no page: 24 dpi of A4."""
_STEP: Final = 4
"""Every fourth row and column tells enough."""
_EDGE: Final = 0.03
"""Share of each side that is left out: the shadow of the sheet's edge."""
_DARK: Final = 0.75
"""How bright, of the paper, a point of print is at most."""
_LEAST: Final = 0.0008
"""Share of a page's points that are dark on a page with print: the corner marks alone are 0.002 of A4."""


def is_empty(picture: Picture) -> bool:
    """Whether there is nothing on the page, or the picture is too small to be one."""
    height, width = picture.shape
    if min(height, width) < SMALLEST:
        return True
    top, left = int(height * _EDGE), int(width * _EDGE)
    inside = picture[top : height - top : _STEP, left : width - left : _STEP]
    paper = float(np.percentile(inside, 80))
    return float((inside < _DARK * paper).mean()) < _LEAST
