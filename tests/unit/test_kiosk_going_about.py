"""Where a visitor gets to at the kiosk, how a visit ends, and what the hub's pulse means, sentence by sentence."""

import pytest

from contract.halls import HubHeartbeat
from contract.names import Language
from contract.tickets import TicketRequested
from kiosk import choices
from kiosk.happenings import (
    Ask,
    Hear,
    HubSaid,
    SayStaffCalled,
    SayStatus,
    StaffTold,
    Touched,
)
from kiosk.looks import Looks
from kiosk.places import AtService, Choosing, InAgency, StaffComing, StillThere, Welcome
from kiosk.state import hub_is_here, now_of
from tests.unit.kiosk_visit import BEGINS, HALL, SERVICE, Visit, queues


@pytest.fixture
def visit() -> Visit:
    return Visit()


# --- going about ---


def test_back_goes_the_way_one_came(visit):
    visit.to_service()
    visit.choose(choices.Back())
    assert isinstance(visit.place(), InAgency)
    visit.choose(choices.Back())
    assert isinstance(visit.place(), Choosing)
    visit.choose(choices.Back())
    assert visit.place() == Welcome()


def test_the_next_visitor_finds_nothing_of_the_last_ones_choices(visit):
    visit.choose(choices.Speak(Language("en")))
    visit.choose(choices.ToggleContrast())
    visit.to_service()
    visit.choose(choices.Home())
    assert visit.state.language is None
    assert visit.state.looks == Looks()
    assert visit.state.trail == (Welcome(),)


def test_a_language_chosen_at_the_welcome_does_not_stay_for_ever(visit):
    visit.choose(choices.Speak(Language("en")))
    visit.wait(30.1)
    assert visit.state.language is None


def test_after_half_a_minute_without_a_touch_it_asks_and_then_goes_home(visit):
    visit.to_service()
    visit.wait(29)
    assert visit.place() == AtService(SERVICE)
    visit.wait(1.2)
    assert isinstance(visit.place(), StillThere)
    visit.wait(20.1)
    assert visit.place() == Welcome()


def test_whoever_touches_anywhere_is_still_there(visit):
    visit.to_service()
    visit.wait(29)
    visit.happen(Touched())
    visit.wait(29)
    assert visit.place() == AtService(SERVICE)


def test_staff_are_called_once_however_often_one_presses(visit):
    for _ in range(5):
        visit.choose(choices.CallStaff())
        visit.choose(choices.Back())
    assert len(visit.did(SayStaffCalled)) == 1


def test_a_call_for_staff_that_did_not_go_out_says_so_and_may_be_tried_again(visit):
    visit.choose(choices.CallStaff())
    visit.happen(StaffTold(said=False))
    assert visit.place() == StaffComing(said=False)
    visit.choose(choices.Back())
    visit.choose(choices.CallStaff())
    assert len(visit.did(SayStaffCalled)) == 2


# --- the hub ---


def test_a_hub_that_is_silent_for_twelve_seconds_is_not_here(visit):
    visit.wait(11.8, hub=False)
    assert hub_is_here(visit.state)
    visit.wait(0.4, hub=False)
    assert not hub_is_here(visit.state)
    visit.pulse()
    assert hub_is_here(visit.state)


def test_the_hubs_last_will_counts_at_once_but_not_one_of_an_earlier_start(visit):
    visit.pulse(boot=2)
    visit.happen(HubSaid(HubHeartbeat("lost", 1, BEGINS)))
    assert hub_is_here(visit.state)
    visit.happen(HubSaid(HubHeartbeat("lost", 2, BEGINS)))
    assert not hub_is_here(visit.state)


def test_a_retained_pulse_tells_neither_time_nor_life(visit):
    visit.wait(13, hub=False)
    visit.pulse(retained=True)
    assert not hub_is_here(visit.state)


def test_the_time_goes_on_between_pulses(visit):
    visit.wait(4, hub=False)
    now = now_of(visit.state)
    assert now is not None
    assert (now - BEGINS).total_seconds() == pytest.approx(4, abs=0.01)


def test_a_hub_that_starts_anew_is_told_who_is_here(visit):
    visit.pulse(boot=1)
    assert not visit.did(SayStatus)
    visit.pulse(boot=2)
    assert visit.did(SayStatus) == [SayStatus()]


def test_an_older_state_of_the_queues_does_not_replace_a_newer_one(visit):
    visit.happen(HubSaid(queues(5, waiting=9)), HubSaid(queues(4, waiting=1)))
    assert next(iter(visit.state.queues.values())).services[0].waiting == 9


def test_a_hub_whose_journal_was_set_up_anew_is_believed_by_its_live_pulse(visit):
    visit.pulse(boot=7)
    visit.happen(HubSaid(queues(5, waiting=9, boot=7)), HubSaid(queues(1, waiting=1, boot=1)))
    assert next(iter(visit.state.queues.values())).services[0].waiting == 9
    visit.wait(13, hub=False)
    visit.pulse(boot=1)
    assert hub_is_here(visit.state)
    assert visit.did(SayStatus)
    visit.happen(HubSaid(queues(1, waiting=2, boot=1)))
    assert next(iter(visit.state.queues.values())).services[0].waiting == 2


def test_the_halls_agencies_are_listened_to(visit):
    visit.happen(HubSaid(HALL))
    assert visit.did(Hear) == [Hear(tuple(agency.id for agency in HALL.agencies))]


def test_an_agency_that_left_the_hall_is_forgotten(visit):
    visit.happen(
        HubSaid(
            type(HALL)(
                **{name: getattr(HALL, name) for name in HALL.__struct_fields__ if name != "agencies"}, agencies=()
            )
        )
    )
    assert visit.state.agencies == {}
    assert visit.state.queues == {}


def test_asking_effects_are_requests(visit):
    visit.to_waiting()
    assert all(isinstance(effect.request, TicketRequested) for effect in visit.did(Ask))
