"""What becomes of a sheet on its way into the program: scanners, copiers, fax machines, folds, stains, telephones.

Each case takes a page at 300 dpi and a random generator and gives the picture that arrives.
"""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from surveys.paper import geometry as g
from surveys.paper.reading.plane import Picture, homography
from tests.scan_sheets import DPI, SCALE

Case = Callable[[Picture, Generator], Picture]


def scanned(
    page: Picture, rng: Generator, dpi: int = 200, quality: int = 75, noise: float = 4, blur: float = 0.5
) -> Picture:
    """An office scanner: a little askew, greyish, noisy, as a JPEG."""
    turned = warped(page, rng, degrees=rng.uniform(-1.5, 1.5))
    grey = Image.fromarray(turned).resize(
        (round(page.shape[1] * dpi / DPI), round(page.shape[0] * dpi / DPI)), Image.Resampling.BOX
    )
    soft = np.asarray(grey.filter(ImageFilter.GaussianBlur(blur))).astype(np.float32)
    return jpeg(noisy(rng.uniform(15, 40) + soft * rng.uniform(0.78, 0.86), rng, noise), quality)


def warped(
    page: Picture,
    rng: Generator,
    *,
    degrees: float = 0,
    shear: float = 0,
    scales: tuple[float, float] = (1, 1),
    pad: int = 0,
    paper: int = 255,
) -> Picture:
    """Turned, sheared, stretched and shifted by up to 2 mm."""
    if pad:
        page = np.pad(page, pad, constant_values=paper)
    height, width = page.shape
    turn = np.deg2rad(degrees)
    wanted = (
        np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ [[1, shear], [0, 1]] @ np.diag(scales)
    )
    back = np.linalg.inv(wanted)
    middle = np.array([width / 2, height / 2])
    shift = rng.uniform(-2, 2, 2) * SCALE
    start = middle - back @ (middle + shift)
    coefficients = (back[0, 0], back[0, 1], start[0], back[1, 0], back[1, 1], start[1])
    image = Image.fromarray(page).transform(
        (width, height), Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR, fillcolor=paper
    )
    return np.asarray(image)


def noisy(values: np.ndarray, rng: Generator, sigma: float) -> Picture:
    """With noise of the camera."""
    found: Picture = np.clip(values + sigma * rng.standard_normal(values.shape, np.float32), 0, 255).astype(np.uint8)
    return found


def jpeg(page: Picture, quality: int) -> Picture:
    """Written as a JPEG and read again."""
    file = BytesIO()
    Image.fromarray(page).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))


def copied(page: Picture, rng: Generator, times: int) -> Picture:
    """Photocopied: soft edges made hard, toner lost or gained, specks."""
    for _ in range(times):
        soft = Image.fromarray(page).filter(ImageFilter.GaussianBlur(rng.uniform(1.2, 2.0)))
        threshold, gain = rng.uniform(120, 185), rng.uniform(0.05, 0.09)
        curve = 255 / (1 + np.exp(-gain * (np.arange(256) - threshold)))
        hard = np.asarray(soft.point(curve.astype(np.uint8).tolist())).copy()
        specks = rng.random((int(hard.size * 0.0002), 2)) * [hard.shape[0] - 3, hard.shape[1] - 3]
        for row, column in specks.astype(int):
            hard[row : row + 3, column : column + 3] = 40
        page = warped(
            hard, rng, degrees=rng.uniform(-0.6, 0.6), scales=(rng.uniform(0.98, 1.01), rng.uniform(0.98, 1.01))
        )
    return page


def faxed(page: Picture, rng: Generator) -> Picture:
    """Fine fax: 204 by 196 dpi, black and white."""
    size = (round(page.shape[1] * 204 / DPI), round(page.shape[0] * 196 / DPI))
    turned = warped(page, rng, degrees=rng.uniform(-1.5, 1.5))
    soft = Image.fromarray(turned).resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.5))
    grey = noisy(np.asarray(soft).astype(np.float32), rng, 12)
    black = np.where(grey < rng.uniform(120, 165), 0, 255).astype(np.uint8)
    black[rng.random(black.shape, np.float32) < 0.001] = 0
    return black


def creased(page: Picture, rng: Generator) -> Picture:
    """Folded across: the lower part shifted, a shadow along the fold."""
    height, width = page.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    off = y - height * rng.uniform(0.3, 0.7) - rng.uniform(-0.1, 0.1) * (x - width / 2)
    shift = rng.uniform(2, 7)
    lower = np.asarray(ImageChops.offset(Image.fromarray(page), 0, -round(shift)))
    values = np.where(off > 0, lower, page) - 45 * np.exp(-((off / 10) ** 2))
    found: Picture = np.clip(values, 0, 255).astype(np.uint8)
    return found


def bent(page: Picture, rng: Generator) -> Picture:
    """Not lying flat: shifted by up to 1.2 mm, differently all over."""
    height, width = page.shape
    amount, phase = rng.uniform(5, 14), rng.uniform(0, 6.3)

    def source(x: float, y: float) -> tuple[float, float]:
        return x + amount * np.sin(y / height * 4 + phase), y + amount * 0.7 * np.sin(x / width * 3 + phase)

    xs, ys = np.linspace(0, width, 16).astype(int).tolist(), np.linspace(0, height, 22).astype(int).tolist()
    mesh = []
    for left, right in pairwise(xs):
        for top, bottom in pairwise(ys):
            corners = (source(left, top), source(left, bottom), source(right, bottom), source(right, top))
            mesh.append(((left, top, right, bottom), tuple(value for corner in corners for value in corner)))
    image = Image.fromarray(page).transform(
        (width, height), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=255
    )
    return np.asarray(image)


def photographed(page: Picture, rng: Generator, tilt: tuple[float, float] = (8, 25), per_mm: float = 6.5) -> Picture:
    """A telephone held at an angle over a sheet on a grey table, in uneven light."""
    pad = int(25 * SCALE)
    wide = np.pad(page, pad, constant_values=95)
    height, width = wide.shape
    ax, ay = (np.deg2rad(rng.uniform(*tilt)) * rng.choice([-1, 1]) for _ in range(2))
    az = np.deg2rad(rng.uniform(-12, 12))
    tip = np.array([[1, 0, 0], [0, np.cos(ax), -np.sin(ax)], [0, np.sin(ax), np.cos(ax)]])
    pan = np.array([[np.cos(ay), 0, np.sin(ay)], [0, 1, 0], [-np.sin(ay), 0, np.cos(ay)]])
    roll = np.array([[np.cos(az), -np.sin(az), 0], [np.sin(az), np.cos(az), 0], [0, 0, 1]])
    flat = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
    space = np.column_stack([flat - [width / 2, height / 2], np.zeros(4)]) @ (roll @ pan @ tip).T
    distance = 1.7 * height
    seen = space[:, :2] * (distance / (distance + space[:, 2:])) * per_mm / SCALE
    seen -= seen.min(axis=0)
    size = np.ceil(seen.max(axis=0)).astype(int)
    back = homography(seen, flat)
    back /= back[2, 2]
    soft = Image.fromarray(wide).filter(ImageFilter.GaussianBlur(0.45 * SCALE / per_mm))
    image = soft.transform(
        (int(size[0]), int(size[1])),
        Image.Transform.PERSPECTIVE,
        tuple(back.flat[:8]),
        Image.Resampling.BILINEAR,
        fillcolor=95,
    )
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.1)))).astype(np.float32)
    return jpeg(noisy(_lit(grey, rng), rng, 5), int(rng.uniform(60, 85)))


def _lit(grey: np.ndarray, rng: Generator) -> np.ndarray:
    """Brighter on one side, and in the shadow of a hand."""
    height, width = grey.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * x / width + np.sin(angle) * y / height
    slope = (slope - slope.min()) / np.ptp(slope)
    light = (1 - 0.45 * slope) * rng.uniform(0.75, 0.95)
    near = ((x - rng.uniform(0, width)) ** 2 + (y - rng.uniform(0.5, 1) * height) ** 2) / (0.35 * width) ** 2
    found: np.ndarray = (grey * light + 8) * (1 - 0.3 * np.exp(-(near**2)))
    return found


def without_corner(page: Picture, rng: Generator) -> Picture:
    """One corner torn off or folded over, never the one beside the code."""
    page = page.copy()
    side = int(22 * SCALE)
    rows, columns = (
        (slice(side), slice(side)),
        (slice(-side, None), slice(side)),
        (slice(-side, None), slice(-side, None)),
    )[int(rng.integers(3))]
    page[rows, columns] = rng.choice([30, 255])
    return page


def at_code(damage: Case) -> Case:
    """The case of a code that is damaged, and then scanned."""

    def case(page: Picture, rng: Generator) -> Picture:
        page = page.copy()
        top, left, side = (int((v) * SCALE) for v in (g.QR_Y - 1, g.QR_X - 1, g.QR_SIDE + 2))
        page[top : top + side, left : left + side] = damage(page[top : top + side, left : left + side].copy(), rng)
        return scanned(page, rng)

    return case


def pen_across(code: Picture, rng: Generator) -> Picture:
    """Two strokes of a pen over the code."""
    image = Image.fromarray(code)
    for _ in range(2):
        points = rng.uniform(-0.05, 1.05, (3, 2)) * code.shape[0]
        t = np.linspace(0, 1, 20)[:, None]
        curve = (1 - t) ** 2 * points[0] + 2 * (1 - t) * t * points[1] + t**2 * points[2]
        ImageDraw.Draw(image).line([tuple(point) for point in curve.tolist()], 40, int(0.6 * SCALE), joint="curve")
    return np.asarray(image)


def stained(code: Picture, rng: Generator) -> Picture:
    """A stain over 15 % of the code."""
    side = code.shape[0]
    mask = Image.new("L", code.shape[::-1])
    x, y = rng.uniform(0.15, 0.85, 2) * side
    ImageDraw.Draw(mask).ellipse((x - 0.22 * side, y - 0.22 * side, x + 0.22 * side, y + 0.22 * side), 255)
    cover = np.asarray(mask.filter(ImageFilter.GaussianBlur(3))).astype(np.float32) / 255
    return np.clip(code * (1 - 0.8 * cover), 0, 255).astype(np.uint8)


def folded(code: Picture, rng: Generator) -> Picture:
    """Two folds through the code, with the toner flaked off along them."""
    for _ in range(2):
        side = code.shape[0]
        y, x = np.mgrid[0:side, 0:side].astype(np.float32)
        angle = rng.uniform(0, np.pi)
        off = (x - side / 2 - rng.uniform(-0.2, 0.2) * side) * np.sin(angle) - (y - side / 2) * np.cos(angle)
        shift = rng.uniform(1.5, 4.5)
        moved = ImageChops.offset(Image.fromarray(code), -round(shift * np.sin(angle)), round(shift * np.cos(angle)))
        code = np.where(off > 0, np.asarray(moved), code)
        wear = np.asarray(
            Image.fromarray((rng.random((side // 4 + 1, side // 4 + 1)) * 255).astype(np.uint8)).resize((side, side))
        )
        code[(np.exp(-((off / rng.uniform(3, 8)) ** 2)) > 0.5) & (wear > 90)] = 255
    return code


def torn(code: Picture, rng: Generator) -> Picture:
    """A finder pattern gone."""
    side = int(rng.uniform(0.2, 0.34) * code.shape[0])
    code[:side, -side:] = 255
    return code


def faint(page: Picture) -> Picture:
    """Low contrast: an old printer."""
    return (140 + page.astype(np.float32) * 0.42).astype(np.uint8)


def _turned(page: Picture, rng: Generator) -> Picture:
    return warped(page, rng, degrees=rng.uniform(4, 8) * rng.choice([-1, 1]), pad=int(25 * SCALE))


def _skewed(page: Picture, rng: Generator) -> Picture:
    stretch = (rng.uniform(0.96, 1.02), rng.uniform(0.96, 1.02))
    return warped(
        page, rng, degrees=rng.uniform(-3, 3), shear=rng.uniform(-0.03, 0.03), scales=stretch, pad=int(8 * SCALE)
    )


OFFICE: Final = "scan 200 dpi"
CASES: Final[dict[str, Case]] = {
    OFFICE: scanned,
    "scan 300 dpi": lambda page, rng: scanned(page, rng, 300),
    "scan 150 dpi, JPEG 50": lambda page, rng: scanned(page, rng, 150, 50, 6),
    "scan 100 dpi, JPEG 50": lambda page, rng: scanned(page, rng, 100, 50, 6),
    "turned by 4 to 8 degrees": lambda page, rng: scanned(_turned(page, rng), rng),
    "skewed, 96 to 102 %": lambda page, rng: scanned(_skewed(page, rng), rng),
    "noise 15, JPEG 30": lambda page, rng: scanned(page, rng, 200, 30, 15),
    "blur of 1.6 pixels": lambda page, rng: scanned(page, rng, blur=1.6),
    "photocopied twice": lambda page, rng: scanned(copied(page, rng, 2), rng),
    "photocopied four times": lambda page, rng: scanned(copied(page, rng, 4), rng),
    "low contrast": lambda page, rng: scanned(faint(page), rng),
    "fax": faxed,
    "crease across the page": lambda page, rng: scanned(creased(page, rng), rng),
    "bent sheet": lambda page, rng: scanned(bent(page, rng), rng),
    "upside down": lambda page, rng: scanned(np.ascontiguousarray(page[::-1, ::-1]), rng),
    "on its side": lambda page, rng: np.ascontiguousarray(np.rot90(scanned(page, rng), int(rng.choice([1, 3])))),
    "one corner lost": lambda page, rng: scanned(without_corner(page, rng), rng),
    "telephone, 8 to 25 degrees": photographed,
    "telephone, 25 to 35 degrees": lambda page, rng: photographed(page, rng, (25, 35), 8),
    "code: two pen strokes": at_code(pen_across),
    "code: stain of 15 %": at_code(stained),
    "code: two folds": at_code(folded),
    "code: finder pattern gone": at_code(torn),
}
