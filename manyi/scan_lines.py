"""What became of scanned forms and pages, as text and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from campaign.errors import Exit
from campaign.language import Lang, Phrase
from manyi.advice import ADVICE
from manyi.cli.tables import aligned, plain
from manyi.paper_lines import serial_of, typed_code
from manyi.texts import tr
from surveys.paper.codes import serial_text, typed_serial
from surveys.paper.queue import Doubt, OpenQuestion, ScanQueue
from surveys.paper.scan_results import Fate, PageFate, Result
from surveys.paper.scan_words import DOUBTS, FATES, PAGE_FATES
from surveys.ports import Pictures

QUIET = frozenset({Fate.KEYED, PageFate.EMPTY})
"""What needs no line of its own: its number says it."""
_ORDER: tuple[Fate | PageFate, ...] = (
    Fate.KEYED,
    Fate.QUEUED,
    PageFate.QUEUED,
    Fate.AGAIN,
    PageFate.WAITING,
    Fate.COPY,
    Fate.REFUSED,
    PageFate.UNKNOWN,
    PageFate.OTHER_CODE,
    PageFate.NOT_OURS,
    PageFate.UNPLACED,
    PageFate.FILE,
    PageFate.EMPTY,
)


@dataclass
class ScanCount:
    """How much of each kind there was."""

    pages: int = 0
    fates: Counter[Fate | PageFate] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """One result more."""
        self.fates[fate_of(result)] += 1

    @property
    def exit(self) -> Exit:
        """3 where something was not read, 5 where a sheet must be put aside; what waits for a person is no error."""
        if self.fates[PageFate.FILE] or self.fates[PageFate.UNPLACED]:
            return Exit.BAD_INPUT
        aside = (Fate.COPY, Fate.REFUSED, PageFate.UNKNOWN, PageFate.OTHER_CODE, PageFate.NOT_OURS)
        return Exit.REFUSED if any(self.fates[fate] for fate in aside) else Exit.DONE


def fate_of(result: Result) -> Fate | PageFate:
    """What became of it."""
    fate = result.taken.fate if result.taken else result.fate
    if fate is None:
        raise ValueError(result)
    return fate


def result_line(result: Result, lang: Lang) -> str:
    """A result for people: what became of which form or page, why, and where it stands; empty if it needs no line."""
    fate, taken = fate_of(result), result.taken
    if fate in QUIET:
        return ""
    number = typed_code(taken.form) if taken and taken.form else ""
    parts = [number, words_of(fate).text(lang)]
    if taken and taken.fate is Fate.QUEUED:
        parts.append(tr(lang, "; ").join(_doubts(taken.waits, taken.missing, lang)))
    problem = taken.problem if taken else result.problem
    if problem is not None:
        parts.append(ADVICE.text(problem, lang))
    parts.append(tr(lang, "; ").join(tr(lang, "{path} page {n}", path=at.path, n=at.page) for at in result.pages))
    return plain("  ".join(part for part in parts if part))


def result_object(result: Result, lang: Lang, pictures: Pictures) -> dict[str, object]:
    """A result for programs."""
    taken = result.taken
    shown: dict[str, object] = {
        "fate": fate_of(result),
        "pages": [{"file": str(at.path), "page": at.page} for at in result.pages],
    }
    if taken is not None:
        shown |= {"session": taken.session, "form": serial_of(taken.form) if taken.form else None}
    if taken is not None and taken.fate is Fate.QUEUED:
        shown |= {"open": open_objects(taken.waits, pictures), "missing": list(taken.missing)}
    problem = taken.problem if taken else result.problem
    if problem is not None:
        shown |= {"error": problem.code, "message": ADVICE.message(problem, lang)}
    return shown


def open_objects(waits: Iterable[OpenQuestion], pictures: Pictures) -> list[dict[str, object]]:
    """What waits of a form, with the files of its pictures."""
    return [
        {
            "question": each.question,
            "doubt": each.doubt,
            "marked": list(each.marked),
            "picture": str(pictures.path(each.picture)) if each.picture else None,
        }
        for each in waits
    ]


def queue_object(queue: ScanQueue, pictures: Pictures) -> dict[str, object]:
    """Everything that waits of a session's scanned forms."""
    forms = [
        {
            "form": serial_text(form.serial),
            "open": open_objects(form.open, pictures),
            "missing": list(form.missing),
        }
        for form in queue.forms
    ]
    return {"forms": forms, "pages": [{"picture": str(pictures.path(page.picture))} for page in queue.pages]}


def queue_lines(queue: ScanQueue, pictures: Pictures, lang: Lang) -> Iterator[str]:
    """The same for people: what is in doubt, and where its picture lies."""
    for form in queue.forms:
        number = typed_serial(form.serial)
        yield plain(
            "  ".join(
                [number, FATES[Fate.QUEUED].text(lang), tr(lang, "; ").join(_doubts(form.open, form.missing, lang))]
            )
        )
    for page in queue.pages:
        yield plain(f"{PAGE_FATES[PageFate.QUEUED].text(lang)}  {pictures.path(page.picture)}")


def summary_lines(count: ScanCount, lang: Lang) -> Iterator[str]:
    """How much there was of each kind, and where what waits is settled."""
    yield tr.plural(lang, "{n} page was read", "{n} pages were read", count.pages)
    yield from aligned([[count.fates[fate], words_of(fate).text(lang)] for fate in _ORDER if count.fates[fate]])
    if count.fates[Fate.QUEUED] or count.fates[PageFate.QUEUED]:
        yield tr(lang, "What waits is settled on the intake screen: manyi, Enter on the branch, p, then a full stop.")


def summary_object(count: ScanCount) -> dict[str, object]:
    """The same for programs."""
    forms = {str(fate): count.fates[fate] for fate in _ORDER if isinstance(fate, Fate)}
    others = {str(fate): count.fates[fate] for fate in _ORDER if isinstance(fate, PageFate)}
    return {"pages": count.pages, "forms": forms, "others": others}


def words_of(fate: Fate | PageFate) -> Phrase:
    """What became of it, in words."""
    return FATES[fate] if isinstance(fate, Fate) else PAGE_FATES[fate]


def _doubts(waits: Iterable[OpenQuestion], missing: Sequence[int], lang: Lang) -> Iterator[str]:
    """Each doubt with the questions that it is about, and the pages that were not read."""
    names: dict[Doubt, list[str]] = {}
    for each in waits:
        names.setdefault(each.doubt, []).append(each.question)
    for doubt, of in names.items():
        yield tr(lang, "{why}: {list}", why=DOUBTS[doubt].text(lang), list=tr(lang, ", ").join(of))
    if missing:
        yield tr(lang, "pages that were not read: {list}", list=tr(lang, ", ").join(map(str, missing)))
