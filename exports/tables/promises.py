"""What a public notice promises: what will be done and by when, and what becomes of what was answered."""

from collections.abc import Iterator

from campaign.i18n import I18n
from campaign.language import N_, NP_
from exports.cells import both, plain
from surveys.posting import Posting
from surveys.published import Figures
from surveys.rates import Remedial, remedial


def decision(says: Posting, figures: Figures) -> Remedial | None:
    """Whether the unit must catch up, by the threshold of the notice; None where nothing may be said of the result."""
    overall = figures.overall
    if figures.hidden or overall is None or overall.scale is None or overall.valid is None:
        return figures.remedial
    return remedial(overall.scale, overall.valid, says.threshold_pct, says.min_forms)


def promises(says: Posting, decided: Remedial | None) -> Iterator[tuple[I18n, I18n]]:
    """A catch-up where the result asks for one; and corrections cleared for the public, the most urgent first."""
    title = both(N_("What will be done"))
    if decided is Remedial.REQUIRED:
        yield title, both(N_("The result asks for a catch-up, and for another survey after it."))
    for each in says.promises:
        unit = says.units.get(each.branch) or plain(each.branch)
        named = {"unit": unit, "matter": each.matter, "measure": each.measure, "due": each.due}
        if each.measure:
            yield title, both(N_("{unit}: {matter}; what is done: {measure}; by {due}."), **named)
        else:
            yield title, both(N_("{unit}: {matter}; to be put right by {due}."), **named)
    if says.more:
        yield title, both(N_("{n} more stand in the correction register."), n=says.more)
    if not says.promises and decided is not Remedial.REQUIRED:
        yield (
            title,
            both(
                N_("What has to be put right is entered in the correction register, with the day by which it is done.")
            ),
        )


def keeping(says: Posting) -> Iterator[tuple[I18n, I18n]]:
    """What is kept of the answers, who sees it, and for how long."""
    yield (
        both(N_("What is kept")),
        both(
            N_(
                "The answers, with unit, day and group: no name and no time of day. "
                "Nobody's membership or political opinion is recorded."
            )
        ),
    )
    yield (
        both(N_("Who sees it")),
        both(
            N_("The organiser alone. Everybody else sees sums as these, and none of fewer than {k} forms."),
            k=says.min_forms,
        ),
    )
    yield (
        both(N_("How long")),
        both(
            NP_(
                "What was written is erased {n} day after it came in; the results stay open to all.",
                "What was written is erased {n} days after it came in; the results stay open to all.",
            ),
            n=says.erase_after_days,
        ),
    )
