"""What the plan calls its things, as screens and commands show it; an id that is no longer in it stands for itself."""

from collections.abc import Mapping

from campaign.i18n import I18n
from campaign.language import N_, Lang, Phrase
from campaign.log import LogEntry
from campaign.plan import Condition, Obligation, Plan, Words
from campaign.texts import tr

_SURVEYS = {"final": N_("final survey"), "pulse": N_("pulse survey"), "recheck": N_("recheck survey")}

_CONDITIONS = {
    Condition.FUNCTIONING: N_("works well"),
    Condition.WEAK: N_("weak"),
    Condition.PARALYSED: N_("paralysed"),
    Condition.SHELL: N_("only a shell"),
    Condition.REBUILDING: N_("being rebuilt"),
}

OBLIGATION_NAMES = {
    Obligation.INFORM: N_("inform"),
    Obligation.ASK: N_("ask"),
    Obligation.WATCH: N_("let watch"),
    Obligation.JUDGE: N_("let judge"),
}
"""Marked for translation."""


def branch_label(plan: Plan, code: str, lang: Lang) -> str:
    """The branch's short name."""
    branch = plan.branch(code)
    return branch.label.text(lang) if branch else code


def branch_phrase(plan: Plan, code: str) -> I18n | str:
    """The same as a value in a message."""
    branch = plan.branch(code)
    return branch.label if branch else code


def phase_label(plan: Plan, phase_id: str, lang: Lang) -> str:
    """The phase's short name."""
    phase = plan.phase(phase_id)
    return phase.label.text(lang) if phase else phase_id


def kind_label(plan: Plan, kind_id: str, lang: Lang) -> str:
    """What a kind of log entry is called."""
    kind = plan.kind(kind_id)
    return kind.name.text(lang) if kind else kind_id


def group_label(plan: Plan, group_id: str, lang: Lang) -> str:
    """What a member group is called."""
    return next((group.name.text(lang) for group in plan.member_groups if group.id == group_id), group_id)


def count_label(plan: Plan, name: str, lang: Lang) -> str:
    """What a count is called."""
    return next((count.name.text(lang) for count in plan.counts if count.id == name), name)


def outcome_label(plan: Plan, outcome: str, lang: Lang) -> str:
    """What an outcome is called."""
    return next((each.name.text(lang) for each in plan.outcomes if each.id == outcome), outcome)


def type_label(plan: Plan, branch_type: str, lang: Lang) -> str:
    """What a type of branch is called."""
    return next((each.name.text(lang) for each in plan.branch_types if each.id == branch_type), branch_type)


def condition_label(condition: Condition, lang: Lang) -> str:
    """How a branch works as an organisation."""
    return tr(lang, _CONDITIONS[condition])


def step_label(plan: Plan, code: str, lang: Lang) -> str:
    """What a step is called."""
    return next((step.name.text(lang) for step in plan.steps if step.id == code), code)


def attribute_label(plan: Plan, attribute_id: str, choice_id: str, lang: Lang) -> str:
    """What was chosen of an attribute is called."""
    attribute = plan.attribute(attribute_id)
    choices = attribute.choices if attribute else ()
    return next((each.name.text(lang) for each in choices if each.id == choice_id), choice_id)


def survey_label(kind: str, lang: Lang) -> str:
    """What a kind of survey is called; ``kind`` as in :class:`~campaign.plan.SurveyPlan`."""
    return tr(lang, _SURVEYS[kind])


def survey_phrase(kind: str) -> Phrase:
    """The same as a value in a message."""
    return tr.phrase(_SURVEYS[kind])


def count_texts(plan: Plan, counts: Mapping[str, int], lang: Lang) -> list[str]:
    """Counts by name, each as ``Attended 12``."""
    return [f"{count_label(plan, name, lang)} {number}" for name, number in counts.items()]


def totals(entry: LogEntry) -> dict[str, int]:
    """The entry's counts by name, those of all member groups added up."""
    sums = dict(entry.counts)
    for counts in entry.groups.values():
        for name, number in counts.items():
            sums[name] = sums.get(name, 0) + number
    return sums


def branch_word(words: Words, number: int, lang: Lang) -> str:
    """What so many branches are called inside a sentence."""
    return inside(words.branch if number == 1 else words.branches, lang)


def inside(word: I18n, lang: Lang) -> str:
    """A word of the plan in the middle of a sentence: ``Branches`` becomes ``branches``, ``CPC cell`` stays."""
    text = word.text(lang)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
