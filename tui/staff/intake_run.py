"""The intake desk's conversation: what every key and every scan does. A plain object, without a screen.

A scanner is a keyboard that types 34 digits and an Enter, at any speed. Nearly everywhere digits make a line that only
an Enter ends, so that a line of 34 digits is a scan and nothing else. Where a digit is an answer at once, what was
before each of the last digits is kept: when an Enter completes a code, its digits never were answers.
"""

import unicodedata
from collections import deque
from collections.abc import Sequence

from campaign.errors import BadInput, ManyiError, Problem
from campaign.language import N_
from surveys.paper.codes import LENGTH
from surveys.paper.forms import PaperForm, VoidReason
from surveys.paper.scanning import TYPED_DIGITS, start_of_code
from tui.kiosk.keys import Typed
from tui.staff import intake_moves as moves
from tui.staff.intake_deeds import Page
from tui.staff.intake_draft import Draft, Stage
from tui.staff.intake_keys import Command, Mode
from tui.staff.intake_notice import KEYERS, Tone
from tui.staff.intake_settling import SettlingIntake
from tui.staff.ports import IntakeDesk
from tui.staff.texts import tr

LINE_ENDS = frozenset({"enter", "ctrl+m", "ctrl+j", "tab"})
"""What scanners type behind a code: CR, LF, both, or a tab."""
MISREAD = 24
"""So many digits in a row at the end of a text are no number that anybody writes, but a code that was misread."""
FRONT = frozenset({Page.START, Page.OUT, Page.ACCOUNT, Page.CODE})
"""Pages on which a line says what the start page would take it for."""
ROW = 3 * LENGTH
"""So many digits in a row are remembered: of scans that came without an Enter between them none may answer."""
YES, PUT_OFF, DROP = "1", "2", "3"
MOST_COUNT = 5
"""Digits of the number of forms that are handed out together."""


class IntakeRun(SettlingIntake):
    """Takes keys; what is to be shown stands in its attributes."""

    def __init__(self, desk: IntakeDesk) -> None:
        super().__init__(desk)
        self.line = ""
        """Digits since the last Enter, where they are no answers."""
        self.shift = 0
        """How far a list has been moved on."""
        self.over = False
        """Whether the screen is to be left."""
        self._digits: deque[tuple[str, Draft]] = deque(maxlen=ROW)
        """The digits typed in a row while keying, each with what was before it."""
        self._ended_by = ""
        """The key behind a line, if nothing has come since: the other half of CR LF is no Enter of a person."""

    @property
    def is_typing(self) -> bool:
        """Whether letters are text."""
        return self.page is Page.KEYING and self.draft is not None and self.draft.stage is Stage.TEXT

    def press(self, typed: Typed) -> bool:
        """Take a key; whether it means anything here."""
        if typed.key in LINE_ENDS:
            self._end(typed.key)
            return True
        self._ended_by = ""
        digits = unicodedata.normalize("NFKC", typed.text)
        if digits.isascii() and digits.isdigit():
            for digit in digits:
                self._digit(Typed(digit, typed.text if len(digits) == 1 else digit))
            return True
        self._digits.clear()
        return self._key(typed)

    def paste(self, text: str) -> None:
        """Take pasted text: its characters, and no Enter."""
        for character in text:
            folded = unicodedata.normalize("NFKC", character)
            if folded.isprintable() and (self.is_typing or (folded.isascii() and folded.isdigit())):
                self.press(Typed(folded, character))

    # Digits and lines

    def _digit(self, typed: Typed) -> None:
        if self.page is Page.KEYING and self.draft is not None:
            self._digits.append((typed.digit, self.draft))
            self._draw(moves.digit(self.draft, typed))
        else:
            self.line = (self.line + typed.digit)[: moves.LINE]

    def _end(self, key: str) -> None:
        if self._ended_by not in {"", key}:
            self._ended_by = ""
            return
        self._ended_by = key
        line, self.line = self.line, ""
        if self.page is Page.KEYING and self.draft is not None:
            self._end_keying(self.draft)
        else:
            self._take_line(line)

    def _end_keying(self, draft: Draft) -> None:
        """Take an Enter while a form is being keyed."""
        digits, before = "".join(digit for digit, _ in self._digits), [each for _, each in self._digits]
        self._digits.clear()
        if len(digits) >= LENGTH and (found := self._found(digits[-LENGTH:])):
            draft = before[-LENGTH]
            self._draw(moves.without_line(draft))
            self._scanned_amid(draft, found)
        elif draft.stage is Stage.SUMMARY and len(draft.line) == TYPED_DIGITS and (found := self._found(draft.line)):
            self._draw(moves.without_line(draft))
            self._scanned_amid(draft, found)
        elif len(draft.line) > moves.MOST_DIGITS or (draft.stage is Stage.TEXT and len(digits) >= MISREAD):
            start = self._start_of_misread(digits, before)
            self._draw(moves.without_line(before[start] if before else draft))
            said = tr.phrase(N_("No digit of it was taken for an answer. Go on from here."))
            misread = digits[start:] or draft.line
            self.say(Tone.WRONG, said, problem=Problem("V70", {"x": misread[: moves.LINE], "n": TYPED_DIGITS}))
        elif draft.line == moves.STOP and draft.stage is not Stage.INTEGER:
            self._stop(draft)
        elif not draft.line and draft.stage in {Stage.SUMMARY, Stage.SETTLED}:
            self.keep()
        else:
            self._draw(moves.enter(draft))

    def _start_of_misread(self, digits: str, before: Sequence[Draft]) -> int:
        """Where a code begins in digits typed in a row; where that can't be told, rather before it than behind."""
        try:
            found = start_of_code(digits, self.desk.code(before[0].form)) if before else None
        except ManyiError:
            found = None
        return max(0, len(digits) - LENGTH) if found is None or before[found].line else found

    def _found(self, digits: str) -> PaperForm | ManyiError | None:
        """What a code stands for; None if it is no code."""
        try:
            return self.desk.find(digits)
        except BadInput:
            return None
        except ManyiError as error:
            return error

    def _scanned_amid(self, draft: Draft, found: PaperForm | ManyiError) -> None:
        """A code has come while a form is being keyed: that form loses nothing."""
        if isinstance(found, ManyiError):
            self.wrong(found)
        elif found.serial == draft.form.serial:
            self.say(Tone.TOLD, tr.phrase(N_("This is the form that is being keyed.")))
        elif draft.is_untouched:
            self.draft = None
            self.take(found)
        else:
            self.pending, self.page = found, Page.STOPPED
            self.alarms += 1

    def _stop(self, draft: Draft) -> None:
        """Ask what becomes of a form; nobody need be asked if nothing of it is keyed."""
        self._draw(moves.without_line(draft))
        self.page = Page.STOPPED
        if draft.is_untouched:
            self.drop()

    def _take_line(self, line: str) -> None:
        if self.page is Page.STOPPED:
            self._take_stopped(line)
        elif self.page is Page.CODELESS:
            self.typed_number(line)
        elif self.page in FRONT and self.mode is Mode.ISSUE and 1 < len(line) <= MOST_COUNT:
            self.say(
                Tone.TOLD,
                tr.phrase(N_("To hand out {n} forms without scanning them, press + behind the number."), n=line),
            )
        elif len(line) > 1:
            self._scan(line)
        elif self.page is Page.OFFER:
            self._take_offer(line)
        elif self.page is Page.REASON:
            self._take_reason(line)
        elif self.page is Page.LEAVING:
            self.over = line == YES
            self.page = Page.START
        elif line:
            self._command(line)
        else:
            self.page = Page.START

    def _scan(self, line: str) -> None:
        try:
            form = self.desk.find(line)
        except ManyiError as error:
            self.not_found(error)
        else:
            self.take(form)

    def _take_stopped(self, line: str) -> None:
        """What becomes of the form that is being keyed."""
        if line in {"", YES}:
            self._resume()
        elif line == PUT_OFF:
            self.put_off()
        elif line == DROP:
            self.drop()
        elif len(line) >= TYPED_DIGITS and self.draft is not None:
            found = self._found(line)
            self._resume()
            if found is None:
                self.say(Tone.WRONG, problem=Problem("V70", {"x": line, "n": TYPED_DIGITS}))
            else:
                self._scanned_amid(self.draft, found)
        else:
            self._no_choice(line)

    def _resume(self) -> None:
        self.page, self.pending, self.notice = Page.KEYING, None, None

    def _take_offer(self, line: str) -> None:
        if line == YES:
            self.count_aside()
        elif line in {"", "0"}:
            self.page = Page.START
            self.say(Tone.TOLD, tr.phrase(N_("Nothing was counted.")), form=self.form)
        else:
            self._no_choice(line)

    def _take_reason(self, line: str) -> None:
        reasons = list(VoidReason)
        if line == "0":
            self.page = Page.START
            self.say(Tone.TOLD, tr.phrase(N_("The form is not declared void.")), form=self.form)
        elif line and int(line) <= len(reasons):
            self.void(reasons[int(line) - 1])
        elif line:
            self._no_choice(line)

    def _no_choice(self, line: str) -> None:
        self.say(
            Tone.WRONG, tr.phrase(N_("There is no {x} to choose here. Nothing was changed."), x=line), form=self.form
        )

    def _command(self, digit: str) -> None:
        """A single digit on the start page."""
        self.page, self.shift, self.notice = Page.START, 0, None
        match digit:
            case Command.OUT | Command.ACCOUNT:
                self.page = Page.OUT if digit == Command.OUT else Page.ACCOUNT
                self.refresh()
            case Command.UNDO:
                self.undo()
            case Command.LEAVE:
                self._leave()
            case _ if digit in set(Mode):
                self.mode, self.form = Mode(digit), None
            case _:
                self._no_choice(digit)

    def _leave(self) -> None:
        """Out of the mode, then out of the screen; who leaves answers behind is asked."""
        if self.mode is not Mode.LOOK:
            self.mode, self.form = Mode.LOOK, None
        elif self.aside:
            self.page = Page.LEAVING
        else:
            self.over = True

    # Other keys

    def _key(self, typed: Typed) -> bool:
        if self.page is Page.KEYING and self.draft is not None:
            return self._key_keying(self.draft, typed)
        sign = unicodedata.normalize("NFKC", typed.text)
        match typed.key, sign:
            case "backspace", _:
                self.line = self.line[:-1]
            case "escape", _:
                self._escape()
            case _, "*" if self.page in FRONT:
                self.role = KEYERS[1 - KEYERS.index(self.role)]
            case _, "." | "。" if self.page in FRONT:
                self.shift = 0
                self.settle_next()
            case _, "/" if self.page in FRONT and self.form is not None:
                self.page = Page.START if self.page is Page.CODE else Page.CODE
            case _, "+" | "-" if self.page in FRONT and self.mode is Mode.ISSUE and self.line:
                self._count(sign)
            case ("down" | "pagedown", _) | (_, "+"):
                self.shift += 1
            case ("up" | "pageup", _) | (_, "-"):
                self.shift = max(0, self.shift - 1)
            case _:
                return False
        return True

    def _key_keying(self, draft: Draft, typed: Typed) -> bool:
        """A key that is no digit, while a form is being keyed."""
        sign = unicodedata.normalize("NFKC", typed.text)
        is_text = draft.editor is not None and bool(draft.editor.text)
        match typed.key, sign:
            case "escape", _:
                self._stop(draft)
            case "backspace", _:
                self._draw(moves.erase(draft))
            case ("left", _) | (_, "-") if not is_text:
                self._draw(moves.back(draft))
            case ("right", _) | (_, "+") if not is_text:
                self._draw(moves.on(draft))
            case _ if draft.editor is not None and (typed.text or typed.key in {"left", "right"}):
                self._draw(moves.character(draft, typed))
            case ("delete", _) | (_, "."):
                self._draw(moves.clear(draft))
            case "down" | "pagedown", _:
                self.shift += 1
            case "up" | "pageup", _:
                self.shift = max(0, self.shift - 1)
            case _:
                return False
        return True

    def _draw(self, draft: Draft) -> None:
        """Go on with this draft."""
        if self.draft is None or draft.at != self.draft.at:
            self.shift = 0
        self.alarms += draft.problem is not None
        self.draft, self.notice = draft, None

    def _escape(self) -> None:
        if self.line:
            self.line = ""
        elif self.page is Page.STOPPED:
            self._resume()
        elif self.page is Page.START:
            self._leave()
        else:
            self.page = Page.START

    def _count(self, sign: str) -> None:
        """So many forms, handed out or taken back."""
        line, self.line = self.line, ""
        if len(line) > MOST_COUNT:
            self.say(Tone.WRONG, problem=Problem("V70", {"x": line, "n": TYPED_DIGITS}))
        elif int(line):
            self.page = Page.START
            self.issue_some(int(line) if sign == "+" else -int(line))
