"""The hub in conversation with devices and the desk, over the memory link: what is asked, what is answered."""

from datetime import timedelta

import pytest

from contract.calls import Board, Call
from contract.desk import DeskAction, DeskView
from contract.halls import Hall, HubHeartbeat, Queues
from contract.names import RequestId
from contract.tickets import NumberAsked, NumberTold, Refused, TicketAbandoned, TicketIssued
from hub.desk.door import CounterDesk, DeskRefusal, HallDesk, Look, LookAtAll, UnknownCounter
from tests.unit.hub_hall import FAMILY_CARD, PAD, PASSPORT, THREE, TestDevice, World, small_book


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
