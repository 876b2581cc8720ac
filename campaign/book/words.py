"""What the values that can be chosen in a workbook are called. All marked for translation."""

from collections.abc import Sequence

from campaign.language import N_

Choices = tuple[tuple[str, str], ...]


def _choices(*each: Sequence[str]) -> Choices:
    return tuple((value, word) for value, word in each)


OBLIGATIONS = _choices(
    ("none", N_("none")),
    ("inform", N_("inform")),
    ("ask", N_("ask")),
    ("watch", N_("let watch")),
    ("judge", N_("let judge")),
)
CONDITIONS = _choices(
    ("functioning", N_("works well")),
    ("weak", N_("weak")),
    ("paralysed", N_("paralysed")),
    ("shell", N_("a shell")),
    ("rebuilding", N_("being rebuilt")),
)
REMEDIES = _choices(
    ("rebuild", N_("rebuild it")),
    ("merge", N_("merge it with another")),
    ("reassign", N_("assign its people elsewhere")),
    ("improve", N_("put its work right")),
)
VENUES = _choices(("own", N_("of its own")), ("shared", N_("shared")), ("none", N_("none")))
FUNDING = _choices(("secured", N_("secured")), ("short", N_("short")), ("none", N_("none")))
ORIGINS = _choices(("required", N_("required")), ("own", N_("chosen by the campaign")))
MEASURES = _choices(
    ("milestone", N_("done or not")),
    ("count", N_("a number to reach")),
    ("coverage", N_("people reached")),
    ("rate", N_("a share")),
)
EVIDENCE = _choices(("none", N_("none")), ("note", N_("a note")), ("reference", N_("a file number")))
EFFECTS = _choices(
    ("none", N_("none")),
    ("gate", N_("approves or returns a phase")),
    ("phase_start", N_("begins a phase")),
    ("phase_end", N_("ends a phase")),
    ("result", N_("result of the final survey")),
    ("recheck", N_("recheck survey")),
    ("inspection", N_("inspection")),
    ("visit", N_("visit of a contact official")),
    ("help", N_("register of help")),
)
OFFICIALS = _choices(("none", N_("none")), ("optional", N_("may be named")), ("required", N_("must be named")))
CASES = _choices(
    ("none", N_("none")), ("optional", N_("may be named")), ("own", N_("is one, named by its file number"))
)
SURVEYS = _choices(("final", N_("final survey")), ("pulse", N_("pulse survey")), ("recheck", N_("recheck survey")))
STATES = _choices(
    ("draft", N_("being prepared")),
    ("active", N_("running")),
    ("closing", N_("being closed")),
    ("closed", N_("at its end")),
    ("archived", N_("archived")),
)
SAMPLING = _choices(
    ("everybody", N_("everybody")),
    ("random", N_("drawn by lot")),
    ("invited", N_("invited people")),
    ("open", N_("whoever comes")),
)
CALENDAR_DAYS = _choices(("holidays", N_("holiday")), ("extra_workdays", N_("extra working day")))
