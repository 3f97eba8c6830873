"""Visitors at a kiosk: they read what is to be seen and touch what can be touched, like people.

They know a screen's name and the choices that it offers, nothing of how it came about. Most want a number, some turn
back, tap twice, tap what is no longer there, give the number back, or walk away in the middle of it.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

from kiosk import choices
from kiosk.choices import Choice, name_of
from kiosk.faces import Face, screen_name
from simulator.eyes import numbers_told
from simulator.programs import KioskProgram
from simulator.witness import Witness

EVERY_S = 75.0
"""A visitor comes to each kiosk about so often, when none stands there."""
TAP_S = (0.8, 4.0)
MOST_TAPS = 30
DOUBLE_TAP, LATE_TAP, WALKS_AWAY = 0.15, 0.04, 0.02
NOTHING_TO_DO = (
    "dark",
    "starting",
    "out-of-order",
    "closed",
    "not-begun",
    "holiday",
    "no-services",
    "break",
    "no-numbers",
    "day-not-open",
)
"""Screens before which a visitor gives up after a while."""

LIKES: dict[type[Choice], float] = {
    choices.Start: 20,
    choices.ChooseErrand: 2,
    choices.MoreErrands: 1,
    choices.ChooseAgency: 6,
    choices.ChooseService: 8,
    choices.NextPage: 1,
    choices.PreviousPage: 0.5,
    choices.ShowPart: 1,
    choices.AskPriority: 2,
    choices.Take: 14,
    choices.Done: 12,
    choices.Cancel: 1.5,
    choices.CancelForSure: 5,
    choices.Back: 1.5,
    choices.Home: 0.3,
    choices.ChooseLanguage: 0.3,
    choices.Speak: 1.0,
    choices.SetText: 0.1,
    choices.ToggleContrast: 0.2,
    choices.ToggleLow: 0.1,
    choices.CallStaff: 0.2,
    choices.Stay: 8,
}
"""How much people are drawn to each thing."""
ELSE = 0.3
"""And to all others."""


def choices_on(face: Any) -> Iterator[Choice]:
    """Everything on a face that can be touched."""
    if isinstance(face, tuple):
        for each in face:
            yield from choices_on(each)
    elif hasattr(face, "__struct_fields__"):
        for field in face.__struct_fields__:
            value = getattr(face, field)
            if field == "choice" and value is not None:
                yield value
            elif field != "choice":
                yield from choices_on(value)


class Visitors:
    """Those who come to one kiosk, one after another. `left` counts with what they left."""

    def __init__(self, kiosk: KioskProgram, witness: Witness, luck: Random) -> None:
        self.left: Counter[str] = Counter()
        self._kiosk = kiosk
        self._witness = witness
        self._luck = luck
        self._comes_s = luck.uniform(5, EVERY_S)
        self._here = False
        self._taps = 0
        self._acts_s = 0.0
        self._has_number = False
        self._numbers: list[str] = []
        """Those that stood on the screen last."""

    def step(self, now_s: float, *, still: bool) -> None:
        """Somebody may come, or touch something. `still`: nobody touches anything."""
        if not self._here:
            if now_s >= self._comes_s and not still:
                self._here, self._has_number, self._taps = True, False, 0
                self._acts_s = now_s + self._luck.uniform(*TAP_S)
                self._witness.saw("came", device=self._kiosk.name)
        elif now_s >= self._acts_s and not still:
            self._acts_s = now_s + self._luck.uniform(*TAP_S)
            self._act(now_s)

    def _act(self, now_s: float) -> None:
        self._taps += 1
        if not self._kiosk.running:
            self._wait_before("dark", now_s)
            return
        device = self._kiosk.device
        face = device.view()
        screen = screen_name(face)
        if numbers := numbers_told(face):
            self._has_number, self._numbers = True, numbers
        if self._is_done(screen):
            self._leave(self._outcome(screen), now_s)
        elif screen in NOTHING_TO_DO:
            self._wait_before(screen, now_s)
        elif self._luck.random() < WALKS_AWAY or self._taps > MOST_TAPS:
            self._leave("number" if self._has_number else "walked away", now_s)
        else:
            self._touch(face, screen)

    def _is_done(self, screen: str) -> bool:
        return (
            screen == "cancelled"
            or (self._has_number and screen == "welcome")
            or (screen == "refused" and self._luck.random() < 0.7)
        )

    def _outcome(self, screen: str) -> str:
        if screen == "cancelled":
            return "gave the number back"
        return "number" if self._has_number else "told why not"

    def _wait_before(self, screen: str, now_s: float) -> None:
        if self._has_number or self._luck.random() < 0.15:
            self._leave("number" if self._has_number else f"saw it {screen}", now_s)

    def _touch(self, face: Face, screen: str) -> None:
        device = self._kiosk.device
        offered = list(choices_on(face))
        turn = device.turn
        if not offered:
            device.touched()
            return
        self._kiosk.changed = True
        [choice] = self._luck.choices(offered, [LIKES.get(type(each), ELSE) for each in offered])
        if isinstance(choice, choices.CancelForSure):
            numbers = [choice.number] if choice.number is not None else self._numbers
            self._witness.saw("gave-back", device=self._kiosk.name, numbers=numbers)
        self._witness.saw("touched", device=self._kiosk.name, screen=screen, choice=name_of(choice))
        late = self._luck.random() < LATE_TAP
        for _ in range(2 if self._luck.random() < DOUBLE_TAP else 1):
            device.touched()
            device.choose(turn - 1 if late and not isinstance(choice, choices.CancelForSure) else turn, choice)

    def _leave(self, with_what: str, now_s: float) -> None:
        self._here = False
        self._comes_s = now_s + self._luck.expovariate(1 / EVERY_S)
        self.left[with_what] += 1
        self._witness.saw("left", device=self._kiosk.name, what=with_what)
