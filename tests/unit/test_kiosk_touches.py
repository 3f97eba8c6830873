"""At most four touches lead to a regular number of any service, in the example hall and in one of 440 services.

What is touched is only what a screen shows. Turning a page and typing a letter are not counted: docs/decisions/112.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import assets
from assets.hall_file import HallFile, read_hall
from assets.words import words_of
from contract.halls import QueueOfService, Queues
from contract.names import ErrandId, Language, RequestId, ServiceId
from kiosk import choices
from kiosk.choices import (
    Choice,
    ChooseAgency,
    ChooseErrand,
    ChooseService,
    MoreErrands,
    NextPage,
    Search,
    Start,
    Take,
    Type,
)
from kiosk.faces import Face, ListFace, SearchFace, ServiceFace, WelcomeFace
from kiosk.flow import step
from kiosk.happenings import Ask, Chose
from kiosk.state import HubPulse, State, now_of
from kiosk.views import view_of
from tests.unit.large_hall import large_hall

BEGINS = datetime.fromisoformat("2026-11-25T09:00:00+08:00")
ID = Language("id")
HALLS = {"example": read_hall(Path(assets.__file__).parent / "halls" / "mpp"), "large": large_hall()}
MOST = 4


def kiosk_of(hall: HallFile) -> State:
    """Everything is open."""
    queues = {
        each.agency: Queues(
            1, 1, BEGINS, tuple(QueueOfService(one.id, open=True, waiting=1) for one in each.services), each.agency
        )
        for each in hall.agencies
    }
    agencies = {each.agency: each for each in hall.agencies}
    return State(hall=hall.hall, agencies=agencies, queues=queues, pulse=HubPulse(1, BEGINS, 0.0))


def face_of(state: State) -> Face:
    return view_of(state, words_of, now_of(state))


def touched(state: State, choice: Choice) -> State:
    return step(state, Chose(state.turn, choice, RequestId("r-1")))[0]


def shown(state: State) -> list[Choice | None]:
    """What can be touched of a list, a search or the welcome."""
    match face_of(state):
        case WelcomeFace(start=start):
            return [start.choice]
        case ListFace(chips=chips, cards=cards, search=search):
            return [
                *(chip.choice for chip in chips),
                *(card.choice for card in cards),
                search.choice if search else None,
            ]
        case SearchFace(cards=cards):
            return [card.choice for card in cards]
        case _:
            return []


def pages(state: State) -> Iterator[State]:
    """This page and all that follow."""
    while True:
        yield state
        face = face_of(state)
        if not isinstance(face, ListFace | SearchFace) or face.pages is None or face.pages.next.choice is None:
            return
        state = touched(state, NextPage())


def takes_a_number(state: State, touches: int) -> int | None:
    """How many touches it took in all, where the screen offers a number and the kiosk asks the hub for it."""
    face = face_of(state)
    if not isinstance(face, ServiceFace) or face.take is None or face.take.choice != Take("regular"):
        return None
    _, effects = step(state, Chose(state.turn, face.take.choice, RequestId("r-1")))
    return touches + 1 if any(isinstance(effect, Ask) for effect in effects) else None


def services_below(state: State, touches: int) -> dict[ServiceId, int]:
    """Every service on the pages of a list, and in how many touches its number was had."""
    found: dict[ServiceId, int] = {}
    for page in pages(state):
        for choice in shown(page):
            if isinstance(choice, ChooseService):
                count = takes_a_number(touched(page, choice), touches + 1)
                if count is not None:
                    found[choice.service] = count
    return found


def list_of(hall: HallFile) -> State:
    """One touch: the errands and agencies."""
    state = kiosk_of(hall)
    assert Start() in shown(state)
    return touched(state, Start())


def of(hall: HallFile) -> set[ServiceId]:
    return {service.id for agency in hall.agencies for service in agency.services}


@pytest.mark.parametrize("name", HALLS)
def test_by_its_agency_every_service_takes_four_touches(name):
    hall = HALLS[name]
    found: dict[ServiceId, int] = {}
    for page in pages(list_of(hall)):
        for choice in shown(page):
            if isinstance(choice, ChooseAgency):
                found |= services_below(touched(page, choice), touches=2)
    assert set(found) == of(hall)
    assert max(found.values()) <= MOST


@pytest.mark.parametrize("name", HALLS)
def test_by_its_errand_a_service_takes_four_touches_and_one_more_where_the_errand_stands_under_more(name):
    hall = HALLS[name]
    begins = list_of(hall)
    first = [choice for choice in shown(begins) if isinstance(choice, ChooseErrand)]
    assert first
    found: dict[ErrandId, dict[ServiceId, int]] = {}
    for errand in first:
        found[errand.errand] = services_below(touched(begins, errand), touches=2)
    if MoreErrands() in shown(begins):
        for page in pages(touched(begins, MoreErrands())):
            for choice in shown(page):
                if isinstance(choice, ChooseErrand) and choice.errand not in found:
                    found[choice.errand] = services_below(touched(page, choice), touches=3)
    for each in hall.hall.errands:
        most = MOST if ChooseErrand(each.id) in first else MOST + 1
        assert set(found[each.id]) == set(each.services)
        assert max(found[each.id].values()) <= most


@pytest.mark.parametrize("name", HALLS)
def test_by_typing_its_name_a_service_takes_four_touches_and_few_keys(name, record_property):
    hall = HALLS[name]
    begins = list_of(hall)
    assert Search() in shown(begins)
    keyboard = touched(begins, Search())
    keys = []
    every = [service for agency in hall.agencies for service in agency.services]
    for service in every[:: max(1, len(every) // 60)]:
        state = keyboard
        for count, letter in enumerate(service.name[ID].lower(), 1):
            state = touched(state, Type(letter))
            if ChooseService(service.id) in shown(state):
                keys.append(count)
                break
        assert ChooseService(service.id) in shown(state), service.name
        assert takes_a_number(touched(state, ChooseService(service.id)), touches=3) == MOST
    record_property("keys_typed", {"mean": round(sum(keys) / len(keys), 1), "most": max(keys)})
    assert sum(keys) / len(keys) < 20


def test_a_number_is_had_on_the_way_that_the_screens_show():
    """The touches of the whole way, by their names: demo and tests elsewhere go by them."""
    state = list_of(HALLS["example"])
    names = [choices.name_of(choice) for choice in shown(state) if choice is not None]
    assert {"errand:ktp-kk", "agency:disdukcapil", "search"} <= set(names)
