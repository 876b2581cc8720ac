"""A session with printed forms of known serials, and what a scanner types for each of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import RLock

from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import memory_store
from db.keys import NAME, write_key
from manyi.intake_desk import LockedIntake
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from surveys.desk import SurveyDesk
from surveys.paper.check_digits import with_check
from surveys.paper.codes import FormCode, SlipCode
from surveys.paper.desk import PaperDesk
from surveys.paper.forms import FormState, PaperForm
from surveys.paper.geometry import FormLayout, PageLayout
from surveys.paper.stock import Printing, keep_printing, plan_printing
from surveys.ports import Store
from surveys.questionnaire import Questionnaire
from surveys.session import SurveySession
from surveys.shipped import shipped_questionnaire
from surveys.xlsform import compile_questionnaire
from tests.memory_pictures import MemoryPictures
from tests.staff_fakes import DAY
from tui.kiosk.keys import Typed, typed
from tui.staff.intake_run import IntakeRun

KEY = bytes(range(32))
LAYOUT = FormLayout(lang=Lang.ZH, pages=(PageLayout(boxes=()),))
SERIALS = (42, 123456, 271828, 314159, 577215, 618033, 662607, 693147, 808017, 999999)
ELSEWHERE = 555555
"""A form of another session."""
UNKNOWN = 777777
"""A serial that nobody has printed."""
NAMED = {"\r": "enter", "\n": "ctrl+j", "\t": "tab", "\x1b": "escape", "\x7f": "backspace"}
"""Keys that are no character, by what a terminal sends for them."""


@dataclass
class Bureau:
    """A store with a session whose forms are worked on, and another session with a form."""

    store: Store
    session: str
    other: str
    pictures: MemoryPictures = field(default_factory=MemoryPictures)

    def intake(self) -> LockedIntake:
        """The desk for the session's forms."""
        plan = self.store.plan()
        desk = PaperDesk(self.store, plan, DAY, self.session, KEY)
        return LockedIntake(desk, self.store, self.pictures, plan.campaign.valid_min_answered_pct, RLock())

    def run(self) -> IntakeRun:
        """A conversation at that desk."""
        return IntakeRun(self.intake())

    def staff(self, folder: Path) -> StaffDesk:
        """The staff screens' desk; the key lies in ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        write_key(folder / NAME, KEY)
        return StaffDesk(Settings(data=folder, lang=Lang.ZH, today=DAY), self.store, self.store)

    def surveys(self) -> SurveyDesk:
        """Opens, closes, verifies."""
        return SurveyDesk(self.store, self.store.plan(), DAY)

    def code(self, serial: int, *, page: int = 1) -> str:
        """What a scanner reads off a form of the session, printed or not."""
        return self._code(self.session, serial, page)

    @property
    def foreign(self) -> str:
        """What a scanner reads off the other session's form."""
        return self._code(self.other, ELSEWHERE, 1)

    def form(self, serial: int) -> PaperForm:
        """A form of the session as it is now."""
        form = self.store.form(self.session, serial)
        assert form is not None
        return form

    def states(self) -> dict[int, FormState]:
        """Where the session's forms are."""
        return {form.serial: form.state for form in self.store.forms(self.session)}

    def _code(self, session: str, serial: int, page: int) -> str:
        stock = self.store.paper_stock(session)
        assert stock is not None
        return FormCode(stock.number, 1, stock.branch, serial, page).digits(KEY)


@cache
def questionnaire(name: str = "final") -> Questionnaire:
    """A questionnaire that comes with the program."""
    return compile_questionnaire(shipped_questionnaire(name), name).questionnaire


def bureau(*, asking: Questionnaire | None = None, closed: bool = True, issued: int = 9) -> Bureau:
    """The town with a session for its first branch, ten forms of which ``issued`` are out, and one for the second."""
    store = memory_store()
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="test", entity="plan", field="plan"))
    store.save_questionnaire((asking or questionnaire()).model_copy(update={"id": "final"}))
    session, other = (_opened(store, branch.code) for branch in plan.active_branches[:2])
    print_forms(store, session, SERIALS)
    print_forms(store, other, (ELSEWHERE,))
    made = Bureau(store, session, other)
    if issued:
        made.intake().issue_some(issued)
    if closed:
        made.surveys().close(session)
    return made


def _opened(store: Store, branch: str) -> str:
    """A session that nobody needs a PIN for: hashing one takes as long as everything else."""
    session = SurveySession(
        id=f"{branch}-{DAY:%y%m%d}-1",
        branch=branch,
        kind="final",
        questionnaire="final",
        on=DAY,
        pin_hash="",
        response_key="00",
    )
    store.save_session(session)
    return session.id


def print_forms(store: Store, session: str, serials: Iterable[int]) -> None:
    """Print forms with these serials instead of random ones."""
    planned = plan_printing(store, store.plan(), session, 1, LAYOUT)
    forms = tuple(PaperForm(serial=serial, layout=planned.forms[0].layout) for serial in serials)
    keep_printing(store, Printing(session, planned.stock, forms), DAY)


def press(run: IntakeRun, text: str) -> None:
    """Type ``text`` on the keypad or through the scanner, without a pause; a carriage return is Enter."""
    for each in keys_of(text):
        run.press(each)


def keys_of(text: str) -> list[Typed]:
    """The key events of what is typed."""
    return [typed(NAMED.get(char, char), char) for char in text]


def under_the_square(serial: int) -> str:
    """The number as it is typed."""
    return with_check(f"{serial:06d}")


def slip() -> str:
    """What a scanner reads off a follow-up slip."""
    return SlipCode("9876543210").digits(KEY)
