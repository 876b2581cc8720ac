"""What the values of a branch's plan are called: its condition, its means, what is done about it, what was changed."""

from campaign.labels import phase_label, step_label
from campaign.language import N_, Lang
from campaign.log import AuditEntry
from campaign.plan import Condition, Plan
from campaign.texts import tr

NONE = "–"
_YEAR = len("2026-")

CONDITION_NAMES = {
    Condition.FUNCTIONING: N_("works well"),
    Condition.WEAK: N_("weak"),
    Condition.PARALYSED: N_("paralysed"),
    Condition.SHELL: N_("a shell"),
    Condition.REBUILDING: N_("being rebuilt"),
}
REMEDY_NAMES = {
    "rebuild": N_("rebuild it"),
    "merge": N_("merge it with another"),
    "reassign": N_("assign its people elsewhere"),
    "improve": N_("put its work right"),
}
VENUE_NAMES = {"own": N_("of its own"), "shared": N_("shared"), "none": N_("none")}
FUNDING_NAMES = {"secured": N_("secured"), "short": N_("short"), "none": N_("none")}
"""All marked for translation."""

_STEM = {
    "busy": N_("other work"),
    "condition": N_("condition"),
    "condition_plan": N_("what is done about it"),
    "first_responsible": N_("first responsible"),
    "venue": N_("venue"),
    "funding": N_("funding"),
    "short_study_reason": N_("why so few days of study"),
}


def change_words(plan: Plan, change: AuditEntry, lang: Lang) -> str:
    """A change of a branch's plan in words: what, from what, to what; ids and ISO days where there are no words."""
    what, old, new = field_words(plan, change.field, lang), change.old, change.new
    match change.field.split("."):
        case ["schedule", _] | ["schedule", _, "pauses"]:
            old, new = _days(old), _days(new)
        case ["targets", _, "waived"]:
            return what
        case [stem] if stem in _STEM:
            old, new = _value(stem, old, lang), _value(stem, new, lang)
    return f"{what}  {old or NONE} → {new or NONE}"


def field_words(plan: Plan, field: str, lang: Lang) -> str:
    """What a field of a branch's plan is called in the audit; the field itself where there are no words."""
    match field.split("."):
        case ["schedule", phase]:
            return phase_label(plan, phase, lang)
        case ["schedule", phase, "pauses"]:
            return tr(lang, "pause of {phase}", phase=phase_label(plan, phase, lang))
        case ["targets", step, "waived"]:
            return tr(lang, "{step} {name}: waived", step=step, name=step_label(plan, step, lang))
        case ["steps", step]:
            return tr(lang, "own step {step}", step=step)
        case [stem] if stem in _STEM:
            return tr(lang, _STEM[stem])
    return field


def _days(span: str) -> str:
    """``2026-11-02/2026-11-29`` as ``11-02–11-29``; with the years where they differ."""
    start, _, end = span.partition("/")
    same = not end or start[:4] == end[:4]
    return f"{start[_YEAR:]}–{end[_YEAR:]}" if span and same else span.replace("/", "–")


def _value(stem: str, value: str, lang: Lang) -> str:
    if stem == "busy":
        return _days(value)
    if stem == "condition_plan" and value:
        kind, day = value.split(" ")
        return f"{tr(lang, REMEDY_NAMES[kind])} {day}"
    names: dict[str, dict[str, str]] = {
        "condition": {each.value: name for each, name in CONDITION_NAMES.items()},
        "venue": VENUE_NAMES,
        "funding": FUNDING_NAMES,
    }
    known = names.get(stem, {})
    return tr(lang, known[value]) if value in known else value
