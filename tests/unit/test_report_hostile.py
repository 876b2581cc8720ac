"""Texts of data do nothing in a report: no markup, no formula, no link; and whatever they are, no table breaks."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Column, ColumnKind, Count, Hidden, Table, plain
from exports.pages.choosing import printed
from exports.pages.markdown import escaped
from exports.pages.notices import notice_files
from exports.pages.report_pdf import pdf_files
from exports.pages.words import LACKING, drawable
from exports.paper.fonts import printable
from exports.report import Metadata, Report
from tests.pdf_reading import bare, read_pages, rows_not_drawn

HOSTILE = (
    '=HYPERLINK("http://evil.example";"x")',
    "<b>fett</b> <a href='javascript:alert(1)'>a</a> <para>&lt;&amp;",
    "]]>--><!-- <script>alert(1)</script> <img src=x onerror=y>",
    "| a | b |\n|---|---|\n| c | d |",
    "# head\n\n- item\n> said\n```code```",
    "[a](http://evil.example) ![b](http://evil.example/b.png) www.evil.example https://evil.example a@evil.example",
    "tab\there\x07bell\x00nul\x1b[31mred\r\nline",
    "\u202eright to left\u202c \u2066isolated\u2069 שלום مرحبا",
    "😀👩‍👩‍👧 🇨🇳 ok",
    "很" * 10_000,
    "x" * 10_000,
    "one two " * 1_250,
    "𠀀" * 50,
    "%PDF-1.4 ) Tj ET (\\",
    "&nbsp;&#60;i&#62; ~~gone~~ $x^2$ \\| \\",
)
HEADS = tuple(text[:300] for text in HOSTILE)


def report(texts: tuple[str, ...], heads: tuple[str, ...] = ("a", "b")) -> Report:
    """A table of these texts beside figures, with these headings, and a notice of them."""
    columns = (
        *(Column(f"text{number}", plain(head), ColumnKind.TEXT) for number, head in enumerate(heads)),
        Column("n", plain(heads[0]), ColumnKind.COUNT, plain(heads[-1])),
        Column("m", plain(heads[-1]), ColumnKind.COUNT, plain(heads[-1])),
    )
    rows: list[tuple[Cell, ...]] = []
    for number, text in enumerate(texts):
        figures = (Hidden("<5"), Hidden("<5")) if number % 2 else (Count(number), Count(1000 + number))
        rows.append((*(plain(text) for _ in heads), *figures))
    table = Table("T3", "T3-x", plain(texts[0]), columns, tuple(rows), notes=tuple(plain(text) for text in texts))
    named = Column("item", plain("Item"), ColumnKind.TEXT), Column("text", plain("Text"), ColumnKind.TEXT)
    items = tuple((plain(text[:80]), plain(text)) for text in texts)
    notice = Table("T9", "T9-x", plain(texts[0]), named, items, posted_with=("T3-x",))
    known = Metadata("x", plain(texts[0]), plain(texts[-1][:200]), date(2026, 11, 23), 5, (), (), ())
    return Report(known, (table, notice))


def _pdf(made: Report, lang: Lang) -> bytes:
    ((_, content),) = pdf_files(made, lang)
    return content


@pytest.mark.parametrize("lang", list(Lang))
def test_hostile_texts_are_only_read(lang: Lang) -> None:
    """All of each is on the pages, as it is; what no font has is a box."""
    made = report(HOSTILE)
    pages = read_pages(_pdf(made, lang))
    table = made.tables[0]
    lacking, _ = rows_not_drawn([piece for page in pages for piece in page.pieces], _short(table), lang, 0)
    assert lacking == []
    drawn = "".join(piece for page in pages for piece in page.pieces)
    assert drawn.count("很") >= 10_000
    assert all(page.outside == "" and page.overlaps == () for page in pages)
    said = {Lang.ZH: "代替字体中没有的字符", Lang.EN: "standsforcharactersthatthefontsdonothave"}
    assert f"{LACKING}{said[lang]}" in "".join(pages[0].pieces)


def _short(table: Table) -> Table:
    """Without the rows that go over several pages, where cells are drawn in parts."""
    rows = tuple(row for row in table.rows if isinstance(row[0], I18n) and len(row[0].en) < 1000)
    return Table(table.number, table.name, table.title, table.columns, rows)


@pytest.mark.parametrize("lang", list(Lang))
def test_hostile_headings_leave_room_for_rows(lang: Lang) -> None:
    """They are cut with an ellipsis; the rows below them are whole."""
    made = report(("fine", "well"), HEADS)
    pages = read_pages(_pdf(made, lang))
    drawn = "".join(piece for page in pages for piece in page.pieces)
    assert drawn.count("fine") >= len(HEADS)
    assert all(page.outside == "" for page in pages)


def test_what_no_font_has_is_seen_to_be_missing() -> None:
    """A box for each; direction marks and joiners are no characters of their own."""
    assert drawable("a😀b\u202e𠀀") == f"a{LACKING}b{LACKING}"


@pytest.mark.parametrize("text", [each for each in HOSTILE if len(each) < 1000])
def test_markdown_of_data_is_text(text: str) -> None:
    """A reader that knows tables, HTML and links finds nothing but text in it."""
    files = notice_files(report((text, text)), Lang.EN)
    made = next(content.decode() for name, content in files if name.endswith(".md"))
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(made)
    kinds = {each.type for token in tokens for each in (token, *(token.children or ()))}
    assert not kinds & {
        "link_open",
        "image",
        "html_inline",
        "html_block",
        "code_inline",
        "fence",
        "code_block",
        "s_open",
    }
    cells = [token for token in tokens if token.type in {"td_open", "th_open"}]
    assert len(cells) == 3 * 4, "three lines of four cells"
    assert [token.type for token in tokens].count("bullet_list_open") == 2
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]


@given(st.text(max_size=60))
@example("0.AL[")
@example("see example.com, кто.рф, www.1.2")
@settings(max_examples=300)
def test_escaped_text_reads_as_what_it_was(text: str) -> None:
    """Blanks made one and the at sign a wide one, which a reader sees as well."""
    inline = MarkdownIt("gfm-like", {"html": True}).parse(f"- **a**: {escaped(text)}x")
    shown = next(token for token in inline if token.type == "inline")
    read = "".join(each.content for each in shown.children or () if each.type in {"text", "text_special"})
    assert not any(each.type in {"link_open", "html_inline", "image"} for each in shown.children or ())
    assert bare(read) == bare("a: " + printable(text).replace("@", "＠") + "x")


@pytest.mark.parametrize("lang", list(Lang))
def test_what_is_too_long_to_print_is_named(lang: Lang) -> None:
    """The tables of all units come before those of single ones; what is left out is said."""
    made = report(("fine", "well"))
    table = made.tables[0]
    rows = table.rows * 4000
    long = replace(table, name="T2-final-B01", number="T2", title=plain("the long one"), rows=rows)
    whole = replace(made, tables=(long, *made.tables))
    assert [each.name for each in printed(whole)] == ["T3-x"]
    pages = read_pages(_pdf(whole, lang))
    drawn = "".join(piece for page in pages for piece in page.pieces)
    assert "T2thelongone" in drawn
    assert len(pages) < 5
    assert rows_not_drawn([piece for page in pages for piece in page.pieces], table, lang, 0)[0] == []
