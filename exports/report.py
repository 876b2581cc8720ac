"""The report: built once from the results of verified sessions, then written in every format.

Every figure in it has been through suppression already; a format can hide nothing more and show nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.i18n import I18n
from campaign.language import Lang, N_
from campaign.plan import Plan
from exports.texts import tr
from surveys.figures import QuestionResults, SessionResults
from surveys.questionnaire import Question, Questionnaire

Cell = str | int | Decimal | date | None
"""A value of a table; None is a figure that does not exist or is hidden."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with typed cells, one row a thing."""

    name: str
    """Its file name without suffix."""
    columns: tuple[str, ...]
    """Column names, the same in every language, for programs to rely on."""
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What is published, in one language."""

    lang: Lang
    tables: tuple[Table, ...]


_SESSION = ("session", "branch", "branch_name", "kind", "date")
_QUESTION = ("question", "question_text", "dimension")
_TALLIES = (*_SESSION, *_QUESTION, "choice", "choice_text", "counts_as", "figure_state", "count", "share_pct", "valid")
_QUESTIONS = (
    *_SESSION,
    *_QUESTION,
    "figure_state",
    "valid",
    "blank",
    "positive",
    "negative",
    "no_opinion",
    "positive_rate_pct",
    "expressed_rate_pct",
    "negative_share_pct",
    "no_opinion_share_pct",
    "blank_share_pct",
    "index",
)
_FORMULAS = (
    ("positive_rate_pct", N_("positive answers ÷ valid forms × 100")),
    ("expressed_rate_pct", N_("positive answers ÷ (positive + negative answers) × 100")),
    ("share_pct", N_("forms with this choice ÷ valid forms × 100; several choices may add up to more than 100")),
    ("rounding", N_("half up to one decimal; because of rounding, shares may not add up to 100")),
)
"""Notes that every report carries."""
