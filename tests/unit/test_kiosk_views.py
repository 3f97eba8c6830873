"""What the kiosk's screens say, in words."""

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from assets.words import words_of
from contract.halls import CounterOfHall, QueueOfService
from contract.names import CounterId, Language, RequestId, ServiceId, ZoneId
from contract.reasons import WhyClosed, WhyRefused
from contract.tickets import Estimate
from kiosk import choices
from kiosk.faces import Face, ListFace, MessageFace, ServiceFace, TicketFace, WelcomeFace, screen_name
from kiosk.places import (
    AskingPriority,
    AtService,
    Choosing,
    ChoosingLanguage,
    InAgency,
    Place,
    Refusal,
    Taking,
    Waiting,
    Welcome,
)
from kiosk.standing import Standing
from kiosk.state import HubPulse, State, Told, now_of
from kiosk.views import view_of
from kiosk.wording import place_of, when, why
from tests.unit.kiosk_visit import AGENCY, BEGINS, HALL, ID, SERVICE, SERVICES, queues, text, ticket

EN = Language("en")


def state(*places: Place, **more: Any) -> State:
    known: dict[str, Any] = {
        "hall": HALL,
        "agencies": {AGENCY: SERVICES},
        "queues": {AGENCY: queues()},
        "pulse": HubPulse(1, BEGINS, 0.0),
        "trail": (Welcome(), *places),
    }
    return State(**(known | more))


def face_of(shown: State) -> Face:
    return view_of(shown, words_of, now_of(shown))


def closed(reason: WhyClosed, until: str | None) -> dict[str, Any]:
    at = None if until is None else datetime.fromisoformat(until)
    service = QueueOfService(SERVICE, open=False, waiting=0, why_closed=reason, until=at)
    return {"queues": {AGENCY: replace(queues(), services=(service,))}}


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-11-25T13:00:00+08:00", "13.00"),
        ("2026-11-26T08:00:00+08:00", "Besok, 08.00"),
        ("2026-11-30T08:00:00+08:00", "Senin, 08.00"),
        ("2026-12-02T08:00:00+08:00", "2 Desember, 08.00"),
        ("2026-11-26T00:00:00+00:00", "Besok, 08.00"),
    ],
)
def test_when_something_opens_is_said_as_people_say_it(until, words):
    assert when(datetime.fromisoformat(until), BEGINS, words_of(ID)) == words


def test_every_reason_has_its_own_sentence():
    for language in (ID, EN):
        kiosk = words_of(language).kiosk
        said = {why(Standing(False, reason, None), kiosk) for reason in WhyClosed}
        assert len(said | {kiosk.why_unknown, kiosk.why_system}) == len(WhyClosed) + 2


@pytest.mark.parametrize("reason", [*WhyClosed, *WhyRefused])
@pytest.mark.parametrize("language", [ID, EN])
def test_every_refusal_is_told_in_words_and_with_where_to_go(reason, language):
    face = face_of(state(AtService(SERVICE), Refusal(reason), language=language))
    assert isinstance(face, MessageFace)
    words = words_of(language)
    if reason in {WhyRefused.CLOCK_BEHIND, WhyRefused.BROKEN_MESSAGE, WhyRefused.NOT_ALLOWED}:
        assert face.sentences == (words.kiosk.refused_trouble,), "a visitor is not sent for a technician"
        return
    assert face.sentences[0] == getattr(words.refusal, "on_break" if reason == "break" else reason.replace("-", "_"))
    assert len(face.sentences) == 2


def test_a_reason_that_is_not_known_yet_is_told_in_the_hubs_own_words():
    face = face_of(state(Refusal("moon-is-full", text("Bulan purnama."))))
    assert isinstance(face, MessageFace)
    assert face.sentences[0] == "Bulan purnama."


def test_what_cannot_be_had_stays_with_its_reason_and_when():
    shown = state(Choosing((AGENCY,)), **closed(WhyClosed.NOT_TODAY, "2026-11-26T08:00:00+08:00"))
    face = face_of(shown)
    assert isinstance(face, ListFace)
    [card] = face.cards
    assert (card.can, card.remark) == (False, "Hari ini tidak buka. Besok, 08.00")


def test_a_closed_service_can_be_read_but_gives_no_number():
    face = face_of(state(AtService(SERVICE), **closed(WhyClosed.QUOTA_USED_UP, None)))
    assert isinstance(face, ServiceFace)
    assert (face.take, face.priority) == (None, None)
    assert face.cannot == "Nomor hari ini habis."
    assert face.lines


def test_before_the_hub_has_spoken_of_a_service_its_own_hours_count():
    evening = datetime.fromisoformat("2026-11-25T16:00:00+08:00")
    face = face_of(state(AtService(SERVICE), queues={}, pulse=HubPulse(1, evening, 0.0)))
    assert isinstance(face, ServiceFace)
    assert face.take is None
    assert face.cannot == "Sudah tutup."


def test_the_service_page_shows_all_six_published_parts_over_its_parts():
    said: set[str] = set()
    for part in range(2):
        face = face_of(state(AtService(SERVICE, part)))
        assert isinstance(face, ServiceFace)
        said |= {line.text for line in face.lines} | {fact.text for fact in face.facts}
    kiosk = words_of(ID).kiosk
    for published in (kiosk.prepare_nothing, "Ambil nomor", "1 hari", "Gratis", "KK", "Meja informasi"):
        assert published in said


def test_a_service_with_much_to_say_gets_a_third_part():
    long = replace(SERVICES.services[0], procedure=tuple(text(f"Langkah {count}: tunggu" * 3) for count in range(9)))
    face = face_of(state(AtService(SERVICE), agencies={AGENCY: replace(SERVICES, services=(long,))}))
    assert isinstance(face, ServiceFace)
    assert len(face.tabs) == 3


def test_an_estimate_is_a_range_and_without_one_it_is_said_so():
    face = face_of(state(AtService(SERVICE)))
    assert isinstance(face, ServiceFace)
    assert face.stats[1].value == "Belum diketahui"
    service = QueueOfService(SERVICE, open=True, waiting=1, left_today=17, wait_min=Estimate(10, 20))
    face = face_of(state(AtService(SERVICE), queues={AGENCY: replace(queues(), services=(service,))}))
    assert isinstance(face, ServiceFace)
    assert [stat.value for stat in face.stats] == ["1 orang", "10–20 menit", "17 nomor"]


def test_the_ticket_tells_number_words_place_and_time_of_day():
    told = Told(RequestId("r"), replace(ticket(), wait_min=Estimate(28, 43)), "printed", "ready")
    face = face_of(state(Taking(), told=told))
    assert isinstance(face, TicketFace)
    assert face.number == "K069"
    assert face.spelled == "ka · nol · enam · sembilan"
    assert face.where == "Zona A · Loket 1"
    assert [stat.value for stat in face.stats] == ["12 orang", "08.40–08.55"]


def test_a_number_without_paper_says_that_it_is_valid():
    face = face_of(state(Taking(), told=Told(RequestId("r"), ticket(), "failed", "paper-out")))
    assert isinstance(face, TicketFace)
    assert face.note
    assert "tetap berlaku" in face.text
    assert screen_name(face) == "no-paper"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("1",), "Loket 1"),
        (("1", "2"), "Loket 1, 2"),
        (("4", "1", "3", "2"), "Loket 1–4"),
        (("1", "2", "3", "7"), "Loket 1–3, 7"),
        (("A1", "A2", "A3"), "Loket A1–A3"),
        (("Informasi",), "Informasi"),
    ],
)
def test_counters_are_told_in_spans(names, words):
    counters = tuple(
        CounterOfHall(CounterId(f"c-{count}"), text(name), ZoneId("a"), (SERVICE,)) for count, name in enumerate(names)
    )
    assert place_of(replace(HALL, counters=counters), SERVICE, words_of(ID), ", ") == f"Zona A, {words}"


def test_the_welcome_speaks_two_languages_and_offers_them_by_their_own_names():
    face = face_of(state())
    assert isinstance(face, WelcomeFace)
    assert face.start.label == "Sentuh untuk mulai"
    assert face.other_start == "Touch to start"
    assert [button.label for button in face.languages] == ["Bahasa Indonesia", "English"]


def test_the_welcome_in_english_says_the_halls_language_small():
    face = face_of(state(language=EN))
    assert isinstance(face, WelcomeFace)
    assert (face.start.label, face.other_start) == ("Touch to start", "Sentuh untuk mulai")


def test_the_order_of_the_agencies_does_not_change_while_it_is_read():
    shown = state(Choosing((AGENCY,)))
    for seq, waiting in ((2, 50), (3, 0)):
        face = face_of(replace(shown, queues={AGENCY: queues(seq, waiting=waiting)}))
        assert isinstance(face, ListFace)
        assert [card.choice for card in face.cards] == [choices.ChooseAgency(AGENCY)]


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        (State(), "starting"),
        (state(), "welcome"),
        (replace(state(), at=12.5), "out-of-order"),
        (state(pulse=HubPulse(1, BEGINS.replace(hour=18), 0.0)), "closed"),
        (state(Choosing((AGENCY,))), "errands"),
        (state(InAgency(AGENCY)), "agency"),
        (state(AtService(SERVICE)), "service"),
        (state(AtService(ServiceId("gone"))), "refused"),
        (state(AskingPriority(SERVICE)), "priority"),
        (state(Waiting()), "wait"),
        (state(ChoosingLanguage()), "languages"),
    ],
)
def test_each_place_has_its_screen(shown, name):
    assert screen_name(face_of(shown)) == name


@pytest.mark.parametrize("language", [ID, EN])
def test_no_face_has_a_button_without_a_label(language):
    told = Told(RequestId("r"), ticket(), "printed", "ready")
    places: tuple[Place, ...] = (
        Choosing((AGENCY,)),
        InAgency(AGENCY),
        AtService(SERVICE),
        AskingPriority(SERVICE),
        Taking(),
        ChoosingLanguage(),
        Refusal("no-answer"),
    )
    for place in places:
        face = face_of(state(place, language=language, told=told))
        for button in face.frame.bar:
            assert button.label
            assert button.choice is not None
