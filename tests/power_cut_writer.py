"""A writer that a power cut hits: ``python -m tests.power_cut_writer MODE FOLDER``.

It says each step on standard output once the store has returned from it. MODE is a value of SQLite's pragma
synchronous, of which the store itself takes ``full``; or ``json`` for TinyDB's own JSONStorage.
"""

import os
import sys
from itertools import count
from pathlib import Path

import apsw
import tinydb

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.plan import Plan, SurveyPlan
from db import open_store
from surveys.desk import SurveyDesk
from surveys.ports import Store
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.response import Answer
from tests.builders import make_branch, make_plan
from tests.db_builders import DAY, make_audit, make_questionnaire
from tests.sittings import open_session, verify_count
from tests.system_calls import TOLD

FIRST, SECOND = "B01-261123-1", "B02-261123-1"
DIGITS, TIMES = 3, 40_000
"""A plan's number, and how often it stands in the name of each branch: each plan fills some sixty pages."""
STOCK = "stock.json"


def answers(number: int) -> dict[str, Answer]:
    """What the respondent with this number answers."""
    return {"overall": "good", "age": number, "text": f"意见{number}"}


def plan(version: int, times: int = TIMES) -> Plan:
    """Two branches and one survey. Each name tells the version ``times`` times."""
    branches = [make_branch(code, name={"zh": f"{version:0{DIGITS}}" * times}) for code in ("B01", "B02")]
    surveys = (SurveyPlan(kind="final", questionnaire="q"),)
    return make_plan(branches=branches).model_copy(update={"surveys": surveys})


def main(mode: str, folder: str) -> None:
    """Write."""
    if mode == "json":
        write_stock(Path(folder, STOCK))
        return
    store = open_store(Path(folder), create=True)
    for connection in apsw.connections():
        connection.pragma("synchronous", mode)
    write(store, Path(folder, "manyi.db-wal"))
    store.close()


def write(store: Store, log: Path) -> None:
    """Two sessions, one of them closed and verified, and plans until the log has been begun anew."""
    with store.transaction():
        store.save_plan(plan(0), make_audit())
        store.save_questionnaire(questionnaire())
    tell("plan 0")
    desk = SurveyDesk(store, store.plan(), DAY)
    open_session(desk, "B01", pin="2468")
    tell(f"open {FIRST}")
    hand_in(desk, FIRST, range(1, 4))
    grown = 0
    for version in count(1):
        store.save_plan(plan(version), make_audit())
        tell(f"plan {version}")
        before, grown = grown, log.stat().st_size
        if grown == before:
            break
    hand_in(desk, FIRST, range(4, 7))
    desk.close(FIRST)
    tell(f"counting {FIRST}")
    verify_count(desk, FIRST)
    tell(f"verified {FIRST}")
    open_session(desk, "B02", pin="2468")
    tell(f"open {SECOND}")
    hand_in(desk, SECOND, range(1, 5))


def write_stock(path: Path) -> None:
    """The same answers as a TinyDB of its own writes them."""
    path.parent.mkdir()
    with tinydb.TinyDB(path) as stock:
        for number in range(1, 9):
            stock.insert(answers(number))
            tell(f"stored {FIRST} {number}")


def hand_in(desk: SurveyDesk, session: str, numbers: range) -> None:
    """Store responses one by one."""
    for number in numbers:
        desk.submit(session, f"r{number}", Lang.ZH, answers(number))
        tell(f"stored {session} {number}")


def tell(step: str) -> None:
    """Say so in one system call."""
    os.write(TOLD, step.encode() + b"\n")


def questionnaire() -> Questionnaire:
    """A scale, a number and a text."""
    scale = make_questionnaire("q")
    age = Question(name="age", type=QuestionType.INTEGER, label=I18n(zh="年龄", en="Age"))
    text = Question(name="text", type=QuestionType.TEXT, label=I18n(zh="意见", en="Opinion"))
    return scale.model_copy(update={"questions": (*scale.questions, age, text)})


if __name__ == "__main__":
    main(*sys.argv[1:])
