"""Start of the program: find the language, build the command line in it, run it under the guard."""

import sys

from manyi.cli import command_line
from manyi.guard import guarded
from manyi.settings import default_data, preferred_language, process_environment


def main() -> None:
    """Run the command line and exit with its code."""
    arguments, environ = sys.argv[1:], process_environment()
    lang = preferred_language(arguments, environ)
    data = default_data(arguments, environ)
    sys.exit(guarded(lambda: command_line(lang).main(arguments, "manyi", standalone_mode=False), lang, data / "log"))


if __name__ == "__main__":
    main()
