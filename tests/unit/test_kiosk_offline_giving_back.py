"""A number of a kiosk's own is given back like any other: for a minute, also without the hub."""

from contract.names import Number
from kiosk import choices
from kiosk.happenings import Abandon
from kiosk.places import Cancelled, CheckFailed, Checking, ConfirmingCancel
from tests.unit.kiosk_visit import Visit
from tests.unit.offline_kiosk import alone, take


def checked(visit: Visit, number: str) -> None:
    visit.choose(choices.CheckNumber())
    for sign in number:
        visit.choose(choices.Type(sign))
    visit.choose(choices.Check())


def test_an_own_number_can_be_given_back_for_a_minute_after_its_screen_is_gone() -> None:
    visit = alone()
    given = take(visit)
    visit.choose(choices.Done())
    checked(visit, "K501")
    assert visit.place() == ConfirmingCancel(Number("K501"))
    visit.wait(20, hub=False)
    visit.choose(choices.CancelForSure(Number("K501")))
    assert visit.place() == Cancelled((Number("K501"),))
    assert [gone.request for gone in visit.did(Abandon)] == [given.request]


def test_one_that_is_older_or_another_ones_can_not() -> None:
    visit = alone()
    take(visit)
    visit.choose(choices.Done())
    checked(visit, "K502")
    assert visit.place() == CheckFailed("hub-away")
    visit.choose(choices.Home())
    visit.wait(61, hub=False)
    checked(visit, "K501")
    assert visit.place() == CheckFailed("hub-away")


def test_where_the_hub_does_not_answer_it_can_be_given_back_too_and_back_leads_to_the_keys() -> None:
    visit = alone()
    take(visit)
    visit.choose(choices.Done())
    visit.pulse()
    checked(visit, "K501")
    visit.wait(8.2)
    assert visit.place() == ConfirmingCancel(Number("K501"))
    visit.choose(choices.Back())
    assert isinstance(visit.place(), Checking)
