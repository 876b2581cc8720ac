"""The pages of a survey at the kiosk and what each key does on them: a plain state machine, without a screen."""

from collections.abc import Callable

from campaign.errors import Problem
from campaign.language import Lang
from surveys.acceptance import longest_text
from surveys.questionnaire import Question, QuestionType
from surveys.run import Stage, SurveyRun
from tui.kiosk.choosing import Choosing, first_chosen
from tui.kiosk.editor import MAX_INTEGER, Editor
from tui.kiosk.farewell import Farewell
from tui.kiosk.idle import Idle
from tui.kiosk.keys import Typed
from tui.kiosk.page import DIGITS, LANGUAGES, Action, Page
from tui.kiosk.pin import Knock, PinPad
from tui.kiosk.ports import Attempt, SlipShown
from tui.kiosk.tasks import Begun, Effect, Failed, Looked, Order, Outcome, PinChecked, PinWait, Stored

SLOW_SECONDS = 0.4


class SurveyFlow:
    """Where the one person at the kiosk is."""

    def __init__(self, lang: Lang, clock: Callable[[], float]) -> None:
        self._first_lang = lang
        self._clock = clock
        self._idle = Idle(clock())
        self._knock = Knock()
        self._before_knock: tuple[str, int] | None = None
        self.pin = PinPad()
        self.busy = False
        """Something is being stored or read; keys wait."""
        self._looking = False
        self._busy_since = 0.0
        self._to_welcome()

    def _to_welcome(self) -> None:
        """Wipe everything of the person before."""
        self.page = Page.WELCOME
        self.lang = self._first_lang
        self.attempt: Attempt | None = None
        self.problem: Problem | None = None
        self.choosing = Choosing(len(LANGUAGES))
        self.editor: Editor | None = None
        self.row: int | None = None
        self.farewell: Farewell | None = None
        self.unsent = False

    # What the pages show

    @property
    def run(self) -> SurveyRun:
        """The run of the person who is answering. ValueError on pages without one."""
        if self.attempt is None:
            raise ValueError(self.page)
        return self.attempt.run

    @property
    def question(self) -> Question:
        """The question or note on screen. ValueError on other pages."""
        if self.run.current is None:
            raise ValueError(self.page)
        return self.run.current

    @property
    def is_typing(self) -> bool:
        """Whether characters are taken as they are typed."""
        return self.editor is not None and self.page is Page.QUESTION and not self.pin.shown

    @property
    def digits_are_keys(self) -> bool:
        """Whether 7, 0 and 9 are keys here: not in a number, and in a text only as long as it is empty.

        Who has nothing but a keypad writes no opinion, and goes on as on every other page.
        """
        return self.editor is None or not (self.editor.digits_only or self.editor.text)

    @property
    def is_answered(self) -> bool:
        """Whether the question on screen has an answer."""
        return self.run.value(self.question.name) is not None

    @property
    def now(self) -> float:
        """The clock, in seconds."""
        return self._clock()

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the answers are wiped; None while somebody is there."""
        return self._idle.left(self.now) if self._is_attended and not self.busy else None

    @property
    def _is_attended(self) -> bool:
        """Whether there is something of a person that is wiped after a while."""
        return self.page in {Page.QUESTION, Page.REVIEW}

    @property
    def is_slow(self) -> bool:
        """Whether what is being done takes so long that the person should be told."""
        return self.busy and self.now - self._busy_since >= SLOW_SECONDS

    def is_chosen(self, code: str) -> bool:
        """Whether this choice of the question on screen is chosen."""
        value = self.run.value(self.question.name)
        return code in value if isinstance(value, tuple) else code == value

    # What happens

    def press(self, typed: Typed) -> Effect:
        """Take a key."""
        if self._awake():
            return Effect.NONE
        if self.pin.shown:
            return self._order(Effect.CHECK_PIN) if self.pin.press(typed, self.now) else Effect.NONE
        if self._knocked(typed):
            return Effect.LOOK_AT_WAIT
        self.problem = None if self.page is not Page.NOT_STORED else self.problem
        return self._on_page(typed)

    def touch(self, digit: str) -> Effect:
        """Take a touch on the band with this digit."""
        if self._awake() or self.pin.shown:
            return Effect.NONE
        self.problem = None
        return self._choose(digit)

    def act(self, action: Action) -> Effect:
        """Take a touch on a key cap."""
        if self._awake() or self.pin.shown:
            return Effect.NONE
        return self._act(action)

    def touch_row(self, row: int) -> Effect:
        """Take a touch on a row of the review."""
        if not self._awake() and self.page is Page.REVIEW and not self.pin.shown:
            self.row = row
            self._change()
        return Effect.NONE

    def touch_anywhere(self) -> Effect:
        """Take a touch beside everything."""
        if self._awake() or self.pin.shown:
            return Effect.NONE
        if self.page is Page.WELCOME:
            return self._order(Effect.BEGIN)
        return self._leave_notice()

    def tick(self) -> Effect:
        """Let time pass: call this about once a second."""
        self.pin.tick(self.now)
        if self.busy:
            return Effect.NONE
        if self.seconds_left == 0 or (self.farewell and not self.farewell.left(self.now)):
            self._part()
        if self.page is not Page.WELCOME or self._looking:
            return Effect.NONE
        self._looking = True
        return Effect.LOOK

    def order(self, effect: Effect) -> Order:
        """``effect`` with what it needs."""
        return Order(effect, self.lang, self.attempt, self.pin.digits)

    def take(self, outcome: Outcome) -> Effect:
        """Take what came of an order."""
        if isinstance(outcome, Looked):
            self._looking = False
        elif not isinstance(outcome, PinWait):
            self.busy = False
            self._idle.touch(self.now)
        match outcome:
            case Begun(attempt):
                self.attempt = attempt
                attempt.run.lang = self.lang
                self._arrive()
            case Stored(slip):
                self._thank(slip)
            case Failed(problem, closed):
                self.problem = problem
                self.unsent = closed and self.attempt is not None
                self.page = Page.CLOSED if closed else Page.NOT_STORED
            case PinChecked(right, wait, problem):
                if right:
                    return Effect.LEAVE
                self.pin.refuse(self.now, wait, problem)
            case PinWait(seconds):
                self.pin.block(self.now, seconds)
            case Looked(is_open) if not self.busy and self.page in {Page.WELCOME, Page.CLOSED}:
                self.page = Page.WELCOME if is_open else Page.CLOSED
        return Effect.NONE

    # Keys

    def _awake(self) -> bool:
        """Note that somebody is there; whether the key was spent on that, or has to wait."""
        counting = self.seconds_left is not None
        self._idle.touch(self.now)
        return self.busy or (counting and not self.pin.shown)

    def _knocked(self, typed: Typed) -> bool:
        if self.editor and self._knock.begins(typed, self.now):
            self._before_knock = self.editor.text, self.editor.caret
        if not self._knock.heard(typed, self.now):
            return False
        if self.is_typing and self.editor and self._before_knock:
            self.editor.text, self.editor.caret = self._before_knock
            self._keep(self.editor.text)
        self.pin.open(self.now)
        return True

    def _on_page(self, typed: Typed) -> Effect:
        if self.page in {Page.THANKS, Page.CLOSED}:
            return self._leave_notice()
        if typed.key == "escape":
            return self._act(Action.BACK)
        if typed.key == "enter":
            return self._enter()
        if not self.is_typing:
            return self._digit_or_arrow(typed)
        if self.digits_are_keys and DIGITS.get(typed.digit) in {Action.BACK, Action.LANGUAGE, Action.ON}:
            return self._act(DIGITS[typed.digit])
        self._type(typed)
        return Effect.NONE

    def _digit_or_arrow(self, typed: Typed) -> Effect:
        if typed.digit in DIGITS:
            return self._act(DIGITS[typed.digit])
        if typed.digit:
            return self._choose(typed.digit)
        if typed.key == "space":
            return self._enter(goes_on=False)
        if typed.key in {"up", "down", "left", "right"}:
            self._move(typed.key)
        return Effect.NONE

    def _act(self, action: Action) -> Effect:
        if action is Action.LANGUAGE and self.page is not Page.WELCOME:
            self.lang = self.lang.other
            if self.attempt:
                self.attempt.run.lang = self.lang
        elif action is Action.BACK and self.page in {Page.QUESTION, Page.REVIEW}:
            self.problem = None
            if self.run.back():
                self._arrive()
        elif action is Action.MORE and self.page is Page.QUESTION:
            self.choosing.more()
        elif action is Action.MORE and self.farewell:
            self.farewell.redraw()
        elif action is Action.ON:
            return self._on()
        return Effect.NONE

    def _on(self) -> Effect:
        if self.page is Page.QUESTION:
            self.problem = self.run.forward()
            if not self.problem:
                self._arrive()
        elif self.page is Page.REVIEW:
            problems = self.run.problems()
            if not problems:
                return self._order(Effect.SUBMIT)
            # A changed answer can make one required that was not: that question is asked again.
            self.run.go_to(problems[0].place)
            self._arrive()
            self.problem = problems[0]
        elif self.page is Page.NOT_STORED:
            return self._order(Effect.SUBMIT if self.attempt else Effect.BEGIN)
        elif self.page is Page.SLIP and self.farewell and self.farewell.is_settled(self.now):
            self._part()
        return Effect.NONE

    def _enter(self, *, goes_on: bool = True) -> Effect:
        """Choose what the arrows point at; on what is chosen already, go on."""
        if self.page is Page.REVIEW:
            self._change()
        elif self.page is Page.SLIP or (self.page is Page.QUESTION and not self.question.choices):
            return self._on() if goes_on else Effect.NONE
        elif self.page in {Page.WELCOME, Page.QUESTION}:
            return self._choose_pointed(goes_on=goes_on)
        return Effect.NONE

    def _choose_pointed(self, *, goes_on: bool) -> Effect:
        if self.choosing.pointed is None:
            self.choosing.move(1)
            return Effect.NONE
        if self.page is Page.WELCOME:
            return self._start(LANGUAGES[self.choosing.pointed])
        code = self.question.choices[self.choosing.pointed].code
        if goes_on and self.question.type is QuestionType.SELECT_ONE and self.is_chosen(code):
            return self._on()
        self.problem = self.run.toggle(code)
        return Effect.NONE

    def _choose(self, digit: str) -> Effect:
        index = self.choosing.at_key(digit) if self.page in {Page.WELCOME, Page.QUESTION} else None
        if index is None:
            return Effect.NONE
        if self.page is Page.WELCOME:
            return self._start(LANGUAGES[index])
        self.choosing.point_at(index)
        self.problem = self.run.toggle(self.question.choices[index].code)
        return Effect.NONE

    def _move(self, key: str) -> None:
        step = 1 if key in {"down", "right"} else -1
        last = len(self.run.asked) - 1 if self.page is Page.REVIEW else -1
        if last >= 0:
            start = 0 if step > 0 else last
            self.row = start if self.row is None else min(max(0, self.row + step), last)
        elif self.page is Page.WELCOME or (self.page is Page.QUESTION and self.question.choices):
            if key in {"up", "down"}:
                self.choosing.move(step)
            else:
                self.choosing.more(step)

    def _type(self, typed: Typed) -> None:
        if self.editor and self.editor.press(typed):
            self._keep(self.editor.text)

    def _keep(self, text: str) -> None:
        """Keep what was typed as the answer; blanks alone are none."""
        self.run.answer(text if text.strip() else None)

    # Going from page to page

    def _start(self, lang: Lang) -> Effect:
        self.lang = lang
        return self._order(Effect.BEGIN)

    def _order(self, effect: Effect) -> Effect:
        self.busy, self._busy_since = True, self.now
        return effect

    def _arrive(self) -> None:
        """Show the page where the run stands."""
        self.editor = None
        if self.run.stage is Stage.REVIEW:
            self.page, self.row = Page.REVIEW, None
            return
        self.page = Page.QUESTION
        question, value = self.question, self.run.value(self.question.name)
        self.choosing = Choosing(len(question.choices), first_chosen(question, value))
        if question.type in {QuestionType.TEXT, QuestionType.INTEGER}:
            is_number = question.type is QuestionType.INTEGER
            text = "" if value is None else str(value)
            limit = MAX_INTEGER if is_number else longest_text(question)
            self.editor = Editor(text, limit, digits_only=is_number)

    def _change(self) -> None:
        """Go from the review to the question that is pointed at."""
        if self.row is None:
            self._move("down")
        else:
            self.run.go_to(self.run.asked[self.row].name)
            self._arrive()

    def _thank(self, slip: SlipShown | None) -> None:
        farewell, lang = Farewell(self.now, self.run, slip), self.lang
        self._to_welcome()
        self.page, self.lang, self.farewell = Page.SLIP if slip else Page.THANKS, lang, farewell

    def _part(self) -> None:
        """Wipe what is on screen; between a slip and the welcome come the thanks."""
        if self.farewell and self.farewell.forget_slip(self.now):
            self.page = Page.THANKS
        else:
            self._to_welcome()

    def _leave_notice(self) -> Effect:
        """From the thank-you to the welcome; a closed session stays closed."""
        if self.page in {Page.THANKS, Page.CLOSED}:
            closed = self.page is Page.CLOSED
            self._to_welcome()
            self.page = Page.CLOSED if closed else self.page
        return Effect.NONE
