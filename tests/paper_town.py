"""A session with paper forms, in any store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.plan import Plan, SurveyPlan
from surveys.desk import SurveyDesk
from surveys.paper.codes import FormCode, SlipCode
from surveys.paper.desk import PaperDesk
from surveys.paper.forms import FormState, PaperForm
from surveys.paper.geometry import FormLayout, PageLayout
from surveys.paper.stock import keep_printing, plan_printing
from surveys.ports import Store
from tests.builders import make_branch, make_plan
from tests.sittings import open_session
from tests.survey_forms import SMALL, compiled

DAY = date(2026, 11, 23)
KEY = bytes(range(32))
GOOD = {"Q1": "A", "Q2": "B"}
"""Answers that count."""
BLANK: Mapping[str, object] = {"Q1": None}
"""Too few answers to count."""


@dataclass
class PaperTown:
    """A campaign of two branches, its store, and an open session of the first one."""

    store: Store
    plan: Plan
    desk: SurveyDesk
    session: str
    paper: PaperDesk

    def printed(self, count: int, lang: Lang = Lang.ZH) -> list[int]:
        """Print forms; their serials in the order of printing."""
        return print_forms(self.store, self.session, count, lang)

    def returned(self, count: int) -> list[int]:
        """Print forms, hand them out and take them back."""
        serials = self.printed(count)
        self.paper.issue_some(count)
        for serial in serials:
            self.paper.receive(serial)
        return serials

    def counting(self, count: int) -> list[int]:
        """The same in a session that has been closed then."""
        serials = self.returned(count)
        self.desk.close(self.session)
        return serials

    def form(self, serial: int) -> PaperForm:
        """The form as it is in the store."""
        form = self.store.form(self.session, serial)
        assert form
        return form

    def states(self) -> Mapping[int, FormState]:
        """The state of each form by its serial."""
        return {form.serial: form.state for form in self.store.forms(self.session)}

    def code(self, serial: int, page: int = 1) -> str:
        """What a scanner types for a form."""
        return self.paper.code(self.form(serial), page)

    def answers(self) -> Sequence[Mapping[str, object]]:
        """All answers in the ballot box, in no order."""
        return sorted((each.answers for each in self.store.responses(self.session)), key=str)

    def another_paper(self) -> PaperDesk:
        """The forms of the same session at another screen."""
        return PaperDesk(self.store, self.plan, DAY, self.session, KEY)


def paper_town(store: Store, form: str = SMALL) -> PaperTown:
    """A session in an empty store."""
    plan = make_plan(branches=[make_branch("B01"), make_branch("B02")])
    plan = plan.model_copy(update={"surveys": (SurveyPlan(kind="final", questionnaire="final"),)})
    store.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan"))
    store.save_questionnaire(compiled(form, "final"))
    desk = SurveyDesk(store, plan, DAY)
    session = open_session(desk, "B01", pin="2468").session.id
    return PaperTown(store, plan, desk, session, PaperDesk(store, plan, DAY, session, KEY))


def layout(lang: Lang = Lang.ZH, pages: int = 1) -> FormLayout:
    """A layout; what stands on the pages does not matter to a desk."""
    return FormLayout(lang=lang, pages=(PageLayout(boxes=()),) * pages)


def print_forms(store: Store, session: str, count: int, lang: Lang = Lang.ZH) -> list[int]:
    """Print forms of a session; their serials in the order of printing."""
    printing = plan_printing(store, store.plan(), session, count, layout(lang))
    keep_printing(store, printing, DAY)
    return [code.serial for code in printing.codes()]


def foreign_codes(town: PaperTown, serial: int) -> Mapping[str, str]:
    """By the code of its refusal, what a scanner may type that is no form of the session."""
    other = open_session(town.desk, "B02", pin="2468").session.id
    (elsewhere,) = print_forms(town.store, other, 1)
    stock = town.store.paper_stock(other)
    assert stock
    code = town.code(serial)
    return {
        "V70": code[:-1] + str((int(code[-1]) + 1) % 10),
        "V71": FormCode(1, 1, 1, serial % 999_999 + 1).digits(KEY),
        "V72": SlipCode("0123456789").digits(KEY),
        "V73": FormCode(stock.number, 1, 2, elsewhere).digits(KEY),
    }
