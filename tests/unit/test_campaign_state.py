"""The states of a campaign: what each forbids, how one comes to the next, and what must hold first."""

from datetime import date

import pytest

from campaign.campaign_state import NEXT, Facts, Step, change_state
from campaign.case_desk import extend_and_keep, move_and_keep, open_and_keep
from campaign.case_opening import NewCase
from campaign.correcting import correct_entry, take_back_entry
from campaign.errors import BadInput, ManyiError, Refused
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.plan import CampaignState, Plan
from campaign.plan_changes import Because, set_means
from campaign.plan_desk import keep_change
from campaign.recording import record
from campaign.samples import sample_cases, sample_log, sample_plan
from campaign.state_rules import DEED_NAMES, FORBIDS, STATE_NAMES, Deed, check_allowed
from db import memory_store
from surveys.desk import SurveyDesk
from surveys.ports import Store
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_plan, make_step, november
from tests.case_builders import action, opened
from tests.sittings import open_session

ROLE = ({"role": "Secretary"},)
PLAN = make_plan(
    branches=(make_branch("B01", first_responsible=ROLE, short_study_reason="小支部"),),
    steps=(make_step("S1"),),
    kinds=(make_kind("work", "S1"), make_kind("result", effect="result")),
)
WHY = Because("活动办公室", "活动已经结束", TODAY)
NONE = Facts((), ())
AFTER = Because("活动办公室", "活动已经结束", date(2027, 1, 4))


def in_state(state: CampaignState, plan: Plan = PLAN) -> Plan:
    return plan.model_copy(update={"campaign": plan.campaign.model_copy(update={"state": state})})


def codes(plan: Plan, step: Step, facts: Facts = NONE, because: Because = WHY) -> list[str]:
    with pytest.raises(ManyiError) as refused:
        change_state(plan, step, facts, because)
    assert all(problem.text(lang) for problem in refused.value.problems for lang in Lang)
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize("state", list(CampaignState))
@pytest.mark.parametrize("step", list(Step))
def test_a_campaign_goes_from_state_to_state_in_order(state: CampaignState, step: Step) -> None:
    """What the table does not allow is V79, with what is possible; what it allows leads to a state of the table."""
    facts = Facts((make_entry("result", november(20)),), ())
    wanted = {
        (CampaignState.DRAFT, Step.ACTIVATE): CampaignState.ACTIVE,
        (CampaignState.ACTIVE, Step.CLOSE): CampaignState.CLOSING,
        (CampaignState.CLOSING, Step.CLOSE): CampaignState.CLOSED,
        (CampaignState.CLOSING, Step.ACTIVATE): CampaignState.ACTIVE,
        (CampaignState.CLOSED, Step.ARCHIVE): CampaignState.ARCHIVED,
    }.get((state, step))
    if wanted is None:
        assert codes(in_state(state), step, facts, AFTER) == ["V79"]
        return
    change = change_state(in_state(state), step, facts, AFTER)
    assert change.plan.campaign.state is wanted
    assert wanted in NEXT[state]
    [audit] = change.audit
    assert (audit.entity, audit.field, audit.old, audit.new) == ("campaign test", "state", state, wanted)


def test_a_campaign_begins_when_its_lists_are_right() -> None:
    """V03 where the totals differ and nobody has accepted that, V07 without a first responsible."""
    wrong = make_plan(branches=(make_branch("B01", short_study_reason="小支部"),), expected_members=99)
    assert set(codes(in_state(CampaignState.DRAFT, wrong), Step.ACTIVATE)) == {"V03", "V07"}
    accepted = PLAN.campaign.model_copy(update={"totals_acknowledged": True, "expected_members": 99})
    draft = in_state(CampaignState.DRAFT, PLAN.model_copy(update={"campaign": accepted}))
    assert change_state(draft, Step.ACTIVATE, NONE, WHY).plan.campaign.state is CampaignState.ACTIVE


def test_a_campaign_closes_after_its_last_day_or_when_all_have_completed_it() -> None:
    """The town on its demo day has six that have not; the day after its end it closes all the same."""
    plan, facts = sample_plan("town").plan, Facts(sample_log("town"), sample_cases("town"))
    with pytest.raises(Refused) as refused:
        change_state(plan, Step.CLOSE, facts, WHY)
    [problem] = refused.value.problems
    assert problem.code == "M114"
    assert all(code in problem.message(Lang.EN) for code in ("B03", "B06", "B10"))
    assert change_state(plan, Step.CLOSE, facts, AFTER).plan.campaign.state is CampaignState.CLOSING


def test_a_campaign_is_closed_when_nobody_waits_for_an_answer() -> None:
    """V84 names the open answers, M115 the branches without a public result; a correction keeps nothing open."""
    waiting = Facts((), (opened("answer", november(20)), opened("correction", november(20))))
    assert codes(in_state(CampaignState.CLOSING), Step.CLOSE, waiting) == ["V84", "M115"]
    public = Facts((make_entry("result", november(20)),), (opened("correction", november(20)),))
    assert change_state(in_state(CampaignState.CLOSING), Step.CLOSE, public, WHY).audit


def test_a_change_of_state_has_a_reason_and_a_role() -> None:
    """M51 and M06."""
    draft = in_state(CampaignState.DRAFT)
    assert codes(draft, Step.ACTIVATE, NONE, Because("活动办公室", "", TODAY)) == ["M51"]
    assert codes(draft, Step.ACTIVATE, NONE, Because(" ", "名单已核对过", TODAY)) == ["M06"]


def kept(state: CampaignState) -> Store:
    store = memory_store()
    store.save_plan(in_state(state), AuditEntry(on=TODAY, role="staff", entity="plan", field="all"))
    return store


def done(store: Store, deed: Deed) -> None:
    """Do it."""
    plan = store.plan()
    new = NewCase(
        "correction", "B01", "公示栏更新慢", "督查组", due=november(30), suggestion="每周更新", owner="支部书记"
    )
    if deed is Deed.SESSION:
        open_session(SurveyDesk(store, plan, TODAY), "B01")
    elif deed is Deed.RECORD:
        record(store, [make_entry("work", november(20))], TODAY)
    elif deed is Deed.OPEN_CASE:
        open_and_keep(store, plan, new, TODAY)
    elif deed is Deed.MOVE_CASE:
        case = opened("correction", TODAY, in_state(CampaignState.ACTIVE))
        store.save_case(case, ())
        move_and_keep(store, plan, case, action("start"), TODAY)
    else:
        keep_change(store, lambda now: set_means(now, "B01", "none", "none", WHY))


@pytest.mark.parametrize("deed", list(Deed))
@pytest.mark.parametrize("state", list(CampaignState))
def test_what_a_state_forbids_is_refused_and_the_rest_is_done(state: CampaignState, deed: Deed) -> None:
    """M116 with what is not possible, and nothing is changed. A session has no survey here: it fails later (M08)."""
    store = kept(state)
    before = (store.plan(), store.entries(), len(store.audits()))
    if deed in FORBIDS[state]:
        with pytest.raises(Refused) as refused:
            done(store, deed)
        assert refused.value.code == "M116"
        assert all(refused.value.problems[0].text(lang) for lang in Lang)
        assert (store.plan(), store.entries(), len(store.audits())) == before
    elif deed is Deed.SESSION:
        with pytest.raises(BadInput) as failed:
            done(store, deed)
        assert failed.value.code == "M08"
    else:
        done(store, deed)
        assert (store.plan(), store.entries(), len(store.audits())) != before


def test_what_is_allowed_grows_less_towards_the_end() -> None:
    """Nothing is forbidden while it runs; nothing that was forbidden becomes possible after closing."""
    assert FORBIDS[CampaignState.ACTIVE] == frozenset()
    assert FORBIDS[CampaignState.CLOSING] < FORBIDS[CampaignState.CLOSED] < FORBIDS[CampaignState.ARCHIVED]
    assert STATE_NAMES.keys() == set(CampaignState)
    assert DEED_NAMES.keys() == set(Deed)
    check_allowed(PLAN, Deed.PLAN)


def test_what_was_recorded_stays_when_the_campaign_is_over() -> None:
    """No entry is corrected or taken back after it is closed, no deadline moved once it is archived."""
    store = kept(CampaignState.ACTIVE)
    record(store, [make_entry("work", november(20), recorded_on=TODAY)], TODAY)
    case = opened("correction", TODAY)
    store.save_case(case, ())
    [seen] = store.logged()
    store.save_plan(in_state(CampaignState.ARCHIVED), AuditEntry(on=TODAY, role="staff", entity="plan", field="all"))
    later = seen.entry.model_copy(update={"on": november(21)})
    for change in (
        lambda: correct_entry(store, seen, later, "日期写错了", "活动办公室", TODAY),
        lambda: take_back_entry(store, seen, "日期写错了", "活动办公室", TODAY),
        lambda: extend_and_keep(store, store.plan(), case, november(40), action("extend"), TODAY),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "M116"
    assert store.logged() == [seen]
    assert store.case(case.no) == case
