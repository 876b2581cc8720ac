"""The settings of a campaign: its days, deadlines and limits, its words, its calendar.

The field names are those of the campaign file (``docs/campaign-file.md``); :mod:`campaign.plan` has all of them too.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from campaign.i18n import I18n
from campaign.record import Count, Record, Slug


class StudyDays(Record):
    """Days of study a branch's phases should add up to."""

    min: Count = 75
    target: Count = 90
    max: Count = 105


class DueSoonDays(Record):
    """From how many days before the due day a thing is called due soon."""

    phase: Annotated[int, Field(ge=0, le=30)] = 7
    step: Annotated[int, Field(ge=0, le=30)] = 3
    correction: Annotated[int, Field(ge=0, le=30)] = 3
    """Of a correction or a request for support."""
    answer: Annotated[int, Field(ge=0, le=30)] = 3
    """Of an answer to a person: working days."""
    visit: Annotated[int, Field(ge=0, le=30)] = 3
    """Of the next inspection."""


Workdays = Annotated[int, Field(ge=1, le=60)]
"""A time limit in working days."""


class AnswerDays(Record):
    """Time limits of answers to people, in working days."""

    acknowledge: Workdays = 2
    """From receipt to telling the person that it has arrived."""
    answer: Workdays = 15
    """From receipt to the answer."""
    extension: Workdays = 10
    """How much later than the due day the one extension may reach, for cases of every kind."""
    again: Workdays = 10
    """From a dissatisfied rating to the next answer."""
    rating: Workdays = 10
    """From the answer to the last day on which it can be rated."""


class Words(Record):
    """The campaign's own words for what the program calls branch, member and phase."""

    branch: I18n = I18n(zh="单位", en="Branch")
    branches: I18n = I18n(zh="单位", en="Branches")
    member: I18n = I18n(zh="成员", en="Member")
    phase: I18n = I18n(zh="阶段", en="Phase")


class Choice(Record):
    """One of the values of an attribute, a category of opinions, or a way by which they come."""

    id: Slug
    name: I18n


class OpinionSettings(Record):
    """What is done with what people write and say."""

    categories: Annotated[tuple[Choice, ...], Field(min_length=1)] = (
        Choice(id="service", name=I18n(zh="服务态度和效率", en="Service and manner")),
        Choice(id="conditions", name=I18n(zh="条件和设施", en="Conditions and facilities")),
        Choice(id="openness", name=I18n(zh="公开和沟通", en="Openness and contact")),
        Choice(id="help", name=I18n(zh="困难帮扶", en="Help for those in need")),
        Choice(id="other", name=I18n(zh="其他", en="Other")),
    )
    """What opinions are sorted into."""
    channels: Annotated[tuple[Choice, ...], Field(min_length=1)] = (
        Choice(id="box", name=I18n(zh="意见箱", en="box")),
        Choice(id="meeting", name=I18n(zh="座谈", en="meeting")),
        Choice(id="phone", name=I18n(zh="电话", en="phone")),
        Choice(id="visit", name=I18n(zh="走访", en="visit")),
        Choice(id="talk", name=I18n(zh="谈心", en="talk")),
        Choice(id="other", name=I18n(zh="其他", en="other")),
    )
    """How opinions come in beside the surveys."""
    erase_after_days: Annotated[int, Field(ge=1, le=3650)] = 180
    """From so many days after it came in, the text of an opinion is erased."""

    def category(self, category_id: str) -> Choice | None:
        """The category with this id."""
        return next((each for each in self.categories if each.id == category_id), None)


class SurveyPlan(Record):
    """Which questionnaire a kind of session uses."""

    kind: Literal["final", "pulse", "recheck"]
    questionnaire: str
    """A shipped questionnaire's name, or the path of an XLSForm beside the campaign file."""
    sampling: Literal["everybody", "random", "invited", "open"] = "invited"
    """How those who are asked are chosen. Only a random sample has an interval."""
    population: Annotated[int, Field(ge=1)] | None = None
    """How many the sample was drawn from, if that is known."""


class Calendar(Record):
    """Working days beside Monday to Friday."""

    holidays: frozenset[date] = frozenset()
    extra_workdays: frozenset[date] = frozenset()


class CampaignState(StrEnum):
    """The state of a campaign as a whole."""

    DRAFT = "draft"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Campaign(Record):
    """The campaign as a whole and its settings."""

    id: Slug
    state: CampaignState = CampaignState.ACTIVE
    """A plan that could be loaded has passed the checks and runs; ``draft`` says that it is still being prepared."""
    title: I18n
    theme: I18n = I18n()
    organiser: I18n
    batch_label: Annotated[str, Field(max_length=20)] = ""
    timezone: str = "Asia/Shanghai"
    start_date: date
    end_date: date
    expected_branches: Count
    expected_members: Count
    totals_acknowledged: bool = False
    """Whether the organiser accepts that the recorded totals differ from the expected ones."""
    study_days: StudyDays = StudyDays()
    due_soon_days: DueSoonDays = DueSoonDays()
    answer_days: AnswerDays = AnswerDays()
    max_reopens: Annotated[int, Field(ge=0, le=5)] = 2
    """How often an answer is given anew before a dissatisfied rating goes to the contact official."""
    inspection_interval_days: Annotated[int, Field(ge=1, le=92)] = 14
    behind_tolerance: Annotated[Decimal, Field(ge=0, le=Decimal("0.5"))] = Decimal("0.15")
    pause_max_days: Annotated[int, Field(ge=0, le=184)] = 30
    remedial_threshold_pct: Annotated[Decimal, Field(ge=0, le=100)] | None = Decimal(60)
    publish_min_forms: Annotated[int, Field(ge=3)] = 5
    """k: figures of fewer valid forms are hidden."""
    comment_min_forms: Annotated[int, Field(ge=3)] = 10
    """How many were written, and what, is shown from so many valid forms on."""
    notice_min_workdays: Annotated[int, Field(ge=1, le=30)] = 5
    """For so many working days a posted result stays at least."""
    notice_place: I18n = I18n()
    """Where results are posted: a place that stays the same and is easy to reach."""
    valid_min_answered_pct: Annotated[int, Field(ge=1, le=100)] = 50
    opinions: OpinionSettings = OpinionSettings()
    words: Words = Words()
