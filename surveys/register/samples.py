"""The opinions of the shipped samples."""

import json

from campaign.samples import sample_text
from surveys.register.model import Heard, Item, Register, register_of


def sample_register(name: str) -> Register:
    """The opinions and items of a sample. Raises BadInput M31 for any other name."""
    lines = [json.loads(line) for line in sample_text(name, "opinions.jsonl").splitlines()]
    heard = [Heard.model_validate(line["opinion"]) for line in lines if "opinion" in line]
    return register_of(heard, [Item.model_validate(line["item"]) for line in lines if "item" in line])
