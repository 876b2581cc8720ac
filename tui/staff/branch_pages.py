"""What one branch owes the public, lacks, whom it reached, and what should be looked at, as lines. No Textual here."""

from collections.abc import Sequence
from fractions import Fraction

from rich.cells import cell_len

from campaign.branch_facts import BranchFacts
from campaign.labels import OBLIGATION_NAMES, group_label, kind_label, phase_label
from campaign.language import Lang, Listed
from campaign.obligations import CellState, ObligationCell
from campaign.people import Attendance
from campaign.plan import Plan
from campaign.reaching import Reach
from campaign.texts import tr as words_of
from tui.staff.advice import ADVICE
from tui.staff.branch_cases import late_cell
from tui.staff.entry_lines import evidence_line
from tui.staff.texts import tr
from tui.staff.wording import DONE, NONE, column_cells, day_month, short_day
from tui.widgets.bars import bar, percent
from tui.widgets.cells import fit, wrap
from tui.widgets.spans import Line, Span, fitted

MISSED, PENDING = "✘", "·"
MOST_CELL, ROOMY_CELL, LEAST_CELL = 16, 10, 8
MOST_EVIDENCE = 6
"""Entries named below a hint."""
NAME, MEMBERS, BAR, SHARE = 16, 5, 10, 5
MOST_CARD_CASES, CHIP, CARD_LINES = 3, 16, 2
MOST_CARD_HINTS = 2


# -- what it owes the public ------------------------------------------------------------------------------------------


def matrix_lines(plan: Plan, facts: BranchFacts, lang: Lang, width: int, *, full: bool) -> list[Line]:
    """The phases beside each other, an obligation on a line; sign and word in every cell, with ``full`` the day too."""
    phases = list(dict.fromkeys(cell.phase for cell in facts.cells))
    owed = list(dict.fromkeys(cell.obligation for cell in facts.cells))
    if not owed:
        return [(Span(tr(lang, "The plan owes the public nothing."), "muted"),)]
    names = {each: words_of(lang, OBLIGATION_NAMES[each]) for each in owed}
    label = max(cell_len(name) for name in names.values()) + 2
    cells = max(LEAST_CELL, min(MOST_CELL, (width - label) // len(phases)))
    by_place = {(cell.phase, cell.obligation): cell for cell in facts.cells}
    heads = [_apart(Span(phase_label(plan, phase, lang), "muted", bold=True), cells) for phase in phases]
    lines: list[Line] = [(Span(" " * label), *(span for head in heads for span in head))]
    for obligation in owed:
        spans = [_cell(by_place[phase, obligation], lang, cells, full=full) for phase in phases]
        name = fitted((Span(names[obligation]),), label)
        lines.append((*name, *(part for span in spans for part in _apart(span, cells))))
    return lines


def _apart(span: Span, cells: int) -> Line:
    """A cell with a blank at its end."""
    return (*fitted((span,), cells - 1), Span(" "))


def _cell(cell: ObligationCell, lang: Lang, cells: int, *, full: bool) -> Span:
    short = cells < ROOMY_CELL
    if cell.state is CellState.MET:
        said = tr(lang, "met")
        day = f" {short_day(cell.met_on)}" if full and cells >= ROOMY_CELL + 3 else ""
        return Span(f"{DONE} {said}{day}", "success")
    if cell.state is CellState.MISSED:
        said = tr(lang, "none") if short else tr(lang, "missed")
        return Span(f"{MISSED} {said}", "error", bold=True)
    said = tr(lang, "open") if short else tr(lang, "pending")
    return Span(f"{PENDING} {said}")


def ended_text(facts: BranchFacts, lang: Lang) -> str:
    """How many of the obligations of ended phases were met."""
    if not facts.ended.of:
        return tr(lang, "no phase has ended yet")
    return tr(lang, "of the phases that have ended: {met} of {of} met", met=facts.ended.met, of=facts.ended.of)


# -- what is missing --------------------------------------------------------------------------------------------------


def missing_lines(facts: BranchFacts, lang: Lang, width: int, most: int | None = None) -> list[Line]:
    """When it completed the campaign, or what is missing before it has, each on ``most`` lines at the most."""
    found = facts.completion
    lines: list[Line] = []
    if found.completed_on is not None:
        said = tr(lang, "completed on {d}", d=day_month(found.completed_on, lang))
        lines.append((Span(f"{DONE} {said}", "success", bold=True),))
        if found.missing:
            lines.append((Span(tr(lang, "open since then:"), "muted"),))
    elif not found.missing:
        said = tr(lang, "nothing is missing")
        lines.append((Span(f"{DONE} {said}", "success", bold=True),))
    for each in found.missing:
        said = ADVICE.message(each, lang)
        lines.extend(_listed(MISSED, "error", said if most is None else said.split(". ")[0], width, most))
    return lines


def _listed(sign: str, colour: str, text: str, width: int, most: int | None = None) -> list[Line]:
    """A sign, and the text beside it on as many lines as it needs, or on ``most``, the last one cut."""
    room = max(10, width - 2)
    parts = wrap(text, room)
    if most is not None and len(parts) > most:
        parts = [*parts[: most - 1], fit(" ".join(parts[most - 1 :]), room)]
    return [(Span(f"{sign} " if at == 0 else "  ", colour, bold=True), Span(part)) for at, part in enumerate(parts)]


def owed_lines(plan: Plan, facts: BranchFacts, lang: Lang, width: int) -> list[Line]:
    """The whole section: the matrix, and what is missing."""
    heading = tr(lang, "Before it has completed the campaign")
    return [
        *matrix_lines(plan, facts, lang, width, full=True),
        (),
        (Span(heading, bold=True),),
        *missing_lines(facts, lang, width),
        *doubt_lines(facts, lang, width),
        *covered_lines(facts, lang, width),
    ]


def covered_lines(facts: BranchFacts, lang: Lang, width: int) -> list[Line]:
    """How much it has of what every branch is to choose, such as topics of study, and what not yet."""
    lines: list[Line] = []
    for each in facts.covered:
        whole = len(each.chosen) + len(each.missing)
        said = tr(lang, "{name}: {n} of {m}", name=each.attribute.name, n=len(each.chosen), m=whole)
        if each.missing:
            names = Listed(tuple(choice.name for choice in each.missing))
            said = tr(lang, "{said}; still to come: {names}", said=said, names=names)
        lines += _listed(*((PENDING, "foreground") if each.missing else (DONE, "success")), said, width)
    return [(), *lines] if lines else []


def doubt_lines(facts: BranchFacts, lang: Lang, width: int) -> list[Line]:
    """Where the log says something else of results than the sessions that were held here."""
    if not facts.doubts:
        return []
    said = (line for each in facts.doubts for line in _listed("!", "warning", ADVICE.message(each, lang), width))
    return [(), (Span(tr(lang, "The log and the sessions do not agree"), bold=True),), *said]


# -- people -----------------------------------------------------------------------------------------------------------


def people_lines(plan: Plan, facts: BranchFacts, lang: Lang, width: int) -> list[Line]:
    """Who took part, by member group, and who is hard to reach."""
    shown = [each for each in facts.attendance if each.members or each.expected]
    name = column_cells((group_label(plan, each.group, lang) for each in shown), NAME) + 2
    heads = (
        (tr(lang, "Group"), name),
        (tr(lang, "People"), MEMBERS + 3),
        (tr(lang, "Took part"), BAR + SHARE + 3),
        (tr(lang, "Hours each"), 14),
    )
    lines: list[Line] = [
        tuple(span for text, cells in heads for span in fitted((Span(text, "muted", bold=True),), cells))
    ]
    lines.extend(fitted(_attendance_line(plan, each, lang, name), width) for each in shown)
    reach = [each for each in facts.reach if each.members]
    if reach:
        lines.extend([(), (Span(tr(lang, "Hard to reach"), bold=True),)])
        lines.extend(fitted(_reach_line(plan, each, lang, name), width) for each in reach)
    note = tr(lang, "Took part: came, or made it up, of those expected, over all meetings.")
    return [*lines, (), *((Span(part, "muted"),) for part in wrap(note, width))]


def people_text(facts: BranchFacts, lang: Lang) -> str:
    """Over all groups."""
    expected = sum(each.expected for each in facts.attendance)
    came = sum(each.attended + each.made_up for each in facts.attendance)
    if not expected:
        return tr(lang, "no meeting recorded yet")
    said = tr(lang, "over all meetings {p}% took part", p=percent(Fraction(came, expected)))
    untried = sum(each.untried for each in facts.reach)
    hard = any(each.members for each in facts.reach)
    return f"{said} · " + tr(lang, "not tried yet: {n}", n=untried) if hard else said


def _attendance_line(plan: Plan, each: Attendance, lang: Lang, name: int) -> Line:
    target = next((group.hour_target for group in plan.member_groups if group.id == each.group), None)
    share, hours = each.participation, each.hours_each
    said = f"{float(hours):.1f}" if hours is not None else NONE
    enough = hours is not None and target is not None and hours >= target
    wanted = f"{said} / {target}{' ' + DONE if enough else ''}" if target else said
    return (
        *fitted((Span(group_label(plan, each.group, lang)),), name),
        *fitted((Span(f"{each.members:>{MEMBERS}}"),), MEMBERS + 3),
        *_share(share),
        Span(wanted, "success" if enough else "foreground"),
    )


def _share(share: Fraction | None) -> Line:
    shown = f"{percent(share)}%" if share is not None else NONE
    return (*bar(share or Fraction(0), BAR, "primary"), Span(shown.rjust(SHARE)), Span("   "))


def _reach_line(plan: Plan, each: Reach, lang: Lang, name: int) -> Line:
    parts = (
        tr(lang, "reached {n}", n=each.reached),
        tr(lang, "unreachable {n}", n=each.unreachable),
        tr(lang, "untried {n}", n=each.untried),
    )
    return (
        *fitted((Span(group_label(plan, each.group, lang)),), name),
        *fitted((Span(f"{each.members:>{MEMBERS}}"),), MEMBERS + 3),
        Span(f"{percent(each.share)}%".rjust(SHARE) if each.share is not None else NONE.rjust(SHARE)),
        Span("   "),
        Span(" · ".join(parts), "warning" if each.untried else "muted"),
    )


# -- hints ------------------------------------------------------------------------------------------------------------


def hint_lines(plan: Plan, facts: BranchFacts, lang: Lang, width: int) -> list[Line]:
    """Every hint in full, with what it rests on."""
    if not facts.hints:
        said = tr(lang, "nothing that asks for a second look")
        return [(Span(f"{DONE} {said}", "success"),)]
    lines: list[Line] = []
    for hint in facts.hints:
        lines.extend(_listed("?", "warning", f"{hint.text(lang)} ({hint.code})", width))
        rests = [*hint.cases, *(evidence_line(plan, entry, lang) for entry in hint.entries)]
        lines.extend(fitted((Span("    " + each, "muted"),), width) for each in rests[:MOST_EVIDENCE])
        if len(rests) > MOST_EVIDENCE:
            lines.append((Span("    " + tr(lang, "… and {n} more", n=len(rests) - MOST_EVIDENCE), "muted"),))
        lines.append(())
    return lines


def hints_text(facts: BranchFacts, lang: Lang) -> str:
    """That they are no judgement."""
    return tr.plural(
        lang, "{n} hint to look at; never a score", "{n} hints to look at; never a score", len(facts.hints)
    )


# -- cards ------------------------------------------------------------------------------------------------------------


def owed_card(plan: Plan, facts: BranchFacts, lang: Lang, width: int) -> list[Line]:
    """The matrix beside the sections, where there is room."""
    inner = width - 4
    heading: list[Line] = [(), (Span(tr(lang, "Owed to the public"), bold=True),)]
    return _inset([*heading, *matrix_lines(plan, facts, lang, inner, full=False), ()])


def missing_card(_plan: Plan, facts: BranchFacts, lang: Lang, width: int) -> list[Line]:
    """What is missing, likewise."""
    heading: list[Line] = [(), (Span(tr(lang, "Before it has completed the campaign"), bold=True),)]
    return _inset([*heading, *missing_lines(facts, lang, width - 4, CARD_LINES), ()])


def more_card(plan: Plan, facts: BranchFacts, lang: Lang, width: int, height: int) -> list[Line]:
    """The worst open cases, the first hints and the newest entries of the log, likewise."""
    inner = width - 4
    opened = [each for each in facts.cases if each.open]
    lines: list[Line] = [(), (Span(tr(lang, "Open cases: {n}", n=len(opened)), bold=True),)]
    for each in opened[:MOST_CARD_CASES]:
        chip = late_cell(each, lang, CHIP)
        lines.append((*fitted(chip, CHIP), *fitted((Span(f" {each.case.matter}"),), inner - CHIP)))
    if facts.hints:
        lines.extend([(), (Span(tr(lang, "Worth a second look: {n}", n=len(facts.hints)), bold=True),)])
        for hint in facts.hints[:MOST_CARD_HINTS]:
            lines.extend(_listed("?", "warning", hint.text(lang), inner, CARD_LINES))
    lines.extend([(), (Span(tr(lang, "Newest entries"), bold=True),)])
    for newest in sorted(facts.entries, key=lambda logged: (logged.entry.on, logged.number), reverse=True)[:height]:
        said = f"{short_day(newest.entry.on)}  {kind_label(plan, newest.entry.kind, lang)}"
        lines.append(fitted((Span(said, "muted"),), inner))
    return _inset(lines[:height])


def _inset(lines: Sequence[Line]) -> list[Line]:
    return [(Span("  "), *line) for line in lines]
