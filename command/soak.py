"""`./antrean soak`: the tests that take longer than a change should wait for."""

from command.test import pytest


def run(words: list[str]) -> int:
    """The command; its arguments are pytest's."""
    if words[:1] in (["--help"], ["-h"]):
        print("usage: antrean soak [ARGUMENTS FOR PYTEST]\n\nRuns the tests that take longer than ./antrean test does.")
        return 0
    return pytest((("-m", "soak", *words),))
