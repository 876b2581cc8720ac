"""Questionnaires from XLSForms: the spreadsheet standard of ODK and KoboToolbox (https://xlsform.org).

Beside the standard's columns: ``counts_as`` (positive, negative, no_opinion), ``weight`` (0 to 100) and ``group_min``
(forms) on choices, ``bind::dimension`` on questions, ``heading::中文 (zh)`` and ``heading::English (en)`` in the
settings for a title in each language (``title::`` is read as well, but ODK's own tools stumble over it).
"""

from dataclasses import dataclass
from pathlib import Path

from campaign.errors import Problem
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Compiled:
    """A questionnaire that can be asked."""

    questionnaire: Questionnaire
    warnings: tuple[Problem, ...] = ()
    """What is in the form and was left aside (M24, M25)."""


def compile_questionnaire(source: Path | str, questionnaire_id: str) -> Compiled:
    """Compile a form: the path of an .xlsx or .md file, or the text of Markdown tables.

    BadInput with all problems at once, each with the sheet and the row where it stands: M20 to M23, M26 to M31, M34,
    M06, M07, V47 to V49; M03 for a file that can't be read. In a file the header is row 1; in Markdown, rows without
    any cell are not counted.
    """
    from surveys.compiler import compiled  # noqa: PLC0415  pyxform takes 0.5 s to import, and a kiosk never compiles

    questionnaire, warnings = compiled(source, questionnaire_id)
    return Compiled(questionnaire, warnings)
