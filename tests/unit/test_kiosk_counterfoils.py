"""What a kiosk keeps and says of its own numbers, over a link in memory and a real outbox: none is told twice or lost, wherever it dies."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from contract.names import TicketId
from contract.reasons import WhyRefused
from contract.tickets import (
    Refused,
    TicketAbandoned,
    TicketIssued,
    TicketPrinted,
    TicketRequested,
)
from kiosk import choices
from kiosk.faces import MessageFace, TicketFace, WelcomeFace
from kiosk.recall import Recall
from link.outbox import Outbox, OutboxFull
from tests.unit.kiosk_rig import Rig
from tests.unit.kiosk_visit import AGENCY, BEGINS, SERVICE, text, ticket
from tests.unit.offline_kiosk import numbers

# --- what is seen ------------------------------------------------------------------------------------------------------


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    rig.say(numbers(installation="i-1"))
    yield rig
    rig.outbox.close()


def go_away(rig: Rig) -> None:
    rig.wait(13, hub=False)


def given(rig: Rig) -> str:
    rig.choose(choices.Start(), choices.ChooseAgency(AGENCY), choices.ChooseService(SERVICE), choices.Take("regular"))
    return str(getattr(rig.kiosk.view(), "number", ""))


def said(rig: Rig) -> list[TicketRequested]:
    """Each number of its own that the hub was told, once each."""
    return list({each.request: each for each in rig.hub.of(TicketRequested) if each.offline}.values())


def answer(rig: Rig, request: TicketRequested) -> None:
    assert request.offline is not None
    rig.say(TicketIssued(request.request, replace(ticket(), id=TicketId("t-1"), number=request.offline.number)))


def test_the_welcome_says_that_numbers_go_on(rig: Rig) -> None:
    go_away(rig)
    face = rig.kiosk.view()
    assert isinstance(face, WelcomeFace)
    assert "tidak tersambung" in face.notice


def test_without_numbers_of_its_own_the_screen_sends_to_the_information_desk(tmp_path: Path) -> None:
    rig = Rig(tmp_path)
    go_away(rig)
    face = rig.kiosk.view()
    assert isinstance(face, MessageFace)
    assert (face.screen, any("meja informasi" in sentence for sentence in face.sentences)) == ("out-of-order", True)


def test_screen_and_paper_promise_no_place_in_the_queue(rig: Rig) -> None:
    go_away(rig)
    assert given(rig) == "K501"
    face = rig.kiosk.view()
    assert isinstance(face, TicketFace)
    assert "mesin ini" in face.text
    assert all(not any(letter.isdigit() for letter in stat.value) for stat in face.stats)
    assert len(rig.printer.slips) == 1


# --- what the hub hears ------------------------------------------------------------------------------------------------


def test_once_the_hub_is_back_it_hears_all_of_them_in_order_until_it_answers(rig: Rig) -> None:
    go_away(rig)
    for _ in range(2):
        given(rig)
        rig.choose(choices.Done())
    assert said(rig) == []
    rig.pulse()
    rig.wait(5)
    assert [each.offline.number for each in said(rig) if each.offline] == ["K501", "K502"]
    assert len(rig.hub.of(TicketRequested)) > 2, "unanswered they are said again"
    for each in said(rig):
        answer(rig, each)
    rig.wait(2)
    assert [(each.ticket, each.outcome) for each in rig.hub.of(TicketPrinted)][-1] == ("t-1", "printed")
    rig.pulses(4)
    assert rig.kinds() == []


def test_a_number_that_was_given_back_is_given_back_once_the_hub_has_it(rig: Rig) -> None:
    go_away(rig)
    given(rig)
    rig.choose(choices.Cancel(), choices.CancelForSure())
    rig.pulse()
    rig.wait(2)
    assert rig.hub.of(TicketAbandoned) == []
    [request] = said(rig)
    answer(rig, request)
    rig.wait(2)
    assert [each.request for each in rig.hub.of(TicketAbandoned)][:1] == [request.request]


def test_a_hub_that_refuses_it_for_good_is_told_no_more(rig: Rig) -> None:
    go_away(rig)
    given(rig)
    rig.pulse()
    rig.wait(1)
    [request] = said(rig)
    rig.say(Refused(request.request, WhyRefused.CLOCK_BEHIND, text("Jam")))
    assert rig.kinds() == ["given"]
    rig.say(Refused(request.request, WhyRefused.NOT_ALLOWED, text("Tidak")))
    assert rig.kinds() == []


def test_hundreds_are_said_some_at_a_time(rig: Rig) -> None:
    rig.say(numbers("b-2", installation="i-1", first=601, size=40))
    go_away(rig)
    for _ in range(30):
        given(rig)
        rig.choose(choices.Done())
    rig.pulse()
    rig.wait(1)
    assert len(said(rig)) == 20
    for each in said(rig):
        answer(rig, each)
    rig.wait(3)
    assert len(said(rig)) == 30


# --- death, at every moment --------------------------------------------------------------------------------------------


def test_after_a_death_the_hubs_time_and_the_block_are_known_again_while_the_machine_stayed_on(rig: Rig) -> None:
    go_away(rig)
    assert given(rig) == "K501"
    rig.pulse = lambda boot=1: None  # type: ignore[method-assign]  # the hub stays away
    rig.reboot()
    rig.wait(1, hub=False)
    assert given(rig) == "K502"
    assert rig.kiosk._state.told is not None
    issued_at = rig.kiosk._state.told.ticket.issued_at
    assert abs(issued_at - BEGINS - timedelta(seconds=rig.now_s - 1000)) < timedelta(seconds=1)


def test_a_machine_that_was_switched_off_knows_no_time_and_gives_none(rig: Rig) -> None:
    go_away(rig)
    rig.machine_boot = "switched on again"
    rig.pulse = lambda boot=1: None  # type: ignore[method-assign]  # the hub stays away
    rig.reboot()
    rig.wait(1, hub=False)
    assert rig.screen == "starting"
    assert given(rig) == ""


def test_another_installation_in_its_place_gives_none_of_its_numbers(rig: Rig, tmp_path: Path) -> None:
    rig.folder = tmp_path / "another disk"
    rig.installation = "i-2"
    rig.reboot()
    go_away(rig)
    assert rig.screen == "out-of-order"


class Death(Exception):
    pass


class DyingOutbox(Outbox):
    """Dies before (even) or after (odd) one of its writes."""

    strikes_at = -1
    count = 0

    def _maybe(self) -> None:
        kind = type(self)
        kind.count += 1
        if kind.count == kind.strikes_at:
            raise Death

    def put(self, key: str, kind: str, body: bytes) -> None:
        self._maybe()
        super().put(key, kind, body)
        self._maybe()

    def settle(self, key: str) -> None:
        self._maybe()
        super().settle(key)
        self._maybe()


@pytest.mark.parametrize("moment", range(1, 30))
def test_no_number_is_told_twice_or_lost_wherever_the_kiosk_dies(tmp_path: Path, moment: int) -> None:
    class Dying(DyingOutbox):
        pass

    rig = Rig(tmp_path)
    rig.say(numbers(installation="i-1", size=20))
    rig.new_outbox = Dying
    rig.reboot()
    go_away(rig)
    Dying.count, Dying.strikes_at = 0, moment
    shown: list[str] = []

    def visitor() -> None:
        seen = given(rig)
        if seen:
            shown.append(seen)
        rig.choose(choices.Done())

    def come_back() -> None:
        rig.pulse()
        for _ in range(3):
            rig.wait(2)
            for request in said(rig):
                answer(rig, request)
        rig.pulses(4)

    for act in (visitor, come_back, lambda: go_away(rig), visitor, come_back):
        try:
            act()
        except Death:
            Dying.strikes_at = -1
            rig.reboot()
    Dying.strikes_at = -1
    go_away(rig)
    visitor()
    come_back()
    told = [str(each.offline.number) for each in said(rig) if each.offline]
    assert len(set(shown)) == len(shown), "a number was told twice"
    assert set(shown) <= set(told), "a number was lost"
    assert len(set(told)) == len(told), "one number, two requests"
    assert len(rig.printer.slips) <= len(told), "a paper that the hub never heard of"
    assert rig.kinds() == []


def test_an_outbox_that_is_lost_is_another_installation(tmp_path: Path) -> None:
    ids: Callable[[], str] = iter(["one", "two"]).__next__
    outbox = Outbox(tmp_path / "o.sqlite", 10)
    assert (Recall(outbox).installation(ids), Recall(outbox).installation(ids)) == ("one", "one")
    outbox.close()
    again = Outbox(tmp_path / "new.sqlite", 10)
    assert Recall(again).installation(ids) == "two"
    again.close()


def test_the_hubs_time_is_written_now_and_then(rig: Rig) -> None:
    rig.pulses(4)
    written = [entry.body for entry in rig.outbox.entries() if entry.kind == "=pulse"]
    rig.pulses(20)
    assert [entry.body for entry in rig.outbox.entries() if entry.kind == "=pulse"] == written
    rig.wait(600)
    assert [entry.body for entry in rig.outbox.entries() if entry.kind == "=pulse"] != written


def test_a_full_disk_gives_no_number(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OutboxFull("full")

    go_away(rig)
    monkeypatch.setattr(rig.outbox, "put", full)
    assert given(rig) == ""
    assert rig.screen == "refused"
    assert list(rig.printer.slips) == []
    monkeypatch.undo()
    rig.choose(choices.Back(), choices.Home())
    assert given(rig) == "K502"


def test_a_file_that_goes_bad_while_it_is_used_loses_no_number_that_was_given(rig: Rig) -> None:
    go_away(rig)
    number = given(rig)
    rig.wait(60, hub=False)
    rig.outbox._move_aside(OSError("torn"))
    rig.outbox._connection = rig.outbox._opened()
    assert rig.kinds() == []
    rig.wait(10)
    [told] = said(rig)
    assert told.offline is not None
    assert told.offline.number == number
    assert rig.kinds() == ["given"], "it is in the new file"
    answer(rig, told)
    rig.wait(20)
    assert rig.kinds() == []
