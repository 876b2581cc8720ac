"""The choices sheet of a form."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from campaign.errors import Problem
from campaign.i18n import I18n
from campaign.language import N_, Lang
from surveys.questionnaire import Choice, CountsAs
from surveys.sheets import Row, Sheets, row_place
from surveys.texts import tr

KNOWN = {"list name", "name", "label", "counts_as", "weight", "group_min"}
LANGUAGE_NAMES = {Lang.ZH: tr.phrase(N_("Chinese")), Lang.EN: tr.phrase(N_("English"))}
MAX_WEIGHT = 100
MAX_GROUP_MIN = 10_000
"""Forms."""


def choice_lists(sheets: Sheets, languages: Sequence[Lang]) -> tuple[Mapping[str, tuple[Choice, ...]], list[Problem]]:
    """The choices by list, in their order, and what is wrong with them."""
    lists: dict[str, list[Choice]] = {}
    problems = [
        Problem("M25", {"column": header}, row_place("choices", 1))
        for column, header in sheets.headers["choices"].items()
        if column[0] not in KNOWN | {"media"}
    ]
    for row in sheets.choices:
        if not row.cells:
            continue
        name = row.plain("list name")
        choice = Choice(
            code=row.plain("name"),
            label=row.texts("label"),
            counts_as=_counts_as(row),
            weight=_weight(row),
            group_min=_group_min(row),
        )
        others = lists.setdefault(name, [])
        problems += _problems(row, choice, others, languages)
        others.append(choice)
    return {name: tuple(choices) for name, choices in lists.items()}, problems


def _problems(row: Row, choice: Choice, others: Sequence[Choice], languages: Sequence[Lang]) -> Iterator[Problem]:
    name = row.plain("list name")
    if not name:
        yield Problem("M06", {"field": "list_name"}, row.place)
    if not choice.code:
        yield Problem("M06", {"field": "name"}, row.place)
    elif any(other.code == choice.code for other in others):
        yield Problem("V49", {"c": choice.code, "qid": name}, row.place)
    if choice.code.split() != [choice.code] * bool(choice.code):
        yield Problem("M07", {"value": choice.code, "why": tr.phrase(N_("a code has no spaces"))}, row.place)
    yield from missing_texts(row, f"{name} {choice.code}", choice.label, languages)
    if (said := row.plain("counts_as")) and choice.counts_as is None:
        yield Problem("M28", {"column": "counts_as", "value": said, "known": ", ".join(CountsAs)}, row.place)
    if (said := row.plain("weight")) and choice.weight is None:
        yield Problem("M07", {"value": said, "why": tr.phrase(N_("a weight is a number from 0 to 100"))}, row.place)
    if (said := row.plain("group_min")) and choice.group_min is None:
        why = tr.phrase(N_("so many forms are wanted: a whole number from 1 to {n}"), n=MAX_GROUP_MIN)
        yield Problem("M07", {"value": said, "why": why}, row.place)
    for column in row.cells:
        if column[0] == "media":
            yield Problem("M26", {"column": column[1], "value": row.cells[column]}, row.place)


def missing_texts(row: Row, name: str, text: I18n, languages: Sequence[Lang]) -> Iterator[Problem]:
    """V47 for each language without a text."""
    for lang in languages:
        if not text.has(lang):
            yield Problem("V47", {"qid": name, "lang": LANGUAGE_NAMES[lang]}, row.place)


def _counts_as(row: Row) -> CountsAs | None:
    return next((each for each in CountsAs if each.value == row.plain("counts_as")), None)


def _weight(row: Row) -> Decimal | None:
    try:
        weight = Decimal(row.plain("weight"))
    except InvalidOperation:
        return None
    return weight if weight.is_finite() and 0 <= weight <= MAX_WEIGHT else None


def _group_min(row: Row) -> int | None:
    text = row.plain("group_min")
    return int(text) if text.isascii() and text.isdecimal() and 1 <= int(text) <= MAX_GROUP_MIN else None
