"""Rates and shares, exact; rounded half up, and only when they are shown.

With V valid forms and, for one scale question, Pos, Neg and K answers that count as positive, negative and no opinion:
satisfaction rate Pos / V, expressed satisfaction Pos / (Pos + Neg), shares Neg / V, K / V and blank / V. The
denominator is always the valid forms: blanks and don't-knows stay in it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from surveys.questionnaire import CountsAs, Question
from surveys.tallies import QuestionTally

_KEPT = 100_000
"""A large campaign has millions of rates, and few different ones."""


class Remedial(StrEnum):
    """Whether a branch must catch up after its survey."""

    NO = "no"
    REQUIRED = "required"
    UNDECIDED = "undecided"
    """Too few forms: more voices are needed."""


@dataclass(frozen=True, slots=True)
class ScaleCounts:
    """Answers to one scale question by what they say."""

    positive: int
    negative: int
    no_opinion: int


def scale_counts(question: Question, tally: QuestionTally) -> ScaleCounts:
    """The counts of ``tally`` added up by what the choices of ``question`` count as."""
    positive = negative = no_opinion = 0
    for choice in question.choices:
        if choice.counts_as is CountsAs.POSITIVE:
            positive += tally.counts[choice.code]
        elif choice.counts_as is CountsAs.NEGATIVE:
            negative += tally.counts[choice.code]
        elif choice.counts_as is CountsAs.NO_OPINION:
            no_opinion += tally.counts[choice.code]
    return ScaleCounts(positive, negative, no_opinion)


def half_up(value: Fraction, decimals: int = 1) -> Decimal:
    """``value``, 0 or more, with so many decimals."""
    return Decimal(math.floor(value * 10**decimals + Fraction(1, 2))).scaleb(-decimals)


@lru_cache(_KEPT)
def percent(numerator: int, denominator: int, threshold: Decimal | None = None, *, decimals: int = 1) -> Decimal | None:
    """``numerator / denominator`` in percent, or None where the denominator is 0.

    Where the rate is below ``threshold`` and rounding would show it as reached (59.96 as 60.0), it gets as many more
    decimals as it takes to look below. Shares are never bent to add up to 100.
    """
    if denominator == 0:
        return None
    exact = Fraction(100 * numerator, denominator)
    rounded = half_up(exact, decimals)
    while threshold is not None and exact < threshold <= rounded:
        decimals += 1
        rounded = half_up(exact, decimals)
    return rounded


@lru_cache(_KEPT)
def rate(numerator: int, denominator: int) -> Fraction | None:
    """``numerator / denominator``, exact; None where the denominator is 0."""
    return Fraction(numerator, denominator) if denominator else None


def shown_percent(exact: Fraction | None, threshold: Decimal | None = None, *, decimals: int = 1) -> Decimal | None:
    """The rate in percent as :func:`percent` shows it; None for none."""
    if exact is None:
        return None
    return percent(exact.numerator, exact.denominator, threshold, decimals=decimals)


def index(question: Question, counts: Mapping[str, int]) -> Decimal | None:
    """Satisfaction index, 0 to 100, half up to one decimal; None if nobody chose what has a weight."""
    exact = exact_index(question, counts)
    return None if exact is None else half_up(exact)


def exact_index(question: Question, counts: Mapping[str, int]) -> Fraction | None:
    """Satisfaction index, 0 to 100: Σ weight · S / Σ S over the choices with a weight; None if nobody chose one."""
    weighted = [
        (Fraction(choice.weight), counts[choice.code]) for choice in question.choices if choice.weight is not None
    ]
    answers = sum(count for _, count in weighted)
    return sum((weight * count for weight, count in weighted), Fraction()) / answers if answers else None


def mean(rates: Sequence[Fraction]) -> Fraction | None:
    """The mean of rates, each counting the same; None of none."""
    return sum(rates, Fraction()) / len(rates) if rates else None


def non_answer_bounds(positive: int, valid: int, invited: int) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest satisfaction rate of all ``invited``, whatever those who gave no valid form think.

    ``invited``: forms handed out and people who began at a kiosk. None if that is 0 or less than the valid forms.
    """
    if invited <= 0 or invited < valid:
        return None
    return Fraction(positive, invited), Fraction(positive + invited - valid, invited)


@dataclass(frozen=True, slots=True)
class Weighted:
    """A rate in which groups count by their weight, whatever the number of their forms."""

    rate: Fraction | None
    dropped: tuple[str, ...]
    """Groups that have a weight but too few forms."""
    weights: tuple[tuple[str, Fraction], ...] = ()
    """Of the groups that count: the weight that each has of all, together 1."""


def group_weighted(counts: Mapping[str, tuple[int, int]], weights: Mapping[str, Decimal], min_forms: int) -> Weighted:
    """Σ weight · rate / Σ weight over the groups with ``min_forms`` valid forms at least.

    ``counts``: positive and valid forms by group; a group that is not there is hidden.
    """
    kept = {code: counts[code] for code in weights if code in counts and counts[code][1] >= max(min_forms, 1)}
    total = sum((Fraction(weights[code]) for code in kept), Fraction())
    summed = sum((Fraction(weights[code]) * Fraction(*of) for code, of in kept.items()), Fraction())
    shares = tuple((code, Fraction(weights[code]) / total) for code in kept) if total else ()
    return Weighted(summed / total if total else None, tuple(code for code in weights if code not in kept), shares)


def remedial(counts: ScaleCounts, valid: int, threshold_pct: Decimal | None, min_forms: int) -> Remedial | None:
    """Whether to catch up: ``100 · Pos < threshold · V``, exact and strict, or more negative than positive answers.

    None where the campaign has no threshold; undecided with fewer than ``min_forms`` valid forms.
    """
    if threshold_pct is None:
        return None
    if valid < min_forms:
        return Remedial.UNDECIDED
    below = 100 * counts.positive < threshold_pct * valid
    return Remedial.REQUIRED if below or counts.negative > counts.positive else Remedial.NO
