"""Headings of the workbook in the campaign's own words, with the program's behind them."""

from dataclasses import dataclass, replace

from campaign.book.layout import Sheet
from campaign.folding import tightly_folded
from campaign.i18n import I18n
from campaign.language import HasText, Lang
from campaign.settings import Words

OWN_WORDS = {"/code": "branch", "@phase": "phase"}
"""Columns that are headed by a word of the campaign's own, with the program's behind it, and which word that is."""


@dataclass(frozen=True, slots=True)
class OwnWord(HasText):
    """``Library (Branch)``: by what stands behind it a heading is known whatever the campaign calls it."""

    word: I18n
    plain: HasText

    def text(self, lang: Lang) -> str:
        """The heading; only one word where both are the same."""
        own, plain = self.word.text(lang), self.plain.text(lang)
        if tightly_folded(own) == tightly_folded(plain):
            return own
        return f"{own}（{plain}）" if lang is Lang.ZH else f"{own} ({plain})"


def worded(sheet: Sheet, words: Words) -> Sheet:
    """The sheet with the campaign's own words in its headings."""
    columns = tuple(
        replace(column, heading=OwnWord(getattr(words, OWN_WORDS[column.field]), column.heading))
        if column.field in OWN_WORDS
        else column
        for column in sheet.columns
    )
    return replace(sheet, columns=columns) if columns != sheet.columns else sheet
