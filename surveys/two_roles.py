"""The two roles that confirm a count together. Roles, never names."""

from dataclasses import dataclass

from campaign.case_checks import same_role
from campaign.correcting import role_problems
from campaign.errors import BadInput, Problem
from surveys.words import SECOND_ROLE

STAFF = "staff"
"""Who did what no role is asked for."""


@dataclass(frozen=True, slots=True)
class TwoRoles:
    """They must differ."""

    first: str
    second: str

    @property
    def text(self) -> str:
        """Both, for the audit."""
        return f"{self.first.strip()} + {self.second.strip()}"

    def problems(self) -> dict[str, Problem]:
        """What is wrong with ``first`` or ``second``: M06 if missing, V64 if too long, M155 if both are the same."""
        found: dict[str, Problem] = {}
        for field, role in (("first", self.first), ("second", self.second)):
            for problem in role_problems(role):
                named = (
                    Problem("M06", {"field": SECOND_ROLE}) if field == "second" and problem.code == "M06" else problem
                )
                found.setdefault(field, named)
        if not found and same_role(self.first, self.second):
            found["second"] = Problem("M155", {"x": self.second.strip()})
        return found

    def require(self) -> None:
        """BadInput M06, V64 or M155."""
        if found := self.problems():
            raise BadInput(*found.values())
