"""The technicians' way in and the set-up page, through the kiosk's flow: sequence, PIN, parts, the way out."""

import pytest
from msgspec.structs import replace

from assets.words import words_of
from contract.calls import Notice, NoticeText
from contract.names import NoticeId, RequestId
from kiosk import corners
from kiosk.choices import Tend
from kiosk.faces import CheckFace, MessageFace, SetupFace, TouchFace, screen_name
from kiosk.happenings import Attend, HubSaid, Scanned, Tended, Ticked, Touched
from kiosk.places import SettingUp, Welcome
from kiosk.state import now_of
from kiosk.tending import (
    Act,
    EndToStartAnew,
    FindPrinters,
    Found,
    JudgePin,
    LookAround,
    Note,
    PinJudged,
    PlaySide,
    PrintersFound,
    PrintTrial,
    PutNewRoll,
    Setup,
    SoundTried,
    Wish,
)
from kiosk.views import view_of
from tests.unit.kiosk_visit import Visit, text


@pytest.fixture
def visit() -> Visit:
    visit = Visit()
    visit.state = replace(visit.state, setup=Setup(can=True))
    return visit


def sequence(visit: Visit, touches=corners.SEQUENCE) -> None:
    for corner in touches:
        visit.happen(Ticked(visit.state.at + 0.5), Touched(corner))


def enter(visit: Visit, pin: str = "271828") -> None:
    sequence(visit)
    for digit in pin:
        visit.choose(Tend("digit", int(digit)))
    visit.choose(Tend("enter"))


def opened(visit: Visit) -> None:
    enter(visit)
    visit.happen(Tended(PinJudged(fits=True, wrong=0, wait_s=0.0)))


def face(visit: Visit):
    return view_of(visit.state, words_of, now_of(visit.state))


def wishes(visit: Visit) -> list[Wish]:
    return [effect.wish for effect in visit.did(Attend)]


# --- the way in ---


def test_the_sequence_of_corners_leads_to_the_pins_pad(visit):
    sequence(visit)
    assert visit.place() == SettingUp("pin")
    assert screen_name(face(visit)) == "pin"


@pytest.mark.parametrize(
    "wrong", [("left",) * 6, ("left", "left", "right", "right", "right", "left"), ("right", "left") * 6]
)
def test_no_other_sequence_does(visit, wrong):
    sequence(visit, wrong)
    assert visit.place() == Welcome()


def test_a_touch_elsewhere_begins_it_anew(visit):
    sequence(visit, corners.SEQUENCE[:5])
    visit.happen(Touched(None))
    sequence(visit, corners.SEQUENCE[5:])
    assert visit.place() == Welcome()


def test_it_must_come_within_ten_seconds(visit):
    for corner in corners.SEQUENCE:
        visit.happen(Ticked(visit.state.at + 2.1), Touched(corner))
    assert visit.place() == Welcome()


def test_it_counts_on_the_welcome_alone_so_no_visit_is_ever_shown_there(visit):
    visit.to_service()
    before = visit.place()
    sequence(visit)
    assert visit.place() == before


def test_without_a_pin_nobody_reaches_it_and_the_log_says_why(visit):
    visit.state = replace(visit.state, setup=Setup(can=False))
    sequence(visit)
    assert visit.place() == Welcome()
    assert wishes(visit) == [Note("unreachable")]


def test_it_works_with_the_hub_away(visit):
    visit.wait(30, hub=False)
    sequence(visit)
    assert visit.place() == SettingUp("pin")


def test_nobody_gets_there_during_an_evacuation_and_one_ends_it(visit):
    alarm = HubSaid(Notice(1, 1, NoticeText(NoticeId("n1"), text("Keluar"), "evacuate", ())))
    opened(visit)
    visit.happen(alarm)
    assert visit.place() == Welcome()
    sequence(visit)
    assert visit.place() == Welcome()


# --- the PIN ---


def test_what_is_typed_is_judged_and_never_shown(visit):
    sequence(visit)
    for digit in "27":
        visit.choose(Tend("digit", int(digit)))
    shown = face(visit)
    assert isinstance(shown, CheckFace)
    assert shown.typed == "••"
    assert "27" not in repr(shown.text)
    visit.choose(Tend("rubout"))
    visit.choose(Tend("digit", 8))
    visit.choose(Tend("enter"))
    assert wishes(visit)[-1] == JudgePin("28")


def test_while_one_is_judged_no_key_counts(visit):
    enter(visit)
    before = len(wishes(visit))
    visit.choose(Tend("digit", 1))
    visit.choose(Tend("enter"))
    assert len(wishes(visit)) == before


def test_a_wrong_pin_says_so_and_the_next_must_wait(visit):
    enter(visit)
    visit.happen(Tended(PinJudged(fits=False, wrong=4, wait_s=10.0)))
    shown = face(visit)
    assert isinstance(shown, CheckFace)
    assert "PIN tidak cocok." in shown.text
    assert all(button.choice is None for button in shown.digits)
    visit.choose(Tend("digit", 1))
    assert visit.place() == SettingUp("pin")
    visit.wait(10.1)
    visit.choose(Tend("digit", 1))
    assert visit.place() == SettingUp("pin", typed="1")


def test_the_delay_outlasts_leaving_and_coming_back(visit):
    enter(visit)
    visit.happen(Tended(PinJudged(fits=False, wrong=5, wait_s=20.0)))
    visit.choose(Tend("leave"))
    sequence(visit)
    assert "Tunggu" in face(visit).text


def test_a_judgement_that_comes_after_one_has_left_opens_nothing(visit):
    enter(visit)
    visit.choose(Tend("leave"))
    visit.happen(Tended(PinJudged(fits=True, wrong=0, wait_s=0.0)))
    assert visit.place() == Welcome()


# --- the page ---


def test_the_right_pin_opens_the_overview_which_looks_around(visit):
    opened(visit)
    assert isinstance(face(visit), SetupFace)
    assert wishes(visit)[-2:] == [Note("opened"), LookAround()]


def test_every_part_has_its_screen(visit):
    opened(visit)
    parts: tuple[tuple[Act, type], ...] = (
        ("printer", SetupFace),
        ("sound", SetupFace),
        ("touch", TouchFace),
        ("restart", MessageFace),
    )
    for part, kind in parts:
        visit.choose(Tend(part))
        assert isinstance(face(visit), kind)
        assert screen_name(face(visit)) == f"setup-{part}"


def test_only_three_things_do_more_than_look(visit):
    opened(visit)
    acts: tuple[Act, ...] = ("printer", "find", "test-print", "new-roll", "sound", "left", "restart", "restart-sure")
    for act in acts:
        visit.choose(Tend(act))
    done = [type(wish) for wish in wishes(visit)]
    assert {PrintTrial, PutNewRoll, EndToStartAnew} <= set(done)
    assert set(done) - {PrintTrial, PutNewRoll, EndToStartAnew} == {Note, JudgePin, LookAround, FindPrinters, PlaySide}


def test_the_restart_is_asked_for_twice(visit):
    opened(visit)
    visit.choose(Tend("restart"))
    assert EndToStartAnew() not in wishes(visit)
    visit.choose(Tend("restart-sure"))
    assert EndToStartAnew() in wishes(visit)


def test_what_is_found_is_shown_with_what_to_write(visit):
    opened(visit)
    visit.choose(Tend("printer"))
    visit.happen(Tended(PrintersFound((Found("EPSON TM-T20II", 'kind = "usb"'),))))
    assert ("EPSON TM-T20II", 'kind = "usb"') in [(line.label, line.value) for line in face(visit).readings]


def test_the_sound_is_tried_as_loud_as_it_is_set(visit):
    opened(visit)
    visit.choose(Tend("sound"))
    visit.choose(Tend("louder"))
    visit.choose(Tend("right"))
    assert wishes(visit)[-1] == PlaySide("right", 0.8)
    visit.happen(Tended(SoundTried(ok=False)))
    assert "Pengeras suara" in face(visit).note


def test_the_touch_test_is_told_on_the_overview(visit):
    opened(visit)
    visit.choose(Tend("touch"))
    visit.choose(Tend("touched", 58))
    assert visit.place() == SettingUp("overview")
    assert visit.state.setup.touched == 58


def test_a_paper_that_is_scanned_there_leads_nowhere(visit):
    opened(visit)
    visit.happen(Scanned("HTTPS://X/ABC", RequestId("r-9")))
    assert visit.place() == SettingUp("overview")


# --- the way out ---


def test_two_minutes_without_a_touch_lead_home(visit):
    opened(visit)
    visit.wait(119)
    assert visit.place() == SettingUp("overview")
    visit.wait(2)
    assert visit.place() == Welcome()
    assert wishes(visit)[-1] == Note("left")


def test_a_page_that_is_touched_on_and_on_closes_after_a_quarter_of_an_hour(visit):
    opened(visit)
    for _ in range(14):
        visit.wait(60)
        visit.choose(Tend("sound"))
    assert visit.place() == SettingUp("sound")
    visit.wait(61)
    assert visit.place() == Welcome()
    assert wishes(visit)[-1] == Note("left")


def test_half_a_minute_before_the_pad_leads_home(visit):
    sequence(visit)
    visit.wait(31)
    assert visit.place() == Welcome()


def test_nothing_of_the_technicians_visit_stays(visit):
    opened(visit)
    visit.choose(Tend("printer"))
    visit.choose(Tend("leave"))
    visit.happen(Tended(PrintersFound((Found("EPSON", "x"),))))
    assert visit.state.setup == Setup(can=True)


def test_a_technicians_choice_means_nothing_anywhere_else(visit):
    visit.choose(Tend("restart-sure"))
    visit.choose(Tend("overview"))
    assert visit.place() == Welcome()
    assert wishes(visit) == []
