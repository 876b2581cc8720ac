"""Reading a campaign file: TOML, one plan, and every mistake at once with its place.

The file is described in ``docs/campaign-file.md``.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from campaign.draft import Draft, Finding, Item
from campaign.errors import BadInput, Problem
from campaign.language import N_, Listed
from campaign.places import Keys, Places, line_place
from campaign.plan import (
    Attribute,
    Branch,
    BranchType,
    Calendar,
    Campaign,
    CountName,
    EntryKind,
    Leader,
    MemberGroup,
    OutcomeName,
    Phase,
    Plan,
    Step,
    SurveyPlan,
)
from campaign.plan_rules import plan_findings
from campaign.reading import read_text
from campaign.texts import tr
from campaign.validation import read_item, shown

T = TypeVar("T", bound=BaseModel)

FORMAT = 1
"""Version of the campaign file that this program reads."""

_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_INTEGER_LIMIT = 2**63
_REQUIRED = ("campaign", "member_groups", "phases", "branches")
_SYNTAX = (
    N_("Invalid statement"),
    N_("Invalid value"),
    N_("Invalid date or datetime"),
    N_("Invalid initial character for a key part"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Expected newline or end of document after a statement"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Cannot overwrite a value"),
    N_("Unclosed array"),
    N_("Unclosed inline table"),
    N_("Unterminated string"),
    N_('Expected "\'"'),
    N_("Unescaped '\\' in a string"),
)
"""What the standard library's parser says most often; it is shown in the reader's language."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan without mistakes."""

    plan: Plan
    warnings: tuple[Problem, ...]
    """What is worth another look."""


def load_plan(path: Path) -> Loaded:
    """Read the campaign file at ``path``.

    Raises BadInput: M03 if it cannot be read, otherwise as :func:`parse_plan`.
    """
    return parse_plan(read_text(path), path.name)


def parse_plan(text: str, name: str) -> Loaded:
    """Read a plan from TOML; ``name`` stands for the file in places without a line.

    Raises BadInput with every problem, in the order of the file: M04 syntax, M05 unknown field, M06 missing field, M07
    and V06 wrong value, M08 dangling reference, M6x and V01-V24 rules; warnings come last.
    """
    document = _document(text, name)
    reader = _Reader(document)
    draft = reader.draft()
    places = Places(document, text, name)
    findings = sorted([*reader.findings, *plan_findings(draft)], key=lambda found: places.order(found.path))
    problems = [Problem(found.code, found.values, places.place(found.path)) for found in findings]
    warnings = tuple(problem for problem in problems if not problem.refuses)
    errors = [problem for problem in problems if problem.refuses]
    if errors:
        raise BadInput(*errors, *warnings)
    return Loaded(_plan(draft), warnings)


def _document(text: str, name: str) -> dict[str, Any]:
    """The TOML document. Raises BadInput M04 with the line."""
    try:
        document = tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except (ValueError, ArithmeticError) as error:
        message = str(error)
        position = _POSITION.search(message)
        line = int(position[1] or text.count("\n") + 1) if position else None
        why = tr.phrase(message[: position.start()] if position else shown(message))
        raise BadInput(Problem("M04", {"why": why}, line_place(line) if line else name)) from error
    except RecursionError as error:
        raise BadInput(Problem("M04", {"why": tr.phrase(N_("too many brackets inside each other"))}, name)) from error
    huge = _first_huge(document)
    if huge is not None:
        why = tr.phrase(N_("whole numbers have 64 bits at most"))
        raise BadInput(Problem("M04", {"why": why}, Places(document, text, name).place(huge)))
    return document


def _first_huge(document: dict[str, Any]) -> Keys | None:
    """The path of a whole number that TOML does not allow, though Python reads it."""
    left: list[tuple[Keys, object]] = [((), document)]
    while left:
        path, node = left.pop()
        if isinstance(node, dict):
            left += [((*path, key), value) for key, value in node.items()]
        elif isinstance(node, list):
            left += [((*path, index), value) for index, value in enumerate(node)]
        elif isinstance(node, int) and not -_INTEGER_LIMIT <= node < _INTEGER_LIMIT:
            return path
    return None


class _Reader:
    """Reads the tables of a document one by one, and gathers their mistakes."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.findings: list[Finding] = []
        self._document = document
        self._complete = True

    def draft(self) -> Draft:
        """The readable parts of the plan."""
        self._head()
        return Draft(
            campaign=self._table(Campaign, "campaign") if "campaign" in self._document else None,
            calendar=self._table(Calendar, "calendar"),
            member_groups=self._tables(MemberGroup, "member_groups"),
            phases=self._tables(Phase, "phases"),
            steps=self._tables(Step, "steps"),
            counts=self._tables(CountName, "counts"),
            attributes=self._tables(Attribute, "attributes"),
            outcomes=self._tables(OutcomeName, "outcomes"),
            branch_types=self._tables(BranchType, "branch_types"),
            kinds=self._tables(EntryKind, "kinds"),
            leaders=self._tables(Leader, "leaders"),
            surveys=self._tables(SurveyPlan, "surveys"),
            branches=self._tables(Branch, "branches"),
            complete=self._complete,
        )

    def _head(self) -> None:
        """Unknown and missing tables, and the format."""
        known = list(Plan.model_fields)
        for name in self._document.keys() - set(known):
            self._found((name,), "M05", field=shown(name), known=Listed(tuple(known)))
        for name in _REQUIRED:
            if name not in self._document or self._document[name] == []:
                self._found((name,), "M06", field=name)
        version = self._document.get("format", FORMAT)
        if version != FORMAT or isinstance(version, bool):
            why = tr.phrase(N_("use one of: {expected}"), expected=FORMAT)
            self._found(("format",), "M07", value=shown(version), why=why)

    def _table(self, model: type[T], name: str) -> Item[T] | None:
        item, findings = read_item(model, self._document.get(name, {}), (name,))
        self.findings += findings
        return item

    def _tables(self, model: type[T], name: str) -> Sequence[Item[T]]:
        raws = self._document.get(name, [])
        if not isinstance(raws, list):
            why = tr.phrase(N_("write each of them under the header [[{section}]]"), section=name)
            self._found((name,), "M07", value=shown(raws), why=why)
            self._complete = False
            return []
        items = []
        for index, raw in enumerate(raws):
            item, findings = read_item(model, raw, (name, index))
            self.findings += findings
            items += [item] if item else []
        self._complete &= len(items) == len(raws)
        return items

    def _found(self, path: Keys, code: str, **values: object) -> None:
        self.findings.append(Finding(path, code, values))


def _plan(draft: Draft) -> Plan:
    """The plan of a draft without mistakes."""
    lists = (
        "member_groups",
        "phases",
        "steps",
        "counts",
        "attributes",
        "outcomes",
        "branch_types",
        "kinds",
        "leaders",
        "surveys",
        "branches",
    )
    parts = {name: tuple(item.value for item in getattr(draft, name)) for name in lists}
    tables = {"campaign": draft.campaign, "calendar": draft.calendar}
    return Plan.model_validate({**parts, **{name: item.value for name, item in tables.items() if item}})
