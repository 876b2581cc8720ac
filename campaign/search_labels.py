"""What was found, as screens and commands say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.labels import branch_label
from campaign.language import Lang
from campaign.plan import Plan
from campaign.searching import GROUP_NAMES, Found, Group, Hit, excerpt
from campaign.texts import tr


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A hit in words."""

    hit: Hit
    code: str
    """Code or number of the thing; of a log entry its day."""
    title: str
    part: str
    """What the part is called in which it was found."""
    text: str
    """That part, from shortly before what was typed."""

    @property
    def matched(self) -> str:
        """Where it was found, and what stands there; empty where code and title say it already."""
        return "" if self.text in {self.code, self.title} else f"{self.part}: {self.text}"


def group_label(group: Group, plan: Plan, lang: Lang) -> str:
    """What a group is called."""
    name = plan.campaign.words.branches.text(lang) if group is Group.BRANCH else tr(lang, GROUP_NAMES[group])
    return name[:1].upper() + name[1:]


def found_rows(found: Found, typed: str, plan: Plan, lang: Lang) -> Sequence[FoundRow]:
    """The hits of a group in words."""
    return [_row(hit, typed, plan, lang) for hit in found.hits]


def _row(hit: Hit, typed: str, plan: Plan, lang: Lang) -> FoundRow:
    thing = hit.thing
    title = thing.title.text(lang)
    if thing.branch and thing.group is not Group.BRANCH:
        title = f"{branch_label(plan, thing.branch, lang)} · {title}"
    code = thing.key
    if thing.group in {Group.ENTRY, Group.CALENDAR}:
        code = thing.on.isoformat() if thing.on else ""
    text = " ".join(excerpt(hit, typed, lang).split())
    return FoundRow(hit, code, title, tr(lang, hit.part.name), text)
