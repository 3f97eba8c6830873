"""Several numbers at one kiosk, the whole program: one paper, one report for each, and its death at every one of its writes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract.names import RequestId
from contract.tickets import (
    NumberAsked,
    NumberTold,
    TicketAbandoned,
    TicketIssued,
    TicketPrinted,
    TicketRequested,
)
from kiosk import choices
from kiosk.faces import TicketsFace
from link.outbox import Outbox
from tests.unit.kiosk_rig import Rig
from tests.unit.kiosk_services import FAMILY_CARD, PASSPORT, QUEUES, THREE_SERVICES, ticket_for
from tests.unit.kiosk_visit import AGENCY


class Hall:
    """A kiosk with three services, and a hub that answers what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.rig = Rig(folder)
        self.rig.say(THREE_SERVICES, QUEUES)
        self.shown: set[str] = set()

    def take(self, *services: Any) -> None:
        """Two services, one tap."""
        rig = self.rig
        rig.choose(choices.Start())
        for place, service in enumerate(services):
            if place:
                rig.choose(choices.AddAnother())
            rig.choose(choices.ChooseAgency(AGENCY), choices.ChooseService(service))
        rig.choose(choices.Take("regular"))

    def answer(self) -> None:
        """The hub answers until nothing more is asked."""
        answered: set[str] = set()
        while left := [asked for asked in self.rig.hub.of(TicketRequested) if asked.request not in answered]:
            asked = left[0]
            answered.add(asked.request)
            if asked.request not in self.abandoned():
                self.rig.say(TicketIssued(asked.request, ticket_for(asked.service, asked.visit)))
            self.look()

    def look(self) -> None:
        face = self.rig.kiosk.view()
        if isinstance(face, TicketsFace):
            self.shown |= {row.number for row in face.rows}

    def abandoned(self) -> set[str]:
        return {said.request for said in self.rig.hub.of(TicketAbandoned)}

    def reported(self) -> dict[str, str]:
        return {said.ticket: said.outcome for said in self.rig.hub.of(TicketPrinted)}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    hall.rig.outbox.close()


def test_two_services_give_one_paper_and_a_report_for_each_number(hall: Hall) -> None:
    hall.take(FAMILY_CARD, PASSPORT)
    hall.answer()
    hall.rig.pulses(4)
    assert len(hall.rig.printer.slips) == 1
    assert hall.shown == {"K069", "X069"}
    assert hall.reported() == {"t-K069": "printed", "t-X069": "printed"}
    assert [asked.visit for asked in hall.rig.hub.of(TicketRequested)] == [None, "t-K069"]
    assert hall.rig.kinds() == []


def test_one_of_two_numbers_that_is_given_back_is_voided_alone(hall: Hall) -> None:
    hall.take(FAMILY_CARD, PASSPORT)
    hall.answer()
    first, second = (asked.request for asked in hall.rig.hub.of(TicketRequested))
    hall.rig.choose(choices.Cancel(), choices.CancelForSure(ticket_for(PASSPORT).number))
    hall.rig.pulses(4)
    assert hall.abandoned() == {second}
    assert first not in hall.abandoned()
    assert hall.rig.kinds() == []


def test_a_kiosk_that_dies_between_two_answers_told_nobody_and_gives_both_up(hall: Hall) -> None:
    hall.take(FAMILY_CARD, PASSPORT)
    first = hall.rig.hub.of(TicketRequested)[0]
    hall.rig.say(TicketIssued(first.request, ticket_for(FAMILY_CARD)))
    second = hall.rig.hub.of(TicketRequested)[-1]
    hall.rig.reboot()
    hall.rig.pulses(4)
    assert hall.abandoned() == {first.request, second.request}
    assert len(hall.rig.printer.slips) == 0
    assert hall.rig.kinds() == []


def test_the_answer_to_an_earlier_starts_request_prints_nothing(hall: Hall) -> None:
    hall.take(FAMILY_CARD, PASSPORT)
    hall.rig.reboot()
    hall.answer()
    hall.rig.pulses(4)
    assert len(hall.rig.printer.slips) == 0


class Death(Exception):
    """The kiosk's power is gone."""


def dying_at(moment: int) -> type[Outbox]:
    """An outbox whose kiosk dies before or after one of its writes."""

    class Dying(Outbox):
        count = 0
        armed = False

        def put(self, key: str, kind: str, body: bytes) -> None:
            self._strike()
            super().put(key, kind, body)
            self._strike()

        def settle(self, key: str) -> None:
            self._strike()
            super().settle(key)
            self._strike()

        def _strike(self) -> None:
            kind = type(self)
            if kind.armed:
                kind.count += 1
                if kind.count == moment:
                    kind.armed = False
                    raise Death

    return Dying


@pytest.mark.parametrize("moment", range(1, 21))
def test_whenever_the_kiosk_dies_no_number_is_printed_twice_and_none_that_was_told_is_given_up(
    tmp_path: Path, moment: int
) -> None:
    hall = Hall(tmp_path)
    rig = hall.rig
    dying: Any = dying_at(moment)
    rig.new_outbox = dying
    rig.reboot()
    rig.say(THREE_SERVICES, QUEUES)
    dying.armed = True
    try:
        hall.take(FAMILY_CARD, PASSPORT)
        hall.answer()
        hall.look()
        rig.pulses(4)
    except Death:
        rig.reboot()
    dying.armed = False
    rig.pulses(5)
    requests = {asked.request: f"t-{ticket_for(asked.service).number}" for asked in rig.hub.of(TicketRequested)}
    given_up = {requests[request] for request in hall.abandoned() if request in requests}
    assert len(rig.printer.slips) <= 1
    assert given_up | set(hall.reported()) == set(requests.values()), "the hub does not know what became of a number"
    assert not given_up & set(hall.reported())
    assert not {f"t-{number}" for number in hall.shown} & given_up, "a number that was told was given up"
    if rig.printer.slips:
        assert not given_up, "a number on a paper was given up"
    assert rig.kinds() == []
    rig.outbox.close()


# --- checking -----------------------------------------------------------------------------------------------------------


def test_a_scanned_paper_is_asked_about_and_the_answer_is_shown(hall: Hall) -> None:
    rig = hall.rig
    rig.kiosk.scanned("https://antrean.example.go.id/7K3M-9QXD-2W5RA")
    rig.settle()
    [asked] = rig.hub.of(NumberAsked)
    assert (asked.number, asked.code) == (None, "7K3M-9QXD-2W5RA")
    rig.say(NumberTold(RequestId(asked.request), ticket_for(PASSPORT).number, "waiting", 4, service=PASSPORT))
    assert rig.screen == "checked"


def test_a_number_that_was_typed_is_asked_about(hall: Hall) -> None:
    rig = hall.rig
    rig.choose(choices.CheckNumber(), *(choices.Type(sign) for sign in "X069"), choices.Check())
    assert [asked.number for asked in rig.hub.of(NumberAsked)] == ["X069"]
    assert rig.screen == "wait"
    rig.wait(8.5)
    assert rig.screen == "check-failed"
    assert len(rig.hub.of(NumberAsked)) == 2
