"""The memory broker's faults: each on request, in order where MQTT keeps order, and the same again with the same seed."""

import random

import pytest

from contract.codec import encode
from contract.names import DeviceId, HallId, RequestId
from contract.tickets import StaffCalled
from link.inbox import Inbox
from link.link import Connected, Disconnected, Heard, LinkEvent, LinkSettings
from link.memory_link import Faults, MemoryBroker, MemoryLink, Packet

HALL = HallId("mpp")
COUNT = 200


def member(broker: MemoryBroker, name: str, topics: tuple[str, ...] = ()) -> tuple[MemoryLink, Inbox[LinkEvent]]:
    inbox: Inbox[LinkEvent] = Inbox()
    link = MemoryLink(broker, LinkSettings(HALL, DeviceId(name), "", "memory", 0), inbox, None)
    link.subscribe(topics)
    link.open()
    return link, inbox


def events_of_a_run(faults: Faults, seed: int = 1) -> list[LinkEvent]:
    """A kiosk says COUNT things, one a step; what the hub's inbox got, and the kiosk's news of its own link after it."""
    broker = MemoryBroker(random.Random(seed))
    _, heard = member(broker, "hub", ("antrean/v1/mpp/from/+/+",))
    kiosk, news = member(broker, "kiosk-1")
    broker.settle()
    broker.faults = faults
    for number in range(COUNT):
        kiosk.say(StaffCalled(RequestId(f"r{number}"), ""))
        broker.deliver()
    broker.faults = Faults()
    broker.settle()
    return [*heard.drain(), *news.drain()]


def numbers(events: list[LinkEvent]) -> list[int]:
    return [
        int(event.message.request[1:])
        for event in events
        if isinstance(event, Heard) and isinstance(event.message, StaffCalled)
    ]


def test_without_faults_everything_arrives_once_and_in_order():
    assert numbers(events_of_a_run(Faults())) == list(range(COUNT))


def test_losing_loses_some_and_keeps_the_order():
    arrived = numbers(events_of_a_run(Faults(lose=0.1)))
    assert 0 < len(arrived) < COUNT
    assert arrived == sorted(set(arrived))


def test_doubling_says_some_twice_and_keeps_the_order():
    arrived = numbers(events_of_a_run(Faults(double=0.1)))
    assert len(arrived) > COUNT
    assert arrived == sorted(arrived)
    assert set(arrived) == set(range(COUNT))


def test_delaying_holds_things_back_and_keeps_the_order():
    broker = MemoryBroker(random.Random(1))
    _, heard = member(broker, "hub", ("antrean/v1/mpp/from/+/+",))
    kiosk, _ = member(broker, "kiosk-1")
    broker.settle()
    list(heard.drain())
    broker.faults = Faults(delay=1.0, longest_delay=3)
    kiosk.say(StaffCalled(RequestId("r1"), ""))
    assert broker.deliver() == 0
    broker.faults = Faults()
    broker.settle()
    assert numbers(list(heard.drain())) == [1]
    assert numbers(events_of_a_run(Faults(delay=0.3))) == list(range(COUNT))


def test_disconnecting_is_told_and_mends_itself():
    events = events_of_a_run(Faults(disconnect=0.05))
    losses = [event for event in events if isinstance(event, Disconnected)]
    connections = [event for event in events if isinstance(event, Connected)]
    assert losses
    assert len(connections) == len(losses) + 2
    assert numbers(events) == sorted(set(numbers(events)))


def test_the_same_seed_makes_the_same_run_and_another_seed_another():
    faults = Faults(lose=0.05, double=0.05, delay=0.05, disconnect=0.02)
    assert events_of_a_run(faults, 7) == events_of_a_run(faults, 7)
    assert events_of_a_run(faults, 7) != events_of_a_run(faults, 8)


def test_a_device_that_was_cut_off_stays_away_as_long_as_it_was_told_to():
    broker = MemoryBroker()
    link, inbox = member(broker, "kiosk-1")
    broker.deliver()
    broker.cut(DeviceId("kiosk-1"), steps=3)
    assert [type(event) for event in inbox.drain()] == [Connected, Disconnected]
    for _ in range(2):
        broker.deliver()
        assert not link.session
    broker.deliver()
    assert link.session


def test_what_nobody_may_say_is_counted():
    broker = MemoryBroker()
    kiosk, _ = member(broker, "kiosk-1")
    broker.deliver()
    kiosk.outgoing.append(
        Packet("antrean/v1/mpp/from/kiosk-2/staff-called", encode(StaffCalled(RequestId("r"), "")), retained=False)
    )
    broker.settle()
    assert broker.denied == 1


def test_two_programs_of_one_name_throw_each_other_out_and_never_come_to_rest():
    broker = MemoryBroker()
    member(broker, "kiosk-1")
    member(broker, "kiosk-1")
    with pytest.raises(AssertionError):
        broker.settle(20)
