"""What questions are about, in words: those of the questionnaire itself, or else the usual ones.

A form names its own in a list of choices that no question uses: ``dimension`` on the sheet of choices.
"""

from collections.abc import Mapping

from campaign.language import N_, Lang
from surveys.questionnaire import Questionnaire
from surveys.texts import tr

LIST = "dimension"
"""Name of the list."""
DIMENSIONS: Mapping[str, str] = {
    "inform": N_("being informed"),
    "ask": N_("being asked"),
    "watch": N_("being able to watch"),
    "answer": N_("answers to problems"),
    "people": N_("the staff"),
    "organisation": N_("the unit's organisation"),
    "service": N_("service to the public"),
    "work": N_("the work itself"),
    "targeted": N_("going to the point"),
    "effective": N_("effect"),
    "inventive": N_("new ways"),
    "no_formalism": N_("substance, not show"),
    "overall": N_("all in all"),
}
"""Marked for translation."""


def dimension_label(questionnaire: Questionnaire, dimension: str, lang: Lang) -> str:
    """What a question is about; a code that has no words stands for itself."""
    own = next((each.label.text(lang) for each in questionnaire.dimensions if each.code == dimension), "")
    known = DIMENSIONS.get(dimension)
    return own or (tr(lang, known) if known else dimension)
