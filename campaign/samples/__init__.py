"""The shipped samples: fictional campaigns, each a campaign file, its log and its cases."""

from importlib.resources import files

from campaign.cases import Case
from campaign.errors import BadInput, Problem
from campaign.language import Listed
from campaign.loading import Loaded, parse_plan
from campaign.log import LogEntry
from campaign.log_lines import parse_log

SAMPLES = ("town", "library")
"""Their names, for ``manyi init --sample``."""


def sample_plan(name: str) -> Loaded:
    """The plan of a sample. Raises BadInput M31 for any other name."""
    return parse_plan(sample_text(name, "campaign.toml"), f"{name}/campaign.toml")


def sample_log(name: str) -> list[LogEntry]:
    """The log of a sample, in the order of recording. Raises BadInput M31 for any other name."""
    return parse_log(sample_text(name, "log.jsonl"))


def sample_cases(name: str) -> list[Case]:
    """The cases of a sample, by the day on which they were entered. Raises BadInput M31 for any other name."""
    return [Case.model_validate_json(line) for line in sample_text(name, "cases.jsonl").splitlines()]


def sample_text(name: str, file: str) -> str:
    """The text of one of a sample's files. Raises BadInput M31 for any other name."""
    if name not in SAMPLES:
        raise BadInput(Problem("M31", {"x": name, "name": "sample", "known": Listed(SAMPLES)}))
    return files(__name__).joinpath(name, file).read_text(encoding="utf-8")
