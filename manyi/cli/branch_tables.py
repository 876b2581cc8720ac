"""One branch in detail as text for the terminal."""

from collections.abc import Iterator

from campaign.branch_report import BranchDetail, CellReport
from campaign.case_labels import case_kind_label
from campaign.case_report import CaseReport
from campaign.case_words import state_name
from campaign.labels import OBLIGATION_NAMES, attribute_label, phase_label
from campaign.language import N_, Lang, listed
from campaign.obligations import CellState
from campaign.plan import Plan
from campaign.texts import tr as words_of
from manyi.cli.tables import aligned, plain, shortened, status_words
from manyi.texts import tr

MATTER_CELLS = 40

_CELLS = {CellState.MET: N_("met {d}"), CellState.PENDING: N_("pending"), CellState.MISSED: N_("missed")}


def detail_lines(plan: Plan, detail: BranchDetail, lang: Lang) -> Iterator[str]:
    """The matrix of obligations by phase, the open cases, and what is missing."""
    yield ""
    yield from _matrix(plan, detail, lang)
    yield from _covered(plan, detail, lang)
    yield ""
    yield tr(lang, "Open cases: {n}", n=len(detail.cases))
    if detail.cases:
        yield from aligned([["", *_case(each, lang)] for each in detail.cases])
    yield ""
    yield from _completion(detail, lang)
    if detail.doubts:
        yield ""
        yield tr(lang, "The log and the sessions do not agree:")
    for each in detail.doubts:
        yield plain(f"  {each.code} {each.message}")


def _covered(plan: Plan, detail: BranchDetail, lang: Lang) -> Iterator[str]:
    """What every branch is to choose, such as topics of study, and what is still to come."""
    for each in detail.covered:
        found = plan.attribute(each.attribute)
        name = found.name.text(lang) if found else each.attribute
        whole = len(each.chosen) + len(each.missing)
        said = tr(lang, "{name}: {n} of {m}", name=name, n=len(each.chosen), m=whole)
        if each.missing:
            names = listed((attribute_label(plan, each.attribute, choice, lang) for choice in each.missing), lang)
            said = tr(lang, "{said}; still to come: {names}", said=said, names=names)
        yield plain(said)


def _completion(detail: BranchDetail, lang: Lang) -> Iterator[str]:
    """When it completed the campaign, and what is missing."""
    if detail.completed_on is not None:
        yield tr(lang, "Completed on {d}.", d=detail.completed_on)
    if not detail.missing:
        if detail.completed_on is None:
            yield tr(lang, "Nothing is missing.")
        return
    if detail.completed_on is not None:
        yield tr(lang, "Open since then:")
    else:
        yield tr(lang, "Not completed. Missing:")
    for each in detail.missing:
        yield plain(f"  {each.code} {each.message}")


def _matrix(plan: Plan, detail: BranchDetail, lang: Lang) -> Iterator[str]:
    """One line an obligation, one column a phase."""
    phases = list(dict.fromkeys(cell.phase for cell in detail.obligations))
    owed = list(dict.fromkeys(cell.obligation for cell in detail.obligations))
    if not owed:
        return
    by_place = {(cell.phase, cell.obligation): cell for cell in detail.obligations}
    rows: list[list[object]] = [[tr(lang, "Owed to the public"), *(phase_label(plan, phase, lang) for phase in phases)]]
    rows.extend(
        [
            words_of(lang, OBLIGATION_NAMES[obligation]),
            *(_cell(by_place[phase, obligation], lang) for phase in phases),
        ]
        for obligation in owed
    )
    yield from aligned(rows)
    if detail.ended_phases.of:
        ended = detail.ended_phases
        yield tr(lang, "Of the phases that have ended: {met} of {of} met", met=ended.met, of=ended.of)


def _cell(cell: CellReport, lang: Lang) -> str:
    return tr(lang, _CELLS[cell.state], d=cell.met_on)


def _case(case: CaseReport, lang: Lang) -> list[object]:
    status = status_words(case.status.value, case.days, lang)
    state = state_name(case.kind, case.state, lang)
    kind = case_kind_label(case.kind, lang)
    return [case.no, kind, state, status, case.due, shortened(case.matter, MATTER_CELLS)]
