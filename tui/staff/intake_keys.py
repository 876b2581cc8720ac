"""What the keys of the intake screen do, page by page: for the foot, the help, and the bar of modes."""

from enum import StrEnum

from campaign.language import N_
from tui.staff.keys import BACK, LANGUAGE, THEME
from tui.widgets.key_bar import Key

HERE = Key("question_mark", "help", "?", N_("Help"), N_("Show all keys of this screen."))


class Mode(StrEnum):
    """What a scan does; the value is the digit that chooses it."""

    LOOK = "0"
    """Nothing: the form is shown."""
    ISSUE = "1"
    RECEIVE = "2"
    KEY = "3"
    AGAIN = "4"
    VOID = "5"
    SPOIL = "6"


class Command(StrEnum):
    """What other digits do at once."""

    OUT = "7"
    ACCOUNT = "8"
    UNDO = "9"
    LEAVE = "0"


def _digit(digit: str, label: str, text: str) -> Key:
    return Key("", "", digit, label, text, foot=False)


MODES = (
    _digit(
        Mode.ISSUE,
        N_("Hand out"),
        N_("Hand out each form scanned. 20 +: twenty without scanning; 20 -: back."),
    ),
    _digit(Mode.RECEIVE, N_("Take back"), N_("Take back each form scanned.")),
    _digit(Mode.KEY, N_("Key"), N_("Key the answers of a form that was taken back.")),
    _digit(Mode.AGAIN, N_("Second keying"), N_("Key a form once more, by the other keyer, and compare.")),
    _digit(Mode.VOID, N_("Void"), N_("Declare a returned form void, with the reason.")),
    _digit(Mode.SPOIL, N_("Spoiled"), N_("Put aside a form that was damaged before it was handed out.")),
    _digit(Command.OUT, N_("Still out"), N_("List what is still out or waits to be keyed.")),
    _digit(Command.ACCOUNT, N_("Account"), N_("Show the ballot account and what keeps it from balancing.")),
    _digit(Command.UNDO, N_("Undo"), N_("Take back what was done last, until the next form is begun.")),
    _digit(Command.LEAVE, N_("Leave"), N_("Only look at what is scanned; once more: leave (or Esc).")),
)
LOOK = N_("Only look")
"""What 0 does in a mode."""

LINE = Key("", "", "Enter", N_("Take"), N_("Take the digit, the number under a square, or what was scanned."))
KEYER = Key("", "", "*", N_("Other keyer"), N_("The other of the two keyers goes on."))
CODE = Key("", "", "/", N_("Code"), N_("Show the code of the form on screen, to be scanned from there."))
SCANNED = N_("From the scanner")
SETTLE = Key("", "", ".", N_("Scans"), N_("Settle what was in doubt when forms were read off a scan."))
LATER = Key("", "", "1 Enter", N_("Later"), N_("Go on with other pages; this one waits."))
NOT_OURS = Key("", "", "2 Enter", N_("Put aside"), N_("It is none of these forms: ask for it no more."))
PARTS = Key("", "", "↑ ↓", N_("Picture"), N_("Another part of a picture that is larger than the screen."), foot=False)
CHOOSE = Key("", "", "1–6", N_("Answer"), N_("The answer with this number; of several, in or out."))
NUMBER = Key("", "", "Enter", N_("Take"), N_("Type the printed number and press Enter; Enter alone goes on."))
TYPE = Key("", "", "Enter", N_("Next"), N_("Type what is written and press Enter; nothing is typed for a blank."))
ENTER_ON = Key("", "", "Enter", N_("Next"), N_("Go on, where several answers may be chosen."), foot=False)
DIGIT_BACK = Key("", "", "7", N_("Previous"), N_("Go to the question before; -, ← and Backspace do so on every page."))
DIGIT_ON = Key("", "", "9", N_("Skip"), N_("Leave the question as it is and go on; + and → do so on every page."))
SIGN_BACK = Key("", "", "-", N_("Previous"), N_("Go back; in a text only while nothing is typed there."))
SIGN_ON = Key("", "", "+", N_("Skip"), N_("Leave the question as it is and go on; in a text while nothing is typed."))
CLEAR = Key("", "", ".", N_("Blank"), N_("Make the question blank again; two marks on one question are a blank too."))
STOP = Key("", "", "0 Enter", N_("Stop"), N_("Stop with this form: put it aside or drop its answers; Esc does so too."))
ESCAPE = Key("", "", "Esc", N_("Stop"), N_("Stop with this form: put it aside or drop its answers."))
KEEP = Key("", "", "Enter", N_("Keep"), N_("Keep the form as it is shown; the next one may be scanned."))
CHANGE = Key("", "", "1 Enter", N_("Change"), N_("Change the answer to the question with this number."))
CHOICE = Key("", "", "1 Enter", N_("Choose"), N_("Choose what stands beside this digit; or scan another form."))
DECIDE = Key("", "", "1–3", N_("Decide"), N_("Which is right: the first keying, the second, or neither."))
DRAWING = Key("", "", ".", N_("Draw otherwise"), N_("Draw the code in another way, if it looks torn."))
MORE = Key("", "", "↑ ↓", N_("Further"), N_("Go on in a list that is longer than the screen."), foot=False)
CLOSE = Key("", "", "Esc", N_("Back"), BACK.help)

_LETTERS = (LANGUAGE, THEME, HERE)
START_KEYS = (*MODES, LINE, KEYER, SETTLE, CODE, *_LETTERS)
CODELESS_KEYS = (LINE, LATER, NOT_OURS, PARTS, CLOSE, *_LETTERS)
CHOICE_KEYS = (CHOOSE, ENTER_ON, DIGIT_BACK, DIGIT_ON, CLEAR, STOP, PARTS, *_LETTERS)
NUMBER_KEYS = (NUMBER, SIGN_BACK, SIGN_ON, CLEAR, STOP, PARTS, *_LETTERS)
INTEGER_KEYS = (TYPE, SIGN_BACK, SIGN_ON, CLEAR, ESCAPE, PARTS, *_LETTERS)
TEXT_KEYS = (TYPE, SIGN_BACK, SIGN_ON, ESCAPE, PARTS)
SUMMARY_KEYS = (KEEP, CHANGE, SIGN_BACK, STOP, MORE, *_LETTERS)
DIFFERENCE_KEYS = (DECIDE, DIGIT_BACK, STOP, *_LETTERS)
SETTLED_KEYS = (KEEP, SIGN_BACK, STOP, *_LETTERS)
ASK_KEYS = (CHOICE, CLOSE, *_LETTERS)
LIST_KEYS = (LINE, MORE, CLOSE, *_LETTERS)
CODE_KEYS = (DRAWING, CLOSE, *_LETTERS)
