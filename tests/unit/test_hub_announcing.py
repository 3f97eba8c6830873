"""What the hub says to everybody: its pulse, the hall, boards, queues, signs; when, how often, and again when asked to."""

from datetime import timedelta

from msgspec.structs import replace

from contract.calls import Board, LedText
from contract.catalogue import SMALL_BODY
from contract.codec import encode
from contract.desk import DeskView
from contract.devices import DeviceStatus
from contract.halls import AgencyServices, Hall, HubHeartbeat, Queues
from contract.names import CounterId, DeviceId
from contract.tickets import TicketIssued
from hub.domain.book import book_of
from tests.unit.hub_hall import PAD, THREE, TestDevice, World, called, small_book


def test_on_every_connection_all_retained_state_is_said_again() -> None:
    world = World()
    world.ask()
    world.ask()
    world.act("open")
    world.act("next")
    world.broker.stop()
    world.run()
    world.broker.start()
    world.run()
    late = TestDevice(world.broker, PAD, "counter")
    world.broker.settle()
    topics = set(world.broker._retained)
    start = "antrean/v1/test-hall/"
    assert topics == {
        start + tail
        for tail in (
            "all/hub",
            "all/hall",
            "all/agency/disdukcapil",
            "all/agency/imigrasi",
            "all/queues/disdukcapil",
            "all/queues/imigrasi",
            "all/board",
            "all/notice",
            "all/led/loket-3",
            "to/pad-3/desk-view",
        )
    }
    assert late.last(DeskView).waiting == 1


def test_the_pulse_beats_every_five_seconds_with_the_halls_own_offset() -> None:
    world = World()
    world.run(seconds=4.9)
    assert len(world.kiosk.all(HubHeartbeat)) == 1
    world.run(seconds=0.2)
    first, second = world.kiosk.all(HubHeartbeat)
    assert (first.state, first.boot, second.seq) == ("online", 1, first.seq + 1)
    assert second.at.utcoffset() == timedelta(hours=8)


def test_a_device_that_comes_back_hears_the_time_within_a_second_and_many_of_them_do_not_quicken_the_pulse() -> None:
    world = World()
    world.run(seconds=1)
    pad = TestDevice(world.broker, PAD, "counter")
    world.broker.settle()
    for _ in range(20):
        pad.say(DeviceStatus("online", "counter", 1, "abc", "0"))
        world.run(seconds=0.1)
    assert len(pad.all(HubHeartbeat)) in {4, 5}, "every half second of the two"
    world.run(seconds=4)
    assert len(pad.all(HubHeartbeat)) in {4, 5, 6}, "and then at its own pace"


def test_sudden_death_is_told_by_the_last_will_and_a_clean_end_by_the_hub() -> None:
    world = World()
    world.kill_hub()
    world.broker.settle()
    lost = world.kiosk.last(HubHeartbeat)
    assert (lost.state, lost.boot, lost.seq) == ("lost", 1, None)
    world.start_hub()
    world.run()
    assert world.kiosk.last(HubHeartbeat).boot == 2
    world.hub.close()
    world.broker.settle()
    assert world.kiosk.last(HubHeartbeat).state == "lost"


def test_queues_are_said_at_most_four_times_a_second_and_the_last_state_is_never_held_back() -> None:
    world = World()
    world.run(seconds=1)
    before = len(world.kiosk.all(Queues))
    for _ in range(10):
        world.ask()
    held_back = world.kiosk.all(Queues)[before:]
    assert [each.services[0].waiting for each in held_back] == [1]
    world.run(seconds=0.25)
    assert world.kiosk.last(Queues).services[0].waiting == 10
    assert world.kiosk.last(Queues).seq == held_back[-1].seq + 1


def test_whoever_asked_is_answered_before_the_hall_is_told_and_the_hall_is_told_once_of_all() -> None:
    world = World()
    world.run(seconds=1)
    before = len(world.kiosk.all(Queues))
    for _ in range(3):
        world.kiosk.say(world.requested())
        world.broker.settle()
        world.hub.answer(tuple(world.inbox.drain()))
    changes = world.changes
    world.broker.settle()
    assert len(world.kiosk.all(TicketIssued)) == 3
    assert len(world.kiosk.all(Queues)) == before
    world.hub.announce()
    world.broker.settle()
    assert [each.services[0].waiting for each in world.kiosk.all(Queues)[before:]] == [3]
    assert world.changes == changes + 1


def test_queues_change_by_the_clock_alone() -> None:
    world = World()
    world.run(seconds=1)
    passport = next(each for each in world.kiosk.all(Queues)[::-1] if each.agency == "imigrasi").services[0]
    assert (passport.open, passport.left_today) == (True, 3)
    world.now = passport.until
    world.run()
    closed = next(each for each in world.kiosk.all(Queues)[::-1] if each.agency == "imigrasi").services[0]
    assert (closed.open, closed.why_closed) == (False, "after-hours")


def test_what_did_not_change_is_said_again_only_word_for_word() -> None:
    world = World()
    world.run(seconds=1)
    before = set(map(encode, world.kiosk.all(Queues)))
    for _ in range(30):
        world.run(seconds=10)
    assert set(map(encode, world.kiosk.all(Queues))) == before
    assert len(world.kiosk.all(Queues)) <= len(before) * 17, "more often than every 20 s"


def test_the_board_is_said_at_every_change_and_not_for_a_ticket() -> None:
    world = World()
    before = len(world.kiosk.all(Board))
    world.ask()
    assert len(world.kiosk.all(Board)) == before
    world.act("open")
    world.act("next")
    boards = world.kiosk.all(Board)[before:]
    assert [each.counters[0].state for each in boards] == ["open", "called"]
    assert [each.seq for each in boards] == [boards[0].seq, boards[0].seq + 1]


def crowded(counters: int, *, reason: str | None = None) -> Board:
    """The board of a hall of so many counters, each of which has called three, and is now away if it has a reason."""
    small = small_book()
    rooms = tuple(
        replace(small.hall.counters[0], id=CounterId(f"loket-di-lantai-dua-{count}")) for count in range(counters)
    )
    world = World(book=book_of(replace(small.hall, counters=rooms), small.agencies))
    for room in rooms:
        world.act("open", room.id)
        for _ in range(1 if reason else 3):
            world.ask()
            world.act("next", room.id)
            if reason:
                world.act("no-show", room.id)
                world.act("pause", room.id, reason=reason)
            else:
                world.act("arrive", room.id)
    said = world.kiosk.last(Board)
    assert isinstance(said, Board)
    return said


def test_a_board_of_many_busy_counters_has_fewer_old_calls_and_fits() -> None:
    said = crowded(95)
    assert len(said.counters) == 95
    assert 0 < len(said.recent) < 20
    assert len(encode(said)) <= SMALL_BODY
    assert said.recent[0].counter == "loket-di-lantai-dua-94"


def test_a_board_of_long_reasons_keeps_every_counter_and_fits() -> None:
    said = crowded(12, reason="ж" * 400)
    assert {counter.state for counter in said.counters} == {"paused"}
    assert len(said.recent) >= 8
    loud = crowded(12, reason="\x01" * 400)
    assert {(counter.state, counter.reason) for counter in loud.counters} == {("paused", None)}
    assert len(encode(loud)) <= SMALL_BODY


def test_what_was_said_of_an_agency_or_a_counter_that_is_no_more_is_taken_back() -> None:
    world = World()
    sign = TestDevice(world.broker, DeviceId("sign-3"), "sign", counter=THREE)
    world.ask()
    world.act("open")
    world.act("next")
    world.run(seconds=86_400)  # also over a change of the day
    assert sign.last(LedText).text == "K001"
    world.kill_hub()
    book, passports = world.book, world.book.agencies[1:]
    hall = replace(book.hall, agencies=book.hall.agencies[1:], counters=book.hall.counters[1:])
    world.book = book_of(replace(hall, counters=(hall.counters[-1],)), passports)
    for turn in (7, 8):  # a second start does not forget it
        world.start_hub()
        world.run()
        assert sign.last(LedText).text == ""
        late = TestDevice(world.broker, DeviceId(f"kiosk-{turn}"), "kiosk")
        world.broker.settle()
        gone = {message.agency: message.services for message in (*late.all(AgencyServices), *late.all(Queues))}
        assert gone["disdukcapil"] == ()
        assert gone["imigrasi"] != ()
        world.kill_hub()


def test_a_sign_shows_the_number_at_its_counter_and_nothing_else() -> None:
    world = World()
    sign = TestDevice(world.broker, DeviceId("sign-3"), "sign", counter=THREE)
    world.ask()
    world.act("open")
    world.act("next")
    assert sign.last(LedText).text == "K001"
    world.act("no-show")
    assert sign.last(LedText).text == ""


def test_what_the_link_cannot_take_is_said_later(monkeypatch) -> None:
    world = World()
    before = len(world.kiosk.all(Board))
    with monkeypatch.context() as patch:
        patch.setattr(world.link, "say", lambda message, to=None: False)
        world.act("open")
    world.run()
    assert len(world.kiosk.all(Board)) == before
    world.run(seconds=1.1)
    boards = world.kiosk.all(Board)
    assert boards[-1].counters[0].state == "open"
    assert boards[-1].seq == boards[-2].seq + 1


def test_the_hall_describes_itself() -> None:
    world = World(book=small_book())
    assert world.kiosk.last(Hall) == world.book.hall


def test_state_that_the_broker_lost_is_said_again_word_for_word() -> None:
    world = World()
    display = world.display()
    called(world)
    world.broker._retained.clear()
    [*_, before] = display.all(Board)
    display.heard.clear()
    for _ in range(25):
        world.run(seconds=1)
    assert before in display.all(Board)
    assert {"all/hall", "all/agency/imigrasi", "all/queues/imigrasi", "all/board", "all/notice", "all/led/loket-3"} <= {
        topic.split("/", 3)[3] for topic in world.broker._retained
    }


def test_what_is_said_again_is_never_older_than_what_was_said_last() -> None:
    world = World()
    display = world.display()
    called(world)
    for _ in range(25):
        world.run(seconds=1)
    seen = [board.seq for board in display.all(Board)]
    assert seen == sorted(seen)
    assert len(seen) > len(set(seen)), "nothing was said again"
