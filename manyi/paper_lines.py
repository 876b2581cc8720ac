"""Codes and keyed forms, line by line: each is taken or refused by itself, with an acknowledgement line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, JsonValue, StrictBool, StrictStr

from campaign.errors import BadInput, Exit, ManyiError, Problem, StoreError
from campaign.language import N_, Lang
from manyi.advice import ADVICE
from manyi.cli.tables import plain
from manyi.console import say, say_json
from manyi.json_lines import exit_code, numbered_lines, parsed, refusal_of
from manyi.texts import tr
from surveys.entry import clean_text
from surveys.paper.check_digits import folded
from surveys.paper.codes import serial_text, typed_serial
from surveys.paper.desk import PaperDesk
from surveys.paper.forms import PaperForm
from surveys.paper.keying import Difference
from surveys.paper.scanning import SHOWN
from surveys.words import FORM_STATES

STANDARD_INPUT = "-"
LONGEST_ROLE = 40
"""Characters."""
ASIDE = {"V71": "foreign", "V73": "foreign", "V74": "copy"}
"""As what a sheet that was refused with a code is put aside."""


class KeyedLine(BaseModel):
    """The answers of one form."""

    model_config = ConfigDict(extra="forbid")

    code: StrictStr
    answers: dict[str, JsonValue]


class SecondLine(KeyedLine):
    """The answers of one form that was keyed before."""

    settled: StrictBool = False
    """Whether these answers are to stand: somebody has looked at the paper."""


@dataclass(frozen=True, slots=True)
class Said:
    """How acknowledgements are printed."""

    lang: Lang
    as_json: bool = False

    def done(self, number: int, code: str, form: PaperForm) -> None:
        """A code that was taken."""
        if self.as_json:
            say_json({"line": number, "code": code, "form": serial_of(form), "state": form.state})
        else:
            say(f"{typed_code(form)}  {FORM_STATES[form.state].text(self.lang)}")

    def refused(self, number: int, code: str, error: ManyiError, aside: str | None) -> None:
        """A code that was refused, and as what its sheet was counted."""
        if self.as_json:
            put = {"aside": aside} if aside else {}
            say_json({"line": number, "code": code, **refusal_of(error, self.lang), **put})
        else:
            texts = [ADVICE.text(problem, self.lang) for problem in error.problems]
            say(plain("  ".join([code[:SHOWN], *texts])))


def serial_of(form: PaperForm) -> str:
    """The form's serial, six digits."""
    return serial_text(form.serial)


def typed_code(form: PaperForm) -> str:
    """What stands under the form's square, to be typed: its serial with two check digits."""
    return typed_serial(form.serial)


def role_of(typed: str) -> str:
    """A role as it is kept for as long as a form is keyed; BadInput M16."""
    role = clean_text(typed)
    if not 1 <= len(role) <= LONGEST_ROLE:
        what = tr.phrase(N_("A role"))
        raise BadInput(Problem("M16", {"what": what, "min": 1, "max": LONGEST_ROLE, "n": len(role)}))
    return role


def each_code(
    desk: PaperDesk, codes: Sequence[str], act: Callable[[int], PaperForm], said: Said, *, aside: bool = False
) -> int:
    """Do something with the form of each code; ``-`` stands for one code a line of standard input. The exit code.

    With ``aside`` a sheet that is none of the session's, or a copy, is counted as such. StoreError ends it.
    """
    ended = Exit.DONE
    for number, code in _codes(codes):
        try:
            form = act(desk.find(code).serial)
        except StoreError:
            raise
        except ManyiError as error:
            ended = exit_code(error)
            put = ASIDE.get(error.code) if aside else None
            if put:
                desk.put_aside(copy=put == "copy")
            said.refused(number, code, error, put)
        else:
            said.done(number, code, form)
    return ended.number


def key_lines(desk: PaperDesk, path: Path, role: str, lang: Lang) -> int:
    """Key each line; the exit code: 0, or that of a line that was refused. StoreError ends it."""

    def key(raw: bytes) -> dict[str, object]:
        line = parsed(KeyedLine, raw)
        form = desk.key(desk.find(line.code).serial, line.answers, role)
        return {"form": serial_of(form), "keyed": True}

    return _each_line(path, key, lang)


def second_lines(desk: PaperDesk, path: Path, role: str, lang: Lang) -> int:
    """Compare each line with the first keying; the exit code as :func:`key_lines`, also for what differs (V76).

    Answers that do not differ, and those that are settled, are kept; the others change nothing.
    """

    def compare(raw: bytes) -> dict[str, object]:
        line = parsed(SecondLine, raw)
        serial = desk.find(line.code).serial
        found = desk.compare(serial, line.answers, role)
        if found and not line.settled:
            raise Differs(serial, found)
        form = desk.settle(serial, line.answers, role)
        return {"form": serial_of(form), "keyed_twice": True, "differences": [_shown(each) for each in found]}

    return _each_line(path, compare, lang)


class Differs(ManyiError):
    """A second keying that differs from the first, with every difference."""

    def __init__(self, serial: int, differences: Sequence[Difference]) -> None:
        super().__init__(*(each.problem() for each in differences))
        self.shown = {
            "form": serial_text(serial),
            "keyed_twice": False,
            "differences": [_shown(each) for each in differences],
        }


def _shown(difference: Difference) -> dict[str, object]:
    return {"question": difference.question, "first": difference.first, "second": difference.second}


def _each_line(path: Path, act: Callable[[bytes], dict[str, object]], lang: Lang) -> int:
    ended = Exit.DONE
    for number, raw in numbered_lines(path):
        try:
            done = act(raw)
        except StoreError:
            raise
        except ManyiError as error:
            ended = exit_code(error)
            shown = error.shown if isinstance(error, Differs) else {}
            say_json({"line": number, **shown, **refusal_of(error, lang)})
        else:
            say_json({"line": number, **done})
    return ended.number


def _codes(given: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The codes with their places: that on the command line, or the number of the line of standard input."""
    for place, code in enumerate(given, 1):
        if code != STANDARD_INPUT:
            yield place, folded(code)
            continue
        for number, line in numbered_lines(Path(STANDARD_INPUT)):
            yield number, folded(line.decode("utf-8", "replace"))
