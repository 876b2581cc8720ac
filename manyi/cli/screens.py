"""Commands that open a screen. Textual is imported only here, when a screen is wanted."""

import os
import sys

import click

from campaign.language import N_
from manyi.cli.options import session_option, settings_of
from manyi.settings import Settings

CHILD = "MANYI_KIOSK_CHILD"
"""Set in the environment of the process that the kiosk's supervisor runs."""


def open_dashboard(settings: Settings, *, read_only: bool = False) -> int:
    """Run the dashboard until it is left; the exit code."""
    from manyi.running.dashboard import run_dashboard  # noqa: PLC0415  # scripts must not wait for Textual

    return run_dashboard(settings, read_only=read_only)


@click.command(
    help=N_("The dashboard for the wall: large, read-only; a result instead, while staff show one (h on its page).")
)
@click.pass_context
def hall(context: click.Context) -> int:
    """Run the dashboard read-only."""
    return open_dashboard(settings_of(context), read_only=True)


@click.command(help=N_("A survey session for the public: full screen, locked until the PIN."))
@session_option
@click.pass_context
def kiosk(context: click.Context, session_id: str) -> int:
    """Run the kiosk under a supervisor that starts it anew if it should fall over."""
    settings = settings_of(context)
    if os.environ.get(CHILD):
        from manyi.running.kiosk import run_kiosk  # noqa: PLC0415  # as above

        return run_kiosk(settings, session_id)
    from manyi.supervisor import supervise  # noqa: PLC0415  # only this command needs it

    arguments = [sys.executable, "-P", "-m", "manyi", "--data", str(settings.data), "--lang", settings.lang.value]
    if settings.today:
        arguments += ["--today", settings.today.isoformat()]
    if settings.theme:
        arguments += ["--theme", settings.theme]
    return supervise([*arguments, "kiosk", "--session", session_id], {**os.environ, CHILD: "1"})
