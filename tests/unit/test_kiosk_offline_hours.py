"""Which services a kiosk gives numbers of while the hub is away: by the clock, by the hub's last word, and on which day."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from assets.words import words_of
from contract.halls import AgencyServices, QueueOfService, Queues
from contract.opening import Opening, Session
from contract.reasons import WhyClosed
from kiosk import choices
from kiosk.faces import ListFace, MessageFace, WelcomeFace
from kiosk.happenings import HubSaid, Ticked
from kiosk.state import now_of
from kiosk.views import view_of
from tests.unit.kiosk_visit import AGENCY, BEGINS, SERVICE, SERVICES, Visit
from tests.unit.offline_kiosk import alone, numbers, take, why_not


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


@pytest.mark.parametrize("why", [WhyClosed.PAUSED, WhyClosed.NO_OFFICER])
def test_half_an_hour_after_the_hub_was_heard_last_officers_may_be_back(why: WhyClosed) -> None:
    queue = QueueOfService(SERVICE, open=False, waiting=0, why_closed=why)
    visit = closed_by(queue)
    visit.wait(29 * 60, hub=False)
    assert why_not(visit) == why
    visit.choose(choices.Home())
    visit.wait(61, hub=False)
    assert take(visit).offline is not None


def test_a_quota_that_is_used_up_stays_used_up_all_day() -> None:
    visit = closed_by(QueueOfService(SERVICE, open=False, waiting=0, why_closed=WhyClosed.QUOTA_USED_UP))
    visit.wait(31 * 60, hub=False)
    assert why_not(visit) == WhyClosed.QUOTA_USED_UP


def test_numbers_that_were_lent_when_a_day_closed_are_given_on_their_day_without_the_hub() -> None:
    visit = alone(lent=numbers("b-2", day="2026-12-02"))
    assert why_not(visit) == "hub-away", "they are those of the next Wednesday"
    visit.choose(choices.Home())
    visit.happen(Ticked(visit.state.at + 7 * 24 * 3600))
    given = take(visit)
    assert given.offline is not None
    assert (given.offline.number, given.offline.block, given.offline.clock) == ("K501", "b-2", "estimated")


def test_in_the_evening_without_the_hub_the_first_screen_says_that_the_hall_is_closed() -> None:
    visit = alone(lent=numbers("b-2", day="2026-11-26"))
    visit.happen(Ticked(visit.state.at + 10 * 3600))
    face = view_of(visit.state, words_of, now_of(visit.state))
    assert isinstance(face, MessageFace)
    assert face.screen == "closed"


def test_what_the_hub_closed_until_a_time_that_has_come_is_open() -> None:
    until = BEGINS + timedelta(seconds=5)
    queue = QueueOfService(SERVICE, open=False, waiting=0, why_closed=WhyClosed.PAUSED, until=until)
    assert take(closed_by(queue)).offline is not None


def test_what_the_hub_closed_yesterday_is_open() -> None:
    queue = QueueOfService(SERVICE, open=False, waiting=0, why_closed=WhyClosed.QUOTA_USED_UP)
    assert take(closed_by(queue, at_hours=24)).offline is not None


def test_what_the_hub_said_before_the_service_opened_shuts_the_first_screen_no_longer_than_till_then() -> None:
    said = QueueOfService(SERVICE, open=False, waiting=0, why_closed=WhyClosed.BEFORE_HOURS, until=BEGINS)
    visit = closed_by(said)
    face = view_of(visit.state, words_of, now_of(visit.state))
    assert isinstance(face, WelcomeFace)
    visit.choose(choices.Start())
    shown = view_of(visit.state, words_of, now_of(visit.state))
    assert isinstance(shown, ListFace)
    assert [card.can for card in shown.cards] == [True]


def test_what_the_hub_said_while_the_hall_was_open_does_not_keep_it_open() -> None:
    visit = closed_by(QueueOfService(SERVICE, open=True, waiting=3))
    early = replace(SERVICES.services[0], opening=Opening((Session(("wednesday",), "08:00", "08:10"),)))
    visit.happen(HubSaid(AgencyServices("2", AGENCY, (early,))))
    face = view_of(visit.state, words_of, now_of(visit.state))
    assert isinstance(face, MessageFace)
    assert face.screen == "closed"


def test_the_last_known_quota_is_not_passed() -> None:
    visit = closed_by(QueueOfService(SERVICE, open=True, waiting=0, left_today=2))
    for _ in range(2):
        take(visit)
        visit.choose(choices.Done())
    visit.effects.clear()
    assert why_not(visit) == WhyClosed.QUOTA_USED_UP
