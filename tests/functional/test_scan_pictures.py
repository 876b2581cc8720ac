"""Pictures of scanned pieces: private files that go without a trace, and what is seen of them on the terminal."""

import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from campaign.errors import StoreError
from db.pictures import FOLDER, PictureFolder
from tui.widgets.pixels import picture_lines, size_of
from tui.widgets.spans import Line, width_of


def png(width: int = 40, height: int = 20) -> bytes:
    """White paper with a black square in its left upper corner."""
    image = Image.new("L", (width, height), 255)
    ImageDraw.Draw(image).rectangle((0, 0, height // 2 - 1, height // 2 - 1), 0)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> PictureFolder:
    return PictureFolder(tmp_path)


def test_a_picture_is_for_its_owner_alone(folder: PictureFolder, tmp_path: Path) -> None:
    """Folder 0700, files 0600, whatever the umask; the name is random and tells nothing."""
    old = os.umask(0)
    try:
        names = {folder.keep(png()) for _ in range(3)}
    finally:
        os.umask(old)
    assert names == folder.names()
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700
    assert {stat.S_IMODE(folder.path(name).stat().st_mode) for name in names} == {0o600}
    assert all(folder.read(name) == png() for name in names)


def test_what_is_removed_was_overwritten_first(folder: PictureFolder, tmp_path: Path) -> None:
    """Whoever still has the file open reads zeros; with the last picture the folder goes."""
    name, other = folder.keep(png()), folder.keep(png())
    with folder.path(name).open("rb") as held:
        folder.keep_only([other])
        assert held.read() == bytes(len(png()))
    assert folder.names() == {other}
    assert folder.read(name) == b""
    folder.keep_only([])
    assert not (tmp_path / FOLDER).exists()


def test_what_was_left_unfinished_goes_too(folder: PictureFolder, tmp_path: Path) -> None:
    """A process that was killed while it kept a picture leaves handwriting under another name, or an empty folder."""
    name = folder.keep(png())
    left = tmp_path / FOLDER / f".{name}.png-abc.new"
    left.write_bytes(png())
    with left.open("rb") as held:
        folder.keep_only([name])
        assert held.read() == bytes(len(png()))
    assert [*(tmp_path / FOLDER).iterdir()] == [folder.path(name)]
    folder.path(name).unlink()
    folder.keep_only([])
    assert folder.is_empty


def test_what_is_none_of_ours_is_left_alone(folder: PictureFolder, tmp_path: Path) -> None:
    """A file that somebody put there stays, and the folder with it."""
    folder.keep(png())
    other = tmp_path / FOLDER / "notes.txt"
    other.write_text("mine")
    folder.keep_only([])
    assert [*(tmp_path / FOLDER).iterdir()] == [other]


@pytest.mark.parametrize("name", ["../manyi", "", "0" * 15, "g" * 16, "../../etc/passwd"])
def test_only_names_of_pictures_are_read(folder: PictureFolder, name: str, tmp_path: Path) -> None:
    """A name from a store that somebody changed leads to no other file."""
    (tmp_path / "manyi.png").write_bytes(b"secret")
    folder.keep(png())
    assert folder.read(name) == b""


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    """M40: a form whose picture can't be kept is not queued in silence."""
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(StoreError, match="M40"):
        PictureFolder(tmp_path).keep(png())


def shades(lines: tuple[Line, ...]) -> list[list[tuple[str, str]]]:
    """Upper and lower grey of every cell."""
    return [[(span.colour, span.back) for span in line for _ in span.text] for line in lines]


def test_two_pixels_share_a_cell() -> None:
    """The picture keeps its shape: black above left, white elsewhere."""
    lines = picture_lines(png(), (0, 0, 40, 20), 8, 2)
    assert [width_of(line) for line in lines] == [8, 8]
    black, white = "#000000", "#ffffff"
    assert shades(lines)[0][:2] == [(black, black), (black, black)]
    assert shades(lines)[0][2:] == [(white, white)] * 6
    assert shades(lines)[1] == [(white, white)] * 8


def test_beyond_the_picture_there_is_white_paper() -> None:
    """A mark at the edge of a crop is shown with paper around it."""
    lines = picture_lines(png(), (-10, -10, 10, 10), 4, 2)
    assert shades(lines)[0] == [("#ffffff", "#ffffff")] * 4
    assert shades(lines)[1] == [("#ffffff", "#ffffff")] * 2 + [("#000000", "#000000")] * 2


@pytest.mark.parametrize("broken", [b"", b"no picture", png()[:40]])
def test_what_is_no_picture_draws_nothing(broken: bytes) -> None:
    """A damaged file stops nobody from keying from the sheet."""
    assert size_of(broken) == (0, 0)
    assert picture_lines(broken, (0, 0, 10, 10), 5, 5) == ()
