"""`./antrean soak`: the tests that take longer than a change should wait for; `./antrean soak visits|calls`: visits at random, a day of calls."""

from command import calls, visits
from command.test import pytest


def run(words: list[str]) -> int:
    """The command; its arguments are pytest's."""
    if words[:1] in (["--help"], ["-h"]):
        print(
            "usage: antrean soak [ARGUMENTS FOR PYTEST]\n       antrean soak visits [--count N] [--seed N]\n"
            "       antrean soak calls [--count N] [--seed N]\n\n"
            "Runs the tests that take longer than ./antrean test does; or visits at random, a thousand of them; or a day of calls."
        )
        return 0
    if words[:1] == ["visits"]:
        return visits.run(words[1:])
    if words[:1] == ["calls"]:
        return calls.run(words[1:])
    return pytest((("-m", "soak", *words),))
