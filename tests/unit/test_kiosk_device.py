"""The kiosk's shell over a link in memory, a simulated printer and a real outbox: what it says, keeps and prints."""

from collections.abc import Iterator
from datetime import timedelta
from errno import EROFS
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from contract.codec import encode
from contract.devices import CommandDone, DeviceCommand, DeviceHealth, DeviceStatus
from contract.names import RequestId
from contract.tickets import (
    Refused,
    StaffCalled,
    TicketAbandoned,
    TicketPrinted,
    TicketRequested,
)
from kiosk import choices
from kiosk.faces import MessageFace, TicketFace
from kiosk.main import alone
from link.outbox import OutboxFull
from tests.unit.kiosk_rig import Rig
from tests.unit.kiosk_visit import AGENCY, BEGINS, HALL, SERVICE, text, ticket


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
    rig.pulses(3)
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
    rig.pulses(3)
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
    rig.pulses(3)
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
    rig.pulses(3)
    assert rig.kinds() == []


def test_killed_after_printing_with_the_hub_away_the_outcome_is_said_once_the_hub_is_back(rig):
    request = rig.take()
    rig.answer(request)
    rig.hub.heard.clear()
    rig.outbox.put(f"{request}/printed", "printed", encode(TicketPrinted(ticket().id, "printed")))
    rig.reboot()
    rig.wait(2)
    assert [printed.outcome for printed in rig.hub.of(TicketPrinted)] == ["printed"]


def test_an_entry_that_another_version_wrote_or_the_disk_spoilt_is_passed_over(rig):
    rig.outbox.put("odd", "printing", b"{}")
    rig.outbox.put("odder", "printed", b"not json")
    rig.outbox.put("spoilt", "printing", b'{"request":"\xff"}')
    rig.outbox.put("=reserve", "=reserve", b'{"installation":"\xff"}')
    rig.reboot()
    assert rig.screen == "welcome"


# --- the hub and the broker away ---


def test_what_became_of_the_paper_waits_on_disk_until_the_hub_is_back(rig):
    request = rig.take()
    rig.answer(request)
    rig.wait(1.1)
    rig.pulses(3)
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
    rig.pulses(3)
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


def test_what_did_not_fit_into_the_inbox_is_asked_for_once_more(rig):
    inbox = rig.kiosk._inbox
    inbox._limit, limit = 0, inbox._limit
    rig.say(replace(HALL, name=text("Nama baru")))
    inbox._limit = limit
    assert inbox.dropped
    rig.settle()
    assert rig.kiosk.view().frame.head.name == "Nama baru"


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
    assert called.where == "errands"
    assert rig.screen == "staff"


def test_a_command_that_it_does_not_know_is_answered(rig):
    later = BEGINS + timedelta(hours=1)
    rig.say(DeviceCommand(RequestId("c-1"), "identify", {}, later))
    [done] = rig.hub.of(CommandDone)
    assert (done.request, done.ok) == ("c-1", False)


class PowerCut(Exception):
    """The machine is gone in mid-print."""


def _never(*_: object) -> Any:
    raise PowerCut


def test_a_number_given_up_while_the_disk_takes_nothing_is_said_all_the_same_and_written_when_it_can_be(rig):
    request = rig.take()
    puts = rig.outbox.put

    def full(*_):
        raise OutboxFull("no space left")

    rig.outbox.put = full
    rig.wait(10)
    assert rig.hub.of(TicketAbandoned)[-1].request == request
    assert rig.kinds() == ["asked"], "the next start would know that it is open"
    rig.outbox.put = puts
    rig.wait(20)
    assert rig.kinds() == []


def test_it_is_alone_also_on_a_disk_that_has_become_read_only(tmp_path, monkeypatch):
    lock = tmp_path / "kiosk-1.lock"
    with alone(lock) as first:
        assert first
    opened = Path.open

    def read_only(path: Path, mode: str = "r", *rest: Any) -> Any:
        if mode != "r":
            raise OSError(EROFS, "Read-only file system")
        return opened(path, mode, *rest)

    monkeypatch.setattr(Path, "open", read_only)
    with alone(lock) as first, alone(lock) as second:
        assert (first, second) == (True, False)
