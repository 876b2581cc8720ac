"""The kiosk's PIN."""

from hashlib import scrypt

import pytest

from campaign.errors import BadInput
from surveys.pin import hash_pin, new_pin, pin_matches


def test_the_pin_matches_and_nothing_else_does() -> None:
    """Plain or full-width digits of the PIN unlock; another number, a text or nothing does not."""
    kept = hash_pin("2468")
    assert pin_matches("2468", kept)
    assert pin_matches(" ２４６８ ", kept)
    for wrong in ("2469", "24680", "246", "", "abcd", "\ud800"):
        assert not pin_matches(wrong, kept)


def test_the_pin_cannot_be_read_from_its_hash() -> None:
    """Two hashes of one PIN differ, say how they were made, and do not hold it."""
    first, second = hash_pin("24682468"), hash_pin("２４６８２４６８")
    assert first != second
    assert first.startswith("scrypt$16384$8$1$")
    assert "24682468" not in first


def test_the_hash_is_scrypt_as_it_says() -> None:
    """RFC 7914 with n = 2^14, r = 8, p = 1, a salt of 16 bytes and a hash of 32, as the standard library has it."""
    name, cost, block, lanes, salt, found = hash_pin("2468").split("$")
    assert (name, int(cost), int(block), int(lanes)) == ("scrypt", 2**14, 8, 1)
    assert len(bytes.fromhex(salt)) == 16
    assert bytes.fromhex(found) == scrypt(b"2468", salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32)


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "一二三四", "12 34"])
def test_a_pin_has_four_to_eight_digits(pin: str) -> None:
    """Anything else is M14."""
    with pytest.raises(BadInput) as caught:
        hash_pin(pin)
    assert caught.value.code == "M14"


def test_a_new_pin_is_six_random_digits() -> None:
    """Twenty new PINs are all well formed, and hardly two are the same."""
    pins = [new_pin() for _ in range(20)]
    assert all(len(pin) == 6 and pin.isdecimal() for pin in pins)
    assert len(set(pins)) > 15
