"""The ballot account: every form that was printed, and everybody who began at a kiosk, is accounted for.

printed = issued + unused + spoiled; issued = returned + not returned; returned = valid + void;
kiosk started = submitted + abandoned, as in an election's reconciliation of ballot papers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from campaign.errors import Problem
from surveys.paper.forms import CAME_BACK, FormState, PaperForm, PaperStock
from surveys.response import Validity


class BallotAccount(BaseModel):
    """Numbers of forms and of people at kiosks; kept with the session once it is verified."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    printed: int = 0
    issued: int = 0
    spoiled: int = 0
    returned: int = 0
    to_key: int = 0
    """Returned forms that are neither keyed nor void."""
    keyed: int = 0
    """Returned forms whose answers were keyed."""
    valid: int = 0
    """Responses from paper that count."""
    void: int = 0
    """Returned forms that were declared void, and responses from paper with too few answers."""
    foreign: int = 0
    copies: int = 0
    started: int = 0
    submitted: int = 0

    @property
    def unused(self) -> int:
        """Forms that were neither handed out nor spoiled."""
        return self.printed - self.issued - self.spoiled

    @property
    def not_returned(self) -> int:
        """Forms that were handed out and have not come back."""
        return self.issued - self.returned

    @property
    def abandoned(self) -> int:
        """People who began at a kiosk and did not hand in."""
        return self.started - self.submitted

    def problems(self) -> Sequence[Problem]:
        """What keeps the account from balancing: V53, V55, V57 or V56, and M84 for the kiosk; empty if it balances."""
        counted = self.valid + self.void
        found = []
        if self.issued > self.printed - self.spoiled:
            found.append(Problem("V53", {"i": self.issued, "p": self.printed - self.spoiled}))
        if self.returned > self.issued:
            found.append(Problem("V55", {"r": self.returned, "i": self.issued}))
        if self.to_key:
            found.append(Problem("V57", {"n": self.to_key}))
        elif counted != self.returned:
            found.append(Problem("V56", {"v": self.valid, "x": self.void, "s": counted, "r": self.returned}))
        if self.abandoned < 0:
            found.append(Problem("M84", {"s": self.started, "n": self.submitted}))
        return found


def forms_out(account: BallotAccount) -> Sequence[Problem]:
    """M163 if forms are still out: who has one can hand it in only until the count is verified."""
    return (Problem("M163", {"n": account.not_returned}),) if account.not_returned > 0 else ()


def ballot_account(
    forms: Iterable[PaperForm], stock: PaperStock | None, keyed: Iterable[Validity], *, started: int, submitted: int
) -> BallotAccount:
    """The account of a session: its forms, the responses from paper, how many people began and handed in at kiosks.

    Forms and responses are counted each by themselves, so that the one can be checked against the other.
    """
    states = Counter(form.state for form in forms)
    responses = Counter(keyed)
    return BallotAccount(
        printed=states.total(),
        issued=stock.issued if stock else 0,
        spoiled=states[FormState.SPOILED],
        returned=sum(states[state] for state in CAME_BACK),
        to_key=states[FormState.RETURNED],
        keyed=states[FormState.KEYED] + states[FormState.VERIFIED],
        valid=responses.total() - responses[Validity.VOID],
        void=states[FormState.VOID] + responses[Validity.VOID],
        foreign=stock.foreign if stock else 0,
        copies=stock.copies if stock else 0,
        started=started,
        submitted=submitted,
    )


def accounts_together(accounts: Iterable[BallotAccount]) -> BallotAccount:
    """The account of several sessions: every number added up."""
    summed: Counter[str] = Counter()
    for account in accounts:
        summed.update(account.model_dump())
    return BallotAccount(**summed)
