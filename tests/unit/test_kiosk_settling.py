"""When what was said to the hub is over: by the hub's heartbeats alone, and for a kiosk whose hub dies at a bad moment."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract.halls import HubHeartbeat
from contract.tickets import TicketAbandoned, TicketPrinted
from kiosk import settling
from kiosk.settling import Settling
from tests.unit.kiosk_rig import KIOSK, Rig

AT = datetime(2026, 11, 25, 8, 12, tzinfo=UTC)


def beat(boot: int, seq: int) -> HubHeartbeat:
    return HubHeartbeat("online", boot, AT, seq)


def after(*beats: HubHeartbeat) -> Settling:
    """What is left of one key that was said after a first heartbeat."""
    now, _ = settling.heard(Settling(), beat(1, 1))
    now = settling.said(now, "a")
    for one in beats:
        now, _ = settling.heard(now, one)
    return now


def test_three_later_heartbeats_of_one_boot_settle_what_was_said():
    now = after(beat(1, 2), beat(1, 3))
    assert now.beats == {"a": 2}
    now, settled = settling.heard(now, beat(1, 4))
    assert settled == ("a",)
    assert not now.beats


def test_one_heartbeat_that_comes_twice_counts_once():
    assert after(beat(1, 2), beat(1, 2)).beats == {"a": 1}


def test_each_key_waits_for_its_own_three():
    now = settling.said(after(beat(1, 2), beat(1, 3)), "b")
    now, settled = settling.heard(now, beat(1, 4))
    assert (settled, now.beats) == (("a",), {"b": 1})


def test_what_is_not_settled_is_due_again_at_each_heartbeat_and_keeps_its_count():
    now = after(beat(1, 2))
    assert settling.is_due(now, "a")
    now = settling.said(now, "a")
    assert not settling.is_due(now, "a")
    assert now.beats == {"a": 1}


def test_a_hub_that_started_anew_is_told_again():
    now = after(beat(1, 2), beat(2, 1))
    assert not now.beats
    now, settled = settling.heard(now, beat(2, 2))
    assert settled == ()


def test_a_hub_that_was_lost_is_told_again_although_it_is_the_same():
    assert not after(beat(1, 2), HubHeartbeat("lost", 1, AT)).beats


def test_a_will_of_an_earlier_start_changes_nothing():
    now = settling.said(settling.heard(Settling(), beat(5, 1))[0], "a")
    assert settling.heard(now, HubHeartbeat("lost", 4, AT)) == (now, ())


def test_a_hub_that_counts_its_starts_anew_is_told_again():
    now, settled = settling.heard(settling.said(settling.heard(Settling(), beat(5, 1))[0], "a"), beat(1, 1))
    assert (now.boot, now.beats, settled) == (1, {}, ())


def test_something_new_under_a_key_begins_again():
    assert not settling.again(after(beat(1, 2)), "a").beats
    assert not settling.all_again(after(beat(1, 2))).beats


# --- the whole kiosk ---


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.outbox.close()


def test_a_hub_that_dies_right_after_the_link_took_it_is_told_again_by_its_next_start(rig):
    rig.answer(rig.take())
    rig.wait(1.1)
    assert len(rig.hub.of(TicketPrinted)) == 1
    assert rig.kinds() == ["printed"]
    rig.hub.heard.clear()  # killed before it wrote it down
    rig.pulse(boot=2)
    rig.wait(1.1)
    assert [printed.outcome for printed in rig.hub.of(TicketPrinted)] == ["printed"]
    rig.pulse(boot=2)
    rig.pulse(boot=2)
    assert rig.kinds() == ["printed"]
    rig.pulse(boot=2)
    assert rig.kinds() == []


def test_a_connection_that_broke_may_have_taken_it_along(rig):
    rig.answer(rig.take())
    rig.wait(1.1)
    rig.hub.heard.clear()
    rig.broker.cut(KIOSK)
    rig.settle()
    rig.wait(1.1)
    assert len(rig.hub.of(TicketPrinted)) == 1


def test_a_retained_heartbeat_settles_nothing(rig):
    rig.answer(rig.take())
    rig.wait(1.1)
    for _ in range(3):
        rig.broker.cut(KIOSK)
        rig.settle()
    assert rig.kinds() == ["printed"]


def test_what_may_be_lost_on_its_way_is_said_three_times_and_then_no_more(rig):
    request = rig.take()
    rig.wait(30)
    assert [abandoned.request for abandoned in rig.hub.of(TicketAbandoned)] == [request] * 3
    assert rig.kinds() == []
