"""What everything in the plan is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")]
"""Lower-case identifier of a phase, kind, member group or campaign."""
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")]
"""Short identifier in capitals: a branch (B01), step (S1) or leader (L3)."""
Count = Annotated[int, Field(ge=0, strict=True)]
"""A whole number of people, forms or things."""


class Record(BaseModel):
    """Base of everything in the plan: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
