"""Things that happen to a campaign in any order: entries, corrections, plans, cases, and looks at its figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st

from campaign.log import AuditEntry, LogEntry
from campaign.plan import Branch, Plan, StepTarget
from campaign.settings import CampaignState
from surveys.ports import Store
from surveys.register.desk import ORIGIN
from surveys.session import SessionState, SurveyKind, SurveySession
from tests.builders import GATE, TODAY, make_branch, make_entry, make_kind, make_plan, make_step
from tests.case_builders import opened

AUDIT = AuditEntry(on=TODAY, role="staff", entity="log", field="entry")
CODES = ("B01", "B02", "B03", "B99")
"""The last one is in no plan."""
KINDS = (
    make_kind("note", "S1"),
    make_kind("look", effect="inspection"),
    make_kind("hold", "S2", counts=("found",)),
    make_kind("send", "S4", group_counts=("reached", "unreachable")),
    make_kind("own", "S5"),
    make_kind("survey", "S6", obligation="judge"),
    make_kind("result", "S7", effect="result", outcomes=("reached", "below")),
    GATE,
)
COVERED = make_step("S4", kind="coverage", count="reached", unreachable="unreachable", groups=["staff"])
STEPS = (
    make_step("S1"),
    make_step("S2", kind="count", count="found", target=3),
    make_step("S3", due="2026-11-20"),
    COVERED,
    make_step("S5", branches=("B02",)),
    make_step("S6"),
    make_step("S7"),
)
"""S5 is of a branch of its own."""


def a_plan() -> Plan:
    """Three branches, kinds that advance steps, inspect, and pass a gate."""
    return make_plan(steps=STEPS, kinds=KINDS, branches=[make_branch(code) for code in CODES[:3]])


@dataclass(frozen=True)
class Add:
    """An entry is added."""

    entry: LogEntry

    def do(self, store: Store) -> None:
        """In one transaction."""
        store.add_entries([self.entry])


@dataclass(frozen=True)
class Correct:
    """An entry is replaced by another, or taken back."""

    at: int
    entry: LogEntry | None

    def do(self, store: Store) -> None:
        """If there is any."""
        if logged := store.logged():
            store.replace_entry(logged[self.at % len(logged)], self.entry, AUDIT)


@dataclass(frozen=True)
class Replan:
    """A branch of the plan, or a setting, is changed."""

    at: int
    what: str

    def do(self, store: Store) -> None:
        """As a plan that is loaded anew would."""
        plan = store.plan()
        place = self.at % len(plan.branches)
        branch = _CHANGES[self.what](plan.branches[place])
        branches = (*plan.branches[:place], branch, *plan.branches[place + 1 :])
        campaign = plan.campaign
        if self.what == "rules":
            campaign = campaign.model_copy(update={"pause_max_days": campaign.pause_max_days + 1})
            plan = plan.model_copy(update={"steps": plan.steps[::-1]})
        if self.what == "own":
            own = {"branches": () if branch.code in _own(plan) else (branch.code,)}
            steps = [step.model_copy(update=own) if step.id == "S5" else step for step in plan.steps]
            plan = plan.model_copy(update={"steps": tuple(steps)})
        if self.what == "state":
            state = CampaignState.ACTIVE if campaign.state is CampaignState.CLOSED else CampaignState.CLOSED
            campaign = campaign.model_copy(update={"state": state})
        store.save_plan(plan.model_copy(update={"branches": branches, "campaign": campaign}), AUDIT)


_CHANGES: Mapping[str, Callable[[Branch], Branch]] = {
    "waive": lambda branch: _with(branch, targets=(StepTarget(step="S1", waived=True, reason="no need"),)),
    "unwaive": lambda branch: _with(branch, targets=()),
    "members": lambda branch: _with(branch, members={"staff": branch.members["staff"] + 1}, total=branch.total + 1),
    "leave": lambda branch: _with(branch, active=not branch.active),
    "move": lambda branch: _with(
        branch,
        schedule={
            phase: each.model_copy(update={"end": each.end + timedelta(1)}) for phase, each in branch.schedule.items()
        },
    ),
    "rules": lambda branch: branch,
    "own": lambda branch: branch,
    "state": lambda branch: branch,
}


def _own(plan: Plan) -> tuple[str, ...]:
    """The branches that alone have the step S4; none if all have it."""
    return next(step.branches for step in plan.steps if step.id == "S5")


def _with(branch: Branch, **fields: object) -> Branch:
    return branch.model_copy(update=fields)


@dataclass(frozen=True)
class Owe:
    """A case is opened."""

    number: int
    branch: str
    kind: str
    opinions: int
    """From so many opinions; none for one that came in by itself."""

    def do(self, store: Store) -> None:
        """Or changed, if there is one with this number."""
        case = opened(self.kind, TODAY - timedelta(self.number))
        told = {"origin": ORIGIN, "category": "service", "opinions": self.opinions} if self.opinions else {}
        store.save_case(case.model_copy(update={"branch": self.branch, "no": f"R-{self.number}", **told}), [AUDIT])


@dataclass(frozen=True)
class Vote:
    """A survey session is held, counted or posted, or declared void."""

    branch: str
    kind: SurveyKind
    state: SessionState
    days: int

    def do(self, store: Store) -> None:
        """Or goes on, if there is one of this branch and kind."""
        on = TODAY + timedelta(self.days)
        session = SurveySession(
            id=f"{self.branch}-{self.kind}",
            branch=self.branch,
            kind=self.kind,
            questionnaire="none",
            on=on,
            state=self.state,
            pin_hash="",
            response_key="",
            posted_on=on + timedelta(1) if self.state is SessionState.PUBLISHED else None,
        )
        store.save_session(session)


@dataclass(frozen=True)
class Look:
    """A reader asks how everything stands on a day."""

    reader: int
    days: int
    trust_today: bool
    again: bool
    """A process that has just begun."""


ENTRIES = st.builds(
    lambda kind, branch, days, recorded, found: make_entry(
        kind,
        TODAY + timedelta(days),
        branch=branch,
        recorded_on=TODAY + timedelta(recorded),
        counts={"found": found} if kind == "hold" else {},
        groups={"staff": {"reached": found, "unreachable": 3 - found}} if kind == "send" else {},
        outcome="approved" if kind == "gate" else "",
    ),
    st.sampled_from([kind.id for kind in KINDS]),
    st.sampled_from(CODES),
    st.integers(-30, 3),
    st.integers(-30, 1),
    st.integers(1, 3),
)
LOOKS = st.builds(Look, st.integers(0, 1), st.integers(-10, 12), st.booleans(), st.booleans())
DEEDS = st.one_of(
    st.builds(Add, ENTRIES),
    st.builds(Correct, st.integers(0, 50), st.none() | ENTRIES),
    st.builds(Replan, st.integers(0, 2), st.sampled_from([*_CHANGES])),
    st.builds(
        Owe,
        st.integers(1, 3),
        st.sampled_from(CODES[:3]),
        st.sampled_from(["correction", "answer", "support"]),
        st.integers(0, 2),
    ),
    st.builds(
        Vote,
        st.sampled_from(CODES),
        st.sampled_from(["final", "pulse", "recheck"]),
        st.sampled_from([*SessionState]),
        st.integers(-30, 1),
    ),
    LOOKS,
    LOOKS,
)
