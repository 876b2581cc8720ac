"""Which result the hall is to see: kept in the store, so that every screen of the hall follows."""

from pydantic import BaseModel, ConfigDict


class Shown(BaseModel):
    """A session's result, or with an empty session that of all units of a survey; both empty: none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    session: str = ""
    kind: str = ""
    questionnaire: str = ""

    @property
    def is_something(self) -> bool:
        """Whether there is a result to be seen."""
        return bool(self.session or self.kind)


NOTHING = Shown()
