"""Options and parameter types that several commands share."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from campaign.errors import BadInput
from campaign.folding import code_typed, id_typed
from campaign.language import N_, Lang
from campaign.typed import parse_day
from manyi.cli.lazy import LazyGroup
from manyi.settings import Settings, located
from manyi.texts import tr
from surveys.entry import clean_text


class DayType(click.ParamType[date]):
    """A calendar day: 2026-11-23, 20261123, also in full-width digits."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401  # click's own signature
        """The day; a usage error if ``value`` is none."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except BadInput as error:
            root = ctx.find_root().command if ctx else None
            lang = root.lang if isinstance(root, LazyGroup) else Lang.EN
            self.fail(error.problems[0].message(lang), param, ctx)


class CodeType(click.ParamType[str]):
    """A code of a branch or a session, as :func:`campaign.folding.code_typed` folds it."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401, ARG002  # as above
        """The code; whether there is such a one is the core's to say."""
        return code_typed(str(value))


class OneOf(click.Choice[str]):
    """One of a few words, also in full-width letters or in capitals."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401  # as above
        """The word; a usage error if ``value`` is none of them."""
        return super().convert(id_typed(str(value)), param, ctx)


class IdType(click.ParamType[str]):
    """An id of the plan, as :func:`campaign.folding.id_typed` folds it."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401, ARG002  # as above
        """The id; whether there is such a one is the core's to say."""
        return id_typed(clean_text(str(value)))


class FolderType(click.ParamType[Path]):
    """A folder's name; an empty one would be the folder that the program happens to be started in."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401  # as above
        """The folder's path; a usage error for an empty name or one that is no text."""
        if not str(value).strip() or "\0" in str(value):
            root = ctx.find_root().command if ctx else None
            self.fail(tr(root.lang if isinstance(root, LazyGroup) else Lang.EN, "Name a folder."), param, ctx)
        return located(str(value))


def names_typed(typed: Sequence[str]) -> list[str]:
    """The names in the values of an option that may be repeated, with commas or blanks between; in small letters."""
    return [name.lower() for each in typed for name in re.split(r"[\s,，、]+", each) if name]


def settings_of(context: click.Context) -> Settings:
    """The settings that the root command made."""
    settings = context.find_object(Settings)
    if settings is None:
        raise LookupError("settings")
    return settings


json_option = click.option("--json", "as_json", is_flag=True, help=N_("Print one JSON object."))
session_argument = click.argument("session_id", type=CodeType())
session_option = click.option(
    "--session", "session_id", type=CodeType(), required=True, help=N_("Session, for example B01-261123-1.")
)
role_option = click.option("--role", required=True, help=N_("Role of who does it, never a name."))
