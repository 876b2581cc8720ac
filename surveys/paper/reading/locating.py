"""Finding our code in a picture. A read counts only if its length and signature fit: that is what ``check`` says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter

from surveys.paper.codes import FormCode
from surveys.paper.reading.plane import Picture, Points

Check = Callable[[str], FormCode | None]
"""The form's code in a text, None if it is not one of ours or not signed by us."""

QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LOCAL, _GLOBAL = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
_SMALLER: Final = 0.7
_CORNER_WIDTH, _CORNER_HEIGHT = 0.35, 0.25
"""Shares of a picture at its top right in which the code is if it shows just the sheet: a sixth of the time."""


@dataclass(frozen=True, slots=True, eq=False)
class LocatedCode:
    """A code of ours and where it is."""

    code: FormCode
    corners: Points
    """Pixels: top left, top right, bottom right, bottom left of the square as it was printed."""


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """What was found of codes in a picture."""

    ours: LocatedCode | None
    others: int
    """How many QR codes there are that are not codes of our forms."""


def locate(picture: Picture, check: Check) -> Sighting:
    """The first code of ours in ``picture`` as it is; first where it is on a page that is the right way up."""
    height, width = picture.shape
    left = int(width * (1 - _CORNER_WIDTH))
    near = _sighting(np.ascontiguousarray(picture[: int(height * _CORNER_HEIGHT), left:]), check, _LOCAL, 1.0)
    if near.ours is not None:
        return Sighting(LocatedCode(near.ours.code, near.ours.corners + np.array([left, 0])), near.others)
    return _sighting(picture, check, _LOCAL, 1.0)


def locate_filtered(picture: Picture, check: Check) -> Sighting:
    """The same after smoothing, thinning, closing gaps and shrinking: slower, for codes that are damaged."""
    others = 0
    for filtered, binarizer, scale in _filtered(Image.fromarray(picture)):
        found = _sighting(filtered, check, binarizer, scale)
        if found.ours is not None:
            return found
        others = max(others, found.others)
    return Sighting(None, others)


def _sighting(picture: Picture, check: Check, binarizer: zxingcpp.Binarizer, scale: float) -> Sighting:
    others = 0
    for found in zxingcpp.read_barcodes(picture, formats=QR, binarizer=binarizer):
        code = check(found.text)
        if code is None:
            others += 1
            continue
        place = found.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        return Sighting(LocatedCode(code, np.array([[point.x, point.y] for point in corners]) / scale), others)
    return Sighting(None, others)


def _filtered(image: Image.Image) -> Iterator[tuple[Picture, zxingcpp.Binarizer, float]]:
    """Pictures to try, with how to tell black from white, and the scale."""
    smaller = (max(1, int(image.width * _SMALLER)), max(1, int(image.height * _SMALLER)))
    picture = np.asarray(image)
    yield np.asarray(image.filter(ImageFilter.GaussianBlur(1))), _LOCAL, 1.0
    yield picture, _GLOBAL, 1.0
    yield _over_neighbours(_over_neighbours(picture, np.maximum), np.minimum), _LOCAL, 1.0
    yield _over_neighbours(_over_neighbours(picture, np.minimum), np.maximum), _LOCAL, 1.0
    yield np.asarray(image.resize(smaller, Image.Resampling.BOX)), _LOCAL, _SMALLER


def _over_neighbours(picture: Picture, extreme: np.ufunc) -> Picture:
    """The brightest or darkest of each pixel and its eight neighbours; beyond the edge its values go on."""
    across = extreme(extreme(picture[:, :-2], picture[:, 1:-1]), picture[:, 2:])
    found: Picture = extreme(extreme(across[:-2], across[1:-1]), across[2:])
    return np.pad(found, 1, mode="edge")
