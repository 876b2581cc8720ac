"""Days as cells of a line: how many days a cell stands for, where a day lies, what stands above. No Textual here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rich.cells import cell_len

from campaign.calendar import is_workday
from campaign.language import Lang
from campaign.plan import Plan
from tui.staff.wording import MONTHS
from tui.widgets.spans import Line, Span

_DAY = timedelta(days=1)
_WEEK = 7
LABEL = 2
"""Cells of the number of a day."""
TODAY, REST, HOLIDAY = "▼", "·", "*"
"""Above the cells: today, a day off, a week with a holiday."""


@dataclass(frozen=True, slots=True)
class Zoom:
    """So many days take so many cells."""

    days: int
    cells: int

    def cells_for(self, days: int) -> int:
        """Cells that so many days need."""
        return -(-days // self.days) * self.cells


ZOOMS = (Zoom(28, 2), Zoom(7, 1), Zoom(7, 2), Zoom(7, 3), Zoom(1, 1), Zoom(1, 3))
"""From far away to near."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The part of the time that is in sight."""

    start: date
    """First day of the first cell; a Monday."""
    zoom: int
    """Place in :data:`ZOOMS`."""
    width: int
    """Cells."""

    @property
    def scale(self) -> Zoom:
        """Days and cells."""
        return ZOOMS[self.zoom]

    @property
    def days(self) -> int:
        """Days in sight."""
        return max(1, self.width // self.scale.cells) * self.scale.days

    @property
    def end(self) -> date:
        """The last day in sight."""
        return self.start + _DAY * (self.days - 1)

    def first_cell(self, day: date) -> int:
        """The first cell that shows ``day``; below 0 or beyond the width for one out of sight."""
        unit, rest = divmod((day - self.start).days, self.scale.days)
        return unit * self.scale.cells + rest * self.scale.cells // self.scale.days

    def last_cell(self, day: date) -> int:
        """The last one."""
        unit, rest = divmod((day - self.start).days, self.scale.days)
        wide = max(1, self.scale.cells // self.scale.days)
        return unit * self.scale.cells + rest * self.scale.cells // self.scale.days + wide - 1

    def cells(self, start: date, end: date) -> range:
        """The cells in sight of the days from ``start`` to ``end``, both included."""
        return range(max(0, self.first_cell(start)), min(self.width, self.last_cell(end) + 1))

    def moved(self, by: int, plan: Plan) -> "Timeline":
        """A third of what is in sight earlier (-1) or later (1), within the campaign."""
        step = max(1, self.width // self.scale.cells // 3) * self.scale.days
        return self.beginning(self.start + _DAY * by * max(_WEEK, step // _WEEK * _WEEK), plan)

    def zoomed(self, by: int, plan: Plan, today: date) -> "Timeline":
        """Nearer (1) or farther (-1); today stays in sight if it is, otherwise the middle does."""
        zoom = min(max(self.zoom + by, 0), len(ZOOMS) - 1)
        fixed = today if self.start <= today <= self.end else self.start + _DAY * (self.days // 2)
        new = replace(self, zoom=zoom)
        return new.beginning(fixed - _DAY * (new.days // 3), plan)

    def resized(self, width: int, plan: Plan) -> "Timeline":
        """The same in other cells."""
        return replace(self, width=width).beginning(self.start, plan)

    def beginning(self, start: date, plan: Plan) -> "Timeline":
        """The same from the Monday of ``start`` on, or as near to that as the campaign allows."""
        first, last = _monday(plan.campaign.start_date), plan.campaign.end_date
        latest = max(first, _monday(last - _DAY * (self.days - _WEEK)))
        return replace(self, start=_monday(min(max(start, first), latest)))


def whole_campaign(plan: Plan, width: int, today: date) -> Timeline:
    """As near as the whole campaign fits; weeks where it does not, with today in sight."""
    first = _monday(plan.campaign.start_date)
    days = (plan.campaign.end_date - first).days + 1
    fitting = [at for at, zoom in enumerate(ZOOMS) if zoom.cells_for(days) <= width]
    line = Timeline(first, max(fitting, default=1), width)
    return line if fitting else line.beginning(today - _DAY * (line.days // 3), plan)


def scale_lines(line: Timeline, plan: Plan, today: date, lang: Lang) -> list[Line]:
    """Months, and below them days with the sign of today and of days off; nothing after the campaign."""
    months, days = [" "] * line.width, [" "] * line.width
    for at, text in _months(line, plan.campaign.end_date, lang):
        _put(months, at, text)
    now = line.first_cell(today) if line.start <= today <= line.end else -line.width
    for at, text in _numbers(line, plan.campaign.end_date):
        if not now - LABEL < at <= now + LABEL + 1:
            _put(days, at, text)
    for at in _off(line, plan):
        if days[at] == " ":
            days[at] = REST if line.scale.days == 1 else HOLIDAY
    last = max(0, min(line.width, line.last_cell(plan.campaign.end_date) + LABEL))
    above: Line = (Span("".join(months[:last]), "muted", bold=True),)
    if now < 0:
        return [above, (Span("".join(days[:last]), "muted"),)]
    mark = f"{TODAY}{today:%d}"[: line.width - now]
    before, after = "".join(days[:now]), "".join(days[now + len(mark) : last])
    return [above, (Span(before, "muted"), Span(mark, "accent", bold=True), Span(after, "muted"))]


def _months(line: Timeline, last: date, lang: Lang) -> Iterator[tuple[int, str]]:
    day = line.start
    while day <= min(line.end, last):
        at = max(0, line.first_cell(day))
        after = (day.replace(day=28) + _DAY * 4).replace(day=1)
        room = min(line.width, line.first_cell(after)) - at
        short = f"{day.month}月" if lang is Lang.ZH else MONTHS[day.month - 1]
        full = f"{day.year}年{short}" if lang is Lang.ZH else f"{short} {day.year}"
        shown = full if day.month == 1 or day == line.start else short
        fitting = [name for name in (shown, short) if cell_len(name) < room]
        if fitting:
            yield at, fitting[0]
        day = after


def _numbers(line: Timeline, last: date) -> Iterator[tuple[int, str]]:
    """The day on which a unit begins, as many as there is room for; with days as cells that of Mondays."""
    step = _WEEK if line.scale.cells == line.scale.days == 1 else 1
    while step * line.scale.cells <= LABEL:
        step += 1
    for unit in range(0, line.width // line.scale.cells, step):
        at = unit * line.scale.cells
        day = line.start + _DAY * unit * line.scale.days
        if at + LABEL <= line.width and day <= last:
            yield at, f"{day:%d}"


def _off(line: Timeline, plan: Plan) -> Iterator[int]:
    """Cells of days off: of holidays alone where a cell is more than a day. The last cell of the day."""
    if line.scale.days == 1:
        for at in range(line.days):
            day = line.start + _DAY * at
            if not is_workday(day, plan.calendar) and line.last_cell(day) < line.width:
                yield line.last_cell(day)
    else:
        for day in plan.calendar.holidays:
            if line.start <= day <= line.end:
                yield min(line.width - 1, line.last_cell(day))


def _put(cells: list[str], at: int, text: str) -> None:
    """Write ``text`` into cells; a wide character takes the cell of the next one too."""
    for char in text:
        wide = cell_len(char) == LABEL
        if at + wide >= len(cells):
            return
        cells[at] = char
        if wide:
            cells[at + 1] = ""
        at += 1 + wide


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()
