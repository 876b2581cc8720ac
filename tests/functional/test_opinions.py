"""The register over a real store: from a session, a box or a meeting to items and their cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from campaign.case_opening import NewCase
from campaign.errors import BadInput, Refused
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.plan import EntryKind, Obligation, Plan
from campaign.samples import SAMPLES, sample_cases, sample_plan
from db import open_store
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.ports import Store
from surveys.register.adding import Added, Round, add_round
from surveys.register.desk import Because, change, erase_old_texts, merge_and_keep, publishing_problems, turn_and_keep
from surveys.register.figures import register_counts
from surveys.register.model import SURVEY, OpinionState
from surveys.register.moves import reword, sort, split
from surveys.register.samples import sample_register
from tests.builders import make_kind
from tests.functional.test_survey_desk import frozen_plan
from tests.sittings import open_session, verify_count
from tests.survey_forms import SMALL

TODAY = date(2026, 11, 23)
WHO = Because("活动办公室", TODAY)
NEW = NewCase(
    kind="correction", branch="", matter="", role="活动办公室", due=TODAY, owner="支部书记", suggestion="每周更新"
)


def asking_kind() -> EntryKind:
    """The kind of log entry that says that opinions were asked for."""
    return make_kind("round", counts=("opinions",), obligation=Obligation.ASK)


@dataclass
class Town:
    """A campaign in a folder of its own."""

    store: Store
    plan: Plan
    folder: Path

    def add(self, *texts: str, on: date = TODAY, branch: str = "B01") -> list[int]:
        """Opinions out of the box; their numbers."""
        return [*self.round(*texts, on=on, branch=branch).numbers]

    def round(self, *texts: str, on: date = TODAY, branch: str = "B01") -> Added:
        """Opinions out of the box."""
        asked = Round(branch, "study", on, "box", "public", texts, "记录员")
        return add_round(self.store, self.plan, asked, TODAY)

    def survey(self, forms: int, text: str) -> str:
        """A session of so many valid forms, in one of which something was written; counted."""
        desk = SurveyDesk(self.store, self.plan, TODAY)
        session_id = open_session(desk, "B01").session.id
        for number in range(forms):
            answers = {"Q2": "A", **({"Q5": text} if number == 0 else {})}
            desk.submit(session_id, f"r{number}", Lang.ZH, answers)
        desk.close(session_id)
        return session_id

    def verify(self, session_id: str) -> None:
        verify_count(SurveyDesk(self.store, self.plan, TODAY), session_id)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "small.md").write_text(SMALL, encoding="utf-8")
    plan = frozen_plan()
    plan = plan.model_copy(update={"kinds": (*plan.kinds, asking_kind())})
    store = open_store(tmp_path / "data", create=True)
    store.save_plan(plan, AuditEntry(on=TODAY, role="staff", entity="campaign", field="plan"))
    freeze_questionnaires(store, plan, tmp_path)
    yield Town(store, plan, tmp_path / "data")
    store.close()


def test_what_was_written_is_in_the_register_once_the_count_is_verified(town: Town) -> None:
    """Not before: while a session is counted its forms still change. Nothing there names the session."""
    session_id = town.survey(10, "路灯坏了")
    assert not town.store.register().heard
    town.verify(session_id)
    (heard,) = town.store.register().heard.values()
    assert (heard.text, heard.channel, heard.forms, heard.received_on) == ("路灯坏了", SURVEY, 10, TODAY)
    assert session_id not in repr(heard)
    assert not town.store.opinions(session_id)


def test_opinions_of_several_sessions_lie_in_random_order(town: Town) -> None:
    """Neither the numbers nor the order of reading tell which session came first."""
    for at in range(8):
        town.verify(town.survey(10, f"第{at}条"))
    texts = [each.text for each in town.store.register().heard.values()]
    numbers = sorted(town.store.register().heard)
    assert sorted(texts) == [f"第{at}条" for at in range(8)]
    assert [town.store.register().heard[number].text for number in numbers] == texts


def test_a_round_is_entered_into_the_log_with_its_number(town: Town) -> None:
    """Empty lines count for nothing; zero is a result and is entered as such."""
    added = town.round("路灯坏了", "", "公示栏旧了")
    assert added.entry
    assert (len(added.numbers), added.entry.counts, added.warnings) == (2, {"opinions": 2}, [])
    assert [entry.counts for entry in town.store.entries("B01")] == [{"opinions": 2}]
    nothing = town.round(on=TODAY - timedelta(days=1))
    assert nothing.entry
    assert (nothing.numbers, nothing.entry.counts) == ([], {"opinions": 0})


def test_a_round_that_is_in_the_log_is_not_entered_twice(town: Town) -> None:
    """The second time the numbers are compared, and what does not agree is said (M143)."""
    town.add("路灯坏了")
    again = town.round("公示栏旧了")
    assert again.entry is None
    assert [(each.code, each.values["n"], each.values["m"]) for each in again.warnings] == [("M143", 1, 2)]
    assert len(town.store.entries("B01")) == 1


def test_a_round_with_a_mistake_changes_nothing(town: Town) -> None:
    """One line too long: none is kept, none is logged, and the line is named."""
    with pytest.raises(BadInput) as error:
        town.round("好", "长" * 501)
    assert [(each.code, each.place) for each in error.value.problems] == [("V64", "#2")]
    with pytest.raises(BadInput) as error:
        town.round("好", on=TODAY + timedelta(days=1))
    assert error.value.code == "V30"
    assert not town.store.register().heard
    assert not town.store.entries()


def test_hostile_text_is_plain_text(town: Town) -> None:
    """Control characters and marks that turn the writing round are taken out; markup stays what was typed."""
    town.add("[red]a\x1b[31m\u202eb\tc[/]")
    (heard,) = town.store.register().heard.values()
    assert heard.text == "[red]a[31mb c[/]"


def test_an_item_becomes_a_case_once_and_leads_to_it(town: Town) -> None:
    """The case says where it comes from and for how many opinions it stands; the item says its number."""
    item = merge_and_keep(
        town.store, town.plan, town.add("旧了", "不换"), WHO, text="公示栏更新慢", category="openness"
    )
    case = turn_and_keep(town.store, town.plan, item.number, NEW, TODAY).case
    assert (case.branch, case.origin, case.opinions, case.category) == ("B01", "opinions", 2, "openness")
    assert (case.matter, case.public_matter) == ("公示栏更新慢", "公示栏更新慢")
    assert town.store.register().items[item.number].case == case.no
    with pytest.raises(Refused) as error:
        turn_and_keep(town.store, town.plan, item.number, NEW, TODAY)
    assert (error.value.code, len(town.store.cases())) == ("M142", 1)


def test_a_case_that_lacks_something_leaves_the_item_alone(town: Town) -> None:
    """Without an owner no correction is opened (V40), and the item can be turned afterwards."""
    item = merge_and_keep(town.store, town.plan, town.add("旧了"), WHO, text="公示栏更新慢", category="openness")
    with pytest.raises(BadInput) as error:
        turn_and_keep(town.store, town.plan, item.number, NewCase("correction", "", "", "办公室"), TODAY)
    assert (error.value.code, town.store.register().items[item.number].case) == ("V40", "")


def test_opinions_that_come_later_are_counted_by_the_case(town: Town) -> None:
    """Merged into an item that has a case, they raise the number that the case stands for; the audit has it."""
    item = merge_and_keep(town.store, town.plan, town.add("旧了"), WHO, text="公示栏更新慢", category="openness")
    case = turn_and_keep(town.store, town.plan, item.number, NEW, TODAY).case
    merge_and_keep(town.store, town.plan, town.add("还是旧的"), WHO, into=item.number)
    found = town.store.case(case.no)
    assert found
    assert found.opinions == 2


def test_the_audit_says_no_more_than_the_register(town: Town) -> None:
    """Day, role, what, old and new of every move; never what somebody said, and no number that was in a text."""
    numbers = town.add("我的电话13800138000", "公示栏旧了")
    item = merge_and_keep(town.store, town.plan, numbers, WHO, text="请打13800138000", category="service")
    assert [each.code for each in publishing_problems(item)] == ["V66"]
    change(town.store, town.plan, lambda register, _: reword(register, item.number, "公示栏更新慢"), WHO)
    change(town.store, town.plan, lambda register, rules: split(register, rules, [item.number]), WHO)
    audits = [each for each in town.store.audits() if each.entity.startswith(("opinion", "item"))]
    assert {"item", "category", "text"} <= {each.field for each in audits}
    assert all((each.on, each.role) == (TODAY, "活动办公室") for each in audits)
    assert "13800138000" not in repr(audits)
    assert "公示栏旧了" not in repr(audits)


def test_a_change_without_a_role_is_refused(town: Town) -> None:
    """Every change says who made it, by role (M06)."""
    numbers = town.add("旧了")
    with pytest.raises(BadInput) as error:
        change(
            town.store, town.plan, lambda register, rules: sort(register, rules, numbers, "service"), Because("", TODAY)
        )
    assert error.value.code == "M06"


def test_old_texts_are_erased_and_stay_counted(town: Town) -> None:
    """After 180 days the words are gone from the disk too; what they were merged into stays."""
    written = "这句话不该留下来"
    numbers = town.add(written)
    item = merge_and_keep(town.store, town.plan, numbers, WHO, text="公示栏更新慢", category="openness")
    days = town.plan.campaign.opinions.erase_after_days
    assert erase_old_texts(town.store, town.plan, TODAY + timedelta(days=days - 1)) == 0
    assert erase_old_texts(town.store, town.plan, TODAY + timedelta(days=days)) == 1
    assert erase_old_texts(town.store, town.plan, TODAY + timedelta(days=days)) == 0
    register = town.store.register()
    assert (register.heard[numbers[0]].text, register.heard[numbers[0]].erased) == ("", True)
    assert register.items[item.number].text == "公示栏更新慢"
    assert register_counts(town.plan, register).merged == 1
    held = b"".join(path.read_bytes() for path in town.folder.iterdir() if path.is_file())
    assert written.encode() not in held


def test_the_register_outlives_the_program(town: Town) -> None:
    """What was sorted and merged is there after opening the store anew."""
    numbers = town.add("旧了", "灯坏了")
    merge_and_keep(town.store, town.plan, numbers[:1], WHO, text="公示栏更新慢", category="openness")
    before = town.store.register()
    again = open_store(town.folder)
    assert again.register() == before
    again.close()


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_samples_opinions_agree_with_its_cases(sample: str) -> None:
    """A case that came from opinions stands for as many as are merged into its item; something is left to be done."""
    register, plan = sample_register(sample), sample_plan(sample).plan
    cases = {case.no: case for case in sample_cases(sample)}
    turned = {item.case: len(register.members(number)) for number, item in register.items.items() if item.case}
    assert turned == {no: case.opinions for no, case in cases.items() if case.origin == "opinions"}
    categories = {each.id for each in plan.campaign.opinions.categories}
    channels = {each.id for each in plan.campaign.opinions.channels}
    assert {each.category for each in register.heard.values()} <= {*categories, ""}
    assert {each.channel for each in register.heard.values()} <= channels
    assert all(cases[item.case].branch == item.branch for item in register.items.values() if item.case)
    assert OpinionState.NEW in {register.state(each) for each in register.heard.values()}
