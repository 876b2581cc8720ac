"""What the intake desk does with scanned forms of which something is in doubt, and with pages without a code."""

from campaign.errors import BadInput, ManyiError
from campaign.language import N_, Phrase
from surveys.paper.forms import CAME_BACK, FormState, PaperForm
from surveys.paper.queue import QueuedForm, QueuedPage, ScanQueue
from tui.staff.intake_deeds import KEYED, Intake, Page
from tui.staff.intake_notice import Tone
from tui.staff.texts import tr

LATER, DROP = "1", "2"


class SettlingIntake(Intake):
    """Takes what waits one after the other: first the forms, then the pages of which the number must be typed."""

    codeless: QueuedPage | None = None
    """The page whose number is asked for."""

    def settle_next(self) -> None:
        """Ask what is in doubt about the next form, or for the number of the next page."""
        self._guarded(self._settle_next)

    def typed_number(self, line: str) -> None:
        """Take a line while the number of a page is asked for."""
        if self.codeless is None or not line:
            return
        if line == LATER:
            self._later = self._later | {self.codeless.number}
            self._leave_page(tr.phrase(N_("The page waits. It comes again when everything else is settled.")))
        elif line == DROP:
            number = self.codeless.number
            self._guarded(lambda: self.desk.drop_page(number))
            self._leave_page(tr.phrase(N_("The page waits no more. Put the sheet aside.")))
        else:
            self._find_page(self.codeless, line)

    _later: frozenset[int] = frozenset()
    """Serials of forms and numbers of pages that were put off."""

    def drop(self) -> None:
        """Forget the answers of the form being keyed; one that was scanned comes again when the others are settled."""
        if self.draft is not None and self.draft.read is not None:
            self._later = self._later | {self.draft.form.serial}
        super().drop()

    def _settle_next(self) -> None:
        self.queue = self.desk.queue()
        found = self._next_of(self.queue)
        if found is None and self._later:
            self._later = frozenset()
            found = self._next_of(self.queue)
        if found is None:
            found = next((each for each in self.queue.forms if (each.serial, False) in self.aside), None)
        self.form, self.notice = None, None
        if found is None:
            self.say(Tone.TOLD, tr.phrase(N_("Nothing from the scanner waits to be settled.")))
        elif isinstance(found, QueuedPage):
            self.codeless, self.page = found, Page.CODELESS
        else:
            self._begin(self.desk.check(found.serial, FormState.KEYED), again=False)

    def _next_of(self, queue: ScanQueue) -> QueuedForm | QueuedPage | None:
        """Whole forms first, then those with missing pages, then pages without a code; nothing that was put off."""
        put_off = self._later | {serial for serial, again in self.aside if not again}
        forms = [each for each in queue.forms if each.serial not in put_off]
        pages = [each for each in queue.pages if each.number not in self._later]
        waiting: list[QueuedForm | QueuedPage] = [*sorted(forms, key=lambda form: bool(form.missing)), *pages]
        return waiting[0] if waiting else None

    def _find_page(self, page: QueuedPage, line: str) -> None:
        try:
            form = self.desk.find(line)
        except BadInput as error:
            self.wrong(error)  # a slip of the finger: the page is still asked for
            return
        except ManyiError as error:
            self.codeless = None
            self._guarded(lambda: self.desk.drop_page(page.number))
            self.not_found(error)
            return
        self._guarded(lambda: self._key_page(page, form))

    def _key_page(self, page: QueuedPage, form: PaperForm) -> None:
        """Key the form of a page from the paper; it has come back."""
        if form.state not in CAME_BACK:
            form = self.desk.receive(form.serial)
        self.desk.drop_page(page.number)
        self.codeless, self.form, self.page = None, form, Page.START
        if form.state in KEYED:
            self._offer(form, tr.phrase(N_("This form was keyed before. Look whether it is the same sheet.")))
        else:
            self._begin(form, again=False)

    def _leave_page(self, said: Phrase) -> None:
        self.codeless, self.page = None, Page.START
        self.say(Tone.TOLD, said)
