"""A device that has gone wild fills no journal, and no promise suffers from what is left out."""

from collections import Counter
from datetime import timedelta

from assets.reading import read_toml
from contract.calls import Call
from contract.desk import DeskAction, DeskView
from contract.names import DeviceId, RequestId
from contract.tickets import Refused, StaffCalled, TicketAbandoned, TicketIssued
from hub.allowance import MOST, Allowance, Pace
from hub.config import DEFAULTS, HubConfig
from hub.domain.facts import (
    CallOutcomeReported,
    CallWentUnspoken,
    CounterOpened,
    Issued,
    RequestAbandoned,
    StaffSummoned,
    Voided,
)
from tests.unit.hub_hall import KIOSK, MORNING, PAD, THREE, TestDevice, World, called

WILD = 5 * MOST


def facts(world: World) -> Counter[type]:
    return Counter(type(fact) for fact in world.journal.facts)


def test_each_device_has_an_allowance_of_its_own_that_is_new_each_minute() -> None:
    allowance = Allowance(2)
    one, other = DeviceId("one"), DeviceId("other")
    assert [allowance.take(one, MORNING) for _ in range(3)] == [True, True, False]
    assert allowance.take(other, MORNING)
    assert not allowance.take(one, MORNING + timedelta(seconds=59))
    assert allowance.take(one, MORNING + timedelta(seconds=60))


def test_a_clock_that_was_set_back_takes_no_allowance_away() -> None:
    allowance = Allowance(1)
    assert allowance.take(KIOSK, MORNING)
    assert allowance.take(KIOSK, MORNING - timedelta(hours=1))


def test_staff_called_without_end_is_on_record_a_bounded_number_of_times_and_still_stands() -> None:
    world = World()
    for asked in range(WILD):
        world.kiosk.say(StaffCalled(request=RequestId(f"s-{asked}"), where="welcome"))
        world.run()
    assert facts(world)[StaffSummoned] == MOST
    assert KIOSK in world.hub.state.summoned
    assert world.hub.counts["too-many-reports"] == WILD - MOST
    world.run(seconds=61)
    world.kiosk.say(StaffCalled(request=RequestId("afterwards"), where="welcome"))
    world.run()
    assert world.hub.state.summoned[KIOSK] == "afterwards"


def test_requests_given_up_that_never_came_are_bounded_and_numbers_given_back_are_not() -> None:
    world = World()
    issued = [world.ask() for _ in range(5)]
    for asked in range(WILD):
        world.kiosk.say(TicketAbandoned(request=RequestId(f"none-{asked}")))
        world.run()
    assert facts(world)[RequestAbandoned] == MOST
    for each in issued:
        assert isinstance(each, TicketIssued)
        world.kiosk.say(TicketAbandoned(request=each.request))
        world.run()
    assert facts(world)[Voided] == 5
    # What was left out gets a number if it comes after all; the kiosk gives it back, and that is on record.
    late = world.ask(request=f"none-{WILD - 1}")
    assert isinstance(late, TicketIssued)
    world.kiosk.say(TicketAbandoned(request=late.request))
    world.run()
    assert world.hub.state.tickets[late.ticket.id].state == "voided"


def test_another_device_still_has_its_say() -> None:
    world = World()
    display = world.display()
    for asked in range(WILD):
        world.kiosk.say(StaffCalled(request=RequestId(f"s-{asked}"), where="welcome"))
    world.run()
    called(world)
    world.report(display, display.last(Call).call, "started")
    assert facts(world)[CallOutcomeReported] == 1


def test_reports_that_alternate_are_bounded_and_the_last_word_on_a_call_is_kept() -> None:
    world = World()
    display = world.display()
    called(world)
    call = display.last(Call).call
    for _ in range(WILD // 2):
        world.report(display, call, "started")
        world.report(display, call, "queued")
    assert facts(world)[CallOutcomeReported] == MOST
    world.report(display, call, "spoken")
    assert world.hub.state.calls[call].outcome == "spoken"


def test_a_call_whose_failures_are_left_out_is_on_record_as_unspoken_in_the_end() -> None:
    world = World()
    display = world.display()
    called(world)
    call = display.last(Call).call
    for _ in range(MOST):
        world.report(display, call, "queued")
        world.report(display, call, "started")
    world.report(display, call, "failed")
    world.run(seconds=31)
    assert facts(world)[CallWentUnspoken] == 1
    assert world.hub.state.calls[call].outcome in {"dropped", "failed"}


def test_a_pad_that_opens_and_closes_without_end_is_refused_and_can_still_serve() -> None:
    world = World()
    pad = TestDevice(world.broker, PAD, "counter", counter=THREE)
    world.ask()
    for press in range(WILD // 2):
        pad.say(DeskAction(RequestId(f"o-{press}"), "open"))
        pad.say(DeskAction(RequestId(f"c-{press}"), "close"))
        world.run()
    assert facts(world)[CounterOpened] == MOST // 2
    assert pad.last(Refused).reason == "not-allowed"
    world.act("open")
    pad.say(DeskAction(RequestId("n"), "next"))
    world.run()
    assert pad.last(DeskView).ticket is not None


# --- numbers ------------------------------------------------------------------------------------------------------------


class PacedWorld(World):
    """A hub with the pace that it comes with."""

    def __init__(self) -> None:
        tickets = read_toml(DEFAULTS, HubConfig).tickets
        self.pace = Pace(tickets.per_minute, tickets.burst)
        super().__init__()


def test_a_kiosk_in_a_strangers_hands_has_forty_numbers_and_then_twenty_a_minute() -> None:
    world = PacedWorld()
    answers = [world.ask() for _ in range(2000)]
    assert sum(isinstance(answer, TicketIssued) for answer in answers) == 40
    refused = answers[-1]
    assert isinstance(refused, Refused)
    assert (refused.reason, bool(refused.text)) == ("not-allowed", True)
    assert facts(world)[Issued] == 40
    assert world.hub.counts["too-many-numbers"] == 1960
    world.run(seconds=60)
    assert [isinstance(world.ask(), TicketIssued) for _ in range(21)] == [True] * 20 + [False]


def test_a_busy_kiosk_never_meets_its_pace() -> None:
    world = PacedWorld()
    for _ in range(50):  # 200 an hour, each fourth visitor with four services
        assert all(isinstance(world.ask(), TicketIssued) for _ in range(4))
        world.run(seconds=72)


def test_the_same_request_again_costs_nothing_and_has_its_answer() -> None:
    world = PacedWorld()
    first = world.ask(request="one")
    again = [world.ask(request="one") for _ in range(100)]
    assert isinstance(first, TicketIssued)
    assert all(isinstance(each, TicketIssued) and each.ticket == first.ticket for each in again)
    assert [isinstance(world.ask(), TicketIssued) for _ in range(40)] == [True] * 39 + [False]


def test_another_kiosk_has_a_pace_of_its_own_and_a_clock_that_was_set_back_saves_nothing_up() -> None:
    pace = Pace(20, 2)
    other = DeviceId("other")
    assert [pace.take(KIOSK, MORNING) for _ in range(3)] == [True, True, False]
    assert pace.take(other, MORNING)
    assert not pace.take(KIOSK, MORNING - timedelta(hours=1))
    assert pace.take(KIOSK, MORNING - timedelta(hours=1) + timedelta(seconds=3))
