"""Start of the program: find the language, build the command line in it, run it under the guard."""

import gc
import sys

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Python's own 700 spends a fifth of the start on looking for garbage, and most of the reading of a large plan."""


def readable(argument: str) -> str:
    """``argument`` with a sign in place of every byte that is no UTF-8: it names nothing of ours, but can be shown."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    from manyi.cli import command_line  # noqa: PLC0415  # after the line above, which speeds it up
    from manyi.console import steady_streams  # noqa: PLC0415
    from manyi.guard import guarded  # noqa: PLC0415
    from manyi.settings import default_data, preferred_language, process_environment  # noqa: PLC0415

    arguments, environ = [readable(argument) for argument in sys.argv[1:]], process_environment()
    steady_streams()
    lang = preferred_language(arguments, environ)
    data = default_data(arguments, environ)
    sys.exit(guarded(lambda: command_line(lang).main(arguments, "manyi", standalone_mode=False), lang, data / "log"))


if __name__ == "__main__":
    main()
