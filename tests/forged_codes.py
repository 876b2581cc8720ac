"""Codes that nobody has signed: random ones, and real ones with something changed."""

import random
from collections.abc import Callable, Iterator

from surveys.paper.codes import BODY, LENGTH, SIGNATURE, FormCode, SlipCode

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))


def forged(count: int, seed: int) -> Iterator[str]:
    """``count`` texts that no key of ours has signed: a third random digits, the others made from real codes."""
    chance = random.Random(seed)  # noqa: S311  # the same forgeries in every run
    real = [_real(chance) for _ in range(200)]
    signatures = {code[:BODY]: code[BODY:] for code in real}
    made = 0
    while made < count:
        code = chance.choice(WAYS)(chance, chance.choice(real), chance.choice(real))
        if signatures.get(code[:BODY]) != code[BODY:]:
            made += 1
            yield code


def _real(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return SlipCode(f"{chance.randrange(10**10):010d}").digits(KEY)
    return FormCode(*(chance.randrange(1, most) for most in (100_000, 100, 10_000, 1_000_000, 100))).digits(KEY)


def _random_digits(chance: random.Random, _one: str, _two: str) -> str:
    return f"{chance.randrange(10**LENGTH):0{LENGTH}d}"


def _another_digit(chance: random.Random, one: str, _two: str) -> str:
    at = chance.randrange(LENGTH)
    return f"{one[:at]}{chance.randrange(10)}{one[at + 1 :]}"


def _neighbours_swapped(chance: random.Random, one: str, _two: str) -> str:
    at = chance.randrange(LENGTH - 1)
    return f"{one[:at]}{one[at + 1]}{one[at]}{one[at + 2 :]}"


def _another_kind(chance: random.Random, one: str, _two: str) -> str:
    return f"{chance.randrange(10)}{one[1:]}"


def _two_halves(chance: random.Random, one: str, two: str) -> str:
    at = chance.randrange(LENGTH)
    return one[:at] + two[at:]


def _signature_of_another(_chance: random.Random, one: str, two: str) -> str:
    return one[:BODY] + two[BODY:]


def _guessed_signature(chance: random.Random, one: str, _two: str) -> str:
    return f"{one[:BODY]}{chance.randrange(10**SIGNATURE):0{SIGNATURE}d}"


def _another_key(chance: random.Random, _one: str, _two: str) -> str:
    return FormCode(1, 1, 1, chance.randrange(1, 1_000_000)).digits(OTHER_KEY)


WAYS: tuple[Callable[[random.Random, str, str], str], ...] = (
    *[_random_digits] * 4,
    _another_digit,
    _neighbours_swapped,
    _another_kind,
    _two_halves,
    _signature_of_another,
    _guessed_signature,
    _another_key,
)
"""Ways to come by a code without the key; some of the results are the code that they were made from."""
