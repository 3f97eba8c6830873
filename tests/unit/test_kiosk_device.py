"""The kiosk's shell over a link in memory, a simulated printer and a real outbox: what it says, keeps and prints."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from contract.catalogue import Message
from contract.codec import encode
from contract.devices import CommandDone, DeviceCommand, DeviceHealth, DeviceStatus
from contract.halls import HubHeartbeat
from contract.names import DeviceId, HallId, RequestId
from contract.tickets import (
    Refused,
    StaffCalled,
    TicketAbandoned,
    TicketIssued,
    TicketPrinted,
    TicketRequested,
)
from kiosk import choices
from kiosk.device import Identity, KioskDevice, Surroundings
from kiosk.faces import MessageFace, TicketFace, screen_name
from kiosk.ledger import Ledger
from kiosk.press import ImmediatePress, Job, Press, PressEvent, ThreadPress
from kiosk.printing.layout import standard_layout
from kiosk.printing.simulated_printer import SimulatedPrinter
from link.inbox import Inbox
from link.link import Heard, LinkEvent, LinkSettings
from link.memory_link import MemoryBroker, MemoryLink
from link.outbox import Outbox, OutboxFull
from link.topics import topics_of
from tests.unit.kiosk_visit import AGENCY, BEGINS, HALL, SERVICE, SERVICES, queues, text, ticket
from tests.waiting import wait_for
from ui.machine import Machine

MPP = HallId("mpp-kukar")
KIOSK = DeviceId("kiosk-1")


class FakeHub:
    """Says what a test wants said, and remembers what it heard."""

    def __init__(self, broker: MemoryBroker) -> None:
        self.inbox: Inbox[LinkEvent] = Inbox()
        self.link = MemoryLink(broker, LinkSettings(MPP, DeviceId("hub"), "", "", 0), self.inbox, None)
        self.link.subscribe(topics_of("hub", MPP, DeviceId("hub")))
        self.link.open()
        self.heard: list[Message] = []
        self.seq = 0

    def listen(self) -> None:
        self.heard += [event.message for event in self.inbox.drain() if isinstance(event, Heard)]

    def of(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.heard if isinstance(message, kind)]


class Rig:
    """A kiosk, its broker and its hub; time passes when the test says so. `reboot` is a sudden death and a new start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broker = MemoryBroker()
        self.hub = FakeHub(self.broker)
        self.printer = SimulatedPrinter()
        self.now_s = 1000.0
        self.boots = 0
        self.ids = 0
        self.outbox: Outbox
        self.kiosk: KioskDevice
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.say(HALL, SERVICES, queues())
        self.start()

    def start(self) -> None:
        self.boots += 1
        inbox: Inbox[LinkEvent] = Inbox()
        press_inbox: Inbox[PressEvent] = Inbox()
        will = DeviceStatus("lost", "kiosk", self.boots, "i-1", "0.1.0")
        self.link = MemoryLink(self.broker, LinkSettings(MPP, KIOSK, "", "", 0), inbox, will)
        self.outbox = Outbox(self.folder / "kiosk-1.outbox.sqlite", 50)
        self.kiosk = KioskDevice(
            Identity(MPP, KIOSK, self.boots, "i-1", "0.1.0", show_paper=True),
            link=self.link,
            inbox=inbox,
            press=ImmediatePress(self.printer, press_inbox.put),
            press_inbox=press_inbox,
            ledger=Ledger(self.outbox),
            layout=standard_layout(),
            surroundings=Surroundings(
                self._new_id,
                lambda: datetime.now(UTC),
                lambda: Machine(1.0, 40.0, 200.0),
                lambda what, **facts: self.told.append((what, facts)),
            ),
            now_s=self.now_s,
        )
        self.kiosk.open()
        self.settle()
        self.pulse()

    def reboot(self) -> None:
        self.broker.cut(KIOSK)
        self.link.wanted = False
        self.outbox.close()
        self.start()

    def say(self, *messages: Message) -> None:
        for message in messages:
            self.broker.settle()
            assert self.hub.link.say(message, to=KIOSK)
        self.settle()

    def pulse(self, boot: int = 1) -> None:
        self.hub.seq += 1
        self.say(HubHeartbeat("online", boot, BEGINS + timedelta(seconds=self.now_s - 1000), self.hub.seq))

    def settle(self) -> None:
        for _ in range(6):
            self.broker.settle()
            if hasattr(self, "kiosk"):
                self.kiosk.pump(self.now_s)
            self.hub.listen()

    def wait(self, seconds: float, *, hub: bool = True) -> None:
        for tenth in range(round(seconds * 10)):
            self.now_s += 0.1
            if hub and tenth % 50 == 49:
                self.pulse()
            self.kiosk.pump(self.now_s)
        self.settle()

    def choose(self, *wanted: choices.Choice) -> None:
        for choice in wanted:
            self.kiosk.choose(self.kiosk.turn, choice)
        self.settle()

    def take(self) -> RequestId:
        self.choose(
            choices.Start(), choices.ChooseAgency(AGENCY), choices.ChooseService(SERVICE), choices.Take("regular")
        )
        return RequestId(self.hub.of(TicketRequested)[-1].request)

    def answer(self, request: RequestId, number: int = 69) -> None:
        self.say(TicketIssued(request, ticket(number)))

    @property
    def screen(self) -> str:
        return screen_name(self.kiosk.view())

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.outbox.entries()]

    def _new_id(self) -> RequestId:
        self.ids += 1
        return RequestId(f"r-{self.ids}")


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.outbox.close()


def test_a_visit_from_welcome_to_paper(rig):
    assert rig.screen == "welcome"
    request = rig.take()
    assert rig.screen == "wait"
    rig.answer(request)
    face = rig.kiosk.view()
    assert isinstance(face, TicketFace)
    assert face.number == "K069"
    assert face.slip is not None
    assert len(rig.printer.slips) == 1
    rig.wait(1.1)
    assert [printed.outcome for printed in rig.hub.of(TicketPrinted)] == ["printed"]
    assert rig.kinds() == []
    rig.choose(choices.Done())
    assert rig.screen == "welcome"


def test_the_request_is_on_disk_before_it_is_said(rig):
    rig.link.say = lambda *_: pytest.fail("said before it was kept") if not rig.kinds() else True
    rig.choose(choices.Start(), choices.ChooseAgency(AGENCY), choices.ChooseService(SERVICE), choices.Take("regular"))
    assert rig.kinds() == ["asked"]


def test_printing_is_on_disk_before_the_first_byte(rig):
    request = rig.take()
    seen: list[list[str]] = []
    real_print = rig.printer.print

    def watched(*job: Any) -> Any:
        seen.append(rig.kinds())
        return real_print(*job)

    rig.printer.print = watched
    rig.answer(request)
    assert seen == [["printing"]]


def test_a_repeated_answer_prints_once(rig):
    request = rig.take()
    rig.answer(request)
    rig.answer(request)
    assert len(rig.printer.slips) == 1


def test_unanswered_the_same_request_is_said_again_and_then_given_up(rig):
    request = rig.take()
    rig.wait(9)
    assert [asked.request for asked in rig.hub.of(TicketRequested)] == [request] * 4
    assert rig.screen == "refused"
    assert [abandoned.request for abandoned in rig.hub.of(TicketAbandoned)] == [request]
    assert rig.kinds() == []


def test_a_late_answer_prints_nothing_and_is_abandoned_again(rig):
    request = rig.take()
    rig.wait(9)
    rig.answer(request)
    rig.wait(1.1)
    assert len(rig.printer.slips) == 0
    assert [abandoned.request for abandoned in rig.hub.of(TicketAbandoned)] == [request] * 2


def test_a_refusal_leaves_nothing_on_disk(rig):
    request = rig.take()
    rig.say(Refused(request, "quota-used-up", text("Habis.")))
    assert rig.screen == "refused"
    assert rig.kinds() == []


def test_without_paper_the_number_is_shown_and_reported_failed(rig):
    rig.printer.paper = "out"
    rig.answer(rig.take())
    rig.wait(1.1)
    assert rig.screen == "no-paper"
    assert [printed.outcome for printed in rig.hub.of(TicketPrinted)] == ["failed"]
    assert len(rig.printer.slips) == 0


def test_a_kiosk_without_paper_says_so_on_the_welcome(rig):
    rig.printer.paper = "out"
    rig.wait(11)
    face = rig.kiosk.view()
    assert getattr(face, "notice", "")


# --- sudden death ---


def test_killed_while_asking_the_request_is_abandoned_at_the_next_start(rig):
    request = rig.take()
    rig.reboot()
    rig.wait(1.1)
    assert [abandoned.request for abandoned in rig.hub.of(TicketAbandoned)] == [request]
    assert rig.kinds() == []
    rig.answer(request)
    assert len(rig.printer.slips) == 0


def test_killed_while_printing_the_paper_is_reported_unknown_at_the_next_start(rig):
    request = rig.take()
    rig.printer.print = _never
    with pytest.raises(PowerCut):
        rig.answer(request)
    assert rig.kinds() == ["printing"]
    rig.reboot()
    rig.wait(1.1)
    [printed] = rig.hub.of(TicketPrinted)
    assert (printed.ticket, printed.outcome) == (ticket().id, "unknown")
    assert not rig.hub.of(TicketAbandoned)
    assert rig.kinds() == []


def test_killed_after_printing_with_the_hub_away_the_outcome_is_said_once_the_hub_is_back(rig):
    request = rig.take()
    rig.answer(request)
    rig.hub.heard.clear()
    rig.outbox.put(f"{request}/printed", "printed", encode(TicketPrinted(ticket().id, "printed")))
    rig.reboot()
    rig.wait(2)
    assert [printed.outcome for printed in rig.hub.of(TicketPrinted)] == ["printed"]


def test_an_entry_that_another_version_wrote_is_passed_over(rig):
    rig.outbox.put("odd", "printing", b"{}")
    rig.outbox.put("odder", "printed", b"not json")
    rig.reboot()
    assert rig.screen == "welcome"


# --- the hub and the broker away ---


def test_what_became_of_the_paper_waits_on_disk_until_the_hub_is_back(rig):
    request = rig.take()
    rig.answer(request)
    rig.wait(1.1)
    rig.hub.heard.clear()
    rig.wait(13, hub=False)
    assert rig.screen == "out-of-order" or isinstance(rig.kiosk.view(), TicketFace)
    rig.choose(choices.Cancel(), choices.CancelForSure())
    rig.wait(2, hub=False)
    assert rig.kinds() == ["abandoned"]
    assert not rig.hub.of(TicketAbandoned)
    rig.pulse()
    rig.wait(1.1)
    assert [abandoned.request for abandoned in rig.hub.of(TicketAbandoned)] == [request]
    assert rig.kinds() == []


def test_the_welcome_says_that_the_hub_is_away_and_comes_back_by_itself(rig):
    rig.wait(13, hub=False)
    assert rig.screen == "out-of-order"
    rig.pulse()
    assert rig.screen == "welcome"


def test_with_the_broker_away_a_visitor_gets_a_clear_reason(rig):
    rig.choose(choices.Start(), choices.ChooseAgency(AGENCY), choices.ChooseService(SERVICE))
    rig.broker.stop()
    rig.wait(13, hub=False)
    rig.choose(choices.Take("regular"))
    face = rig.kiosk.view()
    assert isinstance(face, MessageFace)
    assert face.screen == "refused"
    assert any("meja informasi" in sentence for sentence in face.sentences)


def test_a_disk_that_takes_nothing_refuses_in_words(rig):
    def full(*_: object) -> None:
        raise OutboxFull("no space left")

    rig.outbox.put = full
    rig.choose(choices.Start(), choices.ChooseAgency(AGENCY), choices.ChooseService(SERVICE), choices.Take("regular"))
    assert rig.screen == "refused"
    assert not rig.hub.of(TicketRequested)


# --- what it says of itself ---


def test_it_says_who_it_is_on_connecting_and_when_the_hub_starts_anew(rig):
    said = len([status for status in rig.hub.of(DeviceStatus) if status.state == "online"])
    assert said >= 1
    rig.pulse(boot=2)
    online = [status for status in rig.hub.of(DeviceStatus) if status.state == "online"]
    assert len(online) == said + 1
    assert online[-1].role == "kiosk"
    assert online[-1].at is not None


def test_every_half_minute_it_says_how_it_is(rig):
    rig.answer(rig.take())
    rig.wait(61)
    healths = rig.hub.of(DeviceHealth)
    assert len(healths) == 2
    assert healths[-1].printer == "ready"
    assert healths[-1].memory_mb == 200.0
    assert healths[-1].round_trip_ms is not None
    assert healths[-1].clock_offset_s is not None


def test_a_call_for_staff_goes_out_with_where_it_came_from(rig):
    rig.choose(choices.Start(), choices.CallStaff())
    [called] = rig.hub.of(StaffCalled)
    assert called.where == "Choosing"
    assert rig.screen == "staff"


def test_a_command_that_it_does_not_know_is_answered(rig):
    later = BEGINS + timedelta(hours=1)
    rig.say(DeviceCommand(RequestId("c-1"), "identify", {}, later))
    [done] = rig.hub.of(CommandDone)
    assert (done.request, done.ok) == ("c-1", False)


# --- the press ---


def test_the_press_in_its_thread_prints_and_looks_like_its_twin():
    from kiosk.happenings import PrintEnded, PrinterLooked
    from kiosk.press import PaperDrawn
    from kiosk.slips import paper_for
    from kiosk.state import State

    state = State(hall=HALL, agencies={AGENCY: SERVICES})
    paper = paper_for(ticket(), state, KIOSK, standard_layout())
    assert paper is not None
    job = Job(RequestId("r-1"), ticket(), paper)
    events: list[list[PressEvent]] = [[], []]
    presses: tuple[Press, ...] = (
        ImmediatePress(SimulatedPrinter(), events[0].append),
        ThreadPress(SimulatedPrinter(), events[1].append),
    )
    for press, seen in zip(presses, events, strict=True):
        press.open()
        press.look()
        press.print(job)
        wait_for(partial(_has_three, seen), "a look and a printed job")
        press.close()
    for seen in events:
        assert [type(event) for event in seen] == [PrinterLooked, PaperDrawn, PrintEnded]
    assert events[0] == events[1]


def test_a_printer_program_that_breaks_still_ends_every_job():
    from kiosk.happenings import PrintEnded
    from kiosk.slips import paper_for
    from kiosk.state import State

    class Broken(SimulatedPrinter):
        def print(self, *_: object) -> Any:
            raise RuntimeError("our own mistake")

    paper = paper_for(ticket(), State(hall=HALL, agencies={AGENCY: SERVICES}), KIOSK, standard_layout())
    assert paper is not None
    seen: list[PressEvent] = []
    press = ThreadPress(Broken(), seen.append)
    press.open()
    press.print(Job(RequestId("r-1"), ticket(), paper))
    press.print(Job(RequestId("r-2"), ticket(), paper))
    ended = wait_for(
        lambda: [event for event in seen if isinstance(event, PrintEnded) and event.request == "r-2"],
        "the second job's end",
    )
    assert ended[0].result.outcome == "failed"
    assert [event.result.outcome for event in seen if isinstance(event, PrintEnded)] == ["unknown", "failed"]
    press.close()


def _has_three(seen: list[PressEvent]) -> bool:
    return len(seen) == 3


class PowerCut(Exception):
    """The machine is gone in mid-print."""


def _never(*_: object) -> Any:
    raise PowerCut
