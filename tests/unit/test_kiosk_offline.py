"""Numbers that a kiosk gives of its own while the hub is away: which, when, and that none is given twice or lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from contract.halls import AgencyServices, QueueOfService, Queues
from contract.names import TicketId
from contract.opening import Opening, Session
from contract.reasons import WhyClosed, WhyRefused
from contract.tickets import (
    NumberBlock,
    OfflineNumbers,
    Refused,
    TicketAbandoned,
    TicketIssued,
    TicketPrinted,
    TicketRequested,
)
from kiosk import choices, reserve
from kiosk.faces import MessageFace, TicketFace, WelcomeFace
from kiosk.happenings import Abandon, HubSaid, KeepReserve, Kept, Print
from kiosk.places import Refusal, Taking
from kiosk.recall import Recall
from link.outbox import Outbox, OutboxFull
from tests.unit.kiosk_rig import Rig
from tests.unit.kiosk_visit import AGENCY, BEGINS, SERVICE, SERVICES, Visit, text, ticket

TODAY = "2026-11-25"


def numbers(
    block: str = "b-1", *, day: str = TODAY, installation: str = "", first: int = 501, size: int = 3
) -> OfflineNumbers:
    return OfflineNumbers(day, block, installation, {"K": NumberBlock(first, first + size - 1)})


def alone(visit: Visit | None = None, lent: OfflineNumbers | None = None) -> Visit:
    """A kiosk that was lent numbers and has not heard the hub for a while."""
    visit = visit or Visit()
    visit.happen(HubSaid(lent or numbers(), retained=True))
    visit.wait(13, hub=False)
    visit.effects.clear()
    return visit


def take(visit: Visit) -> TicketRequested:
    """A visitor takes a number; what the hub will be told of it."""
    visit.to_service()
    visit.choose(choices.Take("regular"))
    return visit.did(Print)[-1].given[0]


def why_not(visit: Visit) -> str:
    visit.to_service()
    visit.choose(choices.Take("regular"))
    place = visit.state.place
    assert isinstance(place, Refusal)
    assert visit.did(Print) == []
    return place.reason


# --- which number, and how it is told ----------------------------------------------------------------------------------


def test_with_the_hub_silent_the_next_number_of_the_own_block_is_told_and_printed_at_once() -> None:
    visit = alone()
    given = take(visit)
    assert visit.asked() == [], "nobody is there to be asked"
    assert isinstance(visit.state.place, Taking)
    assert visit.state.told is not None
    assert (visit.state.told.ticket.number, visit.state.told.offline) == ("K501", True)
    offline = given.offline
    assert offline is not None
    assert (offline.number, offline.block, offline.clock, offline.instead_of) == ("K501", "b-1", "estimated", None)
    assert offline.issued_at == BEGINS + timedelta(seconds=visit.state.at - 100.0)


def test_the_next_visitor_gets_the_next_number() -> None:
    visit = alone()
    given = []
    for _ in range(3):
        given.append(take(visit).offline)
        visit.choose(choices.Done())
    assert [one.number for one in given if one] == ["K501", "K502", "K503"]


def test_what_is_left_goes_to_disk_together_with_what_is_told() -> None:
    visit = alone()
    take(visit)
    [wanted] = visit.did(Print)
    assert reserve.next_of(wanted.reserve, "K") == "K502"


def test_a_request_that_expires_unanswered_is_given_up_for_a_number_of_the_own_block() -> None:
    visit = Visit()
    visit.happen(HubSaid(numbers()))
    request = visit.to_waiting().request
    visit.wait(8.1)
    [wanted] = visit.did(Print)
    [given] = wanted.given
    assert visit.did(Abandon) == [Abandon(request)]
    assert given.request != request
    assert (given.offline.instead_of, given.offline.clock, given.offline.number) == (request, "hub", "K501")
    visit.happen(HubSaid(TicketIssued(request, ticket(69))))
    assert visit.did(Abandon) == [Abandon(request), Abandon(request)], "the late answer is given up once more"
    assert visit.state.told is not None
    assert visit.state.told.ticket.number == "K501"


def test_once_the_hub_has_it_the_screen_says_how_many_are_ahead() -> None:
    visit = alone()
    given = take(visit)
    visit.pulse()
    visit.happen(HubSaid(TicketIssued(given.request, replace(ticket(501), ahead=4))))
    told = visit.state.told
    assert told is not None
    assert (told.ticket.ahead, told.offline, visit.state.unheard) == (4, False, ())


def test_a_number_that_the_disk_does_not_take_is_not_told_and_not_given_to_the_next() -> None:
    visit = alone()
    given = take(visit)
    visit.happen(Kept(given.request, kept=False))
    assert visit.state.place == Refusal("cannot-keep")
    assert visit.state.unheard == ()
    visit.choose(choices.Home())
    offline = take(visit).offline
    assert offline is not None
    assert offline.number == "K502"


def test_with_the_hub_here_the_block_is_not_touched() -> None:
    visit = Visit()
    visit.happen(HubSaid(numbers()))
    visit.to_ticket()
    assert visit.state.reserve is not None
    assert visit.state.reserve.next == {}


def test_two_services_of_one_visit_are_two_numbers_of_the_own_block_on_one_paper() -> None:
    other = replace(SERVICES.services[0], id=type(SERVICE)("ktp-el"), prefix="F")
    both = replace(SERVICES, services=(*SERVICES.services, other))
    visit = Visit()
    visit.happen(HubSaid(both), HubSaid(replace(numbers(), blocks=dict.fromkeys("KF", NumberBlock(501, 510)))))
    visit.wait(13, hub=False)
    visit.to_service()
    visit.choose(choices.AddAnother())
    for choice in (choices.ChooseAgency(AGENCY), choices.ChooseService(other.id), choices.Take("regular")):
        visit.choose(choice)
    [wanted] = visit.did(Print)
    assert [each.ticket.number for each in wanted.issued] == ["K501", "F501"]
    assert [each.offline.number for each in wanted.given] == ["K501", "F501"]
    assert [each.visit for each in wanted.given] == [None, None]
    assert len({each.request for each in wanted.given}) == 2


# --- whose numbers -----------------------------------------------------------------------------------------------------


def test_numbers_of_another_installation_are_none_of_ours() -> None:
    visit = Visit()
    visit.happen(HubSaid(numbers(installation="the kiosk before"), retained=True))
    assert visit.state.reserve is None
    assert visit.did(KeepReserve) == []


def test_numbers_that_are_heard_of_again_are_not_begun_anew() -> None:
    visit = alone()
    take(visit)
    visit.happen(HubSaid(numbers(), retained=True))
    assert visit.state.reserve is not None
    assert reserve.next_of(visit.state.reserve, "K") == "K502"


def test_an_older_block_that_comes_late_is_not_begun_anew() -> None:
    visit = alone()
    take(visit)
    visit.happen(HubSaid(numbers("b-2", first=601)), HubSaid(numbers("b-1")), HubSaid(numbers("b-0", day="2026-11-24")))
    assert visit.state.reserve is not None
    assert (visit.state.reserve.block, reserve.next_of(visit.state.reserve, "K")) == ("b-2", "K601")


# --- when there is none ------------------------------------------------------------------------------------------------


def test_a_kiosk_without_numbers_of_its_own_says_that_the_hub_is_away() -> None:
    visit = Visit()
    visit.wait(13, hub=False)
    assert why_not(visit) == "hub-away"


def test_a_block_that_is_used_up_says_so() -> None:
    visit = alone(lent=numbers(size=1))
    take(visit)
    visit.choose(choices.Done())
    visit.effects.clear()
    assert why_not(visit) == "numbers-used-up"


def test_yesterdays_block_is_not_used() -> None:
    assert why_not(alone(lent=numbers(day="2026-11-24"))) == "hub-away"


def test_a_request_that_expires_without_numbers_of_its_own_says_that_nobody_answered() -> None:
    visit = Visit()
    visit.to_waiting()
    visit.wait(8.1)
    assert visit.state.place == Refusal("no-answer")


def test_a_service_that_is_closed_by_now_gives_none() -> None:
    visit = alone()
    late = replace(SERVICES.services[0], opening=Opening((Session(("wednesday",), "08:00", "08:10"),)))
    visit.happen(HubSaid(AgencyServices("2", AGENCY, (late,))))
    assert why_not(visit) == WhyClosed.AFTER_HOURS


def closed_by(queue: QueueOfService, at_hours: float = 0.0) -> Visit:
    """The hub said this last, so many hours ago."""
    visit = Visit()
    said = Queues(1, 9, BEGINS - timedelta(hours=at_hours), (queue,), AGENCY)
    visit.state = replace(visit.state, queues={AGENCY: said})
    return alone(visit)


@pytest.mark.parametrize(
    "why", [WhyClosed.PAUSED, WhyClosed.NO_OFFICER, WhyClosed.QUOTA_USED_UP, WhyClosed.HALL_CLOSED]
)
def test_what_the_hub_closed_last_stays_closed(why: WhyClosed) -> None:
    assert why_not(closed_by(QueueOfService(SERVICE, open=False, waiting=0, why_closed=why))) == why


def test_what_the_hub_closed_until_a_time_that_has_come_is_open() -> None:
    until = BEGINS + timedelta(seconds=5)
    queue = QueueOfService(SERVICE, open=False, waiting=0, why_closed=WhyClosed.PAUSED, until=until)
    assert take(closed_by(queue)).offline is not None


def test_what_the_hub_closed_yesterday_is_open() -> None:
    queue = QueueOfService(SERVICE, open=False, waiting=0, why_closed=WhyClosed.QUOTA_USED_UP)
    assert take(closed_by(queue, at_hours=24)).offline is not None


def test_the_last_known_quota_is_not_passed() -> None:
    visit = closed_by(QueueOfService(SERVICE, open=True, waiting=0, left_today=2))
    for _ in range(2):
        take(visit)
        visit.choose(choices.Done())
    visit.effects.clear()
    assert why_not(visit) == WhyClosed.QUOTA_USED_UP


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
    assert "anjungan ini" in face.text
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
    rig.pulse = lambda boot=1: None  # type: ignore[method-assign] - the hub stays away
    rig.reboot()
    rig.wait(1, hub=False)
    assert given(rig) == "K502"
    assert rig.kiosk._state.told is not None
    issued_at = rig.kiosk._state.told.ticket.issued_at
    assert abs(issued_at - BEGINS - timedelta(seconds=rig.now_s - 1000)) < timedelta(seconds=1)


def test_a_machine_that_was_switched_off_knows_no_time_and_gives_none(rig: Rig) -> None:
    go_away(rig)
    rig.machine_boot = "switched on again"
    rig.pulse = lambda boot=1: None  # type: ignore[method-assign] - the hub stays away
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
