"""Cases for tests: opened and moved by the engine itself, on the plan of :mod:`tests.builders`."""

from collections.abc import Sequence
from datetime import date

from campaign.case_moves import move
from campaign.case_opening import NewCase, open_case
from campaign.case_states import Action
from campaign.cases import Case, Outcome
from campaign.plan import Plan
from tests.builders import make_branch, make_plan

PLAN = make_plan(branches=(make_branch("B01"), make_branch("B02")))
SLIP = "4071925836"


def opened(kind: str, on: date, plan: Plan = PLAN, **fields: object) -> Case:
    """A case of B01 that came in on ``on`` and was entered that day."""
    given: dict[str, object] = {
        "kind": kind,
        "branch": "B01",
        "matter": "公示栏更新慢",
        "role": "督查组",
        "received_on": on,
        "due": date(2026, 11, 30),
        "suggestion": "每周更新",
        "owner": "支部书记",
        "feasibility": "cannot_now",
        "no": SLIP if kind == "answer" else "",
        **fields,
    }
    return open_case(plan, NewCase(**given), (), on)  # type: ignore[arg-type]


def action(name: str, on: date | None = None, **fields: object) -> Action:
    """Everything that a move might want."""
    given: dict[str, object] = {
        "move": name,
        "role": "活动办公室",
        "text": "已经逐条办理",
        "outcome": Outcome.RESOLVED,
        "due": date(2026, 12, 30),
        "into": "1000000009",
        "on": on,
        **fields,
    }
    return Action(**given)  # type: ignore[arg-type]


def moved(case: Case, *steps: tuple[str, date], plan: Plan = PLAN, **fields: str) -> Case:
    """The case after these moves, each on its day."""
    for name, day in steps:
        case = move(plan, case, action(name, None, **fields), day)
    return case


def states(case: Case) -> Sequence[str]:
    """The states that it went through."""
    return [event.state for event in case.events]
