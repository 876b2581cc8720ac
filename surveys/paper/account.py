"""The ballot account: every form that was printed, and everybody who began at a kiosk, is accounted for.

printed = issued + unused + spoiled; issued = returned + not returned; returned = valid + void;
kiosk started = submitted + abandoned, as in an election's reconciliation of ballot papers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from campaign.errors import Problem
from surveys.paper.forms import CAME_BACK, FormState, PaperForm, PaperStock


class BallotAccount(BaseModel):
    """Numbers of forms and of people at kiosks; kept with the session once it is verified."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    printed: int = 0
    issued: int = 0
    spoiled: int = 0
    returned: int = 0
    keyed: int = 0
    """Returned forms whose answers were keyed."""
    valid: int = 0
    """Keyed forms that count."""
    void: int = 0
    """Returned forms that were declared void, and keyed ones with too few answers."""
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

    @property
    def to_key(self) -> int:
        """Returned forms that are neither keyed nor void."""
        return self.returned - self.valid - self.void

    def problems(self) -> Sequence[Problem]:
        """What keeps the account from balancing: V53, V55, V57, V56 and V59 for the kiosk; empty if it balances."""
        found = []
        if self.issued > self.printed - self.spoiled:
            found.append(Problem("V53", {"i": self.issued, "p": self.printed - self.spoiled}))
        if self.returned > self.issued:
            found.append(Problem("V55", {"r": self.returned, "i": self.issued}))
        if self.to_key > 0:
            found.append(Problem("V57", {"n": self.to_key}))
        elif self.to_key < 0:
            counted: dict[str, object] = {
                "v": self.valid,
                "x": self.void,
                "s": self.valid + self.void,
                "r": self.returned,
            }
            found.append(Problem("V56", counted))
        if self.abandoned < 0:
            found.append(Problem("M84", {"s": self.started, "n": self.submitted}))
        return found


def ballot_account(
    forms: Iterable[PaperForm], stock: PaperStock | None, valid: int, *, started: int, submitted: int
) -> BallotAccount:
    """The account of a session: its forms, how many paper responses count, how many people began and handed in."""
    states = Counter(form.state for form in forms)
    keyed = states[FormState.KEYED] + states[FormState.VERIFIED]
    return BallotAccount(
        printed=states.total(),
        issued=stock.issued if stock else 0,
        spoiled=states[FormState.SPOILED],
        returned=sum(states[state] for state in CAME_BACK),
        keyed=keyed,
        valid=valid,
        void=states[FormState.VOID] + keyed - valid,
        foreign=stock.foreign if stock else 0,
        copies=stock.copies if stock else 0,
        started=started,
        submitted=submitted,
    )
