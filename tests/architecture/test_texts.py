"""Every text for people exists in Chinese and in English, and nothing stands in a catalogue in vain."""

import ast
import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from tests.packages import folder

DOMAINS = ["campaign", "surveys", "exports", "manyi", "tui/kiosk", "tui/staff"]
KEYWORDS = {"N_": None, "NP_": (1, 2), "tr": (2,), "plural": (2, 3)}
FIELD = re.compile(r"\{(\w*)\}")


def catalogue(domain: str) -> Catalog:
    path = folder(domain) / "locale/zh/LC_MESSAGES" / f"{folder(domain).name}.po"
    with path.open("rb") as file:
        return read_po(file, locale="zh")


def used(domain: str) -> set[object]:
    found = extract_from_dir(folder(domain), method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def fields(text: object) -> set[str]:
    """Names of the values that a text, or any form of a plural, fills in."""
    return {name for form in (text if isinstance(text, tuple | list) else [text]) for name in FIELD.findall(str(form))}


def pairs(read: Catalog) -> set[str]:
    return {repr((message.id, message.string)) for message in read if message.id}


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_translated_and_none_is_left_over(domain: str) -> None:
    """The Chinese catalogue holds exactly the texts of the code, each with a Chinese one."""
    translated = {message.id for message in catalogue(domain) if message.id}
    assert {message.id for message in catalogue(domain) if message.id and not message.string} == set()
    assert translated == used(domain)


def text_calls_in_f_strings(source: str) -> list[str]:
    """Calls of ``tr`` with a text of their own inside f-strings: their texts are not extracted, and stay English."""
    found = []
    for joined in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)):
        for call in (node for node in ast.walk(joined) if isinstance(node, ast.Call)):
            texts = [each for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if texts and ast.unparse(call.func).split(".")[0] in ("tr", "N_", "NP_"):
                found.append(ast.unparse(call))
    return found


def test_no_text_is_translated_inside_an_f_string() -> None:
    """What stands there would never reach the catalogue."""
    assert text_calls_in_f_strings('f\'{tr(lang, "blank")} {tr.plural(lang, "a", "b", 1)} {tr(lang, name)}\'') == [
        "tr(lang, 'blank')",
        "tr.plural(lang, 'a', 'b', 1)",
    ]
    files = [path for domain in {each.split("/")[0] for each in DOMAINS} for path in folder(domain).rglob("*.py")]
    found = {path.name: text_calls_in_f_strings(path.read_text(encoding="utf-8")) for path in files}
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_translations_fill_in_the_same_values(domain: str) -> None:
    """A Chinese text names no value that the English one does not have."""
    for message in catalogue(domain):
        if message.id:
            assert fields(message.string) <= fields(message.id), message.id


@pytest.mark.parametrize("domain", [*DOMAINS, "manyi:messages"])
def test_compiled_catalogues_are_up_to_date(domain: str) -> None:
    """What the program reads is what the translators wrote."""
    package, _, name = domain.partition(":")
    base = folder(package) / "locale/zh/LC_MESSAGES" / (name or folder(package).name)
    with base.with_suffix(".po").open("rb") as file:
        written = read_po(file, locale="zh")
    compiled = BytesIO()
    write_mo(compiled, written)
    compiled.seek(0)
    with base.with_suffix(".mo").open("rb") as file:
        assert pairs(read_mo(file)) == pairs(read_mo(compiled))
