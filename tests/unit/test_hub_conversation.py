"""The hub in conversation with devices and the desk, over the memory link: what is asked, what is answered."""

from datetime import timedelta

import pytest

from contract.calls import Board, Call
from contract.desk import DeskAction, DeskView
from contract.names import CounterId, Number, RequestId
from contract.tickets import NumberAsked, NumberTold, Refused, TicketAbandoned, TicketIssued
from hub.desk.door import CounterDesk, DeskRefusal, HallDesk, Look, LookAtAll, UnknownCounter
from link.hearing import hear
from link.link import Heard
from tests.unit.hub_hall import FAMILY_CARD, HALL, PAD, PASSPORT, THREE, TestDevice, World, both


def test_a_visit_from_the_tap_to_the_end() -> None:
    world = World()
    display = world.display()
    issued = world.ask()
    assert isinstance(issued, TicketIssued)
    assert (issued.ticket.number, issued.ticket.ahead) == ("K001", 0)
    world.act("open")
    called = world.act("next")
    assert isinstance(called, CounterDesk)
    assert called.ticket is not None
    assert (called.ticket.number, called.ticket.state, called.state) == ("K001", "called", "called")
    call = display.last(Call)
    assert (call.number, call.counter, call.announcers, call.repeat) == ("K001", THREE, (display.name,), 1)
    assert call.expires_at - call.at == timedelta(seconds=30)
    world.report(display, call.call, "queued")
    world.report(display, call.call, "spoken")
    looked = world.question(Look(THREE))
    assert isinstance(looked, CounterDesk)
    assert looked.ticket is not None
    assert looked.ticket.call_outcome == "spoken"
    assert isinstance(world.act("arrive"), CounterDesk)
    done = world.act("finish")
    assert isinstance(done, CounterDesk)
    assert (done.state, done.ticket, done.served_today) == ("open", None, 1)
    assert display.last(Board).recent[0].number == "K001"


def test_a_counter_pad_is_answered_like_a_page() -> None:
    world = World()
    pad = TestDevice(world.broker, PAD, "counter")
    world.ask()
    for pressed in (DeskAction(RequestId("p1"), "open"), DeskAction(RequestId("p2"), "next")):
        pad.say(pressed)
        world.run()
    answer = next(each for each in pad.all(DeskView) if each.request == "p2")
    assert (answer.counter, answer.state, answer.ticket.number, answer.waiting) == (THREE, "called", "K001", 0)
    pad.say(DeskAction(RequestId("p3"), "next", seen=answer.revision))
    world.run()
    assert pad.last(Refused).reason == "ticket-in-hand"
    assert pad.last(Refused).text == {"id": "ticket-in-hand", "en": "ticket-in-hand"}


def test_a_pads_view_follows_the_queue() -> None:
    world = World()
    pad = TestDevice(world.broker, PAD, "counter")
    world.run(seconds=1)
    world.ask()
    world.run(seconds=1)
    assert pad.last(DeskView).waiting == 1


@pytest.mark.parametrize("device", ["display", "pad"])
def test_a_role_may_say_only_what_is_its_own(device: str) -> None:
    world = World()
    sender = world.display() if device == "display" else TestDevice(world.broker, PAD, "counter")
    world.run()
    sender.say(world.requested(request="cheeky"))
    world.run()
    assert sender.last(Refused).reason == "not-allowed"
    assert world.hub.counts["not-allowed"] == 1
    assert not world.hub.state.tickets


def test_a_device_that_was_taken_away_may_say_nothing_and_one_that_came_may() -> None:
    world = World()
    kiosk = world.hub._hearing.register
    world.hub.take_register({})
    world.kiosk.say(world.requested())
    world.run()
    assert not world.hub.state.tickets
    world.hub.take_register(kiosk)
    assert isinstance(world.ask(), TicketIssued)


def test_a_broken_message_changes_nothing_is_counted_and_refused_where_its_request_can_be_read(caplog) -> None:
    world = World()
    topic = "antrean/v1/test-hall/from/kiosk-1/ticket-requested"
    facts = len(world.journal.facts)
    for body in (b"{", b'{"request":"b-1","service":5}', b"[]" * 40_000, b'{"request":"' + b"x" * 400 + b'"}'):
        world.inbox.put(hear(HALL, topic, body, retained=False))
    world.run()
    assert world.hub.counts["broken-message"] == 4
    assert [(each.request, each.reason) for each in world.kiosk.all(Refused)] == [("b-1", "broken-message")]
    assert len(world.journal.facts) == facts
    told = [record for record in caplog.records if "broken-message topic" in record.getMessage()]
    assert len(told) == 1


def test_a_message_that_was_retained_by_mistake_is_not_taken_for_a_new_one() -> None:
    world = World()
    world.inbox.put(Heard(world.requested(), world.kiosk.name, retained=True))
    world.run()
    assert not world.hub.state.tickets
    assert world.hub.counts["retained-by-mistake"] == 1


def test_a_visitor_is_told_how_far_a_number_is() -> None:
    world = World()
    world.ask()
    world.ask()
    world.act("open")
    world.act("next")
    for request, number in (("n1", "K001"), ("n2", "K002"), ("n3", "K999")):
        world.kiosk.say(NumberAsked(request=RequestId(request), number=Number(number)))
    world.run()
    first, second, third = world.kiosk.all(NumberTold)
    assert (first.state, first.ahead, first.counter) == ("called", None, THREE)
    assert (second.state, second.ahead, second.counter) == ("waiting", 0, None)
    assert third.state is None


def test_the_desk_sees_the_hall_each_counter_and_whether_the_broker_is_there() -> None:
    world = World()
    world.ask()
    hall = world.question(LookAtAll())
    assert isinstance(hall, HallDesk)
    assert [(each.counter, len(each.waiting)) for each in hall.counters] == [
        ("loket-3", 1),
        ("loket-4", 1),
        ("loket-5", 0),
    ]
    assert hall.broker_connected
    world.broker.stop()
    world.run()
    counter = world.question(Look(THREE))
    assert isinstance(counter, CounterDesk)
    assert not counter.broker_connected
    assert counter.at.utcoffset() == timedelta(hours=8)


def test_the_desk_goes_on_without_a_broker() -> None:
    world = World()
    world.ask()
    world.broker.stop()
    world.run()
    world.act("open")
    called = world.act("next")
    assert isinstance(called, CounterDesk)
    assert called.ticket is not None
    assert called.ticket.number == "K001"


def test_a_counter_that_is_not_there_is_told_as_such() -> None:
    world = World()
    assert isinstance(world.question(Look(CounterId("loket-99"))), UnknownCounter)
    assert isinstance(world.act("open", CounterId("loket-99")), UnknownCounter)


def test_a_desk_refusal_carries_words_in_every_language_of_the_hall() -> None:
    world = World()
    refused = world.act("next")
    assert refused == DeskRefusal(reason="not-allowed", text=both("not-allowed"))


def test_pages_are_told_when_something_changed_and_left_alone_when_nothing_did() -> None:
    world = World()
    before = world.changes
    world.run(seconds=1)
    world.question(Look(THREE))
    assert world.changes == before
    world.ask()
    assert world.changes == before + 1
    world.broker.stop()
    world.run()
    assert world.changes == before + 2


def test_a_desk_page_is_answered_after_the_commit() -> None:
    world = World()
    world.act("open")
    world.ask()
    world.journal.broken = True
    with pytest.raises(OSError, match="disk full"):
        world.act("next")


def test_a_kiosk_that_gives_a_number_up_gets_no_answer_and_needs_none() -> None:
    world = World()
    issued = world.ask(FAMILY_CARD)
    heard = len(world.kiosk.all(object))
    world.kiosk.say(TicketAbandoned(request=issued.request))
    world.kiosk.say(TicketAbandoned(request=issued.request))
    world.run()
    told = world.kiosk.all(object)[heard:]
    assert not [each for each in told if isinstance(each, Refused | TicketIssued)]
    assert world.ask(PASSPORT).ticket.number == "X001"
