"""The sheets of a plan's workbook and their columns. The fields are those of :mod:`campaign.plan`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.book import words
from campaign.book.cells import Column, Sort
from campaign.i18n import I18n
from campaign.language import N_
from campaign.texts import tr


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    id: str
    """Its section of the plan; what belongs to branches is named ``branches.contacts``, dotted."""
    title: str
    """Marked for translation."""
    about: str
    """What it is for, marked for translation."""
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    """The fields that tell its rows apart; without any, their order does."""

    def column(self, field: str) -> Column:
        """The column of this field."""
        return next(column for column in self.columns if column.field == field)


def _column(field: str, heading: str, sort: Sort = Sort.TEXT, note: str = "", **more: object) -> Column:
    return Column(field, tr.phrase(heading), sort, note, **more)  # type: ignore[arg-type]  # the fields of Column


def _named(field: str, zh: str, en: str, note: str = "") -> tuple[Column, Column]:
    """The two columns of a text in both languages."""
    return _column(f"{field}.zh", zh, note=note), _column(f"{field}.en", en, note=note)


_ID_NOTE = N_("Small letters, digits, - and _. Records name it: do not change it once the campaign runs.")
_CODE_NOTE = N_(
    "One capital letter, then capitals or digits. Records name it: do not change it once the campaign runs."
)
_LIST_NOTE = N_("Several with commas between them.")
_EITHER = N_("In one language or in both.")
_YES_NOTE = N_("yes or no")
_DAY_NOTE = N_("A day, as 2026-07-01.")

NAME = _named("name", N_("Name (Chinese)"), N_("Name (English)"), _EITHER)
_SHORT = _named("short_name", N_("Short name (Chinese)"), N_("Short name (English)"))
_ROLE = _named("role", N_("Role (Chinese)"), N_("Role (English)"), N_("A role, never a person's name."))
_ID = _column("id", N_("Id"), Sort.SLUG, _ID_NOTE)
_BRANCH = _column("/code", N_("Branch"), Sort.CODE, N_("Code of a branch on the sheet of branches."), refers="branches")
_BRANCH_NAME = _column("@branch", N_("Name, to be read only"), note=N_("Changes here are not looked at."), info=True)
_PHASE_NAME = _column(
    "@phase_name", N_("Phase, to be read only"), note=N_("Changes here are not looked at."), info=True
)
_PHASE = _column("@phase", N_("Phase"), Sort.SLUG, N_("Id of a phase, or its name."), refers="phases")
_START, _END = (
    _column("start", N_("First day"), Sort.DAY, _DAY_NOTE),
    _column("end", N_("Last day"), Sort.DAY, _DAY_NOTE),
)
_REASON = _column("reason", N_("Reason"), note=N_("At least 5 characters."))
_WEIGHT = _column("weight", N_("Weight"), Sort.NUMBER, N_("More than 0; 1 is usual."))
_OBLIGATION = _column("obligation", N_("Owed to the public"), Sort.CHOICE, choices=words.OBLIGATIONS)


_FIRST_ROW = N_("The first row of each counts.")


def _refs(field: str, heading: str, section: str) -> Column:
    return _column(field, heading, Sort.LIST, _LIST_NOTE, refers=section)


def _yes(field: str, heading: str) -> Column:
    return _column(field, heading, Sort.YES, _YES_NOTE)


GROUPS = Sheet(
    "member_groups",
    N_("Member groups"),
    N_("Groups of members; everybody is in exactly one."),
    (
        _ID,
        *NAME,
        _column("hour_target", N_("Hours wanted"), Sort.COUNT, N_("Of each member; empty if none are wanted.")),
        _column("methods", N_("How they are reached"), Sort.LIST, _LIST_NOTE),
        _yes("at_home", N_("Study at home counts")),
    ),
    ("id",),
)
PHASES = Sheet(
    "phases",
    N_("Phases"),
    N_("What every branch goes through, in this order."),
    (
        _ID,
        *NAME,
        *_SHORT,
        _WEIGHT,
        _yes("gate_required", N_("Needs approval")),
        _column("colour", N_("Colour"), note=N_("As #C8102E; empty for one of the program's.")),
    ),
    ("id",),
)
STEPS = Sheet(
    "steps",
    N_("Steps"),
    N_("What is done in each phase."),
    (
        _column("id", N_("Code"), Sort.CODE, _CODE_NOTE),
        _column("phase", N_("Phase"), Sort.SLUG, N_("Id of a phase, or its name."), refers="phases"),
        *NAME,
        _column("origin", N_("Origin"), Sort.CHOICE, choices=words.ORIGINS),
        _column("kind", N_("Measured by"), Sort.CHOICE, choices=words.MEASURES),
        _WEIGHT,
        _column("due", N_("Due"), Sort.DUE, N_("phase_end, phase_end-7, phase_start+3 or a day.")),
        _yes("after_phase", N_("After the phase")),
        _OBLIGATION,
        _column("evidence", N_("Evidence"), Sort.CHOICE, choices=words.EVIDENCE),
        _column("count", N_("Count"), Sort.SLUG, N_("Id of the count that is added up."), refers="counts"),
        _column(
            "of",
            N_("Out of"),
            Sort.SLUG,
            N_("For a share: id of the count it is a share of, or hours."),
            refers="counts",
        ),
        _column("unreachable", N_("Count of those out of reach"), Sort.SLUG, refers="counts"),
        _refs("groups", N_("Only for member groups"), "member_groups"),
        _column("target", N_("Number to reach"), Sort.COUNT, N_("Empty: one for each member.")),
        _refs("branch_types", N_("Only for types of branch"), "branch_types"),
        _column("branches", N_("Only for branches"), Sort.LIST, N_("Codes of branches; for steps of their own.")),
    ),
    ("id",),
)
BRANCH_TYPES = Sheet(
    "branch_types",
    N_("Types of branch"),
    N_("What the types of branches are called."),
    (_column("id", N_("Type"), note=N_("As it stands on the sheet of branches.")), *NAME),
    ("id",),
)
COUNTS = Sheet(
    "counts",
    N_("Counts"),
    N_("What is counted in the log."),
    (_ID, *NAME, _column("most", N_("Ask above"), Sort.COUNT, N_("A larger number is asked about."))),
    ("id",),
)
ATTRIBUTES = Sheet(
    "attributes",
    N_("Choices"),
    N_("What can be chosen in an entry of the log: one row for each choice."),
    (
        _column("/id", N_("Id"), Sort.SLUG, _ID_NOTE),
        *_named("/name", N_("Name (Chinese)"), N_("Name (English)"), _FIRST_ROW),
        _column("/goals", N_("The campaign's goals"), Sort.YES, _FIRST_ROW),
        _column("id", N_("Id of the choice"), Sort.SLUG, _ID_NOTE),
        *_named("name", N_("Choice (Chinese)"), N_("Choice (English)")),
        _yes("required", N_("Every branch is to choose it")),
    ),
    ("/id", "id"),
)
OUTCOMES = Sheet("outcomes", N_("Outcomes"), N_("What can come of an entry of the log."), (_ID, *NAME), ("id",))
KINDS = Sheet(
    "kinds",
    N_("Kinds of entry"),
    N_("What can be recorded in the log, and what it means."),
    (
        _ID,
        *NAME,
        _refs("counts", N_("Counts"), "counts"),
        _refs("group_counts", N_("Counts of each group"), "counts"),
        _yes("hours", N_("Takes hours")),
        _OBLIGATION,
        _refs("advances", N_("Advances steps"), "steps"),
        _column("effect", N_("Effect"), Sort.CHOICE, choices=words.EFFECTS),
        _refs("outcomes", N_("Outcomes"), "outcomes"),
        _refs("attributes", N_("Choices"), "attributes"),
        _column("leader", N_("Contact official"), Sort.CHOICE, choices=words.OFFICIALS),
        _column("case", N_("Case"), Sort.CHOICE, choices=words.CASES),
        _column("case_for", N_("Case named with"), Sort.LIST, N_("Ids of outcomes and choices; empty: with all.")),
        _yes("distinct", N_("Title of its own")),
    ),
    ("id",),
)
LEADERS = Sheet(
    "leaders",
    N_("Contact officials"),
    N_("Officials by code and role, never by name."),
    (_column("code", N_("Code"), Sort.CODE, _CODE_NOTE), *_ROLE),
    ("code",),
)
SURVEYS = Sheet(
    "surveys",
    N_("Surveys"),
    N_("Which questionnaire each survey uses."),
    (
        _column("kind", N_("Survey"), Sort.CHOICE, choices=words.SURVEYS),
        _column(
            "questionnaire", N_("Questionnaire"), note=N_("A shipped one, or the name of an XLSForm beside this file.")
        ),
        _column("sampling", N_("Who is asked"), Sort.CHOICE, choices=words.SAMPLING),
        _column("population", N_("Drawn from"), Sort.COUNT, N_("How many people the sample was drawn from.")),
    ),
    ("kind",),
)
BRANCHES = Sheet(
    "branches",
    N_("Branches"),
    N_("The branches that take part: one row each."),
    (
        _column("code", N_("Code"), Sort.CODE, _CODE_NOTE),
        *NAME,
        *_SHORT,
        _column("type", N_("Type"), refers="branch_types"),
        _yes("active", N_("Takes part")),
        _column("condition", N_("Condition"), Sort.CHOICE, choices=words.CONDITIONS),
        _column("condition_plan.kind", N_("What is done about it"), Sort.CHOICE, choices=words.REMEDIES),
        _column("condition_plan.due_date", N_("By"), Sort.DAY, _DAY_NOTE),
        _column("venue", N_("Venue"), Sort.CHOICE, choices=words.VENUES),
        _column("funding", N_("Funding"), Sort.CHOICE, choices=words.FUNDING),
        _column("support_request", N_("Support asked for")),
        _yes("demonstration", N_("Demonstration")),
        _column("leading_group.on", N_("Leading group since"), Sort.DAY, _DAY_NOTE),
        _yes("leading_group.headed_by_first_responsible", N_("Headed by the first responsible")),
        _column("short_study_reason", N_("Why fewer study days")),
        _column("unmet_reason", N_("Why something owed was not met")),
    ),
    ("code",),
)
RESPONSIBLE = Sheet(
    "branches.first_responsible",
    N_("First responsible"),
    N_("Who is responsible first, by role, and from when to when."),
    (
        _BRANCH,
        _BRANCH_NAME,
        *_ROLE,
        _column("valid_from", N_("Valid from"), Sort.DAY, N_("Empty: from the beginning.")),
        _column("valid_to", N_("Valid to"), Sort.DAY, N_("Empty: to the end.")),
    ),
    ("/code",),
)
CONTACTS = Sheet(
    "branches.contacts",
    N_("Contacts"),
    N_("Which official is in contact with which branch."),
    (
        _BRANCH,
        _BRANCH_NAME,
        _column("leader", N_("Official"), Sort.CODE, N_("Code of an official."), refers="leaders"),
        _yes("lead", N_("Leads")),
    ),
    ("/code", "leader"),
)
PAUSES = Sheet(
    "branches.pauses",
    N_("Pauses"),
    N_("Days on which a phase does not run."),
    (_BRANCH, _BRANCH_NAME, _PHASE, _PHASE_NAME, _START, _END, _REASON),
    ("/code", "@phase", "start"),
)
CHANGES = Sheet(
    "branches.changes",
    N_("Moved days"),
    N_("Days that were planned before. Kept by the program; this sheet is only to be read."),
    (
        _BRANCH,
        _BRANCH_NAME,
        _PHASE,
        _PHASE_NAME,
        _column("on", N_("Moved on"), Sort.DAY),
        _column("start", N_("First day before"), Sort.DAY),
        _column("end", N_("Last day before"), Sort.DAY),
        _column("reason", N_("Reason")),
    ),
    ("/code", "@phase"),
)
BUSY = Sheet(
    "branches.busy",
    N_("Busy days"),
    N_("Days on which a branch has other work."),
    (_BRANCH, _BRANCH_NAME, _START, _END, *_named("label", N_("Why (Chinese)"), N_("Why (English)"), _EITHER)),
    ("/code", "start"),
)
TARGETS = Sheet(
    "branches.targets",
    N_("Targets and waivers"),
    N_("Where a branch is asked for something else than the step says, or for nothing."),
    (
        _BRANCH,
        _BRANCH_NAME,
        _column("step", N_("Step"), Sort.CODE, N_("Code of a step."), refers="steps"),
        _column("@step_name", N_("Step, to be read only"), note=N_("Changes here are not looked at."), info=True),
        _column("target", N_("Number to reach"), Sort.COUNT),
        _yes("waived", N_("Waived")),
        _column("reason", N_("Reason"), note=N_("At least 5 characters where it is waived.")),
        _column("substitute", N_("Done instead")),
        _refs("groups", N_("Waived only for"), "member_groups"),
    ),
    ("/code", "step"),
)
CALENDAR = Sheet(
    "calendar",
    N_("Calendar"),
    N_("Holidays, and weekends that are worked; from the official notice of the year."),
    (
        _column("day", N_("Day"), Sort.DAY, _DAY_NOTE),
        _column("what", N_("What"), Sort.CHOICE, choices=words.CALENDAR_DAYS),
    ),
    ("day", "what"),
)

CATEGORIES = Sheet(
    "campaign.opinions.categories",
    N_("Opinion categories"),
    N_("What opinions are sorted into."),
    (_ID, *NAME),
    ("id",),
)
CHANNELS = Sheet(
    "campaign.opinions.channels",
    N_("Opinion channels"),
    N_("How opinions come in beside the surveys."),
    (_ID, *NAME),
    ("id",),
)
OF_CAMPAIGN = (CATEGORIES, CHANNELS)
"""Sheets with the lists of the campaign's settings."""
DEFINITIONS = (GROUPS, PHASES, BRANCH_TYPES, COUNTS, OUTCOMES, LEADERS, STEPS, KINDS, SURVEYS)
"""Sheets with one row an item, beside the branches."""
OF_BRANCHES = (RESPONSIBLE, CONTACTS, BUSY, TARGETS)
"""Sheets with the lists of each branch."""
OF_PHASES = (PAUSES, CHANGES)
"""Sheets with the lists of each branch's phases."""


def members_sheet(groups: Sequence[tuple[str, I18n]]) -> Sheet:
    """A column for each member group; ``groups`` by id and name."""
    counted = tuple(
        Column(f"members.{group}", tr.phrase(N_("{name} ({id})"), name=name, id=group), Sort.COUNT)
        for group, name in groups
    )
    total = _column("total", N_("Total"), Sort.COUNT, N_("The members of all groups together."))
    about = N_("How many members each branch has, by group.")
    return Sheet("branches.members", N_("Members"), about, (_BRANCH, _BRANCH_NAME, *counted, total), ("/code",))


def schedule_sheet(phases: Sequence[tuple[str, I18n]]) -> Sheet:
    """Two columns for each phase; ``phases`` by id and name."""
    days = tuple(
        Column(f"schedule.{phase}.{end}", tr.phrase(heading, name=name, id=phase), Sort.DAY, _DAY_NOTE)
        for phase, name in phases
        for end, heading in (("start", N_("{name} from ({id})")), ("end", N_("{name} to ({id})")))
    )
    about = N_("The first and the last day of each phase of each branch.")
    return Sheet("branches.schedule", N_("Schedule"), about, (_BRANCH, _BRANCH_NAME, *days), ("/code",))


SheetsById = Mapping[str, Sheet]


def sheets_of(groups: Sequence[tuple[str, I18n]], phases: Sequence[tuple[str, I18n]]) -> tuple[Sheet, ...]:
    """Every sheet beside the settings, in the order in which staff need them."""
    return (
        BRANCHES,
        members_sheet(groups),
        schedule_sheet(phases),
        PAUSES,
        BUSY,
        RESPONSIBLE,
        LEADERS,
        CONTACTS,
        TARGETS,
        CALENDAR,
        BRANCH_TYPES,
        GROUPS,
        PHASES,
        STEPS,
        KINDS,
        COUNTS,
        ATTRIBUTES,
        OUTCOMES,
        SURVEYS,
        CATEGORIES,
        CHANNELS,
        CHANGES,
    )
