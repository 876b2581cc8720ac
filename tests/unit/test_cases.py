from datetime import date, timedelta

import pytest

from campaign.case_moves import check_extension, check_move, due_of, extend, move
from campaign.case_opening import NewCase, check_opening, next_number, open_case
from campaign.case_standing import CaseStanding, case_standing, case_standings
from campaign.case_states import case_on, possible_moves
from campaign.case_tables import CASE_KINDS
from campaign.cases import Case, Feasibility, Outcome
from campaign.errors import BadInput, Refused
from campaign.language import Lang
from campaign.plan import Calendar, Leader, Plan
from campaign.standing import Standing, Status
from tests.builders import make_branch, make_plan
from tests.case_builders import PLAN, SLIP, action, moved, opened, states

MONDAY = date(2026, 11, 2)
DUE = date(2026, 11, 23)
ANSWERED = (("acknowledge", MONDAY), ("accept", MONDAY), ("answer", MONDAY))


def stands(case: Case, today: date) -> CaseStanding:
    standing = case_standing(PLAN, case, today)
    assert standing is not None
    return standing


def november(day: int) -> date:
    return date(2026, 10, 31) + timedelta(days=day)


def test_an_answer_is_due_in_working_days_from_its_receipt() -> None:
    """Received on a Saturday: told by Tuesday, answered by the third Friday after; holidays move both."""
    case = opened("answer", date(2026, 11, 21))
    assert (case.acknowledge_by, case.due) == (date(2026, 11, 24), date(2026, 12, 11))
    closed = PLAN.model_copy(update={"calendar": Calendar(holidays=frozenset([date(2026, 11, 23)]))})
    later = opened("answer", date(2026, 11, 21), plan=closed)
    assert (later.acknowledge_by, later.due) == (date(2026, 11, 25), date(2026, 12, 14))


def test_an_answer_that_is_due_after_the_campaign_is_marked() -> None:
    """Received on Friday 12-11, an answer is due on 2027-01-01, after the campaign has ended: V45, and it is kept."""
    new = NewCase(kind="answer", branch="B01", matter="路灯不亮", role="办公室", no=SLIP)
    day = date(2026, 12, 11)
    assert [problem.code for problem in check_opening(PLAN, new, (), day)] == ["V45"]
    assert open_case(PLAN, new, (), day).due == date(2027, 1, 1)


def test_the_acknowledgement_is_what_is_owed_first() -> None:
    """Until the person has been told, the day for that is the due day; afterwards it is that of the answer."""
    case = opened("answer", MONDAY)
    assert due_of(case) == november(4)
    assert stands(case, november(3)).standing == Standing(Status.DUE_SOON, 1)
    assert stands(case, november(3)).acknowledgement
    assert stands(case, november(5)).standing == Standing(Status.OVERDUE, 1)
    told = moved(case, ("acknowledge", november(3)))
    assert due_of(told) == DUE
    assert stands(told, november(5)).standing == Standing(Status.ON_TRACK, 18)


def test_an_answer_is_due_soon_by_working_days() -> None:
    """Due on a Monday, it is due soon from the Wednesday before: three working days are left, five calendar days."""
    case = moved(opened("answer", MONDAY), ("acknowledge", MONDAY))
    seen = {day: stands(case, november(day)) for day in (17, 18, 22, 23, 24)}
    assert [(each.standing.status, each.standing.days, each.workdays) for each in seen.values()] == [
        (Status.ON_TRACK, 6, 4),
        (Status.DUE_SOON, 5, 3),
        (Status.DUE_SOON, 1, 1),
        (Status.DUE_SOON, 0, 0),
        (Status.OVERDUE, 1, 1),
    ]


def test_a_correction_is_due_soon_by_calendar_days() -> None:
    """Due on Friday 11-27, it is on track on Monday and due soon from Tuesday, three days before; late on Saturday."""
    case = opened("correction", MONDAY, due=november(27))
    assert [stands(case, november(day)).standing for day in (23, 24, 27, 28)] == [
        Standing(Status.ON_TRACK, 4),
        Standing(Status.DUE_SOON, 3),
        Standing(Status.DUE_SOON, 0),
        Standing(Status.OVERDUE, 1),
    ]


def test_work_on_the_due_day_is_in_time() -> None:
    """Verified on its due day a correction is done, a day later it is late by one."""
    for day, expected in ((27, Standing(Status.DONE)), (28, Standing(Status.DONE_LATE, 1))):
        case = opened("correction", MONDAY, due=november(27))
        case = moved(case, ("start", MONDAY), ("submit", november(20)), ("verify", november(day)))
        assert stands(case, november(30)).standing == expected


def test_corrections_are_numbered_in_their_branch_and_never_again() -> None:
    """The next number is one more than the highest, also with gaps; requests for support share the numbers."""
    taken = ["R-B01-001", "R-B01-007", "R-B02-009", SLIP]
    assert next_number(CASE_KINDS["correction"], "B01", taken) == "R-B01-008"
    assert next_number(CASE_KINDS["support"], "B02", taken) == "R-B02-010"
    assert next_number(CASE_KINDS["correction"], "B03", taken) == "R-B03-001"
    assert next_number(CASE_KINDS["correction"], "B01", ["R-B01-999"]) == "R-B01-1000"


@pytest.mark.parametrize(
    ("kind", "fields", "code", "place"),
    [
        ("correction", {"kind": "errand"}, "M08", "kind"),
        ("correction", {"branch": "B09"}, "M08", "branch"),
        ("correction", {"matter": " "}, "M06", "matter"),
        ("correction", {"role": ""}, "M06", "role"),
        ("correction", {"suggestion": ""}, "V40", "suggestion"),
        ("correction", {"owner": " "}, "V40", "owner"),
        ("support", {"due": None}, "V40", "due"),
        ("correction", {"due": MONDAY - timedelta(days=1)}, "V41", "due"),
        ("correction", {"no": "R-B01-001"}, "M07", "no"),
        ("answer", {"no": ""}, "M07", "no"),
        ("answer", {"no": "１２３４５６７８９０"}, "M07", "no"),
        ("answer", {"no": "1000000009"}, "M52", "no"),
        ("correction", {"received_on": date(2026, 6, 30)}, "V30", "received_on"),
        ("correction", {"received_on": MONDAY + timedelta(days=1)}, "V30", "received_on"),
        ("correction", {"matter": "长" * 2001}, "V64", "matter"),
    ],
)
def test_a_case_is_not_opened_without_what_it_needs(
    kind: str, fields: dict[str, object], code: str, place: str
) -> None:
    """Each missing or wrong thing is refused with its rule, beside the field that it is about."""
    given: dict[str, object] = {
        "kind": kind,
        "branch": "B01",
        "matter": "会议记录太简",
        "role": "督查组",
        "suggestion": "补记",
        "owner": "支部书记",
        "due": november(20),
        "no": SLIP if kind == "answer" else "",
        **fields,
    }
    new = NewCase(**given)  # type: ignore[arg-type]
    found = check_opening(PLAN, new, ["1000000009"], MONDAY)
    assert [(problem.code, problem.place) for problem in found] == [(code, place)]
    with pytest.raises(BadInput):
        open_case(PLAN, new, ["1000000009"], MONDAY)


def test_a_finding_entered_late_is_marked() -> None:
    """More than two days after the visit: V44, and it is kept. What people said may come in later."""
    for origin, day, codes in (("inspection", 5, ["V44"]), ("inspection", 4, []), ("opinions", 5, [])):
        new = NewCase(
            kind="correction",
            branch="B01",
            matter="记录缺页",
            role="督查组",
            received_on=MONDAY,
            due=november(20),
            suggestion="补齐",
            owner="支部书记",
            origin=origin,
        )
        assert [problem.code for problem in check_opening(PLAN, new, (), november(day))] == codes


def test_a_number_that_belongs_to_a_person_is_marked() -> None:
    """V14 for what is written about a case and in what is done with it."""
    new = NewCase(kind="answer", branch="B01", matter="请打13800138000", role="办公室", no=SLIP)
    assert "V14" in [problem.code for problem in check_opening(PLAN, new, (), MONDAY)]
    case = moved(opened("answer", MONDAY), *ANSWERED[:2])
    wanted = action("answer", text="已回复13800138000")
    assert [problem.code for problem in check_move(PLAN, case, wanted, MONDAY)] == ["V14"]


def test_a_refused_move_says_what_is_possible() -> None:
    """V79 names the state, the one that was wanted and those that can be reached from here, in both languages."""
    case = opened("correction", MONDAY)
    with pytest.raises(Refused) as refused:
        move(PLAN, case, action("verify"), november(3))
    [problem] = refused.value.problems
    assert problem.code == "V79"
    assert problem.message(Lang.EN) == (
        '"to be corrected" cannot become "verified". Possible: being corrected, explained, extended.'
    )
    assert problem.message(Lang.ZH) == "“待整改”不能改为“已核验”，可选：整改中、已说明、已延期。"
    done = moved(case, ("explain", november(3)))
    with pytest.raises(Refused) as refused:
        move(PLAN, done, action("start"), november(3))
    assert refused.value.problems[0].message(Lang.EN).endswith("Possible: –.")


def test_nobody_verifies_what_is_his_own_to_correct() -> None:
    """V42 however the role is written; another role may."""
    case = moved(opened("correction", MONDAY, owner="支部书记 A"), ("start", MONDAY), ("submit", MONDAY))
    for role in ("支部书记 A", "支部书记ａ", " 支部书记a "):
        with pytest.raises(Refused) as refused:
            move(PLAN, case, action("verify", role=role), MONDAY)
        assert refused.value.code == "V42"
    assert move(PLAN, case, action("verify", role="督查组"), MONDAY).state == "verified"


def test_only_what_cannot_be_done_now_is_closed_by_an_explanation() -> None:
    """V43 for any other matter, and without a text for the public."""
    for feasibility, text in ((Feasibility.NOW, "暂无经费，明年安排"), (Feasibility.CANNOT_NOW, "")):
        case = opened("correction", MONDAY, feasibility=feasibility)
        with pytest.raises(BadInput) as refused:
            move(PLAN, case, action("explain", text=text), MONDAY)
        assert [problem.code for problem in refused.value.problems] == ["V43"]


def test_an_answer_has_an_outcome_and_a_text() -> None:
    """V77 for each that is missing; what is planned needs a day."""
    case = moved(opened("answer", MONDAY), *ANSWERED[:2])
    wanted = action("answer", text="好", outcome=Outcome.NONE)
    assert [(each.code, each.place) for each in check_move(PLAN, case, wanted, MONDAY)] == [
        ("V77", "text"),
        ("V77", "outcome"),
    ]
    planned = action("answer", outcome=Outcome.PLANNED)
    assert [(each.code, each.place) for each in check_move(PLAN, case, planned, MONDAY)] == [("M06", "until")]
    kept = move(PLAN, case, action("answer", outcome=Outcome.PLANNED, until=november(60)), MONDAY)
    assert kept.events[-1].until == november(60)


@pytest.mark.parametrize(
    ("name", "code", "fields"),
    [
        ("return", "M51", {"text": "不行"}),
        ("return", "M06", {"role": " "}),
        ("return", "V64", {"text": "长" * 501}),
        ("return", "V64", {"role": "长" * 41}),
        ("return", "V30", {"on": november(1)}),
        ("return", "V30", {"on": november(6)}),
    ],
)
def test_a_move_is_refused_for_what_is_said_with_it(name: str, code: str, fields: dict[str, object]) -> None:
    """A reason too short, nobody who did it, a day before the last event or after today."""
    case = moved(opened("correction", MONDAY), ("start", MONDAY), ("submit", november(3)))
    with pytest.raises(BadInput) as refused:
        move(PLAN, case, action(name, **fields), november(5))  # type: ignore[arg-type]
    assert [problem.code for problem in refused.value.problems] == [code]


LED = make_plan(branches=(make_branch("B01", contacts=[{"leader": "L2"}, {"leader": "L1", "lead": True}]),)).model_copy(
    update={"leaders": tuple(Leader.model_validate({"code": code, "role": f"Deputy {code}"}) for code in ("L1", "L2"))}
)


@pytest.mark.parametrize(("plan", "owner"), [(LED, "Deputy L1"), (PLAN, "Office")])
def test_an_escalated_answer_is_the_lead_contact_officials(plan: Plan, owner: str) -> None:
    """Where the branch has none, the organiser's; while it is only reopened it stays with whose it was."""
    case = opened("answer", MONDAY, plan)
    case = moved(case, *ANSWERED, plan=plan, owner="支部书记")
    for day in (9, 10, 11):
        assert case.owner == "支部书记"
        case = move(plan, case, action("rate_dissatisfied"), november(day))
        if case.state == "reopened":
            case = move(plan, case, action("answer"), november(day))
    assert (case.state, case.owner) == ("escalated", owner)


def test_a_dissatisfied_rating_reopens_twice_and_is_then_escalated() -> None:
    """Each time another ten working days begin; the third time the contact official gives the final answer."""
    case = moved(opened("answer", MONDAY), *ANSWERED)
    for day, due, state in ((9, 23, "reopened"), (10, 24, "reopened"), (11, 25, "escalated")):
        case = moved(case, ("rate_dissatisfied", november(day)))
        assert (case.state, case.due) == (state, november(due))
        case = moved(case, ("answer", november(day)))
    assert case.state == "closed_unsatisfied"
    assert possible_moves(PLAN, case, november(12)) == ()


def test_a_campaign_may_allow_no_reopening() -> None:
    """With no reopening allowed, the first dissatisfied rating goes to the contact official."""
    strict = make_plan(max_reopens=0)
    case = moved(opened("answer", MONDAY, plan=strict), *ANSWERED, ("rate_dissatisfied", november(3)), plan=strict)
    assert case.state == "escalated"


def test_an_answer_that_nobody_rates_is_closed_by_time() -> None:
    """It can be rated for ten working days, the last one included; the day after it is closed, not rated."""
    case = moved(opened("answer", MONDAY), *ANSWERED)
    last = case.events[-1].rate_by
    assert last == november(16)
    assert [stands(case, november(day)).case.state for day in (16, 17)] == ["answered", "closed_unrated"]
    assert moved(case, ("rate_basically", november(16))).state == "closed"
    assert states(moved(case, ("rate_satisfied", november(20))))[-2:] == ["closed_unrated", "closed"]
    assert due_of(case) is None


def test_a_late_rating_counts_once() -> None:
    """Whoever comes late may rate once; after another answer that nobody rates in time it is over."""
    case = moved(opened("answer", MONDAY), *ANSWERED, ("rate_dissatisfied", november(20)), ("answer", november(20)))
    assert case.state == "answered"
    later = november(50)
    assert stands(case, later).case.state == "closed_unrated"
    assert possible_moves(PLAN, case, later) == ()
    after_end = moved(opened("answer", MONDAY), *ANSWERED)
    assert possible_moves(PLAN, after_end, date(2026, 12, 31))
    assert possible_moves(PLAN, after_end, date(2027, 1, 1)) == ()


def test_a_rating_entered_late_counts_by_its_own_day() -> None:
    """A rating given on the last day is in time, though it is entered days later."""
    case = moved(opened("answer", MONDAY), *ANSWERED)
    rated = move(PLAN, case, action("rate_satisfied", on=november(16)), november(20))
    assert states(rated)[-2:] == ["answered", "closed"]


def test_one_extension_within_limits() -> None:
    """By at most ten working days, once, with a reason, while the due day has not passed: otherwise V78, V41 or M51."""
    case = opened("correction", MONDAY, due=november(20))
    longest = date(2026, 12, 4)
    wanted = action("extend", role="办公室")
    assert extend(PLAN, case, longest, wanted, november(20)).due == longest
    assert extend(PLAN, case, longest, wanted, november(20)).state == "open"
    tried = [
        (longest + timedelta(days=1), wanted, november(20), "V78"),
        (longest, wanted, november(21), "V78"),
        (november(20), wanted, november(20), "V41"),
        (longest, action("extend", text="忙"), november(20), "M51"),
        (longest, action("extend", role=""), november(20), "M06"),
    ]
    for due, said, today, code in tried:
        assert [problem.code for problem in check_extension(PLAN, case, due, said, today)] == [code]
    extended = extend(PLAN, case, november(24), wanted, MONDAY)
    with pytest.raises(Refused) as refused:
        extend(PLAN, extended, november(25), wanted, november(3))
    assert refused.value.code == "V78"
    with pytest.raises(Refused) as refused:
        extend(PLAN, moved(case, ("explain", MONDAY)), november(24), wanted, november(3))
    assert refused.value.code == "V79"


def test_a_correction_is_withdrawn_only_on_the_day_it_was_found() -> None:
    """A mistaken entry can be taken back that day; from the next day on it must be dealt with."""
    case = opened("correction", MONDAY)
    assert moved(case, ("withdraw", MONDAY)).state == "withdrawn"
    assert "withdraw" not in [row.id for row in possible_moves(PLAN, case, november(3))]


def test_a_relapse_opens_a_correction_again_with_a_new_due_day() -> None:
    """A look-back that finds it undone sets a new due day, not before its own; the number stays."""
    case = moved(opened("correction", MONDAY), ("start", MONDAY), ("submit", MONDAY), ("verify", november(3)))
    late = action("relapse", due=november(4))
    assert [problem.code for problem in check_move(PLAN, case, late, november(5))] == ["V41"]
    none = action("relapse", due=None)
    assert [problem.code for problem in check_move(PLAN, case, none, november(5))] == ["M06"]
    again = move(PLAN, case, action("relapse", due=november(20)), november(5))
    assert (again.state, again.due, again.times("relapse"), again.no) == ("open", november(20), 1, case.no)
    assert stands(again, november(21)).standing == Standing(Status.OVERDUE, 1)


def test_what_was_not_settled_is_counted_apart() -> None:
    """Not accepted, merged or withdrawn: neither in time nor late."""
    case = moved(opened("answer", MONDAY), ("acknowledge", MONDAY))
    for name in ("decline", "merge", "withdraw"):
        gone = moved(case, (name, november(3)))
        assert stands(gone, november(60)).standing == Standing(Status.WAIVED)
        assert not stands(gone, november(60)).open
    merged = moved(case, ("merge", november(3)))
    assert merged.events[-1].into == "1000000009"
    itself = action("merge", into=SLIP)
    assert [problem.code for problem in check_move(PLAN, case, itself, MONDAY)] == ["M147"]


def test_an_accepted_case_has_an_owner() -> None:
    """Without one it cannot be accepted; a move may name one."""
    case = moved(opened("answer", MONDAY, owner=""), ("acknowledge", MONDAY))
    assert [problem.place for problem in check_move(PLAN, case, action("accept"), MONDAY)] == ["owner"]
    assert move(PLAN, case, action("accept", owner="窗口负责人"), MONDAY).owner == "窗口负责人"


def test_cases_of_later_days_are_not_shown() -> None:
    """Looking at a past day, what was opened afterwards is not there."""
    cases = [opened("answer", MONDAY), opened("correction", november(9))]
    assert len(case_standings(PLAN, cases, november(8))) == 1
    assert len(case_standings(PLAN, cases, november(9))) == 2
    assert case_on(cases[1], november(8)) is None


def test_an_unknown_day_makes_nothing_overdue() -> None:
    """While the clock cannot be believed no case is called overdue."""
    case = opened("correction", MONDAY, due=november(20))
    judged = case_standing(PLAN, case, november(25), judge_overdue=False)
    assert judged is not None
    assert judged.standing.status is Status.ON_TRACK
