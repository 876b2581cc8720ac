"""Draws the pictures of the documents from the real program on the sample town. Run with ``make pictures``.

Needs LibreOffice, and the fonts fonts-noto-cjk, fonts-jetbrains-mono and fonts-dejavu-core of Debian.
"""

import asyncio
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import pypdfium2

from campaign.language import Lang
from db import open_store
from exports.pages.report_pdf import pdf_files
from exports.paper.forms import write_forms
from exports.paper.sheet import compose
from exports.workbook.report_book import report_workbook
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from manyi.starting import start_from_sample
from manyi.wiring import opened
from surveys.booth import Booth
from surveys.desk import SurveyDesk
from surveys.paper.codes import FormCode
from tests.intake_bureau import SERIALS, bureau
from tests.intake_hands import clerk
from tests.paper_sheets import HEAD, KEY, shipped
from tests.picture import save_picture
from tests.sittings import open_session
from tui.kiosk.app import KioskApp
from tui.staff.app import StaffApp

DAY = date(2026, 11, 23)
SIZE = (120, 36)
PAPER_DPI, REPORT_DPI = 90, 110


async def draw(data: Path, docs: Path) -> None:
    """The dashboard and a question of the kiosk."""
    settings = Settings(data=data, lang=Lang.ZH, today=DAY)
    start_from_sample(settings, "town")
    store, poll = open_store(data), open_store(data)
    session = open_session(SurveyDesk(store, store.plan(), DAY), "B08", "final", "2468").session.id
    staff = StaffApp(StaffDesk(settings, store, poll), lang=Lang.ZH, theme="ink")
    async with staff.run_test(size=SIZE) as pilot:
        await staff.workers.wait_for_complete()
        await pilot.pause()
        save_picture(staff, docs / "dashboard.png")
    kiosk = KioskApp(Booth(store, store.plan(), session), theme="paper", lang=Lang.ZH)
    async with kiosk.run_test(size=SIZE) as pilot:
        await pilot.press("1", "9", "9", "2")
        await pilot.pause()
        save_picture(kiosk, docs / "kiosk.png")
    poll.close()
    store.close()


def draw_paper(folder: Path, docs: Path) -> None:
    """The first page of a form, as it is printed."""
    write_forms(folder / "form.pdf", compose(shipped("final"), HEAD, Lang.ZH), [FormCode(17, 1, 3, SERIALS[1])], KEY)
    with pypdfium2.PdfDocument(folder / "form.pdf") as document:
        picture = document[0].render(scale=PAPER_DPI / 72, grayscale=True).to_pil()
    picture.save(docs / "paper-form.png", optimize=True)


def draw_report(data: Path, folder: Path, docs: Path) -> None:
    """The first page of the report and one with tables; of its workbook the page of charts and the first table."""
    with opened(Settings(data=data, lang=Lang.ZH, today=DAY)) as house:
        report = house.report()
    ((_, content),) = pdf_files(report, Lang.ZH)
    tables = report.table("T3-final-channel")
    with pypdfium2.PdfDocument(content) as document:
        _save_page(document[0], docs / "report.png")
        _save_page(_page(document, tables.title.zh if tables else ""), docs / "report-tables.png")
    book = folder / "report.xlsx"
    book.write_bytes(report_workbook(report, Lang.ZH))
    own = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    with pypdfium2.PdfDocument(book.with_suffix(".pdf")) as document:
        _save_page(document[1], docs / "report-xlsx.png")
        _save_page(_page(document, "T1 "), docs / "report-xlsx-table.png")


def _page(document: pypdfium2.PdfDocument, text: str) -> pypdfium2.PdfPage:
    """The first page on which this stands, behind the first, which lists what there is."""
    pages = [document[number] for number in range(1, len(document))]
    return next(page for page in pages if text in page.get_textpage().get_text_range())


def _save_page(page: pypdfium2.PdfPage, path: Path) -> None:
    page.render(scale=REPORT_DPI / 72).to_pil().quantize(64).save(path, optimize=True)


async def draw_intake(folder: Path, docs: Path) -> None:
    """A form at the intake screen, amid being keyed."""
    at = bureau()
    async with clerk(at, folder, SIZE, Lang.ZH, theme="ink") as hand:
        await hand.hit("2\r")
        await hand.scan(*map(at.code, SERIALS[:6]))
        await hand.hit("3\r")
        await hand.scan(at.code(SERIALS[0]))
        await hand.hit("21121321")
        save_picture(hand.app, docs / "intake.png")


def main() -> None:
    """Draw all of them into ``docs/``."""
    docs = Path(__file__).parent.parent / "docs"
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder) / "data", docs))
        draw_report(Path(folder) / "data", Path(folder), docs)
        draw_paper(Path(folder), docs)
        asyncio.run(draw_intake(Path(folder) / "intake", docs))


if __name__ == "__main__":
    main()
