"""The pages of the intake screen between two forms: what was scanned, what can be done, what is asked."""

from collections.abc import Sequence

from campaign.errors import Problem
from campaign.language import Lang
from surveys.paper.codes import typed_serial
from surveys.paper.forms import VoidReason
from surveys.words import VOID_REASONS
from tui.staff.intake_deeds import Page
from tui.staff.intake_keying_view import keying_page
from tui.staff.intake_keys import MODES, Mode
from tui.staff.intake_lists_view import account_lines, out_lines
from tui.staff.intake_notice import Notice, Tone
from tui.staff.intake_parts import (
    AIRY,
    Place,
    band,
    bar,
    card,
    head,
    headline,
    mode_label,
    options,
    prompt,
    said,
    spread_out,
)
from tui.staff.intake_run import IntakeRun
from tui.staff.intake_scan_view import codeless_page
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.spans import Line, Span


def intake_page(run: IntakeRun, place: Place, lang: Lang, width: int, height: int) -> list[Line]:
    """The whole screen between its top and the status line."""
    if run.page is Page.KEYING and run.draft is not None:
        return keying_page(run, run.draft, place, lang, width, height)
    if run.page is Page.CODELESS:
        return codeless_page(run, place, lang, width, height)
    top = [*head(run, place, lang, width)]
    foot: list[Line] = [prompt(run, lang, width)]
    if run.page is Page.CODE and run.form is not None:
        return [*top, (), *card(run.form, place, lang, width)[3:]][:height]
    parts: list[Sequence[Line]] = [top]
    match run.page:
        case Page.OUT:
            parts += [bar(run, lang, width), out_lines(run, lang, width, height - 8)]
        case Page.ACCOUNT:
            parts += [bar(run, lang, width), account_lines(run, lang, width)]
        case Page.STOPPED:
            parts += _stopped(run, lang, width)
        case Page.LEAVING:
            parts += _leaving(run, lang, width)
        case _:
            parts += _start(run, place, lang, width, height)
    return spread_out(parts, foot, height)


def _start(run: IntakeRun, place: Place, lang: Lang, width: int, height: int) -> list[Sequence[Line]]:
    parts: list[Sequence[Line]] = [bar(run, lang, width), _band(run, lang, width)]
    notice = run.notice
    form = notice.form if notice and notice.form else run.form
    if form is not None:
        parts.append(card(form, place, lang, width))
    if notice is not None:
        parts.append(said(notice, lang, width))
    if run.page is Page.OFFER:
        what = tr(lang, "Count this sheet as put aside: it is a second sheet with this number.")
        if not run.is_copy:
            what = tr(lang, "Count this sheet as put aside: it is none of this session's.")
        parts.append(options((("1", what), ("0", tr(lang, "Count nothing; scan the next one."))), width))
    elif run.page is Page.REASON:
        parts.append(_reasons(lang, width))
    elif notice is None and form is None:
        parts.append(_help(run, lang, width))
    if run.page is Page.START:
        parts.append(_remarks(run, lang, width))
        parts.append(account_lines(run, lang, width) if height >= AIRY else ())
    return parts


def _band(run: IntakeRun, lang: Lang, width: int) -> list[Line]:
    """The page in a few words."""
    if run.page is Page.REASON:
        return band(tr(lang, "Why is this form void?"), Tone.ASK, width)
    if run.notice is not None:
        return band(headline(run.notice, lang, width), run.notice.tone, width)
    words = tr(lang, "Choose what to do, or scan a form to see where it is")
    if run.mode is not Mode.LOOK:
        words = tr(lang, "{what}: scan the next form", what=mode_label(run, lang))
    return band(words, Tone.TOLD, width)


def _help(run: IntakeRun, lang: Lang, width: int) -> list[Line]:
    """What the mode does; or that there are no forms."""
    if run.account is not None and not run.account.printed:
        return said(Notice(Tone.WRONG, problem=Problem("M87", {"id": run.desk.session().id})), lang, width)
    text = "" if run.mode is Mode.LOOK else next(tr(lang, key.help) for key in MODES if key.cap == run.mode)
    return [(Span("  "), Span(part, "muted")) for part in wrap(text, width - 4)] if text else []


def _reasons(lang: Lang, width: int) -> list[Line]:
    reasons = [(str(at), VOID_REASONS[reason].text(lang)) for at, reason in enumerate(VoidReason, 1)]
    return options([*reasons, ("0", tr(lang, "It is not void."))], width)


def _remarks(run: IntakeRun, lang: Lang, width: int) -> list[Line]:
    """What waits from the scanner, what 9 would take back, and which forms wait with their answers."""
    lines: list[Line] = []
    if run.queue:
        text = tr.plural(
            lang,
            "▲ {n} sheet from the scanner is to be settled: press . (full stop)",
            "▲ {n} sheets from the scanner are to be settled: press . (full stop)",
            len(run.queue),
        )
        lines += [(Span("  "), Span(part, "warning", bold=True)) for part in wrap(text, width - 4)]
    if run.last is not None:
        label = next(tr(lang, key.label) for key in MODES if key.cap == run.last.mode)
        what = typed_serial(run.last.form.serial) if run.last.form else f"{run.last.count:+d}"
        text = tr(lang, "9 takes back: {what} {x}", what=label, x=what)
        lines.append((Span("  "), Span(text, "muted")))
    if run.aside:
        text = tr(lang, "▲ not kept yet, put aside: {list}", list=_aside(run))
        lines += [(Span("  "), Span(part, "warning", bold=True)) for part in wrap(text, width - 4)]
    return lines


def _aside(run: IntakeRun) -> str:
    return ", ".join(typed_serial(serial) for serial, _ in run.aside)


def _stopped(run: IntakeRun, lang: Lang, width: int) -> list[Sequence[Line]]:
    draft = run.draft
    if draft is None:
        return []
    told = tr.plural(
        lang,
        "Form {x}: {n} question is answered, nothing is kept yet.",
        "Form {x}: {n} questions are answered, nothing is kept yet.",
        len(draft.answers),
        x=typed_serial(draft.form.serial),
    )
    first, second, third = (
        tr(lang, "Go on with form {x}.", x=typed_serial(draft.form.serial)),
        tr(lang, "Put it aside with its answers; it goes on when it is scanned again."),
        tr(lang, "Drop its answers; the form stays as it was."),
    )
    words = tr(lang, "Stop here?")
    if run.pending is not None:
        other = typed_serial(run.pending.serial)
        words = tr(lang, "Another form was scanned: {x}", x=other)
        second = tr(lang, "Put it aside with its answers, and take form {x}.", x=other)
        third = tr(lang, "Drop its answers, and take form {x}.", x=other)
    message = said(run.notice, lang, width) if run.notice else []
    return [
        band(words, Tone.ASK, width),
        [(Span("  "), Span(part)) for part in wrap(told, width - 4)],
        options((("1", first), ("2", second), ("3", third)), width),
        message,
    ]


def _leaving(run: IntakeRun, lang: Lang, width: int) -> list[Sequence[Line]]:
    told = tr(lang, "Their answers are on no disk and would have to be keyed again: {list}", list=_aside(run))
    stay, leave = tr(lang, "Stay: scan a form again to go on with it."), tr(lang, "Leave, and drop these answers.")
    return [
        band(
            tr.plural(lang, "{n} form is not kept yet", "{n} forms are not kept yet", len(run.aside)), Tone.ASK, width
        ),
        [(Span("  "), Span(part)) for part in wrap(told, width - 4)],
        options((("0", stay), ("1", leave)), width),
    ]
