"""The ballot account and what is still out, on the intake screen."""

from itertools import groupby

from campaign.language import Lang
from surveys.paper.account import BallotAccount
from surveys.paper.codes import typed_serial
from surveys.words import FORM_STATES
from tui.staff.advice import ADVICE
from tui.staff.intake_parts import MARGIN
from tui.staff.intake_run import IntakeRun
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.spans import Line, Span, flowed

NAME = 22
"""Cells of the left side of an equation."""


def account_lines(run: IntakeRun, lang: Lang, width: int) -> list[Line]:
    """The equations, each with whether it holds, and what keeps the account from balancing."""
    account = run.account
    return [] if account is None else balance_lines(account, lang, width)


def balance_lines(account: BallotAccount, lang: Lang, width: int) -> list[Line]:
    """The same of any session."""
    problems = account.problems()
    broken = {problem.code for problem in problems}
    lines = [_equation(name, parts, bool(broken & codes)) for name, parts, codes in _equations(account, lang)]
    if has_paper(account):
        aside = tr(lang, "Put aside, in no account: {f} foreign, {c} copies", f=account.foreign, c=account.copies)
    else:
        aside, lines = tr(lang, "No paper forms were printed."), lines[-1:]
    lines += [(Span(f"    {aside}", "muted"),), ()]
    for problem in problems:
        parts = wrap(ADVICE.text(problem, lang), width - 2 * MARGIN - 2)
        lines += [
            (Span("  ✘ " if at == 0 else "    ", "error", bold=True), Span(part)) for at, part in enumerate(parts)
        ]
    if not problems:
        lines.append((Span("  ✔ ", "success", bold=True), Span(tr(lang, "The account balances."), bold=True)))
    return lines


def count_lines(account: BallotAccount, lang: Lang, width: int) -> list[Line]:
    """The numbers of the account in as few lines as they need."""
    paper = [
        (tr(lang, "handed out"), account.issued),
        (tr(lang, "returned"), account.returned),
        (tr(lang, "not returned"), account.not_returned),
        (tr(lang, "valid"), account.valid),
        (tr(lang, "void"), account.void),
    ]
    kiosks = [(tr(lang, "begun at kiosks"), account.started), (tr(lang, "handed in"), account.submitted)]
    counted = [*(paper if has_paper(account) else []), *kiosks]
    return flowed([(Span(f"{name} ", "muted"), Span(f"{number}   ", bold=True)) for name, number in counted], width)


def has_paper(account: BallotAccount) -> bool:
    """Whether there were paper forms at all."""
    return any((account.printed, account.issued, account.returned, account.foreign, account.copies))


Part = tuple[str, int]


def _equations(account: BallotAccount, lang: Lang) -> list[tuple[Part, list[Part], set[str]]]:
    """Each sum, its parts, and the problems that it can have."""
    returned = [(tr(lang, "valid"), account.valid), (tr(lang, "void"), account.void)]
    if account.to_key:
        returned.append((tr(lang, "to key"), account.to_key))
    return [
        (
            (tr(lang, "printed"), account.printed),
            [
                (tr(lang, "handed out"), account.issued),
                (tr(lang, "unused"), account.unused),
                (tr(lang, "spoiled"), account.spoiled),
            ],
            {"V53"},
        ),
        (
            (tr(lang, "handed out"), account.issued),
            [(tr(lang, "returned"), account.returned), (tr(lang, "not returned"), account.not_returned)],
            {"V55"},
        ),
        ((tr(lang, "returned"), account.returned), returned, {"V56", "V57"}),
        (
            (tr(lang, "begun at kiosks"), account.started),
            [(tr(lang, "handed in"), account.submitted), (tr(lang, "broken off"), account.abandoned)],
            {"M84"},
        ),
    ]


def _equation(whole: Part, parts: list[Part], is_broken: bool) -> Line:  # a fact about the line
    sign = Span("  ✘ ", "error", bold=True) if is_broken else Span("  ✔ ", "success", bold=True)
    line: Line = (sign, Span(f"{whole[0]} ", "muted"), Span(str(whole[1]), bold=True), Span("  =  ", "muted"))
    for at, (name, count) in enumerate(parts):
        plus = (Span("  +  ", "muted"),) if at else ()
        line = (*line, *plus, Span(f"{name} ", "muted"), Span(str(count), bold=True))
    return line


def out_lines(run: IntakeRun, lang: Lang, width: int, height: int) -> list[Line]:
    """The numbers of the forms that are not back, and of those that wait to be keyed."""
    lines: list[Line] = []
    for state, forms in groupby(run.out, key=lambda form: form.state):
        numbers = [typed_serial(form.serial) for form in forms]
        title = tr(lang, "{state}: {n}", state=FORM_STATES[state].text(lang), n=len(numbers))
        lines.append((Span(f"  {title}", bold=True),))
        lines += [(Span("  "), *line) for line in flowed([(Span(f"{number}   "),) for number in numbers], width - 4)]
        lines.append(())
    if run.account is not None:
        text = tr(lang, "{n} of all that were handed out are not back.", n=max(0, run.account.not_returned))
        lines.insert(0, ())
        lines.insert(0, (Span(f"  {text}", bold=True),))
    if not run.out:
        lines.append((Span("  "), Span(tr(lang, "✔ no form is noted as out, none waits to be keyed"), "success")))
    if len(lines) <= height:
        return lines
    pages = -(-len(lines) // (height - 1))
    page = run.shift % pages
    more = tr(lang, "page {n} of {m}", n=page + 1, m=pages)
    return [*lines[page * (height - 1) : (page + 1) * (height - 1)], (Span(f"  ▲▼  {more}", "muted"),)]
