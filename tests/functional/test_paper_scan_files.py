"""The files that a scanner or a telephone leaves: every page of them comes, or is a problem."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab import rl_config
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from campaign.language import Lang
from exports.paper.pdf import new_canvas
from surveys.paper.reading.pages import DPI, ENOUGH, LONGEST, TOGETHER, Page, count_pages, pages_of
from surveys.paper.reading.plane import Picture
from tests.damage import flips
from tests.scan_hands import answered, code_of, office, read
from tests.scan_sheets import sheet

pytestmark = pytest.mark.rig

WIDTH, HEIGHT = 210 / 25.4 * 72, 297 / 25.4 * 72
ORIENTATION = 0x0112
"""Tag of EXIF (JEITA CP-3451, 4.6.4): which side of the picture is up."""
PIXELS = np.kron(np.random.default_rng(5).integers(90, 250, (12, 9), np.uint8), np.ones((9, 9), np.uint8))
FORMATS = ("a.png", "a.jpg", "a.tif", "a.bmp", "a.webp", "a.pdf")


@pytest.fixture(scope="module")
def scan() -> Picture:
    """A page of a form, scanned."""
    return office(answered(sheet("pulse"), lambda hand, boxes: hand.mark(boxes[0])))


def small() -> Image.Image:
    """A picture of some hundred pixels; a new one each time, for Pillow keeps how it was last saved."""
    return Image.fromarray(PIXELS)


def only(path: Path) -> Page:
    """The one page of a file, counted before it was read."""
    assert count_pages(path) == 1
    (page,) = pages_of(path)
    assert (page.path, page.number) == (path, 1)
    assert (page.picture is None) is (page.problem is not None)
    return page


def why(page: Page) -> str:
    """What is wrong with a page, in English."""
    assert page.problem
    assert page.problem.code == "M81"
    assert str(page.path) in page.problem.message(Lang.ZH)
    return str(page.problem.values["why"])


def is_read(page: Page) -> bool:
    """Whether it is that page of that form."""
    assert page.picture is not None
    return read(page.picture).code == code_of(sheet("pulse"))


def pdf(path: Path, *draw: Callable[[Canvas], object], **options: object) -> Path:
    """A PDF with a page for each drawing, its JPEGs as they are."""
    with patch.object(rl_config, "useA85", 0):
        canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), **options)
        for each in draw:
            each(canvas)
            canvas.showPage()
        canvas.save()
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_a_scan_is_read_from_every_kind_of_file(scan: Picture, name: str, tmp_path: Path) -> None:
    """PNG, JPEG, TIFF, BMP, WebP, and a PDF of a JPEG."""
    Image.fromarray(scan).save(tmp_path / name, resolution=DPI)
    assert is_read(only(tmp_path / name))


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "LA", "CMYK", "I;16"])
def test_the_colours_of_a_picture_make_no_difference(scan: Picture, mode: str, tmp_path: Path) -> None:
    """Black and white, grey, colours, a palette, transparency over white paper, 16 bits."""
    image = Image.fromarray(scan)
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    shown = Image.fromarray(scan.astype(np.uint16) * 256) if mode == "I;16" else image.convert(mode)
    shown.save(path)
    assert is_read(only(path))


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    """Black that can't be seen is not ink."""
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(tmp_path / "a.png")
    picture = only(tmp_path / "a.png").picture
    assert picture is not None
    assert picture.min() == 255


def test_the_picture_of_a_scanned_page_is_taken_as_it_is(tmp_path: Path) -> None:
    """A page that is one JPEG is not drawn: the pixels are those of the file, also under the text of a recognition."""
    small().save(tmp_path / "a.jpg", quality=90)
    expected = np.asarray(Image.open(tmp_path / "a.jpg"))

    def scanned(canvas: Canvas) -> None:
        canvas.drawImage(str(tmp_path / "a.jpg"), 0, 0, WIDTH, HEIGHT)
        text = canvas.beginText(100, 100)
        text.setTextRenderMode(3)
        text.textLine("invisible")
        canvas.drawText(text)

    for path in (pdf(tmp_path / "a.pdf", scanned), tmp_path / "b.pdf"):
        if not path.exists():
            small().save(path, quality=90)
        picture = only(path).picture
        assert picture is not None
        assert picture.shape == expected.shape


@pytest.mark.parametrize("what", ["stamp", "two halves", "black and white"])
def test_a_page_that_is_more_than_a_picture_is_drawn(scan: Picture, what: str, tmp_path: Path) -> None:
    """A stamp over it, a picture in strips, another compression: at 200 dpi, with all that is on it."""
    image, whole = Image.fromarray(scan), tmp_path / "a.jpg"
    image.save(whole)

    def stamped(canvas: Canvas) -> None:
        canvas.drawImage(str(whole), 0, 0, WIDTH, HEIGHT)
        canvas.drawString(300, 5, "received")

    def halves(canvas: Canvas) -> None:
        middle = image.height // 2
        for number, (top, bottom) in enumerate(((0, middle), (middle, image.height))):
            image.crop((0, top, image.width, bottom)).save(tmp_path / f"{number}.jpg")
            below = HEIGHT * (1 - bottom / image.height)
            canvas.drawImage(str(tmp_path / f"{number}.jpg"), 0, below, WIDTH, HEIGHT * (bottom - top) / image.height)

    path = tmp_path / "a.pdf"
    if what == "black and white":
        image.convert("1", dither=Image.Dither.NONE).save(path, resolution=DPI)
    else:
        pdf(path, {"stamp": stamped, "two halves": halves}[what])
    page = only(path)
    assert page.picture is not None
    assert sorted(page.picture.shape) == pytest.approx(sorted(scan.shape), abs=3)
    assert is_read(page)


@pytest.mark.parametrize("turns", range(4))
def test_a_page_that_is_shown_turned_is_read(scan: Picture, turns: int, tmp_path: Path) -> None:
    """Whether the sheet lay on its side in the scanner, or only the page of the PDF says so."""
    Image.fromarray(np.rot90(scan, turns)).save(tmp_path / "a.jpg")

    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90 * turns)
        across, down = (HEIGHT, WIDTH) if turns % 2 else (WIDTH, HEIGHT)
        canvas.drawImage(str(tmp_path / "a.jpg"), 0, 0, across, down)

    assert is_read(only(pdf(tmp_path / "a.pdf", turned)))


@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (3, 2), (6, 1), (8, 3)])
def test_a_photograph_is_the_way_up_that_it_says(scan: Picture, orientation: int, turns: int, tmp_path: Path) -> None:
    """The sensor lies as the telephone was held; EXIF tells how to turn its picture."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    Image.fromarray(np.rot90(scan, turns)).save(tmp_path / "a.jpg", exif=exif, quality=95)
    picture = only(tmp_path / "a.jpg").picture
    assert picture is not None
    assert picture.shape == scan.shape
    assert np.abs(picture.astype(int) - scan).mean() < 3


def test_every_page_of_a_file_comes(scan: Picture, tmp_path: Path) -> None:
    """Of a TIFF and of a PDF; counted without reading them."""
    pages = [Image.fromarray(scan), small(), Image.fromarray(scan[::-1, ::-1])]
    for name in ("a.tif", "a.pdf"):
        pages[0].save(tmp_path / name, save_all=True, append_images=pages[1:])
        found = list(pages_of(tmp_path / name))
        assert [page.number for page in found] == [1, 2, 3] == list(range(1, count_pages(tmp_path / name) + 1))
        assert [is_read(page) for page in found] == [True, False, True]


def test_a_long_pdf_is_opened_anew_every_so_many_pages(tmp_path: Path) -> None:
    """An open one keeps every picture that it has given: a thousand pages would take half a gigabyte."""
    count = 2 * TOGETHER + 1
    pages = [Image.new("L", (20 + number, 30), 200) for number in range(count)]
    pages[0].save(tmp_path / "a.pdf", save_all=True, append_images=pages[1:])
    with patch.object(pypdfium2, "PdfDocument", side_effect=pypdfium2.PdfDocument) as opened:
        found = list(pages_of(tmp_path / "a.pdf"))
    assert opened.call_count == 3
    assert (
        [page.number for page in found] == list(range(1, count + 1)) == [*range(1, count_pages(tmp_path / "a.pdf") + 1)]
    )
    assert [page.picture.shape[1] for page in found if page.picture is not None] == [20 + at for at in range(count)]


def test_more_pixels_than_needed_are_made_fewer(tmp_path: Path) -> None:
    """A photograph of 48 million pixels or a page of 2 by 3 metres takes no longer than an office scan."""
    Image.new("L", (6000, 8000), 200).save(tmp_path / "a.jpg")
    Image.new("L", (6000, 8000), 200).save(tmp_path / "a.png")
    pdf(tmp_path / "a.pdf", lambda canvas: canvas.setPageSize((5600, 8400)))
    for name, most in (("a.jpg", 2 * ENOUGH), ("a.png", 2 * ENOUGH), ("a.pdf", LONGEST)):
        picture = only(tmp_path / name).picture
        assert picture is not None
        assert ENOUGH <= max(picture.shape) <= most


@pytest.mark.parametrize("side", [9500, 14000])
@pytest.mark.parametrize("name", ["a.png", "a.pdf"])
def test_far_too_many_pixels_are_a_problem_of_that_page(name: str, side: int, tmp_path: Path) -> None:
    """A bomb in a picture or in a PDF ends no run: M81 says so, and the next page comes."""
    Image.new("L", (side, side), 255).save(tmp_path / name)
    assert "too many pixels" in why(only(tmp_path / name))


def test_forms_as_they_are_printed_are_no_scan(tmp_path: Path) -> None:
    """The file for the printer lies beside the scans: read as one of them, every form would have come back blank."""
    with (tmp_path / "forms.pdf").open("wb") as file:
        canvas = new_canvas(file, "forms", "", Lang.EN)
        for _ in range(3):
            canvas.drawString(100, 100, "a form")
            canvas.showPage()
        canvas.save()
    assert "as they are printed" in why(only(tmp_path / "forms.pdf"))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "neither a PDF nor a picture"), (b"a list of names\n" * 50, "neither a PDF nor a picture")],
    ids=["empty", "text"],
)
def test_a_file_of_another_kind_is_a_problem(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    """M81 whatever its name says: an empty file, a text."""
    (tmp_path / name).write_bytes(content)
    assert reason in why(only(tmp_path / name))


def test_a_picture_of_a_kind_that_is_not_read_is_a_problem(tmp_path: Path) -> None:
    """M81 names the kinds that are."""
    small().save(tmp_path / "a.gif")
    assert "JPEG, PNG, TIFF, BMP, WebP" in why(only(tmp_path / "a.gif"))


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """M81 with the reason of the system; a folder too."""
    assert why(only(tmp_path / "none.pdf"))
    assert why(only(tmp_path))


def test_a_locked_pdf_is_a_problem(tmp_path: Path) -> None:
    """M81: it needs a password."""
    path = pdf(tmp_path / "a.pdf", lambda _: None, encrypt=StandardEncryption("secret", strength=128))
    assert why(only(path)) == "it needs a password"


def test_a_pdf_without_pages_is_a_problem(tmp_path: Path) -> None:
    """M81: there is nothing to read."""
    (tmp_path / "a.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )
    assert why(only(tmp_path / "a.pdf")) in {"it has no pages", "it is damaged"}


def test_a_picture_that_would_fill_the_memory_is_a_problem(tmp_path: Path) -> None:
    """M81 before its pixels are unpacked: 400 million in a file of some kilobytes."""
    Image.new("1", (20_000, 20_000)).save(tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size < 200_000
    assert "too many pixels" in why(only(tmp_path / "a.png"))


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_file_is_a_problem(scan: Picture, name: str, tmp_path: Path) -> None:
    """M81: it is damaged; never the upper half of a page with white below."""
    path = tmp_path / name
    Image.fromarray(scan).save(path, resolution=DPI)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert why(only(path)) == "it is damaged"


def test_a_page_that_is_damaged_does_not_keep_the_others(tmp_path: Path, scan: Picture) -> None:
    """Each page of a TIFF before the damage comes."""
    path = tmp_path / "a.tif"
    Image.fromarray(scan).save(path, save_all=True, append_images=[Image.fromarray(scan)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 4])
    *found, last = pages_of(path)
    assert why(last) == "it is damaged"
    assert all(map(is_read, found))


@pytest.mark.parametrize("name", FORMATS)
def test_no_damage_ends_in_a_traceback(name: str, tmp_path: Path) -> None:
    """Bits turned over and ends cut off, anywhere in the file: pages or problems M81, and as many as were counted."""
    path, chance = tmp_path / name, random.Random(name)  # noqa: S311  # nothing secret
    if name in {"a.tif", "a.pdf"}:
        small().save(path, save_all=True, append_images=[small()])
    else:
        small().save(path)
    whole = path.read_bytes()
    places = [*range(min(40, len(whole))), *chance.sample(range(len(whole)), min(60, len(whole)))]
    cut = (whole[: chance.randrange(len(whole))] for _ in range(20))
    for content in (*(each.data for each in flips(whole, places)), *cut):
        path.write_bytes(content)
        _whole(list(pages_of(path)), count_pages(path))


def _whole(found: Sequence[Page], counted: int) -> None:
    assert found
    assert counted >= 1
    for page in found:
        assert page.picture is not None or why(page)
