"""The interface texts of this package."""

from dataclasses import dataclass, field
from pathlib import Path

from campaign.language import HasText, Lang, Texts

tr = Texts("surveys", Path(__file__).parent / "locale")


@dataclass(frozen=True)
class Phrase(HasText):
    """A text of this package inside another message: shown in the reader's language, like its values."""

    message: str
    """Marked with N_() where it is made."""
    values: dict[str, object] = field(default_factory=dict)

    def text(self, lang: Lang) -> str:
        """The text in ``lang``."""
        return tr(lang, self.message, **self.values)
