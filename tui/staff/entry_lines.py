"""A log entry in words."""

from collections.abc import Iterator

from campaign.labels import (
    attribute_label,
    branch_label,
    count_label,
    group_label,
    kind_label,
    outcome_label,
    phase_label,
)
from campaign.language import Lang
from campaign.log import LogEntry, Logged
from campaign.plan import Plan
from tui.staff.texts import tr
from tui.staff.wording import short_day
from tui.widgets.cells import fit, wrap
from tui.widgets.fields import LABEL
from tui.widgets.spans import Line, Span


def entry_lines(plan: Plan, logged: Logged, lang: Lang, width: int) -> list[Line]:
    """Everything that an entry says, with labels."""
    entry, words = logged.entry, plan.campaign.words
    rows = [
        (tr(lang, "Entry"), f"{logged.number}   {kind_label(plan, entry.kind, lang)}"),
        (words.branch.text(lang), f"{entry.branch}   {branch_label(plan, entry.branch, lang)}"),
        (words.phase.text(lang), phase_label(plan, entry.phase, lang)),
        (tr(lang, "Day"), entry.on.isoformat()),
        *said_rows(plan, entry, lang),
    ]
    lines: list[Line] = []
    for label, text in rows:
        for at, part in enumerate(wrap(text, max(10, width - LABEL - 1))):
            lines.append((Span(fit(label if at == 0 else "", LABEL + 1), "muted"), Span(part)))
    return lines


def said_rows(plan: Plan, entry: LogEntry, lang: Lang) -> Iterator[tuple[str, str]]:
    """Label and text of whatever an entry says beside its kind, branch, phase and day."""
    kind = plan.kind(entry.kind)
    if entry.outcome:
        label = tr(lang, "Outcome") if kind is None or kind.leader == "none" else tr(lang, "Purpose")
        yield label, outcome_label(plan, entry.outcome, lang)
    for name, number in entry.counts.items():
        yield count_label(plan, name, lang), str(number)
    for group, counts in entry.groups.items():
        said = " · ".join(f"{count_label(plan, name, lang)} {number}" for name, number in counts.items())
        yield group_label(plan, group, lang), said
    if entry.hours is not None:
        yield tr(lang, "Hours"), f"{entry.hours.normalize():f}"
    if entry.leader:
        yield tr(lang, "Official"), entry.leader
    for name, choice in entry.attributes.items():
        attribute = plan.attribute(name)
        yield attribute.name.text(lang) if attribute else name, attribute_label(plan, name, choice, lang)
    if entry.case:
        yield tr(lang, "Case"), entry.case
    for label, text in ((tr(lang, "File number"), entry.reference), (tr(lang, "Note"), entry.note)):
        if text:
            yield label, text


def evidence_line(plan: Plan, entry: LogEntry, lang: Lang) -> str:
    """An entry on one line, for what rests on it."""
    said = (short_day(entry.on), entry.branch, kind_label(plan, entry.kind, lang), entry.reference, entry.note)
    return " · ".join(each for each in said if each)
