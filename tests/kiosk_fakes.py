"""A booth without a store, and a questionnaire with every kind of question, for the tests of the kiosk."""

from dataclasses import dataclass, field

from textual.keys import _character_to_key

from campaign.errors import BadInput, ManyiError, Problem
from campaign.i18n import I18n
from campaign.language import Lang
from surveys.booth import Attempt
from surveys.paper.slip_shown import SlipShown
from surveys.questionnaire import Choice, CountsAs, Question, Questionnaire, QuestionType
from surveys.response import Answer
from surveys.run import SurveyRun
from surveys.slip_answer import Rating, SlipAnswer
from tui.kiosk.flow import Flow
from tui.kiosk.keys import typed
from tui.kiosk.ports import Slips
from tui.kiosk.tasks import Effect, carry_out

CAMPAIGN = I18n(zh="城关镇作风建设活动", en="Chengguan Town service campaign")
BRANCH = I18n(zh="政务服务中心支部", en="Service Centre branch")
SCALE = (
    Choice(code="A", label=I18n(zh="满意", en="Satisfied"), counts_as=CountsAs.POSITIVE),
    Choice(code="B", label=I18n(zh="基本满意", en="Mostly satisfied"), counts_as=CountsAs.POSITIVE),
    Choice(code="C", label=I18n(zh="不满意", en="Dissatisfied"), counts_as=CountsAs.NEGATIVE),
    Choice(code="D", label=I18n(zh="不了解", en="Don't know"), counts_as=CountsAs.NO_OPINION),
)
GROUPS = (
    I18n(zh="本单位工作人员", en="I work here"),
    I18n(zh="来办事的群众", en="I came for a service"),
    I18n(zh="附近居民", en="I live nearby"),
    I18n(zh="经营者或务工人员", en="I trade or work nearby"),
    I18n(zh="离退休人员", en="I am retired"),
    I18n(zh="不便说明", en="Prefer not to say"),
)
MATTERS = (
    I18n(zh="办事速度和态度", en="Service speed and manner"),
    I18n(zh="道路和水电", en="Roads, water, power"),
    I18n(zh="环境卫生", en="Cleanliness and waste"),
    I18n(zh="上学", en="Schooling"),
    I18n(zh="看病", en="Health care"),
    I18n(zh="就业增收", en="Jobs and income"),
    I18n(zh="困难帮扶", en="Help for those in need"),
    I18n(zh="事务和账目公开", en="Openness of decisions and accounts"),
    I18n(zh="治安和纠纷", en="Safety and disputes"),
    I18n(zh="没人管事、组织涣散", en="Nobody in charge"),
    I18n(zh="活动走形式", en="Activities for show"),
    I18n(zh="其他", en="Other"),
    I18n(zh="没有问题", en="No problem"),
)


def numbered(labels: tuple[I18n, ...]) -> tuple[Choice, ...]:
    """Choices with the codes 1, 2 and so on."""
    return tuple(Choice(code=str(at), label=label) for at, label in enumerate(labels, 1))


QUESTIONS = (
    Question(
        name="opening",
        type=QuestionType.NOTE,
        label=I18n(
            zh="本次测评不记名，不收集姓名、电话和时间。任何题都可以跳过。请按自己的真实感受选择。",
            en="This survey is anonymous. No name, phone number or time is kept. You may skip any question. "
            "Please choose what you really think.",
        ),
    ),
    Question(
        name="group",
        type=QuestionType.SELECT_ONE,
        label=I18n(zh="您属于下列哪一类？", en="Which of these describes you best?"),
        choices=numbered(GROUPS),
    ),
    Question(
        name="answered",
        type=QuestionType.SELECT_ONE,
        label=I18n(
            zh="大家提出的问题，答复和解决得怎么样？",
            en="How well were the problems people raised answered and solved?",
        ),
        choices=SCALE,
    ),
    Question(
        name="overall",
        type=QuestionType.SELECT_ONE,
        label=I18n(
            zh="总的来说，您对这个单位开展的活动满意吗？",
            en="Overall, how satisfied are you with this unit's campaign?",
        ),
        choices=SCALE,
        required=True,
        required_message=I18n(zh="这一题请一定回答。", en="Please answer this question."),
        dimension="overall",
    ),
    Question(
        name="matters",
        type=QuestionType.SELECT_MULTIPLE,
        label=I18n(
            zh="您认为最需要解决的问题是什么？（最多选3项）", en="Which problems most need solving? (choose up to 3)"
        ),
        choices=numbered(MATTERS),
        constraint="count-selected(.) <= 3",
        constraint_message=I18n(zh="最多选3项。", en="Choose at most 3."),
    ),
    Question(
        name="visits",
        type=QuestionType.INTEGER,
        label=I18n(zh="您今年来过几次？", en="How many times have you come this year?"),
    ),
    Question(
        name="opinion",
        type=QuestionType.TEXT,
        label=I18n(
            zh="您还有什么意见或建议？（300字以内，请不要写姓名和电话）",
            en="Any other opinion or suggestion? (up to 300 characters; please no names or phone numbers)",
        ),
        constraint="string-length(.) <= 300",
    ),
    Question(
        name="wants_answer",
        type=QuestionType.SELECT_ONE,
        label=I18n(zh="需要答复吗？", en="Would you like an answer?"),
        hint=I18n(
            zh="请保管好回执，凭编号查询和评价答复。",
            en="Keep this slip: with its code you can see and rate the answer.",
        ),
        choices=(
            Choice(code="yes", label=I18n(zh="是", en="Yes")),
            Choice(code="no", label=I18n(zh="否", en="No")),
        ),
        relevant=("${opinion} != ''",),
    ),
)


def questionnaire_of(*questions: Question) -> Questionnaire:
    """A questionnaire of these questions."""
    return Questionnaire(
        id="survey",
        title=I18n(zh="群众满意度测评", en="Public satisfaction survey"),
        languages=(Lang.ZH, Lang.EN),
        default_language=Lang.ZH,
        questions=questions,
    )


@dataclass(slots=True)
class FakeSlips:
    """Shows what a test puts under its numbers."""

    known: dict[str, SlipAnswer] = field(default_factory=dict)
    failure: ManyiError | None = None
    rate_failure: ManyiError | None = None
    waits: float = 0.0
    looked: list[str] = field(default_factory=list)
    rated: list[tuple[str, Rating]] = field(default_factory=list)
    after: SlipAnswer | None = None
    """What stands there once it is rated."""

    def look(self, typed_number: str) -> SlipAnswer:
        self.looked.append(typed_number)
        if self.failure:
            raise self.failure
        if typed_number not in self.known:
            raise BadInput(Problem("M145", {}, "no"))
        return self.known[typed_number]

    def wait(self) -> float:
        return self.waits

    def rate(self, typed_number: str, seen: SlipAnswer, rating: Rating) -> SlipAnswer:
        if self.rate_failure:
            raise self.rate_failure
        assert self.known[typed_number] == seen
        self.rated.append((typed_number, rating))
        return self.after or seen


@dataclass(slots=True)
class FakeBooth:
    """Remembers what was handed in; fails when told to."""

    questionnaire: Questionnaire = field(default_factory=lambda: questionnaire_of(*QUESTIONS))
    campaign_title: I18n = CAMPAIGN
    branch_name: I18n = BRANCH
    pin: str = "2468"
    failure: BaseException | None = None
    wait: float = 0.0
    """Seconds that no PIN is looked at."""
    open_now: bool = True
    handed: SlipShown | None = None
    """The slip for everybody who asks for an answer."""
    slip_failure: BaseException | None = None
    slips: Slips | None = field(default_factory=FakeSlips)
    begun: int = 0
    stored: dict[str, dict[str, Answer]] = field(default_factory=dict)

    def begin(self, lang: Lang) -> Attempt:
        self._fail()
        self.begun += 1
        return Attempt(SurveyRun(self.questionnaire, lang), f"response-{self.begun}")

    def submit(self, attempt: Attempt) -> None:
        self._fail()
        self.stored[attempt.response_id] = attempt.run.finish()

    def slip(self, attempt: Attempt) -> SlipShown | None:
        if self.slip_failure:
            raise self.slip_failure
        return self.handed if self.questionnaire.requests_answer(self.stored[attempt.response_id]) else None

    def check_pin(self, typed_pin: str) -> bool:
        return typed_pin == self.pin and not self.wait

    def pin_wait(self) -> float:
        return self.wait

    def is_open(self) -> bool:
        return self.open_now

    def _fail(self) -> None:
        if self.failure:
            raise self.failure


@dataclass(slots=True)
class Clock:
    """A clock that the test sets."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


class Person:
    """Somebody at a kiosk without a screen: presses keys, orders are carried out at once."""

    def __init__(self, booth: FakeBooth | None = None) -> None:
        self.booth = booth or FakeBooth()
        self.clock = Clock()
        self.flow = Flow(Lang.ZH, self.clock)
        self.left = False

    def press(self, *keys: str) -> "Person":
        """Press keys one after the other: names of keys, or characters."""
        for key in keys:
            name, character = (_character_to_key(key), key) if len(key) == 1 else (key, None)
            self.carry_out(self.flow.press(typed(name, character)))
        return self

    def type(self, text: str) -> "Person":
        """Type characters."""
        return self.press(*text)

    def wait(self, seconds: float) -> "Person":
        """Let time pass; the kiosk looks at the clock at the end."""
        self.clock.now += seconds
        self.carry_out(self.flow.tick())
        return self

    def carry_out(self, effect: Effect) -> None:
        """Do what a key has asked for."""
        self.left = self.left or effect is Effect.LEAVE
        if effect not in {Effect.NONE, Effect.LEAVE}:
            try:
                outcome = carry_out(self.flow.order(effect), self.booth)
            except ManyiError as error:
                raise AssertionError(error) from error
            self.carry_out(self.flow.take(outcome))
