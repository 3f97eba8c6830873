"""Spoken guidance in the flow: what is said when, what keys and an exploring finger do, how it ends."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from contract.tickets import TicketIssued
from kiosk import choices, guiding
from kiosk.guide import FIRST_VOLUME, VOLUMES, loudness
from kiosk.happenings import Ask, Felt, HubSaid, Hush, NotSaid, Print, Say, VoicesKnown
from kiosk.places import AtService, Choosing, InAgency, StillThere, Taking, Welcome
from tests.unit.guided_visit import EN, Guided
from tests.unit.kiosk_visit import AGENCY, BEGINS, HALL, ID, SERVICE, ticket


@pytest.fixture
def visit() -> Guided:
    return Guided()


@pytest.mark.parametrize("key", ["up", "down", "choose", "back", "guide", "plugged", "louder", "softer"])
def test_the_first_key_of_any_kind_turns_the_guidance_on_and_says_the_screen(visit, key):
    visit.press(key)
    assert visit.state.guided
    assert visit.place() == Welcome()
    (said,) = visit.heard()
    assert said.startswith("Panduan suara menyala.")
    assert "Ambil nomor antrean di sini." in said


def test_one_touch_on_the_button_turns_it_on_and_one_turns_it_off(visit):
    visit.choose(choices.ToggleGuidance())
    assert visit.state.guided
    assert len(visit.heard()) == 1
    visit.choose(choices.ToggleGuidance())
    assert not visit.state.guided
    assert visit.heard() == ["Panduan suara dimatikan."]


def test_who_pressed_a_key_first_and_then_plugs_headphones_in_goes_on_being_guided(visit):
    visit.begin()
    visit.press("down")
    visit.heard()
    visit.press("plugged")
    assert visit.state.guided
    (said,) = visit.heard()
    assert "Ambil nomor antrean di sini." in said


def test_headphones_that_are_pulled_out_end_it_and_begin_it_for_nobody(visit):
    visit.press("unplugged")
    assert not visit.state.guided
    visit.press("plugged", "unplugged")
    assert not visit.state.guided


def test_without_it_nothing_is_ever_said(visit):
    visit.to_ticket()
    visit.choose(choices.Done())
    assert visit.heard() == []
    assert visit.did(Hush) == []


def test_a_number_is_taken_with_keys_and_ears_alone(visit):
    visit.begin()
    visit.find("Sentuh untuk mulai")
    visit.press("choose")
    (said,) = visit.heard()
    assert said.startswith("Mau mengurus apa?")
    visit.find("Disdukcapil")
    visit.press("choose")
    visit.heard()
    assert visit.find("Kartu Keluarga") == "Kartu Keluarga, 3 menunggu"
    visit.press("choose")
    (said,) = visit.heard()
    assert "Menunggu: 3 orang." in said
    visit.find("Ambil nomor, antrean biasa")
    visit.press("choose")
    (asked,) = visit.did(Ask)
    (said,) = visit.heard()
    assert said.startswith("Mohon tunggu. Nomor Anda sedang disiapkan.")
    visit.happen(HubSaid(TicketIssued(asked.request.request, ticket())))
    (said,) = visit.heard()
    assert "Nomor antrean Anda: ka, nol enam sembilan." in said
    assert len(visit.did(Print)) == 1


def test_the_same_screen_is_not_said_again_because_time_passes_or_queues_change(visit):
    visit.begin()
    visit.to_service()
    visit.heard()
    visit.wait(12.0)
    assert visit.heard() == []


def test_up_and_down_go_round_with_a_word(visit):
    visit.begin()
    visit.press("up")
    (said,) = visit.heard()
    assert said.startswith("Dari akhir. ")
    visit.press("down")
    (said,) = visit.heard()
    assert said.startswith("Kembali ke awal. Selamat datang.")


def test_choose_without_a_thing_in_focus_says_the_screen_once_more_and_chooses_nothing(visit):
    visit.begin()
    visit.to_service()
    (*_, arrival) = visit.heard()
    visit.press("choose", "choose")
    assert visit.heard() == [arrival, arrival]
    assert visit.did(Ask) == []


def test_what_has_gone_since_it_was_said_is_not_taken_for_another(visit):
    visit.begin()
    visit.to_service()
    visit.find("Ambil nomor, antrean biasa")
    visit.state = replace(visit.state, guide=replace(visit.state.guide, focus="part:7"))
    visit.press("choose")
    (said,) = visit.heard()
    assert said.startswith("Pilihan itu sudah tidak ada.")
    assert visit.place() == AtService(SERVICE)


def test_back_goes_back_and_says_where_nothing_is_before(visit):
    visit.begin()
    visit.to_service()
    visit.press("back")
    assert visit.place() == InAgency(AGENCY)
    visit.press("back")
    assert isinstance(visit.place(), Choosing)
    visit.press("back")
    assert visit.place() == Welcome()
    assert visit.state.guided
    visit.heard()
    visit.press("back")
    assert visit.heard() == ["Tidak ada layar sebelumnya."]


def test_back_never_leads_away_from_a_number(visit):
    visit.begin()
    visit.to_ticket()
    visit.press("back")
    assert visit.place() == Taking()


def test_a_finger_that_explores_hears_and_chooses_nothing_until_it_is_told_to(visit):
    visit.begin()
    visit.to_service()
    visit.heard()
    visit.happen(Felt(visit.state.turn, choices.Take("regular")))
    assert visit.heard() == ["Ambil nomor, antrean biasa"]
    visit.happen(Felt(visit.state.turn, None, "Zona A · Loket 1"))
    assert visit.heard() == ["Zona A, Loket 1"]
    visit.press("choose")
    assert visit.did(Ask) == []
    visit.happen(Felt(visit.state.turn, choices.Take("regular")))
    visit.press("choose")
    assert len(visit.did(Ask)) == 1


def test_a_finger_still_on_the_last_screen_is_not_heard_on_this_one(visit):
    visit.begin()
    visit.choose(choices.Start())
    visit.heard()
    visit.happen(Felt(visit.state.turn - 1, choices.Start()))
    assert visit.heard() == []


def test_volume_goes_up_to_its_limit_and_down_to_the_least_and_says_so(visit):
    visit.begin()
    said = []
    for key in ("louder", "louder", "louder", *["softer"] * 5):
        visit.press(key)
        said += [(visit.state.volume, *visit.heard())]
    assert [step for step, _ in said] == [4, 5, 5, 4, 3, 2, 1, 1]
    assert said[1][1] == "Suara 5 dari 5, sudah paling keras."
    assert said[3][1] == "Suara 4 dari 5."
    assert said[-1][1] == "Suara 1 dari 5, sudah paling pelan."


def test_the_buttons_for_volume_do_not_say_the_whole_screen_again(visit):
    visit.begin()
    visit.choose(choices.Louder())
    assert visit.heard() == ["Suara 4 dari 5."]
    visit.wait(1.0)
    assert visit.heard() == []


def test_each_step_of_the_volume_is_heard_as_a_step():
    steps = [loudness(step) for step in range(1, VOLUMES + 1)]
    assert steps[-1] == 1.0
    assert all(other / one == pytest.approx(10 ** (5 / 20)) for one, other in pairwise(steps))


def test_the_next_visitor_finds_silence_and_the_first_volume(visit):
    visit.begin()
    visit.press("louder")
    visit.to_ticket()
    visit.choose(choices.Done())
    state = visit.state
    assert (state.guided, state.volume, state.guide.focus, state.guide.announced) == (False, FIRST_VOLUME, "", None)
    assert state.guide.voices == (ID, EN)
    assert visit.heard()[-1] == "Panduan suara dimatikan."


def test_who_leaves_at_the_welcome_leaves_no_guidance_behind(visit):
    visit.begin()
    visit.wait(60.0)
    assert not visit.state.guided


def test_who_listens_is_not_asked_whether_he_is_there_and_has_time_to_hear_the_question(visit):
    visit.begin()
    visit.to_service()
    (*_, arrival) = visit.heard()
    lasts_s = len(arrival) * guiding.SECONDS_A_LETTER
    assert lasts_s > 10
    visit.wait(visit.state.timing.idle_s + lasts_s - 1)
    assert visit.place() == AtService(SERVICE)
    visit.wait(2.0)
    place = visit.place()
    assert isinstance(place, StillThere)
    (question,) = visit.heard()
    left_s = place.until - visit.state.at
    assert left_s >= visit.state.timing.still_there_s + len(question) * guiding.SECONDS_A_LETTER - 2


def test_back_and_choose_answer_that_somebody_is_still_there(visit):
    visit.begin()
    visit.to_service()
    visit.wait(90.0, hub=True)
    if isinstance(visit.place(), StillThere):
        visit.press("back")
        assert visit.place() == AtService(SERVICE)


def test_a_language_without_a_voice_is_guided_in_the_halls_first_that_has_one_and_hears_so(visit):
    visit.choose(choices.Speak(EN))
    visit.choose(choices.ToggleGuidance())
    visit.heard()
    visit.happen(VoicesKnown((ID,)))
    (say,) = [effect for effect in visit.effects[-1:] if isinstance(effect, Say)]
    assert say.language == ID
    assert "Belum ada suara untuk English. Panduan memakai Bahasa Indonesia." in say.text
    assert say.text.startswith("Panduan suara menyala.")
    visit.heard()
    visit.choose(choices.Start())
    (said,) = visit.heard()
    assert said.startswith("Mau mengurus apa?")


def test_another_language_is_heard_at_once(visit):
    visit.begin()
    visit.choose(choices.Speak(EN))
    (said,) = visit.heard()
    assert said.startswith("Welcome.")


@pytest.mark.parametrize("trouble", [VoicesKnown(()), NotSaid("no sound device")])
def test_a_kiosk_that_cannot_speak_goes_on_and_its_button_says_so(visit, trouble):
    visit.choose(choices.ToggleGuidance())
    visit.happen(trouble)
    assert not visit.state.guided
    assert visit.state.guide.cannot_speak
    assert len(visit.did(Hush)) == 1
    visit.to_ticket()
    assert visit.place() == Taking()


def test_after_a_failure_the_voice_is_tried_anew(visit):
    visit.choose(choices.ToggleGuidance())
    visit.happen(NotSaid("hung"))
    visit.heard()
    visit.choose(choices.ToggleGuidance())
    assert visit.state.guided
    visit.happen(VoicesKnown((ID,)))
    assert not visit.state.guide.cannot_speak
    assert len(visit.heard()) == 1


def test_a_toggle_says_what_it_is_now_and_keeps_its_place(visit):
    visit.begin()
    visit.find("Kontras, tidak dipakai")
    visit.press("choose")
    assert visit.heard() == ["Kontras, sedang dipakai"]
    visit.press("choose")
    assert visit.heard() == ["Kontras, tidak dipakai"]


# --- notices ------------------------------------------------------------------------------------------------------------


def test_the_hall_of_these_tests_speaks_two_languages():
    assert HALL.languages == (ID, EN)
    assert BEGINS.weekday() == 2


def test_an_agency_is_heard_as_the_halls_file_has_it_spoken_and_seen_as_it_is_written(visit):
    (agency,) = HALL.agencies
    other = replace(agency, spoken={ID: "dinas kependudukan"})
    visit.begin()
    visit.happen(HubSaid(replace(HALL, agencies=(other,))))
    visit.choose(choices.Start())
    visit.heard()
    assert "dinas kependudukan" in visit.find("dinas")
    assert "Disdukcapil" not in visit.find("dinas")
