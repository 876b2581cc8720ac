"""The plan and the log between the store and workbooks."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from campaign.book.forbidden import Held
from campaign.book.loading import Load, check_load, keep_load
from campaign.book.reading import BookPlan, read_plan
from campaign.errors import BadInput, Problem
from campaign.language import Place
from campaign.plan import Plan
from campaign.plan_changes import Because
from exports.paper.files import whole_file
from exports.workbook.plan_book import plan_workbook
from exports.workbook.reading import read_workbook
from manyi.wiring import House
from surveys.desk import check_questionnaires, freeze_questionnaires
from surveys.ports import Store


def plan_book(path: Path) -> BookPlan:
    """The plan in a workbook; BadInput M03, M120, and everything that is wrong in it with its cell."""
    return read_plan(read_workbook(path))


def write_plan(house: House, path: Path, *, force: bool) -> None:
    """The plan as a workbook; Refused M70 if there is a file and not ``force``, StoreError M40."""
    content = plan_workbook(house.plan, house.settings.lang, house.today())
    with whole_file(path, force=force) as file:
        file.write(content)


def checked_load(house: House, book: BookPlan, folder: Path, because: Because) -> Load:
    """What the workbook would change. Everything that would keep it from being kept is said now; nothing is changed."""
    load = check_load(house.store, book, _held(house.store), because, house.settings.lang)
    if problems := [*_questionnaire_problems(_unknown(house.store, load.plan), book, folder)]:
        raise BadInput(*problems)
    return load


def kept_load(house: House, seen: Load, book: BookPlan, folder: Path, because: Because) -> None:
    """Keep what was shown, with its questionnaires, in one commit."""
    with house.store.transaction():
        load = keep_load(house.store, seen, book, _held(house.store), because, house.settings.lang)
        _freeze(house.store, load.plan, folder)


def _questionnaire_problems(plan: Plan, book: BookPlan, folder: Path) -> Iterator[Problem]:
    """What is wrong with the questionnaires of these surveys, each at the cell that names it."""
    for survey in plan.surveys:
        number = [each.kind for each in book.plan.surveys].index(survey.kind)
        at = book.where.at(("surveys", number, "questionnaire"))
        try:
            check_questionnaires(plan.model_copy(update={"surveys": (survey,)}), folder)
        except BadInput as error:
            for problem in error.problems:
                place = problem.place if isinstance(problem.place, Place) else Place(problem.place, problem.place)
                yield replace(problem, place=place.within(str(at.place)) if at is not None else place)


def _held(store: Store) -> Held:
    sessions = store.sessions()
    return Held([session.branch for session in sessions], [session.kind for session in sessions])


def _unknown(store: Store, plan: Plan) -> Plan:
    """The plan with those surveys alone whose questionnaires are not kept yet: kept ones stay as they are."""
    new = tuple(survey for survey in plan.surveys if store.questionnaire(survey.questionnaire) is None)
    return plan.model_copy(update={"surveys": new})


def _freeze(store: Store, plan: Plan, folder: Path) -> None:
    freeze_questionnaires(store, _unknown(store, plan), folder)
