"""Paper forms by command line: real processes, real files, exit codes."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from surveys.paper.check_digits import with_check
from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

QUESTIONS = [f"Q{number}" for number in range(1, 11)]
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
"""Two English words beside each other: none may stand in a Chinese message."""
COMMAND = re.compile(r"manyi [-a-zA-Z0-9 .]+")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def opened(run: Run, branch: str = "B01") -> str:
    done = run("session", "open", "--ready", "--branch", branch, "--pin", "2468")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def printed(run: Run, session: str, count: int, out: Path) -> list[str]:
    """Print forms; the codes on the first page of each, in the order of the file."""
    done = run("forms", "print", "--session", session, "--count", str(count), "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["forms"] == count
    codes = [code for page in range(len(pypdfium2.PdfDocument(out))) for code in squares(out, page)]
    assert len(codes) == json.loads(done.stdout)["pages"]
    return [code for code in codes if code[18:20] == "01"]


def squares(path: Path, page: int) -> list[str]:
    """The codes on a page of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        picture = document[page].render(scale=100 / 72, grayscale=True).to_pil()
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=kinds)]


def keyed(codes: Sequence[str], choices: str, **changes: object) -> str:
    """JSON lines: on each form every question has the same choice, those of ``choices`` in turn."""
    rows = zip(codes, choices, strict=True)
    return "\n".join(
        json.dumps({"code": code, "answers": {**dict.fromkeys(QUESTIONS, choice), **changes}}) for code, choice in rows
    )


def account(run: Run, session: str) -> dict[str, Any]:
    done = run("forms", "account", "--session", session, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def counts(run: Run, session: str, question: str) -> dict[str, int]:
    """The published counts of a question."""
    results = json.loads(run("results", "--session", session, "--json").stdout)
    found: dict[str, int] = next(each["counts"] for each in results["questions"] if each["name"] == question)
    return found


def test_a_session_on_paper_and_at_the_kiosk(town: Run, tmp_path: Path) -> None:
    """30 printed, 25 handed out, 22 back, 20 keyed, 2 void: the account balances, and the results are the ticks."""
    session = opened(town)
    codes = printed(town, session, 30, tmp_path / "forms.pdf")
    assert len(set(codes)) == 30
    issued = town("forms", "issue", "--session", session, "--count", "25", "--json")
    assert json.loads(issued.stdout) == {"session": session, "printed": 30, "issued": 25}
    at_kiosks = [{"answers": dict.fromkeys(QUESTIONS, choice)} for choice in "AABCD"]
    town("answer", "--session", session, "-", given="\n".join(map(json.dumps, at_kiosks)))

    received = town("forms", "receive", "--session", session, "-", "--json", given=as_scanned(codes[:22]))
    assert received.returncode == 0, received.stdout
    assert [line["state"] for line in lines(received.stdout)] == ["returned"] * 22
    too_early = town("forms", "key", "--session", session, "-", given=keyed(codes[:1], "A"))
    assert (too_early.returncode, lines(too_early.stdout)[0]["error"]) == (5, "M12")

    assert town("session", "close", session).returncode == 0
    done = town("forms", "key", "--session", session, "-", "--role", "clerk", given=keyed(codes[:20], "ABCD" * 5))
    assert done.returncode == 0, done.stdout
    assert {line["keyed"] for line in lines(done.stdout)} == {True}
    early = town("session", "verify", session, "--role", "计票组", "--second-role", "监督组")
    assert (early.returncode, early.stderr.split()[0]) == (5, "V57")

    void = town("forms", "void", "--session", session, "--reason", "unreadable", *codes[20:22])
    assert (void.returncode, [line.split()[-1] for line in void.stdout.splitlines()]) == (0, ["void", "void"])
    assert account(town, session) == {
        "session": session, "state": "counting", "printed": 30, "issued": 25, "unused": 5, "spoiled": 0, "returned": 22,
        "not_returned": 3, "to_key": 0, "keyed": 20, "valid": 20, "void": 2, "foreign": 0, "copies": 0, "started": 5,
        "submitted": 5, "abandoned": 0, "balances": True, "problems": [],
    }  # fmt: skip
    verify = ("session", "verify", session, "--role", "计票组", "--second-role", "监督组")
    asked = town(*verify)
    assert (asked.returncode, asked.stdout) == (5, "")
    assert asked.stderr.splitlines() == [
        "M163 3 forms that were handed out have not come back. Verify the count all the same?",
        "M158 To do it all the same, add --yes.",
    ]
    assert account(town, session)["state"] == "counting"
    assert town(*verify, "--yes").returncode == 0
    assert counts(town, session, "Q7") == Counter("ABCD" * 5 + "AABCD")
    assert account(town, session)["balances"]


def as_scanned(codes: Sequence[str]) -> str:
    """The codes as a scanner, an input method and a hand type them, one a line."""
    first, second, third, *others = codes
    typed = third[12:18] + f"{98 - int(third[12:18]) * 100 % 97:02d}"
    return "\r\n".join([first.translate(WIDE), f"  {second}\t", f"{typed[:4]} {typed[4:]}", "", *others]) + "\n"


def test_more_back_than_handed_out_is_refused(town: Run, tmp_path: Path) -> None:
    """31 returned of 30 issued: V55, exit code 5, and the session stays as it was, to be counted again."""
    session = opened(town)
    codes = printed(town, session, 31, tmp_path / "forms.pdf")
    town("forms", "issue", "--session", session, "--count", "30")
    assert town("forms", "receive", "--session", session, "-", given="\n".join(codes)).returncode == 0
    town("session", "close", session)
    assert town("forms", "key", "--session", session, "-", given=keyed(codes, "A" * 31)).returncode == 0
    found = account(town, session)
    assert (found["balances"], [each["code"] for each in found["problems"]]) == (False, ["V55"])
    assert (found["returned"], found["issued"], found["not_returned"]) == (31, 30, -1)
    refused = town("session", "verify", session, "--role", "计票组", "--second-role", "监督组")
    assert (refused.returncode, refused.stderr.split()[0]) == (5, "V55")
    assert town("results", "--session", session).returncode == 5
    assert account(town, session) == found


def test_each_code_is_taken_or_refused_by_itself(town: Run, tmp_path: Path) -> None:
    """Misread, foreign, another session's, a slip, a second time: each line says its own, the others are taken."""
    session, other = opened(town), opened(town, "B02")
    first, second, third = printed(town, session, 3, tmp_path / "a.pdf")
    (elsewhere,) = printed(town, other, 1, tmp_path / "b.pdf")
    town("slips", "print", "--count", "1", "--out", str(tmp_path / "slips.pdf"))
    slip = squares(tmp_path / "slips.pdf", 0)[0]
    unknown = with_check(next(serial for serial in ("000001", "000002") if serial != first[12:18]))
    given = [first, first[:-1], unknown, elsewhere, slip, first, "", second]
    done = town("forms", "receive", "--session", session, "--aside", "--json", "-", given="\n".join(given))
    assert done.returncode == 5
    found = [(line["line"], line.get("state") or line["error"], line.get("aside")) for line in lines(done.stdout)]
    assert found == [
        (1, "returned", None),
        (2, "V70", None),
        (3, "V71", "foreign"),
        (4, "V73", "foreign"),
        (5, "V72", None),
        (6, "V79", None),
        (8, "returned", None),
    ]
    town("forms", "issue", "--session", session, "--count", "2")
    town("session", "close", session)
    assert town("forms", "key", "--session", session, "-", given=keyed([first, second], "AB")).returncode == 0
    copy = town("forms", "receive", "--session", session, "--aside", first, third)
    assert copy.returncode == 5
    assert [line.split()[2 if place else 1] for place, line in enumerate(copy.stdout.splitlines())] == [
        "V74",
        "returned",
    ]
    numbers = account(town, session)
    assert (numbers["foreign"], numbers["copies"], numbers["returned"]) == (2, 1, 3)
    assert [each["code"] for each in numbers["problems"]] == ["V55", "V57"]


def test_a_second_keying_shows_what_differs(town: Run, tmp_path: Path) -> None:
    """V76 changes nothing until a line says that it is settled; the same role can't key twice; agreement is kept."""
    session = opened(town)
    codes = printed(town, session, 2, tmp_path / "forms.pdf")
    town("forms", "issue", "--session", session, *codes)
    town("forms", "receive", "--session", session, *codes)
    town("session", "close", session)
    key = ("forms", "key", "--session", session, "-")
    assert town(*key, "--role", "clerk", given=keyed(codes, "AB", Q12="路灯坏了")).returncode == 0
    again = town(*key, "--role", "clerk", "--second", given=keyed(codes[:1], "A"))
    assert (again.returncode, lines(again.stdout)[0]["error"]) == (5, "M83")
    second = keyed(codes, "AB").replace('"Q3": "B"', '"Q3": "D"').replace('"Q9": "B"', '"Q9": null')
    differs = town(*key, "--role", "witness", "--second", given=second)
    agreed, different = lines(differs.stdout)
    assert (differs.returncode, agreed["keyed_twice"], agreed["differences"]) == (5, True, [])
    assert (different["error"], different["keyed_twice"], different["form"]) == ("V76", False, codes[1][12:18])
    assert different["differences"] == [
        {"question": "Q3", "first": "B", "second": "D"},
        {"question": "Q9", "first": "B", "second": None},
    ]
    line = json.loads(second.splitlines()[1])
    settled = town(*key, "--role", "witness", "--second", given=json.dumps({**line, "settled": True}))
    assert (settled.returncode, lines(settled.stdout)[0]["keyed_twice"]) == (0, True)
    assert town(*key, given=json.dumps({**line, "settled": True})).returncode == 3


def test_what_is_still_out_is_listed(town: Run, tmp_path: Path) -> None:
    """Forms that were scanned when they were handed out are named, as they are typed; others are a number."""
    session = opened(town)
    first, second, third, *_ = printed(town, session, 6, tmp_path / "forms.pdf")
    town("forms", "issue", "--session", session, first, second)
    town("forms", "issue", "--session", session, "--count", "2")
    town("forms", "receive", "--session", session, first, third)
    found = json.loads(town("forms", "list", "--session", session, "--json").stdout)
    assert found == {
        "session": session,
        "not_returned": 2,
        "to_key": 2,
        "forms": [
            {"form": second[12:18], "state": "issued"},
            *({"form": serial, "state": "returned"} for serial in sorted([first[12:18], third[12:18]])),
        ],
        "scans": {"forms": [], "pages": []},
    }
    listed = town("forms", "list", "--session", session).stdout.splitlines()[1:]
    for line in listed:
        typed = "".join(line.split()[:2])
        assert int(typed) % 97 == 1
    assert len(listed) == 3


def test_the_numbers_of_a_printing_are_not_told(town: Run, tmp_path: Path) -> None:
    """Neither the lines for people nor the object for programs name a serial, or how far they reach."""
    session = opened(town)
    told = town("forms", "print", "--session", session, "--count", "5", "--out", str(tmp_path / "a.pdf"))
    as_json = town("forms", "print", "--session", session, "--count", "5", "--out", str(tmp_path / "b.pdf"), "--json")
    assert set(json.loads(as_json.stdout)) == {"session", "forms", "pages", "out"}
    serials = {squares(tmp_path / name, 0)[0][12:18] for name in ("a.pdf", "b.pdf")}
    said = told.stdout + told.stderr + as_json.stdout + as_json.stderr
    assert "shuffled" in said
    assert not any(serial in said.replace(session, "") for serial in serials)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_done_has_a_code_and_an_exit_code(town: Run, tmp_path: Path, lang: str) -> None:
    """It is said in the reader's language, on standard error, and leaves no file and no form."""
    there, new = tmp_path / "there.pdf", tmp_path / "new.pdf"
    there.write_text("mine")
    session = opened(town)
    for arguments, exit_code, code in (
        (["forms", "print", "--session", session, "--count", "3"], 2, "M02"),
        (["forms", "print", "--session", session, "--count", "many", "--out", str(new)], 2, "M02"),
        (["forms", "print", "--session", session, "--count", "0", "--out", str(new)], 3, "M85"),
        (["forms", "print", "--session", "B01-000000-1", "--count", "3", "--out", str(new)], 5, "M11"),
        (["forms", "print", "--session", session, "--count", "3", "--out", str(there)], 5, "M70"),
        (["forms", "print", "--session", session, "--count", "3", "--out", str(tmp_path / "no" / "x.pdf")], 4, "M40"),
        (["forms", "print", "--session", session, "--count", "3", "--return-to", "😀", "--out", str(new)], 3, "M80"),
        (["forms", "issue", "--session", session], 2, "M02"),
        (["forms", "issue", "--session", session, "--count", "3", "123"], 2, "M02"),
        (["forms", "issue", "--session", session, "--count", "3"], 5, "M87"),
        (["forms", "receive", "--session", session], 2, "M02"),
        (["forms", "void", "--session", session, "123", "--reason", "ugly"], 2, "M02"),
        (["forms", "key", "--session", session, str(tmp_path / "nowhere.jsonl")], 3, "M03"),
        (["forms", "key", "--session", session, "--role", " ", "-"], 3, "M16"),
        (["forms", "account", "--session", "B01-000000-1"], 5, "M11"),
        (["forms", "list", "--session", "B01-000000-1"], 5, "M11"),
        (["slips", "print", "--count", "0", "--out", str(new)], 3, "M85"),
        (["slips", "print", "--count", "1", "--out", str(there)], 5, "M70"),
    ):
        done = town(*arguments, lang=lang)
        assert (done.returncode, done.stdout, done.stderr.split()[0]) == (exit_code, "", code), arguments
        assert any("一" <= char <= "鿿" for char in done.stderr) == (lang == "zh"), done.stderr
        assert lang == "en" or not ENGLISH.search(COMMAND.sub("", done.stderr)), done.stderr
    assert there.read_text() == "mine"
    assert not new.exists()
    assert account(town, session)["printed"] == 0


def test_a_bad_line_is_refused_and_the_next_one_keyed(town: Run, tmp_path: Path) -> None:
    """Each line stands for itself: a bad one is named, changes nothing and stops nothing."""
    session = opened(town)
    form, out, done = printed(town, session, 3, tmp_path / "forms.pdf")
    town("forms", "issue", "--session", session, "--count", "3")
    town("forms", "receive", "--session", session, form, done)
    town("session", "close", session)
    bad = {
        "not json": "M35",
        '{"answers": {}}': "M35",
        '{"code": 12, "answers": {}}': "M35",
        '{"code": "12", "answers": {}, "name": "x"}': "M35",
        '{"code": "12", "answers": {}}': "V70",
        json.dumps({"code": form, "answers": {"Q1": "Z"}}): "M31",
        json.dumps({"code": form, "answers": {"Q99": "A"}}): "M30",
        json.dumps({"code": done, "answers": {}}): "V74",
        json.dumps({"code": out, "answers": {}}): "V75",
    }
    given = [keyed([done], "A"), *bad, keyed([form], "B")]
    both = town("forms", "key", "--session", session, "-", given="\n".join(given))
    first, *refused, last = lines(both.stdout)
    assert [line["error"] for line in refused] == [*bad.values()]
    assert first == {"line": 1, "form": done[12:18], "keyed": True}
    assert last == {"line": len(given), "form": form[12:18], "keyed": True}
    assert (both.returncode, both.stderr) == (5, "")
    assert account(town, session)["keyed"] == 2


def test_the_account_reads_as_equations(town: Run, tmp_path: Path) -> None:
    """In both languages; a session without paper has one too."""
    session = opened(town)
    assert "The account balances." in town("forms", "account", "--session", session).stdout
    codes = printed(town, session, 4, tmp_path / "forms.pdf")
    town("forms", "spoil", "--session", session, codes[0])
    town("forms", "issue", "--session", session, "--count", "2")
    town("forms", "receive", "--session", session, codes[1])
    assert town("forms", "account", "--session", session).stdout.splitlines() == [
        f"{session} · open",
        "printed 4 = handed out 2 + unused 1 + spoiled 1",
        "handed out 2 = returned 1 + not returned 1",
        "returned 1 = valid 0 + void 0 + to be keyed 1",
        "begun at kiosks 0 = handed in 0 + broken off 0",
        "V57 1 returned form is not keyed yet. Key it or declare it void.",
    ]
    chinese = town("forms", "account", "--session", session, lang="zh").stdout
    assert "印制4 = 发出2 + 未用1 + 损坏1" in chinese
    assert not ENGLISH.search(chinese)
