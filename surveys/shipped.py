"""The questionnaires that come with the program, as Markdown tables."""

from pathlib import Path

from campaign.errors import BadInput, Problem
from campaign.language import N_
from surveys.texts import tr

FOLDER = Path(__file__).parent / "questionnaires"


def shipped_names() -> tuple[str, ...]:
    """Their names, sorted: ``final``, ``library``, ``pulse``."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def shipped_questionnaire(name: str) -> Path:
    """The form with this name; BadInput M08 if there is none."""
    if name in (known := shipped_names()):
        return FOLDER / f"{name}.md"
    raise BadInput(Problem("M08", {"kind": tr.phrase(N_("questionnaire")), "x": name, "known": ", ".join(known)}))
