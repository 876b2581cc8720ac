"""A campaign one of whose branches takes no part any more, by command line."""

from pathlib import Path

import pytest

import campaign.samples
from tests.conftest import Run

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def without_b10(manyi: Run, tmp_path: Path) -> Run:
    """The program with the town started, B10 inactive."""
    source = Path(campaign.samples.__file__).parent / "town" / "campaign.toml"
    text = source.read_text(encoding="utf-8").replace('code = "B10"\n', 'code = "B10"\nactive = false\n')
    text = text.replace("expected_branches", "totals_acknowledged = true\nexpected_branches", 1)
    file = tmp_path / "campaign.toml"
    file.write_text(text, encoding="utf-8")
    started = manyi("init", "--from", str(file))
    assert started.returncode == 0, started.stderr
    return manyi


@pytest.mark.parametrize("phase", [[], ["--phase", "study"]])
@pytest.mark.parametrize("branch", ["B10", "B99"])
def test_nothing_is_recorded_for_a_branch_that_takes_no_part(without_b10: Run, branch: str, phase: list[str]) -> None:
    """M08 names those that do; with and without a phase, as for a branch that does not exist."""
    done = without_b10("log", "add", "--kind", "notice", "--branch", branch, *phase)
    assert (done.returncode, done.stdout, done.stderr.split()[0]) == (3, "", "M08")
    assert without_b10("log", "list").stdout.count("\n") == 1


@pytest.mark.parametrize(("lang", "said"), [("en", "(12 libraries, "), ("zh", "（12个图书馆，")])
def test_the_start_speaks_of_the_plans_branches(manyi: Run, lang: str, said: str) -> None:
    """Not of branches where they are libraries."""
    assert said in manyi("init", "--sample", "library", lang=lang).stderr


def test_wrong_hours_are_told_in_the_readers_language(without_b10: Run) -> None:
    """The command line's rule is that of the form."""
    wrong = ["--kind", "study_session", "--branch", "B06", "--hours", "25"]
    done = without_b10("log", "add", *wrong, lang="zh")
    assert (done.returncode, "学时须大于0、不超过24" in done.stderr) == (3, True)
