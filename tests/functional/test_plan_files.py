"""Campaign and log files on disk, and the documented example."""

import re
from pathlib import Path

import pytest

from campaign.errors import BadInput
from campaign.language import Lang
from campaign.loading import load_plan, parse_plan
from campaign.log_lines import dump_log, load_log
from campaign.plan import Plan, Record
from campaign.samples import sample_log
from tests.plan_text import GOOD

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = {Lang.EN: "campaign-file.md", Lang.ZH: "campaign-file.zh.md"}


def document(lang: Lang) -> str:
    return (ROOT / "docs" / DOCUMENTS[lang]).read_text(encoding="utf-8")


def example(lang: Lang) -> str:
    found = re.search(r"```toml\n(.*?)```", document(lang), re.DOTALL)
    assert found
    return found[1]


def test_a_file_is_loaded_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    """Both ways of saving UTF-8 are read."""
    path = tmp_path / "plan.toml"
    path.write_text(GOOD, encoding="utf-8")
    plain = load_plan(path)
    path.write_text(GOOD, encoding="utf-8-sig")
    assert load_plan(path) == plain


@pytest.mark.parametrize("load", [load_plan, load_log])
@pytest.mark.parametrize(
    "case", ["missing", "folder", "below a file", "GB 18030", "UTF-16", "NUL in its name", "too long"]
)
def test_files_that_cannot_be_read_are_refused(load: object, case: str, tmp_path: Path) -> None:
    """Each is M03 with the reason, and never a traceback."""
    path = tmp_path / "plan.toml"
    path.write_text(GOOD, encoding={"GB 18030": "gb18030", "UTF-16": "utf-16"}.get(case, "utf-8"))
    bad = {
        "missing": tmp_path / "none.toml",
        "folder": tmp_path,
        "below a file": path / "plan.toml",
        "NUL in its name": Path("\0"),
        "too long": tmp_path / ("x" * 5000),
    }.get(case, path)
    assert callable(load)
    with pytest.raises(BadInput) as caught:
        load(bad)
    assert [problem.code for problem in caught.value.problems] == ["M03"]
    assert all("{" not in caught.value.problems[0].text(lang) for lang in Lang)


def test_a_log_can_be_written_and_read_back(tmp_path: Path) -> None:
    """Writing the log of a sample to a file and reading it gives the same entries."""
    path = tmp_path / "log.jsonl"
    entries = sample_log("town")
    path.write_text(dump_log(entries), encoding="utf-8")
    assert load_log(path) == entries


@pytest.mark.parametrize("lang", Lang)
def test_the_documented_example_is_a_good_plan(lang: Lang) -> None:
    """Whoever copies the example gets a campaign without a problem or a warning."""
    loaded = parse_plan(example(lang), "example.toml")
    assert loaded.warnings == ()
    assert [branch.code for branch in loaded.plan.branches] == ["N01", "N02"]


@pytest.mark.parametrize("lang", Lang)
def test_the_documented_problem_is_what_is_said(lang: Lang) -> None:
    """The message quoted in the document is the one that this mistake in the example gives."""
    with pytest.raises(BadInput) as caught:
        parse_plan(example(lang).replace("staff = 8", "staff = 9"), "example.toml")
    assert f"```\n{caught.value.problems[0].text(lang)}\n```" in document(lang)


def records(record: type[Record]) -> dict[str, type[Record]]:
    """The models inside a model, by the name of the table."""
    plan = {name: info.annotation for name, info in record.model_fields.items()}
    return {name: model for name, kind in plan.items() for model in models(kind)}


def models(kind: object) -> list[type[Record]]:
    inner = getattr(kind, "__args__", ())
    return (
        [kind]
        if isinstance(kind, type) and issubclass(kind, Record)
        else [each for part in inner for each in models(part)]
    )


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize(("table", "model"), records(Plan).items())
def test_every_field_is_documented_in_its_table(lang: Lang, table: str, model: type[Record]) -> None:
    """A field that can be written can be looked up, in both languages; nothing else is promised."""
    section = re.search(rf"^## `\[\[?{table}\]\]?`.*?(?=^## )", document(lang), re.DOTALL | re.MULTILINE)
    assert section
    rows = re.findall(
        r"^\| (`\w+`(?:[,、] ?`\w+`)*) \|", section[0].partition("| `kind` |")[0] + section[0], re.MULTILINE
    )
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(model.model_fields) <= named
    assert named - set(model.model_fields) <= {"milestone", "count", "coverage", "rate"}
