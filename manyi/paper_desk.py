"""Paper forms and follow-up slips, from the plan to the printed file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import N_, Lang
from campaign.plan import Plan
from exports.paper.forms import write_forms
from exports.paper.head import SheetHead
from exports.paper.sheet import compose
from exports.paper.slips import SlipHead, write_slips
from manyi.paper_key import key_of
from manyi.settings import Settings
from manyi.texts import tr
from surveys.paper.desk import PaperDesk
from surveys.paper.slips import keep_slips
from surveys.paper.stock import keep_printing, plan_printing
from surveys.ports import Store
from surveys.session import SurveySession
from surveys.submission import questionnaire_of, session_in


@dataclass(frozen=True, slots=True)
class FormOrder:
    """What is to be printed."""

    session: str
    count: int
    lang: Lang | None = None
    """None: the questionnaire's own."""
    due: date | None = None
    """The last day on which a form may be handed in; None: the session's day, or today if that is later."""
    return_to: str = ""
    """Where it is handed in."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What has been printed. No number of a form or slip is told: nobody needs to know which are in the stack."""

    path: Path
    count: int
    pages: int


def desk_of(settings: Settings, store: Store, session_id: str) -> PaperDesk:
    """The forms of a session. Refused M11; StoreError M40, M76."""
    plan = store.plan()
    session_in(store, session_id)
    return PaperDesk(store, plan, settings.day(plan), session_id, key_of(settings.data, store))


def print_forms(settings: Settings, store: Store, order: FormOrder, out: Path, *, force: bool = False) -> Printed:
    """Print new forms of an open session; they are kept before the file gets its name, so that no sheet is unknown.

    BadInput M08 (no such language), M78 (the last day is past), M80, M85, M88, M89; Refused M11, M12, M70, M86;
    StoreError M40, M76.
    """
    plan = store.plan()
    today, session = settings.day(plan), session_in(store, order.session)
    if order.due is not None and order.due < today:
        raise BadInput(Problem("M78", {"d": order.due, "t": today}))
    questionnaire = questionnaire_of(store, session)
    lang = _language(order.lang, questionnaire.languages, questionnaire.default_language)
    sheet = compose(questionnaire, _head(plan, session, order, today), lang)
    printing = plan_printing(store, plan, session.id, order.count, sheet.layout)
    pages = write_forms(
        out,
        sheet,
        printing.codes(),
        key_of(settings.data, store),
        force=force,
        before_naming=lambda: keep_printing(store, printing, today),
    )
    return Printed(out, order.count, pages)


def print_slips(
    settings: Settings, store: Store, count: int, lang: Lang, ask_at: str, out: Path, *, force: bool = False
) -> Printed:
    """Print new follow-up slips. BadInput M80, M85, M88; Refused M70; StoreError M40, M76.

    Their numbers are kept first, also where the file then can't be written: a number that is on no slip does no harm.
    """
    plan = store.plan()
    campaign, key = plan.campaign, key_of(settings.data, store)
    head = SlipHead(campaign.organiser, campaign.title, _both(ask_at) if ask_at.strip() else campaign.organiser)
    slips = keep_slips(store, count, settings.day(plan))
    return Printed(out, count, write_slips(out, slips, head, lang, key, force=force))


def _head(plan: Plan, session: SurveySession, order: FormOrder, today: date) -> SheetHead:
    campaign, branch = plan.campaign, plan.branch(session.branch)
    return SheetHead(
        organiser=campaign.organiser,
        campaign=campaign.title,
        branch_word=campaign.words.branch,
        branch=branch.name if branch else _both(session.branch),
        session=session.id,
        due=order.due or max(session.on, today),
        return_to=_both(order.return_to.strip()),
    )


def _both(text: str) -> I18n:
    return I18n(zh=text, en=text)


def _language(wanted: Lang | None, has: Sequence[Lang], default: Lang) -> Lang:
    if wanted is not None and wanted not in has:
        kind = tr.phrase(N_("language of the questionnaire"))
        raise BadInput(Problem("M08", {"kind": kind, "x": wanted.value, "known": ", ".join(has)}))
    return wanted or default
