"""A whole kiosk that speaks: what it says through its narrator, how loud, and how it goes on without one."""

from pathlib import Path

import pytest

from contract.calls import Notice, NoticeText
from contract.names import Language, NoticeId, ZoneId
from kiosk import choices
from kiosk.guide import FIRST_VOLUME, loudness
from kiosk.narrator import MuteNarrator, Narrator
from kiosk.simulated_narrator import SimulatedNarrator
from tests.unit.kiosk_rig import Rig
from tests.unit.kiosk_visit import text

ID, EN = Language("id"), Language("en")


class SpeakingRig(Rig):
    """The rig with a narrator of the test's own."""

    def __init__(self, folder: Path, narrator: Narrator) -> None:
        self.mine = narrator
        super().__init__(folder)

    def start(self) -> None:
        self.narrator, self.loudest = self.mine, 0.8
        super().start()

    def label(self) -> str:
        face = self.kiosk.view()
        buttons = (*face.frame.bar, *getattr(face, "helps", ()))
        label: str = next(button.label for button in buttons if button.choice == choices.ToggleGuidance())
        return label


@pytest.fixture
def narrator() -> SimulatedNarrator:
    return SimulatedNarrator((ID, EN))


@pytest.fixture
def rig(tmp_path: Path, narrator: SimulatedNarrator) -> SpeakingRig:
    return SpeakingRig(tmp_path, narrator)


def test_no_voice_is_started_before_somebody_is_to_be_spoken_to(rig, narrator):
    rig.take()
    rig.answer(rig.hub.heard[-1].request)
    rig.wait(60)
    assert narrator.started == 0
    rig.kiosk.press("down")
    assert narrator.started == 1


def test_a_screen_is_said_at_the_visitors_volume_and_told(rig, narrator):
    rig.kiosk.press("guide")
    rig.settle()
    (said,) = narrator.said
    assert said.language == ID
    assert said.volume == pytest.approx(0.8 * loudness(FIRST_VOLUME))
    assert (
        "spoke",
        {"text": said.text, "language": "id", "volume": round(said.volume, 3), "state": "began"},
    ) in rig.told
    rig.kiosk.press("louder")
    assert narrator.said[-1].volume == pytest.approx(0.8 * loudness(FIRST_VOLUME + 1))


def test_a_new_screen_hushes_what_was_being_said(rig, narrator):
    rig.kiosk.press("guide")
    rig.choose(choices.Start())
    rig.settle()
    states = [facts["state"] for what, facts in rig.told if what == "spoke"]
    assert states == ["began", "hushed", "began"]


def test_the_focused_thing_is_framed_and_chosen(rig):
    rig.kiosk.press("guide")
    rig.kiosk.press("down")
    assert rig.kiosk.guided == (True, choices.Start())
    rig.kiosk.press("choose")
    assert rig.screen == "errands"
    assert rig.kiosk.guided == (True, None)


def test_an_evacuation_is_spoken_as_loud_as_it_goes_although_nobody_asked(rig, narrator):
    told = NoticeText(NoticeId("n-1"), text("Keluar sekarang"), "evacuate", (ZoneId("a"),))
    rig.say(Notice(1, 1, told))
    rig.settle()
    assert "Keluar sekarang" in narrator.said[-1].text
    assert narrator.said[-1].volume == pytest.approx(0.8)
    assert rig.kiosk.guided == (False, None)


@pytest.mark.parametrize("kind", ["mute", "no voice", "no loudspeaker"])
def test_a_kiosk_that_cannot_speak_says_so_on_its_button_and_gives_numbers(tmp_path, kind):
    narrator: Narrator = MuteNarrator() if kind == "mute" else SimulatedNarrator(() if kind == "no voice" else (ID,))
    if isinstance(narrator, SimulatedNarrator):
        narrator.deaf = True
    rig = SpeakingRig(tmp_path, narrator)
    assert rig.label() == "Panduan suara"
    rig.choose(choices.ToggleGuidance())
    rig.settle()
    assert rig.kiosk.guided == (False, None)
    assert rig.label() == "Suara tidak tersedia"
    request = rig.take()
    rig.answer(request)
    assert rig.screen == "ticket"
