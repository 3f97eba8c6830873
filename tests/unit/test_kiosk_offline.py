"""Numbers that a kiosk gives of its own while the hub is away: which, when, and why not."""

from datetime import timedelta

from msgspec.structs import replace

from contract.tickets import (
    NumberBlock,
    Refused,
    TicketIssued,
    TicketRequested,
)
from kiosk import choices, reserve
from kiosk.happenings import Abandon, HubSaid, KeepReserve, Kept, Print
from kiosk.places import Refusal, Taking
from tests.unit.kiosk_visit import AGENCY, BEGINS, SERVICE, SERVICES, Visit, ticket
from tests.unit.offline_kiosk import alone, numbers, take, why_not

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


# --- a hub that was set back, a clock that ran ahead --------------------------------------------------------------------


def refuse(visit: Visit, given: TicketRequested, reason: str = "not-allowed") -> None:
    visit.happen(HubSaid(Refused(given.request, reason, {})))


def test_a_hub_that_was_set_back_and_does_not_know_the_block_ends_it_and_its_next_one_goes_on_behind_what_was_given():
    visit = alone()
    given = take(visit)
    visit.choose(choices.Done())
    visit.pulse()
    refuse(visit, given)
    assert [reserve.is_used_up(kept.reserve) for kept in visit.did(KeepReserve)] == [True]
    visit.happen(HubSaid(numbers()))
    assert visit.state.reserve is not None
    assert reserve.is_used_up(visit.state.reserve), "the same block is not begun anew"
    visit.happen(HubSaid(numbers("b-of-the-hub-that-was-set-back")))
    assert reserve.next_of(visit.state.reserve, "K") == "K502", "nobody else has K501 on paper"


def test_a_refused_number_of_an_earlier_block_ends_no_other_block():
    visit = alone()
    given = take(visit)
    visit.happen(HubSaid(numbers("b-2", first=601)))
    refuse(visit, given)
    assert visit.state.reserve is not None
    assert reserve.next_of(visit.state.reserve, "K") == "K601"


def test_a_number_that_is_refused_for_what_it_is_itself_ends_no_block():
    visit = alone()
    refuse(visit, take(visit), "unknown-service")
    assert visit.state.reserve is not None
    assert reserve.next_of(visit.state.reserve, "K") == "K502"


def test_a_block_of_a_day_that_the_hubs_clock_had_run_ahead_to_is_let_go_for_todays():
    visit = Visit()
    visit.happen(HubSaid(numbers("b-2027", day="2027-08-02")), HubSaid(numbers("b-today")))
    assert visit.state.reserve is not None
    assert (visit.state.reserve.block, visit.did(KeepReserve)[-1].reserve) == ("b-today", visit.state.reserve)
    visit.happen(HubSaid(numbers("b-2027", day="2027-08-02")))
    assert visit.state.reserve.block == "b-2027", "nothing of it was given: it is good when its day comes"


def test_todays_block_that_was_heard_before_the_hubs_time_is_taken_with_the_pulse():
    visit = Visit()
    visit.state = replace(visit.state, pulse=None)
    visit.happen(HubSaid(numbers("b-2027", day="2027-08-02")), HubSaid(numbers("b-today"), retained=True))
    assert visit.state.reserve is not None
    assert visit.state.reserve.block == "b-2027"
    visit.pulse()
    assert visit.state.reserve.block == "b-today"
    assert visit.state.lent_earlier is None


def test_on_a_day_without_opening_hours_the_next_opening_days_block_stays():
    visit = Visit()
    closed = replace(SERVICES.services[0], opening=replace(SERVICES.services[0].opening, sessions=()))
    visit.happen(HubSaid(replace(SERVICES, services=(closed,))))
    visit.happen(HubSaid(numbers("b-next", day="2026-11-27")), HubSaid(numbers("b-today")))
    assert visit.state.reserve is not None
    assert visit.state.reserve.block == "b-next"
