"""What the forms about cases offer to choose from."""

from campaign.case_labels import FEASIBILITIES, OUTCOMES, case_kind_label, feasibility_label, outcome_of_answer
from campaign.case_states import case_on, kind_of
from campaign.case_tables import CASE_KINDS
from campaign.case_words import ORIGIN_NAMES, origin_label
from campaign.cases import Case, Outcome
from campaign.labels import branch_label
from campaign.language import Lang
from tui.staff.case_draft import NO, YES
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.choice_field import Option


def outcome_options(lang: Lang) -> list[Option]:
    """What an answer can come to."""
    return [Option(each, outcome_of_answer(each, lang)) for each in OUTCOMES if each is not Outcome.NONE]


def feasibility_options(lang: Lang) -> list[Option]:
    """Whether a matter can be put right, or that nobody knows."""
    return [Option(each, feasibility_label(each, lang)) for each in FEASIBILITIES]


def kind_options(lang: Lang) -> list[Option]:
    """Kinds of cases that are numbered by themselves; an answer to a person has a slip."""
    return [Option(kind.id, case_kind_label(kind.id, lang)) for kind in CASE_KINDS.values() if kind.prefix]


def origin_options(lang: Lang) -> list[Option]:
    """Where a case comes from."""
    return [Option(each, origin_label(each, lang)) for each in ORIGIN_NAMES if each != "slip"]


def yes_no(lang: Lang) -> list[Option]:
    """Yes or no."""
    return [Option(NO, tr(lang, "no")), Option(YES, tr(lang, "yes"))]


def _mergeable(case: Case, seen: Case) -> bool:
    return (case.kind, case.branch) == (seen.kind, seen.branch) and case.no != seen.no


def other_open_cases(snapshot: Snapshot, seen: Case, lang: Lang) -> list[Option]:
    """The cases into which ``seen`` can be merged: open ones of its own branch."""
    day = snapshot.overview.day
    known = [case_on(case, day) for case in snapshot.cases if _mergeable(case, seen)]
    others = [case for case in known if case is not None and not kind_of(case).state(case.state).closed]
    others.sort(key=lambda case: case.no)
    return [
        Option(case.no, f"{case.no} {branch_label(snapshot.plan, case.branch, lang)} {case.matter}") for case in others
    ]
