"""What is known of a case and what was said at each of its events, in words, as screens and commands show it."""

from collections.abc import Iterator

from campaign.case_labels import feasibility_label, outcome_of_answer
from campaign.case_states import kind_of
from campaign.case_tables import Wants
from campaign.case_words import WANT_NAMES, origin_label
from campaign.cases import EXTEND, Case, CaseEvent, Feasibility, Outcome
from campaign.language import N_, Lang
from campaign.log import AuditEntry
from campaign.texts import tr


def case_facts(case: Case, lang: Lang) -> Iterator[tuple[str, str]]:
    """What is known of a case for the organiser's eyes, each with what it is called; what is not known is left out."""
    said = (
        (tr(lang, "What it is about"), case.matter),
        (tr(lang, "For the public"), case.public_matter if case.public_matter != case.matter else ""),
        (tr(lang, "Came in"), str(case.received_on)),
        (tr(lang, "To be acknowledged by"), str(case.acknowledge_by or "")),
        (tr(lang, "Due"), str(case.due or "")),
        (tr(lang, "Owner"), case.owner),
        (tr(lang, "Suggested correction"), case.suggestion),
        (tr(lang, "Public measure"), _public_measure(case, lang)),
        (tr(lang, "Whether it can be put right"), case.feasibility and feasibility_label(case.feasibility, lang)),
        (tr(lang, "From"), origin_label(case.origin, lang)),
        (tr(lang, "Sort"), case.category),
        (tr(lang, "Opinions merged into it"), str(case.opinions or "")),
        (tr(lang, "On the published list"), tr(lang, "yes") if case.public else ""),
    )
    return ((label, value) for label, value in said if value)


def _public_measure(case: Case, lang: Lang) -> str:
    """What the public reads of the suggestion."""
    if not case.suggestion or not case.public_suggestion:
        return case.public_suggestion or (tr(lang, "none cleared yet") if case.suggestion else "")
    return tr(lang, "the same") if case.public_suggestion == case.suggestion else case.public_suggestion


def event_said(event: CaseEvent, lang: Lang) -> str:
    """Everything that was said with an event: outcome, text, days, the case that it was merged into."""
    said = [event.text]
    if event.outcome is not Outcome.NONE:
        said.insert(0, outcome_of_answer(event.outcome, lang))
    if event.until is not None:
        said.append(tr(lang, "to be done by {d}", d=event.until))
    if event.due is not None:
        said.append(tr(lang, "due {d}", d=event.due))
    if event.rate_by is not None:
        said.append(tr(lang, "to be rated by {d}", d=event.rate_by))
    if event.into:
        said.append(tr(lang, "merged into {no}", no=event.into))
    return " · ".join(part for part in said if part)


def wanted_words(case: Case, move: str, lang: Lang) -> list[str]:
    """What ``move`` must be told, ``extend`` too."""
    if move == EXTEND:
        return [tr(lang, WANT_NAMES[Wants.DUE]), tr(lang, "a reason")]
    rows = kind_of(case).moves_called(move)
    wants = {want for row in rows for want in row.wants}
    named = {**WANT_NAMES, Wants.TEXT: next((row.text for row in rows if row.text), WANT_NAMES[Wants.TEXT])}
    return [tr(lang, name) for want, name in named.items() if want in wants]


def amended_words(audit: AuditEntry, lang: Lang) -> tuple[str, str, str]:
    """What was corrected about a case is called, what was there before and what is there now; a dash for nothing."""
    old, new = (_value(audit.field, value, lang) or "–" for value in (audit.old, audit.new))
    return tr(lang, _FIELDS[audit.field]) if audit.field in _FIELDS else audit.field, old, new


_FIELDS = {
    "owner": N_("Owner"),
    "feasibility": N_("Whether it can be put right"),
    "category": N_("Sort"),
    "suggestion": N_("Suggested correction"),
    "public_matter": N_("For the public"),
    "public_suggestion": N_("Public measure"),
    "public": N_("On the published list"),
    "opinions": N_("Opinions merged into it"),
}


def _value(field: str, value: str, lang: Lang) -> str:
    if field == "feasibility" and value in set(Feasibility):
        return feasibility_label(Feasibility(value), lang)
    if field == "public":
        return tr(lang, "yes") if value == str(True) else tr(lang, "no")
    return value
