"""What is seen of several numbers, of help on the way, and of a number that is checked."""

import pytest
from msgspec.structs import replace

from assets.words import words_of
from contract.names import CounterId, Language, Number, RequestId
from contract.tickets import Estimate, NumberAsked, NumberTold, TicketIssued
from kiosk import choices
from kiosk.choices import name_of
from kiosk.faces import CheckedFace, CheckFace, ListFace, MessageFace, NeedsFace, ServiceFace, TicketsFace, screen_name
from kiosk.looks import Panel
from kiosk.places import (
    AskingNeeds,
    AtService,
    Cancelled,
    Checked,
    CheckFailed,
    Checking,
    Choosing,
    ConfirmingCancel,
    Missed,
    Refusal,
    Seeking,
    Taking,
    Welcome,
)
from kiosk.shape import MOST_BELOW_EACH_OTHER
from kiosk.state import State, Told, now_of
from kiosk.views import view_of
from tests.unit.kiosk_services import FAMILY_CARD, PASSPORT, PERMIT, Visitor, ticket_for
from tests.unit.kiosk_visit import AGENCY, ticket

NUMBER = Number("K069")
CHECKED = NumberTold(RequestId("n-1"), NUMBER, "waiting", 7, Estimate(15, 30), service=FAMILY_CARD)
SECOND = TicketIssued(RequestId("r-1.2"), ticket_for(PASSPORT))
SEVERAL = Told(RequestId("r-1"), ticket(), "printed", "ready", more=(SECOND,))


def at(*trail, **more):
    return replace(Visitor().state, trail=(Welcome(), *trail), **more)


def face_of(state: State):
    return view_of(state, words_of, now_of(state))


def test_a_service_offers_its_number_one_more_service_and_help():
    face = face_of(at(AtService(FAMILY_CARD)))
    assert isinstance(face, ServiceFace)
    assert face.take is not None
    assert face.take.label == "Ambil nomor"
    assert face.add is not None
    assert face.needs is not None
    assert (face.add.choice, face.needs.choice) == (choices.AddAnother(), choices.AskNeeds())


def test_the_second_service_offers_both_numbers_and_says_of_what():
    face = face_of(at(AtService(FAMILY_CARD), Choosing((AGENCY,)), AtService(PASSPORT)))
    assert isinstance(face, ServiceFace)
    assert face.take is not None
    assert (face.take.label, face.take_small) == ("Ambil 2 nomor", "Kartu Keluarga, Paspor baru")
    assert face.take.choice == choices.Take("regular")


def test_with_four_services_there_is_no_room_for_a_fifth():
    places = (AtService(FAMILY_CARD), AtService(PASSPORT), AtService(PERMIT), AtService("other"))  # type: ignore[arg-type]
    face = face_of(at(*places, AtService(FAMILY_CARD)))
    assert isinstance(face, ServiceFace)
    assert face.add is None


def test_where_the_next_service_is_chosen_it_says_what_was_chosen_and_leads_back():
    face = face_of(at(AtService(FAMILY_CARD), Choosing((AGENCY,))))
    assert isinstance(face, ListFace)
    assert (face.title, face.above) == ("Mau mengurus apa lagi?", "Sudah dipilih: Kartu Keluarga")
    assert choices.Back() in [button.choice for button in face.frame.bar]


def test_the_service_says_that_help_was_chosen_and_which():
    face = face_of(at(AtService(FAMILY_CARD), needs=("escort", "step-free")))
    assert isinstance(face, ServiceFace)
    assert face.needs is not None
    assert face.needs.label == "Bantuan dipilih"
    assert len(face.needs_icons) == 2


@pytest.mark.parametrize("language", ["id", "en"])
def test_help_is_asked_in_pictures_with_words_and_can_be_left_without_any(language):
    face = face_of(at(AtService(FAMILY_CARD), AskingNeeds(), language=Language(language), needs=("escort",)))
    assert isinstance(face, NeedsFace)
    assert [name_of(option.choice) for option in face.options] == ["need:escort", "need:visual-call", "need:step-free"]
    assert [option.on for option in face.options] == [True, False, False]
    assert all(option.icon and option.label for option in face.options)
    assert face.done.choice == choices.Back()


def test_several_numbers_stand_beside_their_services_and_places():
    face = face_of(at(Taking(), told=SEVERAL))
    assert isinstance(face, TicketsFace)
    assert [(row.number, row.service) for row in face.rows] == [("K069", "Kartu Keluarga"), ("X069", "Paspor baru")]
    assert face.text == "Semua nomor ada di satu tiket"
    assert screen_name(face) == "tickets"


def test_what_was_not_to_be_had_stands_there_with_its_reason():
    missed = (Missed(PASSPORT, "quota-used-up"), Missed(PERMIT, "no-answer"))
    face = face_of(at(Taking(), told=replace(SEVERAL, more=(), missed=missed)))
    assert isinstance(face, TicketsFace)
    assert len(face.rows) == 1
    assert [line.text for line in face.missed] == ["Paspor baru", "Izin usaha"]
    assert face.missed[0].note == words_of(Language("id")).refusal.quota_used_up
    assert "tidak menjawab" in face.missed[1].note


def test_several_numbers_without_a_paper_are_to_be_noted():
    face = face_of(at(Taking(), told=replace(SEVERAL, outcome="failed", trouble="paper-out")))
    assert isinstance(face, TicketsFace)
    assert face.note
    assert face.title == "Catat atau foto nomor ini"


def test_of_several_numbers_it_is_asked_which_and_keeping_them_stands_where_cancel_was_tapped():
    face = face_of(at(Taking(), ConfirmingCancel(), told=SEVERAL))
    assert isinstance(face, MessageFace)
    assert [name_of(button.choice) for button in face.buttons if button.choice] == [
        "cancel-for-sure:K069",
        "cancel-for-sure:X069",
        "cancel-for-sure",
        "back",
    ]
    assert face.main == 3


@pytest.mark.parametrize("more", range(4))
def test_keeping_the_numbers_stands_in_the_lowest_row_on_the_left_however_many_there_are(more):
    others = tuple(TicketIssued(RequestId(f"r-1.{n}"), ticket_for(PASSPORT)) for n in range(more))
    face = face_of(at(Taking(), ConfirmingCancel(), told=replace(SEVERAL, more=others)))
    assert isinstance(face, MessageFace)
    columns = 2 if len(face.buttons) > MOST_BELOW_EACH_OTHER else 1
    assert face.buttons[face.main].choice == choices.Back()
    assert divmod(face.main, columns) == ((len(face.buttons) - 1) // columns, 0)


def test_a_number_that_was_given_back_says_that_its_paper_is_worth_nothing():
    face = face_of(at(Taking(), Cancelled((NUMBER,)), told=replace(SEVERAL, more=())))
    assert isinstance(face, MessageFace)
    assert face.sentences == ("Tiket K069 tidak berlaku lagi.", "Nomor Anda yang lain tetap berlaku.")


def test_none_of_several_is_said_with_each_reason():
    missed = (Missed(FAMILY_CARD, "quota-used-up"), Missed(PASSPORT, "hub-away"))
    face = face_of(at(Refusal("quota-used-up", {}, missed)))
    assert isinstance(face, MessageFace)
    assert face.sentences[0].startswith("Kartu Keluarga: ")
    assert face.sentences[1].startswith("Paspor baru: ")


# --- checking -----------------------------------------------------------------------------------------------------------


def test_keys_that_no_number_goes_on_with_cannot_be_touched():
    face = face_of(at(Checking("K")))
    assert isinstance(face, CheckFace)
    assert [key.label for key in face.letters if key.choice] == []
    assert all(key.choice for key in face.digits)
    assert face.check.choice is None
    whole = face_of(at(Checking("K069")))
    assert isinstance(whole, CheckFace)
    assert whole.check.choice == choices.Check()


def test_the_scanner_is_spoken_of_only_where_there_is_one():
    without, with_one = face_of(at(Checking())), face_of(at(Checking(), scans=True))
    assert isinstance(without, CheckFace)
    assert isinstance(with_one, CheckFace)
    assert "pindai" not in without.text
    assert "pindai" in with_one.text


@pytest.mark.parametrize("panel", ["upright", "lying"])
def test_every_key_has_its_box_and_none_lies_on_another(panel):
    size = Panel() if panel == "upright" else Panel(1920, 1080)
    face = face_of(at(Checking(), panel=size))
    assert isinstance(face, CheckFace)
    plan = face.plan
    boxes = [*plan.letters, *plan.digits, plan.rubout, plan.check]
    assert len(plan.letters) == len(face.letters)
    assert len(plan.digits) == len(face.digits)
    for place, one in enumerate(boxes):
        assert min(one.width, one.height) >= 84
        for other in boxes[place + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            above = one.top <= other.y or other.top <= one.y
            assert apart or above


def test_a_waiting_number_says_who_is_ahead_how_long_and_where():
    face = face_of(at(Checked(CHECKED)))
    assert isinstance(face, CheckedFace)
    assert face.title == "Nomor Anda masih menunggu"
    assert [stat.value for stat in face.stats] == ["7 orang", "15–30 menit"]
    assert face.service == "Kartu Keluarga"
    assert face.where == "Zona A · Loket 1"
    assert face.cancel is None


def test_a_wait_that_nobody_knows_is_said_to_be_unknown():
    face = face_of(at(Checked(replace(CHECKED, wait_min=None))))
    assert isinstance(face, CheckedFace)
    assert face.stats[1].value == "Belum diketahui"


def test_a_called_number_says_which_counter():
    face = face_of(at(Checked(replace(CHECKED, state="called", ahead=None, counter=CounterId("loket-1")))))
    assert isinstance(face, CheckedFace)
    assert (face.title, face.where) == ("Nomor Anda sudah dipanggil", "Zona A · Loket 1")
    assert face.stats == ()


STATES = ("waiting", "called", "serving", "served", "no-show", "unserved", "voided", "parked")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_state_has_its_own_words_and_one_that_is_new_sends_to_the_desk(language):
    faces = [
        face_of(at(Checked(replace(CHECKED, state=state, counter=CounterId("loket-1"))), language=Language(language)))
        for state in STATES
    ]
    assert len({face.title for face in faces}) == len(STATES)


def test_a_number_that_is_not_of_today_is_said_to_be_none():
    face = face_of(at(Checked(NumberTold(RequestId("n-1"), NUMBER))))
    assert isinstance(face, MessageFace)
    assert face.title == "Nomor K069 tidak ada hari ini"


def test_a_paper_that_is_not_of_today_is_said_to_be_none():
    face = face_of(at(Checked(NumberTold(RequestId("n-1")))))
    assert isinstance(face, MessageFace)
    assert face.title == "Tiket ini tidak ada hari ini"


@pytest.mark.parametrize("reason", ["hub-away", "no-answer"])
def test_a_number_that_cannot_be_checked_is_said_to_stay_valid(reason):
    face = face_of(at(CheckFailed(reason)))
    assert isinstance(face, MessageFace)
    assert "tetap berlaku" in face.sentences[0]


def test_giving_back_is_offered_only_for_what_was_told_here_just_now():
    visitor = Visitor()
    visitor.take(FAMILY_CARD)
    visitor.answer()
    visitor.choose(choices.Done())
    mine = replace(visitor.state, trail=(Welcome(), Checked(CHECKED)))
    another = replace(visitor.state, trail=(Welcome(), Checked(replace(CHECKED, number=Number("X069")))))
    served = replace(visitor.state, trail=(Welcome(), Checked(replace(CHECKED, state="serving"))))
    later = replace(mine, at=mine.at + 61)
    offered = [face_of(state) for state in (mine, another, served)]
    assert [face.cancel is not None for face in offered] == [True, False, False]
    assert getattr(view_of(later, words_of, now_of(later)), "cancel", None) is None


def test_asking_by_code_names_no_number():
    face = face_of(at(Seeking(NumberAsked(RequestId("n-1"), code="7K3M"), 2.0, 8.0)))
    assert face.title == "Mencari tiket Anda"
