"""A visitor's hands: at first they touch whatever can be touched, at random; then they want a number.

They find what can be touched on any face, whatever face it is, and know the public names of choices alone: a screen that
is made tomorrow is met by them the day after. They know no rule of the kiosk.
"""

from collections.abc import Sequence
from random import Random

from msgspec import Struct

from kiosk.choices import Choice, name_of
from kiosk.faces import Face
from simulator.visitors import choices_on

WANTS = {
    "take": 100.0, "go-on": 90.0, "start": 80.0, "stay": 80.0, "service": 50.0, "agency": 40.0, "errand": 30.0,
    "priority": 20.0, "next-page": 12.0, "add-another": 10.0, "back": 4.0, "home": 2.0, "take-priority": 2.0,
}  # fmt: skip
"""How much somebody who wants a number is drawn to each thing, by the first word of its name."""
ELSE = 0.5
TRIED = 0.03
"""What was tried before draws this much less."""

GARBAGE = ("", "K001", "k-9 9 9", "\x00\x1b[2J", "https://antrean.example/t/0", "9" * 400, "Ω≈ç√", "K001\nK002")
"""What a scanner reads that was held to the wrong paper."""
KEYS = ("up", "down", "choose", "back", "guide", "louder", "softer")
KINDS = {"touch": 78, "scan": 5, "key": 8, "type": 2, "feel": 3, "empty": 3.5, "break": 0.5}
"""How often each kind of act is done at random. "break": something breaks in a screen."""
TEXTS: dict[str, Sequence[str]] = {"scan": GARBAGE, "key": KEYS, "type": "ktp 7"}
SHORT_S, LONG_S = (0.5, 3.0), (25.0, 70.0)
"""Seconds until the next touch; and until the next when somebody thinks, or walks away for a while."""


class Act(Struct, frozen=True):
    """What the hands do now: touch a choice so many times (or an empty place), or something else; then rest for `rest_s`."""

    kind: str
    rest_s: float
    choice: Choice | None = None
    times: int = 1
    stale: bool = False
    text: str = ""


class Hands:
    """Of one visitor. `wanders` is the number of random acts before a number is wanted."""

    def __init__(self, luck: Random) -> None:
        self._luck = luck
        self._tried: set[str] = set()
        self.wanders = luck.choice((0, 0, 1, 3, 6, 12, 25))
        self.acts = 0

    def next(self, face: Face) -> Act:
        """What they do before this face."""
        self.acts += 1
        if self.acts <= self.wanders:
            return self.wander(face)
        return self._want(face)

    def wander(self, face: Face) -> Act:
        """Anything at all."""
        luck, offered = self._luck, list(choices_on(face))
        rest_s = luck.uniform(*(LONG_S if luck.random() < 0.04 else SHORT_S))
        [kind] = luck.choices(list(KINDS), list(KINDS.values()))
        if kind in TEXTS:
            return Act(kind, rest_s, text=luck.choice(TEXTS[kind]))
        if kind in ("break", "empty") or not offered:
            return Act("break" if kind == "break" else "empty", rest_s)
        times = luck.choice((1, 1, 1, 2, 4)) if kind == "touch" else 1
        return Act(kind, rest_s, luck.choice(offered), times=times, stale=luck.random() < 0.08)

    def _want(self, face: Face) -> Act:
        """On towards a number, not always by the straightest way."""
        luck, offered = self._luck, list(choices_on(face))
        rest_s = luck.uniform(*SHORT_S)
        if not offered:
            return Act("empty", rest_s)
        names = [name_of(choice) for choice in offered]
        [place] = luck.choices(range(len(offered)), [self._draw(name) for name in names])
        self._tried.add(names[place])
        return Act("touch", rest_s, offered[place], times=luck.choice((1, 1, 1, 1, 2, 3)))

    def _draw(self, name: str) -> float:
        wanted = WANTS.get(name.split(":", maxsplit=1)[0], ELSE)
        return wanted * TRIED if name in self._tried and ":" in name else wanted
