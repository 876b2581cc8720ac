"""What the things of the register are called."""

from campaign.labels import inside
from campaign.language import N_, Lang
from campaign.plan import Plan
from surveys.register.model import DISCARD_REASONS, STATE_NAMES, SURVEY, OpinionState
from surveys.texts import tr

_UNSORTED, _SURVEY, _PUBLIC = N_("not sorted"), N_("survey"), N_("the public")

_SHORT_REASONS = {
    "spam": N_("advertising"),
    "insult": N_("insult"),
    "off_topic": N_("off topic"),
    "twice": N_("twice"),
    "empty": N_("empty"),
}


def category_label(plan: Plan, category: str, lang: Lang) -> str:
    """A category; an id that is no longer in the plan stands for itself."""
    known = plan.campaign.opinions.category(category)
    return known.name.text(lang) if known else category or tr(lang, _UNSORTED)


def channel_label(plan: Plan, channel: str, lang: Lang) -> str:
    """How an opinion came in."""
    if channel == SURVEY:
        return tr(lang, _SURVEY)
    known = next((each for each in plan.campaign.opinions.channels if each.id == channel), None)
    return known.name.text(lang) if known else channel


def source_label(plan: Plan, source: str, lang: Lang) -> str:
    """From whom it came: the campaign's own word for its members."""
    return tr(lang, _PUBLIC) if source == "public" else inside(plan.campaign.words.member, lang)


def opinion_state_label(state: OpinionState, lang: Lang) -> str:
    """How far it has come."""
    return tr(lang, STATE_NAMES[state])


def discard_label(reason: str, lang: Lang, *, short: bool = False) -> str:
    """Why it was put aside, in a narrow column for short."""
    names = _SHORT_REASONS if short else DISCARD_REASONS
    return tr(lang, names[reason]) if reason in names else reason
