"""A language without a voice: the visitor is told in words in which language the number is called."""

from datetime import timedelta

from assets.words import words_of
from contract.halls import HubHeartbeat
from contract.names import Language
from kiosk import choices
from kiosk.faces import MessageFace, WelcomeFace
from kiosk.happenings import HubSaid
from kiosk.state import now_of
from kiosk.views import view_of
from tests.unit.kiosk_visit import BEGINS, Visit

ID, EN = Language("id"), Language("en")


def visit_with(*spoken: Language) -> Visit:
    visit = Visit()
    beat = HubHeartbeat("online", 1, BEGINS + timedelta(seconds=1), seq=2, spoken=spoken)
    visit.happen(HubSaid(beat))
    return visit


def shown(visit: Visit):
    return view_of(visit.state, words_of, now_of(visit.state))


def test_who_chose_a_language_without_a_voice_reads_on_the_welcome_in_which_one_calls_are_spoken():
    visit = visit_with(ID)
    face = shown(visit)
    assert isinstance(face, WelcomeFace)
    assert face.notice == ""
    visit.choose(choices.Speak(EN))
    assert "Calls are spoken in Bahasa Indonesia." in shown(visit).notice
    visit.choose(choices.Speak(ID))
    assert shown(visit).notice == ""


def test_the_choice_of_languages_says_which_calls_are_spoken_in():
    visit = visit_with(ID)
    visit.choose(choices.Start())
    visit.choose(choices.ChooseLanguage())
    face = shown(visit)
    assert isinstance(face, MessageFace)
    assert face.sentences == ("Panggilan diucapkan dalam Bahasa Indonesia.",)


def test_in_a_hall_without_any_voice_numbers_are_called_on_the_screens():
    visit = visit_with()
    visit.choose(choices.Speak(EN))
    assert "Numbers are called on the screens, not spoken." in shown(visit).notice


def test_nothing_is_said_where_every_language_has_a_voice_or_the_hub_does_not_tell():
    for visit in (Visit(), visit_with(ID, EN)):
        visit.choose(choices.Speak(EN))
        assert shown(visit).notice == ""
        visit.choose(choices.Start())
        visit.choose(choices.ChooseLanguage())
        assert shown(visit).sentences == ()


def test_the_note_goes_home_with_the_visitor():
    visit = visit_with(ID)
    visit.choose(choices.Speak(EN))
    visit.choose(choices.Start())
    visit.choose(choices.Home())
    assert shown(visit).notice == ""
    assert visit.state.pulse is not None
    assert visit.state.pulse.spoken == (ID,)
