"""Visits at random under random trouble: each ends with a number on record or with a clear reason, and leaves nothing behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from assets.words import words_of
from command.visits import lines_of, visit
from contract.names import Language
from kiosk.choices import Choice, Take
from kiosk.device import KioskDevice
from kiosk.faces import Face, MessageFace, ServiceFace, WelcomeFace
from kiosk.happenings import Abandon
from simulator.programs import Made
from simulator.quiet import quiet
from simulator.visits import Visit, Visits

ID = Language("id")
MOST = 40
"""So many visits at the most until a broken kiosk is found out."""


def test_fifty_visits_by_hands_that_touch_anything_end_each_as_a_visit_may() -> None:
    tally = visit(50, seed=1)
    assert tally.bad == [], "\n".join(lines_of(tally, 0))
    assert tally.ends["number"] >= 20
    assert sum(many for end, many in tally.ends.items() if end.startswith("reason")) >= 3
    assert len(tally.screens) >= 15, "the visitors saw hardly anything"
    assert len(tally.blows) >= 12, "hardly anything went wrong"


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200, 10))
def test_a_thousand_visits_by_hands_that_touch_anything_end_each_as_a_visit_may(seed: int) -> None:
    tally = visit(100, seed)
    assert tally.bad == [], "\n".join(lines_of(tally, 0))
    assert tally.ends["number"] >= 40, "a kiosk that always has a reason serves nobody"


def test_the_same_seed_is_the_same_row_of_visits(tmp_path: Path) -> None:
    rows = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        rows.append([found for found, _ in zip(visits_of(tmp_path / name, KioskDevice), range(4), strict=False)])
    assert rows[0] == rows[1]


# --- a kiosk that breaks its word is found out ---------------------------------------------------------------------------


class KeepsTheLanguage(KioskDevice):
    """Nobody takes the language back when a visitor has gone."""

    _kept: Any = None

    def pump(self, now_s: float) -> bool:
        changed = super().pump(now_s)
        self._kept = self._state.language or self._kept
        self._state = replace(self._state, language=self._kept)
        return changed


class TakesEveryTap(KioskDevice):
    """A second tap counts on whatever screen has come meanwhile."""

    def choose(self, turn: int, choice: Choice) -> None:
        super().choose(turn, choice)
        asked = self._state.asked
        if isinstance(choice, Take) and asked is not None:
            self._link.say(replace(asked.request, request=self._world.new_id()))


class GivesNoReason(KioskDevice):
    """Refuses without a word."""

    def view(self) -> Face:
        face = super().view()
        return replace(face, sentences=()) if isinstance(face, MessageFace) and face.screen == "refused" else face


class SaysThatItIsClosed(KioskDevice):
    """Sends visitors away with a reason that reads well and is not true."""

    def view(self) -> Face:
        face = super().view()
        if not isinstance(face, WelcomeFace):
            return face
        return MessageFace(
            face.frame, "closed", "clock-outline", "Layanan sedang tutup", ("Buka lagi: Besok, 08.00",), ()
        )


class SaysThatAServiceIsOver(KioskDevice):
    """Gives numbers of one service no more, and a reason that is not true."""

    def view(self) -> Face:
        face = super().view()
        if not isinstance(face, ServiceFace) or face.title != "pajak-tahunan":
            return face
        return replace(face, take=None, priority=None, add=None, cannot=words_of(ID).kiosk.why_after_hours)


class GivesUpWhatItTold(KioskDevice):
    """Takes a number back that its visitor has read."""

    def _work_off(self) -> None:
        super()._work_off()
        if self._state.told is not None:
            self._hands.carry_out(Abandon(self._state.told.request), self._state)


class NeverGoesHome(KioskDevice):
    """Takes every visitor for somebody who is still there."""

    def pump(self, now_s: float) -> bool:
        self.touched()
        return super().pump(now_s)


def visits_of(folder: Path, kiosk: type[KioskDevice]) -> Iterator[Visit]:
    """The visits to such a kiosk."""
    with quiet():
        visits = Visits(7, folder, Made(kiosk=kiosk))
        try:
            for place in range(MOST):
                yield visits.visit(place)
        finally:
            visits.close()


@pytest.mark.parametrize(
    ("kiosk", "found"),
    [
        (KeepsTheLanguage, "something of the visitor stays"),
        (TakesEveryTap, "numbers were asked for"),
        (GivesNoReason, "gives no clear reason"),
        (SaysThatAServiceIsOver, "pajak-tahunan says"),
        (SaysThatItIsClosed, "says closed, and that is not true"),
        (GivesUpWhatItTold, "which its visitor was told"),
        (NeverGoesHome, "something of the visitor stays"),
    ],
)
def test_a_kiosk_that_breaks_its_word_is_found_out(tmp_path: Path, kiosk: type[KioskDevice], found: str) -> None:
    first = next((one for one in visits_of(tmp_path, kiosk) if one.bad), None)
    assert first is not None, f"{MOST} visits went well"
    assert found in first.bad[0]


def test_an_answer_that_comes_twice_while_the_visits_next_service_is_asked_for_is_not_taken_for_a_late_one() -> None:
    tally = visit(40, seed=77)
    assert tally.bad == [], "\n".join(lines_of(tally, 0))
