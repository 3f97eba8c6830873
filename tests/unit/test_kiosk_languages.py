"""Any number of languages: all by their own names, on the welcome and on their own screen, in pages where they are many."""

import pytest
from msgspec.structs import replace

from assets.words import WHOLE, Words, words_of
from contract.names import Language
from kiosk import choices
from kiosk.choices import name_of
from kiosk.faces import ListFace, MessageFace, WelcomeFace
from kiosk.happenings import HubSaid
from kiosk.state import now_of
from kiosk.views import view_of
from tests.unit.kiosk_visit import HALL, Visit


def many(count: int) -> tuple[Language, ...]:
    return (WHOLE, *(Language(f"x{chr(ord('a') + place)}") for place in range(count - 1)))


def words_in(language: Language) -> Words:
    words = words_of(WHOLE)
    return replace(words, language=replace(words.language, name=f"Basa {language}"))


def visit_in(languages: tuple[Language, ...]) -> Visit:
    visit = Visit()
    visit.happen(HubSaid(replace(HALL, languages=languages)))
    return visit


def shown(visit: Visit):
    return view_of(visit.state, words_in, now_of(visit.state))


def test_a_hall_with_one_language_offers_no_choice():
    assert shown(visit_in(many(1))).languages == ()


@pytest.mark.parametrize("count", range(2, 9))
def test_up_to_eight_languages_stand_on_the_welcome_and_on_one_screen(count):
    visit = visit_in(many(count))
    face = shown(visit)
    assert isinstance(face, WelcomeFace)
    assert [button.label for button in face.languages] == [f"Basa {language}" for language in many(count)]
    visit.choose(choices.Start())
    visit.choose(choices.ChooseLanguage())
    face = shown(visit)
    assert isinstance(face, MessageFace)
    assert [button.label for button in face.buttons] == [f"Basa {language}" for language in many(count)]


def test_of_more_the_welcome_shows_the_first_and_the_way_to_all_which_come_in_pages():
    visit = visit_in(many(24))
    names = [name_of(button.choice) for button in shown(visit).languages]
    assert names == [*(f"language:{language}" for language in many(7)), "languages"]
    visit.choose(choices.ChooseLanguage())
    seen: list[str] = []
    for _ in range(10):
        face = shown(visit)
        assert isinstance(face, ListFace)
        seen += [name_of(card.choice) for card in face.cards]
        if face.pages is None or face.pages.next.choice is None:
            break
        visit.choose(face.pages.next.choice)
    assert seen == [f"language:{language}" for language in many(24)]
    visit.choose(choices.Speak(many(24)[-1]))
    assert isinstance(shown(visit), WelcomeFace)
    assert visit.state.language == many(24)[-1]
