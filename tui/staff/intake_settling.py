"""What the intake desk does with scanned forms of which something is in doubt, and with pages without a code."""

from campaign.errors import BadInput, ManyiError
from campaign.language import N_, Phrase
from surveys.paper.forms import CAME_BACK, FormState, PaperForm
from surveys.paper.queue import QueuedPage
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
    """Numbers of pages that were put off."""

    def _settle_next(self) -> None:
        self.queue = queue = self.desk.queue()
        whole_first = sorted(queue.forms, key=lambda form: bool(form.missing))
        waiting = [each.serial for each in whole_first if (each.serial, False) not in self.aside]
        put_off = [serial for serial, again in self.aside if not again]
        pages = sorted(queue.pages, key=lambda page: page.number in self._later)
        if waiting or (put_off and not pages):
            serial = (waiting or put_off)[0]
            self._begin(self.desk.check(serial, FormState.KEYED), again=False)
            self.form, self.notice = None, None
        elif pages:
            self.codeless, self.page, self.form, self.notice = pages[0], Page.CODELESS, None, None
        else:
            self.say(Tone.TOLD, tr.phrase(N_("Nothing from the scanner waits to be settled.")))

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
