"""Measures how filled-in forms are read, and how fast forms are printed. Run with ``make bench-paper``.

Everything optical is simulated (tests/paper_scans.py): no printer, scanner, copier, fax machine or telephone has been
used. The pages are those of a seed on which no limit was set. The exit code is 1 if a question of an office scan was
accepted with a wrong answer, or a wrong code was accepted anywhere; times are told against their targets, not asserted.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from surveys.paper.reading.readings import CodeRead, Outcome
from tests.bench_figures import Target, verdicts
from tests.bench_paper_files import printing, throughput
from tests.paper_pens import STYLES
from tests.paper_scans import CASES, OFFICE
from tests.scan_runs import HELD_OUT, Count, Questions, read_back

PAGES: Final = 30
"""Of each case unless another number is given: at most 6 minutes on one core in all."""
ENOUGH: Final = 10_000
"""Accepted questions of office scans among which none may be wrong."""
CHUNK: Final = 100
MOST_ASKED: Final = 3.0
"""Percent of the questions with nothing doubtful about them."""

Counts = Mapping[str, Count]
HEADING: Final = (
    f"{'case':<28}{'pages':>6}{'as it is':>9}{'rebuilt':>8}{'filtered':>9}{'wrong code':>11}{'unread':>7}{'right':>7}"
    f"{'asked':>6}{'no ink':>7}{'of plain':>9}{'wrong':>6}{'missed':>7}{'invented':>9}{'ms':>5}{'pages/s':>8}"
)
LEGEND: Final = (
    "asked: questions for a person, among them those that are doubtful on purpose (blank, stray dots, corrections);",
    "no ink: those of the others that came as blank, for copiers and fax machines wipe out a light pencil;",
    "of plain: share asked of the questions with nothing doubtful about them; missed, invented: fields with writing.",
)


def row(case: str, count: Count) -> str:
    """One line of the table."""
    questions, codes = count.questions, count.codes
    milliseconds = 1000 * count.seconds / count.pages if count.pages else 0.0
    blank = sum(came_of == Outcome.BLANK.value for _, _, came_of in count.why)
    return (
        f"{case:<28}{count.pages:>6}{codes[CodeRead.AS_IT_IS]:>9}{codes[CodeRead.REBUILT]:>8}"
        f"{codes[CodeRead.FILTERED]:>9}{count.wrong_codes:>11}{count.unread:>7}{questions.right:>7}"
        f"{questions.asked + questions.asked_doubtful:>6}{blank:>7}{questions.asked_percent:>8.1f}%{questions.wrong:>6}"
        f"{count.fields_missed:>7}{count.fields_invented:>9}{milliseconds:>5.0f}"
        f"{1000 / milliseconds if milliseconds else 0:>8.1f}"
    )


def added(counts: Iterable[Count]) -> Count:
    """All cases as one."""
    total = Count()
    for each in counts:
        total.pages += each.pages
        total.codes += each.codes
        total.wrong_codes += each.wrong_codes
        total.unread += each.unread
        for pen, questions in each.pens.items():
            total.pens[pen] = total.pens.get(pen, Questions()) + questions
        total.fields += each.fields
        total.fields_missed += each.fields_missed
        total.fields_invented += each.fields_invented
        total.seconds += each.seconds
        total.why += each.why
    return total


def pen_lines(pens: Mapping[str, Questions]) -> Iterator[str]:
    """What came of the questions by how they were answered."""
    yield f"{'pen':<28}{'questions':>10}{'right':>7}{'asked':>6}{'of plain':>9}{'wrong':>6}"
    for pen in STYLES:
        each = pens.get(pen, Questions())
        asked = each.asked + each.asked_doubtful
        yield f"{pen:<28}{each.total:>10}{each.right:>7}{asked:>6}{each.asked_percent:>8.1f}%{each.wrong:>6}"


def is_safe(counts: Counts) -> bool:
    """Whether no question of an office scan was accepted with a wrong answer, and no wrong code anywhere."""
    office = counts.get(OFFICE, Count())
    return not office.questions.wrong and not any(each.wrong_codes for each in counts.values())


def office_targets(office: Count) -> list[Target]:
    """What office scans at 200 dpi must reach."""
    questions = office.questions
    return [
        Target(f"office scans: wrong among {questions.accepted:,} accepted questions", questions.wrong, 0, ""),
        Target("office scans: asked with nothing doubtful", questions.asked_percent, MOST_ASKED, "%"),
    ]


def measured(cases: Iterable[str], pages: int, accepted: int, seed: int) -> dict[str, Count]:
    """Each case's pages read back, of office scans until so many questions are accepted; lines as they come."""
    tell(HEADING)
    counts = {}
    for case in cases:
        counts[case] = count = read_back(case, seed, range(pages))
        while case == OFFICE and count.questions.accepted < accepted:
            read_back(case, seed, range(count.pages, count.pages + CHUNK), count)
        tell(row(case, count))
    return counts


def main() -> int:
    """1 if anything was accepted that is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_paper", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of each case (%(default)s)")
    parser.add_argument("--office", action="store_true", help=f"only office scans, until {ENOUGH:,} are accepted")
    parser.add_argument("--cases", default="", help="only cases with this in their name, and nothing else")
    parser.add_argument("--seed", type=int, default=HELD_OUT, help="other pages (%(default)s)")
    given = parser.parse_args()
    tell("Everything optical is simulated: no printer, scanner, copier, fax machine or telephone has been used.", "")
    cases = [OFFICE] if given.office else [case for case in CASES if given.cases in case]
    if not cases:
        parser.error(f"no such case; there are: {'; '.join(CASES)}")
    counts = measured(cases, given.pages, ENOUGH if given.office else 0, given.seed)
    total = added(counts.values())
    tell(row("all", total), *LEGEND, "", *pen_lines(total.pens), "")
    for case, count in counts.items():
        tell(*(f"wrong: {case}, page {number}, {question}" for number, question, why in count.why if why == "wrong"))
    targets = office_targets(counts[OFFICE]) if OFFICE in counts else []
    if not given.office and not given.cases:
        with tempfile.TemporaryDirectory() as name:
            targets += [*throughput(Path(name)), *printing(Path(name))]
    targets.append(Target("wrong codes accepted", total.wrong_codes, 0, ""))
    tell(*verdicts(targets))
    return 0 if is_safe(counts) else 1


def tell(*lines: str) -> None:
    """Print at once."""
    sys.stdout.write("".join(f"{each}\n" for each in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
