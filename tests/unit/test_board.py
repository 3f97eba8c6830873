"""What the board shows: the newest first, lit long enough, of its own zones, in the order of the hub."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contract.calls import Board, Call, Notice, NoticeText, RecentCall
from contract.halls import HubHeartbeat
from contract.names import CallId, CounterId, DeviceId, Language, NoticeId, Number, ServiceId, TicketId, ZoneId
from display.board import Knowledge, calls_of, learn, notice_for, silent_s, split, time_of_hub

AT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
HOLD_S = 8.0
A, B = ZoneId("a"), ZoneId("b")


def recent(count: int, zone: ZoneId = A, after_s: float = 0.0, number: str = "") -> RecentCall:
    return RecentCall(
        CallId(f"call-{count}"),
        Number(number or f"K{count:03}"),
        ServiceId("kk"),
        CounterId("loket-3"),
        zone,
        AT + timedelta(seconds=after_s),
    )


def board(seq: int, *calls: RecentCall, boot: int = 1, after_s: float = 0.0) -> Board:
    return Board(boot, seq, AT + timedelta(seconds=after_s), "2026-11-25", (), calls)


def call(count: int, zone: ZoneId = A, after_s: float = 0.0) -> Call:
    at = AT + timedelta(seconds=after_s)
    return Call(
        boot=1,
        seq=count,
        call=CallId(f"call-{count}"),
        at=at,
        expires_at=at + timedelta(seconds=30),
        ticket=TicketId(f"t{count}"),
        number=Number(f"K{count:03}"),
        service=ServiceId("kk"),
        counter=CounterId("loket-3"),
        zone=zone,
        repeat=1,
        languages=(Language("id"),),
        announcers=(DeviceId("display-1"),),
    )


def heard(*messages, known=None, now_s=0.0, retained=False):
    known = known or Knowledge(began_s=0.0)
    for message in messages:
        known = learn(known, message, now_s, HOLD_S, retained=retained)
    return known


def numbers(calls) -> list[str]:
    return [each.number for each in calls]


def test_the_newest_call_stands_first_and_is_lit():
    lit, others = split(heard(board(1, recent(2), recent(1))), (), None, 100.0, 8)
    assert (numbers(lit), numbers(others)) == (["K002"], ["K001"])


def test_an_older_board_changes_nothing():
    known = heard(board(5, recent(2), recent(1)))
    assert heard(board(4, recent(1)), known=known) == known


def test_a_later_start_of_the_hub_counts_more_than_a_higher_number():
    known = heard(board(90, recent(1)), board(1, recent(2), recent(1), boot=2))
    assert numbers(calls_of(known, ())) == ["K002", "K001"]


def test_a_hub_that_counts_from_the_beginning_again_is_believed_once_it_is_heard_live():
    known = heard(board(9, recent(9), boot=7))
    again = board(2, recent(1), boot=1)
    assert numbers(calls_of(heard(again, known=known), ())) == ["K009"]
    alive = heard(HubHeartbeat("online", 1, AT, 1), again, known=known)
    assert numbers(calls_of(alive, ())) == ["K001"]


def test_only_calls_of_the_own_zones_are_shown():
    known = heard(board(1, recent(3, B), recent(2), recent(1, B)))
    assert numbers(calls_of(known, (A,))) == ["K002"]
    assert numbers(calls_of(known, ())) == ["K003", "K002", "K001"]


def test_a_number_called_again_stands_once_where_it_was_called_last():
    known = heard(board(1, recent(3, number="K007"), recent(2), recent(1, number="K007")))
    assert [each.call for each in calls_of(known, ())] == ["call-3", "call-2"]


def test_a_call_is_shown_before_the_board_that_has_it():
    known = heard(board(1, recent(1)), call(2, after_s=5))
    assert numbers(calls_of(known, ())) == ["K002", "K001"]
    known = heard(board(2, recent(2, after_s=5), recent(1), after_s=5), known=known)
    assert numbers(calls_of(known, ())) == ["K002", "K001"]


def test_a_call_that_a_later_board_does_not_have_is_over():
    known = heard(board(1, recent(1)), call(2, after_s=5), board(2, recent(1), after_s=6))
    assert numbers(calls_of(known, ())) == ["K001"]
    assert numbers(calls_of(heard(call(2, after_s=5), known=known), ())) == ["K001"]


def test_calls_close_upon_each_other_are_lit_together_for_their_hold():
    known = heard(board(1))
    known = heard(call(1), known=known, now_s=0.0)
    known = heard(call(2, after_s=0.5), known=known, now_s=0.5)
    assert numbers(split(known, (), None, 7.9, 8)[0]) == ["K002", "K001"]
    assert numbers(split(known, (), None, 8.1, 8)[0]) == ["K002"]


def test_a_call_that_is_being_spoken_stays_lit_and_has_its_place():
    known = heard(board(1))
    for count in range(1, 12):
        known = heard(call(count, after_s=count), known=known, now_s=count)
    lit, _ = split(known, (), CallId("call-1"), 11.0, 4)
    assert numbers(lit) == ["K011", "K010", "K009", "K001"]


def test_the_first_board_lights_nothing_but_the_newest_call():
    known = heard(board(1, recent(2, after_s=-1), recent(1, after_s=-2)), retained=True)
    assert numbers(split(known, (), None, 0.0, 8)[0]) == ["K002"]


def test_a_call_known_only_through_the_board_is_lit_while_it_is_young():
    known = heard(board(1, recent(1, after_s=-100)))
    later = board(2, recent(3, after_s=9), recent(2, after_s=-60), recent(1, after_s=-100), after_s=10)
    known = heard(later, known=known, now_s=10.0)
    assert [each.call for each in known.lit] == ["call-3"]


def test_a_call_said_again_with_other_announcers_is_not_lit_a_second_time():
    known = heard(call(1), known=heard(board(1)), now_s=0.0)
    known = heard(call(1), known=known, now_s=20.0)
    known = heard(call(2, after_s=21), known=known, now_s=21.0)
    assert numbers(split(known, (), None, 22.0, 8)[0]) == ["K002"]


def test_the_time_is_the_live_hubs_and_never_a_retained_ones():
    known = heard(HubHeartbeat("online", 1, AT, 1), retained=True)
    assert time_of_hub(known, 5.0) is None
    known = heard(HubHeartbeat("online", 1, AT, 2), now_s=5.0)
    assert time_of_hub(known, 65.0) == AT + timedelta(minutes=1)


def test_silence_is_counted_from_the_last_live_heartbeat_or_from_the_start():
    known = Knowledge(began_s=100.0)
    assert silent_s(known, 112.0) == 12.0
    known = heard(HubHeartbeat("online", 1, AT, 2), known=known, now_s=110.0)
    known = heard(HubHeartbeat("lost", 1, AT), known=known, now_s=115.0)
    assert silent_s(known, 120.0) == 10.0


def test_a_notice_stands_for_its_zones_until_its_time():
    text = NoticeText(NoticeId("n"), {Language("id"): "Tutup"}, "info", (A,), AT + timedelta(minutes=1))
    known = heard(HubHeartbeat("online", 1, AT, 1), Notice(1, 1, text), now_s=0.0)
    assert notice_for(known, (A,), 59.0) == text
    assert notice_for(known, (B,), 59.0) is None
    assert notice_for(known, (), 61.0) is None
    assert notice_for(heard(Notice(1, 2, None), known=known), (A,), 59.0) is None


@given(st.permutations(range(8)), st.booleans())
def test_in_whatever_order_messages_come_the_board_ends_as_the_hub_last_said(order, with_repeats):
    boards = [
        board(count, *(recent(each, after_s=each) for each in range(count, 0, -1)), after_s=count)
        for count in range(1, 9)
    ]
    arrivals = [boards[index] for index in order] + ([boards[index] for index in order] if with_repeats else [])
    known = heard(*arrivals)
    for index in order:
        known = heard(call(index + 1, after_s=index + 1), known=known)
    assert numbers(calls_of(known, ())) == [f"K{count:03}" for count in range(8, 0, -1)]
