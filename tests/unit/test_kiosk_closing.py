"""What cannot be had says why and when; a number that may be called too late says so; a hall that gives none says so first."""

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from assets.words import words_of
from contract.calls import Board, CounterOnBoard
from contract.halls import AgencyOfHall, AgencyServices, QueueOfService, Queues
from contract.names import AgencyId, CounterId, Language, ServiceId, ZoneId
from contract.opening import Break, Holiday, Opening, Session
from contract.reasons import WhyClosed
from contract.tickets import Estimate
from kiosk.choices import Start
from kiosk.faces import Face, ListFace, MessageFace, ServiceFace, WelcomeFace, screen_name
from kiosk.happenings import HubSaid
from kiosk.places import AtService, Choosing, InAgency, Place, Welcome
from kiosk.standing import busiest_first
from kiosk.state import HubPulse, State, now_of
from kiosk.views import view_of
from tests.unit.kiosk_visit import AGENCY, BEGINS, HALL, ID, SERVICE, SERVICES, Visit, queues, text

EN = Language("en")
LOKET = CounterId("loket-1")
OPENING = Opening(
    (
        Session(("wednesday", "thursday"), "08:00", "15:00", last_ticket="14:30"),
        Session(("friday",), "08:00", "15:00"),
    ),
    breaks=(Break(("friday",), "11:30", "13:30", text("Salat Jumat")),),
    holidays=(Holiday(datetime.fromisoformat("2026-12-25").date(), text("Hari Natal")),),
    quota=30,
)
KNOWN = replace(SERVICES, services=(replace(SERVICES.services[0], opening=OPENING, hand_in_by="09:30"),))


def at(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}:00+08:00")


def state(*places: Place, now: datetime = BEGINS, **more: Any) -> State:
    """A kiosk of a hall with one service; where the hub has not spoken of it its own hours count."""
    known: dict[str, Any] = {
        "hall": HALL,
        "agencies": {AGENCY: KNOWN},
        "queues": {},
        "pulse": HubPulse(1, now, 0.0),
        "trail": (Welcome(), *places),
    }
    return State(**(known | more))


def told(**more: Any) -> dict[AgencyId, Queues]:
    """What the hub says of the service."""
    service = QueueOfService(SERVICE, **({"open": True, "waiting": 3} | more))
    return {AGENCY: replace(queues(), services=(service,))}


def face_of(shown: State) -> Face:
    return view_of(shown, words_of, now_of(shown))


def service_face(shown: State) -> ServiceFace:
    face = face_of(shown)
    assert isinstance(face, ServiceFace)
    return face


# --- a service ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "why", "more"),
    [
        ("2026-11-25T07:30", "Belum buka.", "Buka lagi: 08.00"),
        (
            "2026-11-25T14:45",
            "Nomor terakhir sudah diberikan.",
            "Nomor terakhir diberikan pukul 14.30.\nBuka lagi: Besok, 08.00",
        ),
        ("2026-11-25T15:30", "Sudah tutup.", "Buka lagi: Besok, 08.00"),
        ("2026-11-27T12:00", "Sedang istirahat.", "Salat Jumat\nBuka lagi: 13.30"),
        ("2026-11-28T10:00", "Hari ini tidak buka.", "Buka lagi: Rabu, 08.00"),
        ("2026-12-25T10:00", "Hari ini tidak buka.", "Libur: Hari Natal.\nBuka lagi: Rabu, 08.00"),
        ("2026-11-25T18:00", "Gedung layanan tutup.", "Buka lagi: Besok, 08.00"),
    ],
)
def test_by_its_hours_a_service_says_why_there_is_no_number_and_when_there_is(now, why, more):
    face = service_face(state(AtService(SERVICE), now=at(now)))
    assert face.take is None
    assert (face.cannot, face.cannot_when) == (why, more)


@pytest.mark.parametrize(
    ("reason", "why", "more"),
    [
        (WhyClosed.QUOTA_USED_UP, "Nomor hari ini habis.", "Semua nomor untuk hari ini (30) sudah diberikan."),
        (WhyClosed.NO_OFFICER, "Belum ada petugas.", "Silakan coba lagi nanti, atau tanyakan di meja informasi."),
        (WhyClosed.PAUSED, "Tutup sementara.", "Silakan coba lagi nanti, atau tanyakan di meja informasi."),
        (WhyClosed.TOO_LATE, "Sudah terlambat untuk hari ini.", "Berkas harus diserahkan paling lambat pukul 09.30."),
    ],
)
def test_by_the_hubs_word_a_service_says_why_there_is_no_number(reason, why, more):
    face = service_face(state(AtService(SERVICE), queues=told(open=False, why_closed=reason)))
    assert (face.take, face.cannot, face.cannot_when) == (None, why, more)


@pytest.mark.parametrize("language", [ID, EN])
def test_every_reason_has_words_of_its_own_in_every_language(language):
    said = set()
    for reason in WhyClosed:
        shown = state(AtService(SERVICE), language=language, queues=told(open=False, why_closed=reason))
        face = service_face(shown)
        said.add(face.cannot)
        listed = face_of(replace(shown, trail=(Welcome(), InAgency(AGENCY))))
        assert isinstance(listed, ListFace)
        assert not listed.cards[0].can
        assert listed.cards[0].remark.startswith(face.cannot)
    assert len(said) == len(WhyClosed)


def test_a_line_that_is_down_is_said_where_no_number_is_given():
    shown = state(AtService(SERVICE), queues=told(open=False, why_closed=WhyClosed.PAUSED), away={LOKET: "system"})
    assert service_face(shown).cannot == "Sambungan instansi terganggu."


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("system", "Sambungan instansi sedang terganggu. Panggilan dapat tertunda."),
        ("break", "Petugas sedang istirahat. Panggilan dapat tertunda."),
        ("prayer", "Petugas sedang salat. Panggilan dapat tertunda."),
        ("", "Petugas sedang tidak di loket. Panggilan dapat tertunda."),
    ],
)
def test_where_numbers_are_given_all_the_same_it_is_told_before_one_is_taken(reason, sentence):
    face = service_face(state(AtService(SERVICE), queues=told(), away={LOKET: reason}))
    assert face.take is not None
    assert face.warnings == (sentence,)


def test_an_agency_whose_line_is_down_says_so_on_its_card():
    face = face_of(state(Choosing((AGENCY,)), queues=told(), away={LOKET: "system"}))
    assert isinstance(face, ListFace)
    assert (face.cards[0].can, face.cards[0].remark) == (True, "Sambungan instansi terganggu. 3 menunggu")


def test_who_is_away_is_heard_from_the_board_and_one_who_serves_is_enough():
    visit = Visit()
    boards = (
        CounterOnBoard(LOKET, "paused", "system"),
        CounterOnBoard(LOKET, "serving"),
        CounterOnBoard(LOKET, "closed"),
    )
    for seq, counter in enumerate(boards, 1):
        visit.happen(HubSaid(Board(1, seq, BEGINS, "2026-11-25", (counter,), ())))
        visit.to_service()
        assert bool(service_face(visit.state).warnings) is (counter.state == "paused")


# --- too late ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "wait", "warned"),
    [
        ("2026-11-25T09:00", Estimate(10, 25), ()),
        (
            "2026-11-25T09:10",
            Estimate(10, 25),
            ("Berkas diterima paling lambat pukul 09.30. Anda mungkin dipanggil sesudah itu.",),
        ),
        (
            "2026-11-25T09:25",
            Estimate(10, 25),
            ("Berkas diterima paling lambat pukul 09.30. Anda akan dipanggil sesudah itu.",),
        ),
        ("2026-11-25T09:29", None, ()),
        ("2026-11-25T09:31", None, ("Berkas diterima paling lambat pukul 09.30. Anda akan dipanggil sesudah itu.",)),
    ],
)
def test_papers_that_may_come_too_late_are_warned_of_and_a_number_is_given_all_the_same(now, wait, warned):
    face = service_face(state(AtService(SERVICE), now=at(now), queues=told(wait_min=wait)))
    assert face.take is not None
    assert face.warnings == warned


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ("2026-11-25T14:20", "Layanan tutup pukul 15.00. Anda mungkin tidak sempat dilayani hari ini."),
        ("2026-11-25T14:29", "Layanan tutup pukul 15.00. Anda tidak akan sempat dilayani hari ini."),
    ],
)
def test_a_service_that_closes_before_the_call_is_warned_of(now, sentence):
    services = replace(KNOWN, services=(replace(KNOWN.services[0], hand_in_by=None),))
    shown = state(AtService(SERVICE), now=at(now), agencies={AGENCY: services}, queues=told(wait_min=Estimate(32, 45)))
    assert service_face(shown).warnings == (sentence,)


# --- the whole hall ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [ID, EN])
@pytest.mark.parametrize(
    ("now", "screen"),
    [
        ("2026-11-25T05:30", "not-begun"),
        ("2026-11-25T07:00", "not-begun"),
        ("2026-11-25T09:00", "welcome"),
        ("2026-11-25T14:45", "no-numbers"),
        ("2026-11-25T15:30", "closed"),
        ("2026-11-25T18:00", "closed"),
        ("2026-11-27T12:00", "break"),
        ("2026-11-28T10:00", "no-services"),
        ("2026-12-25T05:00", "holiday"),
        ("2026-12-25T10:00", "holiday"),
    ],
)
def test_a_hall_that_gives_no_numbers_says_why_on_its_first_screen(now, screen, language):
    face = face_of(state(now=at(now), language=language))
    assert screen_name(face) == screen
    if screen == "welcome":
        assert isinstance(face, WelcomeFace)
        return
    assert isinstance(face, MessageFace)
    assert [button.choice for button in face.buttons] == [Start()], "what there is can be looked at"
    assert face.sentences


def test_the_states_of_a_hall_have_titles_of_their_own_in_every_language():
    for language in (ID, EN):
        kiosk = words_of(language).kiosk
        titles = {
            kiosk.closed_title,
            kiosk.not_begun_title,
            kiosk.holiday_title,
            kiosk.no_services_title,
            kiosk.break_title,
            kiosk.no_numbers_title,
            kiosk.day_not_open_title,
            kiosk.welcome_title,
        }
        assert len(titles) == 8


def test_a_holiday_and_a_break_are_called_by_their_names_with_when_it_opens_again():
    words = words_of(ID).kiosk.closed_text
    for now, sentences in (
        ("2026-12-25T10:00", ("Hari Natal.", "Buka lagi: Rabu, 08.00", words)),
        ("2026-11-27T12:00", ("Salat Jumat.", "Buka lagi: 13.30", words)),
    ):
        face = face_of(state(now=at(now)))
        assert isinstance(face, MessageFace)
        assert face.sentences == sentences


def test_a_day_that_the_hub_has_not_opened_is_said_although_it_is_time():
    shown = state(now=at("2026-11-25T09:00"), queues=told(open=False, why_closed=WhyClosed.HALL_CLOSED))
    assert screen_name(face_of(shown)) == "day-not-open"


@pytest.mark.parametrize("reason", [WhyClosed.PAUSED, WhyClosed.NO_OFFICER])
def test_a_hall_is_not_shut_while_an_officer_may_open_at_any_minute(reason):
    shown = state(now=at("2026-11-25T09:00"), queues=told(open=False, why_closed=reason))
    assert screen_name(face_of(shown)) == "welcome"


def test_numbers_that_are_used_up_everywhere_are_said_before_anybody_looks_for_a_service():
    shown = state(now=at("2026-11-25T09:00"), queues=told(open=False, why_closed=WhyClosed.QUOTA_USED_UP))
    assert screen_name(face_of(shown)) == "no-numbers"


# --- which agency stands first -----------------------------------------------------------------------------------------


def with_agencies(rows: dict[str, tuple[bool, int | None, int]]) -> State:
    """Agencies with one service each: whether it is open, how many numbers they gave lately, how many wait."""
    agencies, said = {}, {}
    for name, (is_open, lately, waiting) in rows.items():
        agency, service = AgencyId(name), ServiceId(f"layanan-{name}")
        one = replace(KNOWN.services[0], id=service)
        agencies[agency] = AgencyServices("1", agency, (one,))
        queue = QueueOfService(service, is_open, waiting, None if is_open else WhyClosed.AFTER_HOURS)
        said[agency] = Queues(1, 1, BEGINS, (queue,), agency, lately)
    hall = replace(HALL, agencies=tuple(AgencyOfHall(AgencyId(name), text(name), ZoneId("a")) for name in rows))
    return state(hall=hall, agencies=agencies, queues=said)


def test_agencies_stand_by_their_last_thirty_days_then_by_who_waits_and_the_closed_ones_last():
    shown = with_agencies(
        {
            "quiet": (True, 10, 9),
            "shut": (False, 900, 0),
            "busy": (True, 500, 1),
            "even": (True, 10, 12),
            "new": (True, None, 3),
            "newer": (True, 0, 3),
            "shut-too": (False, 20, 0),
        }
    )
    assert busiest_first(shown, BEGINS) == ("busy", "even", "quiet", "new", "newer", "shut", "shut-too")


def test_a_hall_without_a_past_stands_by_who_waits():
    shown = with_agencies({"a": (True, 0, 1), "b": (True, 0, 5), "c": (True, 0, 1)})
    assert busiest_first(shown, BEGINS) == ("b", "a", "c")
