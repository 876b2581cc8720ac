"""A count is confirmed by two different roles."""

import pytest

from campaign.errors import BadInput
from surveys.two_roles import TwoRoles


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("", "witnesses", "M06"),
        ("counters", "  ", "M06"),
        ("x" * 100, "witnesses", "V64"),
        ("counters", "counters", "M155"),
        ("Counters", " ｃｏｕｎｔｅｒｓ ", "M155"),
        ("计票组", "计 票 组", "M155"),
    ],
)
def test_what_is_wrong_is_told(first: str, second: str, code: str) -> None:
    """One is missing, too long, or both are the same in whatever width, case and spacing."""
    with pytest.raises(BadInput) as caught:
        TwoRoles(first, second).require()
    assert caught.value.code == code


def test_two_roles_that_differ_will_do() -> None:
    """Both stand in the audit, without the blanks around them."""
    roles = TwoRoles(" 计票组 ", "监督组")
    roles.require()
    assert roles.text == "计票组 + 监督组"
