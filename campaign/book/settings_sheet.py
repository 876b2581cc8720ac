"""The sheet of the campaign's settings: one row a setting, not one row a thing."""

from dataclasses import dataclass

from campaign.book import words
from campaign.book.cells import Column, Sort
from campaign.language import N_
from campaign.texts import tr

SETTINGS = N_("Settings")
"""Title of the sheet."""
ABOUT = N_("The campaign as a whole: its title, its days, its limits, its words.")
STAMP = "stamp"
"""The row that tells from which plan the workbook was written."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row."""

    field: str
    """The field of the campaign, dotted."""
    label: str
    """Marked for translation."""
    sort: Sort = Sort.TEXT
    both: bool = False
    """Whether it has a text in each language."""
    note: str = ""
    """Marked for translation."""
    choices: words.Choices = ()
    """Ids and their words, marked for translation."""

    @property
    def column(self) -> Column:
        """How the value's cell is read and written."""
        return Column(self.field, tr.phrase(self.label), self.sort, self.note, self.choices)


SETTING_ROWS = (
    Setting("id", N_("Id of the campaign"), Sort.SLUG, note=N_("Cannot be changed once the campaign runs.")),
    Setting(
        "state",
        N_("State of the campaign"),
        Sort.CHOICE,
        note=N_("Changed by the commands of the campaign alone."),
        choices=words.STATES,
    ),
    Setting("title", N_("Title"), both=True),
    Setting("theme", N_("Theme"), both=True),
    Setting("organiser", N_("Organiser"), both=True),
    Setting("batch_label", N_("Batch")),
    Setting("timezone", N_("Time zone"), note=N_("As Asia/Shanghai.")),
    Setting("start_date", N_("First day"), Sort.DAY),
    Setting("end_date", N_("Last day"), Sort.DAY),
    Setting("expected_branches", N_("Branches expected"), Sort.COUNT),
    Setting("expected_members", N_("Members expected"), Sort.COUNT),
    Setting(
        "totals_acknowledged",
        N_("Other totals accepted"),
        Sort.YES,
        note=N_("yes: it is right that the lists differ from the two numbers above."),
    ),
    Setting("study_days.min", N_("Study days, at least"), Sort.COUNT),
    Setting("study_days.target", N_("Study days wanted"), Sort.COUNT),
    Setting("study_days.max", N_("Study days, at most"), Sort.COUNT),
    Setting("due_soon_days.phase", N_("Due soon: phase"), Sort.COUNT, note=N_("Days before.")),
    Setting("due_soon_days.step", N_("Due soon: step"), Sort.COUNT, note=N_("Days before.")),
    Setting("due_soon_days.correction", N_("Due soon: correction"), Sort.COUNT, note=N_("Days before.")),
    Setting("due_soon_days.answer", N_("Due soon: answer"), Sort.COUNT, note=N_("Working days before.")),
    Setting("due_soon_days.visit", N_("Due soon: inspection"), Sort.COUNT, note=N_("Days before.")),
    Setting("answer_days.acknowledge", N_("Answers: acknowledged within"), Sort.COUNT, note=N_("Working days.")),
    Setting("answer_days.answer", N_("Answers: answered within"), Sort.COUNT, note=N_("Working days.")),
    Setting("answer_days.extension", N_("Answers: longest extension"), Sort.COUNT, note=N_("Working days.")),
    Setting("answer_days.again", N_("Answers: again within"), Sort.COUNT, note=N_("Working days.")),
    Setting("answer_days.rating", N_("Answers: rated within"), Sort.COUNT, note=N_("Working days.")),
    Setting("max_reopens", N_("Answers: how often anew"), Sort.COUNT),
    Setting("inspection_interval_days", N_("Days between inspections"), Sort.COUNT),
    Setting("behind_tolerance", N_("Share of delay that is tolerated"), Sort.NUMBER, note=N_("From 0 to 0.5.")),
    Setting("pause_max_days", N_("Days of pause, at most"), Sort.COUNT),
    Setting(
        "remedial_threshold_pct",
        N_("Catch up below per cent satisfied"),
        Sort.NUMBER,
        note=N_("From 0 to 100; empty: never."),
    ),
    Setting("publish_min_forms", N_("Fewest forms that are published"), Sort.COUNT),
    Setting("valid_min_answered_pct", N_("Form valid from per cent answered"), Sort.COUNT),
    Setting("comment_min_forms", N_("Fewest forms to show opinions"), Sort.COUNT),
    Setting("notice_min_workdays", N_("Results stay posted at least"), Sort.COUNT, note=N_("Working days.")),
    Setting("notice_place", N_("Place of notices"), both=True),
    Setting("opinions.erase_after_days", N_("Texts of opinions are erased after"), Sort.COUNT, note=N_("Days.")),
    Setting("words.branch", N_("Word for branch"), both=True),
    Setting("words.branches", N_("Word for branches"), both=True),
    Setting("words.member", N_("Word for member"), both=True),
    Setting("words.phase", N_("Word for phase"), both=True),
)
LABEL, VALUE, ENGLISH, NOTE, FIELD = (
    Column("label", tr.phrase(N_("Setting"))),
    Column("value", tr.phrase(N_("Value"))),
    Column("english", tr.phrase(N_("In English"))),
    Column("note", tr.phrase(N_("Note"))),
    Column("field", tr.phrase(N_("Field"))),
)
COLUMNS = (LABEL, VALUE, ENGLISH, NOTE, FIELD)
STAMP_LABEL = N_("Mark of this export")
STAMP_NOTE = N_("Leave it as it is: it tells whether the plan was changed since.")
