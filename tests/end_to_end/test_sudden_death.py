"""Any program may be killed at any moment: nothing that a visitor was told is lost or given twice."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from command.programs import Program
from contract.desk import DeskView
from contract.halls import HubHeartbeat
from contract.tickets import IssuedTicket
from tests.end_to_end.peers import Peer
from tests.halls import ON_ALL, Hall, new_hall
from tests.waiting import wait_for

pytestmark = pytest.mark.broker

SERVICE = "kartu-keluarga"


class Running:
    """A hall that is being served."""

    def __init__(self, hall: Hall, serve: Program) -> None:
        self.hall = hall
        self.serve = serve

    def hub_pid(self) -> int:
        """The hub's process, as its lock says; 0 while none has it."""
        words = (self.hall.folder / "data" / "hub.lock").read_text().split()
        return int(words[0]) if words else 0

    def kill_hub(self) -> None:
        before = self.hub_pid()
        os.kill(before, signal.SIGKILL)
        wait_for(lambda: self.hub_pid() not in (0, before), "another hub", 20)

    def kill_broker(self) -> None:
        before = self.hall.broker_pid()
        os.kill(before, signal.SIGKILL)
        wait_for(lambda: self.hall.broker_pid() not in (0, before), "another broker", 20)


@pytest.fixture(params=ON_ALL)
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    hall = new_hall(tmp_path / "hall", request.param)
    hall.add("kiosk-1", "kiosk")
    hall.add("kiosk-2", "kiosk")
    hall.add("pad-1", "counter", "--counter", "loket-1")
    with hall.program("serve") as serve:
        serve.ready(25)
        yield Running(hall, serve)


def kiosk(running: Running, name: str = "kiosk-1") -> Peer:
    return Peer(running.hall.folder / "devices" / f"{name}.toml")


def ask(peer: Peer, request: str) -> IssuedTicket:
    ticket = peer.ask_number(SERVICE, request, 30)
    assert isinstance(ticket, IssuedTicket), ticket
    return ticket


def test_a_hub_killed_between_requests_gives_no_number_twice_and_forgets_none(running: Running) -> None:
    with kiosk(running) as first, kiosk(running, "kiosk-2") as second:
        given = {f"a-{n}": ask(first, f"a-{n}") for n in range(5)}
        running.kill_hub()
        given |= {f"b-{n}": ask(second, f"b-{n}") for n in range(5)}
        running.kill_hub()
        given |= {f"c-{n}": ask(first, f"c-{n}") for n in range(5)}
        numbers = [ticket.number for ticket in given.values()]
        assert len(set(numbers)) == len(numbers)
        # Whoever asks again with the same request, after any number of deaths, is told the same.
        for request, ticket in given.items():
            again = ask(second if request.startswith("b") else first, request)
            assert (again.id, again.number) == (ticket.id, ticket.number)


def test_a_ticket_called_before_the_hub_died_is_still_in_the_same_hands(running: Running) -> None:
    pad_file = running.hall.folder / "devices" / "pad-1.toml"
    with kiosk(running) as one, Peer(pad_file) as pad:
        ticket = ask(one, "a")
        assert isinstance(pad.act("open"), DeskView)
        called = pad.act("next")
        assert isinstance(called, DeskView)
        assert called.ticket is not None
        assert called.ticket.id == ticket.id
        running.kill_hub()
        pad.wait(lambda message: isinstance(message, HubHeartbeat) and message.boot > 1, "the hub's next life", 20)
        arrived = pad.act("arrive")
        assert isinstance(arrived, DeskView)
        assert arrived.ticket is not None
        assert (arrived.ticket.id, arrived.state) == (ticket.id, "serving")


def test_a_killed_broker_comes_back_and_everybody_goes_on(running: Running) -> None:
    with kiosk(running) as one:
        before = ask(one, "before")
        running.kill_broker()
        after = ask(one, "after")
        assert ask(one, "before").number == before.number
        assert after.number != before.number


def test_a_second_hub_on_one_journal_refuses_to_start(running: Running) -> None:
    with running.hall.program("hub") as second:
        assert second.process.wait(15) != 0
        assert "already" in second.log.read_text() or str(running.hub_pid()) in second.log.read_text()
