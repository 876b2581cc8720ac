"""Questionnaires from XLSForms: the spreadsheet standard of ODK and KoboToolbox (https://xlsform.org).

Beside the standard's columns: ``counts_as`` (positive, negative, no_opinion) and ``weight`` (0 to 100) on choices,
``bind::dimension`` on questions, ``heading::中文 (zh)`` and ``heading::English (en)`` in the settings.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import Lang
from surveys.questionnaire import Choice, CountsAs, Question, Questionnaire, QuestionType
"""
