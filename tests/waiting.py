"""The one place where tests pause: between two looks at a condition, until it holds or the deadline has passed."""

import time
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")


def wait_for(look: Callable[[], Seen], what: str, deadline_s: float = 10.0) -> Seen:
    """The first true value that `look` gives; AssertionError saying `what` was waited for."""
    ends = time.monotonic() + deadline_s
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > ends:
            raise AssertionError(f"waited {deadline_s} s for {what}")
        time.sleep(0.01)
