"""How a process that uses a store is called."""

import pytest

from db.holders import program_of


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("/usr/bin/python3.11 -m manyi --data /srv/x --lang zh kiosk --session B01-261123-1", "manyi kiosk"),
        ("/opt/venv/bin/python -B -X dev /opt/venv/bin/manyi --lang zh hall", "manyi hall"),
        ("/opt/venv/bin/manyi session open --branch B01 --pin 2468", "manyi session open"),
        ("python -B -c secret --multiprocessing-fork", "python"),
        ("python", "python"),
        ("python -m", "python"),
        ("sqlite3 /srv/x/manyi.db", "sqlite3"),
        ("", ""),
    ],
)
def test_a_program_is_named_by_its_commands_alone(command: str, name: str) -> None:
    """No option, no option's value and no argument is shown: a PIN may be among them."""
    assert program_of(command.split()) == name
