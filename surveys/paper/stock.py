"""Printing forms: new serials, and what is kept of them."""

from dataclasses import dataclass
from datetime import date

from campaign.errors import BadInput, Problem, Refused
from campaign.log import AuditEntry
from campaign.plan import Plan
from surveys.paper.codes import MAX_LAYOUT, MAX_SESSION, FormCode, new_serials
from surveys.paper.forms import PaperForm, PaperStock
from surveys.paper.geometry import FormLayout
from surveys.ports import Store
from surveys.session import SessionState
from surveys.submission import session_in

MAX_FORMS = 20_000
"""Forms at one printing."""


@dataclass(frozen=True, slots=True)
class Printing:
    """Forms about to be printed: kept before the sheets get their names, so that no sheet is unknown."""

    session: str
    stock: PaperStock
    forms: tuple[PaperForm, ...]

    def codes(self, page: int = 1) -> list[FormCode]:
        """The codes of one page of the forms, in the random order in which they are printed."""
        stock = self.stock
        return [FormCode(stock.number, form.layout, stock.branch, form.serial, page) for form in self.forms]


def plan_printing(store: Store, plan: Plan, session_id: str, count: int, layout: FormLayout) -> Printing:
    """Serials for ``count`` new forms of an open session with this layout. Nothing is kept yet.

    BadInput M85 for the count; Refused M11, M12, M86 (no number left); StoreError.
    """
    if not 1 <= count <= MAX_FORMS:
        raise BadInput(Problem("M85", {"n": count, "max": MAX_FORMS}))
    session = session_in(store, session_id, SessionState.OPEN)
    stock = store.paper_stock(session_id) or _new_stock(store, plan, session.branch)
    if layout not in stock.layouts:
        stock = stock.model_copy(update={"layouts": (*stock.layouts, layout)})
    number = stock.layouts.index(layout) + 1
    taken = {form.serial for form in store.forms(session_id)}
    if number > MAX_LAYOUT or len(taken) + count > 10 * MAX_FORMS:
        raise Refused(Problem("M86", {"id": session_id}))
    forms = tuple(PaperForm(serial=serial, layout=number) for serial in new_serials(count, taken))
    return Printing(session_id, stock, forms)


def keep_printing(store: Store, printing: Printing, today: date) -> None:
    """Keep the printed forms. Refused M11, M12 where the session was closed meanwhile.

    M86 where somebody else has printed meanwhile, and a serial, the session's number or a layout's was taken.
    """
    with store.transaction():
        session_in(store, printing.session, SessionState.OPEN)
        stocks = dict(store.paper_stocks())
        now = stocks.pop(printing.session, printing.stock)
        taken = any(store.form(printing.session, form.serial) for form in printing.forms)
        taken |= printing.stock.number != now.number or now.number in {stock.number for stock in stocks.values()}
        if taken or printing.stock.layouts[: len(now.layouts)] != now.layouts:
            raise Refused(Problem("M86", {"id": printing.session}))
        store.save_paper_stock(printing.session, now.model_copy(update={"layouts": printing.stock.layouts}))
        store.save_forms(printing.session, printing.forms)
        what, count = f"forms of session {printing.session}", len(printing.forms)
        store.add_audit(AuditEntry(on=today, role="staff", entity=what, field="printed", new=str(count)))


def _new_stock(store: Store, plan: Plan, branch: str) -> PaperStock:
    number = 1 + max((stock.number for stock in store.paper_stocks().values()), default=0)
    if number > MAX_SESSION:
        raise Refused(Problem("M86", {"id": branch}))
    place = 1 + [each.code for each in plan.branches].index(branch)
    return PaperStock(number=number, branch=place, layouts=())
