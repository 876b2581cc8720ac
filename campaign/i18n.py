"""Text of the plan and of questionnaires in Chinese and English."""

from pydantic import BaseModel, ConfigDict, model_validator

from campaign.language import HasText, Lang


class I18n(BaseModel, HasText):
    """A text in both languages; one may be empty, then the other stands in for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain_string_is_both(cls, data: object) -> object:
        return {"zh": data, "en": data} if isinstance(data, str) else data

    def text(self, lang: Lang) -> str:
        """The text in ``lang``, or in the other language where that is empty."""
        return (self.zh or self.en) if lang is Lang.ZH else (self.en or self.zh)

    def has(self, lang: Lang) -> bool:
        """Whether there is a text in ``lang`` itself."""
        return bool(self.zh if lang is Lang.ZH else self.en)
