"""The first pages of the report: what it is, the figures that matter, bars, and what it is made from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from campaign.language import Lang, listed
from exports.cells import Cell, Count, Hidden, NoFigure, Rate, Table
from exports.origin import facts
from exports.pages.bars import names_choices, shows_scale
from exports.pages.findings import findings
from exports.pages.flow import MARGIN, Section, Strip, text_width
from exports.pages.lacking import lacking_note
from exports.pages.opinions import opinions
from exports.pages.paint import ACCENT, TILE, Panel
from exports.pages.tables import section_title, stacked
from exports.pages.words import LACKING, evened, leading, natural, wrapped
from exports.paper.shapes import BLACK, DARK, GREY, Shape
from exports.report import Report, SurveyMark
from exports.showing import mark as mark_of
from exports.showing import shown
from exports.texts import tr

_NAME, _SUB = 22.0, 10.5
_LABEL, _FIGURE, _BELOW = 9.0, 22.0, 8.0
_TILES, _SPACE = 4, 3.0
_MOST_NAMED = 8
"""Tables that are left out and named."""
_WIDTH = text_width(wide=False)


def summary(report: Report, left_out: Sequence[Table], lang: Lang) -> Iterator[Section]:
    """Title, then for each survey its tiles and bars, then what the report is made from."""
    begun = False
    for mark in report.metadata.surveys:
        tables = _of_survey(report, mark)
        if not any(shows_scale(table) for table in tables):
            continue
        head = [] if begun else [title_block(report_title(lang), _subtitle(report, lang))]
        begun = True
        first, *others = findings(report, tables, mark, lang)
        yield replace(first, strips=[*head, *_survey_head(mark, tables, lang), *first.strips])
        yield from others
    if not begun:
        yield Section([title_block(report_title(lang), _subtitle(report, lang))])
    if section := opinions(report, lang):
        yield section
    yield about(report, left_out, lang)


def report_title(lang: Lang) -> str:
    """What the report is called."""
    return tr(lang, "Results of the satisfaction survey")


def title_block(title: str, below: str) -> Strip:
    """The title, large, with a line under it."""
    lines = wrapped(title, _NAME, _WIDTH, bold=True)
    sub = wrapped(below, _SUB, _WIDTH, most=6)
    y = len(lines) * leading(_NAME)
    end = y + 1.0 + len(sub) * leading(_SUB) + 2.4
    return Strip(
        end + 5.0,
        (*stacked(lines, MARGIN, 0.0), *stacked(sub, MARGIN, y + 1.0, GREY), Panel(MARGIN, end, _WIDTH, 0.7, ACCENT)),
        with_next=True,
    )


def _subtitle(report: Report, lang: Lang) -> str:
    about_it = report.metadata
    parts = about_it.title.text(lang), about_it.organiser.text(lang), about_it.exported_on.isoformat()
    return "  ·  ".join(part for part in parts if part)


def _of_survey(report: Report, mark: SurveyMark) -> list[Table]:
    """The survey's tables of results: those of all together, or of the one session that the report is about."""
    own = [table for table in report.tables if table.number in {"T1", "T2", "T3"} and table.survey == mark.key]
    whole = [table for table in own if table.name == f"T2-{mark.key}"]
    if whole:
        return [
            each for each in own if each.name in {f"{n}-{mark.key}" for n in ("T1", "T2", "T3")} or names_choices(each)
        ]
    return own


def _survey_head(mark: SurveyMark, tables: Sequence[Table], lang: Lang) -> Iterator[Strip]:
    asked = tr(
        lang,
        "{title}: {survey}, version {version}",
        survey=mark.name.text(lang),
        title=mark.title.text(lang),
        version=mark.version,
    )
    yield section_title(asked)
    tiles = list(_tiles(mark, tables, lang, whole=any(table.number == "T1" for table in tables)))
    if tiles:
        yield _tile_row(tiles[:_TILES])


def _tiles(mark: SurveyMark, tables: Sequence[Table], lang: Lang, *, whole: bool) -> Iterator[tuple[str, str, str]]:
    """What it is, the figure, and what it is made from."""
    rated = next((table for table in tables if table.number == "T2" and table.main is not None), None)
    if rated is not None and rated.main is not None:
        row = rated.rows[rated.main]
        satisfied, valid = row[rated.place("satisfaction")], row[rated.place("valid")]
        formula = rated.notes[0].text(lang) if rated.notes else ""
        yield tr(lang, "Satisfied, overall"), _large(satisfied, lang), _why(satisfied, lang) or formula
        yield tr(lang, "Valid forms"), *_valid(mark, valid, lang, whole=whole)
        expressed = row[rated.place("expressed")]
        n = (
            f"n = {shown(row[rated.place('expressing')], lang)}"
            if isinstance(expressed, Rate)
            else _why(expressed, lang)
        )
        yield tr(lang, "Satisfied of those with an opinion"), _large(expressed, lang), n
    account = next((table for table in tables if table.number == "T1" and table.main is not None), None)
    if account is not None and account.main is not None:
        row = account.rows[account.main]
        issued, back = (shown(row[account.place(key)], lang) for key in ("issued", "returned"))
        below = tr(lang, "handed out {issued}, returned {returned}", issued=issued, returned=back)
        yield tr(lang, "Forms that came back"), _large(row[account.place("return_rate")], lang), below


def _valid(mark: SurveyMark, rated: Cell, lang: Lang, *, whole: bool) -> tuple[str, str]:
    """The valid forms, how many sessions they are from, and how many of them the result is of, if not of all."""
    if not whole or mark.valid is None:
        return _large(rated, lang), _why(rated, lang)
    sessions = _sessions(mark, lang)
    if isinstance(rated, Count) and rated.value != mark.valid:
        sessions = tr.plural(
            lang,
            "{sessions}; the result is of {n} form",
            "{sessions}; the result is of {n} forms",
            rated.value,
            sessions=sessions,
        )
    return str(mark.valid), sessions


def _sessions(mark: SurveyMark, lang: Lang) -> str:
    """How many sessions are in the figures, and how many are not."""
    counted = tr.plural(lang, "from {n} session", "from {n} sessions", mark.sessions)
    if not mark.hidden_sessions:
        return counted
    return tr(lang, "{counted}; {n} more with too few forms", counted=counted, n=mark.hidden_sessions)


def _large(cell: object, lang: Lang) -> str:
    if isinstance(cell, Rate):
        return f"{shown(cell, lang)}%"
    return (
        mark_of(cell, lang)
        if isinstance(cell, Hidden)
        else shown(cell, lang)
        if isinstance(cell, Count | NoFigure)
        else ""
    )


def _why(cell: object, lang: Lang) -> str:
    """Why a figure is hidden."""
    return cell.text(lang) if isinstance(cell, Hidden) else ""


def _tile_row(tiles: Sequence[tuple[str, str, str]]) -> Strip:
    """Tiles side by side; a figure that is a reason is written smaller, so that it stays inside."""
    count = max(len(tiles), 3)
    width = (_WIDTH - _SPACE * (count - 1)) / count
    inner = width - 6.0
    texts = [
        (
            wrapped(name, _LABEL, inner, most=2),
            wrapped(
                figure, _FIGURE if natural(figure, _FIGURE, bold=True) <= inner else 10.0, inner, bold=True, most=3
            ),
            evened(below, _BELOW, inner, most=3),
        )
        for name, figure, below in tiles
    ]
    top = max(len(name) for name, _, _ in texts) * leading(_LABEL)
    middle = leading(_FIGURE)
    bottom = max(len(below) for _, _, below in texts) * leading(_BELOW)
    high = 2.6 + top + 0.8 + middle + 0.8 + bottom + 2.6
    shapes: list[Shape] = []
    for number, (name, figure, below) in enumerate(texts):
        x = MARGIN + number * (width + _SPACE)
        shapes += [Panel(x, 0.0, width, high, ACCENT if number == 0 else TILE)]
        ink = (1.0, 1.0, 1.0) if number == 0 else (DARK, BLACK, DARK)
        shapes += stacked(name, x + 3.0, 2.6, ink[0])
        used = sum(leading(line.size) for line in figure)
        shapes += stacked(figure, x + 3.0, 2.6 + top + 0.8 + (middle - used) / 2, ink[1])
        shapes += stacked(below, x + 3.0, 2.6 + top + 0.8 + middle + 0.8, ink[2])
    return Strip(high + 7.0, tuple(shapes), with_next=True)


def about(report: Report, left_out: Sequence[Table], lang: Lang) -> Section:
    """What the figures are made from: campaign, surveys, formula, what is hidden, the day."""
    items = list(_about(report, lang))
    if left_out:
        named = listed((f"{table.number} {table.title.text(lang)}" for table in left_out[:_MOST_NAMED]), lang)
        text = tr.plural(
            lang,
            "{n} table, which is too long to print; the other formats have it: {tables}",
            "{n} tables, which are too long to print; the other formats have them: {tables}",
            len(left_out),
            tables=named,
        )
        items.append((tr(lang, "Left out"), text + ("" if len(left_out) <= _MOST_NAMED else " …")))
    strips = [section_title(tr(lang, "About this report"))]
    for name, text in items:
        strips += item(name, text, 9.0, 34.0)
    return Section(strips, again=(section_title(tr(lang, "About this report")),))


def item(name: str, text: str, size: float, width: float, *, large: float | None = None) -> Iterator[Strip]:
    """A name at the left and its text beside it, line by line; with ``large``, the text in that size, and bold."""
    names = wrapped(name, size, width - 3.0, bold=True)
    lines = wrapped(text, large or size, _WIDTH - width, bold=large is not None)
    if large:
        yield Strip(leading(large), (*stacked(names, MARGIN, 1.6), *stacked(lines[:1], MARGIN + width, 0.0)))
        names, lines = (), lines[1:]
    for number in range(max(len(names), len(lines))):
        shapes = (
            *stacked(names[number : number + 1], MARGIN, 0.0),
            *stacked(lines[number : number + 1], MARGIN + width, 0.0),
        )
        yield Strip(leading(size), shapes)
    yield Strip(0.7)


def _about(report: Report, lang: Lang) -> Iterator[tuple[str, str]]:
    yield from ((name.text(lang), text.text(lang)) for name, text in facts(report.metadata))
    yield from ((LACKING, text) for text in lacking_note(report, lang))
