"""A finger on a kiosk's screen: real touches through X, guided by what the kiosk tells (`--tell FILE`).

It waits for what a person would wait for: a screen that was really drawn after the last touch.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from command.told import Told

Seen = TypeVar("Seen")

LOOK_EVERY_S = 0.01
MOST_PAGES = 12


class NotThere(Exception):
    """A screen or a thing to touch that did not come: which, and what was there instead."""


def until(look: Callable[[], Seen | None], what: str, deadline_s: float, alive: Callable[[], None]) -> Seen:
    """What `look` gives once it gives something; NotThere after the deadline. `alive` may raise to end the wait early."""
    ends = time.monotonic() + deadline_s
    while time.monotonic() < ends:
        seen = look()
        if seen:
            return seen
        alive()
        time.sleep(LOOK_EVERY_S)
    raise NotThere(f"waited {deadline_s:.0f} s for {what}")


class Finger:
    """Touches the kiosk whose window stands at the display's top left. `alive` raises when a program has died."""

    def __init__(self, tells: Path, display: str | None, alive: Callable[[], None], step_s: float = 12.0) -> None:
        self._told = Told(tells)
        self._display = display or os.environ.get("DISPLAY", "")
        self._alive = alive
        self._step_s = step_s
        self._touched = 0

    def fresh(self) -> dict[str, Any] | None:
        """The newest screen that was drawn after the last touch."""
        shown = [line for line in self._told.look()[self._touched :] if line["what"] == "shown"]
        return shown[-1] if shown else None

    def screen(self, name: str) -> dict[str, Any]:
        """What was told of the screen `name`, once it is there."""

        def there() -> dict[str, Any] | None:
            shown = self.fresh()
            return shown if shown and shown["screen"] == name else None

        return until(there, f"the kiosk's {name} screen", self._step_s, self._alive)

    def find(self, target: str) -> None:
        """Turn pages until `target` is on screen."""
        for _ in range(MOST_PAGES):
            if target in self._one_of(target, "next-page"):
                return
            self.touch("next-page")
        raise NotThere(f"{target} is on none of {MOST_PAGES} pages")

    def _one_of(self, *targets: str) -> dict[str, tuple[float, float, float, float]]:
        """Where things are on the first screen that has one of these: one drawn just before the touch came is waited out."""

        def there() -> dict[str, Any] | None:
            shown = self.fresh()
            return shown if shown and not set(targets).isdisjoint(shown["targets"]) else None

        try:
            shown = until(there, f"a screen with {' or '.join(targets)}", self._step_s, self._alive)
        except NotThere as error:
            raise NotThere(f"{error}: {self._instead()}") from None
        found: dict[str, tuple[float, float, float, float]] = shown["targets"]
        return found

    def _instead(self) -> str:
        shown = self.fresh()
        if shown is None:
            return "nothing was drawn since the last touch"
        return f"the kiosk's {shown['screen']} screen has only {sorted(shown['targets'])}"

    def touch(self, target: str, times: int = 1) -> None:
        """Tap the middle of a target that is on screen now, `times` in quick succession."""
        x, y, width, height = self._one_of(target)[target]
        self._touched = len(self._told.look())
        words = [shutil.which("xdotool") or "xdotool", "mousemove", str(int(x + width / 2)), str(int(y + height / 2))]
        words += ["click", "--repeat", str(times), "--delay", "30", "1"]
        subprocess.run(words, env={"DISPLAY": self._display}, check=True)
