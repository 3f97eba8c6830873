"""What every link promises, in memory, over a real mosquitto by MQTT 5 and by 3.1.1, and over nats: one suite for all.

Where a test says that something does not arrive it waits for something that was said later.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from contract.calls import Board, Call, Notice
from contract.codec import encode
from contract.devices import DeviceState, DeviceStatus
from contract.halls import HubHeartbeat
from contract.names import CallId, CounterId, DeviceId, Language, Number, RequestId, ServiceId, TicketId, ZoneId
from contract.tickets import Refused, StaffCalled, TicketAbandoned
from link.link import Broken
from link.topics import topics_of
from tests.contract.worlds import HALL, Member, MemoryWorld, RealWorld, World

AT = datetime(2026, 11, 25, 8, 12, tzinfo=UTC)
HUB_HEARS = topics_of("hub", HALL, DeviceId("hub"))


@pytest.fixture(
    params=[
        "memory",
        pytest.param("mqtt-5", marks=pytest.mark.broker),
        pytest.param("mqtt-3.1.1", marks=pytest.mark.broker),
        pytest.param("nats", marks=pytest.mark.broker),
    ]
)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    match request.param:
        case "memory":
            made: World = MemoryWorld()
        case "mqtt-5":
            made = RealWorld(tmp_path / "broker", None)
        case "nats":
            made = RealWorld(tmp_path / "broker", None, "nats")
        case _:
            made = RealWorld(tmp_path / "broker", "answers")
    yield made
    made.close()


def board(seq: int) -> Board:
    return Board(1, seq, AT, "2026-11-25", (), ())


def status(state: DeviceState, boot: int = 1) -> DeviceStatus:
    return DeviceStatus(state, "kiosk", boot, "one", "0.1.0")


def call(seq: int) -> Call:
    languages, announcers = (Language("id"),), (DeviceId("display-1"),)
    names = (TicketId("t1"), Number("K007"), ServiceId("ktp"), CounterId("loket-3"), ZoneId("a"))
    return Call(1, seq, CallId("c1"), AT, AT + timedelta(seconds=30), *names, 1, languages, announcers)


def staff(count: int) -> StaffCalled:
    return StaffCalled(RequestId(f"r{count}"), "welcome")


def opened(
    world: World, name: str, topics: tuple[str, ...] = (), will: DeviceStatus | HubHeartbeat | None = None
) -> Member:
    member = world.member(name, will)
    member.link.subscribe(topics)
    member.link.open()
    world.until(lambda: member.connections, f"{name} to connect")
    return member


def hub_of(world: World) -> Member:
    return opened(world, "hub", HUB_HEARS)


def kiosk_of(world: World, will: DeviceStatus | None = None) -> Member:
    return opened(world, "kiosk-1", topics_of("kiosk", HALL, DeviceId("kiosk-1")), will)


def test_a_link_says_by_which_protocol_it_travels(world: World):
    assert kiosk_of(world).connections[0].protocol == world.protocol


def test_state_reaches_those_who_are_there_and_those_who_come_later(world: World):
    hub, early = hub_of(world), kiosk_of(world)
    assert hub.link.say(board(1))
    world.until(lambda: early.heard(Board), "the board")
    late = opened(world, "display-1", topics_of("display", HALL, DeviceId("display-1")))
    world.until(lambda: late.heard(Board), "the retained board")
    assert {(heard.message, heard.device) for heard in early.heard(Board)} == {(board(1), None)}
    assert [(heard.message, heard.device, heard.retained) for heard in late.heard(Board)] == [(board(1), None, True)]


def test_what_is_no_state_is_not_kept(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    hub.link.say(call(1))
    hub.link.say(board(1))
    world.until(lambda: kiosk.heard(Board), "the broker to have both")
    display = opened(world, "display-1", topics_of("display", HALL, DeviceId("display-1")))
    world.until(lambda: display.heard(Board), "the retained board")
    assert display.heard(Call) == []


def test_a_device_is_known_by_the_level_that_the_broker_protects(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    kiosk.link.say(staff(1))
    world.until(lambda: hub.heard(StaffCalled), "the call for staff")
    assert hub.heard(StaffCalled)[0].device == "kiosk-1"


def test_an_answer_reaches_its_device_alone(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    other = opened(world, "kiosk-2", ("antrean/v1/mpp/to/kiosk-1/refused", "antrean/v1/mpp/all/board"))
    hub.link.say(Refused(RequestId("r1"), "expired", {}), to=DeviceId("kiosk-1"))
    hub.link.say(board(1))
    world.until(lambda: kiosk.heard(Refused) and other.heard(Board), "the answer, and the board at the other")
    assert other.heard(Refused) == []


def test_a_will_is_said_when_a_program_dies_and_kept_for_those_who_come_later(world: World):
    kiosk = kiosk_of(world, status("lost"))
    kiosk.link.say(status("online"))
    hub = hub_of(world)
    world.until(lambda: hub.heard(DeviceStatus), "the status")
    world.kill(kiosk)
    world.until(lambda: hub.heard(DeviceStatus)[-1].message == status("lost"), "the will")
    assert hub.states(DeviceStatus) == [status("online"), status("lost")]
    world.kill(hub)
    again = hub_of(world)
    world.until(lambda: again.heard(DeviceStatus), "the retained will")
    assert (again.heard(DeviceStatus)[0].message, again.heard(DeviceStatus)[0].retained) == (status("lost"), True)


def test_a_farewell_is_said_and_no_will(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world, status("lost"))
    kiosk.link.close(status("offline"))
    world.until(lambda: hub.heard(DeviceStatus), "the farewell")
    other = opened(world, "kiosk-2")
    other.link.say(staff(1))
    world.until(lambda: hub.heard(StaffCalled), "what was said later")
    assert hub.states(DeviceStatus) == [status("offline")]
    assert not kiosk.link.say(staff(2))


def test_what_is_said_on_a_topic_arrives_once_and_in_order(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    count = 1000
    assert all(kiosk.link.say(staff(number)) for number in range(count))
    world.until(lambda: len(hub.heard(StaffCalled)) >= count, "all of it")
    assert [heard.message for heard in hub.heard(StaffCalled)] == [staff(number) for number in range(count)]


def test_nobody_can_say_what_only_another_may(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    world.forge(kiosk, "antrean/v1/mpp/from/kiosk-2/staff-called", encode(staff(1)))
    world.forge(kiosk, "antrean/v1/mpp/all/board", encode(board(666)), retained=True)
    world.forge(kiosk, "antrean/v1/mpp/to/kiosk-1/refused", encode(Refused(RequestId("r1"), "expired", {})))
    world.forge(hub, "antrean/v1/mpp/from/kiosk-1/staff-called", encode(staff(2)))
    kiosk.link.say(staff(3))
    world.until(lambda: hub.heard(StaffCalled), "what it may say")
    hub.link.say(board(1))
    world.until(lambda: kiosk.heard(Board), "the true board")
    assert [(heard.device, heard.message) for heard in hub.heard(StaffCalled)] == [("kiosk-1", staff(3))]
    assert kiosk.states(Board) == [board(1)]
    assert kiosk.heard(Refused) == []


def test_a_device_hears_nothing_that_others_say_whatever_it_asks_for(world: World):
    hub = hub_of(world)
    nosy = opened(world, "kiosk-2", (*HUB_HEARS, "antrean/v1/mpp/#", "antrean/v1/mpp/all/board"))
    kiosk = kiosk_of(world)
    kiosk.link.say(staff(1))
    world.until(lambda: hub.heard(StaffCalled), "what the hub may hear")
    hub.link.say(board(1))
    world.until(lambda: nosy.heard(Board), "the board")
    assert nosy.heard(StaffCalled) == []


def test_a_wrong_password_is_refused_and_said_once(world: World):
    intruder = world.member("kiosk-2", password="guessed")
    intruder.link.open()
    world.until(lambda: intruder.losses, "the refusal")
    assert not intruder.link.say(staff(1))
    assert "refused" in intruder.losses[0].why
    assert intruder.connections == []


def test_nothing_is_said_before_the_first_connection_and_nothing_of_it_arrives_later(world: World):
    hub = hub_of(world)
    kiosk = world.member("kiosk-1")
    assert not kiosk.link.say(staff(1))
    kiosk.link.open()
    world.until(lambda: kiosk.connections, "the connection")
    kiosk.link.say(staff(2))
    world.until(lambda: hub.heard(StaffCalled), "what was said later")
    assert [heard.message for heard in hub.heard(StaffCalled)] == [staff(2)]


def test_while_the_broker_is_away_nothing_is_said_and_when_it_is_back_all_is_heard_again(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    hub.link.say(board(1))
    world.until(lambda: kiosk.heard(Board), "the board")
    world.stop_broker()
    world.until(lambda: hub.losses and kiosk.losses, "both to see it")
    assert not kiosk.link.say(staff(1))
    assert not hub.link.say(board(2))
    kiosk.forget()
    world.start_broker()
    world.until(lambda: len(hub.connections) == 2 and kiosk.connections, "both to be back")
    assert hub.link.say(board(3))
    assert kiosk.link.say(staff(2))
    world.until(lambda: kiosk.heard(Board) and hub.heard(StaffCalled), "messages both ways")
    assert kiosk.states(Board) == [board(3)]
    assert [heard.message for heard in hub.heard(StaffCalled)] == [staff(2)]


def test_a_link_may_be_opened_before_its_broker_is_there(world: World):
    world.stop_broker()
    kiosk = world.member("kiosk-1")
    kiosk.link.open()
    world.until(lambda: kiosk.losses, "the news that nobody is there")
    world.start_broker()
    world.until(lambda: kiosk.connections, "the connection")


def test_news_of_the_broker_comes_once_however_often_it_is_tried(world: World):
    kiosk = kiosk_of(world)
    world.stop_broker()
    world.until(lambda: kiosk.losses, "the loss")
    world.start_broker()
    world.until(lambda: len(kiosk.connections) == 2, "the connection")
    assert len(kiosk.losses) <= 2  # lost; and then that it cannot be reached


def test_state_that_is_said_while_others_are_just_coming_reaches_them(world: World):
    hub = hub_of(world)
    for seq in range(20):
        display = opened(world, "display-1", topics_of("display", HALL, DeviceId("display-1")))
        assert hub.link.say(board(seq))
        world.until(partial(display.has_heard, board(seq)), "the board")
        display.link.close()


def test_subscribing_replaces_what_is_heard_and_gives_the_state_again(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    hub.link.say(board(1))
    hub.link.say(Notice(1, 1))
    world.until(lambda: kiosk.heard(Notice), "the notice")
    kiosk.forget()
    kiosk.link.subscribe(["antrean/v1/mpp/all/board"])
    # nats may bring what was said fresh after what it keeps of it.
    world.until(lambda: any(heard.retained for heard in kiosk.heard(Board)), "the board again")
    hub.link.say(Notice(1, 2))
    hub.link.say(board(2))
    world.until(partial(kiosk.has_heard, board(2)), "the next board")
    assert kiosk.heard(Notice) == []


def test_another_halls_topics_cannot_be_asked_for(world: World):
    kiosk = world.member("kiosk-1")
    with pytest.raises(ValueError):
        kiosk.link.subscribe(["antrean/v1/other/all/board"])


def test_a_broken_body_is_told_with_its_request_and_the_link_lives_on(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    own = "antrean/v1/mpp/from/kiosk-1"
    world.forge(kiosk, f"{own}/ticket-abandoned", b"\xff\x00 no json")
    world.forge(kiosk, f"{own}/staff-called", b'{"request":"r9"}')
    world.forge(kiosk, f"{own}/never-heard-of", b"{}")
    world.forge(kiosk, f"{own}/staff-called", b'{"request":"r8","where":"' + b"a" * 20_000 + b'"}')
    kiosk.link.say(TicketAbandoned(RequestId("r1")))
    world.until(lambda: hub.heard(TicketAbandoned), "a good one after them")
    broken = [event for event in hub.events if isinstance(event, Broken)]
    assert [(event.topic, event.device, event.request) for event in broken] == [
        (f"{own}/ticket-abandoned", "kiosk-1", None),
        (f"{own}/staff-called", "kiosk-1", "r9"),
        (f"{own}/never-heard-of", "kiosk-1", None),
        (f"{own}/staff-called", "kiosk-1", None),
    ]


def test_a_message_larger_than_its_limit_is_not_said(world: World):
    hub, kiosk = hub_of(world), kiosk_of(world)
    assert not kiosk.link.say(StaffCalled(RequestId("r1"), "a" * 20_000))
    kiosk.link.say(staff(2))
    world.until(lambda: hub.heard(StaffCalled), "what was said later")
    assert [heard.message for heard in hub.heard(StaffCalled)] == [staff(2)]


def test_a_full_inbox_drops_and_counts_messages_but_not_the_news_of_the_link(world: World):
    kiosk = kiosk_of(world)
    hub = world.member("hub", limit=5)
    hub.link.subscribe(HUB_HEARS)
    hub.link.open()
    world.until(lambda: hub.inbox._queue.qsize() == 1, "the hub to connect")
    for number in range(20):
        kiosk.link.say(staff(number))
    world.until(lambda: hub.inbox.dropped == 16, "the rest to be dropped")
    world.stop_broker()
    world.until(lambda: hub.inbox._queue.qsize() > 5, "the loss to be told nevertheless")
    assert len(hub.heard(StaffCalled)) == 4
    assert hub.losses


def test_only_what_the_contract_knows_as_a_will_can_be_one(world: World):
    with pytest.raises(ValueError):
        world.member("kiosk-1", will=staff(1))


def test_an_answer_without_an_addressee_is_our_own_mistake(world: World):
    hub = hub_of(world)
    with pytest.raises(ValueError):
        hub.link.say(Refused(RequestId("r1"), "expired", {}))
