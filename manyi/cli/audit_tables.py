"""The list of changes as plain text: day, role, what, before and after, why."""

from collections.abc import Iterator, Sequence

from campaign.audit_words import changed_words, differing
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.plan import Plan
from manyi.cli.tables import aligned, plain, shortened, width
from manyi.texts import tr

LEAST = 40
"""Cells of an old or a new value where the terminal is narrow."""
_GAPS = 2 * 5


def audit_lines(plan: Plan, audits: Sequence[AuditEntry], lang: Lang, room: int | None = None) -> Iterator[str]:
    """One line a change; values are cut where a line would be longer than ``room`` cells, never without ``room``."""
    heads = [tr(lang, "Day"), tr(lang, "Role"), tr(lang, "Changed"), tr(lang, "Before"), tr(lang, "After")]
    rows: list[list[object]] = [[*heads, tr(lang, "Reason")]]
    for each in audits:
        old, new = (" ".join(plain(side).split()) for side in differing(each))
        rows.append([each.on, each.role, changed_words(plan, each, lang), old, new, each.reason])
    if room is not None:
        taken = sum(max(width(plain(row[at])) for row in rows) for at in (0, 1, 2, 5)) + _GAPS
        cells = max(LEAST, (room - taken) // 2)
        rows = [[*row[:3], *cut(str(row[3]), str(row[4]), cells), row[5]] for row in rows]
    return aligned(rows)


def cut(old: str, new: str, cells: int) -> tuple[str, str]:
    """Both in at most ``cells`` cells; where they begin alike for long, from shortly before the difference on."""
    if max(width(old), width(new)) <= cells:
        return old, new
    alike = next((at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), 0)
    begin = max(0, alike - cells // 8)
    if begin <= cells // 4:
        return shortened(old, cells), shortened(new, cells)
    return shortened(f"…{old[begin:]}", cells), shortened(f"…{new[begin:]}", cells)
