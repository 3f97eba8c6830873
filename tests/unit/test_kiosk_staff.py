"""Staff can be called from every screen that a visitor can stand before, also while something is on its way."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from assets.words import words_of
from contract.calls import Notice, NoticeText
from contract.names import ErrandId, Language, NoticeId, Number, RequestId
from contract.tickets import NumberAsked, NumberTold, TicketIssued
from kiosk import choices
from kiosk.faces import NoticeFace
from kiosk.happenings import HubSaid, SayStaffCalled, StaffTold, Ticked
from kiosk.places import (
    AllErrands,
    AskingNeeds,
    AskingPriority,
    AtService,
    Cancelled,
    Checked,
    CheckFailed,
    Checking,
    Choosing,
    ChoosingLanguage,
    ConfirmingCancel,
    InAgency,
    InErrand,
    Interrupted,
    Missed,
    Place,
    Refusal,
    Searching,
    Seeking,
    StaffComing,
    StillThere,
    Taking,
    Waiting,
    Welcome,
)
from kiosk.state import State, Told, now_of
from kiosk.views import view_of
from tests.unit.kiosk_services import FAMILY_CARD, PASSPORT, Visitor, ticket_for
from tests.unit.kiosk_visit import AGENCY, BEGINS, ticket

FOR_TECHNICIANS = frozenset({"SettingUp"})
"""Places that no visitor can come to."""

NUMBER = Number("K069")
ASKED = NumberAsked(RequestId("n-1"), NUMBER)

PLACES: dict[type, tuple[Any, ...]] = {
    Welcome: (Welcome(),),
    Choosing: (Choosing((AGENCY,)),),
    AllErrands: (AllErrands(),),
    Searching: (Searching("kk"),),
    InErrand: (InErrand(ErrandId("gone")),),
    InAgency: (InAgency(AGENCY),),
    AtService: (AtService(FAMILY_CARD), AtService(FAMILY_CARD, 1)),
    AskingPriority: (AskingPriority(FAMILY_CARD),),
    AskingNeeds: (AskingNeeds(),),
    Waiting: (Waiting(), Waiting(staff=True), Waiting(staff=False)),
    Taking: (Taking(),),
    ConfirmingCancel: (ConfirmingCancel(), ConfirmingCancel(NUMBER)),
    Checking: (Checking(), Checking("K0")),
    Seeking: (Seeking(ASKED, 2.0, 8.0), Seeking(ASKED, None, 8.0, staff=False)),
    Checked: (
        Checked(NumberTold(RequestId("n-1"), NUMBER, "waiting", 3)),
        Checked(NumberTold(RequestId("n-1"), NUMBER)),
    ),
    CheckFailed: (CheckFailed("hub-away"), CheckFailed("no-answer"), CheckFailed("unreadable")),
    Cancelled: (Cancelled(), Cancelled((NUMBER,))),
    Refusal: (
        Refusal("hub-away"),
        Refusal("quota-used-up"),
        Refusal("x", {}, (Missed(FAMILY_CARD, "x"), Missed(PASSPORT, "y"))),
    ),
    StaffComing: (StaffComing(said=True), StaffComing(said=False)),
    ChoosingLanguage: (ChoosingLanguage(),),
    Interrupted: (Interrupted((NUMBER,)),),
    StillThere: (StillThere(1000.0),),
}


def offered(face: Any) -> Iterator[Any]:
    """Everything on a face that can be touched."""
    for field in face.__struct_fields__:
        value = getattr(face, field)
        if field == "choice":
            yield value
        for each in value if isinstance(value, tuple) else (value,):
            if hasattr(each, "__struct_fields__"):
                yield from offered(each)


def face_of(state: State) -> Any:
    return view_of(state, words_of, now_of(state))


SEVERAL = Told(RequestId("r-1"), ticket(), more=(TicketIssued(RequestId("r-1.2"), ticket_for(PASSPORT)),))


def test_every_place_has_an_example_here():
    wanted = {place for place in get_args(Place) if place.__name__ not in FOR_TECHNICIANS}
    assert set(PLACES) == wanted


@pytest.mark.parametrize("place", [place for places in PLACES.values() for place in places], ids=repr)
@pytest.mark.parametrize("told", [None, Told(RequestId("r-1"), ticket()), SEVERAL], ids=["none", "one", "several"])
def test_staff_can_be_called_from_every_place(place, told):
    state = replace(Visitor().state, trail=(Welcome(), AtService(FAMILY_CARD), place), told=told)
    assert choices.CallStaff() in list(offered(face_of(state)))


def closed(state: State) -> State:
    assert state.pulse is not None
    return replace(state, pulse=replace(state.pulse, hub_at=BEGINS + timedelta(hours=12)))


@pytest.mark.parametrize(
    "change",
    [
        lambda _: State(),
        lambda state: replace(state, at=state.at + 60),
        closed,
        lambda state: replace(state, printer="paper-out"),
    ],
    ids=["starting", "hub-away", "closed", "no-paper"],
)
def test_staff_can_be_called_from_everything_that_a_visit_may_begin_with(change):
    state = change(Visitor().state)
    assert choices.CallStaff() in list(offered(face_of(state)))


NOTICE = {Language("id"): "Gedung tutup pukul 12.00", Language("en"): "The hall closes at 12:00"}


@pytest.mark.parametrize("level", ["urgent", "evacuate"])
def test_staff_can_be_called_from_a_notice_that_takes_the_screen_and_it_says_what_came_of_it(level):
    visitor = Visitor()
    visitor.happen(HubSaid(Notice(1, 1, NoticeText(NoticeId("n-1"), NOTICE, level, ()))))
    face = face_of(visitor.state)
    assert isinstance(face, NoticeFace)
    assert choices.CallStaff() in list(offered(face))
    call(visitor)
    assert face_of(visitor.state).staff == words_of("id").kiosk.staff_title
    visitor.happen(StaffTold(said=False))
    assert words_of("id").kiosk.staff_failed_title in face_of(visitor.state).staff


def call(visitor: Visitor, *, said: bool = True) -> None:
    visitor.choose(choices.CallStaff())
    if visitor.did(SayStaffCalled):
        visitor.happen(StaffTold(said))


def test_who_waits_for_a_number_sees_that_staff_were_called_and_goes_on_waiting():
    visitor = Visitor()
    visitor.take(FAMILY_CARD)
    call(visitor)
    assert visitor.place() == Waiting(staff=True)
    visitor.answer()
    assert visitor.place() == Taking()


def test_who_waits_for_a_number_while_staff_cannot_be_called_sees_that():
    visitor = Visitor()
    visitor.take(FAMILY_CARD)
    call(visitor, said=False)
    assert visitor.place() == Waiting(staff=False)


def test_nothing_else_can_be_chosen_while_a_number_is_on_its_way():
    visitor = Visitor()
    visitor.take(FAMILY_CARD)
    for choice in (choices.Home(), choices.Back(), choices.Take("regular"), choices.Start(), choices.Done()):
        visitor.choose(choice)
    assert visitor.place() == Waiting()
    assert len(visitor.asked()) == 1


def test_who_presses_again_and_again_calls_once_and_sees_the_same_answer():
    visitor = Visitor()
    visitor.choose(choices.Start())
    for _ in range(5):
        visitor.choose(choices.CallStaff())
    assert len(visitor.did(SayStaffCalled)) == 1
    assert visitor.place() == StaffComing(said=True)
    visitor.choose(choices.Back())
    assert isinstance(visitor.place(), Choosing)


def test_when_nobody_could_be_called_pressing_again_tries_again():
    visitor = Visitor()
    visitor.choose(choices.Start())
    call(visitor, said=False)
    assert visitor.place() == StaffComing(said=False)
    visitor.choose(choices.CallStaff())
    assert len(visitor.did(SayStaffCalled)) == 2


def test_who_calls_staff_when_asked_whether_still_here_is_here():
    visitor = Visitor()
    visitor.choose(choices.Start())
    visitor.wait(visitor.state.timing.idle_s + 0.2)
    assert isinstance(visitor.place(), StillThere)
    call(visitor)
    visitor.choose(choices.Back())
    assert isinstance(visitor.place(), Choosing)


def test_staff_are_told_on_which_screen_the_visitor_stands_by_its_public_name():
    visitor = Visitor()
    visitor.choose(choices.CallStaff())
    visitor.choose(choices.Home())
    visitor.happen(Ticked(visitor.state.at + 60))
    visitor.pulse()
    visitor.take(FAMILY_CARD)
    visitor.choose(choices.CallStaff())
    assert [said.where for said in visitor.did(SayStaffCalled)] == ["welcome", "wait"]


def test_nobody_is_promised_to_come_as_long_as_no_page_shows_the_call():
    visitor = Visitor()
    call(visitor)
    face = face_of(visitor.state)
    assert face.title == "Petugas dipanggil"
    assert face.sentences == ("Jika belum ada yang datang, silakan ke meja informasi.",)


def test_a_minute_later_staff_are_called_anew():
    visitor = Visitor()
    call(visitor)
    visitor.happen(Ticked(visitor.state.at + 60))
    visitor.choose(choices.CallStaff())
    assert len(visitor.did(SayStaffCalled)) == 2
