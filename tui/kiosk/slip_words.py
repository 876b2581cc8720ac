"""What a slip says, in plain words: where the matter stands, what was answered, what happens next."""

from collections.abc import Mapping
from datetime import date

from campaign.case_labels import outcome_of_answer
from campaign.cases import Outcome
from campaign.errors import Problem
from campaign.language import N_, Lang
from tui.kiosk.ports import Rating, SlipAnswer, SlipStage
from tui.kiosk.texts import tr

STAGES: Mapping[SlipStage, str] = {
    SlipStage.NOT_OPENED: N_("It has arrived. It has not been opened yet: please come again later."),
    SlipStage.RECEIVED: N_("It has been received."),
    SlipStage.ACKNOWLEDGED: N_("It has been received and looked at."),
    SlipStage.IN_PROGRESS: N_("It is being dealt with."),
    SlipStage.ANSWERED: N_("It has been answered."),
    SlipStage.REOPENED: N_("You were not satisfied: it is being dealt with once more."),
    SlipStage.ESCALATED: N_("You were not satisfied again: a higher level deals with it now."),
    SlipStage.CLOSED: N_("It has been answered and rated, and is closed."),
    SlipStage.CLOSED_UNRATED: N_("It has been answered, and was closed because it was not rated in time."),
    SlipStage.CLOSED_UNSATISFIED: N_("The higher level has given the last answer. It is closed."),
    SlipStage.NOT_ACCEPTED: N_("It cannot be dealt with here, for the reason below."),
    SlipStage.MERGED: N_("It is dealt with together with the same matter of others."),
    SlipStage.WITHDRAWN: N_("It was withdrawn and is closed."),
}
"""Marked for translation."""
MARKS: Mapping[SlipStage, str] = {
    SlipStage.ANSWERED: "✔",
    SlipStage.CLOSED: "✔",
    SlipStage.CLOSED_UNRATED: "✔",
    SlipStage.CLOSED_UNSATISFIED: "✔",
    SlipStage.NOT_ACCEPTED: "■",
    SlipStage.WITHDRAWN: "■",
}
"""Before the state; all others are still on their way."""
ON_ITS_WAY = "▶"
RATING_NAMES: Mapping[Rating, str] = {
    Rating.SATISFIED: N_("Satisfied"),
    Rating.BASICALLY: N_("Mostly satisfied"),
    Rating.DISSATISFIED: N_("Dissatisfied"),
}
"""Marked for translation."""
FAULTS: Mapping[str, str] = {
    "V70": N_("This is not the whole number, or a digit is wrong. It has 12 digits: please compare it with the slip."),
    "V72": N_("This is not the code of a slip. Please scan or type the number on the slip."),
    "M145": N_("Nothing is kept under this number. Please compare it with the slip, or ask the staff."),
    "M53": N_("Something has changed meanwhile. Please read the answer again."),
    "V79": N_("This answer cannot be rated any more."),
}
"""What went wrong, marked for translation."""


def day_words(day: date, lang: Lang) -> str:
    """A day as people write it."""
    return f"{day.year}年{day.month}月{day.day}日" if lang is Lang.ZH else day.isoformat()


def state_words(answer: SlipAnswer, lang: Lang) -> list[str]:
    """Where the matter stands, and by when the next answer comes."""
    said = [f"{MARKS.get(answer.stage, ON_ITS_WAY)} {tr(lang, STAGES[answer.stage])}"]
    if answer.joined:
        said.append(tr(lang, STAGES[SlipStage.MERGED]))
    if answer.due is not None:
        day = day_words(answer.due, lang)
        late = tr(lang, "The answer was due by {day} and is late. Please ask the staff.", day=day)
        said.append(late if answer.late else tr(lang, "The answer is due by {day}.", day=day))
    return said


def title_of_text(answer: SlipAnswer, lang: Lang) -> str:
    """What stands above the text: the answer, an earlier one, or the reason."""
    if answer.answered_on is None:
        return ""
    day = day_words(answer.answered_on, lang)
    if answer.stage is SlipStage.NOT_ACCEPTED:
        return tr(lang, "Reason, {day}", day=day)
    if answer.due is not None:
        return tr(lang, "The answer before, {day}", day=day)
    return tr(lang, "Answer, {day}", day=day)


def outcome_words(answer: SlipAnswer, lang: Lang) -> str:
    """What the answer came to; empty if it says nothing of that."""
    if answer.outcome is Outcome.NONE:
        return ""
    said = tr(lang, "Result: {outcome}", outcome=outcome_of_answer(answer.outcome, lang))
    return tr(lang, "{said}, by {day}", said=said, day=day_words(answer.until, lang)) if answer.until else said


def rating_words(answer: SlipAnswer, lang: Lang) -> str:
    """Whether the answer can be rated, and until when."""
    if not answer.can_rate:
        return ""
    if answer.rate_by is None:
        return tr(lang, "You can still rate it.")
    return tr(lang, "You can rate it until {day}.", day=day_words(answer.rate_by, lang))


def next_words(answer: SlipAnswer, lang: Lang) -> str:
    """What a dissatisfied rating leads to."""
    if answer.again is None:
        return ""
    day = day_words(answer.again.due, lang)
    if answer.again.stage is SlipStage.REOPENED:
        return tr(lang, "If you are dissatisfied, it is dealt with once more, with a new answer by {day}.", day=day)
    return tr(lang, "If you are dissatisfied, a higher level deals with it, with a last answer by {day}.", day=day)


def fault_words(problem: Problem, lang: Lang) -> str:
    """What went wrong with a number or a rating; of a store that fails only the code."""
    if problem.code in FAULTS:
        return tr(lang, FAULTS[problem.code])
    return tr(lang, "This did not work just now ({code}). Please ask the staff.", code=problem.code)
