"""What the hall says to everybody, at the kiosk: a line, a screen that one goes on from, one that nobody goes on from; and signs."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from assets.words import words_of
from contract.calls import Notice, NoticeText
from contract.names import Language, NoticeId, Number
from contract.tickets import TicketIssued
from kiosk import choices
from kiosk.faces import NoticeFace, WelcomeFace, screen_name
from kiosk.furniture import SIGNS
from kiosk.happenings import Abandon, HubSaid, LinkTurned, PrinterLooked, ScreenBroke
from kiosk.places import InAgency, Interrupted, Taking, Welcome
from kiosk.printing.printer import PrinterStatus
from kiosk.signs import signs_of
from kiosk.state import now_of
from kiosk.views import view_of
from tests.unit.kiosk_visit import AGENCY, BEGINS, Visit, text, ticket


def told(level, until=None, *, seq: int = 1, boot: int = 1, words: str = "Tutup pukul 14.00") -> HubSaid:
    return HubSaid(Notice(boot, seq, NoticeText(NoticeId("n1"), text(words), level, (), until)))


WITHDRAWN = HubSaid(Notice(1, 9, None))


@pytest.fixture
def visit() -> Visit:
    return Visit()


def face(visit: Visit):
    return view_of(visit.state, words_of, now_of(visit.state))


# --- a line ---


def test_an_info_is_a_line_on_the_welcome_and_covers_nothing(visit):
    visit.happen(told("info"))
    shown = face(visit)
    assert isinstance(shown, WelcomeFace)
    assert "Tutup pukul 14.00" in shown.notice
    visit.choose(choices.Start())
    assert face(visit).above == "Tutup pukul 14.00"


# --- urgent ---


def test_an_urgent_one_takes_the_screen_and_one_touch_goes_on(visit):
    visit.happen(told("urgent"))
    shown = face(visit)
    assert isinstance(shown, NoticeFace)
    assert screen_name(shown) == "notice"
    assert shown.go_on is not None
    visit.choose(shown.go_on.choice)
    assert isinstance(face(visit), WelcomeFace)


def test_it_stands_over_a_visit_which_goes_on_where_it_was(visit):
    visit.choose(choices.Start())
    visit.choose(choices.ChooseAgency(AGENCY))
    visit.happen(told("urgent"))
    assert isinstance(face(visit), NoticeFace)
    visit.choose(choices.ReadNotice())
    assert isinstance(visit.place(), InAgency)
    assert screen_name(face(visit)) == "agency"


def test_a_touch_that_was_meant_for_what_stood_there_before_does_nothing(visit):
    visit.choose(choices.Start())
    turn = visit.state.turn
    visit.happen(told("urgent"))
    visit.choose(choices.ChooseAgency(AGENCY), turn=turn)
    visit.choose(choices.ChooseAgency(AGENCY))
    assert isinstance(face(visit), NoticeFace)


def test_the_next_visitor_reads_it_anew(visit):
    visit.happen(told("urgent"))
    visit.choose(choices.ReadNotice())
    visit.wait(31)
    assert isinstance(face(visit), NoticeFace)


def test_another_text_of_it_is_read_anew(visit):
    visit.happen(told("urgent"))
    visit.choose(choices.ReadNotice())
    visit.happen(told("urgent", seq=2, words="Tutup pukul 13.00"))
    assert isinstance(face(visit), NoticeFace)


def test_it_comes_after_the_number_that_somebody_waits_for_or_reads(visit):
    asked = visit.to_waiting()
    visit.happen(told("urgent"))
    assert screen_name(face(visit)) == "wait"
    visit.happen(HubSaid(TicketIssued(asked.request, ticket())))
    assert screen_name(face(visit)) == "ticket"
    visit.choose(choices.Done())
    assert isinstance(face(visit), NoticeFace)


# --- an evacuation ---


def test_of_an_evacuation_nobody_goes_on(visit):
    visit.happen(told("evacuate"))
    shown = face(visit)
    assert screen_name(shown) == "evacuation"
    assert shown.go_on is None
    assert shown.frame.strip == ()
    for choice in (choices.ReadNotice(), choices.Start(), choices.Home()):
        visit.choose(choice)
        assert screen_name(face(visit)) == "evacuation"


def test_a_request_on_its_way_is_given_up_on_record_and_prints_nothing(visit):
    asked = visit.to_waiting()
    visit.happen(told("evacuate"))
    assert visit.did(Abandon) == [Abandon(asked.request)]
    visit.happen(HubSaid(TicketIssued(asked.request, ticket())))
    assert visit.state.told is None
    assert visit.did(Abandon) == [Abandon(asked.request)] * 2


def test_a_number_that_was_told_stays_and_is_said(visit):
    visit.to_ticket()
    visit.happen(told("evacuate"))
    assert visit.did(Abandon) == []
    assert "K069" in face(visit).kept
    visit.happen(WITHDRAWN)
    assert isinstance(visit.place(), Taking)


def test_after_a_while_nothing_of_a_visitor_is_left_under_it(visit):
    visit.to_ticket()
    visit.happen(told("evacuate"))
    visit.wait(120)
    assert visit.place() == Welcome()
    assert face(visit).kept == ""
    assert screen_name(face(visit)) == "evacuation"


def test_when_it_is_withdrawn_the_kiosk_is_as_ever(visit):
    visit.choose(choices.Start())
    visit.happen(told("evacuate"), WITHDRAWN)
    assert isinstance(face(visit), WelcomeFace)


# --- when it stands ---


def test_it_goes_by_itself_when_its_time_is_over_by_the_hubs_clock(visit):
    visit.happen(told("evacuate", until=BEGINS + timedelta(seconds=20)))
    visit.wait(19)
    assert isinstance(face(visit), NoticeFace)
    visit.wait(2)
    assert isinstance(face(visit), WelcomeFace)


def test_an_older_word_does_not_bring_it_back_but_a_hub_set_up_anew_counts_again(visit):
    visit.happen(told("urgent", seq=5, boot=3), HubSaid(Notice(3, 6, None)))
    visit.happen(told("urgent", seq=5, boot=3))
    assert isinstance(face(visit), WelcomeFace)
    visit.pulse(boot=1)
    visit.happen(told("urgent", seq=1, boot=1))
    assert isinstance(face(visit), NoticeFace)


def test_it_is_said_in_the_visitors_language_first(visit):
    words = {Language("id"): "Tutup", Language("en"): "Closing"}
    notice = NoticeText(NoticeId("n1"), words, "evacuate", ())
    visit.happen(HubSaid(Notice(1, 1, notice)))
    shown = face(visit)
    assert (shown.text, shown.others) == ("Tutup", ("Closing",))


# --- a screen that broke ---


def test_after_a_broken_screen_whoever_waited_is_sent_home_and_nobody_holds_the_number(visit):
    asked = visit.to_waiting()
    visit.happen(ScreenBroke())
    assert visit.place() == Welcome()
    assert visit.did(Abandon) == [Abandon(asked.request)]
    assert visit.state.broken == 1


def test_a_number_that_stood_on_a_broken_screen_is_said_once_more_in_the_plainest_way(visit):
    visit.to_ticket()
    visit.happen(ScreenBroke())
    assert visit.place() == Interrupted((Number("K069"),))
    assert "K069" in face(visit).sentences[0]
    visit.happen(ScreenBroke())
    assert visit.place() == Welcome()
    assert visit.did(Abandon) == []


# --- signs ---


def signs(visit: Visit, *happenings) -> tuple[str, ...]:
    visit.happen(*happenings)
    return signs_of(visit.state)


def test_a_kiosk_that_is_well_shows_no_sign(visit):
    assert signs(visit, LinkTurned(connected=True), PrinterLooked(PrinterStatus("ready", "ok"))) == ()


def test_broker_network_and_hub_each_have_a_sign(visit):
    assert signs(visit, LinkTurned(connected=False)) == ("BK",)
    assert signs(visit, LinkTurned(connected=False, has_network=False)) == ("NT",)
    visit.happen(LinkTurned(connected=True))
    visit.wait(13, hub=False)
    assert signs(visit) == ("HB",)


@pytest.mark.parametrize(
    ("state", "paper", "sign"),
    [
        ("offline", "unknown", "PU"),
        ("paper-out", "out", "PO"),
        ("cover-open", "unknown", "PC"),
        ("error", "unknown", "PX"),
        ("ready", "near-end", "PN"),
    ],
)
def test_the_printer_has_a_sign_for_each_trouble(visit, state, paper, sign):
    assert signs(visit, PrinterLooked(PrinterStatus(state, paper))) == (sign,)


def test_before_the_hubs_time_is_known_there_is_a_sign_for_it(visit):
    visit.state = replace(visit.state, pulse=None, connected=True)
    assert signs(visit) == ("HB", "CL")


def test_every_sign_has_its_icon_and_stands_in_the_head(visit):
    assert set(SIGNS) == {"NT", "BK", "HB", "CL", "PU", "PO", "PC", "PX", "PN"}
    visit.happen(LinkTurned(connected=False))
    assert face(visit).frame.head.signs == ("BK",)
